"""Absence by school over three terms (explore education statistics): one row per school and year, no groups of pupils.

No file of it could be had. Confirmed by other readers' code: the 80 columns of 2024-25 (`sess_overall_percent`,
`enrolments_pa_10_exact_percent`, `enrolments`), several years in one file, no version column: always final. Confirmed
for the national file only, so likely here: `enrolments_pa10_exact_percent` up to 2020. Files of one or two terms look
alike; only their name tells, and they are not wanted.
"""

from __future__ import annotations

from data.formats import tidy
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

DATASET = tidy.Tidy("ees_absence")


def recognise(peek: Peek) -> bool:
    """The overall rate and the pupils enrolled, with a school's URN."""
    return peek.header(*tidy.recognised_by(DATASET, "sess_overall_percent", "enrolments")) is not None


def read(file: RawFile) -> Extract:
    """See `tidy.read`."""
    return tidy.read(file, DATASET)


SOURCE = Source(
    DATASET.source, "Absence (explore education statistics)", "Department for Education",
    "https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    "columns time_period, geographic_level, school_urn, enrolments, sess_overall_percent", recognise, read,
    Expected(withheld=0.2), "May, for the school year before",
)  # fmt: skip

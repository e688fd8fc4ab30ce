"""Key stage 2 results by school (explore education statistics): a row for each subject and group of pupils.

No file of it could be had. Confirmed by other readers' code: the 23 columns (2022-23 to 2024-25 stand in one file), the
groups `Total`, `Disadvantaged` and `3 year average`, the subjects `Reading`, `Writing`, `Maths`, `Grammar, punctuation
and spelling` and `Reading, writing and maths`. There are no counts of pupils in it: they are in an information file of
its own (ees_ks2_information), so the denominators are blank. Reads no average of three years.
"""

from __future__ import annotations

from data.formats import tidy
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

DATASET = tidy.Tidy("ees_ks2_attainment", groups=("subject", "breakdown"))


def recognise(peek: Peek) -> bool:
    """The expected standard by subject and group of pupils, with a school's URN."""
    return peek.header(*tidy.recognised_by(DATASET, "expected_standard_pupil_percent")) is not None


def read(file: RawFile) -> Extract:
    """See `tidy.read`."""
    return tidy.read(file, DATASET)


SOURCE = Source(
    DATASET.source, "Key stage 2 results (explore education statistics)", "Department for Education",
    "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-2-attainment",
    "columns time_period, geographic_level, school_urn, subject, breakdown, expected_standard_pupil_percent",
    recognise, read, Expected(withheld=0.5), "December revised, April final, for the school year before",
)  # fmt: skip

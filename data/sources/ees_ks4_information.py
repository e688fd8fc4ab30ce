"""About schools at key stage 4 (explore education statistics): the year group, its prior attainment and circumstances.

Confirmed by the file of 2023-24 (60 columns) and, by name only, by the 38 columns of 2024-25, whose counts moved to the
performance file. Takes no address, telephone number or banding in words. The average key stage 2 scaled score runs from
80 to 120 for a pupil who took the tests, and below 80 for those who worked below them: special schools average 62 up.
"""

from __future__ import annotations

from data.formats import tidy
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

DATASET = tidy.Tidy("ees_ks4_information")
PRIOR = ("avg_ks2_scaledscore", "ks2_scaledscore_average")  # 2023-24; 2024-25


def recognise(peek: Peek) -> bool:
    """Prior attainment in one row per school, beside admissions and ages."""
    return any(peek.header(*tidy.recognised_by(DATASET, "admpol_pt", "agerange", name)) is not None for name in PRIOR)


def read(file: RawFile) -> Extract:
    """See `tidy.read`."""
    return tidy.read(file, DATASET)


SOURCE = Source(
    DATASET.source, "Key stage 4: information about schools", "Department for Education",
    "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    "columns time_period, geographic_level, school_urn, admpol_pt, avg_ks2_scaledscore", recognise, read,
    Expected(left_out=0.02, refused=0.005, withheld=0.2),
    "October provisional, February revised, April final, for the school year before",
)  # fmt: skip

"""About schools at key stage 2 (explore education statistics): how many pupils the results are of, and who they were.

No file of it could be had. Confirmed by other readers' code: the 68 columns of 2024-25 with their names, one row per
school, the newest year only, `telig` a whole number, `z` where there is no figure. Likely, from the performance tables
with the same names: `telig` the pupils at the end of the key stage, shares 0 to 100 and missing where their count is.
Takes no count of an earlier year (`telig_23`, `telig_3yr`), no address or telephone number, and nothing of key stage 1.
"""

from __future__ import annotations

from data.formats import tidy
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

DATASET = tidy.Tidy("ees_ks2_information")


def recognise(peek: Peek) -> bool:
    """The pupils at the end of key stage 2 and the disadvantaged ones among them, with a school's URN."""
    return peek.header(*tidy.recognised_by(DATASET, "telig", "tfsm6cla1a")) is not None


def read(file: RawFile) -> Extract:
    """See `tidy.read`."""
    return tidy.read(file, DATASET)


SOURCE = Source(
    DATASET.source, "Key stage 2: information about schools", "Department for Education",
    "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-2-attainment",
    "columns time_period, geographic_level, school_urn, telig, tfsm6cla1a", recognise, read,
    Expected(withheld=0.2), "December revised, April final, for the school year before",
)  # fmt: skip

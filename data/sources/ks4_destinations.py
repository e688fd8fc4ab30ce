"""Where pupils went after key stage 4, by school (performance tables `ks4-pupdest`).

The pupils left two years before the tables' year: figures are filed under the year they left. The suffixed columns
(`_21`, `_20`) mean other years in each release and are not read.
"""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

# RECTYPE: 1 mainstream and colleges, 2 special; LA and NAT in words.
FAMILY = performance.Family(
    source="ks4_destinations", la="LEA", required=("URN", "RECTYPE", "COHORT", "OVERALL_DESTPER"),
    rectypes=frozenset({"1", "2"}), years_before=2,
)  # fmt: skip


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the leavers and the share with a sustained destination."""
    return peek.header("URN", "RECTYPE", "COHORT", "OVERALL_DESTPER") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final. `time_period` is the year the pupils left; `SP` is low: above 0, under 0.5%."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "ks4_destinations", "Destinations after key stage 4", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, COHORT, OVERALL_DESTPER", recognise, read,
    expected=Expected(left_out=0.08, withheld=0.2, matched=0.8),
    due="March, for those who left two years before the tables' year",
)  # fmt: skip

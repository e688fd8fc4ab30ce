"""Where students went after 16 to 18 study, by institution (performance tables `ks5-studest`), all levels together.

The students left two years before the tables' year: figures are filed under the year they left. Levels 3 and 2 apart
(`L3_`, `L2_`) are not read, nor is the file of progression to higher education, which looks a year further back.
"""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.sources.ks5 import consortia

# RECTYPE: 1 mainstream and colleges, 2 special, 3 consortia (URN `NA` in some years); LA and NAT in words.
FAMILY = performance.Family(
    source="ks5_destinations", la="LEA", required=("URN", "RECTYPE", "TOT_COHORT", "TOT_OVERALLPER"),
    rectypes=frozenset({"1", "2"}), years_before=2, others=consortia,
)  # fmt: skip


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the leavers of all levels and the share with a sustained destination."""
    return peek.header("URN", "RECTYPE", "TOT_COHORT", "TOT_OVERALLPER") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final. `time_period` is the year the students left."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "ks5_destinations", "Destinations after 16 to 18 study", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, TOT_COHORT, TOT_OVERALLPER", recognise, read,
    expected=Expected(left_out=0.12, withheld=0.3, matched=0.8),
    due="March, for those who left two years before the tables' year",
)  # fmt: skip

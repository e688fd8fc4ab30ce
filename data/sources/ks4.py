"""Key stage 4 results by school (performance tables): provisional, revised and final, told apart by name alone.

The A*-C measures of 2016 and before are not the 9-5 measures and are not read.
"""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Extract, Peek, RawFile, Source

# RECTYPE: 1 mainstream, 2 special; 4 LA, 5 England all schools, 7 England state-funded.
FAMILY = performance.Family(
    source="ks4", la="LEA", required=("URN", "RECTYPE", "TPUP"), rectypes=frozenset({"1", "2"}), names_release=True
)


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the pupils at the end of key stage 4 and Attainment 8."""
    return peek.header("URN", "RECTYPE", "TPUP", "ATT8SCR") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`. In the provisional file `NA` means not published yet: kept as not available."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "ks4", "Key stage 4 results", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, TPUP, ATT8SCR", recognise, read,
)  # fmt: skip

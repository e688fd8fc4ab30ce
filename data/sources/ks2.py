"""Key stage 2 results by school (performance tables). Leaves out LA and England rows and earlier years' columns."""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

# RECTYPE: 1 mainstream, 2 special; 3 LA, 4 England all schools, 5 England state-funded.
FAMILY = performance.Family(
    source="ks2", la="LEA", required=("URN", "RECTYPE", "TELIG"), rectypes=frozenset({"1", "2"}), names_release=True
)


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the eligible pupils and a reading result."""
    return peek.header("URN", "RECTYPE", "TELIG", "PTREAD_EXP") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "ks2", "Key stage 2 results", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, TELIG, PTREAD_EXP", recognise, read,
    expected=Expected(left_out=0.03), due="December (revised) and April (final), for the summer before",
)  # fmt: skip

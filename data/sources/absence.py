"""Absence by school (performance tables `abs`). A suppressed school may simply not be there: no row is not zero."""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Extract, Peek, RawFile, Source

FAMILY = performance.Family(source="abs", la="LA", required=("URN", "PERCTOT", "PPERSABS10"))


def recognise(peek: Peek) -> bool:
    """The two rates beside URN, and no RECTYPE."""
    return (
        peek.kind == "csv"
        and peek.header("URN", "PERCTOT", "PPERSABS10") is not None
        and peek.header("URN", "RECTYPE") is None
    )


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final, for the name has no release word."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "abs", "Absence", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, PERCTOT, PPERSABS10", recognise, read, due="May, for the school year before",
)  # fmt: skip

"""16 to 18 results by institution (performance tables `ks5`): A level, academic, applied general, tech level, retention.

Takes nothing from the columns of earlier years (`_21`, `_1618_19`). Leaves out sixth-form consortia and centres: their
students are also those of their members.
"""

from __future__ import annotations

import pandas as pd

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.text import TextTable

CONSORTIUM = "3"
REASON = "a sixth-form consortium or centre: its students are also those of its members (RECTYPE 3)"


def consortia(table: TextTable) -> pd.Series:
    """Reason by row of the consortia and centres."""
    kind = table.column("RECTYPE").str.strip()
    return pd.Series(REASON, index=kind.index, dtype="str").where(kind == CONSORTIUM)


# RECTYPE: 1 schools and colleges, 3 consortia; 4 LA, 5 England all institutions, 7 England state-funded.
FAMILY = performance.Family(
    source="ks5", la="LEA", required=("URN", "RECTYPE", "TPUP1618", "TALLPPE_ALEV_1618"), rectypes=frozenset({"1"}),
    names_release=True, others=consortia,
)  # fmt: skip


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the students and the points per A level entry."""
    return peek.header("URN", "RECTYPE", "TPUP1618", "TALLPPE_ALEV_1618") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`. `NE` is no entries, `NEW` and `NR` no comparison, `RE` redacted: none is a number."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "ks5", "16 to 18 results", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, TPUP1618, TALLPPE_ALEV_1618", recognise, read,
    expected=Expected(left_out=0.1, withheld=0.2, matched=0.8),  # colleges are in the register; some have closed
    due="February (revised) and April (final), for the summer before",
)  # fmt: skip

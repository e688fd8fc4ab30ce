"""Finance of maintained schools as the performance tables gave it (`cfr`, to 2017-18): pounds per pupil, no balances.

Rows of medians have words where schools have the authority's number: they are left out. The percentage copies (`P...`)
and the columns of other years (`T1314...`) are not read.
"""

from __future__ import annotations

import pandas as pd

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.text import TextTable


def medians(table: TextTable) -> pd.Series:
    """Reason by row of the medians: the authority is no number but words, such as LONDON-PRI."""
    la = table.column("LA").str.strip()
    words = ~la.str.fullmatch(r"\d{3}") & la.ne("")
    return pd.Series("a median of schools, not a school", index=la.index, dtype="str").where(words)


FAMILY = performance.Family(
    source="cfr_tables", la="LA", required=("URN", "LA", "GRANTFUNDING", "TOTALEXPENDITURE"), others=medians
)


def recognise(peek: Peek) -> bool:
    """Income and spending under their short names beside URN and the kind of median."""
    return peek.header("URN", "LA", "MEDIAN", "GRANTFUNDING", "TOTALEXPENDITURE") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final. `time_period` is the financial year, April to March."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "cfr_tables", "Finance per pupil (maintained schools)", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, LA, MEDIAN, GRANTFUNDING, TOTALEXPENDITURE", recognise, read,
    # A file of one authority has as many medians as schools.
    expected=Expected(left_out=0.7, withheld=0.2), due="no longer among the performance tables",
)  # fmt: skip

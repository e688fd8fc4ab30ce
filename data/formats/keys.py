"""Which rows of a table are about a school: six-digit URN, one row each. Everything else is left out with its reason."""

from __future__ import annotations

import pandas as pd

from data.formats.rejects import Rejects
from data.formats.text import TextTable
from data.formats.values import whole


def school_rows(table: TextTable, rejects: Rejects, *, urn: str = "urn") -> pd.Series:
    """URN (int64) by row number of the rows that name a school; the others go to `rejects`, empty rows included."""
    rejects.rows(pd.Series("", index=pd.Index(table.broken), dtype="str"), pd.Series(table.broken, dtype="str"))
    cell = table.column(urn)
    found, _ = whole(cell, digits=6)
    bad = found.isna()
    if bad.any():
        empty = table.frame.loc[bad].apply(lambda column: column.str.strip().isin(["", "NULL"])).all(axis=1)
        reason = pd.Series("not a school: the URN is not six digits", index=empty.index).mask(empty, "the row is empty")
        rejects.rows(cell[bad], reason)
    return found[~bad].astype("int64")


def without_repeats(urn: pd.Series, cells: pd.DataFrame, rejects: Rejects) -> pd.Series:
    """URNs that stand once. Rows that repeat word for word keep the first; of rows that differ none is kept."""
    again = urn.duplicated(keep=False)
    if not again.any():
        return urn
    doubtful = urn[again]
    same = cells.loc[doubtful.index].assign(_urn=doubtful).drop_duplicates()
    differ = doubtful.isin(same.loc[same["_urn"].duplicated(keep=False), "_urn"])
    repeat = doubtful.duplicated() & ~differ
    text = doubtful.astype("str")
    rejects.rows(text[differ], "the URN stands more than once with different values: none of the rows was used")
    rejects.rows(text[repeat], "the same row stands more than once")
    return urn.drop(index=doubtful.index[differ | repeat])

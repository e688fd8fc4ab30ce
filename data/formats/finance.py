"""The finance workbooks' family: returns of schools and trusts, in pounds, with marks for what was not supplied.

Makes no money out of a return that was not supplied, and reads no part of a year as a year: the sources say which is which.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data.catalogue.measures import Published
from data.formats.performance import Told, counted, filled, rows_of
from data.formats.text import TextTable
from data.formats.values import Numbers, numbers

NO = ("", "0", "n", "no", "false", "-", "n/a", "na", "null", "not applicable")
MONTHS = 12


def said(text: pd.Series) -> pd.Series:
    """Mask of the cells that say something: neither blank nor one of the publisher's words for no."""
    return ~text.str.strip().str.casefold().isin(NO)


def months(text: pd.Series) -> Numbers:
    """The months that a return covers; NaN where the cell is blank."""
    return numbers(text, unit="count", low=0)


def totals(
    table: TextTable, keys: pd.Series, published: Iterable[Published], told: Told, *, absent: pd.Series, of: str = "urn"
) -> pd.DataFrame:
    """`measurement` rows of the returns `keys` (URN, or where `of` says so UID, by row number), pounds.

    Returns that are `absent` (a mask on `keys`) have no value and the status not_submitted. A total that the workbook
    lacks or leaves blank gives no rows and a note; refused cells and notes go to `told`.
    """
    urn = keys.astype("str") if of == "urn" else pd.Series(pd.NA, index=keys.index, dtype="str")
    parts = [rows_of(keys.iloc[:0], "", "", None)]
    for one in published:
        column = filled(table, one.columns, keys)
        if column is None:
            told.notes.append(f"{one.columns[0]}: no figures in this workbook")
            continue
        text = table.column(column).loc[keys.index]
        found = numbers(text, unit=one.measure.unit, low=one.measure.low, high=one.measure.high)
        found = _submitted(found, text, absent)
        told.rejects.cells(text[~found.kept()], urn, table.raw(column), found.reason)
        part = rows_of(keys, one.measure.key, table.raw(column), found)
        pupils = counted(table, one.denominator, keys)
        part["denominator"] = np.nan if pupils is None else pupils.value.to_numpy()
        parts.append(part[found.kept().to_numpy()])
    return pd.concat(parts, ignore_index=True).rename(columns={"urn": of})


def _submitted(found: Numbers, text: pd.Series, absent: pd.Series) -> Numbers:
    raw = found.raw.mask(absent, text.str.strip())
    return Numbers(
        found.value.mask(absent), found.status.mask(absent, "not_submitted"), raw, found.reason.mask(absent), found.high
    )

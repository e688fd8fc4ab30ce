"""Cells of text to numbers, dates and whole numbers with a declared type, column by column.

A mark becomes a status and never a number; what is neither a number nor a mark is refused cell by cell, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.catalogue.measures import Unit
from data.catalogue.vocabulary import MARKS

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\Z", re.IGNORECASE | re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?\Z", re.ASCII)
MOST_OVER = 1.2  # a percentage further over 100 is no share of anything: a column multiplied, or another one
DAY_FIRST_DASH = "%d-%m-%Y"  # register, links, group links
DAY_FIRST_SLASH = "%d/%m/%Y"  # groups, Ofsted
LARGEST = 1e12  # ten times what England spends on schools in a year, in pounds
YEAR_FIRST = "%Y-%m-%d"  # Alongside's own files, workbook dates, the history of trust memberships
NO_DATE = ("", "NULL", "01-01-1900", "01/01/1900", "1900-01-01")  # 1900: the register's word for not known


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column, converted. All series share the index of the text.

    `value` is NaN unless `status` is ok; `raw` is the cell as published where it is not a plain number, else NA;
    `reason` is NA unless the cell is refused (then status is NA); `high` counts percentages over 100, which are kept.
    """

    value: pd.Series
    status: pd.Series
    raw: pd.Series
    reason: pd.Series
    high: int

    def kept(self) -> pd.Series:
        """Mask of the cells that are not refused."""
        return self.reason.isna()


def number(text: str, unit: Unit) -> float | None:
    """The number in a cell of a declared unit, or None. Signs and separators of other units are not accepted, nor a
    number larger than any published one (1e300 out of a damaged cell)."""
    cell = text.replace("\u00a0", " ").replace(" ", "")
    if unit == "pct":
        cell = cell.removesuffix("%")
    elif unit == "gbp":
        cell = re.sub(r"\A([+-]?)£", r"\1", cell)
    if unit in ("gbp", "count") and _GROUPED.match(cell):
        cell = cell.replace(",", "")
    found = float(cell) if _PLAIN.match(cell) else math.inf
    return found if abs(found) < LARGEST else None


def numbers(
    text: pd.Series, *, unit: Unit, low: float | None = None, high: float | None = None, fraction: bool = False
) -> Numbers:
    """Convert a column of text. `fraction` means 0-1 as published, 0-100 here; a cell with a percent sign is none.

    Out of `low`..`high` is refused, save a percentage a little over 100: publishers print them (104.2; FORMATS 1), so it
    is kept and counted.
    """
    codes, cells = pd.factorize(text)  # one look at each different cell: columns repeat
    value = np.full(len(cells), np.nan)
    status = np.full(len(cells), None, dtype=object)
    raw = np.full(len(cells), None, dtype=object)
    reason = np.full(len(cells), None, dtype=object)
    over = np.zeros(len(cells), dtype=bool)
    for at, cell in enumerate(cells):
        bare = cell.strip()
        found = number(bare, unit)
        if found is None:
            raw[at] = bare
            if bare in MARKS:
                status[at] = MARKS[bare].status
            else:
                reason[at] = "not a number and no known mark"
            continue
        found = (found * 100 if fraction and "%" not in bare else found) + 0.0  # -0.0 is 0
        over[at] = unit == "pct" and high is not None and high < found <= MOST_OVER * high
        if (low is not None and found < low) or (high is not None and found > high and not over[at]):
            raw[at], reason[at] = bare, f"outside the possible range ({_span(low, high)})"
        else:
            value[at], status[at] = found, "ok"
    frame = {"status": status, "raw": raw, "reason": reason}
    words = {name: pd.Series(array[codes], index=text.index, dtype="str") for name, array in frame.items()}
    return Numbers(
        pd.Series(value[codes], index=text.index),
        words["status"],
        words["raw"],
        words["reason"],
        int(over[codes].sum()),
    )


def _span(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{low:g} or more"
    return f"{high:g} or less" if low is None else f"{low:g} to {high:g}"


def whole(
    text: pd.Series, *, missing: tuple[str, ...] = ("",), digits: int | None = None
) -> tuple[pd.Series, pd.Series]:
    """Whole numbers (`Int64`, NA where the cell is one of `missing`) and the mask of cells that are neither.

    A number out of a workbook may be 100000.0. `digits` demands exactly so many.
    """
    cell = text.str.strip().str.replace(r"\.0+$", "", regex=True)
    blank = cell.isin(missing)
    good = cell.str.fullmatch(r"\d{1,12}" if digits is None else rf"[1-9]\d{{{digits - 1}}}").astype(bool) & ~blank
    found = pd.to_numeric(cell.where(good), errors="coerce").astype("Int64")
    return found, ~good & ~blank


def dates(text: pd.Series, form: str, *, missing: tuple[str, ...] = ("",)) -> tuple[pd.Series, pd.Series]:
    """Dates (`datetime64`, NaT where missing) in one declared form, and the mask of cells that are neither."""
    cell = text.str.strip()
    blank = cell.isin(missing)
    found = pd.to_datetime(cell.where(~blank), format=form, errors="coerce").astype("datetime64[s]")
    return found, found.isna() & ~blank


def written(*columns: pd.Series) -> str:
    """The one form in which every date of a file's columns is written; dd-mm-yyyy where they are mixed or none is there.

    dd/mm/yyyy is believed only where a day over 12 proves that the day stands first: day and month are never guessed.
    """
    cells = pd.concat([column.str.strip().drop_duplicates() for column in columns])
    cells = cells[~cells.isin(NO_DATE)]
    for form in (DAY_FIRST_DASH, YEAR_FIRST, DAY_FIRST_SLASH):
        found = pd.to_datetime(cells, format=form, errors="coerce")
        if len(cells) and found.notna().all() and (form != DAY_FIRST_SLASH or (found.dt.day > 12).any()):
            return form
    return DAY_FIRST_DASH


def words(text: pd.Series, *, missing: tuple[str, ...] = ("",)) -> pd.Series:
    """Text with the ends stripped; NA where the cell is one of `missing`."""
    cell = text.str.strip()
    return cell.mask(cell.isin(missing)).astype("str")


def mapped(text: pd.Series, table: Mapping[str, object]) -> pd.Series:
    """Words looked up case-folded; None where the table lacks them."""
    codes, cells = pd.factorize(text)
    found = np.array([table.get(cell.strip().casefold()) for cell in cells] + [None], dtype=object)
    return pd.Series(found[codes], index=text.index, dtype=object)

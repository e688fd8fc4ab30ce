"""A finished table as texts for slides and paper: what stands in each cell, which columns are figures, how wide each may be.

A missing cell is a dash, never nought. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import pandas as pd

from pages.reports.pack.fitting import BOLD, shortened, width
from pages.reports.pack.standing_words import day
from pages.reports.tables import printed

MISSING = "–"
LONGEST = 160  # letters of a cell on a slide
MOST = 0.45  # share of the width that one column asks for at most
PAD = 0.19  # inches of a column beside its text
NUMBERS = frozenset("0123456789.,%£km–+\u2212- ")


def texts(table: pd.DataFrame, *, longest: int | None = None) -> tuple[list[str], list[list[str]]]:
    """Headings and rows as people read them; texts beyond `longest` letters are cut at a word."""
    numbers = [pd.api.types.is_float_dtype(kind) for kind in table.dtypes]
    shown = [
        printed(table[[name]]).iloc[:, 0] if float_ else table[name]
        for name, float_ in zip(table.columns, numbers, strict=True)
    ]
    cells = [[_cell(value, longest) for value in values.tolist()] for values in shown]
    return [str(name) for name in table.columns], [list(row) for row in zip(*cells, strict=True)]


def to_the_right(table: pd.DataFrame) -> list[bool]:
    """Whether a column is of figures, which stand at the right: numbers, or texts of which most begin as one."""
    return [_figures(table[name]) for name in table.columns]


def shares(headings: Sequence[str], rows: Sequence[Sequence[str]], wide: float, *, size: float) -> list[float]:
    """Widths of the columns in inches, adding up to `wide`: by their longest text, none below its longest word."""
    columns = _columns(headings, rows)
    least = [
        max(width(word, size) * BOLD for text in column for word in [*text.split(), ""]) + PAD for column in columns
    ]
    wanted = [min(max(width(text, size) * BOLD for text in column) + PAD, MOST * wide) for column in columns]
    wanted = [max(one, floor) for one, floor in zip(wanted, least, strict=True)]
    total = sum(wanted)
    if total <= wide:
        return [one + (wide - total) / len(wanted) for one in wanted]
    floor = sum(least)
    if floor >= wide:
        return [one * wide / floor for one in least]
    spare = (wide - floor) / ((total - floor) or 1.0)
    return [low + (one - low) * spare for one, low in zip(wanted, least, strict=True)]


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[heading, *(row[place] for row in rows)] for place, heading in enumerate(headings)]


def _figures(values: pd.Series) -> bool:
    if pd.api.types.is_bool_dtype(values.dtype):
        return False
    if pd.api.types.is_numeric_dtype(values.dtype):
        return True
    said = [str(value) for value in values.dropna()]
    return bool(said) and sum(set(text) <= NUMBERS and any(one.isdigit() for one in text) for text in said) * 2 > len(
        said
    )


def _cell(value: Any, longest: int | None) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Real):
        return f"{value:,}".replace("-", "\u2212")
    if isinstance(value, pd.Timestamp):
        return day(value)
    text = " ".join(str(value).split())
    return (shortened(text, longest) if longest else text) or MISSING

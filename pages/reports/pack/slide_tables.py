"""A finished table on slides: a native table with a real header row, cut into slides where it is long. Computes nothing."""

from __future__ import annotations

from numbers import Real
from typing import Any

import pandas as pd
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from pages.charts.theme import LIGHT
from pages.reports.pack.deck import DRAWING, FULL, INK, add
from pages.reports.pack.fitting import LINE, POINTS_PER_INCH, rows, shortened, width
from pages.reports.tables import printed

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the table style without fills and lines
SIZES = (16.0, 14.0, 12.0)  # largest first; a table that would need smaller type goes on on the next slide
PAD = 0.09  # inches inside a cell, left and right together twice this
LONGEST = 140  # letters of a cell


def texts(table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Headings and cells as people read them; a missing cell is a dash that says so."""
    shown = printed(table)
    cells = [[_cell(value) for value in shown[name].tolist()] for name in shown.columns]
    return [str(name) for name in table.columns], [list(row) for row in zip(*cells, strict=True)]


def numeric(table: pd.DataFrame) -> list[bool]:
    """Whether a column is of figures, which stand at the right."""
    return [
        bool(pd.api.types.is_numeric_dtype(table[name].dtype)) and not _flags(table[name]) for name in table.columns
    ]


def pages_of(table: pd.DataFrame, height: float) -> list[pd.DataFrame]:
    """The table cut into runs of rows that fit `height` inches, at the largest type at which it needs at most two slides."""
    for size in SIZES:
        cut = _cut(table, height, size)
        if len(cut) <= 2 or size == SIZES[-1]:
            return [part.assign() for part in cut]
    return [table]


def table(new: Any, part: pd.DataFrame, place: tuple[float, float, float], *, alt: str) -> None:
    """Draw one run of rows; `place`: left, top and width in inches."""
    left, top, wide = place
    headings, cells = texts(part)
    columns = _widths(headings, cells, wide)
    size = next((one for one in SIZES if _height(headings, cells, columns, one) <= 6.35 - top), SIZES[-1])
    frame = new.shapes.add_table(len(cells) + 1, len(headings), Inches(left), Inches(top), Inches(wide), Inches(0.4))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame._element.iter(f"{{{DRAWING}}}tableStyleId").__next__().text = PLAIN
    frame.table.horz_banding = False
    right = numeric(part)
    for place_of, inches in enumerate(columns):
        frame.table.columns[place_of].width = Inches(inches)
    for number, row in enumerate([headings, *cells]):
        frame.table.rows[number].height = Inches(_row(row, columns, size))
        for column, text in enumerate(row):
            _written(frame.table.cell(number, column), text, size, head=number == 0, right=right[column])


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value) or value is pd.NaT:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Real):
        return f"{value:,}".replace("-", "\u2212")
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    return shortened(" ".join(str(value).removeprefix("'").split()), LONGEST)


def _flags(values: pd.Series) -> bool:
    return bool(pd.api.types.is_bool_dtype(values.dtype))


def _widths(headings: list[str], cells: list[list[str]], wide: float) -> list[float]:
    """Shares of the width by the longest cell of each column, none below its longest word."""
    longest = [
        min(max(width(text, 14) for text in (heading, *(row[place] for row in cells))), 4.5)
        for place, heading in enumerate(headings)
    ]
    total = sum(longest) + 4 * PAD * len(headings)
    return [(one + 4 * PAD) * wide / total for one in longest] if total > wide else _roomy(longest, wide)


def _roomy(longest: list[float], wide: float) -> list[float]:
    spare = (wide - sum(longest) - 4 * PAD * len(longest)) / len(longest)
    return [one + 4 * PAD + spare for one in longest]


def _row(row: list[str], columns: list[float], size: float) -> float:
    most = max(rows(text, size, max(wide - 2 * PAD, 0.2)) for text, wide in zip(row, columns, strict=True))
    return most * LINE * size / POINTS_PER_INCH + 0.11


def _height(headings: list[str], cells: list[list[str]], columns: list[float], size: float) -> float:
    return sum(_row(row, columns, size) for row in [headings, *cells])


def _cut(table: pd.DataFrame, height: float, size: float) -> list[pd.DataFrame]:
    headings, cells = texts(table)
    columns = _widths(headings, cells, FULL)
    head = _row(headings, columns, size)
    out, start, used = [], 0, head
    for place, row in enumerate(cells):
        tall = _row(row, columns, size)
        if used + tall > height and place > start:
            out.append(table.iloc[start:place])
            start, used = place, head
        used += tall
    return [*out, table.iloc[start:]]


def _written(cell: Any, text: str, size: float, *, head: bool, right: bool) -> None:
    frame = cell.text_frame
    frame.word_wrap = True
    cell.margin_left = cell.margin_right = Inches(PAD)
    cell.margin_top = cell.margin_bottom = Inches(0.045)
    add(frame.paragraphs[0], text, size=size, bold=head, colour=LIGHT.ours if head else f"#{INK}")
    if right:
        frame.paragraphs[0].alignment = 3
    properties = cell._tc.get_or_add_tcPr()
    line = etree.SubElement(properties, f"{{{DRAWING}}}lnB", w=str(Pt(1.5 if head else 0.5)))
    fill = etree.SubElement(line, f"{{{DRAWING}}}solidFill")
    etree.SubElement(fill, f"{{{DRAWING}}}srgbClr", val=str(RGBColor.from_string(LIGHT.line[1:])))

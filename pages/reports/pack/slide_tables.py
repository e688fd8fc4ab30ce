"""A finished table on slides: a native table with a real header row, cut into slides where it is long. Computes nothing."""

from __future__ import annotations

from typing import Any

import pandas as pd
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from pages.charts.theme import LIGHT
from pages.reports.pack.cells import LONGEST, shares, texts, to_the_right
from pages.reports.pack.deck import DRAWING, FULL, INK, add
from pages.reports.pack.fitting import LINE, POINTS_PER_INCH, rows

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the table style without fills and lines
SIZES = (16.0, 14.0, 12.0, 11.0)  # largest first; a table that would need smaller type goes on on the next slide
PAD = 0.09  # inches inside a cell, left and right together twice this


def pages_of(table: pd.DataFrame, height: float, *, first: float | None = None) -> tuple[list[pd.DataFrame], float]:
    """The table cut into runs of rows that fit `height` inches (the first run `first`, where words stand over it), and the type: the
    largest at which it needs one slide, or else two, or else the smallest: few slides are read, many are not.
    """
    over = height if first is None else first
    tried = [(_cut(table, (over, height), size), size) for size in SIZES]
    few = next((many for many in (1, 2) if any(len(cut) <= many for cut, _ in tried)), len(tried[-1][0]))
    return next((cut, size) for cut, size in tried if len(cut) <= few)


def table(new: Any, part: pd.DataFrame, place: tuple[float, float, float], *, size: float, alt: str) -> None:
    """Draw one run of rows; `place`: left, top and width in inches."""
    left, top, wide = place
    headings, cells = texts(part, longest=LONGEST)
    columns = shares(headings, cells, wide, size=size)
    frame = new.shapes.add_table(len(cells) + 1, len(headings), Inches(left), Inches(top), Inches(wide), Inches(0.4))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame._element.iter(f"{{{DRAWING}}}tableStyleId").__next__().text = PLAIN
    frame.table.horz_banding = False
    right = to_the_right(part)
    for place_of, inches in enumerate(columns):
        frame.table.columns[place_of].width = Inches(inches)
    for number, row in enumerate([headings, *cells]):
        frame.table.rows[number].height = Inches(_row(row, columns, size))
        for column, text in enumerate(row):
            _written(frame.table.cell(number, column), text, size, head=number == 0, right=right[column])


def _row(row: list[str], columns: list[float], size: float) -> float:
    most = max(rows(text, size, max(wide - 2 * PAD, 0.2)) for text, wide in zip(row, columns, strict=True))
    return most * LINE * size / POINTS_PER_INCH + 0.11


def _cut(table: pd.DataFrame, heights: tuple[float, float], size: float) -> list[pd.DataFrame]:
    headings, cells = texts(table, longest=LONGEST)
    out: list[pd.DataFrame] = []
    start = 0
    for place in range(len(cells)):
        if place > start and _tall(headings, cells[start : place + 1], size) > heights[bool(out)]:
            out.append(table.iloc[start:place])
            start = place
    return [*out, table.iloc[start:]]


def _tall(headings: list[str], cells: list[list[str]], size: float) -> float:
    """Inches that a run of rows takes under its headings, with the columns that it will have."""
    columns = shares(headings, cells, FULL, size=size)
    return sum(_row(row, columns, size) for row in [headings, *cells])


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

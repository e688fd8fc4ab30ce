"""The one picture of a slide with the words that belong to it: names of rows, ends of the scale, names of lines.

Takes a part that fits (pictures.py) and draws it at the right of the slide; decides nothing about what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from pages.charts.theme import LIGHT
from pages.reports.pack import native
from pages.reports.pack.deck import DRAWING, INK, add, box, write
from pages.reports.pack.fitting import BOLD, cut_to, size_for
from pages.reports.pack.native import Where
from pages.reports.pack.pictures import Part, apart, named_ends
from pages.reports.pack.slide_tables import PLAIN
from pages.reports.sheets import Lines, Ranges

LEFT, TOP, WIDE, FOOT = 5.3, 2.42, 7.43, 6.32  # of the picture, under its title and above the source line, in inches
NAMES, SHOWN = 0.36, 0.25  # shares of the width: names of rows at the left, figures at the right, the scale between
AXIS = 0.32  # height of the words of a scale
SIZES = (18, 16, 15, 14, 13)  # of names and figures of rows; a name that needs smaller type is cut


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture's drawing needs beside the picture: words for those who cannot see it, and the pack's day."""

    alt: str
    made: datetime


def draw(slide: Any, part: Part, words: Words) -> None:
    """Draw the part on the slide."""
    if isinstance(part.picture, Ranges):
        _ranges(slide, part, words)
    elif not isinstance(part.picture, Lines):
        native.bars(slide, part, Where((LEFT, TOP, WIDE, FOOT - TOP), words.alt, words.made))
    elif part.together:
        _lines(slide, part, words)
    else:
        _panels(slide, part, words)


def _ranges(slide: Any, part: Part, words: Words) -> None:
    picture = part.picture
    assert isinstance(picture, Ranges)  # nosec B101 # only tells the type
    top, foot = TOP + AXIS, FOOT - AXIS
    each = min((foot - top) / len(picture.rows), 0.75)
    foot = top + each * len(picture.rows)
    start, room = LEFT + WIDE * NAMES, WIDE * (1 - NAMES - SHOWN)
    _row_table(slide, [(row.label, row.shown, row.ours) for row in picture.rows], top, each)
    native.ranges(slide, part, Where((start, top, room, foot - top), words.alt, words.made))
    low, high, _ = part.span
    at = start + room * (picture.zero - low) / (high - low)
    half = max(min(1.5, at - LEFT, LEFT + WIDE - at), 0.5)
    for text, place, align in (
        (picture.axis[1], (at - half, TOP, 2 * half, AXIS), 2),
        (picture.axis[0], (start, foot + 0.04, room / 2 - 0.05, AXIS), 1),
        (picture.axis[2], (start + room / 2 + 0.05, foot + 0.04, room / 2 - 0.05, AXIS), 3),
    ):
        if text:
            frame = box(slide, place, "Words of the scale")
            write(
                frame, [text], size=size_for([text], place[2], AXIS, sizes=(14, 13, 12, 11)) or 11, colour=LIGHT.quiet
            )
            frame.paragraphs[0].alignment = align


def _row_table(slide: Any, rows: Sequence[tuple[str, str, bool]], top: float, each: float) -> None:
    """Names at the left, figures at the right, the chart over the middle: rows of the very heights of the chart's own."""
    frame = slide.shapes.add_table(len(rows), 3, Inches(LEFT), Inches(top), Inches(WIDE), Inches(each * len(rows)))
    frame.name = "Names and figures of the picture"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Names of the rows of the picture, each with its figure.")
    next(frame._element.iter(f"{{{DRAWING}}}tableStyleId")).text = PLAIN
    frame.table.first_row, frame.table.horz_banding, frame.table.first_col = False, False, True
    wide = (WIDE * NAMES, WIDE * (1 - NAMES - SHOWN), WIDE * SHOWN)
    room, high = (wide[0] - 0.12, 9.0, wide[2] / BOLD - 0.12), each - 0.02
    size = min(
        size_for([text], room[column], high, sizes=SIZES) or SIZES[-1]
        for row in rows
        for column, text in ((0, row[0]), (2, row[1]))
    )
    for column, inches in enumerate(wide):
        frame.table.columns[column].width = Inches(inches)
    for number, (name, shown, ours) in enumerate(rows):
        frame.table.rows[number].height = Inches(each)
        for column, text in ((0, cut_to(name, size, room[0], high)), (1, ""), (2, cut_to(shown, size, room[2], high))):
            cell = frame.table.cell(number, column)
            cell.margin_left = cell.margin_top = cell.margin_bottom = 0
            cell.margin_right, cell.vertical_anchor = Inches(0.08), MSO_ANCHOR.MIDDLE
            add(cell.text_frame.paragraphs[0], text, size=size, bold=ours and column == 2, colour=f"#{INK}")
            if column == 2:
                cell.margin_left, cell.margin_right = Inches(0.08), 0
            _ruled(cell)


def _ruled(cell: Any) -> None:
    line = etree.SubElement(cell._tc.get_or_add_tcPr(), f"{{{DRAWING}}}lnB", w=str(Pt(0.5)))
    fill = etree.SubElement(line, f"{{{DRAWING}}}solidFill")
    etree.SubElement(fill, f"{{{DRAWING}}}srgbClr", val="D9D9D9")


def _lines(slide: Any, part: Part, words: Words) -> None:
    picture = part.picture
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    high = FOOT - TOP - (0.3 if part.without else 0.0)
    native.lines(slide, part, Where((LEFT, TOP, WIDE, high), words.alt, words.made))
    _, top, _, share = native.PLOT
    at = LEFT + WIDE * (native.PLOT[0] + native.PLOT[2]) - 0.05
    spots = apart(part, TOP + high * top, high * share, 0.54)
    for number, (text, middle) in spots.items():
        frame = box(slide, (at, middle - 0.26, LEFT + WIDE - at, 0.52), "Name of a line")
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        size = size_for([text], LEFT + WIDE - at, 0.52, sizes=(16, 15, 14, 13, 12, 11)) or 11
        write(frame, [text], size=size, bold=number == 0, colour=native.INKS[number % 3])
    _without(slide, part)


def _panels(slide: Any, part: Part, words: Words) -> None:
    """One small picture a line, all on one scale and over the same years."""
    picture = part.picture
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    across = 2 if len(picture.series) > 1 else 1
    foot = FOOT - (0.3 if part.without else 0.0)
    wide, high = WIDE / across, (foot - TOP) / -(-len(picture.series) // across)
    ends = named_ends(part)
    for number, (name, values) in enumerate(picture.series.items()):
        left, top = LEFT + number % across * wide, TOP + number // across * high
        frame = box(slide, (left, top, wide - 0.15, 0.5), f"Name of panel {number + 1}")
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        text = ends[number][0]
        write(frame, [text], size=size_for([text], wide - 0.2, 0.5, sizes=(15, 14, 13, 12, 11)) or 11, bold=True)
        native.lines(
            slide, replace(part, picture=replace(picture, series={name: values})),
            Where((left, top + 0.52, wide - 0.1, high - 0.56), f"{words.alt} Panel: {name}.", words.made), panel=True,
        )  # fmt: skip
    _without(slide, part)


def _without(slide: Any, part: Part) -> None:
    if part.without:
        text = f"Without figures: {', '.join(part.without)}."
        size = size_for([text], WIDE, 0.26, sizes=(12, 11, 10)) or 10
        write(box(slide, (LEFT, FOOT - 0.26, WIDE, 0.26), "Without figures"), [text], size=size, colour=LIGHT.quiet)

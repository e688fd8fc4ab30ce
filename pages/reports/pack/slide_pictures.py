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
from pages.reports.pack import amounts, native
from pages.reports.pack.deck import DRAWING, INK, add, box, write
from pages.reports.pack.fitting import BOLD, cut_to, size_for
from pages.reports.pack.native import Where
from pages.reports.pack.pictures import Part, apart, named_ends, panels_of
from pages.reports.pack.slide_tables import PLAIN
from pages.reports.sheets import Lines, Ranges

TOP, RIGHT, FOOT = 2.42, 12.73, 6.32  # of the picture, under its title and above the source line, in inches
NAMES, SHOWN = 0.36, 0.25  # shares of the width: names of rows at the left, figures at the right, the scale between
AXIS, YEAR_WIDE = 0.32, 0.72  # height of the words of a scale; width of a year
BAR = 0.9  # height of a bar with the room about it, at most: a single one is no wall
SIZES = (18, 16, 15, 14, 13)  # of names and figures of rows; a name that needs smaller type is cut


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture's drawing needs beside the picture: words for those who cannot see it, the pack's day, where it begins."""

    alt: str
    made: datetime
    left: float  # inches

    @property
    def wide(self) -> float:
        return RIGHT - self.left


def draw(slide: Any, part: Part, words: Words) -> None:
    """Draw the part on the slide, from `words.left` to the margin."""
    if isinstance(part.picture, Ranges):
        _ranges(slide, part, words)
    elif not isinstance(part.picture, Lines):
        high = min(BAR * len(part.picture.values) + 0.1, FOOT - TOP)
        native.bars(slide, part, Where((words.left, TOP, words.wide, high), words.alt, words.made))
    else:
        foot = FOOT - (0.3 if part.without else 0.0)
        if part.panels:
            _panels(slide, part, words, foot)
        else:
            _lines(slide, part, words, (words.left, TOP, words.wide, foot - TOP))
        _without(slide, part, words)


def _ranges(slide: Any, part: Part, words: Words) -> None:
    picture = part.picture
    assert isinstance(picture, Ranges)  # nosec B101 # only tells the type
    top, foot = TOP + AXIS, FOOT - AXIS
    each = min((foot - top) / len(picture.rows), 0.75)
    foot = top + each * len(picture.rows)
    start, room = words.left + words.wide * NAMES, words.wide * (1 - NAMES - SHOWN)
    _row_table(slide, [(row.label, row.shown, row.ours) for row in picture.rows], (words.left, top, words.wide, each))
    native.ranges(slide, part, Where((start, top, room, foot - top), words.alt, words.made))
    low, high, _ = part.span
    at = start + room * (picture.zero - low) / (high - low)
    half = max(min(1.5, at - words.left, words.left + words.wide - at), 0.5)
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


def _row_table(slide: Any, rows: Sequence[tuple[str, str, bool]], place: native.Place) -> None:
    """Names at the left, figures at the right, the chart over the middle: rows of the very heights of the chart's own."""
    left, top, all_wide, each = place
    frame = slide.shapes.add_table(len(rows), 3, Inches(left), Inches(top), Inches(all_wide), Inches(each * len(rows)))
    frame.name = "Names and figures of the picture"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Names of the rows of the picture, each with its figure.")
    next(frame._element.iter(f"{{{DRAWING}}}tableStyleId")).text = PLAIN
    frame.table.first_row, frame.table.horz_banding, frame.table.first_col = False, False, True
    wide = (all_wide * NAMES, all_wide * (1 - NAMES - SHOWN), all_wide * SHOWN)
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


def _lines(slide: Any, part: Part, words: Words, place: native.Place) -> None:
    """Lines in one picture, each with its name and last figure at its end."""
    left, top, wide, high = place
    roomy = len(part.years) * YEAR_WIDE <= wide * native.PLOT[2]
    native.lines(slide, part, Where(place, words.alt, words.made), years=roomy)
    if not roomy:
        _years(slide, part, place, native.PLOT)
    at = left + wide * (native.PLOT[0] + native.PLOT[2]) - 0.05
    spots = apart(part, top + high * native.PLOT[1], high * native.PLOT[3], 0.5)
    for number, (text, middle) in spots.items():
        frame = box(slide, (at, middle - 0.25, left + wide - at, 0.5), "Name of a line")
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        size = size_for([text], (left + wide - at) / BOLD, 0.5, sizes=(16, 15, 14, 13, 12, 11)) or 11
        write(frame, [text], size=size, bold=number == 0, colour=native.INKS[number % 3])


def _panels(slide: Any, part: Part, words: Words, foot: float) -> None:
    """Small pictures on one scale and over the same years: of one line each side by side, of several under one another."""
    panels = panels_of(part)
    across = 1 if part.grouped or len(panels) == 1 else 2
    wide, high = words.wide / across, (foot - TOP) / -(-len(panels) // across)
    for number, (title, one) in enumerate(panels):
        left, top = words.left + number % across * wide, TOP + number // across * high
        own = replace(words, alt=f"{words.alt} Panel: {title}.")
        head = 0.3 if part.grouped else 0.5
        text = title if part.grouped else named_ends(one)[0][0]
        frame = box(slide, (left, top, wide - 0.15, head), f"Name of panel {number + 1}")
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        write(
            frame,
            [text],
            size=size_for([text], (wide - 0.2) / BOLD, head, sizes=(16, 15, 14, 13, 12, 11)) or 11,
            bold=True,
        )
        if part.grouped:
            _lines(slide, one, own, (left, top + head, wide, high - head - 0.05))
        else:
            place = (left, top + head, wide - 0.1, high - head - 0.05)
            native.lines(slide, one, Where(place, own.alt, words.made), panel=True, years=False)
            _years(slide, one, place, native.PANEL, ends=True)


def _years(slide: Any, part: Part, place: native.Place, plot: native.Place, *, ends: bool = False) -> None:
    """Years under lines that the axis has no room to name: as many as fit, or (`ends`) the first and the last."""
    left, top, wide, high = place
    start, room, many = left + wide * plot[0], wide * plot[2], len(part.years)
    step = max(many - 1, 1) if ends else -(-many // max(int(room / YEAR_WIDE), 1))
    for at in range(0, many, step):
        middle = start + room * (at + 0.5) / many
        frame = box(slide, (middle - YEAR_WIDE / 2, top + high * (plot[1] + plot[3]) + 0.04, YEAR_WIDE, 0.24), "Year")
        write(frame, [amounts.year(part.years[at])], size=native.YEARS, colour=LIGHT.quiet)
        frame.paragraphs[0].alignment = 2


def _without(slide: Any, part: Part, words: Words) -> None:
    if part.without:
        text = f"Without figures: {', '.join(part.without)}."
        size = size_for([text], words.wide, 0.26, sizes=(12, 11, 10)) or 10
        write(
            box(slide, (words.left, FOOT - 0.26, words.wide, 0.26), "Without figures"),
            [text],
            size=size,
            colour=LIGHT.quiet,
        )

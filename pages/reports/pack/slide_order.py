"""The slides of a pack in their order, and what stands on each: text at the left, the one picture at the right.

What does not fit one slide goes on on the next, under the same finding; nothing is left out to make it fit, nothing said twice.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from pages.charts.theme import LIGHT
from pages.reports.pack import deck as blank_deck
from pages.reports.pack import standing_words
from pages.reports.pack.amounts import said_once
from pages.reports.pack.cleaned import cleaned
from pages.reports.pack.deck import BARE, FINDING, OPENING, add, box, slide, write
from pages.reports.pack.fitting import BOLD, LINE, POINTS_PER_INCH, rows, size_for
from pages.reports.pack.pictures import Part, lines_of, parts, title_of
from pages.reports.pack.slide_pictures import Words, draw
from pages.reports.pack.slide_tables import pages_of, table
from pages.reports.sheets import Pack, Question, Ranges, Sheet
from pages.reports.tables import timeless

TEXT_TOP, TEXT_HIGH = 1.8, 4.35  # of the text beside a picture, in inches
TEXT_WIDE, BETWEEN = (4.1, 4.7, 5.3), 0.4  # its widths, narrowest first; the room between it and the picture
TABLE_FOOT = 6.3  # where a table ends at the latest
ROOMY = 18  # points: the type for which the text is made wider
QUESTIONS_A_SLIDE = 3
ASKED = (0.6, 1.75, 12.13, 4.7)
SIZES = (26, 24, 22, 20, 18, 16)


def presentation(pack: Pack, *, confidential: bool) -> bytes:
    """All slides of one part of the pack (main with appendix, or the confidential sheets) as the bytes of a PPTX."""
    whole = cleaned(pack)
    made = datetime(whole.made.year, whole.made.month, whole.made.day, tzinfo=UTC).replace(tzinfo=None)
    deck = blank_deck.blank()
    foot = standing_words.footer(whole, confidential=confidential)
    blank_deck.stamped(deck, whole.title, "Confidential part" if confidential else "Board pack", made)
    _opening(deck, whole, foot, confidential=confidential)
    for sheet in _ordered(whole, confidential=confidential):
        if isinstance(sheet, Sheet):
            _sheet(deck, sheet, foot, made)
        else:
            _questions(deck, sheet, foot)
    _about(deck, whole, foot)
    out = io.BytesIO()
    deck.save(out)
    return timeless(out.getvalue(), dated=True)


def _ordered(pack: Pack, *, confidential: bool) -> list[Sheet | tuple[Question, ...]]:
    """Main sheets, questions, earlier questions, appendix."""
    if confidential:
        return list(pack.part("confidential"))
    main = pack.part("main")
    after = [sheet for sheet in main if sheet.key.startswith(standing_words.AFTER_QUESTIONS)]
    before = [sheet for sheet in main if sheet not in after]
    return [*before, *([pack.questions] if pack.questions else []), *after, *pack.part("appendix")]


def _opening(deck: Any, pack: Pack, foot: str, *, confidential: bool) -> None:
    made = slide(deck, OPENING, pack.title, footer=foot)
    write(made.placeholders[1].text_frame, standing_words.opening(pack, confidential=confidential), size=22, gap=8)
    _notes(made, ["The notes under each slide say what to tell and where each number comes from."])
    blank_deck.last(made)


def _sheet(deck: Any, sheet: Sheet, foot: str, made: datetime) -> None:
    drawn = parts(sheet.picture) if sheet.picture is not None else ()
    if drawn:
        for number, (part, own) in enumerate(zip(drawn, lines_of(sheet.lines, drawn), strict=True)):
            _picture(deck, replace(sheet, lines=own), part, foot, made=made, place=(number, len(drawn)))
        return
    if sheet.table is None or sheet.table.empty:
        _words(deck, sheet, foot)
        return
    room = TABLE_FOOT - blank_deck.BODY[1]
    cut, size = pages_of(sheet.table, room, first=room - _over_table(sheet.lines)[1])
    for number, some in enumerate(cut):
        said = sheet if number == 0 else replace(sheet, lines=())  # said once: the slides after have more rows instead
        _table(deck, said, (some, size), foot, place=(number, len(cut)))


def _titled(deck: Any, layout: int, sheet: Sheet, foot: str, *, place: tuple[int, int] = (0, 1)) -> Any:
    number, many = place
    return slide(deck, layout, sheet.title + (f" ({number + 1} of {many})" if many > 1 else ""), footer=foot)


def _picture(deck: Any, sheet: Sheet, part: Part, foot: str, *, made: datetime, place: tuple[int, int]) -> None:
    new = _titled(deck, FINDING, sheet, foot, place=place)
    wide = _text_width(sheet.lines)
    text = (blank_deck.MARGIN, TEXT_TOP, wide, TEXT_HIGH)
    blank_deck.at(new.placeholders[1], text)
    _lines(new.placeholders[1], sheet.lines, text)
    words = Words(
        sheet.alt or sheet.picture_title or sheet.title,
        made,
        blank_deck.MARGIN + (wide + BETWEEN if sheet.lines else 0.0),
    )
    unit = "" if isinstance(part.picture, Ranges) else part.picture.unit
    title = title_of(said_once(sheet.picture_title, unit), part)
    if title:
        size = size_for([title], words.wide / BOLD, 0.56, sizes=(20, 18, 16, 14)) or 14
        frame = box(new, (words.left, TEXT_TOP, words.wide, 0.56), "Title of the picture")
        write(frame, [title], size=size, bold=True, colour=LIGHT.text)
    draw(new, part, words)
    _source(new, sheet.source)
    _notes(new, [*sheet.notes, f"Source: {sheet.source}"])
    blank_deck.last(new)


def _text_width(said: Sequence[str]) -> float:
    """The narrowest text beside which the picture has most room, wider where it would else be small."""
    for wide in TEXT_WIDE:
        if (size_for(said, wide, TEXT_HIGH, sizes=SIZES) or 0) >= ROOMY:
            return wide
    return TEXT_WIDE[-1]


def _words(deck: Any, sheet: Sheet, foot: str) -> None:
    new = _titled(deck, FINDING, sheet, foot)
    lines = list(sheet.lines)
    if sheet.picture is not None:
        lines += standing_words.without_figures(sheet.picture)
    _lines(new.placeholders[1], lines, blank_deck.BODY, sizes=(28, *SIZES))
    _source(new, sheet.source)
    _notes(new, [*sheet.notes, f"Source: {sheet.source}"])
    blank_deck.last(new)


def _table(deck: Any, sheet: Sheet, cut: tuple[pd.DataFrame, float], foot: str, *, place: tuple[int, int]) -> None:
    new = _titled(deck, FINDING if sheet.lines else BARE, sheet, foot, place=place)
    top, (text, high) = blank_deck.BODY[1], _over_table(sheet.lines)
    if sheet.lines:
        blank_deck.at(new.placeholders[1], (blank_deck.MARGIN, top, blank_deck.FULL, high))
        write(new.placeholders[1].text_frame, list(sheet.lines), size=text, gap=text * 0.4)
        top += high
    table(new, cut[0], (blank_deck.MARGIN, top, blank_deck.FULL), size=cut[1], alt=sheet.alt or sheet.title)
    _source(new, sheet.source)
    _notes(new, [*sheet.notes, f"Source: {sheet.source}"])
    blank_deck.last(new)


def _over_table(said: Sequence[str]) -> tuple[int, float]:
    """Type of the lines over a table, and the inches that they take."""
    size = int(size_for(said, blank_deck.FULL, 1.3, sizes=(20, 18, 16, 14), gap=0.4) or 14)
    tall = sum(rows(text, size, blank_deck.FULL) * LINE + 0.4 for text in said) * size / POINTS_PER_INCH
    return size, tall + 0.1 if said else 0.0


def _lines(
    holder: Any, said: Sequence[str], place: tuple[float, float, float, float], *, sizes: tuple[int, ...] = SIZES
) -> None:
    if not said:
        holder._element.getparent().remove(holder._element)
        return
    size = size_for(said, place[2], place[3], sizes=sizes, gap=0.5) or 14
    write(holder.text_frame, list(said), size=size, gap=size * 0.5)


def _source(new: Any, words: str) -> None:
    left, top, wide, high = blank_deck.SOURCE
    said = f"Source: {words}"
    size = size_for([said], wide, high, sizes=(13, 12, 11, 10)) or 10
    write(box(new, (left, top + 0.05, wide, high), "Source"), [said], size=size, colour=LIGHT.quiet)


def _questions(deck: Any, questions: tuple[Question, ...], foot: str) -> None:
    """Three questions a slide, each with why it is asked; what a good answer covers is in the notes and on paper."""
    cut = [questions[at : at + QUESTIONS_A_SLIDE] for at in range(0, len(questions), QUESTIONS_A_SLIDE)]
    for number, some in enumerate(cut):
        many = f" ({number + 1} of {len(cut)})" if len(cut) > 1 else ""
        new = slide(deck, FINDING, standing_words.QUESTIONS + many, footer=foot)
        said = [text for one in some for text in (one.question, f"Why: {one.why}")]
        size = _size_of_questions(said)
        blank_deck.at(new.placeholders[1], ASKED)
        frame = new.placeholders[1].text_frame
        for place, text in enumerate(said):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            asked = place % 2 == 0
            add(
                paragraph,
                text,
                size=size if asked else size - 2,
                bold=asked,
                colour=LIGHT.ours if asked else LIGHT.text,
            )
            paragraph.space_after = blank_deck.Pt(3 if asked else size * 0.8)
        _notes(new, [f"{one.question} A good answer covers: {one.answer}" for one in some])
        blank_deck.last(new)


def _size_of_questions(said: Sequence[str]) -> int:
    """The largest type at which questions, and why they are asked a little smaller, fill their slide and no more."""
    for size in (26, 24, 22, 20, 18, 16):
        tall = sum(
            rows(text, size - place % 2 * 2, ASKED[2] / BOLD) * (size - place % 2 * 2)
            for place, text in enumerate(said)
        )
        if (tall * LINE + len(said) * size * 0.4) / POINTS_PER_INCH <= ASKED[3]:
            return size
    return 14


def _about(deck: Any, pack: Pack, foot: str) -> None:
    new = slide(deck, FINDING, standing_words.ABOUT, footer=foot)
    _lines(new.placeholders[1], standing_words.about(pack), blank_deck.BODY, sizes=(20, 18, 16))
    _notes(new, [f"Figures {pack.figures}."])
    blank_deck.last(new)


def _notes(new: Any, said: Sequence[str]) -> None:
    frame = new.notes_slide.notes_text_frame
    frame.text = "\n".join(" ".join(one.split()) for one in said)

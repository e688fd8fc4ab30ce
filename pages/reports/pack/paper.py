"""A pack on paper: a tagged A4 PDF with headings, drawings that say themselves in words, real tables, and page numbers.

Main part, questions with what a good answer covers, appendix; nothing of the confidential part (`confidential`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pages.reports.pack import standing_words
from pages.reports.pack.amounts import said_once
from pages.reports.pack.cells import shares, texts, to_the_right
from pages.reports.pack.cleaned import cleaned
from pages.reports.pack.one_page import kept_whole, on_one_page
from pages.reports.pack.pictures import Part, parts, title_of
from pages.reports.sheets import Pack, Ranges, Sheet

MOST_ROWS, MOST_PANELS, MOST_GROUPS = 22, 6, 3  # of one drawing: what stands on a page under a heading and a few lines
MOST_COLUMNS = 7  # of a table on an upright page; more lie across
TABLE_SIZES = ((5, 10.0), (MOST_COLUMNS, 9.5), (99, 9.0))  # up to so many columns, type of so many points


def paper(pack: Pack) -> bytes:
    """The bytes of the PDF (PDF/UA-1). The same pack gives the same bytes. Never holds a confidential sheet."""
    return _document(pack, confidential=False)


def confidential(pack: Pack) -> bytes:
    """The confidential sheets alone, each page marked so. Raises ValueError where the pack has none."""
    if not pack.part("confidential"):
        raise ValueError("this pack has no confidential part")
    return _document(pack, confidential=True)


def _document(pack: Pack, *, confidential: bool) -> bytes:
    from pages.reports.pack.typesetting import pdf

    whole = cleaned(pack)
    drawn: dict[str, str] = {}
    main = () if confidential else whole.part("main")
    after = [sheet for sheet in main if sheet.key.startswith(standing_words.AFTER_QUESTIONS)]
    before = whole.part("confidential") if confidential else [sheet for sheet in main if sheet not in after]
    all_of_them = [_sheet(sheet, drawn) for sheet in before]
    last = [] if confidential else [_sheet(sheet, drawn) for sheet in whole.part("appendix")]
    first, moved = (all_of_them, []) if confidential else on_one_page(all_of_them, last)
    data = {
        "title": whole.title + (": confidential part" if confidential else ""), "subject": standing_words.subject(whole),
        "made": [whole.made.year, whole.made.month, whole.made.day],
        "footer": standing_words.footer(whole, confidential=confidential),
        "opening": standing_words.opening(whole, confidential=confidential), "about": standing_words.about(whole),
        "words": {"questions": standing_words.QUESTIONS, "contents": "What is in this pack", "about": standing_words.ABOUT},
        "before": [kept_whole(sheet) for sheet in first], "after": [kept_whole(_sheet(sheet, drawn)) for sheet in after],
        "appendix": [kept_whole(sheet) for sheet in (*moved, *last)],
        "questions": [] if confidential else [
            {"question": one.question, "why": one.why, "answer": one.answer} for one in whole.questions
        ],
    }  # fmt: skip
    return pdf("paper.typ", data, drawn, made=whole.made)


def _sheet(sheet: Sheet, drawn: dict[str, str]) -> dict[str, Any]:
    """A sheet as data for the page; its drawings go into `drawn`."""
    some = (
        parts(sheet.picture, rows=MOST_ROWS, panels=MOST_PANELS, groups=MOST_GROUPS)
        if sheet.picture is not None
        else ()
    )
    lines = list(sheet.lines)
    if sheet.picture is not None and not some:
        lines += standing_words.without_figures(sheet.picture)
    unit = "" if sheet.picture is None or isinstance(sheet.picture, Ranges) else sheet.picture.unit
    table = None if sheet.table is None or sheet.table.empty else _table(sheet.table)
    return {
        "title": sheet.title, "lines": lines, "source": f"Source: {sheet.source}",
        "picture_title": title_of(said_once(sheet.picture_title, unit), some[0]) if some else "",
        "drawings": [_drawing(part, sheet, place, len(some), drawn) for place, part in enumerate(some)],
        "table": table,
        "landscape": sheet.table is not None and len(sheet.table.columns) > MOST_COLUMNS,
    }  # fmt: skip


def _drawing(part: Part, sheet: Sheet, place: int, many: int, drawn: dict[str, str]) -> dict[str, Any]:
    from pages.reports.pack.drawings import size_of, svg

    text = svg(part)
    file = f"drawing{len(drawn) + 1}.svg"
    drawn[file] = text
    alt, (wide, high) = sheet.alt or sheet.picture_title or sheet.title, size_of(text)
    return {
        "file": file, "alt": f"{alt} Part {place + 1} of {many}." if many > 1 else alt, "width": wide, "height": high,
        "without": f"Without figures: {', '.join(part.without)}." if part.without else "",
    }  # fmt: skip


def _table(table: pd.DataFrame) -> dict[str, Any]:
    headings, rows = texts(table)
    size = next(points for columns, points in TABLE_SIZES if len(headings) <= columns)
    return {
        "headings": headings,
        "rows": rows,
        "right": to_the_right(table),
        "columns": [round(one, 3) for one in shares(headings, rows, 6.4, size=size)],
        "size": size,
    }

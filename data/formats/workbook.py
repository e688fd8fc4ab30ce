"""Workbooks as text: the sheet and header row are found by a cell, never by position. Formulas are not computed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from data.catalogue.errors import SourceFormatError
from data.formats.extract import RawFile, normalised
from data.formats.limits import check_workbook, unopened
from data.formats.text import TextTable, unpacked

MAX_COLUMNS = 16_384  # what a sheet can have; one look-up of column names is formatted out to 16,379
HEADER_ROWS = 12  # titles and notes above the header; the published finance workbooks have two to eight


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a workbook's (a zip or an old compound file): other zips are opened before they come here."""
    return content[:2] == b"PK" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(file: RawFile) -> CalamineWorkbook:
    """The workbook. SourceFormatError: a zip that is cut off, is no workbook, or is far too large."""
    content = unpacked(file)
    check_workbook(content, file.name)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise unopened(file.name) from error


def cell_text(cell: object) -> str:
    """A cell as the text a CSV would hold: 100000.0 as 100000, dates as 2018-09-01, true and false as words."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def top_rows(file: RawFile, count: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The first `count` rows of each sheet, blank ones included, hidden sheets last.

    SourceFormatError: see `opened` and `_cells`.
    """
    book = opened(file)
    return {
        sheet: tuple(tuple(cell_text(cell) for cell in row) for row in _cells(file, book, sheet, count))
        for sheet in _shown_first(book)
    }


def _shown_first(book: CalamineWorkbook, prefer: str = "") -> dict[str, bool]:
    """Whether each sheet is shown: those that are first, of them the one named `prefer`, then as they stand."""
    shown = {one.name: one.visible == SheetVisibleEnum.Visible for one in book.sheets_metadata}
    order = sorted(shown, key=lambda name: (not shown[name], normalised(name) != normalised(prefer)))
    return {name: shown[name] for name in order}


def _cells(file: RawFile, book: CalamineWorkbook, sheet: str, count: int | None = None) -> list[list[Any]]:
    """The cells of a sheet from A1 on. SourceFormatError: the sheet is damaged."""
    try:
        found = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=count)
        if found and len(found[0]) > MAX_COLUMNS:
            raise ValueError(f"{len(found[0]):,} columns, where a workbook has {MAX_COLUMNS:,} at most")
        return found
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise SourceFormatError(
            f"the sheet {sheet} of the workbook is damaged ({error}).", where=file.name,
            remedy="Download it again, or open it, repair it and save it as xlsx.",
        ) from error  # fmt: skip


def sheet_table(
    file: RawFile,
    key: str,
    fits: Callable[[Sequence[str]], bool],
    wanted: Callable[[str], str | None],
    *,
    prefer: str = "",
) -> tuple[TextTable, str, tuple[str, ...]]:
    """The first sheet with a row that has a cell `key` and `fits`; its table, name, and the texts above the header.

    A hidden sheet is taken only where no other fits, the sheet named `prefer` before others; further sheets that fit are
    named in a note. `wanted` turns a published header into the name to read it under, or None for a column not wanted.
    SourceFormatError: no such sheet; the message lists the sheets.
    """
    book = opened(file)
    found: tuple[TextTable, str, tuple[str, ...]] | None = None
    notes, further = [], []
    for name, shown in _shown_first(book, prefer).items():
        rows = _cells(file, book, name, HEADER_ROWS if found else None)
        at = _header_row(rows, key, fits)
        if at is None:
            continue
        if found:
            further.append(f"sheet {name}" if shown else f"hidden sheet {name}")
            continue
        above = tuple(cell_text(cell) for line in rows[:at] for cell in line if cell != "")
        found = _table(rows[at + 1 :], [cell_text(cell) for cell in rows[at]], at + 1, wanted), name, above
        notes = [] if shown else [f"read from a hidden sheet, as no visible one fits: {name}"]
    if found is None:
        raise SourceFormatError(
            f"no sheet with the expected table (a header row with `{key}`). Sheets: {', '.join(book.sheet_names) or 'none'}.",
            where=file.name, remedy="Use the workbook as it was published.",
        )  # fmt: skip
    notes += [f"not read: {', '.join(further)}"] if further else []
    return replace(found[0], notes=tuple(notes)), found[1], found[2]


def _header_row(rows: Sequence[Sequence[object]], key: str, fits: Callable[[Sequence[str]], bool]) -> int | None:
    for at, row in enumerate(rows[:HEADER_ROWS]):
        header = [cell_text(cell) for cell in row]
        if normalised(key) in {normalised(cell) for cell in header} and fits(header):
            return at
    return None


def _table(
    rows: Iterable[Sequence[object]], header: Sequence[str], header_row: int, wanted: Callable[[str], str | None]
) -> TextTable:
    places: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = wanted(cell)
        if name is not None:
            places.setdefault(name, at)
    cells = [[cell_text(row[at]) for at in places.values()] for row in rows]
    index = pd.RangeIndex(header_row + 1, header_row + 1 + len(cells))
    frame = pd.DataFrame(cells, columns=list(places), index=index, dtype="str")
    return TextTable(frame, {name: header[at] for name, at in places.items()})

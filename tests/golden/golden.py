"""Reads the golden inputs. Headers are the publishers' own; every row is fictional and shows one oddity of theirs.

Finance goldens are CSV here, so that they can be read in a review, and become workbooks on the way.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from data.formats.extract import Extract, RawFile
from data.sources import peek, recognised

HERE = Path(__file__).parent


def extract(path: str, source: str) -> Extract:
    """The golden file, recognised as `source` and read."""
    return of(RawFile.from_path(HERE / path), source)


def of(file: RawFile, source: str) -> Extract:
    found = recognised(peek(file))
    assert found.key == source
    return found.read(file)


def workbook(path: str, name: str, *, sheet: str = "CFR Data", above: tuple[str, ...] = ()) -> RawFile:
    """The golden CSV as a workbook with a sheet of notes before it; numbers as numbers."""
    book = Workbook()
    book.active.title = "Notes"
    page = book.create_sheet(sheet)
    for line in above:
        page.append([line])
    with (HERE / path).open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle):
            page.append([float(cell) if cell.lstrip("-").replace(".", "", 1).isdigit() else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return RawFile(name, (), content.getvalue())


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Rows as tuples, with None for every kind of missing and dates as text."""
    rows = []
    for row in frame.loc[:, list(columns)].itertuples(index=False):
        rows.append(tuple(_cell(cell) for cell in row))
    return rows


def _cell(cell: Any) -> object:
    if pd.isna(cell):
        return None
    return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else cell


def cells(found: Extract, measure: str) -> dict[int, tuple[object, ...]]:
    """URN -> value, raw, status, denominator of one measure."""
    frame = found.tables["measurement"]
    part = frame[frame["measure"] == measure]
    return {int(row[0]): row[1:] for row in plain(part, "urn", "value", "raw", "status", "denominator")}


def rejected(found: Extract) -> list[tuple[object, ...]]:
    """Row, column, reason."""
    return plain(found.rejects, "row", "column", "reason")

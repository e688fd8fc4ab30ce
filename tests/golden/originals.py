"""Every golden file as a RawFile with the source that knows it: what the property tests bend and break.

Driven by the folders: a new source's golden file is found by itself. A CSV that no source reads alone is a sheet of a
workbook, in its readable form: it is given as one, together with the other CSVs of its folder.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from data.formats.extract import RawFile, Source
from data.formats.text import decoded
from data.sources import SOURCES, peek
from tests.golden.golden import HERE

KINDS = (".csv", ".json", ".geojson", ".xlsx", ".gz")
NOT_INPUT = ("picked", "picked_rows", "__pycache__")  # expected cells, not files to read
YEAR = "2022-23"  # stands above files whose own name has no year


@dataclass(frozen=True)
class Original:
    """A golden file. `label` is its path in the golden folder."""

    label: str
    source: Source = field(repr=False)
    file: RawFile = field(repr=False)


@cache
def originals() -> tuple[Original, ...]:
    """Sorted by path. One that no source knows, or several, is not here: test_others says so."""
    found: list[Original] = []
    for path in paths():
        file = RawFile(path.name, (YEAR, *path.relative_to(HERE).parent.parts), path.read_bytes())
        known = _known(file)
        if not known and path.suffix == ".csv":
            sheets = sorted(path.parent.glob("*.csv"))
            file = RawFile(f"{path.stem}.xlsx", file.folders, book(sheets))
            known = _known(file)
        if len(known) == 1:
            found.append(Original(path.relative_to(HERE).as_posix(), known[0], file))
    return tuple(found)


def paths() -> list[Path]:
    """The golden input files."""
    inside = sorted(path for path in HERE.rglob("*") if path.suffix in KINDS and path.parent != HERE)
    return [path for path in inside if not set(path.relative_to(HERE).parts) & set(NOT_INPUT)]


def of_source(key: str) -> list[Original]:
    """The golden files of one source."""
    return [original for original in originals() if original.source.key == key]


@cache
def as_workbooks(key: str) -> tuple[Original, ...]:
    """The golden CSVs of one source as workbooks, where it knows them as such too."""
    found = []
    for original in of_source(key):
        if original.file.name.endswith(".csv"):
            content = book([HERE / original.label])
            file = RawFile(original.file.name.removesuffix(".csv") + ".xlsx", original.file.folders, content)
            found += [Original(f"{original.label} as xlsx", original.source, file)] * (
                _known(file) == [original.source]
            )
    return tuple(found)


def book(sheets: Iterable[Path]) -> bytes:
    """A workbook of CSVs, a sheet each after one of notes; numbers as numbers."""
    made = Workbook()
    assert made.active is not None
    made.active.title = "Notes"
    for path in sheets:
        page = made.create_sheet(path.stem[:31])
        text = decoded(RawFile(path.name, (), path.read_bytes()))
        for row in csv.reader(io.StringIO(text, newline="")):
            page.append([float(cell) if cell.lstrip("-").replace(".", "", 1).isdigit() else cell for cell in row])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _known(file: RawFile) -> list[Source]:
    seen = peek(file)
    return [source for source in SOURCES if source.recognise(seen)]

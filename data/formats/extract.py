"""What passes between files, sources and intake: RawFile in, Peek to recognise it by, Extract out.

Holds no reading rules of its own and keeps nothing on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd

from data.catalogue.seen import name_seen
from data.catalogue.vocabulary import Release

REJECT_COLUMNS = ("row", "urn", "column", "raw", "reason")
Kind = Literal["csv", "workbook", "json"]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as received. `folders` are the names above it, nearest last; year and release may stand there only.

    Names are made fit to be shown: they are the sender's, and stand in messages, tables and the store.
    """

    name: str
    folders: tuple[str, ...]
    content: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", name_seen(self.name))
        object.__setattr__(self, "folders", tuple(map(name_seen, self.folders)))

    @classmethod
    def from_path(cls, path: Path) -> RawFile:
        """The file at `path`, with at most three folder names. OSError where it cannot be opened."""
        return cls(
            path.name, tuple(part for part in path.resolve().parent.parts if part != "/")[-3:], path.read_bytes()
        )


@dataclass(frozen=True, slots=True)
class Peek:
    """What recognition sees: the first rows, by sheet (one nameless sheet for CSV), or the keys of a JSON object.

    Cells are as published; compare with `header(names)`, which looks for a row that holds all the names.
    """

    name: str
    folders: tuple[str, ...]
    kind: Kind
    sheets: Mapping[str, Rows]
    keys: tuple[str, ...] = ()

    def header(self, *names: str) -> tuple[str, tuple[str, ...]] | None:
        """Sheet and cells of the first row that holds every one of `names` (normalised); None where there is none."""
        wanted = {normalised(name) for name in names}
        for sheet, rows in self.sheets.items():
            for row, there in zip(rows, _names(rows), strict=True):
                if wanted <= there:
                    return sheet, row
        return None


def normalised(name: str) -> str:
    """A header as it is compared: case-folded, runs of space made one, ends stripped."""
    return " ".join(name.replace("\ufeff", "").casefold().split())


@lru_cache(maxsize=16)
def _names(rows: Rows) -> tuple[frozenset[str], ...]:
    """The normalised cells of each row: every source asks for them."""
    return tuple(frozenset(normalised(cell) for cell in row) for row in rows)


@dataclass(frozen=True, slots=True)
class Extract:
    """One file, read. `tables` are named after the store's tables, with the schema's columns but `source_file_id`.

    `measurement` has urn, measure (catalogue key), column (the published name), value (NaN unless status is ok or low),
    raw (as published where it is not a plain number, else NA), status, numerator, denominator, row. `rejects` has row
    (1 = first record of the file or sheet, header included), urn, column (NA where the whole row is left out), raw,
    reason. `rows_read` counts the records under the header; `rows_kept` those that gave something.
    """

    source: str
    release: Release
    scope: str
    time_period: int | None
    as_at: date | None
    tables: Mapping[str, pd.DataFrame]
    rejects: pd.DataFrame
    notes: tuple[str, ...]
    rows_read: int
    rows_kept: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sound file of a source looks like: outside it an import stops and asks for a reason.

    Shares are 0-1. `left_out`: of the rows read, at most; `refused`: of the cells read, at most; `withheld`: of the
    values, suppressed at most; `matched`: of its schools, in the register at least; `change`: rows kept against the last
    period, either way at most. Judged for files of 50 rows and more; `matched` and `change` for national files only.
    """

    left_out: float = 0.05
    refused: float = 0.01
    withheld: float = 0.4
    matched: float = 0.85
    change: float = 0.3


@dataclass(frozen=True, slots=True)
class Source:
    """One published dataset. `recognise` goes by content; `read` raises SourceFormatError where the file is broken."""

    key: str
    title: str
    publisher: str
    landing_page: str
    layout: str  # what the file is known by, in words, for the message about a file that is not known
    recognise: Callable[[Peek], bool]
    read: Callable[[RawFile], Extract]
    expected: Expected = Expected()
    due: str = ""  # when the next one is published, in words: "March, for the year before"

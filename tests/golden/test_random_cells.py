"""500 random cells of every real file, read again by another route, against what was read and what the store then holds."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text

from data.access.scope import everything
from data.formats.extract import Extract, RawFile
from data.intake import load
from data.sources import read
from data.store.engine import StorePlace, engine
from tests.golden.reread import KEYS, Cell, Reread, Sheet, reread, sampled, sheet
from tests.golden.reread_tables import TABLES, Listed, Value
from tests.golden.test_every_real_file import ROWS
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
REAL = {name: row["source"] for name, row in ROWS.items() if name.startswith("realdata/")}
MEASURED = [name for name, source in REAL.items() if source not in {"refused", "boundaries", *TABLES}]
LISTED = [(name, at) for name, source in REAL.items() for at in range(len(TABLES.get(source, ())))]
FACTS = (
    "SELECT s.school_id, m.key, s.value, coalesce(k.status, 'ok'), k.raw FROM measurement s JOIN series USING (series_id) "
    "JOIN measure m USING (measure_id) LEFT JOIN mark k ON k.mark_id = s.mark_id"
)
FIGURES = "SELECT uid, measure, value, status, raw FROM group_figure"


def path(name: str) -> Path:
    assert SHARED
    return SHARED / name


@dataclass(frozen=True, slots=True)
class Sampled:
    """One file as it was read, as it was read again, and the row numbers and measures of the cells to compare."""

    name: str
    found: Extract
    second: Reread
    picks: tuple[tuple[int, str], ...]

    def expected(self) -> dict[tuple[str, str], Cell | None]:
        """By URN (or UID) and measure; None for a cell that must be nowhere."""
        return {(self.second.whose(row), measure): self.second.cell(row, measure) for row, measure in self.picks}

    def frame(self) -> pd.DataFrame:
        trusts = KEYS.get(self.found.source) == "trust_uid"
        return (
            self.found.tables["group_figure"].rename(columns={"uid": "urn"})
            if trusts
            else self.found.tables["measurement"]
        )


@pytest.fixture(scope="module", params=MEASURED)
def measured(request: pytest.FixtureRequest) -> Sampled:
    name = request.param
    second = reread(path(name), REAL[name])
    picks = sampled(len(second.schools), list(second.columns), name)
    return Sampled(
        name, read(RawFile.from_path(path(name))), second, tuple((second.schools[at], key) for at, key in picks)
    )


@pytest.fixture(scope="module")
def stored(measured: Sampled, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Cell]:
    """What a store with this file alone holds, by SQL: value, status and mark by URN (or UID) and measure."""
    query = FIGURES if KEYS.get(measured.found.source) == "trust_uid" else FACTS
    return {
        (str(row[0]), row[1]): tuple(row[2:]) for row in rows(measured.name, query, tmp_path_factory.mktemp("store"))
    }


def rows(name: str, query: str, folder: Path) -> list[tuple[Any, ...]]:
    """Load the file into a new store and ask it."""
    place = StorePlace("own", folder, f"sqlite:///{folder / 'alongside.sqlite'}")
    (report,) = load(everything(), [path(name)], place, accept="test")
    assert (report.outcome, report.error) == ("loaded", None)
    opened = engine(place)
    with opened.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    opened.dispose()
    (folder / "alongside.sqlite").unlink()
    return found


def differing(found: Mapping[tuple[str, str], Cell], expected: Mapping[tuple[str, str], Cell | None]) -> list[object]:
    """The cells that differ: status and mark exactly, a value by more than rounding of its last bits."""
    return [(key, found.get(key), cell) for key, cell in expected.items() if not same(found.get(key), cell)]


def same(found: Cell | None, expected: Cell | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return found[1:] == expected[1:] and found[0] == (
        None if expected[0] is None else pytest.approx(expected[0], rel=1e-12)
    )


def test_cells_as_they_were_read(measured: Sampled) -> None:
    frame = measured.frame()
    picked = frame[frame["row"].isin({row for row, _ in measured.picks})]
    cells = picked[["value", "status", "raw"]].astype(object)
    cells = cells.where(cells.notna(), None)
    places = zip(picked["urn"].astype("str"), picked["measure"], strict=True)
    found: dict[tuple[str, str], Cell] = dict(zip(places, cells.itertuples(index=False, name=None), strict=True))
    assert differing(found, measured.expected()) == []
    assert len(measured.expected()) == min(500, len(measured.second.schools) * len(measured.second.columns))
    assert sorted(frame["measure"].unique()) == sorted(measured.second.columns)


def test_rows_that_are_not_schools_gave_nothing(measured: Sampled) -> None:
    others = measured.second.others
    chosen = set(random.Random(measured.name).sample(others, min(50, len(others))))
    assert measured.found.rows_read - measured.found.rows_kept == len(others)
    assert chosen & set(measured.frame()["row"]) == set()


def test_cells_as_the_store_holds_them(measured: Sampled, stored: dict[tuple[str, str], Cell]) -> None:
    assert differing(stored, measured.expected()) == []
    assert len(stored) == len(measured.frame())


@lru_cache(maxsize=1)
def sheets(name: str, header: str) -> Sheet:
    return sheet(path(name), header)


@pytest.mark.parametrize(("name", "at"), LISTED)
def test_cells_of_tables_that_are_no_measurements(name: str, at: int, tmp_path: Path) -> None:
    listed = TABLES[REAL[name]][at]
    second = sheets(name, listed.header)
    numbers = [number for number in second.numbers() if listed.there(second, number)]
    picks = sampled(len(numbers), list(listed.cells), f"{name} {at}")
    expected = [(column, listed.row(second, numbers[place], column)) for place, column in picks]
    table = read(RawFile.from_path(path(name))).tables[listed.table]
    for ours, value in listed.fixed.items():
        table = table[table[ours] == value]
    held = {column: {tuple(row) for row in cells(table, listed, column)} for column in listed.cells}
    assert [(column, row) for column, row in expected if row not in held[column]] == []
    every = rows(name, statement(listed), tmp_path)
    names = (*listed.key, *listed.cells)
    kept = {column: {(*row[: len(listed.key)], row[names.index(column)]) for row in every} for column in listed.cells}
    assert [(column, row) for column, row in expected if row not in kept[column]] == []
    keys = {listed.row(second, number, next(iter(listed.cells)))[:-1] for number in numbers}
    assert {tuple(row[: len(listed.key)]) for row in every} == keys


def cells(table: pd.DataFrame, listed: Listed, column: str) -> list[list[Value]]:
    """Key and one column as plain values: days as text, truth as 0 and 1, None where missing."""
    columns = []
    for name in (*listed.key, column):
        values = table[name]
        if values.dtype.kind == "M":
            values = values.dt.strftime("%Y-%m-%d")
        columns.append([None if pd.isna(value) else value for value in values.astype(object)])
    return [list(row) for row in zip(*columns, strict=True)]


def statement(listed: Listed) -> str:
    """All of the table's rows, key first, as it is in a store with this file alone."""
    names = ", ".join((*listed.key, *listed.cells))
    where = " AND ".join(f"{ours} = '{value}'" for ours, value in listed.fixed.items())
    return f'SELECT {names} FROM "{listed.table}"' + (f" WHERE {where}" if where else "")

"""Cells picked by hand from the raw text of each real file, as they should be in the extract: `picked/*.csv`.

One list per real file: file, urn, measure, value, raw, status. `measure` is a key of the catalogue (then value, raw and
status are compared; a trust's figure has its UID in `urn`), or a column of the school, area, outline or group, or
`KEY.column` where a school has several rows: the event of an inspection, the UID of a membership, the URN of a link.
An empty value is a missing one.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue import MEASURES
from tests.golden.golden import HERE, plain
from tests.golden.test_realdata import real
from tests.shared import needs_shared

pytestmark = needs_shared
LISTS = sorted((HERE / "picked").glob("*.csv"))
FEWEST = 50
COLUMNS = ["file", "urn", "measure", "value", "raw", "status"]
FIGURES = {"measurement": "urn", "group_figure": "uid"}
KEYED = {"school": "urn", "deprivation": "lsoa", "boundary": "code", "group": "uid"}
SEVERAL = {"inspection": "event", "membership": "uid", "link": "link_urn"}


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def figures(file: str) -> dict[tuple[str, str], tuple[object, ...]]:
    """(urn or uid, measure) -> value, raw, status."""
    found: dict[tuple[str, str], tuple[object, ...]] = {}
    for table, key in FIGURES.items():
        frame = real(file).tables.get(table)
        if frame is not None:
            rows = plain(frame, key, "measure", "value", "raw", "status")
            found |= {(str(row[0]), str(row[1])): row[2:] for row in rows}
    return found


def said(row: dict[str, str]) -> tuple[object, ...]:
    """What the list expects of a figure; a mark keeps its cell, a plain number does not."""
    value = float(row["value"]) if row["value"] else None
    return value, None if row["status"] == "ok" else row["raw"], row["status"]


@cache
def indexed(file: str, table: str, key: str) -> pd.DataFrame:
    frame = real(file).tables[table]
    return frame.assign(_key=frame[key].astype("str")).set_index("_key")


def cell(file: str, urn: str, measure: str) -> str:
    """A cell of a table without figures, as text: dates as 2018-09-01, true and false, whole numbers plain."""
    first, _, column = measure.rpartition(".")
    tables = real(file).tables
    if first:
        table, key = next((name, key) for name, key in SEVERAL.items() if name in tables)
        rows = indexed(file, table, "urn").loc[[urn]]
        values = rows.loc[rows[key].astype("str") == first, column]
    else:
        table, key = next((name, key) for name, key in KEYED.items() if name in tables and column in tables[name])
        values = indexed(file, table, key).loc[[urn], column]
    return ";".join(sorted(_text(value) for value in values))


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if str(value) in ("True", "False"):
        return str(value).casefold()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_cells_picked_by_hand(path):
    rows = listed(path)
    assert list(rows[0]) == COLUMNS
    assert len({(row["urn"], row["measure"]) for row in rows}) == len(rows) >= FEWEST
    assert len({row["file"] for row in rows}) == 1
    wrong = []
    for row in rows:
        if row["measure"] in MEASURES:
            expected, found = said(row), figures(row["file"]).get((row["urn"], row["measure"]))
        else:
            expected, found = row["value"], cell(row["file"], row["urn"], row["measure"])
        if found != expected:
            wrong.append((row["urn"], row["measure"], expected, found))
    assert wrong == []

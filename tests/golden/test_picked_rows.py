"""Cells picked by hand from the raw text of real files that hold no measures: schools, links, groups, areas, outlines.

One CSV a file in `picked_rows/`: `key` names the row (urn=136807, or uid=4731;urn=136807), `expected` is what the store is
to say of the cell, blank for not known; in the table `rejects` the reason. Of an outline: its kind, parts and first point.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data.formats.extract import Extract, RawFile
from data.sources import read
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
FOLDER = Path(__file__).parent / "picked_rows"
LEAST = 50  # cells of each file


def picked(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def real(name: str) -> Extract:
    assert SHARED
    return read(RawFile.from_path(SHARED / "realdata" / name))


def row_of(frame: pd.DataFrame, key: str) -> pd.Series:
    """The one row that the key names."""
    found = pd.Series(True, index=frame.index)
    for part in key.split(";"):
        column, _, value = part.partition("=")
        found &= frame[column].astype("str") == value
    assert int(found.sum()) == 1, f"{key}: {int(found.sum())} rows"
    return frame[found].iloc[0]


def cell(row: pd.Series, column: str) -> object:
    """The cell as the lists write it; of an outline what stands after the dot."""
    name, _, part = column.partition(".")
    value = row[name]
    if part:
        shape = json.loads(value)
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        first = " ".join(f"{number:.10g}" for number in parts[0][0][0])
        return {"type": shape["type"], "parts": len(parts), "rings": sum(map(len, parts)), "first": first}[part]
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value).lower() if isinstance(value, bool) or str(value) in ("True", "False") else value


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_cells_picked_by_hand_are_as_the_file_says(path):
    rows = picked(path)
    assert len(rows) >= LEAST
    wrong = []
    for pick in rows:
        found = real(pick["file"])
        frame = found.rejects if pick["table"] == "rejects" else found.tables[pick["table"]]
        seen = cell(row_of(frame, pick["key"]), pick["column"])
        same = seen == float(pick["expected"] or "nan") if isinstance(seen, float) else str(seen) == pick["expected"]
        if not same:
            wrong.append((pick["key"], pick["column"], pick["expected"], seen))
    assert wrong == []


def test_every_real_file_without_measures_has_its_list():
    lists = {picked(path)[0]["file"] for path in FOLDER.glob("*.csv")}
    assert SHARED
    root = SHARED / "realdata"
    files = [*(root / "gias").glob("*.csv"), *(root / "boundaries").iterdir(), *(root / "context").iterdir()]
    there = {path.relative_to(root).as_posix() for path in files} | {"england_2018/edubasealldata20180901.csv"}
    assert there - lists == {"gias/edubasealldata20250422-establishment-types.csv"}  # a look-up, refused

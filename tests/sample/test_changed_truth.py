"""The sample's re-issue: exactly seven schools have other figures, traced to the file that came again and to their rows in it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from analytics import results
from analytics.facts import circumstances
from analytics.facts.panel import panel
from analytics.since.change import Reader
from analytics.since.changes import basis, changes
from data import intake
from data.access.scope import everything
from data.sample import generate
from data.store import explain, read
from data.store.engine import StorePlace, engine, place

NAME = "2024-2025_england_ks2final.csv"
Tables = Mapping[str, pd.DataFrame]


def published(where: StorePlace) -> Tables:
    """The tables that hold what was published, without any score."""
    inputs = read.inputs(engine(where))
    whole = panel(inputs.measurement, inputs.school, inputs.link)
    tables = {name: results.frame([], kind) for name, kind in results.TABLES.items()}
    tables["value"] = circumstances.value_table(whole, {})
    tables["school"] = circumstances.school_table(whole, inputs.deprivation)
    tables["source"] = inputs.source_file
    tables["member"] = pd.DataFrame(columns=["uid", "urn", "joined"])
    return tables


def test_the_reissue_changed_seven_schools_and_each_is_traced_to_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "home"))
    files = generate(tmp_path / "files")
    where = place("sample")
    intake.load(everything(), [files.first / "edubasealldata20261101.csv", files.first / NAME], where)
    before = published(where)
    (report,) = intake.load(everything(), [files.reissue], where)
    now = published(where)
    old: Reader = partial(_of, before)
    new: Reader = partial(_of, now)

    behind = basis(old, new, method=False)
    assert behind.differ == frozenset(files.reissued_urns) and len(behind.differ) == 7
    assert [(file.source, file.file_name) for file in behind.new] == [("ks2", NAME)]

    found = changes(old, new, None)
    assert {one.urn for one in found} == set(files.reissued_urns) and {one.what for one in found} == {"reissued"}
    assert {one.file.file_name for one in found if one.file} == {NAME} and all(one.file in behind.new for one in found)
    assert report.error is None

    with (files.reissue / NAME).open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.DictReader(handle))
    rows = explain.rows_of(engine(where), behind.new[0].source_file_id, files.reissued_urns)
    for one in found:
        assert one.urn is not None and one.time_period == 202425
        figure = next(figure for figure in one.figures if figure.measure == "ks2_mathematics_expected_pct")
        cell = lines[rows[one.urn, figure.measure] - 2]  # rows are counted from 1, with the heading
        assert cell["URN"] == str(one.urn) and figure.now == float(cell["PTMAT_EXP"].rstrip("%"))
        assert figure.was != figure.now
    assert changes(old, old, None) == ()


def _of(tables: Tables, name: str) -> pd.DataFrame:
    return tables[name]

"""The partnership's own figures are read by their own function and are nowhere in what a publication is made from."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pandas as pd
from pandas.testing import assert_frame_equal
from sqlalchemy import Engine

from data.formats.extract import Extract
from data.store import read, undo
from data.store.own_figures import figures
from tests.store.conftest import Writer, facts, register, snapshot


def own(values: dict[int, float | None], measure: str = "own:phonics") -> Extract:
    frame = pd.DataFrame({"urn": list(values), "measure": measure, "time_period": 202526, "label": "Phonics"})
    frame = frame.assign(unit="pct", definition="Met the standard", denominator=30.0, supplied_by="Head of data")
    frame = frame.assign(value=pd.Series(list(values.values()), dtype="float64"), row=2)
    frame = frame.assign(status=frame["value"].isna().map({True: "not_submitted", False: "ok"}))
    return snapshot("own_figures", None, {"own_figure": frame}, scope="own")


def test_figures_of_the_schools_asked_for(store: Engine, write: Writer) -> None:
    write(own({100001: 81.0, 100002: None, 100003: 70.0}))
    found = figures(store, [100002, 100001])
    assert found[["urn", "measure", "time_period", "status", "denominator", "supplied_by"]].values.tolist() == [
        [100001, "own:phonics", 202526, "ok", 30.0, "Head of data"],
        [100002, "own:phonics", 202526, "not_submitted", 30.0, "Head of data"],
    ]
    assert found["value"].fillna(-1).tolist() == [81.0, -1.0]
    assert figures(store, []).empty


def test_undone_the_earlier_cell_is_there_again(store: Engine, write: Writer) -> None:
    write(own({100001: 81.0, 100002: 60.0}))
    newer = write(own({100001: 85.0}))
    assert figures(store, [100001, 100002])["value"].tolist() == [85.0, 60.0]
    undo.undo(store, newer.source_file_id)
    assert figures(store, [100001, 100002])["value"].tolist() == [81.0, 60.0]


def test_nothing_of_them_is_in_what_a_publication_is_made_from(store: Engine, write: Writer) -> None:
    write(register({100001: "Oak", 100002: "Ash"}, date(2025, 9, 1)))
    write(facts({100001: 60.0}))
    before, listed = read.inputs(store), read.published_files(store)
    write(own({100001: 81.0}, measure="ks2_reading_expected_pct"))
    write(own({100002: 99.0}, measure="ks2_reading_expected_pct"))
    after = read.inputs(store)
    for field in fields(read.Inputs):
        assert_frame_equal(getattr(before, field.name), getattr(after, field.name))
    assert_frame_equal(listed, read.published_files(store))
    assert read.source_files(store)["source"].tolist() == ["gias", "ks2", "own_figures", "own_figures"]

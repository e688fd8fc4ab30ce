"""What is kept on a shelf: the most recent, made once; and rows found by a school's number, as walking the column finds them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st

from data.catalogue import PermissionDenied
from data.store.engine import place
from pages.shell import cached
from pages.shell.shelf import ByNumber, Shelf
from tests.views.region import MEMBERS, PUBLICATION, fill


def test_a_shelf_makes_once_and_lets_the_oldest_go() -> None:
    shelf, made = Shelf(2), []

    def ask(key: str) -> str:
        return shelf.kept(key, lambda: made.append(key) or key.upper())

    assert [ask(key) for key in "abab"] == list("ABAB")
    assert made == ["a", "b"]
    assert (ask("c"), ask("b"), ask("a")) == ("C", "B", "A")
    assert made == ["a", "b", "c", "a"]


def test_what_raises_is_not_kept() -> None:
    shelf = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.kept("a", lambda: 1 // 0)
    assert shelf.kept("a", lambda: 5) == 5


def test_nothing_is_something() -> None:
    shelf = Shelf(2)
    assert shelf.kept("a", lambda: None) is None
    assert shelf.kept("a", lambda: 5) is None


@pytest.mark.parametrize("dtype", ["int64", "Int64", "float64"])
def test_rows_are_found_as_walking_the_column_finds_them(dtype: str) -> None:
    draw = np.random.default_rng(3)
    column = pd.Series(draw.integers(900_000, 900_040, 500), index=draw.permutation(500)).astype(dtype)
    if dtype != "int64":
        column.iloc[::7] = None
    index = ByNumber(column)
    for wanted in ((), (900_003,), (900_030, 900_001, 900_001), (7,), (-1,), tuple(range(900_000, 900_050))):
        expected = np.flatnonzero(column.isin(wanted).fillna(False).to_numpy(dtype=bool))
        assert index.places(wanted).tolist() == expected.tolist()


@pytest.fixture
def filled(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    st.cache_resource.clear()
    fill(place("sample"))


def test_parts_are_what_filtering_the_whole_table_gives(filled: None) -> None:
    whole = cached.table(PUBLICATION, "area_score")
    part = cached.part(PUBLICATION, "area_score", urn=MEMBERS, phase="primary", time_period=202425)
    kept = whole["urn"].isin(MEMBERS) & whole["phase"].eq("primary") & whole["time_period"].eq(202425)
    pd.testing.assert_frame_equal(part, whole[kept])
    assert cached.part(PUBLICATION, "area_score", urn=()).empty


def sizes(read: cached.Reader, name: str) -> int:
    return len(read(name))


def test_what_is_worked_out_is_of_published_tables_and_by_functions_with_a_name(filled: None) -> None:
    assert cached.worked_out(PUBLICATION, sizes, "school") == len(cached.table(PUBLICATION, "school"))
    with pytest.raises(PermissionDenied):
        cached.worked_out(PUBLICATION, sizes, "need")
    with pytest.raises(PermissionDenied):
        cached.part(PUBLICATION, "need", urn=MEMBERS)
    with pytest.raises(ValueError, match="made on the spot"):
        cached.worked_out(PUBLICATION, lambda read: 1)


def test_clearing_the_caches_empties_the_shelves(filled: None) -> None:
    first = cached.table(PUBLICATION, "school")
    assert cached.table(PUBLICATION, "school") is first
    st.cache_resource.clear()
    assert cached.table(PUBLICATION, "school") is not first

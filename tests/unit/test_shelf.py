"""What is kept on a shelf: the most recent, made once; and rows found by a school's number, as walking the column finds them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pages.shell.shelf import ByNumber, Shelf


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

"""Gaps of several years stand side by side: in none of the years may one or two schools that are shown first be in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from pages.shell import cached
from pages.shell.fair import averages, masks

READING, WRITING = "ks2_reading_expected_pct", "ks2_writing_expected_pct"


def told(
    monkeypatch: pytest.MonkeyPatch, rows: list[tuple[int, str, int, float | None]], held: set[int], year: int
) -> set[str]:
    scores = pd.DataFrame(rows, columns=["urn", "measure", "time_period", "y"]).assign(phase="primary")
    monkeypatch.setattr(cached, "part", lambda *_, **__: scores)
    found = SimpleNamespace(urns=frozenset(range(1, 10)), held=frozenset(held), fewest=masks.FEWEST)
    view, choice = SimpleNamespace(publication_id="one"), SimpleNamespace(phase="primary", time_period=year)
    return set(averages.gaps(cast(Any, view), cast(Any, choice), cast(Any, found)))


def of(measure: str, period: int, urns: range) -> list[tuple[int, str, int, float | None]]:
    return [(urn, measure, period, 0.1) for urn in urns]


def test_a_gap_of_another_year_tells_of_a_school_no_more_than_this_years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four schools are shown first: all of them have reading this year, only one had it the year before."""
    now, before = of(READING, 202425, range(1, 10)), of(READING, 202324, range(4, 10))
    writing = [*of(WRITING, 202425, range(1, 10)), *of(WRITING, 202324, range(1, 10))]
    assert told(monkeypatch, [*now, *before, *writing], {1, 2, 3, 4}, 202425) == {WRITING}
    assert told(monkeypatch, [*now, *before, *writing], set(), 202425) == {READING, WRITING}
    assert told(monkeypatch, [*now, *of(READING, 202526, range(4, 10))], {1, 2, 3, 4}, 202425) == {
        READING
    }  # later years are not drawn
    assert told(monkeypatch, [*now, (1, READING, 202324, None)], {1, 2, 3, 4}, 202425) == {
        READING
    }  # a row without y is no figure

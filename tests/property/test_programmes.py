"""Programmes on random figures: withheld is as not there, order is nothing, and a kept design comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.programmes import designs, evaluation
from analytics.programmes.designs import Plan
from analytics.programmes.results import Design, Evaluation, MatchedSet
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)
URN = st.integers(100000, 999999)
YEAR = st.integers(201516, 202930)
WORDS = st.text(max_size=80)


@st.composite
def kept(draw: st.DrawFn) -> Design:
    sets = draw(st.lists(st.builds(MatchedSet, URN, st.lists(URN, max_size=5).map(tuple), YEAR), max_size=8))
    numbers = st.one_of(st.none(), st.floats(0, 100))
    years = st.lists(YEAR, max_size=3).map(tuple)
    return Design(
        made.MEASURE, draw(YEAR), draw(YEAR), draw(years), tuple(sets), draw(st.lists(URN, max_size=4).map(tuple)), draw(st.integers(0, 5)),
        draw(st.integers(0, 9999)), draw(st.integers(0, 10**9)), draw(st.booleans()), draw(st.one_of(st.none(), YEAR)), draw(WORDS), draw(WORDS),
        draw(numbers), draw(WORDS),
    )  # fmt: skip


@given(kept())
def test_a_kept_design_comes_back_as_it_was(one: Design) -> None:
    assert Design.from_text(one.text()) == one


def answered(tables: dict, count: int) -> tuple[Design, Evaluation]:  # type: ignore[type-arg]
    urns, outside = made.lowest(made.tables(7), count), made.outside(tables)
    design = designs.design(tables, urns, outside, PLAN, seed=1, made_up=0)
    return design, evaluation.evaluate(tables, design, seed=1, permutations=49, outside=outside)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 9))
def test_withheld_figures_are_as_if_they_were_not_there(seed: int, count: int) -> None:
    tables = made.tables(7)
    rng = np.random.default_rng(seed)
    gone = rng.random(len(tables["value"])) < 0.08
    withheld = tables["value"].assign(
        status=tables["value"]["status"].mask(gone, "suppressed"), value=tables["value"]["value"].mask(gone)
    )
    one, two = (answered({**tables, "value": value}, count) for value in (withheld, tables["value"][~gone]))
    assert one == two
    design, found = one
    shuffled = {name: table.sample(frac=1, random_state=seed) for name, table in tables.items()}
    shuffled["value"] = withheld.sample(frac=1, random_state=seed)
    assert answered(shuffled, count)[0] == design
    assert len(design.sets) + len(design.left_out) == count or design.refused
    assert len(set(design.comparison)) == len(design.comparison) and not set(design.comparison) & set(design.supported)
    if found.effect.estimate is not None:
        assert found.effect.schools >= 6 and found.effect.low < found.effect.estimate < found.effect.high  # type: ignore[operator]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(-30, 30))
def test_what_happens_to_everybody_later_is_no_effect(seed: int, points: float) -> None:
    """A year in which all results rise or fall moves no estimate."""
    tables = made.tables(seed)
    urns, outside = made.lowest(tables, 8), made.outside(tables)
    design = designs.design(tables, urns, outside, PLAN, seed=1, made_up=0)
    if design.refused:
        return
    later = tables["value"]["time_period"] >= made.FIRST
    moved = {**tables, "value": tables["value"].assign(value=tables["value"]["value"] + points * later)}
    one, two = (
        evaluation.evaluate(t, design, seed=1, permutations=49, outside=outside).effect for t in (tables, moved)
    )
    assert two.estimate == pytest.approx(one.estimate, abs=1e-7) and two.p == one.p
    assert replace(design, seed=2) != design

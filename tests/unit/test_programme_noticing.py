"""What could be noticed: told for the years, the schools and the starts that are looked at, from schools about as large, rounded up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.programmes import designs, effects, evaluation, looking
from analytics.programmes.designs import Plan
from analytics.programmes.noticing import Times
from analytics.programmes.results import Design
from analytics.programmes.rounding import least
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)
Tables = Mapping[str, pd.DataFrame]


def set_down(tables: Tables, urns: tuple[int, ...], plan: Plan = PLAN, *, made_up: int = 400) -> Design:
    return designs.design(tables, urns, made.outside(tables), plan, seed=1, made_up=made_up)


def evaluated(tables: Tables, design: Design, *, made_up: int = 400) -> evaluation.EffectSummary:
    others = made.outside(tables)
    return evaluation.evaluate(tables, design, seed=1, permutations=99, outside=others, made_up=made_up).effect


def until(tables: Tables, last: int) -> dict[str, pd.DataFrame]:
    return {**tables, "value": tables["value"][tables["value"]["time_period"] <= last]}


def test_with_comparison_schools_that_start_a_year_later_one_year_is_told() -> None:
    tables = made.tables(8, 400)
    urns = tuple(range(100001, 100025))
    by_draw = replace(PLAN, drawn=frozenset(urns[1::2]), until=202324)
    short, whole = (set_down(tables, urns[::2], plan) for plan in (by_draw, replace(by_draw, until=None)))
    assert short.by_draw and short.told_years == 1 and whole.told_years == 2
    assert "and one year of results" in short.detectable_words
    assert short.detectable > 1.1 * whole.detectable  # type: ignore[operator]
    ahead = replace(by_draw, selection_year=202425, first_year=202526, until=202526)
    assert set_down(tables, urns[::2], ahead).told_years == 1  # told from earlier years, and no longer either
    gap = replace(by_draw, selection_year=201718, first_year=201819, until=201920)
    assert (
        set_down(tables, urns[::2], gap).told_years == 1
    )  # what is published next is of 2022/23, when they have started


def test_who_starts_later_has_fewer_years_in_made_up_programmes_too() -> None:
    """All but two start a year later: nearly one year of results, and nearly the figure of one."""
    tables = made.tables(8, 400)
    urns = made.lowest(tables, 14)
    late = set_down(tables, urns, replace(PLAN, starts=dict.fromkeys(urns[:12], 202425)))
    both = set_down(tables, urns)
    assert late.sets == tuple(
        replace(one, first_year=202425 if one.supported in urns[:12] else one.first_year) for one in both.sets
    )
    assert "up to two years of results" in late.detectable_words and "up to" not in both.detectable_words
    assert late.detectable > 1.15 * both.detectable  # type: ignore[operator]
    spread = [
        np.std(
            evaluation.placebos(tables, one, seed=1, count=400, outside=made.outside(tables)).estimates,
            ddof=1,
        )
        for one in (late, both)
    ]
    assert spread[0] > 1.15 * spread[1]


def test_years_that_are_told_for() -> None:
    starts = {1: 202324, 2: 202627}
    assert (Times(202223, 202324, {1: 202324}, None).span, Times(202223, 202324, starts, None).span) == (2, 4)
    assert Times(202223, 202324, starts, None).least == 4 and Times(202223, 202324, {1: 202324}, None).least == 1
    cut = Times(202223, 202324, starts, 202324)
    assert (cut.span, cut.least) == (1, 1)


def test_fewer_years_than_thought_notice_less_and_it_is_said() -> None:
    tables = made.tables(1, 400)
    design = set_down(tables, made.lowest(tables, 8))
    whole, early = evaluated(tables, design), evaluated(until(tables, 202324), design)
    assert (whole.detectable, whole.detectable_words) == (design.detectable, design.detectable_words)
    assert early.detectable > 1.1 * design.detectable  # type: ignore[operator]
    assert early.detectable_words.startswith("With eight schools and one year of results")
    others = made.outside(tables)
    beside = evaluation.placebos(until(tables, 202324), design, seed=1, count=400, outside=others)
    assert beside.detectable == early.detectable


def test_fewer_schools_than_thought_notice_less_and_it_is_said() -> None:
    tables = made.tables(1, 400)
    design = set_down(tables, made.lowest(tables, 8))
    value = tables["value"]
    gone = value["urn"].isin(design.supported[:2]) & (value["time_period"] > made.SELECTION)
    less = evaluated({**tables, "value": value[~gone]}, design)
    assert less.schools == 6 and less.detectable_words.startswith("With six schools and two years of results")
    assert less.detectable > design.detectable  # type: ignore[operator]
    beside = [urn for one in design.sets[:2] for urn in one.comparison]
    gone = value["urn"].isin(beside) & (value["time_period"] > made.SELECTION)
    alone = evaluated({**tables, "value": value[~gone]}, design)
    assert alone.schools == 6 and alone.detectable_words.startswith("With six schools and two years of results")


def test_each_made_up_school_stands_in_the_place_of_its_own() -> None:
    """For its size and its years are those of that place."""
    alike = np.arange(60).reshape(6, 10)[::-1]
    found = looking._drawn(alike, np.random.default_rng(1))
    assert all(one in row for one, row in zip(found, alike, strict=True))
    crowded = looking._drawn(np.tile(np.arange(6), (6, 1)), np.random.default_rng(1))
    assert sorted(crowded) == list(range(6))


def test_made_up_schools_are_about_as_large_as_those_in_whose_place_they_stand() -> None:
    """Large schools vary little: a programme of large schools notices more than one of small ones in the same nation."""
    tables = made.tables(6, 600)
    rng = np.random.default_rng(6)
    value, large = tables["value"], tables["value"]["urn"] % 2 == 0
    shaken = value["value"] + np.where(large, 0.0, rng.normal(0, 15, len(value)))
    tables["value"] = value.assign(
        value=shaken.clip(0, 100), pupils=np.where(large, 200.0, 10.0) + rng.integers(0, 5, len(value))
    )
    at = tables["value"][(tables["value"]["time_period"] == made.SELECTION) & (tables["value"]["urn"] <= 100060)]
    of = {
        size: tuple(int(urn) for urn in at[(at["urn"] % 2 == 0) == size].nsmallest(8, "value")["urn"])
        for size in (True, False)
    }
    big, small = (set_down(tables, of[size], made_up=200).detectable for size in (True, False))
    assert big is not None and small is not None and big < 0.6 * small


@pytest.mark.parametrize(
    ("value", "percentage", "shown"),
    [(9.02, True, "10"), (9.0, True, "9"), (0.95, True, "1"), (0.41, True, "0.5"), (0.001, True, "0.1"), (2.13, False, "2.2"),
     (9.97, False, "10"), (0.0431, False, "0.044")],
)  # fmt: skip
def test_it_is_rounded_up(value: float, percentage: bool, shown: str) -> None:
    assert least(value, percentage) == shown


def test_where_nothing_varies_nothing_is_told() -> None:
    tables = made.tables(1, 300)
    tables["value"] = tables["value"].assign(value=100.0, expected=99.0)
    design = set_down(tables, tuple(range(100001, 100009)), made_up=50)
    assert design.detectable is None and len(design.sets) == 8
    assert design.detectable_words.endswith("cannot be told: the results of schools without support do not vary.")


def test_what_is_told_is_what_is_seen() -> None:
    """The spread of programmes that are drawn anew, matched and looked at from the start, beside what was told."""
    tables = made.tables(8, 400)
    urns = made.lowest(tables, 8)
    told = set_down(tables, urns)
    value = tables["value"][tables["value"]["time_period"] == made.SELECTION].set_index("urn")["value"]
    others = made.outside(tables)
    near = [urn for urn in sorted(others) if value[urn] <= value[sorted(others)].quantile(0.3)]
    rng, seen = np.random.default_rng(3), []
    for _ in range(120):
        chosen = tuple(int(one) for one in rng.choice(near, 8, replace=False))
        one = designs.design(tables, chosen, others - set(chosen), PLAN, seed=1, made_up=0)
        seen.append(
            evaluation.evaluate(
                tables, one, seed=1, permutations=9, outside=others - set(chosen), made_up=0
            ).effect.estimate
        )
    assert told.detectable == pytest.approx(effects.detectable(float(np.std(seen, ddof=1)), 8), rel=0.2)

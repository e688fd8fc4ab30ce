"""Starts in different years: group-time effects of Callaway and Sant'Anna on the matched sets, and nothing else under that name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.programmes import designs, evaluation, staggered
from analytics.programmes.designs import Plan
from analytics.programmes.results import WavePoint
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)


def test_a_programmes_waves_are_group_time_effects_on_its_sets() -> None:
    """Against the changes of its sets, one by one, from the published table."""
    tables = made.tables(25, 300)
    urns, outside = made.lowest(tables, 14), made.outside(tables)
    plan = replace(PLAN, starts=dict.fromkeys(urns[:7], 202425))
    design = designs.design(tables, urns, outside, plan, seed=1, made_up=0)
    found = evaluation.evaluate(tables, design, seed=1, permutations=99, outside=outside, made_up=0).waves
    value = tables["value"].pivot(index="urn", columns="time_period", values="value")
    told = []
    for start, base, year in ((202324, 202223, 202324), (202324, 202223, 202425), (202425, 202324, 202425)):
        change = value[year] - value[base]
        mine = [one for one in design.sets if one.first_year == start]
        told.append(np.mean([change[one.supported] - change[list(one.comparison)].mean() for one in mine]))
    assert [one.estimate for one in found] == pytest.approx(told)
    assert [(one.first_year, one.last_year, one.year, one.time_period, one.schools) for one in found] == [
        (202324, 202324, 0, 202324, 7), (202324, 202324, 1, 202425, 7), (202425, 202425, 0, 202425, 7),
    ]  # fmt: skip


def stacked(seed: int, groups: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Sets of one supported school and three others, over five times, of groups that start at those times."""
    rng = np.random.default_rng(seed)
    starts = np.repeat(groups, 6)
    return rng.normal(60, 8, (len(starts), 4, 5)), starts


def test_they_are_those_of_the_estimator_that_reproduces_the_published_figures() -> None:
    """The estimator on each group's supported schools and the means of their sets; each group has its own never treated."""
    outcome, starts = stacked(1, (2, 4))
    times = (1, 2, 3, 4, 5)
    found = {(one.first_year, one.time_period): one.estimate for one in staggered.waves(outcome, starts, times)}
    told = {}
    for group in (2, 4):
        mine = outcome[starts == group]
        units = np.concatenate([mine[:, 0], mine[:, 1:].mean(axis=1)])
        first = np.repeat([group, 0], len(mine))
        for one in staggered.callaway_santanna(units, times, first):
            if one.time >= group:
                told[group, one.time] = one.effect
    assert found == pytest.approx(told) and len(found) == 6


def test_small_groups_are_pooled_by_size_from_their_own_bases_and_called_by_all_their_years() -> None:
    outcome, starts = stacked(2, (2, 3))
    keep = [0, 1, 2, 3, 6, 7, 8]  # four that start in 2, three that start in 3
    outcome, starts = outcome[keep], starts[keep]
    found = staggered.waves(outcome, starts, (1, 2, 3, 4, 5))
    d = outcome[:, 0] - outcome[:, 1:].mean(axis=1)
    for one in found[:3]:
        own = np.concatenate([d[:4, 1 + one.year] - d[:4, 0], d[4:, 2 + one.year] - d[4:, 1]])
        assert one == WavePoint(2, 3, one.year, None, pytest.approx(own.mean()), 7)
    assert [one.year for one in found] == [0, 1, 2]  # in the fourth year only the first four are left: fewer than five


def test_a_missing_year_takes_its_school_out_and_not_the_set() -> None:
    outcome, starts = stacked(3, (2, 4))
    outcome[0, 0, 1] = outcome[1, 2, 1] = outcome[2, 1, 0] = np.nan
    found = next(one for one in staggered.waves(outcome, starts, (1, 2, 3, 4, 5)) if one.time_period == 2)
    change = outcome[1:6, :, 1] - outcome[1:6, :, 0]
    told = np.mean([row[0] - np.nanmean(row[1:]) for row in change])
    assert found.schools == 5 and found.estimate == pytest.approx(told)


def test_nothing_is_told_without_a_year_before() -> None:
    outcome, starts = stacked(4, (1, 3))
    assert {one.first_year for one in staggered.waves(outcome, starts, (1, 2, 3, 4, 5))} == {3}
    assert staggered.waves(outcome, np.full(len(starts), 3), (1, 2, 3, 4, 5)) == ()  # all together

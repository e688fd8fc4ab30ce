"""The exact plan beside its slow twins, on random instances: objectives are compared, not assignments (METHODS 10.3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.support import assignment, unmet
from analytics.support.assignment import Problem
from tests import oracles_plan

SMALL, MEDIUM = 500, 20


def drawn(rng: np.random.Generator, needs: int, supporters: int, *, ties: bool = True) -> Problem:
    """A random instance: schools that give and receive, needs that want two, pairs that must be, supporters of no school."""
    there = rng.random((needs, supporters)) < 0.7
    need, supporter = np.nonzero(there)
    severity = rng.choice([0.05, 0.2, 0.25, 0.6, 1.0], needs) if ties else np.round(rng.uniform(0.01, 1, needs), 6)
    fit = rng.integers(5, 101, len(need)) / 100 if ties else np.round(rng.uniform(0.05, 1, len(need)), 6)
    slots = rng.integers(0, 3, supporters)
    fixed = [p for p in range(len(need)) if rng.random() < 0.08 and slots[supporter[p]] > 0]
    kept = [
        p for i, p in enumerate(fixed) if supporter[p] not in supporter[fixed[:i]] and need[p] not in need[fixed[:i]]
    ]
    return Problem(
        severity, slots, need, supporter, fit, rng.integers(-1, needs, supporters), rng.integers(0, needs, needs),
        np.where(rng.random(needs) < 0.2, 2, 1), np.array(kept, dtype=np.int64),
    )  # fmt: skip


def holds(problem: Problem, found: assignment.Assignment) -> None:
    """Places, supporters wanted, pairs that must be and the floor are kept to."""
    chosen = found.chosen
    assert len(set(chosen.tolist())) == len(chosen)
    assert (np.bincount(problem.supporter[chosen], minlength=len(problem.slots)) <= problem.slots).all()
    assert (np.bincount(problem.need[chosen], minlength=len(problem.severity)) <= problem.want).all()
    assert set(problem.fixed.tolist()) <= set(chosen.tolist())
    free = np.setdiff1d(chosen, problem.fixed)
    assert found.floor == (float(problem.fit[free].min()) if len(free) else None)
    assert found.met == oracles_plan.met(problem, tuple(chosen.tolist()))
    assert found.value == oracles_plan.worth(problem, tuple(chosen.tolist()))


@pytest.mark.parametrize("part", range(5))
def test_the_plan_is_the_best_of_all_plans(part: int) -> None:
    for seed in range(part * SMALL // 5, (part + 1) * SMALL // 5):
        rng = np.random.default_rng([10, 3, seed])
        problem = drawn(rng, int(rng.integers(1, 6)), int(rng.integers(1, 5)))
        found, wanted = assignment.solve(problem), oracles_plan.values(problem)
        holds(problem, found)
        assert (found.met, found.value) == (wanted.met, wanted.worth), seed
        assert wanted.floor is None or found.floor == wanted.floor, seed


@pytest.mark.parametrize("seed", range(MEDIUM))
def test_the_plan_is_that_of_the_dense_formulation(seed: int) -> None:
    rng = np.random.default_rng([10, 33, seed])
    problem = drawn(rng, int(rng.integers(15, 31)), int(rng.integers(8, 16)), ties=seed % 2 == 0)
    found, wanted = assignment.solve(problem), oracles_plan.dense(problem)
    holds(problem, found)
    assert (found.met, found.value) == (wanted.met, wanted.worth)
    held = oracles_plan.met(problem, tuple(problem.fixed.tolist()))
    assert found.floor == wanted.floor or held == found.met  # where no other pair is needed no floor binds


@given(st.integers(0, 2**32 - 1), st.integers(0, 14), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_places_conflicts_and_limits_hold(seed: int, needs: int, supporters: int) -> None:
    problem = drawn(np.random.default_rng(seed), needs, supporters)
    holds(problem, assignment.solve(problem))


@pytest.mark.soak
@given(st.integers(0, 2**32 - 1), st.integers(0, 30), st.integers(1, 20))
@settings(max_examples=10_000, deadline=None)
def test_places_conflicts_and_limits_hold_in_many_instances(seed: int, needs: int, supporters: int) -> None:
    problem = drawn(np.random.default_rng(seed), needs, supporters, ties=seed % 2 == 0)
    holds(problem, assignment.solve(problem))


@pytest.mark.parametrize("seed", range(60))
def test_one_more_place_is_the_difference_of_two_optima(seed: int) -> None:
    rng = np.random.default_rng([10, 4, seed])
    problem = drawn(rng, int(rng.integers(1, 6)), int(rng.integers(1, 4)))
    found = assignment.solve(problem)
    gain, _ = unmet.one_more_place(problem, found)
    for j in range(len(problem.slots)):
        wider = oracles_plan.values(oracles_plan.one_more_place(problem, j)).met
        assert gain[j] == wider - found.met
        assert wider == assignment.solve(oracles_plan.one_more_place(problem, j)).met


def alike(seed: int) -> Problem:
    """An instance full of equally good plans: one severity, four fits."""
    rng = np.random.default_rng([77, seed])
    problem = drawn(rng, int(rng.integers(2, 6)), int(rng.integers(2, 5)))
    fit, severity = rng.integers(1, 4, len(problem.need)) / 4, np.full(len(problem.severity), 0.5)
    return replace(problem, fixed=assignment.NONE, fit=fit, severity=severity)


@pytest.mark.parametrize("part", range(4))
def test_the_order_of_the_pairs_changes_nothing_where_many_plans_are_equally_good(part: int) -> None:
    for seed in range(part * 100, (part + 1) * 100):
        in_another_order(np.random.default_rng(seed), alike(seed))


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 8), st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_pairs_changes_nothing(seed: int, needs: int, supporters: int, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    in_another_order(rng, drawn(rng, needs, supporters, ties=ties))


def in_another_order(rng: np.random.Generator, problem: Problem) -> None:
    order = rng.permutation(len(problem.need))
    fixed = np.flatnonzero(np.isin(order, problem.fixed))
    other = replace(
        problem, need=problem.need[order], supporter=problem.supporter[order], fit=problem.fit[order], fixed=fixed
    )
    found, again = assignment.solve(problem), assignment.solve(other)
    assert sorted(order[again.chosen].tolist()) == found.chosen.tolist()
    assert (again.met, again.floor, again.value) == (found.met, found.floor, found.value)


def test_no_single_exchange_lowers_the_urns() -> None:
    """Of 100 instances full of ties: no equally good plan that differs by one need's supporter, by a swap of two, or by who of
    two equal needs has a place, comes before the plan in the order of needs and supporters."""
    for seed in range(100):
        problem = alike(seed)
        found, wanted = assignment.solve(problem), oracles_plan.values(problem)
        mine = placed(problem, found.chosen.tolist())
        for plan in oracles_plan.every_plan(problem):
            low = min((problem.fit[p] for p in plan), default=np.inf)
            if oracles_plan.met(problem, plan) == wanted.met and (wanted.floor is None or low >= wanted.floor):
                other = placed(problem, list(plan))
                if oracles_plan.worth(problem, plan) == wanted.worth and single(mine, other):
                    assert sorted(mine) <= sorted(other), seed


def placed(problem: Problem, plan: list[int]) -> set[tuple[int, int]]:
    return {(int(problem.need[p]), int(problem.supporter[p])) for p in plan}


def single(mine: set[tuple[int, int]], other: set[tuple[int, int]]) -> bool:
    """One need elsewhere, one need for another in the same place, or two needs that change places."""
    out, into = sorted(mine - other), sorted(other - mine)
    if len(out) == len(into) == 1:
        return out[0][0] == into[0][0] or out[0][1] == into[0][1]
    (a, b) = (out, into) if len(out) == len(into) == 2 else ([(0, 0)] * 2, [(1, 1)] * 2)
    return {one[0] for one in a} == {one[0] for one in b} and b == sorted([(a[0][0], a[1][1]), (a[1][0], a[0][1])])


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_where_everything_is_alike_the_first_needs_go_to_the_first_supporters(
    needs: int, supporters: int, seed: int
) -> None:
    slots = np.random.default_rng(seed).integers(0, 3, supporters)
    need, supporter = np.repeat(np.arange(needs), supporters), np.tile(np.arange(supporters), needs)
    order = np.random.default_rng(seed).permutation(len(need))
    nobody = np.full(max(needs, supporters), -1)
    problem = Problem(
        np.full(needs, 0.25), slots, need[order], supporter[order], np.full(len(need), 0.5), nobody[:supporters], nobody[:needs]
    )  # fmt: skip
    chosen = assignment.solve(problem).chosen
    wanted = list(enumerate(np.repeat(np.arange(supporters), slots).tolist()[:needs]))
    assert sorted(zip(problem.need[chosen].tolist(), problem.supporter[chosen].tolist(), strict=True)) == wanted

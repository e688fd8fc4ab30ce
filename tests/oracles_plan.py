"""Slow, obvious twins of the plan: every plan looked at, the dense formulation of METHODS 10.3, one more place re-solved."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from analytics.support.assignment import Problem

RECEIVES = 10_000  # 0.01 in millionths


@dataclass(frozen=True, slots=True)
class Values:
    """A, B and C of METHODS 10.3. `floor` None: no pair but fixed ones is needed."""

    met: int
    floor: float | None
    worth: int


def every_plan(problem: Problem) -> Iterator[tuple[int, ...]]:
    """All sets of pairs that keep to places, to supporters wanted, and to the pairs that must be."""
    options = []
    for k in range(len(problem.severity)):
        mine = np.flatnonzero(problem.need == k).tolist()
        options.append(
            [some for size in range(int(problem.want[k]) + 1) for some in itertools.combinations(mine, size)]
        )
    must = set(problem.fixed.tolist())
    for picks in itertools.product(*options):
        plan = tuple(pair for some in picks for pair in some)
        used = [int(problem.supporter[pair]) for pair in plan]
        if must <= set(plan) and all(used.count(j) <= problem.slots[j] for j in set(used)):
            yield plan


def met(problem: Problem, plan: tuple[int, ...]) -> int:
    return sum(round(1e6 * float(problem.severity[k])) for k in {int(problem.need[pair]) for pair in plan})


def worth(problem: Problem, plan: tuple[int, ...]) -> int:
    pairs = sum(round(1e6 * float(problem.severity[problem.need[p]] * problem.fit[p])) for p in plan)
    give = {int(problem.giver[problem.supporter[p]]) for p in plan}
    receive = {int(problem.receiver[problem.need[p]]) for p in plan}
    return pairs + RECEIVES * len({school for school in give & receive if school >= 0})


def values(problem: Problem) -> Values:
    """By looking at every plan."""
    plans = list(every_plan(problem))
    most = max(met(problem, plan) for plan in plans)
    full = [plan for plan in plans if met(problem, plan) == most]
    must = set(problem.fixed.tolist())

    def least(plan: tuple[int, ...]) -> float:
        return min((float(problem.fit[pair]) for pair in plan if pair not in must), default=np.inf)

    floor = max(least(plan) for plan in full)
    free = floor == np.inf
    best = max(worth(problem, plan) for plan in full if free or least(plan) >= floor)
    return Values(most, None if free else floor, best)


def dense(problem: Problem) -> Values:
    """METHODS 10.3 as it is written: a column for every need and supporter, a row for A, every threshold in turn."""
    shape = (len(problem.severity), len(problem.slots))
    fit = np.full(shape, np.nan)
    fit[problem.need, problem.supporter] = problem.fit
    must = np.zeros(shape, dtype=bool)
    must[problem.need[problem.fixed], problem.supporter[problem.fixed]] = True
    weight = np.round(1e6 * problem.severity)
    nobody = np.zeros(shape)
    most = _dense(problem, ~np.isnan(fit), must, gain=(nobody, weight, 0.0), least=0.0)
    if most == 0:
        return Values(0, None, 0)
    floor = None
    for threshold in sorted({float(one) for one in problem.fit}, reverse=True):
        if round(_dense(problem, fit >= threshold, must, gain=(nobody, weight, 0.0), least=0.0)) == round(most):
            floor = threshold
            break
    assert floor is not None
    pairs = np.round(1e6 * problem.severity[:, None] * np.nan_to_num(fit))
    best = _dense(problem, fit >= floor, must, gain=(pairs, 0 * weight, float(RECEIVES)), least=most)
    return Values(round(most), floor, round(best))


def _dense(
    problem: Problem, allowed: np.ndarray, must: np.ndarray, *, gain: tuple[np.ndarray, np.ndarray, float], least: float
) -> float:
    """max of pairs, needs met and schools that give and receive; x, y, z whole."""
    needs, supporters = allowed.shape
    schools = sorted((set(problem.giver.tolist()) & set(problem.receiver.tolist())) - {-1})
    x = lambda k, j: k * supporters + j  # noqa: E731
    y, z = needs * supporters, needs * supporters + needs
    rows: list[tuple[np.ndarray, float]] = []

    def row(columns: list[int], entries: list[float], most: float) -> None:
        one = np.zeros(z + len(schools))
        one[columns] = entries
        rows.append((one, most))

    for k in range(needs):
        every = [x(k, j) for j in range(supporters)]
        row(every, [1.0] * supporters, float(problem.want[k]))
        row([*every, y + k], [-1.0] * supporters + [1.0], 0.0)
    for j in range(supporters):
        row([x(k, j) for k in range(needs)], [1.0] * needs, float(problem.slots[j]))
    for at, school in enumerate(schools):
        gives = [x(k, j) for k in range(needs) for j in np.flatnonzero(problem.giver == school).tolist()]
        takes = [y + k for k in np.flatnonzero(problem.receiver == school).tolist()]
        for side in (gives, takes):
            row([*side, z + at], [-1.0] * len(side) + [1.0], 0.0)
    weight = np.round(1e6 * problem.severity)
    row([y + k for k in range(needs)], (-weight).tolist(), -(least - 0.5))
    high = np.ones(z + len(schools))
    high[:y] = (allowed | must).ravel()
    low = np.zeros(z + len(schools))
    low[:y] = must.ravel()
    found = optimize.milp(
        -np.concatenate([gain[0].ravel(), gain[1], np.full(len(schools), gain[2])]),
        constraints=optimize.LinearConstraint(np.array([one for one, _ in rows]), ub=[most for _, most in rows]),
        bounds=optimize.Bounds(low, high), integrality=np.ones(len(high)), options={"mip_rel_gap": 0},
    )  # fmt: skip
    assert found.x is not None, found.message
    return -float(found.fun)


def one_more_place(problem: Problem, j: int) -> Problem:
    """The same with one place more at a supporter."""
    slots = problem.slots.copy()
    slots[j] += 1
    return Problem(
        problem.severity, slots, problem.need, problem.supporter, problem.fit, problem.giver, problem.receiver,
        problem.wanted, problem.fixed,
    )  # fmt: skip

"""Who supports whom, exactly (METHODS 10.3): most severity met, then the highest floor of fit, then the best total.

Knows needs, supporters' slots and pairs by number only. Integers throughout, so that "equal" means equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from analytics.standardise import Array

Index = npt.NDArray[np.int64]
UNIT = 1_000_000  # severities and fits are rounded to millionths
RECEIVING = 0.01  # worth of a giver with a need of its own that also receives (METHODS 10.3 C)


@dataclass(frozen=True, slots=True)
class Problem:
    """Needs with severity; supporters with slots; candidate pairs (need, supporter, fit). `own` gives each supporter's
    own need, or -1."""

    severity: Array
    slots: Index
    need: Index
    supporter: Index
    fit: Array
    own: Index


@dataclass(frozen=True, slots=True)
class Assignment:
    """Pairs chosen (positions in the problem's pairs), value met, and the floor of fit."""

    chosen: Index
    met: int
    floor: float | None


def solve(problem: Problem) -> Assignment:
    """The optimum of A, then B, then C. Empty where there is nothing to pair."""
    everything = np.ones(len(problem.need), dtype=bool)
    met = most_met(problem, everything)
    if met == 0:
        return Assignment(np.array([], dtype=np.int64), 0, None)
    fits = np.unique(problem.fit)
    low, high = 0, len(fits) - 1  # the lowest fit always keeps the value
    while low < high:
        middle = (low + high + 1) // 2
        if most_met(problem, problem.fit >= fits[middle]) == met:
            low = middle
        else:
            high = middle - 1
    floor = float(fits[low])
    return Assignment(_best(problem, np.flatnonzero(problem.fit >= floor), met), met, floor)


def most_met(problem: Problem, allowed: npt.NDArray[np.bool_]) -> int:
    """A's value over the allowed pairs, in millionths of severity."""
    pairs = np.flatnonzero(allowed)
    if not len(pairs):
        return 0
    worth = np.round(UNIT * problem.severity).astype(np.int64)
    solution = _milp(worth[problem.need[pairs]].astype(float), _limits(problem, pairs), len(pairs))
    return int(worth[problem.need[pairs[solution > 0.5]]].sum())


def _limits(problem: Problem, pairs: Index) -> list[optimize.LinearConstraint]:
    ones, columns = np.ones(len(pairs)), np.arange(len(pairs))
    once = sparse.csr_array((ones, (problem.need[pairs], columns)), shape=(len(problem.severity), len(pairs)))
    room = sparse.csr_array((ones, (problem.supporter[pairs], columns)), shape=(len(problem.slots), len(pairs)))
    return [optimize.LinearConstraint(once, ub=1.0), optimize.LinearConstraint(room, ub=problem.slots.astype(float))]


def _milp(worth: Array, limits: list[optimize.LinearConstraint], count: int) -> Array:
    found = optimize.milp(
        -worth, constraints=limits, integrality=np.ones(count), bounds=optimize.Bounds(0, 1), options={"mip_rel_gap": 0}
    )
    if found.x is None:
        raise RuntimeError(f"the plan could not be solved: {found.message}")
    return np.asarray(found.x)


def _best(problem: Problem, pairs: Index, met: int) -> Index:
    """C: the largest severity-weighted fit that keeps A's value; givers with a need that also receive count a little."""
    worth = np.round(UNIT * problem.severity[problem.need[pairs]] * problem.fit[pairs])
    givers = np.flatnonzero((problem.own >= 0) & np.isin(np.arange(len(problem.own)), problem.supporter[pairs]))
    count = len(pairs) + len(givers)
    limits = [optimize.LinearConstraint(_wider(c.A, count), ub=c.ub) for c in _limits(problem, pairs)]
    severity = np.round(UNIT * problem.severity[problem.need[pairs]])
    limits.append(optimize.LinearConstraint(_wider(sparse.csr_array(severity[None, :]), count), lb=met - 0.5))
    for place, giver in enumerate(givers, start=len(pairs)):
        for mask in (problem.supporter[pairs] == giver, problem.need[pairs] == problem.own[giver]):
            row = sparse.lil_array((1, count))
            row[0, place] = 1
            row[0, np.flatnonzero(mask)] = -1
            limits.append(optimize.LinearConstraint(row.tocsr(), ub=0.0))
    whole = np.concatenate([worth, np.full(len(givers), RECEIVING * UNIT)])
    solution = _milp(whole, limits, count)
    return np.asarray(pairs[solution[: len(pairs)] > 0.5])


def _wider(matrix: sparse.csr_array, count: int) -> sparse.csr_array:
    return sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], count))


def value(problem: Problem, chosen: Index) -> float:
    """C's objective of a set of pairs, in millionths: what tests compare."""
    own = problem.own[problem.supporter[chosen]]
    receiving = {
        int(j)
        for j, need in zip(problem.supporter[chosen], own, strict=True)
        if need >= 0 and need in set(problem.need[chosen])
    }
    pairs = np.round(UNIT * problem.severity[problem.need[chosen]] * problem.fit[chosen])
    return float(pairs.sum() + RECEIVING * UNIT * len(receiving))


def gain_of_one_more_slot(problem: Problem, met: int, supporters: Index) -> dict[int, int]:
    """How much more severity (millionths) each supporter's one extra slot would meet: re-solved, no LP duals."""
    everything = np.ones(len(problem.need), dtype=bool)
    out = {}
    for j in supporters.tolist():
        slots = problem.slots.copy()
        slots[j] += 1
        out[j] = (
            most_met(
                Problem(problem.severity, slots, problem.need, problem.supporter, problem.fit, problem.own), everything
            )
            - met
        )
    return out

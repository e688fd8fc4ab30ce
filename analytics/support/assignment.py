"""Who supports whom, exactly (METHODS 10.3): most severity met, then the highest floor of fit, then the best total.

Knows needs, supporters' places and pairs by number only. Integers throughout, so that "equal" means equal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from analytics.standardise import Array
from analytics.support import best, ties
from analytics.support.cover import Cover

Index = npt.NDArray[np.int64]
UNIT = 1_000_000  # severities and fits are rounded to millionths
RECEIVING = 0.01  # worth of a giver with a need that also receives (METHODS 10.3 C)
NONE: Index = np.array([], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Problem:
    """Needs with severity; supporters with places; candidate pairs (need, supporter, fit).

    `giver`: the school of each supporter, -1 for none; `receiver`: the school of each need, same numbers. `wanted`:
    supporters each need would like, one unless given. `fixed`: positions of pairs that must be; together they keep to
    places and to what is wanted.
    """

    severity: Array
    slots: Index
    need: Index
    supporter: Index
    fit: Array
    giver: Index
    receiver: Index
    wanted: Index | None = None
    fixed: Index = field(default_factory=lambda: NONE)

    @property
    def weight(self) -> Index:
        """Severity of each need in millionths."""
        return np.round(UNIT * self.severity).astype(np.int64)

    @property
    def worth(self) -> Index:
        """Severity times fit of each pair in millionths."""
        return np.round(UNIT * self.severity[self.need] * self.fit).astype(np.int64)

    @property
    def want(self) -> Index:
        return np.ones(len(self.severity), dtype=np.int64) if self.wanted is None else self.wanted


@dataclass(frozen=True, slots=True)
class Assignment:
    """Pairs chosen (positions in the problem's pairs), value met, the floor of fit over pairs not fixed, and C's value."""

    chosen: Index
    met: int
    floor: float | None
    value: int


def solve(problem: Problem) -> Assignment:
    """The optimum of A, then B, then C; of equal ones `ties.settled`. Empty where there is nothing to pair.

    The order in which pairs are given changes nothing: they are solved by need and supporter.
    """
    order = np.lexsort((problem.supporter, problem.need))
    if (order[:-1] < order[1:]).all():
        return _solve(problem)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    found = _solve(replace(
        problem, need=problem.need[order], supporter=problem.supporter[order], fit=problem.fit[order], fixed=np.sort(place[problem.fixed])
    ))  # fmt: skip
    return replace(found, chosen=np.sort(order[found.chosen]))


def _solve(problem: Problem) -> Assignment:
    """`solve` for pairs by need and supporter."""
    order = Reach(problem)
    counts = order.met(0.0)
    floor = order.floor(counts)
    allowed = problem.fit >= (np.inf if floor is None else floor)
    allowed[problem.fixed] = False
    able = np.flatnonzero(allowed)
    chosen = np.concatenate([problem.fixed, best.pairs(problem, able, counts, round(RECEIVING * UNIT))])
    chosen = ties.settled(problem, chosen, able, value)
    free = np.setdiff1d(chosen, problem.fixed)
    met = sum(weight * number for weight, number in counts.items())
    return Assignment(chosen, met, float(problem.fit[free].min()) if len(free) else None, value(problem, chosen))


class Reach:
    """The supporters of each need, best fit first, so that a floor of fit cuts a list short."""

    def __init__(self, problem: Problem) -> None:
        free = np.ones(len(problem.need), dtype=bool)
        free[problem.fixed] = False
        pairs = np.flatnonzero(free)
        pairs = pairs[np.lexsort((problem.supporter[pairs], -problem.fit[pairs], problem.need[pairs]))]
        ends = np.searchsorted(problem.need[pairs], np.arange(len(problem.severity) + 1))
        self.problem, self.ends, self.fits = problem, ends, problem.fit[pairs]
        self.reach = np.split(problem.supporter[pairs], ends[1:-1]) if len(problem.severity) else []
        self.slots = problem.slots - np.bincount(problem.supporter[problem.fixed], minlength=len(problem.slots))
        self.fixed = set(problem.need[problem.fixed].tolist())
        self.order = [k for k in np.argsort(-problem.weight, kind="stable").tolist() if problem.weight[k] > 0]

    def cover(self, floor: float) -> Cover:
        """Nobody met yet, over pairs of at least this fit."""
        cut = [
            reach[: np.searchsorted(-self.fits[start:end], -floor, side="right")].tolist()
            for reach, start, end in zip(self.reach, self.ends[:-1], self.ends[1:], strict=True)
        ]
        return Cover.empty(cut, self.slots.tolist())

    def met(self, floor: float, wanted: Counter[int] | None = None) -> Counter[int]:
        """How many needs of each severity are met at the optimum; stops as soon as fewer than `wanted` are."""
        cover, weight, counts = self.cover(floor), self.problem.weight.tolist(), Counter[int]()
        for place, k in enumerate(self.order):
            if k in self.fixed or cover.meet(k):
                counts[weight[k]] += 1
            last = place + 1 == len(self.order) or weight[self.order[place + 1]] != weight[k]
            if wanted is not None and last and counts[weight[k]] < wanted[weight[k]]:
                break
        return counts

    def floor(self, counts: Counter[int]) -> float | None:
        """B: the highest fit over which A's value is still reached; None where there is nothing to choose."""
        fits = np.unique(self.fits)
        if not counts or not len(fits):
            return None
        low, high = 0, len(fits) - 1  # the lowest fit always keeps the value
        if counts.total() == len(self.fixed):  # no other pair is needed for it: no floor binds
            return float(fits[0])
        while low < high:
            middle = (low + high + 1) // 2
            if self.met(float(fits[middle]), counts) == counts:
                low = middle
            else:
                high = middle - 1
        return float(fits[low])


def value(problem: Problem, chosen: Index) -> int:
    """C's objective of a set of pairs, in millionths: what tests compare."""
    giving, receiving = (
        set(problem.giver[problem.supporter[chosen]].tolist()),
        set(problem.receiver[problem.need[chosen]].tolist()),
    )
    both = (giving & receiving) - {-1}
    return int(problem.worth[chosen].sum()) + round(RECEIVING * UNIT) * len(both)

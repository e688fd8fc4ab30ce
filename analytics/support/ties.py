"""Between plans that are equally good, one with low URNs (METHODS 10.3), so that a plan does not hang on chance.

Needs and supporters are numbered in the order of their URNs. Three exchanges that change neither A, B nor C are made while
they lower the numbers: a need moves to a place that is free, two needs swap, a need gives way to an earlier one of the same
severity. Longer chains of exchanges are left as the solver found them, so that the plan is not always the one with the lowest
URNs of all; but none of these exchanges lowers it further, and the same needs and days always give the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from analytics.support.assignment import Problem

Index = npt.NDArray[np.int64]
Exchange = tuple[tuple[int, ...], tuple[int, ...]]  # pairs that leave the plan, pairs that come


def settled(problem: Problem, chosen: Index, allowed: Index, value: Callable[[Problem, Index], int]) -> Index:
    """Positions of pairs as good as `chosen`, by `value` too, with earlier needs at earlier supporters.

    `allowed`: positions that may be chosen; fixed pairs stay.
    """
    board, best, changed = _Board(problem, allowed), value(problem, chosen), True
    while changed:
        changed = False
        board.lay(chosen)
        for pair in board.free.tolist():
            for out, into in board.exchanges(pair):
                other = np.concatenate([np.setdiff1d(chosen, out), np.array(into, dtype=np.int64)])
                if value(problem, other) == best:
                    chosen, changed = other, True
                    board.lay(chosen)
                    break
    return np.sort(chosen)


class _Board:
    """Allowed pairs by need and supporter, and a plan laid on them."""

    def __init__(self, problem: Problem, allowed: Index) -> None:
        self.problem, self.places = problem, len(problem.slots)
        self.pairs = allowed[np.lexsort((problem.supporter[allowed], problem.need[allowed]))]
        self.need, self.pool = problem.need[self.pairs], problem.supporter[self.pairs]
        self.worth, self.all_worth, self.weight = problem.worth[self.pairs], problem.worth, problem.weight
        self.key = self.need * self.places + self.pool
        self.start = np.searchsorted(self.need, np.arange(len(problem.severity) + 1))

    def lay(self, chosen: Index) -> None:
        """The plan that exchanges start from."""
        problem = self.problem
        free = np.setdiff1d(chosen, problem.fixed)
        self.free = free[np.lexsort((problem.supporter[free], problem.need[free]))]
        self.left = problem.slots - np.bincount(problem.supporter[chosen], minlength=self.places)
        self.inside = np.zeros(len(problem.need), dtype=bool)
        self.inside[chosen] = True
        self.held = free[np.argsort(problem.supporter[free], kind="stable")]
        self.holds = np.searchsorted(problem.supporter[self.held], np.arange(self.places + 1))
        self.met = np.bincount(problem.need[chosen], minlength=len(problem.severity))

    def exchanges(self, pair: int) -> Iterator[Exchange]:
        """Exchanges that keep the sum of worths and lower the numbers, the lowest first; none once the pair has left."""
        if not self.inside[pair]:
            return
        k, at, worth = int(self.problem.need[pair]), int(self.problem.supporter[pair]), int(self.all_worth[pair])
        yield from self._earlier_need(pair, k, at, worth)
        mine = slice(
            int(self.start[k]),
            int(self.start[k]) + int(np.searchsorted(self.pool[self.start[k] : self.start[k + 1]], at)),
        )
        new, pool, gains = self.pairs[mine], self.pool[mine], self.worth[mine]
        fresh = ~self.inside[new]
        moves = [(int(new[i]), -1, -1) for i in np.flatnonzero(fresh & (self.left[pool] > 0) & (gains == worth))]
        for one, other, back in sorted([*moves, *self._swaps(new[fresh], pool[fresh], gains[fresh] - worth, k, at)]):
            yield ((pair,), (one,)) if other < 0 else ((pair, other), (one, back))

    def _swaps(self, new: Index, pool: Index, gain: Index, k: int, at: int) -> list[tuple[int, int, int]]:
        """Later needs held where the need would go, which could take its place for just as much less."""
        count = self.holds[pool + 1] - self.holds[pool]
        if not count.sum():
            return []
        which = np.repeat(np.arange(len(new)), count)
        other = self.held[np.repeat(self.holds[pool] - np.cumsum(count) + count, count) + np.arange(len(which))]
        back, there = self._position(self.problem.need[other], at)
        able = there & (self.problem.need[other] > k) & ~self.inside[back]
        able &= self.all_worth[back] - self.all_worth[other] == -gain[which]
        return [(int(new[which[i]]), int(other[i]), int(back[i])) for i in np.flatnonzero(able)]

    def _earlier_need(self, pair: int, k: int, at: int, worth: int) -> Iterator[Exchange]:
        if self.met[k] != 1:
            return
        unmet = np.flatnonzero((self.met[:k] == 0) & (self.weight[:k] == self.weight[k]))
        position, there = self._position(unmet, at)
        for one in position[there & (self.all_worth[position] == worth)].tolist():
            yield (pair,), (one,)

    def _position(self, need: Index, at: int) -> tuple[Index, npt.NDArray[np.bool_]]:
        """Where the pairs of these needs with one supporter stand, and whether they are allowed at all."""
        wanted = need * self.places + at
        place = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return self.pairs[place], self.key[place] == wanted

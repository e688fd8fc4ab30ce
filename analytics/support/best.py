"""The best total among plans that meet the most (METHODS 10.3 C), as a flow with whole numbers.

All sets of needs that meet the most severity meet equally many of each severity (bases of greatest weight of a matroid do),
so A's value becomes one row for each severity that is met in part. Then rows are places, needs and such severities: a
network, whose linear optimum is whole by itself. Givers that also receive, and needs that want two supporters, can break
that; then it is solved by branch and bound, without a gap.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from analytics.standardise import Array

if TYPE_CHECKING:
    from analytics.support.assignment import Problem

Index = npt.NDArray[np.int64]
WHOLE = 1e-6  # how near to a whole number counts as one


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a linear problem: entries by row and column, and each row's bounds."""

    row: Index
    column: Index
    entry: Array
    low: Array
    high: Array


def pairs(problem: Problem, allowed: Index, counts: Counter[int], receiving: int) -> Index:
    """Positions of the pairs to choose beside the fixed ones: the greatest worth, `receiving` for each giver that receives.

    `allowed`: positions that may be chosen; `counts`: needs met of each severity (in millionths) at A's optimum.
    """
    weight = problem.weight
    met = np.array([counts[int(one)] for one in weight])
    free = allowed[met[problem.need[allowed]] > 0]
    if not len(free):
        return free
    part = (met > 0) & (met < _of_each(weight))
    model = _Model(problem, free, np.flatnonzero(part), met)
    worth = np.concatenate(
        [problem.worth[free].astype(float), np.zeros(len(model.part)), np.full(len(model.both), float(receiving))]
    )
    return free[_solved(worth, model.rows(), len(free) + len(model.part))[: len(free)] > 0.5]


def _of_each(weight: Index) -> Index:
    """How many needs have each need's severity."""
    _, which, count = np.unique(weight, return_inverse=True, return_counts=True)
    return np.asarray(count[which])


class _Model:
    """Columns: the free pairs, whether each need of a severity met in part is met, which givers also receive."""

    def __init__(self, problem: Problem, free: Index, part: Index, met: Index) -> None:
        self.problem, self.free, self.part, self.met = problem, free, part, met
        self.need, self.supporter = problem.need[free], problem.supporter[free]
        self.fixed = np.isin(np.arange(len(problem.severity)), problem.need[problem.fixed])
        gives, receives = problem.giver[self.supporter], problem.receiver[self.need]
        fixed_gives, fixed_receives = (
            problem.giver[problem.supporter[problem.fixed]],
            problem.receiver[problem.need[problem.fixed]],
        )
        self.gives, self.receives = set(fixed_gives.tolist()) - {-1}, set(fixed_receives.tolist()) - {-1}
        could = np.intersect1d(np.concatenate([gives, fixed_gives]), np.concatenate([receives, fixed_receives]))
        self.both = could[could >= 0]

    def rows(self) -> list[Rows]:
        return [self._places(), self._needs(), *self._severities(), *self._receiving()]

    def _places(self) -> Rows:
        used = np.bincount(self.problem.supporter[self.problem.fixed], minlength=len(self.problem.slots))
        left = (self.problem.slots - used).astype(float)
        return Rows(
            self.supporter, np.arange(len(self.free)), np.ones(len(self.free)), np.full(len(left), -np.inf), left
        )

    def _needs(self) -> Rows:
        """A need that must be met has a supporter; none has more than it would like."""
        count = len(self.problem.severity)
        had = np.bincount(self.problem.need[self.problem.fixed], minlength=count)
        must = (self.met > 0) & ~self.fixed
        must[self.part] = False
        left = (self.problem.want - had).astype(float)
        return Rows(self.need, np.arange(len(self.free)), np.ones(len(self.free)), must.astype(float), left)

    def _severities(self) -> list[Rows]:
        """So many needs of each severity met in part, and a need that is met has a supporter."""
        if not len(self.part):
            return []
        column = len(self.free) + np.arange(len(self.part))
        weight = self.problem.weight[self.part]
        levels, which = np.unique(weight, return_inverse=True)
        already = np.bincount(which, weights=self.fixed[self.part].astype(float), minlength=len(levels))
        whole = np.array([self.met[self.part][which == level][0] for level in range(len(levels))], dtype=float)
        number: Array = whole - already
        open_ = ~self.fixed[self.part]
        row = np.full(len(self.problem.severity), -1)
        row[self.part] = np.arange(len(self.part))
        mine = np.flatnonzero((row[self.need] >= 0) & ~self.fixed[self.need])
        rows, columns = (
            np.concatenate([row[self.need[mine]], np.flatnonzero(open_)]),
            np.concatenate([mine, column[open_]]),
        )
        most = self.problem.want[self.part][open_].astype(float)
        nothing: Array = np.zeros(len(self.part))
        return [
            Rows(which[open_], column[open_], np.ones(int(open_.sum())), number, number),
            Rows(rows, columns, np.concatenate([np.ones(len(mine)), -np.ones(len(most))]), nothing, nothing + np.inf),
            Rows(rows, columns, np.concatenate([np.ones(len(mine)), -most]), nothing - np.inf, nothing),
        ]

    def _receiving(self) -> list[Rows]:
        """A giver counts as one that also receives only where it gives, and where a need of its own is met."""
        column = len(self.free) + len(self.part) + np.arange(len(self.both))
        found = []
        for side, school in (
            (self.gives, self.problem.giver[self.supporter]),
            (self.receives, self.problem.receiver[self.need]),
        ):
            mine = np.flatnonzero(np.isin(school, self.both))
            row = np.searchsorted(self.both, school[mine])
            sure = np.isin(self.both, list(side)).astype(float)
            found.append(Rows(
                np.concatenate([np.arange(len(self.both)), row]), np.concatenate([column, mine]),
                np.concatenate([np.ones(len(self.both)), -np.ones(len(mine))]), np.full(len(self.both), -np.inf), sure,
            ))  # fmt: skip
        return found if len(self.both) else []


def _solved(worth: Array, rows: list[Rows], whole: int) -> Array:
    """The columns at the optimum, the first `whole` of them whole: the linear one where it is, else by branch and bound."""
    limits = [
        optimize.LinearConstraint(
            sparse.csr_array((one.entry, (one.row, one.column)), shape=(len(one.low), len(worth))), one.low, one.high
        )
        for one in rows
    ]
    for integrality in (0, 1):
        kinds = np.zeros(len(worth))
        kinds[:whole] = integrality
        found = optimize.milp(
            -worth, constraints=limits, integrality=kinds, bounds=optimize.Bounds(0, 1), options={"mip_rel_gap": 0}
        )
        if found.x is None:
            raise RuntimeError(f"the plan could not be solved: {found.message}")
        x = np.asarray(found.x)
        if _is_whole(x[:whole]):
            return x
    raise RuntimeError("the plan could not be solved in whole places")


def _is_whole(x: Array) -> bool:
    return bool((np.abs(x - np.round(x)) <= WHOLE).all())

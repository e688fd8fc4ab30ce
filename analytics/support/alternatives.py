"""Who else could meet a need of the plan nearly as well, and what the plan would lose (METHODS 10.4).

At most MOST others, each with nearly the fit of the chosen one and with a place left, or one that moving a single other need
would free. What the plan would lose is found by planning all of it again with that pair kept, as it is when somebody takes it;
where anybody would go without for it, it is none.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.support import assignment
from analytics.support.matching import Made
from data.catalogue import MEASURES

MOST = 3
NEARLY = 0.9  # of the fit of the chosen supporter (METHODS 10.4)
Places = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Move:
    """Another need that would change its supporter; 0 where it would only lose or gain a second one."""

    need_urn: int
    area: str
    supporter_urn: int  # before
    to_urn: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another supporter of one need. `loss`: what the plan as a whole would lose if it were made anew with this pair kept, in
    this need's own units: as if its own fit fell by so much; below 0 where only the floor of fit kept the plan from it.
    `points`: the same in `unit`s of the need's own measure, None where it rests on none. `floor`: its fit, where it would be
    the least of the whole plan. `moves`: needs whose supporter would be another then, one each."""

    supporter_urn: int
    offer: int | None
    fit: float
    km: float | None
    loss: float
    points: float | None
    unit: str
    floor: float | None
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Others:
    """The alternatives of one proposal, least loss first."""

    need_urn: int
    area: str
    supporter_urn: int
    alternatives: tuple[Alternative, ...]


def alternatives(made: Made) -> Iterator[Others]:
    """One after the other for each proposal of the plan, in its order; pairs that people locked are not moved for others."""
    board = _Board(made)
    for pair in sorted(made.found.chosen.tolist(), key=lambda at: (board.need[at], board.giver[at])):
        yield board.others(pair)


class _Board:
    """The plan as places taken and left."""

    def __init__(self, made: Made) -> None:
        problem = made.problem
        self.made, self.problem = made, problem
        self.need, self.pool, self.fit = (column.tolist() for column in (problem.need, problem.supporter, problem.fit))
        self.giver: list[int] = made.pairs["j"].tolist()
        self.who: list[int] = made.givers["supporter"].tolist()
        self.floor = -1.0 if made.found.floor is None else made.found.floor
        self.chosen = made.found.chosen.tolist()
        self.fixed = set(problem.fixed.tolist())
        used = np.bincount(problem.supporter[made.found.chosen], minlength=len(problem.slots))
        self.left = (problem.slots - used).tolist()
        self.of_need: Places = defaultdict(list)
        for at, need in enumerate(self.need):
            self.of_need[need].append(at)

    def others(self, pair: int) -> Others:
        """Up to MOST supporters in place of the pair's."""
        k = self.need[pair]
        taken = {self.pool[at] for at in self.chosen if self.need[at] == k}
        mine = {self._supporter(at) for at in self.chosen if self.need[at] == k}
        best: dict[int, tuple[float, int]] = {}
        for at in self.of_need[k]:
            near = self.fit[at] >= NEARLY * self.fit[pair]
            if near and self.pool[at] not in taken and (who := self._supporter(at)) not in mine:
                option = self._cheapest(pair, at)
                if option is not None and (who not in best or option < best[who][0]):
                    best[who] = option, at
        order = sorted(best.items(), key=lambda one: (one[1][0], one[0] < 0, abs(one[0])))
        planned = (self._planned(pair, at) for _, (_, at) in order)
        again = itertools.islice((one for one in planned if one is not None), MOST)
        need = self.made.needs.iloc[k]
        return Others(
            int(need["urn"]), str(need["area"]), self._supporter(pair), tuple(sorted(again, key=lambda one: one.loss))
        )  # fmt: skip

    def _cheapest(self, pair: int, at: int) -> float | None:
        """The least that the plan loses if `at` takes the place of `pair` and at most one other moves, in C's units."""
        if self.left[self.pool[at]] > 0:
            return self._lost([pair], [at])
        found: float | None = None
        for out in self.chosen:
            if self.pool[out] != self.pool[at] or out in self.fixed or out == pair:
                continue
            have = {self.pool[one] for one in self.chosen if self.need[one] == self.need[out]}
            for to in self.of_need[self.need[out]]:
                room = self.left[self.pool[to]] > 0 or self.pool[to] == self.pool[pair]
                if room and self.pool[to] not in have and self.fit[to] >= self.floor:
                    lost = self._lost([pair, out], [at, to])
                    found = lost if found is None else min(found, lost)
        return found

    def _lost(self, out: list[int], into: list[int]) -> float:
        """C before less C after."""
        after = np.array([*(set(self.chosen) - set(out)), *into], dtype=np.int64)
        return float(self.made.found.value - assignment.value(self.problem, after))

    def _planned(self, pair: int, at: int) -> Alternative | None:
        """The plan made anew with `at` kept in place of `pair`; None where another need would go without for it."""
        fixed = np.append(self.problem.fixed[self.problem.fixed != pair], at)
        again = assignment.solve(replace(self.problem, fixed=np.sort(fixed)))
        if {self.need[one] for one in self.chosen} - {self.need[one] for one in again.chosen.tolist()}:
            return None
        need, row = self.made.needs.iloc[self.need[pair]], self.made.pairs.iloc[at]
        lost = float(self.made.found.value - again.value)
        points, unit = points_of(self.made, self.need[pair], lost / assignment.UNIT)
        rest = [self.fit[one] for one in again.chosen.tolist() if one != at]
        least = self.fit[at] < min([*rest, *(self.fit[one] for one in self.chosen)])
        return Alternative(
            int(row["supporter"]), None if pd.isna(row["offer"]) else int(row["offer"]), self.fit[at],
            None if pd.isna(row["km"]) else float(row["km"]), lost / (assignment.UNIT * float(need["severity"])), points, unit,
            self.fit[at] if least else None, self._moves(again.chosen.tolist(), self.need[pair]),
        )  # fmt: skip

    def _moves(self, again: list[int], k: int) -> tuple[Move, ...]:
        """Other needs that one supporter leaves and another takes up, in the order of the needs."""
        found = []
        for other in sorted({self.need[at] for at in self.chosen} - {k}):
            before, after = (
                {self._supporter(at) for at in plan if self.need[at] == other} for plan in (self.chosen, again)
            )
            if before != after:
                need = self.made.needs.iloc[other]
                left, came = sorted(before - after) or [0], sorted(after - before) or [0]
                found.append(Move(int(need["urn"]), str(need["area"]), left[0], came[0]))
        return tuple(found)

    def _supporter(self, at: int) -> int:
        return self.who[self.giver[at]]


def points_of(made: Made, k: int, loss: float) -> tuple[float | None, str]:
    """A loss in between-school SDs as points of the need's own measure, with its unit; None where it rests on none."""
    need = made.needs.iloc[k]
    rows = made.scores[made.scores["urn"].eq(need["urn"]) & made.scores["area"].eq(need["area"])]
    if need["derived"] != "contextual" or rows.empty or not abs(rows["m"].iloc[0]) > 0:
        return None, ""
    row = rows.iloc[0]
    return float(loss * abs(row["difference"] / row["m"])), MEASURES[str(row["measure"])].unit

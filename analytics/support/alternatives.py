"""Who else could meet a need of the plan nearly as well, and what the plan would lose (METHODS 10.4).

At most MOST others, each with nearly the fit of the chosen one and with a place left, or one that moving a single other need
would free. Nobody loses support by it: a need that moves keeps a supporter, and none falls below the plan's own floor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

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
    """A need that would change its supporter to make room."""

    need_urn: int
    area: str
    supporter_urn: int  # before
    to_urn: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another supporter of one need. `loss`: what the plan as a whole would lose, in this need's own units: as if its own fit
    fell by so much; below 0 where only the floor of fit kept the plan from it. `points`: the same in `unit`s of the need's own
    measure, None where it rests on none. `floor`: the least fit of the plan, where that would fall. `move`: who makes room."""

    supporter_urn: int
    offer: int | None
    fit: float
    km: float | None
    loss: float
    points: float | None
    unit: str
    floor: float | None
    move: Move | None


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
        best: dict[int, tuple[float, int, tuple[int, int] | None]] = {}
        for at in self.of_need[k]:
            near = self.fit[at] >= NEARLY * self.fit[pair]
            if near and self.pool[at] not in taken and (who := self._supporter(at)) not in mine:
                option = self._cheapest(pair, at)
                if option is not None and (who not in best or option[0] < best[who][0]):
                    best[who] = (option[0], at, option[1])
        order = sorted(best.items(), key=lambda one: (one[1][0], one[0] < 0, abs(one[0])))[:MOST]
        need = self.made.needs.iloc[k]
        return Others(
            int(need["urn"]), str(need["area"]), self._supporter(pair), tuple(self._told(pair, *option) for _, option in order)
        )  # fmt: skip

    def _cheapest(self, pair: int, at: int) -> tuple[float, tuple[int, int] | None] | None:
        """The least that the plan loses if `at` takes the place of `pair`, in C's units; and the swap that it takes."""
        if self.left[self.pool[at]] > 0:
            return self._lost([pair], [at]), None
        found: tuple[float, tuple[int, int] | None] | None = None
        for out in self.chosen:
            if self.pool[out] != self.pool[at] or out in self.fixed or out == pair:
                continue
            have = {self.pool[one] for one in self.chosen if self.need[one] == self.need[out]}
            for to in self.of_need[self.need[out]]:
                room = self.left[self.pool[to]] > 0 or self.pool[to] == self.pool[pair]
                if room and self.pool[to] not in have and self.fit[to] >= self.floor:
                    lost = self._lost([pair, out], [at, to])
                    if found is None or lost < found[0]:
                        found = lost, (out, to)
        return found

    def _lost(self, out: list[int], into: list[int]) -> float:
        """C before less C after."""
        after = np.array([*(set(self.chosen) - set(out)), *into], dtype=np.int64)
        return float(self.made.found.value - assignment.value(self.problem, after))

    def _told(self, pair: int, lost: float, at: int, swap: tuple[int, int] | None) -> Alternative:
        need, row = self.made.needs.iloc[self.need[pair]], self.made.pairs.iloc[at]
        loss = lost / (assignment.UNIT * float(need["severity"]))
        points, unit = points_of(self.made, self.need[pair], lost / assignment.UNIT)
        floor = self.fit[at] if self.made.found.floor is not None and self.fit[at] < self.floor else None
        return Alternative(
            int(row["supporter"]), None if pd.isna(row["offer"]) else int(row["offer"]), self.fit[at],
            None if pd.isna(row["km"]) else float(row["km"]), loss, points, unit, floor, self._move(swap),
        )  # fmt: skip

    def _move(self, swap: tuple[int, int] | None) -> Move | None:
        if swap is None:
            return None
        need = self.made.needs.iloc[self.need[swap[0]]]
        return Move(int(need["urn"]), str(need["area"]), self._supporter(swap[0]), self._supporter(swap[1]))

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

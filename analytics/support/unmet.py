"""Why a need is not met: what binds, by solving again with one more place (METHODS 10.4).

No shadow prices: in such a plan they are not unique. With one more place at a supporter the most severity met grows by the
gravest unmet need that a place there, or one that moving others would free, can reach; and by no more than one need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.support import givers, reasons
from analytics.support.assignment import Assignment, Problem, Reach, solve
from analytics.support.candidates import Candidates
from analytics.support.plans import Scenario, Unmatched
from analytics.support.reasons import Binding

NAMED = 2  # supporters whose extra place is named


def unmatched(
    problem: Problem, found: Assignment, needs: pd.DataFrame, giver: pd.DataFrame, candidates: Candidates, *,
    max_km: float, scenario: Scenario, offered: Collection[str],
) -> tuple[Unmatched, ...]:  # fmt: skip
    """Every need without a supporter, in the order of the needs, with its reason.

    `offered`: areas in which anybody offers, whether or not a plan may use it.
    """
    more = _More(problem, found, needs["urn"].tolist())
    areas = set(giver["area"])
    refusals = {k: Counter(rows.tolist()) for k, rows in candidates.refused.groupby("k")["why"]}
    mine = dict(list(candidates.pairs.sort_values(["fit", "j"], ascending=[False, True]).groupby("k")))
    out = []
    for k, need in enumerate(needs.to_dict("records")):
        if k in more.met:
            continue
        others: tuple[int, ...] = ()
        area, refused = str(need["area"]), refusals.get(k, Counter())
        binding = _binding(k in mine, area in areas, refused)
        if binding == "full":
            words, others = more.said(k, area, mine[k], giver)
        else:
            among = "itself" if area in areas else "barred" if area in offered else ""
            words = reasons.unmatched(area, binding, refused=refused, max_km=max_km, scenario=scenario, among=among)
        out.append(Unmatched(
            int(need["urn"]), area, str(need["phase"]), float(need["severity"]), words, others, need["basis"]
        ))  # fmt: skip
    return tuple(out)


class _More:
    """Who would have one more place. Where several needs of one size could, the plan is solved again with it: it meets one."""

    def __init__(self, problem: Problem, found: Assignment, urns: list[int]) -> None:
        self.problem, self.urns, self.weight = problem, urns, problem.weight
        self.met = set(problem.need[found.chosen].tolist())
        self.gain, self.shared = one_more_place(problem, found)
        self.again: dict[int, set[int]] = {}

    def said(self, k: int, area: str, own: pd.DataFrame, giver: pd.DataFrame) -> tuple[str, tuple[int, ...]]:
        """The reason of a need that others leave no place for, and whom it names. `own`: its pairs, the best fitting first."""
        helpful: list[int] = []
        rivals: list[tuple[int, int]] = []
        for place, supporter in zip(own["place"].tolist(), own["supporter"].tolist(), strict=True):
            if len(helpful) == NAMED or len(rivals) == NAMED:
                break
            if self.gain[place] != self.weight[k] or not self.weight[k] or supporter in helpful:
                continue
            rival = self.rival(k, place)
            if rival is None:
                helpful.append(supporter)
            else:
                rivals.append((supporter, self.urns[rival]))
        why = givers.room(giver.loc[own["j"].unique()])
        names = tuple(helpful) or (rivals[0] if rivals else ())
        return reasons.full(area, why, helpful=len(helpful), rival=bool(rivals)), names

    def rival(self, k: int, place: int) -> int | None:
        """The need of the same size that would have one more place at the supporter; None where it is need k."""
        if not self.shared[place]:
            return None
        if place not in self.again:
            slots = self.problem.slots.copy()
            slots[place] += 1
            wider = replace(self.problem, slots=slots)
            self.again[place] = set(wider.need[solve(wider).chosen].tolist())
        now = self.again[place]
        return None if k in now else min(one for one in now - self.met if self.weight[one] == self.weight[k])


def _binding(some: bool, any_giver: bool, refused: Counter[str]) -> Binding:
    if some:
        return "full"
    if refused["closed_need"]:
        return "closed"
    return "none_fits" if any_giver and refused else "nobody"


def one_more_place(problem: Problem, found: Assignment) -> tuple[np.ndarray, np.ndarray]:
    """How much more severity (millionths) one extra place at each supporter would meet, over pairs of any fit, and whether
    several needs of that size could have it."""
    cover = Reach(problem).cover(0.0)
    fixed = set(problem.fixed.tolist())
    met = set(problem.need[problem.fixed].tolist())
    for pair in found.chosen.tolist():
        need = int(problem.need[pair])
        if pair not in fixed and need not in met:  # a second supporter of a need could be spared
            met.add(need)
            cover.held[int(problem.supporter[pair])].append(need)
    weight = problem.weight
    gain, shared = np.zeros(len(problem.slots), dtype=np.int64), np.zeros(len(problem.slots), dtype=bool)
    by = np.full(len(problem.slots), -1)
    for k in sorted(set(range(len(weight))) - met, key=lambda k: (-weight[k], k)):
        queue = [k]
        for need in queue:  # grows as it is walked
            for j in cover.reach[need]:
                if gain[j] == 0:
                    gain[j], by[j] = weight[k], k
                elif gain[j] == weight[k] and by[j] != k and not shared[j]:
                    shared[j] = True
                else:  # been here, or somebody graver reaches everything from here
                    continue
                queue += cover.held[j]
    return gain, shared

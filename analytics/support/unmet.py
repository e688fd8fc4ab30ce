"""Why a need is not met: what binds, by solving again with one more place (METHODS 10.4).

No shadow prices: in such a plan they are not unique. With one more place at a supporter the most severity met grows by the
gravest unmet need that a place there, or one that moving others would free, can reach; and by no more than one need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np
import pandas as pd

from analytics.support import reasons
from analytics.support.assignment import Assignment, Problem, Reach
from analytics.support.candidates import Candidates
from analytics.support.plans import Binding, Scenario, Unmatched

NAMED = 2  # supporters whose extra place is named


def unmatched(
    problem: Problem, found: Assignment, needs: pd.DataFrame, giver: pd.DataFrame, candidates: Candidates, *,
    max_km: float, scenario: Scenario, offered: Collection[str] = (),
) -> tuple[Unmatched, ...]:  # fmt: skip
    """Every need without a supporter, in the order of the needs, with its reason.

    `offered`: areas in which anybody offers, whether or not a plan may use it.
    """
    met = set(problem.need[found.chosen].tolist())
    gain = gain_of_one_more_place(problem, found)
    areas, weight = set(giver["area"]), problem.weight
    pairs, refused = candidates.pairs, candidates.refused
    refusals = {k: Counter(rows.tolist()) for k, rows in refused.groupby("k")["why"]}
    mine = {k: rows for k, rows in pairs.sort_values(["fit", "j"], ascending=[False, True]).groupby("k")}
    out = []
    for k, need in enumerate(needs.to_dict("records")):
        if k in met:
            continue
        own = mine.get(k)
        helpful: list[int] = []
        if own is not None:
            able = [gain[int(pool)] == weight[k] > 0 for pool in own["place"]]
            helpful = list(dict.fromkeys(own.loc[able, "supporter"].astype(int)))[:NAMED]
        binding = _binding(own is not None, str(need["area"]) in areas, refusals.get(k, Counter()))
        words = reasons.unmatched(
            str(need["area"]), binding, helpful=len(helpful), refused=refusals.get(k, Counter()), max_km=max_km, scenario=scenario,
            among="itself" if need["area"] in areas else "barred" if need["area"] in offered else "",
        )  # fmt: skip
        out.append(Unmatched(
            int(need["urn"]), str(need["area"]), str(need["phase"]), float(need["severity"]), words, tuple(helpful), need["basis"], binding
        ))  # fmt: skip
    return tuple(out)


def _binding(some: bool, any_giver: bool, refused: Counter[str]) -> Binding:
    if some:
        return "full"
    if refused["closed_need"]:
        return "closed"
    return "none_fits" if any_giver and refused else "nobody"


def gain_of_one_more_place(problem: Problem, found: Assignment) -> np.ndarray:
    """How much more severity (millionths) one extra place at each supporter would meet, over pairs of any fit."""
    cover = Reach(problem).cover(0.0)
    fixed = set(problem.fixed.tolist())
    met = set(problem.need[problem.fixed].tolist())
    for pair in found.chosen.tolist():
        need = int(problem.need[pair])
        if pair not in fixed and need not in met:  # a second supporter of a need could be spared
            met.add(need)
            cover.held[int(problem.supporter[pair])].append(need)
    weight = problem.weight
    gain = np.zeros(len(problem.slots), dtype=np.int64)
    for k in sorted(set(range(len(weight))) - met, key=lambda k: (-weight[k], k)):
        queue = [k]
        for need in queue:  # grows as it is walked
            for j in cover.reach[need]:
                if gain[j] == 0:  # else somebody graver reaches everything from here
                    gain[j] = weight[k]
                    queue += cover.held[j]
    return gain

"""Would the plan hold if the figures were a little other? A label for each proposal, never a reason to hide it (METHODS 10.5).

Each redraw moves the lasting difference of every school and area within what its posterior allows, and the weights by a
log-normal; severities and strengths follow, and the whole plan is solved again. What rests on no posterior (a school's own
word, a judgement, accounts, circumstances, the way) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analytics.scores import shrinkage
from analytics.scores.screening import DELTA
from analytics.standardise import Array
from analytics.support import assignment, candidates
from analytics.support.matching import Made
from analytics.support.needed import STATED
from analytics.support.usual import FACTORS, Weights

DRAWS = 200
WEIGHT_SPREAD = 0.2  # SD of the logarithm of each weight
HOLDS, ONE_OF_SEVERAL = 0.5, 0.2  # shares of redraws in which the same pair is proposed again
STEP = 10  # redraws between two answers
Label = Literal["holds_up", "one_of_several", "local_knowledge"]
WORDS: dict[Label, str] = {
    "holds_up": "holds up", "one_of_several": "one of several equally good", "local_knowledge": "choose by local knowledge",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stable:
    """How often one proposal came back, and the label for that."""

    need_urn: int
    area: str
    supporter_urn: int
    share: float
    label: Label


@dataclass(frozen=True, slots=True)
class Stability:
    """The labels of the proposals that nobody asked for, after `done` of `draws` redraws."""

    done: int
    draws: int
    proposals: tuple[Stable, ...]


def label(share: float) -> Label:
    """The word for a share of redraws."""
    return "holds_up" if share >= HOLDS else "one_of_several" if share >= ONE_OF_SEVERAL else "local_knowledge"


def stability(made: Made, *, seed: int, draws: int = DRAWS) -> Iterator[Stability]:
    """After every STEP redraws what is known so far; the last answer has done == draws. A pair that people keep comes back
    whatever the figures say: it has no label."""
    drawn = _Drawn(made)
    rng = np.random.default_rng(seed)
    pairs = [drawn.key(at) for at in np.setdiff1d(made.found.chosen, made.problem.fixed).tolist()]
    again = dict.fromkeys(pairs, 0)
    for done in range(1, draws + 1):
        found = assignment.solve(drawn.problem(rng))
        for key in {drawn.key(at) for at in found.chosen.tolist()} & again.keys():
            again[key] += 1
        if done % STEP == 0 or done == draws:
            yield Stability(done, draws, tuple(_stable(made, key, again[key] / done) for key in sorted(pairs)))


def _stable(made: Made, key: tuple[int, int], share: float) -> Stable:
    need, supporter = made.needs.iloc[key[0]], made.givers.iloc[key[1]]
    return Stable(int(need["urn"]), str(need["area"]), int(supporter["supporter"]), share, label(share))


class _Drawn:
    """The plan's problem with lasting differences and weights drawn anew."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.j = made.pairs["j"].to_numpy(np.int64)
        # Several offers of one school in an area are the same pair to whoever reads the plan.
        who = made.givers[["supporter", "area"]]
        self.first = who.groupby(["supporter", "area"]).ngroup().to_numpy()
        self.first = np.array([np.flatnonzero(self.first == one)[0] for one in self.first], dtype=np.int64)
        keys = pd.MultiIndex.from_frame(
            pd.concat([made.needs[["urn", "area"]], who.rename(columns={"supporter": "urn"})], ignore_index=True)
        )
        self.theta, _ = pd.factorize(keys)
        scores = made.scores.drop_duplicates(["urn", "area"]).set_index(["urn", "area"])[["m", "s"]].reindex(keys)
        self.m, self.s = scores["m"].to_numpy(float), scores["s"].to_numpy(float)
        count = len(made.needs)
        self.redrawn = made.needs["derived"].eq("contextual").to_numpy(bool) & np.isfinite(self.m[:count])
        self.stated = made.needs["size"].map(STATED).fillna(0.0).to_numpy(float)  # not stated asks for nothing
        self.told = made.givers["has_data"].to_numpy(bool) & np.isfinite(self.m[count:])

    def key(self, at: int) -> tuple[int, int]:
        """The need and the supporter of a pair."""
        return int(self.made.problem.need[at]), int(self.first[self.j[at]])

    def problem(self, rng: np.random.Generator) -> assignment.Problem:
        """One redraw."""
        m = self.m + self.s * rng.standard_normal(self.theta.max() + 1 if len(self.theta) else 0)[self.theta]
        spread = np.exp(WEIGHT_SPREAD * rng.standard_normal(len(FACTORS)))
        weights = Weights(*(getattr(self.made.weights, name) * by for name, by in zip(FACTORS, spread, strict=True)))
        count = len(self.made.needs)
        severity = self.made.problem.severity.copy()
        drawn = shrinkage.severity(m[:count], self.s[:count], DELTA)
        severity[self.redrawn] = np.maximum(drawn, self.stated)[self.redrawn]
        return replace(self.made.problem, severity=severity, fit=self._fit(m[count:], weights))

    def _fit(self, m: Array, weights: Weights) -> Array:
        given = self.made.pairs
        strength = given["strength"].to_numpy(float).copy()
        p = 1 - shrinkage.below(m, self.s[len(self.made.needs) :], DELTA)
        of = self.told[self.j]
        strength[of] = np.clip(p[self.j[of]], candidates.LEAST_FACTOR, 1.0)
        factor = {name: given[name].to_numpy(float) for name in FACTORS} | {"strength": strength}
        return np.round(candidates.fit(factor, weights), 6)

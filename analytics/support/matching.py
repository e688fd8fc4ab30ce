"""Proposals: which need could be met by which supporting school, within the days there are (METHODS 10.1-10.3).

A proposal is computed when asked for and stored nowhere; people decide. Impossible pairs are removed, never multiplied
away. `offers` and `could_be_asked` are two scenarios that are never mixed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analytics.support import assignment, candidates, reasons
from analytics.support.candidates import Weights
from analytics.support.plans import Plan, Proposal, Scenario, SupporterLoad, Unmatched

DEFAULT_WEIGHTS = Weights()
MOST_RESOLVED = 60  # supporters tried with one more slot when an unmet need is explained


def plan(tables: Mapping[str, pd.DataFrame], members: frozenset[int], offers: pd.DataFrame, *, time_period: int,
         scenario: Scenario, weights: Weights = DEFAULT_WEIGHTS, max_km: float = candidates.MAX_KM) -> Plan:  # fmt: skip
    """The plan for the needs of `members` in the year `time_period`.

    `tables`: published tables school, area_score, domain_score, finance, need, strength, similarity_scale, and
    came_through where the figures have it. `offers`: rows
    of the register (urn, area, days_per_term, days_per_slot, state); ignored, but for who has offered already, in the
    `could_be_asked` scenario.
    """
    needs = candidates.open_needs(tables["need"], members, time_period)
    givers = candidates.givers(tables, offers, time_period=time_period, scenario=scenario)
    pairs = candidates.pairs(tables, needs, givers, weights=weights, max_km=max_km, time_period=time_period)
    pools = givers.groupby("pool", sort=True)[["urn", "slots"]].first()
    own = pools.merge(
        needs.assign(k=np.arange(len(needs))).drop_duplicates("urn")[["urn", "k"]],
        on="urn",
        how="left",
        validate="many_to_one",
    )["k"]
    problem = assignment.Problem(
        needs["severity"].to_numpy(float), pools["slots"].to_numpy(np.int64), pairs["k"].to_numpy(np.int64), pairs["pool"].to_numpy(np.int64),
        pairs["fit"].to_numpy(float), own.fillna(-1).to_numpy(np.int64),
    )  # fmt: skip
    found = assignment.solve(problem)
    chosen = pairs.iloc[found.chosen]
    used = chosen.groupby("j").size()
    scores = tables["area_score"][tables["area_score"]["time_period"].eq(time_period)]
    return Plan(
        scenario,
        tuple(
            _proposal(pair, needs, givers, scores, scenario)
            for pair in chosen.sort_values(["k", "j"]).to_dict("records")
        ),
        _unmatched(problem, found, needs, givers, pairs, max_km, scenario),
        tuple(
            SupporterLoad(
                int(row["urn"]),
                row["area"],
                scenario,
                int(row["slots"]),
                int(used.get(j, 0)),
                float(row["days_per_slot"]),
            )
            for j, row in enumerate(givers.to_dict("records"))
            if j in set(pairs["j"])
        ),
        found.met / assignment.UNIT,
        float(needs["severity"].sum()),
        found.floor,
    )


def _proposal(
    pair: Mapping[Hashable, Any],
    needs: pd.DataFrame,
    givers: pd.DataFrame,
    scores: pd.DataFrame,
    scenario: Scenario,
) -> Proposal:
    need, giver = needs.iloc[int(pair["k"])], givers.iloc[int(pair["j"])]
    km = None if np.isnan(pair["km"]) else float(pair["km"])
    return Proposal(
        int(need["urn"]), str(need["area"]), str(need["phase"]), float(need["severity"]), int(giver["urn"]), scenario, float(pair["fit"]),
        float(pair["strength"]), float(pair["similarity"]), float(pair["travel"]), float(pair["came_through"]), float(pair["sureness"]), km,
        float(giver["days_per_slot"]), reasons.proposal(need, giver, scores, pair["apart"], km, scenario, pair["through"]),
    )  # fmt: skip


def _unmatched(problem: assignment.Problem, found: assignment.Assignment, needs: pd.DataFrame, givers: pd.DataFrame, pairs: pd.DataFrame,
               max_km: float, scenario: Scenario) -> tuple[Unmatched, ...]:  # fmt: skip
    met = set(problem.need[found.chosen].tolist())
    open_pairs = pairs[~pairs["k"].isin(met)]
    likely = (
        open_pairs.sort_values(["fit", "j"], ascending=[False, True])["pool"]
        .drop_duplicates()
        .to_numpy(np.int64)[:MOST_RESOLVED]
    )
    gain = assignment.gain_of_one_more_slot(problem, found.met, likely)
    out = []
    for k, need in enumerate(needs.to_dict("records")):
        if k in met:
            continue
        mine = open_pairs[open_pairs["k"] == k].sort_values(["fit", "j"], ascending=[False, True])
        helpful = [
            int(urn) for urn, pool in zip(mine["urn_giver"], mine["pool"], strict=True) if gain.get(int(pool), 0) > 0
        ][:2]
        some = (givers["area"] == need["area"]).any()
        words = reasons.unmatched(
            need["area"],
            candidates=len(mine),
            helpful=len(helpful),
            any_giver=bool(some),
            max_km=max_km,
            scenario=scenario,
        )
        out.append(
            Unmatched(int(need["urn"]), need["area"], need["phase"], float(need["severity"]), words, tuple(helpful))
        )
    return tuple(out)

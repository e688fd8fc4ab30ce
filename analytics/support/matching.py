"""Proposals: which need could be met by which supporter, within the days there are (METHODS 10.1-10.3).

A proposal is computed when asked for and stored nowhere; people decide. `offers` and `could_be_asked` are two scenarios
that are never mixed. What was asked of the plan and cannot be is said in a sentence, and the plan stands without it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.support import assignment, candidates, clashes, givers, needed, reasons, unmet
from analytics.support.plans import Plan, Proposal, Scenario, SupporterLoad
from analytics.support.usual import MAX_KM, Weights
from analytics.support.wishes import NOTHING, Wishes

DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what it was made from, for `alternatives` and `stability`: needs by k, givers by j, pairs by position."""

    needed: needed.Needed
    givers: pd.DataFrame
    pairs: pd.DataFrame
    refused: pd.DataFrame
    problem: assignment.Problem
    found: assignment.Assignment
    scores: pd.DataFrame  # the area scores of the plan's year
    weights: Weights
    plan: Plan

    @property
    def needs(self) -> pd.DataFrame:
        return self.needed.needs


def plan(tables: Mapping[str, pd.DataFrame], members: frozenset[int], offers: pd.DataFrame, *, time_period: int,
         scenario: Scenario, weights: Weights = DEFAULT_WEIGHTS, max_km: float = MAX_KM,
         wishes: Wishes = NOTHING, stated: pd.DataFrame | None = None) -> Plan:  # fmt: skip
    """The plan of `made`, alone."""
    return made(
        tables, members, offers, time_period=time_period, scenario=scenario, weights=weights, max_km=max_km,
        wishes=wishes, stated=stated,
    ).plan  # fmt: skip


def made(tables: Mapping[str, pd.DataFrame], members: frozenset[int], offers: pd.DataFrame, *, time_period: int,
         scenario: Scenario, weights: Weights = DEFAULT_WEIGHTS, max_km: float = MAX_KM,
         wishes: Wishes = NOTHING, stated: pd.DataFrame | None = None) -> Made:  # fmt: skip
    """The plan for the needs of `members` in the year `time_period`.

    `tables`: published tables, `plans.TABLES`; came_through where the figures have it. `offers`: rows of the register
    (offer, urn, who, area, days_per_term, days_per_slot, ends, state); ignored, but for who has offered already, in the
    `could_be_asked` scenario. `stated`: needs that schools state (urn, area, size).
    """
    wanted = needed.needed(tables, members, stated, time_period=time_period, wishes=wishes)
    giver = givers.givers(tables, offers, time_period=time_period, scenario=scenario, wishes=wishes)
    found = candidates.candidates(
        tables, wanted, giver, time_period=time_period, weights=weights, max_km=max_km, wishes=wishes
    )
    locks = clashes.locks(wanted, giver, found, wishes, max_km=max_km)
    found = _numbered(found)
    problem = _problem(wanted.needs, giver, found.pairs, locks.pairs)
    solved = assignment.solve(problem)
    scores = tables["area_score"][tables["area_score"]["time_period"].eq(time_period)]
    said = (*locks.clashes, *clashes.seconds(wanted.needs, found.pairs.iloc[solved.chosen]))
    whole = Plan(
        scenario, _proposals(found.pairs, solved, locks.pairs, wanted.needs, giver, scores, scenario),
        unmet.unmatched(
            problem, solved, wanted.needs, giver, found, max_km=max_km, scenario=scenario,
            offered=set(givers.standing(offers, wishes)["area"]),
        ),
        _loads(giver, found.pairs, solved, scenario), _called(giver), said, wanted.differs, wanted.supported,
    )  # fmt: skip
    return Made(
        wanted, giver, found.pairs, found.refused, problem, solved, scores, weights, whole
    )  # fmt: skip


def _numbered(found: candidates.Candidates) -> candidates.Candidates:
    """With `place`: pools numbered anew, without those of schools that no need here reaches."""
    return replace(found, pairs=found.pairs.assign(place=np.unique(found.pairs["pool"], return_inverse=True)[1]))


def _problem(
    needs: pd.DataFrame, giver: pd.DataFrame, pairs: pd.DataFrame, fixed: assignment.Index
) -> assignment.Problem:
    pools = giver.groupby("pool", sort=True)[["supporter", "slots"]].first().loc[np.unique(pairs["pool"])]
    need, wanted = pairs["k"].to_numpy(np.int64), needs["wanted"].to_numpy(np.int64)
    locked = np.bincount(need[fixed], minlength=len(needs))
    school = pools["supporter"].to_numpy(np.int64)
    return assignment.Problem(
        needs["severity"].to_numpy(float), pools["slots"].to_numpy(np.int64), need, pairs["place"].to_numpy(np.int64),
        pairs["fit"].to_numpy(float), np.where(school > 0, school, -1), needs["urn"].to_numpy(np.int64),
        np.maximum(wanted, locked), fixed,
    )  # fmt: skip


def _called(giver: pd.DataFrame) -> Mapping[int, str]:
    outside = giver[giver["supporter"] < 0]
    return {int(key): str(who) for key, who in zip(outside["supporter"], outside["who"], strict=True)}


def _proposals(
    pairs: pd.DataFrame, solved: assignment.Assignment, fixed: assignment.Index, needs: pd.DataFrame, giver: pd.DataFrame,
    scores: pd.DataFrame, scenario: Scenario,
) -> tuple[Proposal, ...]:  # fmt: skip
    chosen = pairs.iloc[solved.chosen].assign(locked=np.isin(solved.chosen, fixed)).sort_values(["k", "j"])
    scores = scores[scores["urn"].isin(chosen["supporter"])]
    return tuple(_proposal(pair, needs, giver, scores, scenario) for pair in chosen.to_dict("records"))


def _proposal(
    pair: Mapping[Hashable, Any], needs: pd.DataFrame, giver: pd.DataFrame, scores: pd.DataFrame, scenario: Scenario
) -> Proposal:
    need, gives = needs.iloc[int(pair["k"])], giver.iloc[int(pair["j"])]
    km, minutes = (None if np.isnan(pair[name]) else float(pair[name]) for name in ("km", "minutes"))
    other = minutes is not None and not (pair["entered"] and km is not None and km >= float(pair["counted"]))
    way = reasons.Way(
        km, minutes, bool(pair["remote"]), bool(pair["entered"]), float(pair["counted"]) if other else None
    )
    return Proposal(
        int(need["urn"]), str(need["area"]), str(need["phase"]), float(need["severity"]), int(gives["supporter"]), scenario, float(pair["fit"]),
        float(pair["strength"]), float(pair["similarity"]), float(pair["travel"]), float(pair["came_through"]), float(pair["sureness"]), km,
        float(gives["days_per_slot"]), reasons.proposal(need, gives, scores, pair["apart"], way, scenario, pair["through"]),
        need["basis"], None if pd.isna(gives["offer"]) else int(gives["offer"]), bool(pair["locked"]), way.remote, minutes,
    )  # fmt: skip


def _loads(
    giver: pd.DataFrame, pairs: pd.DataFrame, solved: assignment.Assignment, scenario: Scenario
) -> tuple[SupporterLoad, ...]:
    """Supporters that could meet any need here."""
    used = pairs.iloc[solved.chosen].groupby("j").size()
    able = np.unique(pairs["j"])
    return tuple(
        SupporterLoad(
            int(row["supporter"]), str(row["area"]), scenario, int(row["slots"]), int(used.get(j, 0)), float(row["days_per_slot"]),
            None if pd.isna(row["offer"]) else int(row["offer"]), 0.0 if pd.isna(row["days"]) else float(row["days"]), float(row["taken"]),
        )
        for j, row in zip(able.tolist(), giver.iloc[able].to_dict("records"), strict=True)
    )  # fmt: skip

"""The published tables of scores: each measure, each domain, needs and strengths, put together from their parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.facts import circumstances
from analytics.facts.panel import Panel
from analytics.findings import fitting, silence
from analytics.findings.fitting import Fits
from analytics.results import TABLES
from analytics.scores import finance, partnership_means


def score_tables(fits: Fits, scored: Mapping[str, pd.DataFrame], whole: Panel) -> dict[str, pd.DataFrame]:
    placed = fitting.filed(fits)
    windows = {(fit.params.measure, year): fit.params.window for year, fit in placed}
    missing = silence.withheld(whole.facts, windows)
    rows = [
        fit.scored.assign(
            phase=fit.params.phase,
            measure=fit.params.measure,
            time_period=year,
            release=fit.params.release,
            last_year=fit.params.end,
        )
        for year, fit in placed
    ]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    if len(table):
        score, score_low, score_high = standardise.score(table["m"].to_numpy(float), table["s"].to_numpy(float))
        table = table.assign(score=score, score_low=score_low, score_high=score_high)
    areas_table = silence.counted(scored["area"], missing)
    if len(areas_table):
        areas_table = pd.concat([areas_table, silence.silenced(areas_table, missing, whole.schools)], ignore_index=True)
    between = partnership_means.between_partnerships(table, whole.schools)
    return {
        "measure_score": silence.counted(table, missing),
        "area_score": areas_table,
        "between_partnerships": between,
    }


def domain_scores(
    scored: Mapping[str, pd.DataFrame],
    placed: pd.DataFrame,
    finances: pd.DataFrame,
    schools: pd.DataFrame,
    phase: pd.Series,
) -> pd.DataFrame:
    """Outcomes, inspection and finance stand side by side; schools without a score keep a row that says why."""
    seen = placed.assign(
        domain="inspection",
        phase=placed["urn"].map(phase),
        time_period=np.nan,
        coverage=np.nan,
        p_below=np.nan,
        p_above=np.nan,
    )
    money = finances.assign(domain="finance")
    rest = schools[schools["phase"].notna()]
    unseen = rest[~rest["urn"].isin(placed["urn"])].assign(
        domain="inspection", tier="not_known", reasons="no_inspection"
    )
    broke = rest[~rest["urn"].isin(finances["urn"])]
    broke = broke.assign(
        domain="finance",
        tier="not_enough_data",
        reasons=np.where(broke["sector"].eq("academy"), "trust_reserve", "no_reserve"),
    )
    none_due = rest.loc[circumstances.why_no_outcomes(rest).eq("no_outcomes_due"), "urn"]
    told = scored["domain"]
    told = told[~(told["urn"].isin(none_due) & told["tier"].eq("not_enough_data"))]  # attendance alone is no outcome
    silent = rest[~rest["urn"].isin(told["urn"])]
    silent = silent.assign(domain="outcomes", tier="not_enough_data", reasons=circumstances.why_no_outcomes(silent))
    columns = [field.name for field in fields(TABLES["domain_score"])]
    parts = [
        part.reindex(columns=columns) for part in (told, seen[seen["phase"].notna()], money, unseen, broke, silent)
    ]
    return pd.concat([part.astype({"reasons": "object"}) for part in parts if len(part)], ignore_index=True)


def needs_and_strengths(
    scored: Mapping[str, pd.DataFrame],
    judged: tuple[pd.DataFrame, pd.DataFrame],
    money: tuple[pd.DataFrame, pd.DataFrame],
    fits: Fits,
) -> dict[str, pd.DataFrame]:
    """Results, judgements and money in one list each; judgements stand under the newest year of results.

    `money`: scores of schools, and the needs of trusts.
    """
    finances, trusts = money
    end = int(max((key[2] for key in fits), default=0))
    need, strength = (one.assign(time_period=end) for one in judged)
    return {
        "need": pd.concat([scored["need"], need, _finance_needs(finances), trusts], ignore_index=True),
        "strength": pd.concat([scored["strength"], strength, _finance_strengths(finances)], ignore_index=True),
    }


def _finance_needs(finances: pd.DataFrame) -> pd.DataFrame:
    need = finances[finances["tier"].eq("may_need_support")]
    return need.assign(area="finance", basis="finance", p=finance.sureness(need), particular=False, scope="school")


def _finance_strengths(finances: pd.DataFrame) -> pd.DataFrame:
    strong = finances[finances["tier"].eq("strength_to_share")]
    return strong.assign(area="finance", basis="finance", p=strong["p_above"], particular=False, years=3)

"""Inspection: a four-word signal by the rules of each era, and a position within that era (METHODS 6, DOMAIN B1.4).

Judgements are never converted from one era to another, ungraded visits are not a grade, and nothing is adjusted for
intake. A missing judgement makes a rule unknown, not false.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

import numpy as np
import pandas as pd
from scipy import special

from analytics import standardise
from analytics.standardise import Array, is_true

HALF_LIFE = 4.0  # years in which a position loses half its weight (METHODS 6.2)
STRENGTH_LAPSES = 4.0  # years (METHODS 6.3)
MET_LAPSES = 6.0
DAYS_PER_YEAR = 365.25
QUANTILE_NODES = 48
AREAS = ("quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management")
PRACTICE = {
    "quality_of_education": "curriculum",
    "leadership_and_management": "leadership",
    "behaviour_and_attitudes": "behaviour",
}
NEED_SEVERITY = {3: 0.25, 4: 0.5}  # ours: as an absolute need (METHODS 5.2), and twice that


def aged(inspection: pd.DataFrame, as_at: pd.Timestamp) -> pd.DataFrame:
    """Adds `age_years` at the publication's date to inspection rows; NaN without a date."""
    days = (as_at - pd.to_datetime(inspection["start_date"])).dt.days
    return inspection.assign(age_years=days / DAYS_PER_YEAR)


def latest_graded(inspection: pd.DataFrame) -> pd.DataFrame:
    """The latest graded inspection of each school that gave any grade: one row per URN."""
    graded = inspection[inspection["event"].isin(("graded", "previous_graded"))]
    any_grade = graded[["overall", *AREAS]].notna().any(axis=1) | graded["category_of_concern"].notna()
    kept = graded[any_grade & graded["start_date"].notna()].sort_values(["urn", "start_date"], kind="stable")
    return kept.drop_duplicates("urn", keep="last").reset_index(drop=True)


def signals(latest: pd.DataFrame) -> pd.DataFrame:
    """Alongside's support signal of each school (not an Ofsted grade), with reasons. Three-valued: unknown stays so."""
    concern, support, strength = _rules(latest)
    age, own = latest["age_years"], ~is_true(latest["as_predecessor"])
    support = support & ~concern  # unknown where a missing judgement may hide a concern
    known = concern.notna() & support.notna()
    fresh = known & is_true(strength) & (age <= STRENGTH_LAPSES) & own
    met = known & (age <= MET_LAPSES)
    tier = np.select(
        [is_true(concern), is_true(support), fresh, met],
        ["statutory_concern", "support_indicated", "strength_to_share", "met"],
        "not_known",
    )
    reasons = np.select(
        [is_true(concern) & latest["category_of_concern"].notna(), is_true(concern) | is_true(support), known & ~met & ~fresh,
         is_true(strength) & ~own],
        ["category_of_concern", "era_rule", "too_old", "predecessor_grade"], "",
    )  # fmt: skip
    return latest.assign(tier=tier, reasons=reasons)


def _rules(latest: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Three-valued: statutory concern, support indicated, strength, by the era of the inspection."""
    category = latest["category_of_concern"].notna()
    first = latest["era"].eq("E1")
    overall = latest["overall"].astype("Int64")
    quality, leading = (latest[name].astype("Int64") for name in ("quality_of_education", "leadership_and_management"))
    areas = [latest[name].astype("Int64") for name in AREAS]
    # Column by column, for DataFrame.any takes a missing judgement for one that was fine.
    any_four = reduce(or_, [area == 4 for area in areas])
    concern = (overall == 4).where(first, any_four).astype("boolean") | category
    support = (overall == 3).where(first, (quality == 3) | (leading == 3)).astype("boolean")
    every_one = reduce(and_, [area == 1 for area in areas])
    strength = (overall == 1).where(first, every_one | (quality == 1)).astype("boolean")
    return concern, support, strength


def positions(latest: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """Where a school stands among those inspected in the same era and phase (METHODS 6.1-6.2).

    Adds `score`, `score_low`, `score_high` (50 = middle), `position` (rho z) and `spread` (its SD). The interval says how
    far the position could have moved since, not how well it was measured. NaN without a grade, date or phase.
    """
    ordered = _ordered(latest, phase)
    parts = [_block_positions(part) for _, part in ordered.groupby(["era", "phase"], sort=True)]
    there = pd.concat(parts) if parts else ordered.assign(position=[], spread=[], score=[], score_low=[], score_high=[])
    return latest.join(there[["position", "spread", "score", "score_low", "score_high"]])


def _ordered(latest: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """Rows with a place in their era's order: `order`, larger = better."""
    table = latest.assign(phase=latest["urn"].map(phase))
    table = table[table["phase"].notna() & table["age_years"].notna()]
    order = pd.Series(np.nan, index=table.index)
    order = order.where(~table["era"].eq("E1"), -table["overall"])
    for _, part in table[~table["era"].eq("E1")].groupby(["era", "phase"]):
        order.loc[part.index] = _mean_ridit(part)
    return table.assign(order=order)[order.notna()]


def _mean_ridit(part: pd.DataFrame) -> pd.Series:
    """Mean over the four areas of Bross's ridit, to two decimals, so that schools fall into blocks."""
    columns = {}
    for area in AREAS:
        grade = part[area].dropna().astype(int)
        shares = np.array([(grade == k).mean() for k in (4, 3, 2, 1)]) if len(grade) else np.zeros(4)
        columns[area] = pd.Series(standardise.ridits((4 - grade).to_numpy(np.intp), shares), index=grade.index)
    return pd.DataFrame(columns).reindex(part.index).mean(axis=1).round(2)


def _block_positions(part: pd.DataFrame) -> pd.DataFrame:
    blocks, k = np.unique(part["order"].to_numpy(float), return_inverse=True)
    shares = np.bincount(k, minlength=len(blocks)) / len(k)
    z, edges = block_means(shares)
    rho = 2 ** (-part["age_years"].to_numpy(float) / HALF_LIFE)
    low, high = _moved(edges[k], edges[k + 1], np.round(rho, 3))
    inner = _block_variance(shares, z)[k]
    return part.assign(
        position=rho * z[k], spread=np.sqrt(rho**2 * inner + 1 - rho**2), score=50 + 10 * rho * z[k],
        score_low=np.clip(50 + 10 * low, 0, 100), score_high=np.clip(50 + 10 * high, 0, 100),
    )  # fmt: skip


def block_means(shares: Array) -> tuple[Array, Array]:
    """Mean normal score of each block, lowest first, and the cumulative shares at the blocks' edges (METHODS 6.1)."""
    edges = np.concatenate([[0.0], np.cumsum(shares)])
    edges[-1] = 1.0
    height = np.exp(-(special.ndtri(edges) ** 2) / 2) / np.sqrt(2 * np.pi)
    return (height[:-1] - height[1:]) / shares, edges


def _block_variance(shares: Array, z: Array) -> Array:
    edges = np.clip(np.concatenate([[0.0], np.cumsum(shares)]), 1e-12, 1 - 1e-12)
    cut = special.ndtri(edges)
    height = cut * np.exp(-(cut**2) / 2) / np.sqrt(2 * np.pi)
    return np.maximum(1 + (height[:-1] - height[1:]) / shares - z**2, 0.0)


def _moved(low_edge: Array, high_edge: Array, rho: Array) -> tuple[Array, Array]:
    """2.5 and 97.5% of rho Z + sqrt(1 - rho^2) eps, Z normal within its block, by halving on a grid of Z."""
    keys, back = np.unique(np.column_stack([low_edge, high_edge, rho]), axis=0, return_inverse=True)
    back = back.ravel()
    nodes = (np.arange(QUANTILE_NODES) + 0.5) / QUANTILE_NODES
    z = special.ndtri(keys[:, :1] + (keys[:, 1:2] - keys[:, :1]) * nodes)
    rest = np.sqrt(np.maximum(1 - keys[:, 2:] ** 2, 1e-6))
    out = []
    for share in (0.025, 0.975):
        lower, upper = np.full(len(keys), -6.0), np.full(len(keys), 6.0)
        for _ in range(40):
            middle = (lower + upper) / 2
            under = special.ndtr((middle[:, None] - keys[:, 2:] * z) / rest).mean(axis=1) < share
            lower, upper = np.where(under, middle, lower), np.where(under, upper, middle)
        out.append(((lower + upper) / 2)[back])
    return out[0], out[1]


def practice(latest: pd.DataFrame, phase: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Needs and strengths that single judgements point at: curriculum, leadership, behaviour.

    Only where the school's signal says so too: a need where support is indicated or a concern is statutory, which
    stays until the next graded inspection; a strength where there is one to share (METHODS 6.3).
    """
    judged = latest.melt(id_vars=["urn", "tier"], value_vars=list(PRACTICE), var_name="judgement", value_name="grade")
    judged = judged.assign(area=judged["judgement"].map(PRACTICE), phase=judged["urn"].map(phase))
    judged = judged[judged["phase"].notna() & judged["grade"].notna()]
    need = judged[judged["grade"].isin((3, 4)) & judged["tier"].isin(("support_indicated", "statutory_concern"))]
    strong = judged[judged["grade"].eq(1) & judged["tier"].eq("strength_to_share")]
    needs = need.assign(
        basis="inspection",
        severity=need["grade"].map(NEED_SEVERITY),
        p=np.nan,
        particular=False,
        scope="school",
        reasons="era_rule",
    )
    strengths = strong.assign(basis="inspection", p=np.nan, particular=False, years=0, pupils=np.nan)
    return needs, strengths

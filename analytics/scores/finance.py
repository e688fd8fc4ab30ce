"""Financial health from maintained schools' yearly returns (METHODS 7). Bands are for conversation, never a verdict.

A score needs the reserve: without it the score is withheld and the in-year balance stands alone. An academy's reserve
is its trust's, so it is never scored as the school's own. A deficit is a need whatever else is good.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import standardise, years
from analytics.facts import intake
from analytics.facts.panel import with_census
from analytics.scores import context, screening, shrinkage
from analytics.standardise import Array
from data.catalogue import NotEnoughData

RESERVE_CAP = 20.0  # % of income above which more is not better
STAFF_FLOOR_PERCENTILE = 25.0  # staff shares below this count as it
WEIGHTS = {"reserve": 0.5, "balance": 0.25, "staff": 0.25}
LOW_RESERVE = 5.0  # % of income
LOSSES = -2.0  # % of income, mean of three years
HIGH_RESERVE = 20.0
BALANCE_YEARS = 3
TAU_FLOOR = 0.1
FEWEST = 60  # schools of one sector, phase and year below which nothing is compared
FACTS = {
    "finance_income": "income",
    "finance_expenditure": "expenditure",
    "finance_in_year_balance": "balance",
    "finance_revenue_reserve": "reserve",
    "finance_staff_cost": "staff",
}


def yearly(facts: pd.DataFrame) -> pd.DataFrame:
    """Financial years of each school: pounds and % of income, and the mean balance of three years (all three needed)."""
    mine = facts[facts["measure"].isin(FACTS) & facts["status"].eq("ok")]
    wide = mine.pivot(index=["urn", "time_period"], columns="measure", values="value").rename(columns=FACTS)
    wide = wide.reindex(columns=list(FACTS.values())).reset_index().rename_axis(columns=None)
    income = wide["income"].where(wide["income"] > 0)
    table = wide.assign(
        balance_pct=100 * wide["balance"] / income,
        reserve_pct=100 * wide["reserve"] / income,
        staff_pct=100 * wide["staff"] / income,
    ).sort_values(["urn", "time_period"], ignore_index=True)
    start = table["time_period"] // 100
    unbroken = table["urn"].eq(table["urn"].shift(BALANCE_YEARS - 1)) & (start - start.shift(BALANCE_YEARS - 1)).eq(
        BALANCE_YEARS - 1
    )
    mean = table["balance_pct"].rolling(BALANCE_YEARS).mean()
    deficits = table["balance_pct"].lt(0).rolling(BALANCE_YEARS).sum()
    return table.assign(balance_mean=mean.where(unbroken), deficits=deficits.where(unbroken))


def scores(table: pd.DataFrame, schools: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Finance domain rows: urn, phase, time_period, score and interval, tier, reasons, severity; latest year per school.

    `schools`: urn, phase, sector, fold, single_sex, selective_known; `census`: the panel's. Sector and phase are compared
    apart. Schools without a return have no row.
    """
    rows = table.merge(
        schools[["urn", "phase", "sector", "fold", "single_sex", "selective_known", "mainstream"]],
        on="urn",
        validate="many_to_one",
    )
    rows = rows[rows["phase"].notna()].rename(columns={"selective_known": "selective"}).reset_index(drop=True)
    rows = _with_intake(rows, census).assign(index=np.nan)
    parts = [_indexed(part) for _, part in rows.groupby(["sector", "phase", "time_period"], sort=True)]
    rows = pd.concat(parts).sort_values(["urn", "time_period"], ignore_index=True) if parts else rows
    start = rows["time_period"].astype("float64") // 100
    recent = start >= start.max() - 1  # older returns say nothing of now
    last = rows[recent].drop_duplicates("urn", keep="last").set_index("urn")
    posterior = (
        pd.concat([_posterior(part) for _, part in rows.groupby(["sector", "phase"], sort=True)])
        if len(rows)
        else pd.DataFrame()
    )
    joined = last.join(posterior, how="left") if len(posterior) else last.assign(m=np.nan, s=np.nan)
    return _judged(joined.reset_index())


def _with_intake(rows: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    merged = with_census(rows.assign(start=rows["time_period"] // 100), census)
    merged = intake.covariates(merged.assign(prior=np.nan, pupils=merged["pupils_on_roll"], in_norm=True))
    return merged.assign(pattern=intake.patterns(merged))


def _indexed(part: pd.DataFrame) -> pd.DataFrame:
    """One sector, phase and year: the weighted normal score of what is left of each ratio after intake."""
    if len(part) < FEWEST or part["pattern"].isna().all() or part["reserve_pct"].notna().sum() < FEWEST:
        return part
    floor = np.nanpercentile(part["staff_pct"], STAFF_FLOOR_PERCENTILE) if part["staff_pct"].notna().any() else np.nan
    ratios = {
        "reserve": part["reserve_pct"].clip(upper=RESERVE_CAP),
        "balance": part["balance_mean"],
        "staff": -part["staff_pct"].clip(lower=floor),
    }
    index, weight = np.zeros(len(part)), np.zeros(len(part))
    for name, ratio in ratios.items():
        z = _normal_score(part, ratio.to_numpy(float))
        index, weight = index + WEIGHTS[name] * np.nan_to_num(z), weight + WEIGHTS[name] * np.isfinite(z)
    usable = part["reserve_pct"].notna().to_numpy() & (weight >= screening.COVERAGE)
    return part.assign(index=np.where(usable, index / np.maximum(weight, 1e-9), np.nan))


def _normal_score(part: pd.DataFrame, ratio: Array) -> Array:
    there = np.isfinite(ratio)
    if there.sum() < FEWEST:
        return np.full(len(ratio), np.nan)
    fit = context.fit_year(part[there], ratio[there], np.ones(there.sum()))
    return standardise.normal_scores(ratio - context.expected(part, fit))


def _posterior(part: pd.DataFrame) -> pd.DataFrame:
    """Posterior of the lasting position; noise from adjacent years, a constant only (METHODS 7.1)."""
    empty = pd.DataFrame({"m": [], "s": []})
    have = part[part["index"].notna()].sort_values(["urn", "time_period"])
    if have.empty:
        return empty
    window = sorted(have["time_period"].unique())[-years.WINDOW :]
    have = have[have["time_period"].isin(window)]
    later = have.assign(time_period=have["time_period"].map({t: years.following(t) for t in window}))
    pairs = have.merge(later, on=["urn", "time_period"], suffixes=("", "_before"), validate="one_to_one")
    if len(pairs) < shrinkage.FEWEST_PAIRS:
        return empty
    noise = float(np.mean((pairs["index"] - pairs["index_before"]) ** 2)) / 2
    pooled = have.groupby("urn")["index"].agg(["mean", "size"])
    y, v = pooled["mean"].to_numpy(float), noise / pooled["size"].to_numpy(float)
    try:
        between = shrinkage.spread(y, v, TAU_FLOOR)
    except NotEnoughData:
        return empty
    mean, variance = shrinkage.posterior(y, v, between)
    return pd.DataFrame({"m": mean / between.tau, "s": np.sqrt(variance) / between.tau}, index=pooled.index)


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    m, s = rows["m"].to_numpy(float), rows["s"].to_numpy(float)
    p_below, p_above, p_within = screening.probabilities(m, s)
    reserve, losses = rows["reserve_pct"], rows["balance_mean"]
    own = rows["sector"].eq("maintained")
    deficit = own & reserve.lt(0)
    thin = own & reserve.between(0, LOW_RESERVE) & losses.lt(LOSSES)
    pattern = own & (np.nan_to_num(p_below) >= screening.SURE_NEED)
    strong = (
        (np.nan_to_num(p_above) >= screening.SURE_STRENGTH)
        & reserve.between(LOW_RESERVE, HIGH_RESERVE)
        & rows["deficits"].eq(0)
        & own
    )
    scored = np.isfinite(m)
    tier = np.select(
        [deficit | thin | pattern, strong, scored & (np.nan_to_num(p_within) >= screening.SURE_TYPICAL), scored],
        ["may_need_support", "strength_to_share", "as_expected", "mixed_evidence"], "not_enough_data",
    )  # fmt: skip
    reasons = screening.joined(
        {
            "deficit": deficit.to_numpy(), "low_reserve_and_losses": thin.to_numpy(),
            "finance_pattern": (pattern & ~deficit & ~thin).to_numpy(),
            "no_reserve": reserve.isna().to_numpy(), "trust_reserve": rows["sector"].eq("academy").to_numpy(),
            "no_comparison": (own & ~scored & reserve.notna()).to_numpy(),
        }
    )  # fmt: skip
    score, score_low, score_high = standardise.score(m, s)
    hurt = np.maximum(np.nan_to_num(shrinkage.severity(m, s, screening.DELTA)), screening.LOW_SEVERITY)
    return rows.assign(
        p_below=p_below, p_above=p_above, score=score, score_low=score_low, score_high=score_high, tier=tier, reasons=reasons, coverage=np.where(scored, 1.0, 0.0),
        severity=np.where(tier == "may_need_support", hurt, 0.0),
    )  # fmt: skip

"""Financial health from the yearly returns of schools (METHODS 7). Bands are for conversation, never a verdict.

A score needs the reserve: without it the score is withheld and the in-year balance stands alone. The reserve of an
academy in a trust of several is the trust's (`trust_finance`), so such a school is never scored; a trust of one school is
that school. Financial years (April to March) and academic years are never compared. A deficit is a need whatever else
is good.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.facts import intake
from analytics.facts.panel import with_census
from analytics.scores import money_index, screening, shrinkage

LOW_RESERVE = 5.0  # % of income
LOSSES = -2.0  # % of income, mean of three years
HIGH_RESERVE = 20.0
BALANCE_YEARS = money_index.BALANCE_YEARS
FINANCIAL, ACADEMIC = "financial", "academic"  # April to March; September to August
FACTS: Mapping[str, str] = {
    "finance_income": "income",
    "finance_expenditure": "expenditure",
    "finance_in_year_balance": "balance",
    "finance_revenue_reserve": "reserve",
    "finance_staff_cost": "staff",
}
ACADEMY_FACTS: Mapping[str, str] = {
    "academy_income": "income",
    "academy_expenditure": "expenditure",
    "academy_in_year_balance": "balance",
    "academy_staff_cost": "staff",
    "academy_revenue_reserve": "reserve_share",  # what the trust records under this academy
    "academy_revenue_reserve_share": "given_share",  # the trust's reserve given out by pupils
}
MONEY = ("income", "expenditure", "balance", "reserve", "staff", "reserve_share", "given_share")


def yearly(facts: pd.DataFrame, single: frozenset[int] = frozenset()) -> pd.DataFrame:
    """Years of each school: pounds and % of income, and the mean balance of three years (all three needed).

    `single`: URNs of academies that are a trust of their own, whose reserve is theirs. Other academies have their
    `reserve_share`, which is the trust's, and no `reserve`. One year of a school is of one kind, `year_type`.
    """
    academies = _wide(facts, ACADEMY_FACTS)  # without an income there is a figure, and no account
    parts = [
        _wide(facts, FACTS).assign(year_type=FINANCIAL),
        academies[academies["income"].notna()].assign(year_type=ACADEMIC),
    ]
    wide = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    wide = wide.sort_values(["urn", "time_period", "year_type"]).drop_duplicates(["urn", "time_period"], keep="first")
    alone = wide["urn"].isin(single) & wide["year_type"].eq(ACADEMIC)
    share = wide["reserve_share"].fillna(wide["given_share"])
    wide = wide.assign(reserve=wide["reserve"].mask(alone, share), reserve_share=share.mask(alone), alone=alone)
    return with_ratios(wide.drop(columns="given_share"), "urn")


def _wide(facts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    mine = facts[facts["measure"].isin(list(names)) & facts["status"].eq("ok")]
    wide = mine.astype({"measure": str}).pivot(index=["urn", "time_period"], columns="measure", values="value")
    return wide.rename(columns=dict(names)).reindex(columns=list(MONEY)).reset_index().rename_axis(columns=None)


def with_ratios(wide: pd.DataFrame, key: str) -> pd.DataFrame:
    """Adds % of income, the mean balance of three unbroken years of one kind, and the deficits among them.

    `wide`: `key`, time_period, year_type and pounds; one row per key and year.
    """
    income = wide["income"].where(wide["income"] > 0)
    table = wide.assign(
        balance_pct=100 * wide["balance"] / income,
        reserve_pct=100 * wide["reserve"] / income,
        reserve_share_pct=100 * wide["reserve_share"] / income,
        staff_pct=100 * wide["staff"] / income,
    ).sort_values([key, "year_type", "time_period"], ignore_index=True)
    start, back = table["time_period"] // 100, BALANCE_YEARS - 1
    unbroken = (
        table[key].eq(table[key].shift(back)) & table["year_type"].eq(table["year_type"].shift(back))
        & (start - start.shift(back)).eq(back)
    )  # fmt: skip
    mean = table["balance_pct"].rolling(BALANCE_YEARS).mean()
    deficits = table["balance_pct"].lt(0).rolling(BALANCE_YEARS).sum()
    return table.assign(balance_mean=mean.where(unbroken), deficits=deficits.where(unbroken & mean.notna()))


def scores(table: pd.DataFrame, schools: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Finance domain rows: urn, phase, time_period, score and interval, tier, reasons, severity; latest year per school.

    `schools`: urn, phase, sector, fold, single_sex, selective_known; `census`: the panel's. Maintained schools and trusts
    of one school are compared apart, each phase and year by itself. Schools without a return have no row.
    """
    rows = table.merge(
        schools[["urn", "phase", "sector", "fold", "single_sex", "selective_known", "mainstream"]],
        on="urn",
        validate="many_to_one",
    )
    rows = rows[rows["phase"].notna()].rename(columns={"selective_known": "selective"}).reset_index(drop=True)
    maintained = rows["sector"].eq("maintained") & rows["year_type"].eq(FINANCIAL)
    alone = rows["sector"].eq("academy") & rows["alone"]
    rows = _with_intake(rows.assign(group=np.select([maintained, alone], ["maintained", "single_academy"], "")), census)
    start = rows["time_period"].astype("float64") // 100
    recent = start >= start.groupby(rows["year_type"]).transform("max") - 1  # older returns say nothing of now
    last = rows[recent].sort_values(["urn", "time_period"]).drop_duplicates("urn", keep="last").set_index("urn")
    posterior = money_index.posteriors(rows[rows["group"] != ""], ["group", "phase"])
    return judged(last.join(posterior, how="left").reset_index())


def _with_intake(rows: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    merged = with_census(rows.assign(start=rows["time_period"] // 100), census)
    merged = intake.covariates(merged.assign(prior=np.nan, pupils=merged["pupils_on_roll"], in_norm=True))
    return merged.assign(pattern=intake.patterns(merged))


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Tiers by METHODS 7.2 of rows with ratios, `group` ("" = compared with nobody), `m` and `s`."""
    m, s = rows["m"].to_numpy(float), rows["s"].to_numpy(float)
    p_below, p_above, p_within = screening.probabilities(m, s)
    reserve, losses = rows["reserve_pct"], rows["balance_mean"]
    own = rows["group"].ne("")
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
    trusts = ~own & rows["sector"].eq("academy")
    reasons = screening.joined(
        {
            "deficit": deficit.to_numpy(), "low_reserve_and_losses": thin.to_numpy(),
            "finance_pattern": (pattern & ~deficit & ~thin).to_numpy(),
            "no_reserve": (reserve.isna() & ~trusts).to_numpy(), "trust_reserve": trusts.to_numpy(),
            "no_comparison": (own & ~scored & reserve.notna()).to_numpy(),
        }
    )  # fmt: skip
    score, score_low, score_high = standardise.score(m, s)
    hurt = np.maximum(np.nan_to_num(shrinkage.severity(m, s, screening.DELTA)), screening.LOW_SEVERITY)
    return rows.assign(
        p_below=p_below, p_above=p_above, score=score, score_low=score_low, score_high=score_high, tier=tier,
        reasons=reasons, coverage=np.where(scored, 1.0, 0.0),
        severity=np.where(tier == "may_need_support", hurt, 0.0),
    )  # fmt: skip


def sureness(needs: pd.DataFrame) -> pd.Series:
    """P(theta < -delta) of needs that rest on it; NaN where a rule on the reserve says so by itself."""
    return needs["p_below"].where(needs["reasons"].str.contains("finance_pattern", regex=False))

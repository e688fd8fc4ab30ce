"""Money of trusts of several schools: reserves are the trust's, so is the need (METHODS 7.3). One row per trust and year.

Made from academies' accounts (September to August), never beside maintained schools' financial years. A trust's income
is that of its academies and its central services; a year in which the academies' accounts at hand do not add up to the
trust's pupils has no percentages. Trusts are compared with trusts, with their pupils' circumstances and their size in the
expectation. A trust of one school is that school and is not here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.facts import intake
from analytics.facts.panel import with_census
from analytics.scores import finance, money_index
from analytics.standardise import is_true

CENTRAL = {
    "trust_central_income": "income",
    "trust_central_in_year_balance": "balance",
    "trust_central_staff_cost": "staff",
}
RESERVE = "trust_revenue_reserve"
ACADEMY = {"academy_income": "income", "academy_in_year_balance": "balance", "academy_staff_cost": "staff"}
WHOLE = (0.9, 1.1)  # of a trust's pupils: the academies with a whole year's accounts must stand for about all of them
MIXED = ("fsm6", "eal", "ehcp", "sen_support")


def yearly(facts: pd.DataFrame, figures: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Years of each trust: uid, time_period, schools (with accounts), pupils, pounds and % of income, mean balance.

    `facts`: the panel's; `figures`: uid, measure, time_period, value, status, denominator; `members`: uid, urn, joined
    (date or NaT) of trusts of several schools. An academy counts from the year in which it had joined by its end.
    """
    central = figures[figures["status"].eq("ok") & figures["measure"].isin([*CENTRAL, RESERVE])]
    own = central.drop_duplicates(["uid", "measure", "time_period"], keep="last")
    wide = own.pivot(index=["uid", "time_period"], columns="measure", values="value")
    wide = wide.reindex(columns=[*CENTRAL, RESERVE]).rename(columns=CENTRAL)
    total = own.groupby(["uid", "time_period"])["denominator"].max()
    schools = _academies(facts, members)
    table = wide.join(schools, how="inner").assign(pupils=total).reset_index()
    share = table["pupils_schools"] / table["pupils"]
    whole = (share.between(*WHOLE) | share.isna()) & ~table["silent"]
    pounds = {name: (table[name] + table[f"{name}_schools"]).where(whole) for name in ("income", "balance", "staff")}
    table = table.assign(**pounds, reserve=table[RESERVE], reserve_share=np.nan, year_type=finance.ACADEMIC)
    kept = [
        "uid",
        "time_period",
        "schools",
        "pupils",
        "income",
        "balance",
        "staff",
        "reserve",
        "reserve_share",
        "year_type",
    ]
    return finance.with_ratios(table[kept], "uid")


def _academies(facts: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Sums over a trust's academies by uid and year; `silent`: one of them has an account without a figure."""
    mine = facts[facts["measure"].isin(list(ACADEMY))].astype({"measure": str})
    mine = mine.merge(members[["uid", "urn", "joined"]], on="urn", validate="many_to_one")
    end = pd.to_datetime((mine["time_period"] // 100 + 1).astype(str) + "-08-31")
    mine = mine[~is_true(pd.to_datetime(mine["joined"]).gt(end))]
    wide = mine.pivot(index=["uid", "time_period", "urn"], columns="measure", values="value").reindex(
        columns=list(ACADEMY)
    )
    pupils = mine.groupby(["uid", "time_period", "urn"])["denominator"].max()
    wide = wide.rename(columns=ACADEMY).assign(pupils=pupils, silent=wide.isna().any(axis=1), schools=1)
    by = wide.groupby(["uid", "time_period"])
    sums = by[["income", "balance", "staff", "schools"]].sum()
    return sums.assign(pupils=by["pupils"].sum(min_count=1), silent=by["silent"].any()).add_suffix("_schools").rename(
        columns={"silent_schools": "silent", "schools_schools": "schools"}
    )  # fmt: skip


def scores(table: pd.DataFrame, members: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """The trusts' years with, in the latest, tier, reasons, severity, p_below and the score where trusts enough have one.

    `census`: the panel's, by URN. Earlier years have an empty tier.
    """
    uids = sorted(table["uid"].unique())
    rows = table.assign(urn=table["uid"].map({uid: at for at, uid in enumerate(uids)}), group="trust", sector="trust")
    rows = _with_circumstances(rows, members, census)
    posterior = money_index.posteriors(rows, ["group"])
    start = rows["time_period"] // 100
    last = rows[start >= start.max() - 1].sort_values(["urn", "time_period"]).drop_duplicates("urn", keep="last")
    judged = finance.judged(last.set_index("urn").join(posterior, how="left").reset_index())
    said = ["tier", "reasons", "severity", "p_below", "p_above", "score", "score_low", "score_high"]
    found = table.merge(
        judged[["uid", "time_period", *said]], on=["uid", "time_period"], how="left", validate="one_to_one"
    )
    return found.assign(tier=found["tier"].fillna(""), reasons=found["reasons"].fillna(""))


def _with_circumstances(rows: pd.DataFrame, members: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """The expectation's columns: pupil-weighted means over the trust's schools of now, its pupils, folds by trust."""
    each = rows[["uid", "time_period"]].merge(members[["uid", "urn"]], on="uid", validate="many_to_many")
    each = with_census(each.assign(start=each["time_period"] // 100), census)
    weight = each["pupils_on_roll"].where(each["fsm6"].notna())
    by = [each["uid"], each["time_period"]]
    means = {
        name: (each[name] * weight).groupby(by).sum(min_count=1)
        / weight.where(each[name].notna()).groupby(by).sum(min_count=1)
        for name in MIXED
    }
    joined = rows.merge(pd.DataFrame(means).reset_index(), on=["uid", "time_period"], how="left", validate="one_to_one")
    fixed = joined.assign(
        prior=np.nan, single_sex=0.0, selective=0.0, in_norm=True, fold=intake.fold_of("T" + joined["uid"].astype(str))
    )
    described = intake.covariates(fixed)
    return described.assign(pattern=intake.patterns(described))


def needs(table: pd.DataFrame, members: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """One need per trust, `scope` trust. It stands under the lowest URN of the trust's open schools, for want of a school
    of its own, and is never matched school to school; `uid` says whose it is.
    """
    asked = table[table["tier"].eq("may_need_support")]
    first = members[members["urn"].isin(schools.loc[schools["phase"].notna(), "urn"])].groupby("uid")["urn"].min()
    rows = asked.assign(urn=asked["uid"].map(first)).dropna(subset="urn").astype({"urn": "int64"})
    return rows.assign(
        phase=rows["urn"].map(schools.set_index("urn")["phase"]), area="finance", basis="finance", p=finance.sureness(rows),
        particular=False, scope="trust",
    )  # fmt: skip

"""Money of trusts: sums by hand, years that do not add up, and one need per trust (METHODS 7.3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import finance, trust_finance

NAMES = {"income": "academy_income", "balance": "academy_in_year_balance", "staff": "academy_staff_cost"}
CENTRAL = {
    "income": "trust_central_income", "balance": "trust_central_in_year_balance", "staff": "trust_central_staff_cost",
    "reserve": "trust_revenue_reserve",
}  # fmt: skip


def academy(urn: int, year: int, pupils: float = 200, status: str = "ok", **pounds: float) -> list[dict[str, object]]:
    return [
        {"urn": urn, "time_period": year, "measure": NAMES[k], "value": v, "status": status, "denominator": pupils}
        for k, v in pounds.items()
    ]


def central(uid: str, year: int, pupils: float = 400, **pounds: float) -> list[dict[str, object]]:
    return [
        {"uid": uid, "time_period": year, "measure": CENTRAL[k], "value": v, "status": "ok", "denominator": pupils, "release": "final"}
        for k, v in pounds.items()
    ]  # fmt: skip


MEMBERS = pd.DataFrame({"uid": "90001", "urn": [1, 2], "joined": pd.to_datetime(["2015-09-01", None])})


def trust(years: tuple[int, ...] = (202223, 202324, 202425), **change: float) -> tuple[list, list]:
    facts = [
        row for year in years for urn in (1, 2) for row in academy(urn, year, income=900.0, balance=-30.0, staff=700.0)
    ]
    figures = [
        row
        for year in years
        for row in central("90001", year, income=200.0, balance=10.0, staff=100.0, reserve=60.0, **change)
    ]
    return facts, figures


def test_a_trusts_money_is_its_academies_and_its_centre() -> None:
    facts, figures = trust()
    found = trust_finance.yearly(pd.DataFrame(facts), pd.DataFrame(figures), MEMBERS)
    # income 900 + 900 + 200 = 2000; balance -30 - 30 + 10 = -50 = -2.5%; staff 1500 = 75%; the whole trust's reserve 60 = 3%
    assert found[["income", "balance", "schools", "pupils"]].values.tolist() == [[2000, -50, 2, 400]] * 3
    assert found["balance_pct"].tolist() == [-2.5] * 3 and found["staff_pct"].tolist() == [75] * 3
    assert found["reserve_pct"].tolist() == [3] * 3
    assert found["balance_mean"].tolist()[2] == pytest.approx(-2.5) and found["balance_mean"].iloc[:2].isna().all()


def test_a_year_that_does_not_stand_for_all_pupils_has_no_percentages() -> None:
    facts, figures = trust((202425,))
    alone = trust_finance.yearly(pd.DataFrame(facts[:3]), pd.DataFrame(figures), MEMBERS)  # 200 of 400 pupils
    assert alone["income"].isna().all() and alone["reserve_pct"].isna().all() and alone["reserve"].tolist() == [60]
    silent = pd.DataFrame(
        facts[:3] + academy(2, 202425, income=np.nan, balance=np.nan, staff=np.nan, status="not_submitted")
    )
    assert trust_finance.yearly(silent, pd.DataFrame(figures), MEMBERS)["reserve_pct"].isna().all()
    later = MEMBERS.assign(joined=pd.to_datetime(["2015-09-01", "2025-09-01"]))  # joined after the year had ended
    assert trust_finance.yearly(pd.DataFrame(facts), pd.DataFrame(figures), later)["schools"].tolist() == [1]
    by_then = MEMBERS.assign(joined=pd.to_datetime(["2015-09-01", "2025-08-31"]))
    assert trust_finance.yearly(pd.DataFrame(facts), pd.DataFrame(figures), by_then)["schools"].tolist() == [2]


def judged(facts: list, figures: list) -> pd.DataFrame:
    table = trust_finance.yearly(pd.DataFrame(facts), pd.DataFrame(figures), MEMBERS)
    census = pd.DataFrame(
        {"urn": [1, 2], "time_period": 202425, "fsm6": 20.0, "eal": 5.0, "ehcp": 2.0, "sen_support": 12.0, "pupils_on_roll": 200.0}
    )  # fmt: skip
    return trust_finance.scores(table, MEMBERS, census)


def test_rules_hold_at_the_trust_and_give_one_need() -> None:
    found = judged(*trust())
    assert found["tier"].tolist() == ["", "", "may_need_support"]
    assert found["reasons"].iloc[2] == "low_reserve_and_losses|no_comparison" and found["score"].isna().all()
    schools = pd.DataFrame({"urn": [1, 2], "phase": ["primary", "secondary"]})
    need = trust_finance.needs(found, MEMBERS, schools)
    assert need[["uid", "urn", "phase", "area", "scope", "severity", "time_period"]].values.tolist() == [
        ["90001", 1, "primary", "finance", "trust", 0.25, 202425]
    ]
    facts, figures = trust()
    figures = [{**row, "value": -1.0 if row["measure"] == "trust_revenue_reserve" else row["value"]} for row in figures]
    assert judged(facts, figures)["reasons"].iloc[2] == "deficit|no_comparison"
    figures = [
        {**row, "value": 101.0 if row["measure"] == "trust_revenue_reserve" else row["value"]} for row in figures
    ]
    fine = judged(facts, figures)  # 5.05%: losses alone are no need
    assert fine["tier"].iloc[2] == "not_enough_data" and trust_finance.needs(fine, MEMBERS, schools).empty


def test_trusts_are_compared_where_there_are_enough() -> None:
    rng = np.random.default_rng(3)
    facts, figures, members, census = [], [], [], []
    for at in range(80):
        lasting = rng.normal(0, 5)
        for urn in (2 * at, 2 * at + 1):
            members.append({"uid": str(90000 + at), "urn": urn, "joined": pd.NaT})
            fsm6, eal, sen = 5.0 + at % 30, 3.0 + at % 11, 10.0 + at % 5
            census.append(
                {
                    "urn": urn,
                    "time_period": 202425,
                    "fsm6": fsm6,
                    "eal": eal,
                    "ehcp": 2.0,
                    "sen_support": sen,
                    "pupils_on_roll": 100.0 + at,
                }
            )
            for year in (202122, 202223, 202324, 202425):
                facts += academy(urn, year, income=1000.0, balance=float(rng.normal(0, 20)), staff=750.0 + urn % 9)
        for year in (202122, 202223, 202324, 202425):
            figures += central(
                str(90000 + at),
                year,
                income=0.0,
                balance=0.0,
                staff=0.0,
                reserve=20 * (10 + lasting + float(rng.normal(0, 1))),
            )
    table = trust_finance.yearly(pd.DataFrame(facts), pd.DataFrame(figures), pd.DataFrame(members))
    found = trust_finance.scores(table, pd.DataFrame(members), pd.DataFrame(census))
    last = found[found["time_period"] == 202425]
    assert last["score"].notna().all() and (last["score_low"] < last["score"]).all()
    mean = table.groupby("uid")["reserve_pct"].mean()
    assert np.corrcoef(mean.loc[last["uid"]], last["score"])[0, 1] > 0.8
    again = trust_finance.scores(table.sample(frac=1, random_state=1), pd.DataFrame(members), pd.DataFrame(census))
    pd.testing.assert_frame_equal(found, again.sort_values(["uid", "time_period"], ignore_index=True), rtol=1e-9)


def test_an_academys_reserve_is_its_trusts_unless_it_is_the_trust() -> None:
    rows = academy(1, 202425, income=1000.0, balance=-20.0, staff=800.0) + academy(
        2, 202425, income=1000.0, balance=-20.0, staff=800.0
    )
    share = [{**rows[0], "urn": urn, "measure": "academy_revenue_reserve", "value": -24.0} for urn in (1, 2)]
    found = finance.yearly(pd.DataFrame(rows + share), frozenset({2})).set_index("urn")
    assert found["year_type"].tolist() == ["academic"] * 2 and found["staff_pct"].tolist() == [80, 80]
    assert np.isnan(found.loc[1, "reserve"]) and found.loc[1, "reserve_share_pct"] == -2.4
    assert found.loc[2, "reserve_pct"] == -2.4 and np.isnan(found.loc[2, "reserve_share"])


def test_years_of_two_kinds_are_never_one_mean() -> None:
    maintained = [
        {"urn": 1, "time_period": year, "measure": name, "value": value, "status": "ok", "denominator": np.nan}
        for year in (202122, 202223) for name, value in (("finance_income", 1000.0), ("finance_in_year_balance", 10.0))
    ]  # fmt: skip
    after = [row for year in (202324, 202425) for row in academy(1, year, income=1000.0, balance=10.0, staff=800.0)]
    found = finance.yearly(pd.DataFrame(maintained + after))
    assert len(found) == 4 and found["balance_mean"].isna().all()

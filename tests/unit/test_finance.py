"""Money: ratios by hand, and the rules that need no posterior (METHODS 7)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import finance


def facts(urn: int, year: int, **pounds: float) -> list[dict[str, object]]:
    names = {
        "income": "finance_income",
        "balance": "finance_in_year_balance",
        "reserve": "finance_revenue_reserve",
        "staff": "finance_staff_cost",
    }
    return [
        {"urn": urn, "time_period": year, "measure": names[k], "value": v, "status": "ok"} for k, v in pounds.items()
    ]


def test_percentages_of_income_and_three_year_means() -> None:
    rows = [
        f
        for year, balance in ((202223, -20), (202324, 10), (202425, -50))
        for f in facts(1, year, income=1000, balance=balance, reserve=30, staff=800)
    ]
    found = finance.yearly(pd.DataFrame(rows))
    assert (
        found["balance_pct"].tolist() == [-2, 1, -5]
        and found["reserve_pct"].tolist() == [3] * 3
        and found["staff_pct"].tolist() == [80] * 3
    )
    assert found["balance_mean"].tolist()[2] == pytest.approx(-2) and found["balance_mean"].iloc[:2].isna().all()
    assert found["deficits"].iloc[2] == 2


def test_a_gap_year_breaks_the_mean_and_no_income_is_no_percentage() -> None:
    rows = [f for year in (202122, 202324, 202425) for f in facts(1, year, income=1000, balance=10)] + facts(
        2, 202425, income=0, balance=10
    )
    found = finance.yearly(pd.DataFrame(rows))
    assert found["balance_mean"].isna().all() and found.loc[found["urn"] == 2, "balance_pct"].isna().all()


def judged(**row: object) -> pd.Series:
    plain = {
        "urn": 1,
        "sector": "maintained",
        "group": "maintained",
        "reserve_pct": 10.0,
        "balance_mean": 1.0,
        "deficits": 0.0,
        "m": 0.0,
        "s": 0.3,
        "time_period": 202425,
    }
    return finance.judged(pd.DataFrame([{**plain, **row}])).iloc[0]


@pytest.mark.parametrize(
    ("row", "tier", "reasons"),
    [
        ({}, "as_expected", ""),
        ({"reserve_pct": -0.1, "m": 2.0}, "may_need_support", "deficit"),  # whatever else is good
        ({"reserve_pct": 4.9, "balance_mean": -2.1}, "may_need_support", "low_reserve_and_losses"),
        ({"reserve_pct": 4.9, "balance_mean": -2.0}, "as_expected", ""),
        ({"reserve_pct": 5.1, "balance_mean": -9.0}, "as_expected", ""),
        ({"m": -0.6}, "may_need_support", "finance_pattern"),  # Phi(.35/.3) = .878
        ({"m": 0.7}, "strength_to_share", ""),  # Phi(.45/.3) = .933
        ({"m": 0.7, "reserve_pct": 20.1}, "as_expected", ""),  # more is not better
        ({"m": 0.7, "deficits": 1.0}, "as_expected", ""),
        ({"m": np.nan, "s": np.nan, "reserve_pct": np.nan}, "not_enough_data", "no_reserve"),
        ({"m": np.nan, "s": np.nan}, "not_enough_data", "no_comparison"),
        (
            {"sector": "academy", "group": "", "reserve_pct": -5.0, "m": np.nan, "s": np.nan},
            "not_enough_data",
            "trust_reserve",
        ),
    ],
)
def test_rules(row: dict[str, object], tier: str, reasons: str) -> None:
    found = judged(**row)
    assert (found["tier"], found["reasons"]) == (tier, reasons)


def test_severity_is_at_least_that_of_an_absolute_need() -> None:
    # a deficit with everything else good: E max(0, -.25 - theta) is nothing, so .25
    assert judged(reserve_pct=-1.0, m=2.0)["severity"] == 0.25 and judged()["severity"] == 0.0
    assert judged(m=-2.0)["severity"] == 1.0


def test_a_rule_on_the_reserve_is_not_a_matter_of_chance() -> None:
    rows = pd.DataFrame(
        [judged(reserve_pct=-1.0, m=2.0), judged(m=-0.6), judged(reserve_pct=4.0, balance_mean=-3.0, m=-0.6)]
    )
    # Phi(.35/.3) = .878; of the others the reserve says it all, whatever the pattern is
    sure = finance.sureness(rows)
    assert sure.round(3).tolist()[1] == 0.878 and sure.isna().tolist() == [True, False, True]


def _country(count: int = 110) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(4)
    lasting = rng.normal(0, 6, count)
    rows, census = [], []
    for year in (202021, 202122, 202223, 202324, 202425):
        for k in range(count):
            rows += facts(
                k + 1,
                year,
                income=1000,
                balance=10 * rng.normal(0, 3),
                reserve=10 * (9 + lasting[k] + rng.normal(0, 1)),
                staff=800 + k % 7,
            )
            census.append(
                {
                    "urn": k + 1,
                    "time_period": year,
                    "fsm6": 5.0 + k % 30,
                    "eal": 3.0 + k % 11,
                    "ehcp": 2.0,
                    "sen_support": 12.0,
                    "pupils_on_roll": 200.0 + k,
                }
            )
    schools = pd.DataFrame(
        {"urn": 1 + np.arange(count), "phase": "primary", "sector": "maintained", "fold": np.arange(count) % 5, "single_sex": 0.0, "selective_known": 0.0,
         "mainstream": True}
    )  # fmt: skip
    return pd.DataFrame(rows), schools, pd.DataFrame(census)


def test_score_needs_the_reserve() -> None:
    rows, schools, census = _country()
    without = rows[~((rows["urn"] == 1) & (rows["measure"] == "finance_revenue_reserve"))]
    found = finance.scores(finance.yearly(without), schools, census).set_index("urn")
    assert (
        pd.isna(found.loc[1, "score"])
        and found.loc[1, "tier"] == "not_enough_data"
        and "no_reserve" in found.loc[1, "reasons"]
    )
    assert found.drop(index=1)["score"].notna().all()


def test_order_changes_nothing_and_one_sector_does_not_move_another() -> None:
    rows, schools, census = _country()
    one = finance.scores(finance.yearly(rows), schools, census)
    mixed = finance.scores(
        finance.yearly(rows.sample(frac=1, random_state=1)),
        schools.sample(frac=1, random_state=2),
        census.sample(frac=1, random_state=3),
    )
    pd.testing.assert_frame_equal(one[["urn", "score", "tier"]], mixed[["urn", "score", "tier"]], rtol=1e-9)


def test_without_any_return_there_are_no_rows() -> None:
    rows, schools, census = _country(3)
    found = finance.scores(finance.yearly(rows.iloc[:0]), schools, census)
    assert found.empty and {"urn", "phase", "time_period", "score", "tier"} <= set(found.columns)

"""Inspection: positions by the check values of METHODS 6.1, signals by era and age."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import inspection

OWN: dict[str, object] = {
    "urn": 1, "era": "E1", "overall": None, **dict.fromkeys(inspection.AREAS), "category_of_concern": None, "age_years": 2.0, "as_predecessor": False,
}  # fmt: skip


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame([{**OWN, **row} for row in rows])
    grades = {name: pd.array(table[name].tolist(), dtype="Int64") for name in ("overall", *inspection.AREAS)}
    return table.assign(
        **grades, age_years=table["age_years"].astype(float), as_predecessor=table["as_predecessor"].astype("boolean")
    )


def test_block_means() -> None:
    z, edges = inspection.block_means(np.array([0.03, 0.09, 0.68, 0.20]))
    assert z.round(3).tolist() == [-2.268, -1.467, -0.118, 1.400]
    assert edges == pytest.approx([0, 0.03, 0.12, 0.80, 1.0])
    assert float(z @ [0.03, 0.09, 0.68, 0.20]) == pytest.approx(0, abs=1e-12)


def test_position_halves_in_four_years() -> None:
    # ten schools: 2 outstanding, 8 good; z = (phi(a) - 0)/.2 with a = Phi^-1(.8): .279962/.2 = 1.399810; rho = .5 at 4 years
    rows = [{"urn": k, "overall": 1 if k < 2 else 2, "age_years": 4.0 if k == 0 else 0.0} for k in range(10)]
    found = inspection.positions(frame(*rows), pd.Series("primary", index=range(10)))
    assert found["position"].iloc[:3].tolist() == pytest.approx([0.699905, 1.399810, -0.349952], abs=1e-6)
    assert found["score"].iloc[0] == pytest.approx(56.99905, abs=1e-4)
    width = found["score_high"] - found["score_low"]
    assert width.iloc[0] > width.iloc[1] + 5  # it could have moved further


def test_position_interval_is_that_of_a_mixture() -> None:
    rng = np.random.default_rng(1)
    rows = [{"urn": k, "overall": 1 if k < 2 else 2, "age_years": 4.0 if k == 0 else 0.0} for k in range(10)]
    found = inspection.positions(frame(*rows), pd.Series("primary", index=range(10))).iloc[0]
    z = rng.normal(size=2_000_000)
    drawn = 0.5 * z[z > 0.841621] + np.sqrt(0.75) * rng.normal(size=int((z > 0.841621).sum()))
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert (found["score_low"], found["score_high"]) == pytest.approx((50 + 10 * low, 50 + 10 * high), abs=0.15)


@pytest.mark.parametrize(
    ("row", "tier", "reason"),
    [
        ({"overall": 4, "age_years": 11.0}, "statutory_concern", "era_rule"),
        ({"overall": 2, "category_of_concern": "SM"}, "statutory_concern", "category_of_concern"),
        ({"overall": 3, "age_years": 9.0}, "support_indicated", "era_rule"),
        ({"overall": 2, "age_years": 5.9}, "met", ""),
        ({"overall": 2, "age_years": 6.1}, "not_known", "too_old"),
        ({"overall": 1, "age_years": 4.0}, "strength_to_share", ""),
        ({"overall": 1, "age_years": 4.1}, "met", ""),
        ({"overall": 1, "age_years": 13.0, "as_predecessor": True}, "not_known", "too_old"),
        ({"overall": 1, "as_predecessor": True}, "met", "predecessor_grade"),
        ({}, "not_known", ""),
        (
            {"era": "E2", **dict.fromkeys(inspection.AREAS, 2), "leadership_and_management": 3},
            "support_indicated",
            "era_rule",
        ),
        ({"era": "E2", **dict.fromkeys(inspection.AREAS, 2), "behaviour_and_attitudes": 3}, "met", ""),
        ({"era": "E2", **dict.fromkeys(inspection.AREAS, 2), "quality_of_education": 1}, "strength_to_share", ""),
        ({"era": "E2", **dict.fromkeys(inspection.AREAS, 2), "quality_of_education": None}, "not_known", ""),
        ({"era": "E2", **dict.fromkeys(inspection.AREAS, 1), "behaviour_and_attitudes": None}, "not_known", ""),
        ({"overall": 2, "age_years": None}, "not_known", "too_old"),
    ],
)
def test_signals(row: dict[str, object], tier: str, reason: str) -> None:
    found = inspection.signals(frame(row)).iloc[0]
    assert (found["tier"], found["reasons"]) == (tier, reason)


def test_latest_graded_and_age() -> None:
    table = pd.DataFrame(
        [
            {**OWN, "event": "previous_graded", "overall": 3, "start_date": "2016-01-01"}, {**OWN, "event": "graded", "overall": 2, "start_date": "2022-01-01"},
            {**OWN, "event": "ungraded", "overall": 1, "start_date": "2025-01-01"}, {**OWN, "event": "graded", "start_date": "2026-01-01"},
        ]
    ).drop(columns="age_years")  # fmt: skip
    found = inspection.latest_graded(inspection.aged(table, pd.Timestamp("2026-01-01")))
    assert found["overall"].tolist() == [2]
    assert found["age_years"].iloc[0] == pytest.approx(1461 / 365.25)  # an ungraded visit is no grade, nor an empty row


def test_practice_areas_follow_the_signal() -> None:
    fine = dict.fromkeys(inspection.AREAS, 2)
    rows = frame(
        {"era": "E2", **fine, "quality_of_education": 1, "leadership_and_management": 3, "behaviour_and_attitudes": 4},
        {"urn": 2, "era": "E2", **fine, "quality_of_education": 1, "age_years": 4.5},
        {"urn": 3, "era": "E2", **fine, "quality_of_education": 1},
        {"urn": 4, "era": "E2", **fine, "quality_of_education": 1, "as_predecessor": True},
        {"urn": 5, "era": "E2", **fine, "behaviour_and_attitudes": 3},  # no rule of the era: no need
    )
    need, strong = inspection.practice(inspection.signals(rows), pd.Series("primary", index=[1, 2, 3, 4, 5]))
    found = sorted(need[["urn", "area", "severity"]].itertuples(index=False, name=None))
    assert found == [(1, "behaviour", 0.5), (1, "leadership", 0.25)]
    assert strong[["urn", "area"]].values.tolist() == [[3, "curriculum"]]

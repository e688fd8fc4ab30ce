"""Checks as results: what passes, what does not, and what cannot be known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.findings import checks
from analytics.findings.areas import Fit
from tests import simulated


def domain(**columns: object) -> pd.DataFrame:
    base = {"urn": [1, 2, 3], "phase": "primary", "time_period": 202425, "tier": ["as_expected", "mixed_evidence", "not_enough_data"],
            "reasons": ["", "depends_on_weights", "few_pupils"], "score": [50.0, 44.0, np.nan], "agreement": [0.95, 0.6, np.nan],
            "sensitive_to": ["", "ks2_reading_expected_pct", ""]}  # fmt: skip
    return pd.DataFrame({**base, **columns})


def outcome(rows: pd.DataFrame) -> list[str]:
    return checks._schools(rows)["outcome"].tolist()


def test_weights_pass_where_four_in_five_ways_agree_and_are_unknown_without_an_answer() -> None:
    assert outcome(checks._weights(domain())) == ["passed", "not", "unknown"]


def test_a_measure_that_decides_is_named() -> None:
    found = checks._schools(checks._left_out(domain()))
    assert found["outcome"].tolist() == ["passed", "not", "unknown"]
    assert found["detail"].tolist() == ["", "ks2_reading_expected_pct", ""]


def test_inspection_counted() -> None:
    rows = domain(tier=["as_expected", "may_need_support", "as_expected"], reasons=["", "depends_on_inspection", ""])
    assert outcome(checks._inspection(rows)) == ["passed", "not", "unknown"]


@pytest.mark.parametrize(("stood", "total", "said"), [(80, 100, "passed"), (79, 100, "not"), (29, 29, "unknown")])
def test_over_all_schools_four_in_five_answers_must_stand(stood: int, total: int, said: str) -> None:
    rows = pd.DataFrame(
        {
            "check": "weights",
            "phase": "primary",
            "time_period": 202425,
            "measure": "",
            "count": [1] * stood + [0] * (total - stood),
            "total": 1,
        }
    )
    (found,) = checks._nation(rows).to_dict("records")
    assert (found["outcome"], found["total"]) == (said, total)


@pytest.mark.parametrize(
    ("inside", "total", "said"),
    [(9500, 10000, "passed"), (9300, 10000, "not"), (9800, 10000, "not"), (149, 150, "passed"), (130, 150, "not")],
)
def test_a_year_held_back_must_hold_95_in_100_give_or_take_chance(inside: int, total: int, said: str) -> None:
    rows = pd.DataFrame(
        {
            "check": "held_back",
            "phase": "primary",
            "time_period": 202425,
            "measure": "m",
            "count": [1] * inside + [0] * (total - inside),
            "total": 1,
        }
    )
    assert checks._nation(rows)["outcome"].tolist() == [said]


def test_one_school_may_have_one_figure_in_five_outside() -> None:
    rows = pd.DataFrame({"urn": [1] * 5 + [2] * 5, "check": "held_back", "phase": "primary", "time_period": 202425, "count": [1] * 4 + [0] + [1] * 3 + [0] * 2,
                         "total": 1, "detail": [""] * 4 + ["a"] + [""] * 3 + ["b", "c"]})  # fmt: skip
    found = checks._schools(rows)
    assert found["outcome"].tolist() == ["passed", "not"] and found["detail"].tolist() == ["a", "b|c"]


@pytest.mark.parametrize(("inflated", "said"), [(1.0, "passed"), (1.2, "not")])
def test_the_spread_by_likelihood_is_within_three_hundredths(inflated: float, said: str) -> None:
    """Differences drawn with spread 1, then told to have been scaled by a spread that is too small."""
    rng = np.random.default_rng(5)
    v = rng.uniform(0.2, 0.6, 4000)
    scored = pd.DataFrame({"y": inflated * rng.normal(0, np.sqrt(1 + v)), "v": inflated**2 * v, "in_norm": True})
    fit = Fit(simulated.params(simulated.panel(3, schools=400)), scored, pd.DataFrame())
    row = dict(zip(checks._NATION, checks._spread(fit, "primary"), strict=True))
    assert row["outcome"] == said and row["share"] == pytest.approx(inflated, rel=0.03)

"""One school's score by hand from given national parameters (METHODS 2 and 4.1)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.scores import outcomes
from analytics.scores.context import PatternFit
from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread
from data.catalogue import MEASURES, NotEnoughData
from tests import simulated

YEARS = (202223, 202324, 202425)


def params(
    mode: str = "binomial", *, polarity: int = 1, expected: float = 70.0, tau: float = 7.0, omega2: float = 20.0
) -> NationalParams:
    """Every school is expected to reach `expected` in every year."""
    flat = PatternFit(("fsm6",), np.zeros(1), np.ones(1), np.tile([expected, 0.0], (5, 1)), np.zeros((5, 2, 2)), 100)
    fits = {year: {"": flat} for year in YEARS}
    return NationalParams(
        "primary", "m", polarity, mode, YEARS, YEARS, fits, 1.0, omega2, Spread(tau), 70.0, 60.0, 0.3, 100, "final"
    )  # type: ignore[arg-type]


def rows(values: list[float], pupils: list[float]) -> pd.DataFrame:
    count = len(values)
    return pd.DataFrame(
        {
            "urn": 1, "time_period": YEARS[:count], "value": values, "pupils": pupils, "in_norm": True, "fold": 0, "pattern": "", "fsm6": 20.0,
            "as_predecessor": False, "release": "final",
        }
    )  # fmt: skip


def test_the_error_of_the_expectation_stands_in_the_variance_and_is_not_pooled_away() -> None:
    # one year's error 9, lean 3: v = 70 + 20 + 27 a year, pooled over three years 39 = 30 + 9
    plain = params()
    unsure = {
        year: {"": replace(plain.fits[year][""], error=np.tile(np.diag([9.0, 0.0]), (5, 1, 1)))} for year in YEARS
    }
    row = outcomes.score_school(rows([80, 74, 77], [30, 30, 30]), replace(plain, fits=unsure, lean=3.0)).iloc[0]
    assert row["v"] == pytest.approx(39 / 49)
    assert row["m"] == pytest.approx(49 / (49 + 39))


def test_three_years_of_thirty() -> None:
    # v = 70*30/30 = 70; h = 1/90; d 10, 4, 7: y = 7, s^2 = 30; lambda = 49/79; m = 7*49/79/7 = .620253; V = 30*49/79
    row = outcomes.score_school(rows([80, 74, 77], [30, 30, 30]), params()).iloc[0]
    assert (row["m"], row["s"]) == pytest.approx((49 / 79, (30 / 79) ** 0.5))
    assert (row["y"], row["v"]) == pytest.approx((1.0, 30 / 49))
    assert (row["difference"], row["expected"], row["value"], row["pupils"]) == pytest.approx((7 * 49 / 79, 70, 77, 90))
    assert row["difference_high"] - row["difference_low"] == pytest.approx(
        2 * 1.959964 * (30 * 49 / 79) ** 0.5, abs=1e-5
    )
    assert (row["years"], row["unbroken"], row["smallest"]) == (3, 3, 30) and row["least"] == pytest.approx(4 / 7)


def test_years_weigh_by_their_variance() -> None:
    # v = 70 and 2100/60 = 35: h = 1/90, 1/55; y = (10/90 + 4/55)/(1/90 + 1/55)
    row = outcomes.score_school(rows([80, 74], [30, 60]), params()).iloc[0]
    assert 7 * row["y"] == pytest.approx((10 / 90 + 4 / 55) / (1 / 90 + 1 / 55))
    assert (row["value"], row["unbroken"]) == (76, 0)  # (30*80 + 60*74)/90; a year of the window is missing


def test_variance_is_of_the_expected_share() -> None:
    high, low = (outcomes.score_school(rows([value] * 3, [30] * 3), params()).iloc[0]["v"] for value in (100.0, 20.0))
    assert high == low


def test_means_have_sigma_squared_over_n() -> None:
    # phi stands for sigma^2 = 1: v = 1/30 + 20; d = 7: y = 7
    row = outcomes.score_school(rows([77, 77, 77], [30, 30, 30]), params("mean")).iloc[0]
    assert row["v"] == pytest.approx((20 + 1 / 30) / 3 / 49) and pd.isna(row["value_low"])


def test_less_is_better() -> None:
    one = outcomes.score_school(rows([80, 74, 77], [30] * 3), params(polarity=-1)).iloc[0]
    assert one["m"] == pytest.approx(-49 / 79) and one["difference"] == pytest.approx(
        7 * 49 / 79
    )  # above, and that is worse


def test_arcsine_differences_are_shown_in_points() -> None:
    # expected pi/6 = 25%; 50% is pi/4: d = pi/12; v = 1/(4*25) + .01 = .02 a year; s^2 = .02/3; tau .1
    found = outcomes.score_school(
        rows([50, 50, 50], [25] * 3), params("arcsine", expected=np.pi / 6, tau=0.1, omega2=0.01)
    ).iloc[0]
    pull = 0.01 / (0.01 + 0.02 / 3)
    assert found["m"] == pytest.approx(pull * np.pi / 12 / 0.1)
    assert found["difference"] == pytest.approx(100 * np.sin(np.pi / 6 + pull * np.pi / 12) ** 2 - 25)


def test_tiny_cohorts_and_missing_expectations_have_no_row() -> None:
    assert outcomes.score_school(rows([80, 74, 77], [5, 5, 5]), params()).empty
    assert outcomes.score_school(rows([80, 74, 77], [30] * 3).assign(pattern=np.nan), params()).empty


def test_one_comparable_year_is_not_fitted() -> None:
    with pytest.raises(NotEnoughData, match="one comparable year only"):
        simulated.params(simulated.panel(1, years=(202425,)))


def test_fit_finds_what_the_nation_was_made_with() -> None:
    # simulated with tau 7 and omega 4
    found = simulated.params(simulated.panel(21, schools=1500))
    assert found.spread.tau == pytest.approx(7, abs=0.5) and found.omega2**0.5 == pytest.approx(4, abs=0.8)
    assert (found.mode, found.window, found.schools) == ("binomial", YEARS, 1500)
    assert 1.0 <= found.phi <= 1.2


def test_fit_is_the_same_twice() -> None:
    panel = simulated.panel(22)
    one, other = simulated.params(panel), simulated.params(panel)
    assert (one.phi, one.omega2, one.spread, one.fifth) == (other.phi, other.omega2, other.spread, other.fifth)
    assert MEASURES[one.measure].tau_floor == 1


def test_the_national_fifth_is_that_of_lasting_levels_not_of_what_was_pulled_in() -> None:
    # all levels 0 but each unsure by 1: a standard normal, whose fifth is -0.8416
    assert outcomes._fifth(np.zeros(10), np.ones(10)) == pytest.approx(-0.841621, abs=1e-6)
    # shrunken levels of spread .8 with posterior SD .6 are lasting levels of spread 1
    level = np.random.default_rng(1).normal(0, 0.8, 200_000)
    assert outcomes._fifth(level, np.full(200_000, 0.6)) == pytest.approx(-0.8416, abs=0.01)

"""Scales and intervals, with the check values of DOMAIN C1 and METHODS 2.2."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analytics import standardise


@pytest.mark.parametrize(
    ("pupils", "low", "high"),
    [(10, 31.3, 83.2), (15, 35.7, 80.2), (30, 45.5, 78.1), (60, 49.0, 72.9), (180, 55.0, 69.0)],
)
def test_wilson_at_62_percent(pupils: int, low: float, high: float) -> None:
    # DOMAIN C1 counts whole pupils: 62% of 10 is 6, of 15 is 9, of 30 is 19, of 60 is 37, of 180 is 112
    share = 100 * round(0.62 * pupils) / pupils
    found = standardise.wilson(np.array([share]), np.array([float(pupils)]))
    assert (round(found[0][0], 1), round(found[1][0], 1)) == (low, high)
    library = proportion_confint(round(0.62 * pupils), pupils, method="wilson")
    assert (found[0][0], found[1][0]) == pytest.approx((100 * library[0], 100 * library[1]), abs=1e-9)


@pytest.mark.parametrize("pupils", range(1, 13))
def test_few_pupils_have_the_exact_interval(pupils: int) -> None:
    """Clopper and Pearson's under ten pupils, for every number that can reach it; Wilson's from ten on."""
    reached = np.arange(pupils + 1.0)
    low, high = standardise.interval(100 * reached / pupils, np.full(pupils + 1, float(pupils)))
    method = "beta" if pupils < 10 else "wilson"
    library = proportion_confint(reached, pupils, method=method)
    assert low == pytest.approx(100 * np.asarray(library[0]), abs=1e-9)
    assert high == pytest.approx(100 * np.asarray(library[1]), abs=1e-9)
    assert (low <= 100 * reached / pupils + 1e-9).all() and (high >= 100 * reached / pupils - 1e-9).all()


def test_the_exact_interval_by_hand() -> None:
    # none of 5: high end where 0.025 = (1 - p)^5; all of 5 mirrors it; 33% of 9 is 3 pupils, as published rounded
    low, high = standardise.interval(np.array([0.0, 100, 33, np.nan]), np.array([5.0, 5, 9, 7]))
    assert (low[0], high[0]) == (0.0, pytest.approx(100 * (1 - 0.025**0.2)))
    assert (low[1], high[1]) == (pytest.approx(100 * 0.025**0.2), 100.0)
    assert (round(low[2], 1), round(high[2], 1)) == (7.5, 70.1)
    assert np.isnan(low[3]) and np.isnan(high[3])


def test_wilson_of_a_missing_share_is_missing() -> None:
    low, high = standardise.wilson(np.array([np.nan]), np.array([20.0]))
    assert np.isnan(low[0]) and np.isnan(high[0])


@pytest.mark.parametrize(
    ("kind", "national", "mode"),
    [("proportion", 20, "binomial"), ("proportion", 85, "binomial"), ("proportion", 19.9, "arcsine"), ("proportion", 85.1, "arcsine"),
     ("mean", 47, "mean")],
)  # fmt: skip
def test_scale_of_a_measure(kind: str, national: float, mode: str) -> None:
    assert standardise.mode_of(kind, national) == mode


def test_arcsine_there_and_back() -> None:
    # asin(sqrt(.25)) = pi/6, asin(sqrt(.5)) = pi/4; beyond [0, pi/2] a percentage stays one
    assert standardise.to_scale(np.array([25.0, 50.0]), "arcsine") == pytest.approx([np.pi / 6, np.pi / 4])
    assert standardise.from_scale(np.array([np.pi / 6, -0.1, 2.0]), "arcsine") == pytest.approx([25, 0, 100])


def test_sampling_variance_is_of_the_expected_value() -> None:
    # 70*30/30 = 70; expected 2 counts as 5: 5*95/25 = 19; arcsine 1/(4*25) = .01; means 1/25 = .04
    pupils = np.array([30.0, 25.0])
    assert standardise.sampling_variance(np.array([70.0, 2.0]), pupils, "binomial").tolist() == [70, 19]
    assert standardise.sampling_variance(np.array([0.3, 0.3]), np.array([25.0, 25.0]), "arcsine") == pytest.approx(
        [0.01, 0.01]
    )
    assert standardise.sampling_variance(np.array([47.0]), np.array([25.0]), "mean").tolist() == [0.04]


def test_points_on_the_arcsine_scale() -> None:
    # slope of asin(sqrt(p)) at .5 is 1: 5 points = .05; at .1 it is 1/(2*.3): .05/.6
    assert standardise.sd_to_scale(5, 50, "arcsine") == pytest.approx(0.05)
    assert standardise.sd_to_scale(5, 10, "arcsine") == pytest.approx(0.05 / 0.6)
    assert standardise.sd_to_scale(5, 50, "binomial") == 5


def test_normal_scores_share_ties_and_keep_missing() -> None:
    # positions of 3 values: 1, 2.5, 2.5 -> (.5, 2, 2)/3
    found = standardise.normal_scores(np.array([1.0, 4.0, np.nan, 4.0]))
    assert found[[0, 1, 3]] == pytest.approx([-0.967422, 0.430727, 0.430727], abs=1e-6)
    assert np.isnan(found[2])


def test_ridits_and_three_valued_truth() -> None:
    # shares .2 .3 .5: .1, .2 + .15, .5 + .25
    assert standardise.ridits(np.array([0, 1, 2, 1]), np.array([0.2, 0.3, 0.5])) == pytest.approx(
        [0.1, 0.35, 0.75, 0.35]
    )
    assert standardise.is_true(pd.Series([True, False, pd.NA], dtype="boolean")).tolist() == [True, False, False]


def test_score_is_fifty_and_ten_per_spread_within_a_hundred() -> None:
    # m 1.5, s .5: 65 -+ 19.6 * .5; m 5, s 1: 100 with 80.4 below; unknown stays unknown
    middle, low, high = standardise.score(np.array([1.5, 5.0, np.nan]), np.array([0.5, 1.0, np.nan]))
    assert middle[:2].tolist() == [65, 100] and high[:2] == pytest.approx([74.8, 100], abs=1e-3)
    assert low[:2] == pytest.approx([55.2, 80.4], abs=1e-3) and np.isnan(middle[2]) and np.isnan(low[2])


def test_the_average_of_small_percentages_is_not_that_of_their_middle() -> None:
    """Draws on the arcsine scale: their average percentage, not the percentage of their average."""
    drawn = np.random.default_rng(3).normal(0.28, 0.12, 400_000)
    seen = float(np.mean(100 * np.sin(drawn) ** 2))
    found = float(standardise.mean_from_scale(np.array([0.28]), np.array([0.12**2]), "arcsine")[0])
    assert found == pytest.approx(seen, abs=0.03)
    assert found - float(standardise.from_scale(np.array([0.28]), "arcsine")[0]) == pytest.approx(1.2, abs=0.1)
    assert standardise.mean_from_scale(np.array([62.0]), np.array([81.0]), "binomial").tolist() == [62.0]

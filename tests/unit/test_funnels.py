"""Funnel limits: FunnelPlotR's own figures, exact binomials by counting, and the widening by hand."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from analytics.scores import funnels
from analytics.scores.funnels import Usual


def test_poisson_limits_of_funnelplotr() -> None:
    low, high = funnels.poisson_limits(np.array([15.0, 20, 30]), 1.959963984540054)
    assert low == pytest.approx([0.5596924, 0.610826, 0.6746958], abs=5e-8)
    assert high == pytest.approx([1.649348, 1.544419, 1.427562], abs=5e-7)


@pytest.mark.parametrize(("share", "pupils"), [(62.0, 12), (30.0, 49), (85.0, 7), (50.0, 9), (73.0, 240)])
def test_outside_the_binomial_limits_is_what_is_less_likely_than_the_tail(share: float, pupils: int) -> None:
    p = share / 100
    chance = np.array([comb(pupils, r) * p**r * (1 - p) ** (pupils - r) for r in range(pupils + 1)])
    so_few, so_many = np.cumsum(chance), np.cumsum(chance[::-1])[::-1]
    low, high = funnels.binomial_limits(share, np.array([float(pupils)]), funnels.Z998)
    seen = 100 * np.arange(pupils + 1) / pupils
    assert (seen < low[0]).tolist() == (so_few < 0.001).tolist()
    assert (seen > high[0]).tolist() == (so_many < 0.001).tolist()


def test_limits_of_half_lie_evenly_about_it_and_draw_near_the_normal_ones() -> None:
    pupils = np.array([9.0, 10, 25.5, 400])
    low, high = funnels.binomial_limits(50.0, pupils, funnels.Z998)
    assert high - 50 == pytest.approx(50 - low, abs=1e-6)
    assert high[3] - 50 == pytest.approx(funnels.Z998 * 50 / 20, rel=0.02)
    assert (np.diff(high) <= 0).all()


def test_overdispersion_is_dersimonian_and_lairds_about_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    v = rng.uniform(1, 9, 200)
    y = rng.normal(0, np.sqrt(4 + v))
    monkeypatch.setattr(funnels, "WINSOR", 0.0)
    ours = funnels.overdispersion(y, v)
    # theirs is about the weighted mean: move the values by it, so that it is nought in both
    y = y - np.average(y, weights=1 / v)
    assert funnels.overdispersion(y, v) == pytest.approx(combine_effects(y, v, method_re="dl").tau2)
    assert ours == pytest.approx(4, abs=1.2)


def test_overdispersion_by_hand() -> None:
    # z = 0 1 -1 3 -3, variance 1: a tenth of five is none, so the ends are held at 2.2: sum z^2 = 2 + 2 * 4.84 = 11.68;
    # of a normal distribution's variance .67865 is left: 17.21; tau^2 = (17.21 - 4) / (5 - 1) = 3.3026
    assert funnels.overdispersion(np.array([0.0, 1, -1, 3, -3]), np.ones(5)) == pytest.approx(3.3026, abs=1e-4)
    assert funnels.overdispersion(np.array([0.1, np.nan, -0.1]), np.ones(3)) == 0.0


def test_limits_leave_two_in_a_thousand_outside() -> None:
    """By simulation: the spread is found whole though its ends are held, also where a school in fifty is far away."""
    rng = np.random.default_rng(8)
    v = rng.uniform(10, 60, 40_000)
    y = rng.normal(0, np.sqrt(40 + v))
    assert funnels.overdispersion(y, v) == pytest.approx(40, rel=0.05)
    outside = np.abs(y) > funnels.Z998 * np.sqrt(v + funnels.overdispersion(y, v))
    assert 0.001 < outside.mean() < 0.003
    far = np.where(np.arange(len(y)) % 50 == 0, 60.0, y)
    assert funnels.overdispersion(far, v) < 50  # DerSimonian and Laird's own would be near 110


def test_limits_by_hand() -> None:
    # 50% of 100 pupils: exact 15.84 points either way; beyond the binomial (1.2 - 1) 25 + 9/3 + 31 = 39
    found = funnels.limits(np.array([100.0]), Usual(True, 50.0, 1.2, 3.0, 3, 31.0))
    exact = funnels.binomial_limits(50.0, np.array([100.0]), funnels.Z998)[1][0] - 50
    assert exact == pytest.approx(15.84, abs=0.01)
    assert (found.low[0], found.high[0]) == (
        pytest.approx(-found.high[0]),
        pytest.approx((exact**2 + 39 * funnels.Z998**2) ** 0.5),
    )
    # means: 360/90 = 4, 3/3 = 1, tau^2 4 -> sqrt 9
    mean = funnels.limits(np.array([90.0]), Usual(False, 47.0, 360.0, 3**0.5, 3, 4.0), z=1.0)
    assert (mean.low[0], mean.high[0]) == (-3.0, 3.0)


def test_few_pupils_have_the_exact_binomials_lopsided_limits() -> None:
    # 90% of 20 pupils: nothing above 100%, so the upper side is the narrower
    plain = Usual(True, 90.0, 1.0, 0.0, 3, 0.0)
    found = funnels.limits(np.array([20.0]), plain)
    low, high = funnels.binomial_limits(90.0, np.array([20.0]), funnels.Z998)
    assert (90 + found.low[0], 90 + found.high[0]) == (pytest.approx(low[0]), pytest.approx(high[0]))
    assert found.high[0] == pytest.approx(10) and found.low[0] < -20


def nation(measure: str, **changed: object) -> pd.DataFrame:
    row = {"phase": "primary", "measure": measure, "time_period": 202425, "first_year": 202223, "years": 3, "schools": 4, "mode": "binomial",
           "mean": 50.0, "tau": 5.0, "omega": 3.0, "phi": 1.2, "sigma": None, "r2": 0.3, "fifth": 40.0}  # fmt: skip
    return pd.DataFrame([{**row, **changed}])


def scored(measure: str, y: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"urn": range(1, len(y) + 1), "phase": "primary", "measure": measure, "time_period": 202425, "first_year": 202223,
         "pupils": 100.0, "expected": 50.0, "y": y, "v": 1.32}
    )  # fmt: skip


def test_names_only_outside() -> None:
    # tau 5 points, v 1.32 tau^2 = 33 points^2 = 1.2 * 25 + 9/3: no wider than chance, so tau^2 is 0 but for school 1,
    # whose 30 points are held at the tenth of either end: limits about z sqrt(33) = 17.75
    table = scored("ks2_reading_expected_pct", [6.0, *[0.0] * 98, None])  # type: ignore[list-item]
    found = funnels.funnel(table, nation("ks2_reading_expected_pct"), {1, 2, 100})
    assert found is not None and (found.first_year, found.last_year, found.years, found.left_out) == (
        202223,
        202425,
        3,
        1,
    )
    assert [(one.urn, one.difference, one.side) for one in found.places] == [(1, 30.0, "above"), (2, 0.0, "inside")]
    assert [one.urn for one in found.of("above")] == [1] and found.of("below") == ()
    at = int(np.argmin(np.abs(found.limits.pupils - 100)))
    near = funnels.limits(found.limits.pupils[at : at + 1], Usual(True, 50.0, 1.2, 3.0, 3, 0.0))
    assert found.limits.high[at] == pytest.approx(near.high[0])


def test_fewer_absences_lie_above() -> None:
    # y is positive = good: six spreads fewer; the arcsine's step at 20% is 2 * sqrt(.2 * .8) * 100 = 80 points a radian
    measure = "absence_persistent_pct"
    table = scored(measure, [6.0, *[0.0] * 98]).assign(expected=20.0)
    found = funnels.funnel(table, nation(measure, mode="arcsine", mean=20.0, tau=0.0625, omega=0.0375), {1})
    assert found is not None and found.places[0].side == "above"
    assert found.places[0].difference == pytest.approx(30.0)
    assert -found.limits.low[0] > found.limits.high[0]  # of few pupils: no school has fewer than none
    assert funnels.funnel(table, nation(measure), {500}) is None
    behind = funnels.funnel(table.assign(last_year=202223), nation(measure, first_year=202122, time_period=202223), {1})
    assert behind is not None and (behind.first_year, behind.last_year) == (202122, 202223)

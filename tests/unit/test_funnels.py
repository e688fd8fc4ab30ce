"""Funnel limits: FunnelPlotR's own figures, exact binomials by counting, and the widening by hand."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from analytics.scores import funnels
from analytics.scores.funnels import Usual


def test_poisson_limits_of_funnelplotr() -> None:
    low, high = funnels.poisson_limits(np.array([15.0, 20, 30]), 1.959963984540054)
    assert low == pytest.approx([0.5596924, 0.610826, 0.6746958], abs=5e-8)
    assert high == pytest.approx([1.649348, 1.544419, 1.427562], abs=5e-7)


@pytest.mark.parametrize(("share", "pupils"), [(62.0, 12), (30.0, 49), (85.0, 7)])
def test_binomial_limits_lie_where_the_counted_distribution_reaches_the_tail(share: float, pupils: int) -> None:
    # the distribution function, straight between whole pupils, is .001 and .999 at the limits
    p = share / 100
    cumulated = np.cumsum([comb(pupils, r) * p**r * (1 - p) ** (pupils - r) for r in range(pupils + 1)])
    found = funnels.binomial_limits(share, np.array([float(pupils)]), funnels.Z998)
    for end, tail in zip(found, (0.001, 0.999), strict=True):
        reached = end[0] / 100 * pupils
        if 0 < reached < pupils:
            assert np.interp(reached, np.arange(pupils + 1), cumulated) == pytest.approx(tail, abs=1e-6)
        else:  # 0.62^12 and 1 - 0.85^7 never get as far out
            assert (reached == 0 and cumulated[0] > tail) or (reached == pupils and cumulated[-2] < tail)


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
    # z = 0 1 -1 3 -3, variance 1: no school in ten is five, so the ends are held at 2.2: sum z^2 = 2 + 2 * 4.84 = 11.68;
    # tau^2 = (11.68 - 4) / (5 - 1) = 1.92
    assert funnels.overdispersion(np.array([0.0, 1, -1, 3, -3]), np.ones(5)) == pytest.approx(1.92)
    assert funnels.overdispersion(np.array([0.1, np.nan, -0.1]), np.ones(3)) == 0.0


def test_limits_by_hand() -> None:
    # 50% of 100 pupils: 2500/100 = 25, phi 1.2 -> 30; omega^2/years = 9/3 = 3; tau^2 = 31 -> sqrt 64 = 8
    usual = Usual("binomial", 50.0, 1.2, 3.0, 3, 31.0)
    found = funnels.limits(np.array([100.0]), usual)
    assert (found.low[0], found.high[0]) == (pytest.approx(-8 * funnels.Z998), pytest.approx(8 * funnels.Z998))
    # means: 360/90 = 4, 3/3 = 1, tau^2 4 -> sqrt 9; arcsine: 1/(4*25) = .01, no swing, tau^2 .03 -> sqrt .04
    mean = funnels.limits(np.array([90.0]), Usual("mean", 47.0, 360.0, 3**0.5, 3, 4.0), z=1.0)
    arcsine = funnels.limits(np.array([25.0]), Usual("arcsine", 10.0, 1.0, 0.0, 3, 0.03), z=1.0)
    assert (mean.low[0], mean.high[0], arcsine.high[0]) == (-3.0, 3.0, pytest.approx(0.2))


def test_few_pupils_have_the_exact_binomials_lopsided_limits() -> None:
    # 90% of 20 pupils: nothing above 100%, so the upper side is the narrower
    plain = Usual("binomial", 90.0, 1.0, 0.0, 3, 0.0)
    found = funnels.limits(np.array([20.0]), plain)
    low, high = funnels.binomial_limits(90.0, np.array([20.0]), funnels.Z998)
    assert (90 + found.low[0], 90 + found.high[0]) == (pytest.approx(low[0]), pytest.approx(high[0]))
    assert 9.9 < found.high[0] <= 10 and found.low[0] < -20
    # at 50 pupils the normal form takes over
    assert funnels.limits(np.array([50.0]), plain).high[0] == pytest.approx(funnels.Z998 * np.sqrt(900 / 50))


def test_unshrunk_comes_back_out_of_the_posterior() -> None:
    # tau 1, v 3: lambda .25, m = .25 * 2 = .5, s^2 = .75
    y, v = funnels.unshrunk(np.array([0.5, 0.0]), np.sqrt([0.75, 1.0]))
    assert (y[0], v[0]) == (pytest.approx(2), pytest.approx(3)) and np.isnan(y[1])


def test_names_only_outside() -> None:
    usual = Usual("binomial", 50.0, 1.2, 3.0, 3, 31.0)  # limits at 100 pupils: 24.7 points
    below, above = funnels.outside(np.array([-25.0, -24.0, 25.0, np.nan]), np.full(4, 100.0), usual)
    assert below.tolist() == [True, False, False, False] and above.tolist() == [False, False, True, False]

"""Noise, spread and posteriors: the BCG trials (metafor dat.bcg), James and Stein's baseball, and small sums by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analytics.scores import shrinkage
from data.catalogue import NotEnoughData
from tests import oracles
from tests.shared import SHARED, needs_shared

# 13 trials of BCG vaccine: cases and others in treated and control groups (Colditz 1994); public, printed in metafor.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079),
    (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]  # fmt: skip


def bcg() -> tuple[np.ndarray, np.ndarray]:
    a, b, c, d = (np.array(column, dtype=float) for column in zip(*BCG, strict=True))
    return np.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_bcg_trials() -> None:
    y, v = bcg()
    assert shrinkage.paule_mandel(y, v, mean_known=False) == pytest.approx(0.3181, abs=5e-5)
    assert oracles.reml_with_mean(y, v) == pytest.approx(0.3132, abs=5e-5)
    low, high = shrinkage.q_profile(y, v)
    assert (low, high) == pytest.approx((0.1197, 1.1115), abs=5e-4)  # metafor confint.rma.uni: 0.1197, 1.1115


@needs_shared
def test_bcg_trials_as_filed() -> None:
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["meta_bcg_log_rr"]
    y, v = bcg()
    tau2 = shrinkage.paule_mandel(y, v, mean_known=False)
    w = 1 / (v + tau2)
    assert tau2 == pytest.approx(filed["PM"]["tau2"], abs=5e-5)
    assert float((w * y).sum() / w.sum()) == pytest.approx(filed["PM"]["est"], abs=5e-4)
    assert float(w.sum() ** -0.5) == pytest.approx(filed["PM"]["se"], abs=5e-4)
    assert shrinkage._q(0.0, y, v, mean_known=False) == pytest.approx(filed["Q"], abs=0.01)


def test_equal_variances_have_a_plain_answer() -> None:
    # about nought: sum y^2/(v + t) = J -> t = mean y^2 - v = (1+4+9+16)/4 - 2 = 5.5; about the mean (n-1): var - v
    y, v = np.array([1.0, -2.0, 3.0, -4.0]), np.full(4, 2.0)
    assert shrinkage.paule_mandel(y, v) == pytest.approx(5.5)
    assert shrinkage.reml(y, v) == pytest.approx(5.5, abs=1e-4)
    assert shrinkage.paule_mandel(y, v, mean_known=False) == pytest.approx(float(np.var(y, ddof=1)) - 2)


def test_no_spread_is_nought_and_one_school_is_none() -> None:
    assert shrinkage.paule_mandel(np.array([0.1, -0.1]), np.array([4.0, 4.0])) == 0.0
    with pytest.raises(NotEnoughData, match="two schools"):
        shrinkage.paule_mandel(np.array([1.0]), np.array([1.0]))


def test_paule_mandel_and_likelihood_lie_close() -> None:
    rng = np.random.default_rng(5)
    v = rng.uniform(10, 80, 1000)
    y = rng.normal(0, np.sqrt(49 + v))
    assert np.sqrt(shrinkage.reml(y, v)) == pytest.approx(
        np.sqrt(shrinkage.paule_mandel(y, v)), rel=0.03
    )  # METHODS 2.4


def test_noise_of_an_exact_line() -> None:
    # (d_t - d_s)^2 = 1.2 (u+u) + 2*16: slope 1.2, omega^2 16 whatever the weights
    unit = np.linspace(20, 200, 40)
    found = shrinkage.noise(1.2 * unit + 32, unit, 5.0, proportion=True)
    assert (found.slope, found.omega2, found.pairs) == (pytest.approx(1.2), pytest.approx(16), 40)
    # slope 2 is held at 1.5: then omega^2 is half the weighted mean of what is left
    steep = shrinkage.noise(2 * unit, unit, 5.0, proportion=True)
    weight = 1 / (unit + 50) ** 2
    assert steep.slope == 1.5 and steep.omega2 == pytest.approx(0.25 * float(np.average(unit, weights=weight)))
    flat = shrinkage.noise(0.2 * unit, unit, 5.0, proportion=True)
    assert (flat.slope, flat.omega2) == (1.0, 0.0)


def test_noise_of_means_is_sigma_squared() -> None:
    # 361 (1/n + 1/n) + 2*1.44: sigma 19, omega 1.2
    unit = 2 / np.linspace(60, 240, 40)
    found = shrinkage.noise(361 * unit + 2.88, unit, 1.2, proportion=False)
    assert (found.slope, found.omega2) == (pytest.approx(361), pytest.approx(1.44))


def test_noise_needs_thirty_pairs() -> None:
    with pytest.raises(NotEnoughData, match="adjacent years"):
        shrinkage.noise(np.ones(29), np.ones(29), 5.0, proportion=True)


def test_posterior_by_hand() -> None:
    # tau 6, v 36: lambda .5; y 8 -> m 4, V 18.  v 12: lambda .75; y -4 -> m -3, V 9
    mean, variance = shrinkage.posterior(np.array([8.0, -4.0]), np.array([36.0, 12.0]), shrinkage.Spread(6.0))
    assert mean.tolist() == pytest.approx([4, -3]) and variance.tolist() == pytest.approx([18, 9])


def test_posterior_over_two_taus() -> None:
    # y 10, v 12: tau 2 -> pull .25: m 2.5, V 3; tau 6 -> .75: 7.5, 9; even weights: mean 5, V = 6 + 2.5^2
    mean, variance = shrinkage.posterior(
        np.array([10.0]), np.array([12.0]), shrinkage.Spread(4.5, (2.0, 6.0), (0.5, 0.5))
    )
    assert mean[0] == pytest.approx(5) and variance[0] == pytest.approx(12.25)


def test_spread_has_a_floor_and_a_grid_for_few_schools() -> None:
    many = shrinkage.spread(np.zeros(300), np.ones(300), 1.0)
    assert (many.tau, many.grid) == (1.0, ())
    few = shrinkage.spread(np.zeros(299), np.ones(299), 1.0)
    assert len(few.grid) == 41 and few.grid[0] == 1.0 and sum(few.weights) == pytest.approx(1.0)


def test_james_and_stein_1961_by_the_same_formulas() -> None:
    # equal variances v and J - 3 in place of J: their factor 1 - (J-3) v / sum (y-mean)^2; ours with tau^2 = S/(J-1) - v
    y, v = np.array([0.400, 0.378, 0.356, 0.333, 0.311, 0.222, 0.200, 0.178, 0.156]), 0.0043
    centred = y - y.mean()
    tau2 = shrinkage.paule_mandel(y, np.full(9, v), mean_known=False)
    assert tau2 / (tau2 + v) == pytest.approx(1 - 8 * v / float((centred**2).sum()))


def test_below_and_severity() -> None:
    # m = -.25 - s: g = 1; P = .841345; E = s (1*.841345 + .241971) = .5 * 1.083315
    m, s = np.array([-0.75]), np.array([0.5])
    assert shrinkage.below(m, s, -0.25)[0] == pytest.approx(0.841345, abs=1e-6)
    assert shrinkage.severity(m, s, 0.25)[0] == pytest.approx(0.541658, abs=1e-6)
    assert shrinkage.severity(np.array([-5.0]), s, 0.25)[0] == 1.0

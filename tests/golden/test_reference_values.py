"""Published and textbook numbers that the scores touch, to the printed digits: by our own code wherever it exists."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.metrics import average_precision_score, brier_score_loss
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.power import TTestIndPower

from analytics import standardise
from analytics.scores import funnels, inspection, shrinkage
from tests import oracles
from tests.shared import SHARED, needs_shared
from tests.unit.test_assignment import cheapest
from tests.unit.test_shrinkage import bcg

# Latitude of each BCG trial, in the order of `bcg` (metafor dat.bcg, column ablat).
LATITUDE = np.array([44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33], dtype=float)
# Eighteen batters of 1970: hits in their first 45 at bats, and their average in the rest of the season (Efron and
# Morris 1975, table 1). Clemente is the first.
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7], dtype=float)
LATER = np.array([346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 285, 316, 200]) / 1000


def filed(name: str) -> dict[str, Any]:
    assert SHARED is not None
    found = json.loads((SHARED / "golden/methods/reference_values.json").read_text())[name]
    assert isinstance(found, dict)
    return found


def digits(value: float, like: float) -> float:
    """`value` rounded to as many decimals as `like` is printed with."""
    text = repr(like)
    return round(float(value), len(text.partition(".")[2])) if "e" not in text else float(value)


def meta(tau2: float) -> tuple[float, float]:
    """Estimate and standard error of the mean of the BCG trials at this tau^2."""
    y, v = bcg()
    weight = 1 / (v + tau2)
    return float(np.average(y, weights=weight)), float(weight.sum() ** -0.5)


def regression_reml(x: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """REML of y = x b + between + noise: tau^2, b and its standard errors. For the one reference with a covariate."""

    def fit(tau2: float) -> tuple[np.ndarray, np.ndarray]:
        weight = 1 / (v + tau2)
        inverse = np.linalg.inv(x.T @ (x * weight[:, None]))
        return inverse @ (x.T @ (weight * y)), inverse

    def height(tau2: float) -> float:
        b, inverse = fit(tau2)
        rest = (y - x @ b) ** 2 / (v + tau2)
        return 0.5 * float(np.log(v + tau2).sum() - np.linalg.slogdet(inverse)[1] + rest.sum())

    tau2 = float(optimize.minimize_scalar(height, bounds=(0, 5), method="bounded", options={"xatol": 1e-12}).x)
    b, inverse = fit(tau2)
    return tau2, b, np.sqrt(np.diag(inverse))


@needs_shared
def test_funnel_limits() -> None:
    told = filed("funnel_poisson_exact_limits_target1")
    expected = np.array(told["expected"], dtype=float)
    for z, name in ((standardise.Z95, "95"), (funnels.Z998, "99_8")):
        low, high = funnels.poisson_limits(expected, z)
        for found, side in ((low, "ll"), (high, "ul")):
            assert [digits(one, like) for one, like in zip(found, told[side + name], strict=True)] == told[side + name]


@needs_shared
def test_bcg_three_ways() -> None:
    told = filed("meta_bcg_log_rr")
    y, v = bcg()
    library = combine_effects(y, v, method_re="dl")
    ours = {
        "PM": shrinkage.paule_mandel(y, v, mean_known=False),
        "REML": oracles.reml_with_mean(y, v),
        "DL": library.tau2,
    }
    for name, tau2 in ours.items():
        found = dict(zip(("est", "se"), meta(tau2), strict=True), tau2=tau2)
        assert {key: digits(found[key], like) for key, like in told[name].items()} == told[name], name
    q = shrinkage._q(0.0, y, v, mean_known=False)
    assert (digits(q, told["Q"]), digits((q - 12) / q, told["I2_DL"])) == (told["Q"], told["I2_DL"])


@needs_shared
def test_bcg_with_latitude() -> None:
    told = filed("meta_bcg_log_rr")["REML_ablat"]
    tau2, b, se = regression_reml(np.column_stack([np.ones(13), LATITUDE]), *bcg())
    assert digits(tau2, told["tau2"]) == told["tau2"]
    assert (digits(b[0], told["intercept"]), digits(b[1], told["ablat"])) == (told["intercept"], told["ablat"])
    assert [digits(one, like) for one, like in zip(se, told["se"], strict=True)] == told["se"]


@needs_shared
def test_james_and_stein_at_bat() -> None:
    """Our estimating equation with J - 3 in place of J gives their factor, our posterior their estimates."""
    told = filed("james_stein_efron_morris_1975")
    raw = np.round(HITS / 45, 3)  # as printed in their table
    mean = raw.mean()
    v = np.full(len(raw), mean * (1 - mean) / 45)
    tau2 = shrinkage._solve_q(raw, v, len(raw) - 3, mean_known=False)
    pulled, _ = shrinkage.posterior(raw - mean, v, shrinkage.Spread(float(np.sqrt(tau2))))
    error, bare = (float(((guess - LATER) ** 2).sum()) for guess in (mean + pulled, raw))
    found = {
        "grand_mean": mean, "shrink_factor": tau2 / (tau2 + v[0]), "clemente": mean + pulled[0], "sse_raw": bare,
        "sse_js": error, "ratio": bare / error,
    }  # fmt: skip
    assert {key: digits(found[key], like) for key, like in told.items()} == told


@needs_shared
def test_assignment_totals() -> None:
    told = filed("assignment")
    assert cheapest(told["scipy_doc_cost"]) == told["scipy_doc_total"]
    assert cheapest(told["ortools_doc_cost"]) == told["ortools_doc_total"]
    # networkx's flow: 5 units from a to d over a-b (3, room 4), a-c (6, 10), b-d (1, 9), c-d (2, 5)
    keeps = np.array([[1.0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1]])
    flow = optimize.milp(
        [3, 6, 1, 2], integrality=np.ones(4), bounds=optimize.Bounds(0, [4, 10, 9, 5]),
        constraints=optimize.LinearConstraint(keeps, [5, 0, 0], [5, 0, 0]),
    )  # fmt: skip
    assert flow.fun == pytest.approx(told["networkx_doc_flow_cost"])
    # GAMS trnsport: plants with 350 and 600, markets asking for 325, 300, 275; $90 per thousand miles
    miles = np.array([[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]])
    shipped = optimize.linprog(
        (90 * miles / 1000).ravel(), method="highs",
        A_ub=np.vstack([np.kron(np.eye(2), np.ones(3)), -np.kron(np.ones(2), np.eye(3))]), b_ub=[350, 600, -325, -300, -275],
    )  # fmt: skip
    assert digits(shipped.fun, told["gams_trnsport"]) == told["gams_trnsport"]


@needs_shared
def test_brier_and_average_precision() -> None:
    told = filed("scores")
    # the examples of scikit-learn's documentation
    assert brier_score_loss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]) == pytest.approx(told["brier_sklearn_doc"])
    found = average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    assert digits(found, told["average_precision_sklearn_doc"]) == told["average_precision_sklearn_doc"]


@needs_shared
def test_power() -> None:
    told = filed("power")
    multiplier = stats.norm.ppf(0.975) + stats.norm.ppf(0.80)
    assert digits(multiplier, told["mde_multiplier_large_df"]) == told["mde_multiplier_large_df"]
    pupils = TTestIndPower().solve_power(effect_size=0.5, alpha=0.05, power=0.8)
    assert digits(pupils, told["n_per_group_d0.5"]) == told["n_per_group_d0.5"]


@pytest.mark.parametrize(
    ("pupils", "low", "high"),
    [(10, 31.3, 83.2), (15, 35.7, 80.2), (30, 45.5, 78.1), (60, 49.0, 72.9), (180, 55.0, 69.0)],
)
def test_intervals_of_62_percent(pupils: int, low: float, high: float) -> None:
    """DOMAIN C1, of the whole pupils nearest to 62%."""
    share = np.array([100 * round(0.62 * pupils) / pupils])
    found = standardise.wilson(share, np.array([float(pupils)]))
    assert (digits(found[0][0], low), digits(found[1][0], high)) == (low, high)


def test_positions_of_inspection_blocks() -> None:
    """METHODS 6.1."""
    z, _ = inspection.block_means(np.array([0.03, 0.09, 0.68, 0.20]))
    assert np.round(z, 3).tolist() == [-2.268, -1.467, -0.118, 1.400]

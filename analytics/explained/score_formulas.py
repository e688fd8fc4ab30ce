"""Formulas of expectation, noise, shrinkage and composites (METHODS 2-4), each beside the code that computes it.

The functions here only hand numbers to that code: nothing is worked out twice.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.explained.formula import Formula, Reference
from analytics.explained.notation import Value
from analytics.facts import intake
from analytics.scores import composites, context, outcomes, shrinkage
from analytics.scores.context import PatternFit
from analytics.scores.outcomes import NationalParams
from analytics.standardise import Array, Mode

EXPECTATION, NOISE, TOGETHER = (
    "What an intake leads one to expect", "Noise, and how far results are pulled in", "Several measures as one",
)  # fmt: skip
YEARS = (202223, 202324, 202425)
NAMES = ("one", "two", "three", "four", "five")


def expectation(y: Array, w: Array, x: Array) -> Value:
    """e of each school from a fit to schools of other groups: x is free school meals, the other figures stand still."""
    rows = pd.DataFrame({"fsm6": x, "sqrt_fsm6": 4.0, "log_cohort": 3.0, "single_sex": 0.0, "selective": 0.0,
                         "pattern": "", "in_norm": True, "fold": 1})  # fmt: skip
    fit = context.fit_year(rows, y, w)
    return context.expected(rows.assign(fold=0), fit)


def constant_expectation(
    mode: Mode, e: float, u: float, k: float, slope: float, omega: float, tau: float
) -> NationalParams:
    """Parameters under which every school's expectation is e with variance u."""
    fold = np.ones(intake.FOLDS)
    fit = {"": PatternFit((), np.zeros(0), np.ones(0), e * fold[:, None], u * fold[:, None, None], 1)}
    return NationalParams(
        phase="primary", measure="", polarity=1, mode=mode, window=YEARS, long_window=YEARS, fits=dict.fromkeys(YEARS, fit),
        phi=slope, omega2=omega**2, spread=shrinkage.Spread(tau), national=e, fifth=float("nan"), r2=float("nan"), schools=1,
        release="final", lean=k,
    )  # fmt: skip


def _results(value: Array, pupils: Array) -> pd.DataFrame:
    return pd.DataFrame(
        {"urn": 1, "time_period": YEARS[: len(value)], "value": value, "pupils": pupils, "pattern": "", "fold": 0,
         "in_norm": True, "as_predecessor": False, "release": "final"}
    )  # fmt: skip


def noise_of_percentage(e: float, n: float, phi: float, omega: float, k: float, u: float) -> Value:
    """v of one year's percentage."""
    found = outcomes.residuals(
        _results(np.array([e]), np.array([n])), constant_expectation("binomial", e, u, k, phi, omega, 1.0)
    )
    return found["v"].to_numpy()[0]


def noise_of_mean(sigma: float, n: float, omega: float, k: float, u: float) -> Value:
    """v of one year's mean."""
    params = constant_expectation("mean", 0.0, u, k, sigma**2, omega, 1.0)
    return outcomes.residuals(_results(np.zeros(1), np.array([n])), params)["v"].to_numpy()[0]


def noise_of_arcsine(n: float, phi: float, omega: float, k: float, u: float) -> Value:
    """v of one year's very small or very large percentage, on the arcsine scale."""
    params = constant_expectation("arcsine", 0.3, u, k, phi, omega, 1.0)
    return outcomes.residuals(_results(np.array([8.0]), np.array([n])), params)["v"].to_numpy()[0]


def arcsine(p: float) -> Value:
    return standardise.to_scale(np.array([p]), "arcsine")[0]


def pooled(d: Array, v: Array) -> pd.Series:
    """One school's three years of differences d with variances v, pooled by the program; tau is one."""
    pupils = 1e4 / v  # of a mean with this sigma^2, so that each year's variance is v
    return outcomes.score_schools(_results(d, pupils), constant_expectation("mean", 0.0, 0.0, 1.0, 1e4, 0.0, 1.0)).iloc[
        0
    ]


def phi_of_pairs(D: Array, u: Array, omega_0: float) -> Value:
    return shrinkage.noise(D, u, omega_0, proportion=True).slope


def omega_of_pairs(D: Array, u: Array, omega_0: float) -> Value:
    return np.sqrt(shrinkage.noise(D, u, omega_0, proportion=True).omega2)


def tau_of_schools(y: Array, s: Array) -> Value:
    return np.sqrt(shrinkage.paule_mandel(y, s**2))


def likelihood(y: Array, s: Array, tau: float) -> Value:
    return shrinkage.log_likelihood(tau**2, y, s**2)


def pulled_in(y: float, s: float, tau: float) -> tuple[float, float]:
    """Posterior mean and standard deviation of one school's lasting difference."""
    mean, variance = shrinkage.posterior(np.array([y]), np.array([s**2]), shrinkage.Spread(tau))
    return float(mean[0]), float(np.sqrt(variance[0]))


def together(w: Array, d: Array, s: Array, W_ab: Array, B_ab: Array) -> composites.Composite:
    """One school's measures combined by the program."""
    names = NAMES[: len(w)]
    stack = composites.Stack(np.array([1]), d[None, :], s[None, :], composites.Correlations(names, W_ab, B_ab))
    return composites.composite(stack, w)


def _wilson(p: float, n: float) -> tuple[float, float]:
    low, high = standardise.wilson(np.array([p]), np.array([float(n)]))
    return float(low[0]), float(high[0])


_PAIR_WHERE = {
    "D": "squared difference between a school's results (from expectation) in two adjacent years",
    "u": "sum of the two years' sampling variances at phi = 1", "omega_0": "a first guess of the swing, from the catalogue",
    "w": "weight of a pair",
}  # fmt: skip
_PAIR_LINES = ("w = 1 / (u + 2 * omega_0^2)^2", "U = sum(w * u) / sum(w)",
               "slope = sum(w * (u - U) * D) / sum(w * (u - U)^2)")  # fmt: skip
_NOISE_WHERE = {
    "n": "pupils in the year", "omega": "swing of one school from year to year", "u": "variance of the expectation itself, for it is fitted",
    "k": "how far that error is the same in all years pooled: from 1 (not at all) to their number",
}  # fmt: skip
_APART = np.tile([90.0, 190, 140, 240], 10)  # the program fits thirty pairs or more
_PAIRS = {"D": 1.2 * _APART + 32, "u": _APART, "omega_0": 5.0}


def expectation_and_noise() -> tuple[Formula, ...]:
    return (
        Formula(
            "expectation", EXPECTATION, "The expectation leaves nothing that intake could still explain", ("sum(w * x * (y - e)) = 0",), "e",
            {"y": "result of a school of the other groups", "e": "what its intake leads one to expect",
             "x": "each figure of the intake in turn, and 1", "w": "one over the variance of a result about its expectation"},
            expectation, (context.fit_year, context.expected), "weighted least squares; METHODS 3",
            Reference("48 schools on a straight line, 80 less half of free school meals: with 30% one expects {}", ("65.0",),
                      {"y": np.tile([65.0, 75, 70, 60], 12), "w": np.ones(48), "x": np.tile([30.0, 10, 20, 40], 12)}),
        ),
        Formula(
            "noise_percentage", NOISE, "Noise of one year's percentage", ("v = phi * e * (100 - e) / n + omega^2 + k * u",), "v",
            {"e": "expected percentage", "phi": "how much more than chance alone results vary", **_NOISE_WHERE},
            noise_of_percentage, (outcomes.residuals, standardise.sampling_variance), "METHODS 2.2 and 2.4",
            Reference("70% of 30 pupils, phi 1, no swing: {}", ("70.0",), {"e": 70.0, "n": 30.0, "phi": 1.0, "omega": 0.0, "k": 1.0, "u": 0.0}),
        ),
        Formula(
            "noise_mean", NOISE, "Noise of one year's mean", ("v = sigma^2 / n + omega^2 + k * u",), "v",
            {"sigma": "spread of pupils, fitted", **_NOISE_WHERE}, noise_of_mean, (outcomes.residuals,), "METHODS 2.2",
            Reference("sigma 19, 95 pupils, no swing: {}", ("3.8",), {"sigma": 19.0, "n": 95.0, "omega": 0.0, "k": 1.0, "u": 0.0}),
        ),
        Formula(
            "arcsine", NOISE, "Scale of very small and very large percentages", ("y = arcsin(sqrt(p / 100))",), "y",
            {"p": "percentage"}, arcsine, (standardise.to_scale,), "METHODS 2.2; variance-stabilising transformation",
            Reference("25% is {} (a sixth of pi)", ("0.5236",), {"p": 25.0}),
        ),
        Formula(
            "noise_arcsine", NOISE, "Noise on that scale", ("v = phi / (4 * n) + omega^2 + k * u",), "v",
            {"phi": "how much more than chance alone results vary", **_NOISE_WHERE}, noise_of_arcsine, (outcomes.residuals,), "METHODS 2.2",
            Reference("25 pupils, phi 1, no swing: {}", ("0.01",), {"n": 25.0, "phi": 1.0, "omega": 0.0, "k": 1.0, "u": 0.0}),
        ),
    )  # fmt: skip


def fitted_noise() -> tuple[Formula, ...]:
    low, high = shrinkage.PHI_RANGE
    return (
        Formula(
            "phi", NOISE, "Chance and swing told apart by pairs of adjacent years",
            (*_PAIR_LINES, "phi = least(greatest(slope, phi_low), phi_high)"), "phi",
            {**_PAIR_WHERE, "phi": "how much more than chance alone results vary; for means the slope is sigma^2"},
            phi_of_pairs, (shrinkage.noise,), "METHODS 2.3",
            Reference("pairs on the line D = 1.2 u + 32: phi {}", ("1.2",),
                      _PAIRS), {"phi_low": low, "phi_high": high},
        ),
        Formula(
            "omega", NOISE, "The swing of one school from year to year",
            (*_PAIR_LINES, "phi = least(greatest(slope, phi_low), phi_high)", "rest = sum(w * (D - phi * u)) / sum(w)",
             "omega^2 = greatest(rest / 2, 0)"), "omega",
            {**_PAIR_WHERE, "omega": "swing"}, omega_of_pairs, (shrinkage.noise,), "METHODS 2.3",
            Reference("the same pairs: half of 32 is a swing of {}", ("4.0",), _PAIRS),
            {"phi_low": low, "phi_high": high},
        ),
        Formula(
            "pooling", NOISE, "A school's years as one", ("h = 1 / v", "y = sum(h * d) / sum(h)"), "y",
            {"d": "difference from expectation in each year", "v": "its noise", "y": "pooled difference"},
            lambda d, v: pooled(d, v)["y"], (outcomes.score_schools,), "inverse-variance weights; METHODS 2.4",
            Reference("differences 6, 3, -3 with noise 20, 40, 40: {}", ("3.0",), {"d": np.array([6.0, 3, -3]), "v": np.array([20.0, 40, 40])}),
        ),
        Formula(
            "pooled_variance", NOISE, "Variance of the pooled difference", ("s^2 = 1 / sum(1 / v)",), "s",
            {"v": "noise of each year", "s": "standard error of the pooled difference"},
            lambda v: np.sqrt(pooled(np.zeros(len(v)), v)["v"]), (outcomes.score_schools,), "METHODS 2.4",
            Reference("noise 20, 40, 40: s {}", ("3.162",), {"v": np.array([20.0, 40, 40])}),
        ),
    )  # fmt: skip


def spread_and_posterior() -> tuple[Formula, ...]:
    james = {"y": 0.400 - 0.26544, "s": 0.06582, "tau": 0.034183}
    return (
        Formula(
            "tau", NOISE, "Spread between schools: the value at which residuals are as large as they should be",
            ("sum(y^2 / (s^2 + tau^2)) = J",), "tau",
            {"y": "pooled difference of each school", "s": "its standard error", "tau": "spread between schools", "J": "number of schools"},
            tau_of_schools, (shrinkage.paule_mandel,), "Paule and Mandel 1982; METHODS 2.4",
            Reference("differences 1, -2, 3, -4 with s^2 = 2: tau^2 is 5.5, tau {}", ("2.345",),
                      {"y": np.array([1.0, -2, 3, -4]), "s": np.full(4, 2**0.5)}),
        ),
        Formula(
            "likelihood", NOISE, "Where schools are few: how likely each spread is", ("L = -sum(ln(s^2 + tau^2) + y^2 / (s^2 + tau^2)) / 2",), "L",
            {"L": "logarithm of the likelihood: spreads are averaged with weights in proportion to it", "y": "pooled difference",
             "s": "its standard error", "tau": "spread between schools"},
            likelihood, (shrinkage.log_likelihood, shrinkage.spread), "METHODS 2.4",
            Reference("one school at 2 with s 0 and tau 2: {}", ("-1.1931",), {"y": np.array([2.0]), "s": np.zeros(1), "tau": 2.0}),
        ),
        Formula(
            "posterior_mean", NOISE, "How far a result is pulled in", ("lambda = tau^2 / (tau^2 + s^2)", "m = lambda * y"), "m",
            {"lambda": "share that is kept", "m": "lasting difference, as estimated", "y": "pooled difference", "s": "its standard error", "tau": "spread between schools"},
            lambda y, s, tau: pulled_in(y, s, tau)[0], (shrinkage.posterior,), "METHODS 2.5; Efron and Morris 1975",
            Reference("Clemente's first 45 at bats, .400 where the mean is .265: .265 plus {} makes the published .294", ("0.029",), james),
        ),
        Formula(
            "posterior_variance", NOISE, "Variance of the lasting difference", ("lambda = tau^2 / (tau^2 + s^2)", "V = lambda * s^2"), "V",
            {"V": "variance of the lasting difference", "lambda": "share that is kept", "s": "standard error of the pooled difference", "tau": "spread between schools"},
            lambda s, tau: pulled_in(0.0, s, tau)[1] ** 2, (shrinkage.posterior,), "METHODS 2.5",
            Reference("tau 6 and s 6: {}", ("18.0",), {"s": 6.0, "tau": 6.0}),
        ),
        *_wilson_both(),
        *_exact_both(),
    )  # fmt: skip


def _wilson_both() -> tuple[Formula, ...]:
    where = {"p": "raw share of pupils, 0 to 1", "n": "pupils"}
    half = "z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))"
    return tuple(
        Formula(
            f"wilson_{side}", NOISE, f"Raw figure with Wilson's interval: {side}er end",
            (f"{side} = (p + z^2 / (2 * n) {sign} {half}) / (1 + z^2 / n)",), side, where,
            lambda p, n, at=at: _wilson(100 * p, n)[at] / 100, (standardise.wilson,), "Wilson 1927; DOMAIN C1",
            Reference("19 of 30 pupils: {}", (seen,), {"p": 19 / 30, "n": 30.0}), {"z": standardise.Z95},
        )
        for at, side, sign, seen in ((0, "low", "-", "0.455"), (1, "high", "+", "0.781"))
    )  # fmt: skip


def _exact_both() -> tuple[Formula, ...]:
    few = standardise.EXACT_BELOW
    return tuple(
        Formula(
            f"exact_{side}", NOISE, f"Under {few} pupils, the exact interval: {side}er end", (line,), side,
            {"k": "pupils who reached it", "n": f"pupils, fewer than {few}"},
            lambda k, n, at=at: standardise.interval(np.array([100 * k / n]), np.array([float(n)]))[at][0] / 100, (standardise.interval,),
            "Clopper and Pearson 1934, quantiles of the beta distribution; DOMAIN C1",
            Reference("3 of 9 pupils: {}", (seen,), {"k": 3, "n": 9}), {tail: share},
        )
        for at, side, line, tail, share, seen in (
            (0, "low", "low = beta(tail, k, n - k + 1)", "tail", standardise.TAIL, "0.075"),
            (1, "high", "high = beta(1 - tail, k + 1, n - k)", "tail", standardise.TAIL, "0.701"),
        )
    )  # fmt: skip


def combined() -> tuple[Formula, ...]:
    lines = ("c = sum(w * d)", "S = sum_ab(w_a * w_b * s_a * s_b * W_ab)", "B = sum_ab(w_a * w_b * B_ab)")
    where = {
        "d": "difference of each measure in its own between-school SDs", "w": "its weight; weights sum to one",
        "s": "its standard error", "W_ab": "how far the noise of measures a and b goes together", "B_ab": "how far lasting differences do",
        "S": "noise of the combination", "B": "spread of the combination",
    }  # fmt: skip
    two = {
        "w": np.array([0.5, 0.5]),
        "d": np.array([1.0, 3]),
        "s": np.array([1.0, 1]),
        "W_ab": np.eye(2),
        "B_ab": np.eye(2),
    }
    return (
        Formula(
            "composite", TOGETHER, "Standardise first, combine, pull in once", (*lines, "m = B / (B + S) * c / sqrt(B)"), "m",
            {**where, "c": "combination", "m": "lasting difference in SDs of the combination"},
            lambda w, d, s, W_ab, B_ab: together(w, d, s, W_ab, B_ab).m[0], (composites.composite, composites.settled), "METHODS 4.2",
            Reference("1 and 3 with equal weights and noise, nothing in common: {}", ("1.4142",), two),
        ),
        Formula(
            "composite_sd", TOGETHER, "How sure the combination is", (*lines[1:], "s_c = sqrt(S / (B + S))"), "s_c",
            {key: meaning for key, meaning in where.items() if key != "d"} | {"s_c": "its standard deviation, in the same SDs"},
            lambda w, s, W_ab, B_ab: together(w, np.zeros(len(w)), s, W_ab, B_ab).s[0], (composites.composite, composites.settled), "METHODS 4.2",
            Reference("equal noise and spread, nothing in common: {}", ("0.7071",), {key: value for key, value in two.items() if key != "d"}),
        ),
    )  # fmt: skip

"""Slow, obvious twins of what analytics does cleverly: other libraries, plain loops, brute force. For tests only."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import integrate, stats
from statsmodels.stats.meta_analysis import combine_effects


def cross_fitted(rows: pd.DataFrame, columns: Sequence[str], target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """statsmodels WLS without the fold of each row, on rows that belong in the norm and have every column."""
    out = np.full(len(rows), np.nan)
    usable = rows["in_norm"].to_numpy() & rows[list(columns)].notna().all(axis=1).to_numpy() & ~np.isnan(target)
    design = sm.add_constant(rows[list(columns)].to_numpy(float), has_constant="add")
    for fold in sorted(rows["fold"].unique()):
        away = usable & (rows["fold"] != fold).to_numpy()
        fitted = sm.WLS(target[away], design[away], weights=weight[away]).fit()
        here = (rows["fold"] == fold).to_numpy()
        out[here] = design[here] @ fitted.params
    return out


def noise(difference2: np.ndarray, unit: np.ndarray, omega0: float) -> tuple[float, float]:
    """phi and omega squared of a proportion by statsmodels WLS."""
    weight = 1 / (unit + 2 * omega0**2) ** 2
    slope = float(sm.WLS(difference2, sm.add_constant(unit), weights=weight).fit().params[1])
    slope = min(max(slope, 1.0), 1.5)
    rest = sum(w * (d - slope * u) for w, d, u in zip(weight, difference2, unit, strict=True)) / sum(weight) / 2
    return slope, max(rest, 0.0)


def reml_with_mean(estimate: Sequence[float], variance: Sequence[float]) -> float:
    """tau^2 by REML with an estimated mean: the restricted likelihood written out and searched on a fine grid."""
    y, v = np.asarray(estimate), np.asarray(variance)

    def height(tau2: float) -> float:
        w = 1 / (v + tau2)
        mean = (w * y).sum() / w.sum()
        return float(-0.5 * (np.log(v + tau2).sum() + np.log(w.sum()) + (w * (y - mean) ** 2).sum()))

    low, high = 0.0, 4 * float(np.var(y)) + 1e-9
    for _ in range(60):  # golden section
        a, b = high - 0.618034 * (high - low), low + 0.618034 * (high - low)
        low, high = (low, b) if height(a) > height(b) else (a, high)
    return (low + high) / 2


def paule_mandel_with_mean(estimate: np.ndarray, variance: np.ndarray) -> float:
    return float(combine_effects(estimate, variance, method_re="iterated", maxiter=500).tau2)


def posterior_on_grid(y: float, v: float, taus: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    mean = second = 0.0
    for tau, weight in zip(taus, weights, strict=True):
        pull = tau * tau / (tau * tau + v)
        mean += weight * pull * y
        second += weight * (pull * v + (pull * y) ** 2)
    return mean, second - mean * mean


def composite(
    y: Sequence[float], sd: Sequence[float], weight: Sequence[float], within: np.ndarray, between: np.ndarray
) -> tuple[float, float]:
    """m and s of one school, by loops over the measures it has (METHODS 4.2)."""
    have = [i for i, value in enumerate(y) if not math.isnan(value)]
    total = sum(weight[i] for i in have)
    if total <= 0:
        return math.nan, math.nan
    c = s2 = b = 0.0
    for i in have:
        c += weight[i] / total * y[i]
        for j in have:
            s2 += weight[i] / total * weight[j] / total * within[i, j] * sd[i] * sd[j]
            b += weight[i] / total * weight[j] / total * between[i, j]
    return b / (b + s2) * c / math.sqrt(b), math.sqrt(b * s2 / (b + s2) / b)


def joint_posterior(
    y: np.ndarray, sd: np.ndarray, within: np.ndarray, between: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Normal-normal updating by precisions, for one school with all its measures."""
    noise_precision = np.linalg.inv(within * np.outer(sd, sd))
    covariance = np.linalg.inv(np.linalg.inv(between) + noise_precision)
    return covariance @ noise_precision @ y, covariance


def neighbours(table: Sequence[Sequence[float]], count: int, least: int) -> list[list[tuple[float, int]]]:
    """For each row its nearest others as (distance, row), over the columns both have, rescaled; rounded as published."""
    width, out = len(table[0]), []
    for i, here in enumerate(table):
        found = []
        for j, there in enumerate(table):
            shared = [(a - b) ** 2 for a, b in zip(here, there, strict=True) if not (math.isnan(a) or math.isnan(b))]
            if i != j:
                away = math.sqrt(sum(shared) * width / len(shared)) if len(shared) >= min(least, width) else math.inf
                found.append((round(away, 9), j))
        out.append(sorted(found)[:count])
    return out


def severity(m: float, s: float, delta: float) -> float:
    """E[max(0, -delta - theta)] by numerical integration, at most 1."""
    value, _ = integrate.quad(
        lambda t: (-delta - t) * stats.norm.pdf(t, m, s), min(m, -delta) - 12 * s, -delta, limit=200
    )
    return min(1.0, max(0.0, value))


def tier(m: float, s: float, facts: Mapping[str, float | bool], *, domain: bool) -> str:
    """METHODS 5.1 and the cap of section 3 by plain ifs."""
    below, above = stats.norm.cdf(-0.25, m, s), 1 - stats.norm.cdf(0.25, m, s)
    within = stats.norm.cdf(1, m, s) - stats.norm.cdf(-1, m, s)
    lasting = facts["years"] >= 3 and facts["least"] > 0 and facts["smallest"] >= 11
    if facts["pupils"] < 30 or facts["coverage"] < 0.6:
        return "not_enough_data"
    if facts["unsure"]:
        return "mixed_evidence"
    if below >= 0.8:
        return "may_need_support"
    if above >= 0.9 and facts["may_be_strength"] and (domain or lasting):
        return "above_expectation" if domain else "strength_to_share"
    return "as_expected" if within >= 0.8 else "mixed_evidence"

"""Funnels: how far results may lie from expectation by chance and usual spread, by number of pupils (METHODS 5.3).

Pictures only: they name schools outside the limits and give no tier. Schools differ by more than chance, so the limits
are widened by the spread between schools (tau^2); without it half the country would lie outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.standardise import Array, Mode

Z998 = 3.090232306167813  # 99.8% limits (Spiegelhalter 2005)
WINSOR = 0.10  # of the z values at each end, before the overdispersion is worked out
EXACT_BELOW = 50.0  # pupils under which a percentage has exact binomial limits (DOMAIN C2)


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit at each number of pupils, as differences from what is expected; NaN where unknown."""

    pupils: Array
    low: Array
    high: Array


def poisson_limits(expected: Array, z: float) -> tuple[Array, Array]:
    """Exact limits of observed / expected counts about 1: chi-squared quantiles over twice the expected count.

    `z`: 1.96 for 95%, Z998 for 99.8%. Reference: FunnelPlotR's own tests.
    """
    tail = float(stats.norm.sf(z))
    return (
        stats.chi2.ppf(tail, 2 * expected) / 2 / expected,
        stats.chi2.isf(tail, 2 * (expected + 1)) / 2 / expected,
    )


def binomial_limits(share: float, pupils: Array, z: float) -> tuple[Array, Array]:
    """Exact limits, in %, of an observed percentage whose true value is `share` (0-100), between whole pupils
    interpolated on the distribution function (Spiegelhalter 2005, appendix). `pupils` are rounded to whole ones.
    """
    whole, p = np.maximum(np.round(pupils), 1.0), share / 100
    ends = []
    for tail in (float(stats.norm.sf(z)), float(stats.norm.cdf(z))):
        reached = stats.binom.ppf(tail, whole, p)
        above, below = stats.binom.cdf(reached, whole, p), stats.binom.cdf(reached - 1, whole, p)
        ends.append(100 * (reached - (above - tail) / (above - below)) / whole)
    return np.clip(ends[0], 0, 100), np.clip(ends[1], 0, 100)


def overdispersion(difference: Array, variance: Array) -> float:
    """tau^2 by which limits are widened: DerSimonian and Laird's on winsorised z values (Spiegelhalter 2005).

    `difference` from expectation with its `variance` by chance, one per school. Nought where schools vary no more than
    chance. NaN values are left aside.
    """
    there = np.isfinite(difference) & np.isfinite(variance) & (variance > 0)
    z, weight = difference[there] / np.sqrt(variance[there]), 1 / variance[there]
    if len(z) < 2:
        return 0.0
    z = np.clip(z, *np.quantile(z, [WINSOR, 1 - WINSOR]))
    excess = float(np.sum(z**2)) - (len(z) - 1)
    return max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))


@dataclass(frozen=True, slots=True)
class Usual:
    """A measure of the nation as fitted, on its modelling scale: `national` value, `slope` phi (sigma^2 for means)."""

    mode: Mode
    national: float
    slope: float
    omega: float
    years: int
    tau2: float  # by which the limits are widened


def limits(pupils: Array, usual: Usual, z: float = Z998) -> Limits:
    """Limits of the unshrunk difference of a school with so many pupils over the years pooled.

    Half-width z sqrt(s^2 + tau^2), s^2 = slope u / n + omega^2 / years; for a percentage under EXACT_BELOW pupils the
    exact binomial half-width stands for the binomial part, each side its own.
    """
    shared = usual.omega**2 / usual.years + usual.tau2
    if usual.mode == "mean":
        half = z * np.sqrt(usual.slope / pupils + shared)
        return Limits(pupils, -half, half)
    if usual.mode == "arcsine":
        half = z * np.sqrt(usual.slope / (4 * pupils) + shared)
        return Limits(pupils, -half, half)
    unit = usual.national * (100 - usual.national) / pupils
    shared = shared + (usual.slope - 1) * unit
    exact = binomial_limits(usual.national, pupils, z)
    few = pupils < EXACT_BELOW
    low, high = (
        np.where(few, side * (end - usual.national), z * np.sqrt(unit))
        for side, end in zip((-1, 1), exact, strict=True)
    )
    return Limits(pupils, -np.sqrt(low**2 + z**2 * shared), np.sqrt(high**2 + z**2 * shared))


def unshrunk(m: Array, s: Array) -> tuple[Array, Array]:
    """The pooled difference and its variance before shrinkage, from the posterior, all in between-school SDs.

    y = m / (1 - s^2), v = s^2 / (1 - s^2); NaN where nothing but the spread is known (s = 1).
    """
    pull = np.where(s < 1, 1 - s**2, np.nan)
    return m / pull, s**2 / pull


def outside(difference: Array, pupils: Array, usual: Usual) -> tuple[np.ndarray, np.ndarray]:
    """Which schools lie below, and which above, the 99.8% limits; those without a figure in neither."""
    edge = limits(pupils, usual)
    known = np.isfinite(difference)
    return known & (difference < edge.low), known & (difference > edge.high)

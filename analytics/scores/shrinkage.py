"""Noise, between-school spread and posteriors (METHODS 2.3-2.5, 9.3). Knows nothing of schools, measures or years' names.

Paule-Mandel and its Q-profile interval are written out because statsmodels' `combine_effects` estimates a mean, while
residuals from an expectation are centred on nought; a test holds ours against it where the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special, stats

from analytics.standardise import Array
from data.catalogue import NotEnoughData

PHI_RANGE = (1.0, 1.5)  # extra-binomial factor is kept within these (METHODS 2.3)
FEWEST_PAIRS = 30  # adjacent-year pairs below which noise cannot be told from lasting differences
FEW_SCHOOLS = 300  # strata below this average over the likelihood of tau (METHODS 2.4)
GRID_POINTS = 41
PROFILE_POINTS = 801  # values of tau between which the turned Q profile is drawn straight


@dataclass(frozen=True, slots=True)
class Noise:
    """`slope`: phi (proportions) or sigma squared (means); `omega2`: year-to-year variance of a school's level."""

    slope: float
    omega2: float
    pairs: int


def noise(difference2: Array, unit_variance: Array, omega0: float, *, proportion: bool) -> Noise:
    """Split squared adjacent-year differences into sampling noise and year shocks (METHODS 2.3).

    `difference2`: (d_t - d_s)^2 per pair; `unit_variance`: u_t + u_s at phi = 1 (or 1/n); `omega0`: starting
    year-to-year SD on the same scale. Raises NotEnoughData under FEWEST_PAIRS pairs.
    """
    if len(difference2) < FEWEST_PAIRS:
        raise NotEnoughData("there are too few schools with two adjacent years to tell noise from lasting differences")
    spread = unit_variance if proportion else unit_variance * np.median(difference2 / unit_variance) / 2
    weight = 1 / (spread + 2 * omega0**2) ** 2
    design = np.column_stack([unit_variance, np.ones_like(unit_variance)])
    normal = design.T @ (design * weight[:, None])
    slope = float((np.linalg.pinv(normal, hermitian=True) @ (design.T @ (weight * difference2)))[0])
    slope = float(np.clip(slope, *PHI_RANGE)) if proportion else max(slope, 0.0)
    rest = float(np.average(difference2 - slope * unit_variance, weights=weight)) / 2
    return Noise(slope=slope, omega2=max(rest, 0.0), pairs=len(difference2))


def paule_mandel(estimate: Array, variance: Array, *, mean_known: bool = True) -> float:
    """tau^2 by Paule and Mandel (1982): the value at which the generalised Q equals its degrees of freedom.

    `mean_known`: the estimates are residuals about nought (J degrees of freedom), else about their weighted mean
    (J - 1). Nought where Q is already small. Raises NotEnoughData with fewer than two estimates.
    """
    return _solve_q(estimate, variance, len(estimate) - (not mean_known), mean_known=mean_known)


def q_profile(
    estimate: Array, variance: Array, *, mean_known: bool = False, level: float = 0.95
) -> tuple[float, float]:
    """Interval of tau^2 by the Q profile (Viechtbauer 2007): where Q crosses the chi-squared quantiles."""
    degrees, tail = len(estimate) - (not mean_known), (1 - level) / 2
    low = _solve_q(estimate, variance, float(stats.chi2.ppf(1 - tail, degrees)), mean_known=mean_known)
    high = _solve_q(estimate, variance, float(stats.chi2.ppf(tail, degrees)), mean_known=mean_known)
    return low, high


def profile_draws(estimate: Array, variance: Array, draws: int, *, mean_known: bool = False) -> Array:
    """`draws` equally likely values of tau^2, largest first: the Q profile turned round (Weerahandi 1995).

    Q(tau^2) is chi-squared, so each of the middle quantiles of chi-squared gives the tau^2 at which Q equals it: the
    generalised (fiducial) distribution whose 2.5% and 97.5% points are `q_profile`'s. Draws nothing at random.
    """
    degrees = len(estimate) - (not mean_known)
    targets = stats.chi2.ppf((np.arange(draws) + 0.5) / draws, degrees)
    top = np.sqrt(_solve_q(estimate, variance, float(targets[0]), mean_known=mean_known))
    taus = top * np.linspace(0, 1, PROFILE_POINTS) ** 2
    weight = 1 / (variance[None, :] + taus[:, None] ** 2)
    centre = 0.0 if mean_known else (weight @ estimate / weight.sum(axis=1))[:, None]
    q = np.sum(weight * (estimate[None, :] - centre) ** 2, axis=1)
    return np.asarray(np.interp(targets, q[::-1], taus[::-1]) ** 2)


def _q(tau2: float, estimate: Array, variance: Array, *, mean_known: bool) -> float:
    weight = 1 / (variance + tau2)
    centre = 0.0 if mean_known else float(np.average(estimate, weights=weight))
    return float(np.sum(weight * (estimate - centre) ** 2))


def _solve_q(estimate: Array, variance: Array, target: float, *, mean_known: bool) -> float:
    if len(estimate) < 2:
        raise NotEnoughData("at least two schools are needed to speak of the difference between schools")
    if _q(0.0, estimate, variance, mean_known=mean_known) <= target:
        return 0.0
    top = float(np.var(estimate) + np.mean(estimate**2)) + float(np.max(variance)) + 1e-12
    while _q(top, estimate, variance, mean_known=mean_known) > target:
        top *= 4
    return float(
        optimize.brentq(lambda t: _q(t, estimate, variance, mean_known=mean_known) - target, 0.0, top, xtol=1e-12 * top)
    )


def log_likelihood(tau2: float, estimate: Array, variance: Array) -> float:
    """Restricted log-likelihood of tau^2 for estimates about nought, where it is the ordinary one."""
    total = variance + tau2
    return float(-0.5 * np.sum(np.log(total) + estimate**2 / total))


def reml(estimate: Array, variance: Array) -> float:
    """tau^2 by restricted maximum likelihood about nought: the check on Paule-Mandel (METHODS 2.4)."""
    top = 4 * float(np.mean(estimate**2)) + 1e-9
    found = optimize.minimize_scalar(lambda t: -log_likelihood(t, estimate, variance), bounds=(0, top), method="bounded",
                                     options={"xatol": 1e-10 * top})  # fmt: skip
    return float(found.x)


@dataclass(frozen=True, slots=True)
class Spread:
    """Between-school SD: one value, or a grid with weights where a stratum is small."""

    tau: float
    grid: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()


def spread(estimate: Array, variance: Array, floor: float) -> Spread:
    """tau with its floor; under FEW_SCHOOLS schools the likelihood of tau on a grid goes with it (METHODS 2.4)."""
    tau = max(float(np.sqrt(paule_mandel(estimate, variance))), floor)
    if len(estimate) >= FEW_SCHOOLS:
        return Spread(tau)
    grid = np.linspace(floor, max(3 * tau, 4 * floor), GRID_POINTS)
    height = np.array([log_likelihood(value**2, estimate, variance) for value in grid])
    weight = np.exp(height - height.max())
    weight = weight / weight.sum()
    return Spread(float(np.sqrt(np.sum(weight * grid**2))), tuple(grid.tolist()), tuple(weight.tolist()))


def posterior(estimate: Array, variance: Array, between: Spread) -> tuple[Array, Array]:
    """Posterior mean and variance of the lasting difference (METHODS 2.5), averaged over tau's grid where there is one."""
    taus = np.array(between.grid or (between.tau,))[:, None]
    weight = np.array(between.weights or (1.0,))[:, None]
    pull = taus**2 / (taus**2 + variance[None, :])
    means, variances = pull * estimate[None, :], pull * variance[None, :]
    mean = np.sum(weight * means, axis=0)
    return mean, np.sum(weight * (variances + means**2), axis=0) - mean**2


def below(mean: Array, sd: Array, limit: float) -> Array:
    """P(theta < limit) under a normal posterior."""
    return np.asarray(special.ndtr((limit - mean) / sd))


def severity(mean: Array, sd: Array, delta: float) -> Array:
    """min(1, E[max(0, -delta - theta)]) in tau units (METHODS 5.4)."""
    gap = (-delta - mean) / sd
    expected = (-delta - mean) * special.ndtr(gap) + sd * np.exp(-(gap**2) / 2) / np.sqrt(2 * np.pi)
    return np.minimum(1.0, expected)

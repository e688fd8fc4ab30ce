"""Several measures as one: standardise first, combine, shrink once (METHODS 4.2). Never combines domains.

All quantities are in between-school SDs (tau units), positive = good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import years
from analytics.standardise import Array, Index

UNKNOWN_CORRELATION = 1.0  # two measures never seen together are taken to carry the same noise and the same truth
FEWEST_PAIRS = 100  # pairs below which a correlation counts as unknown
SMALLEST_EIGENVALUE = 1e-6


@dataclass(frozen=True, slots=True)
class Correlations:
    """`within`: correlation of adjacent-year differences (noise); `between`: of lasting differences, over years apart."""

    measures: tuple[str, ...]
    within: Array
    between: Array

    def of(self, columns: Index) -> Correlations:
        """The same of some of the measures, by their columns."""
        both = np.ix_(columns, columns)
        return Correlations(tuple(self.measures[i] for i in columns), self.within[both], self.between[both])


def correlations(yearly: Mapping[str, pd.DataFrame]) -> Correlations:
    """National R_w and R_b of the measures. Each frame: urn, time_period, d (tau units), in_norm."""
    names = tuple(sorted(yearly))
    stacked = [
        frame.loc[frame["in_norm"] & np.isfinite(frame["d"]), ["urn", "time_period", "d"]].assign(name=name)
        for name, frame in yearly.items()
    ]
    together = pd.concat(stacked, ignore_index=True)
    wide = together.pivot(index=["urn", "time_period"], columns="name", values="d").reindex(columns=list(names))
    by_year = {
        int(t): wide.xs(t, level="time_period") for t in sorted(wide.index.get_level_values("time_period").unique())
    }
    within, seen_within = _moments(by_year, names, adjacent=True)
    between, seen_between = _moments(by_year, names, adjacent=False)
    return Correlations(names, _correlation(within, seen_within), _correlation(between, seen_between))


def _moments(by_year: Mapping[int, pd.DataFrame], names: tuple[str, ...], *, adjacent: bool) -> tuple[Array, Array]:
    """Sums of products: of adjacent-year differences with themselves, or of one year's values with another's."""
    total, seen = np.zeros((len(names), len(names))), np.zeros((len(names), len(names)))
    periods = sorted(by_year)
    for i, early in enumerate(periods):
        for late in periods[i + 1 :]:
            if adjacent and late != years.following(early):
                continue
            both = by_year[early].index.intersection(by_year[late].index)
            a, b = by_year[early].loc[both].to_numpy(), by_year[late].loc[both].to_numpy()
            left, right = (b - a, b - a) if adjacent else (a, b)
            here_left, here_right = np.isfinite(left).astype(float), np.isfinite(right).astype(float)
            product = np.nan_to_num(left).T @ np.nan_to_num(right)
            count = here_left.T @ here_right
            total, seen = total + (product + product.T) / 2, seen + (count + count.T) / 2
    return total, seen


def _correlation(total: Array, seen: Array) -> Array:
    mean = np.where(seen >= FEWEST_PAIRS, total / np.maximum(seen, 1), np.nan)
    own = np.sqrt(np.maximum(np.diag(mean), 1e-12))
    raw = np.clip(np.nan_to_num(mean / np.outer(own, own), nan=UNKNOWN_CORRELATION), -1, 1)
    np.fill_diagonal(raw, 1.0)
    return nearest_positive_definite(raw)


def nearest_positive_definite(matrix: Array) -> Array:
    """Clip eigenvalues and scale the diagonal back to one; unchanged where it already is positive definite."""
    value, vector = np.linalg.eigh(matrix)
    if value.min() >= SMALLEST_EIGENVALUE:
        return matrix
    clipped = vector @ np.diag(np.maximum(value, SMALLEST_EIGENVALUE)) @ vector.T
    size = np.sqrt(np.diag(clipped))
    return np.asarray(clipped / np.outer(size, size))


@dataclass(frozen=True, slots=True)
class Stack:
    """Unshrunk differences of several measures side by side: schools x measures, NaN where a school has none."""

    urn: Array
    y: Array
    sd: Array
    correlations: Correlations


def stack(scored: Mapping[str, pd.DataFrame], correlated: Correlations) -> Stack:
    """Line up scored frames (urn, y, v) in the order of `correlated.measures`, over every school in any of them."""
    urn = np.unique(np.concatenate([frame["urn"].to_numpy() for frame in scored.values()]))
    y = np.full((len(urn), len(correlated.measures)), np.nan)
    sd = y.copy()
    for column, name in enumerate(correlated.measures):
        if name in scored:
            at = np.searchsorted(urn, scored[name]["urn"].to_numpy())
            y[at, column], sd[at, column] = scored[name]["y"].to_numpy(), np.sqrt(scored[name]["v"].to_numpy())
    return Stack(urn, y, sd, correlated)


@dataclass(frozen=True, slots=True)
class Composite:
    """Posterior of a weighted combination in its own between-school SDs, and what it rests on."""

    m: Array
    s: Array
    raw: Array  # the unshrunk combination c
    noise: Array  # S_c
    prior: Array  # B_c


def composite(several: Stack, weight: Array) -> Composite:
    """Combine by `weight` (one row for all schools, or one row each), renormalised over the measures a school has.

    NaN where a school has none of them.
    """
    there = np.isfinite(several.y)
    w = np.where(there, weight, 0.0)
    total = w.sum(axis=1, keepdims=True)
    w = np.divide(w, total, out=np.full_like(w, np.nan), where=total > 0)
    noisy = w * np.nan_to_num(several.sd)
    raw = np.sum(w * np.nan_to_num(several.y), axis=1)
    noise = np.einsum("ni,ij,nj->n", noisy, several.correlations.within, noisy, optimize=True)
    prior = np.einsum("ni,ij,nj->n", w, several.correlations.between, w, optimize=True)
    return settled(raw, noise, prior)


def settled(raw: Array, noise: Array, prior: Array) -> Composite:
    """Shrink a combination once: m_c = B/(B+S) c, V_c = BS/(B+S), both over sqrt(B)."""
    pull = prior / (prior + noise)
    return Composite(pull * raw / np.sqrt(prior), np.sqrt(pull * noise / prior), raw, noise, prior)


def joint_posterior(several: Stack) -> tuple[Array, Array]:
    """Posterior mean and covariance of all the measures of a cluster together, each school from the measures it has.

    theta ~ N(0, R_b), y ~ N(theta, R_w s s'): the means of METHODS 2.5 with what the sister measures say taken in.
    Measures a school lacks are NaN.
    """
    mean = np.full(several.y.shape, np.nan)
    covariance = np.full((*several.y.shape, several.y.shape[1]), np.nan)
    there = np.isfinite(several.y)
    for pattern in np.unique(there, axis=0):
        here, cols = np.flatnonzero((there == pattern).all(axis=1)), np.flatnonzero(pattern)
        if not len(cols):
            continue
        prior = several.correlations.between[np.ix_(cols, cols)]
        sd = several.sd[np.ix_(here, cols)]
        total = prior + several.correlations.within[np.ix_(cols, cols)] * sd[:, :, None] * sd[:, None, :]
        pull = np.linalg.solve(total, np.broadcast_to(prior, total.shape))  # (B+S)^-1 B
        mean[np.ix_(here, cols)] = np.einsum("nji,nj->ni", pull, several.y[np.ix_(here, cols)])
        covariance[np.ix_(here, cols, cols)] = prior - np.einsum("ij,njk->nik", prior, pull)
    return mean, covariance

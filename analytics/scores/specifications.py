"""Other reasonable ways to combine the measures of a composite (METHODS 5.5): does the tier survive them?

Kept apart from probability: the draws here are choices of method, never mixed with draws of what the truth may be.
"""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from analytics.scores import composites, screening
from analytics.scores.composites import Composite, Stack
from analytics.standardise import Array, Flags, Index, Words

SPECIFICATIONS = 200
CONCENTRATION = 20.0  # of the Dirichlet draw of weights: alpha = 20 w


def same_tier(several: Stack, weight: Array, tier: Words, strength: Flags, *, domain: bool, seed: int) -> Array:
    """Share of SPECIFICATIONS in which each school keeps its plain tier.

    `weight`: the default weights (1 x measures, summing to 1). Each specification draws weights, a scale (T or ridit),
    an aggregation (arithmetic, or geometric of T/100) and, one time in two, a measure left out.
    """
    rng = np.random.default_rng(seed)
    used = np.flatnonzero(weight > 0)
    narrowed = _narrow(several, used)
    ridit = Stack(narrowed.urn, _ridit(narrowed.y), narrowed.sd, narrowed.correlations)
    agreed = np.zeros(len(several.urn))
    for _ in range(SPECIFICATIONS):
        drawn = rng.dirichlet(CONCENTRATION * weight[used])
        by_ridit, geometric, leave = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5
        if leave and len(used) > 1:
            drawn = np.where(np.arange(len(used)) == rng.integers(len(used)), 0.0, drawn)
        source = ridit if by_ridit else narrowed
        result = composites.composite(source, drawn)
        if geometric:
            result = _geometric(source, drawn, result)
        other = screening.plain_tier(
            np.nan_to_num(result.m), np.nan_to_num(result.s, nan=9.0), strength=strength, domain=domain
        )
        agreed += other == tier
    return agreed / SPECIFICATIONS


def _narrow(several: Stack, used: Index) -> Stack:
    names = several.correlations.measures
    correlated = composites.Correlations(
        tuple(names[i] for i in used),
        several.correlations.within[np.ix_(used, used)],
        several.correlations.between[np.ix_(used, used)],
    )
    return Stack(several.urn, several.y[:, used], several.sd[:, used], correlated)


def _ridit(y: Array) -> Array:
    """Each measure's values by position, on the spread the values had, so that noise stays comparable."""
    out = np.full(y.shape, np.nan)
    for column in range(y.shape[1]):
        there = np.isfinite(y[:, column])
        if there.any():
            position = (stats.rankdata(y[there, column]) - 0.5) / there.sum()
            out[there, column] = special.ndtri(position) * np.std(y[there, column])
    return out


def _geometric(several: Stack, weight: Array, arithmetic: Composite) -> Composite:
    """The geometric mean of T/100 in place of the arithmetic, put back on the scale of the arithmetic one."""
    score = np.clip(50 + 10 * several.y, 1, 99) / 100
    w = np.where(np.isfinite(several.y), weight, 0.0)
    total = w.sum(axis=1)
    log = np.sum(w * np.nan_to_num(np.log(score)), axis=1) / np.where(total > 0, total, np.nan)
    raw = (100 * np.exp(log) - 50) / 10
    there = np.isfinite(raw) & np.isfinite(arithmetic.raw)
    if there.sum() > 2:
        raw = raw + np.mean(arithmetic.raw[there]) - np.mean(raw[there])
    return composites.settled(raw, arithmetic.noise, arithmetic.prior)

"""Other reasonable ways to combine the measures of a composite (METHODS 5.5): does the tier survive them?

Kept apart from probability: the ways here are choices of method, never mixed with draws of what the truth may be. Two
steps, as everywhere: `ways` reads every school, `same_tier` reads none but the school it judges and the Ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from analytics.scores import composites, screening
from analytics.scores.composites import Composite, Stack
from analytics.standardise import Array, Flags, Index, Words

SPECIFICATIONS = 200
CONCENTRATION = 20.0  # of the Dirichlet draw of weights: alpha = 20 w
POINTS = 401  # of each measure's national distribution, for positions in place of values


@dataclass(frozen=True, slots=True)
class Ways:
    """SPECIFICATIONS ways to combine the `used` columns of a stack, with what each needs to know of the nation."""

    used: Index
    weight: Array  # ways x used
    by_position: Flags
    geometric: Flags
    values: Array  # POINTS x used: national quantiles of each measure
    scores: Array  # POINTS x used: the normal scores of their positions, on the spread that the values have
    shift: Array  # what puts a geometric mean back on the scale of the arithmetic one


def ways(several: Stack, weight: Array, *, seed: int) -> Ways:
    """Draw the ways and fit them on all schools of `several`. `weight`: the default weights, one per measure, summing to 1.

    Each draws weights, a scale (T or ridit), an aggregation (arithmetic, or geometric of T/100) and, one time in two, a
    measure left out.
    """
    rng = np.random.default_rng(seed)
    used = np.flatnonzero(weight > 0)
    drawn, flags = np.empty((SPECIFICATIONS, len(used))), np.empty((SPECIFICATIONS, 2), dtype=bool)
    for one in range(SPECIFICATIONS):
        drawn[one] = rng.dirichlet(CONCENTRATION * weight[used])
        flags[one], leave = rng.random(2) < 0.5, rng.random() < 0.5
        if leave and len(used) > 1:
            drawn[one, rng.integers(len(used))] = 0.0
    values, scores = _positions(several.y[:, used])
    found = Ways(used, drawn, flags[:, 0], flags[:, 1], values, scores, np.zeros(SPECIFICATIONS))
    plain = _narrow(several, used)
    shift = [
        _shift(_scaled(plain, found, one), drawn[one]) if found.geometric[one] else 0.0 for one in range(len(drawn))
    ]
    return Ways(used, drawn, flags[:, 0], flags[:, 1], values, scores, np.array(shift))


def same_tier(several: Stack, known: Ways, tier: Words, strength: Flags, *, domain: bool) -> Array:
    """Share of the ways in which each school keeps its plain tier."""
    plain = _narrow(several, known.used)
    agreed = np.zeros(len(several.urn))
    for one, drawn in enumerate(known.weight):
        source = _scaled(plain, known, one)
        result = composites.composite(source, drawn)
        if known.geometric[one]:
            result = composites.settled(_geometric(source, drawn) + known.shift[one], result.noise, result.prior)
        agreed += _tier(result, strength, domain) == tier
    return agreed / len(known.weight)


def left_out(several: Stack, weight: Array, tier: Words, strength: Flags, *, domain: bool) -> list[tuple[str, Words]]:
    """The plain tier of each school without each measure in turn: pairs of measure and tiers, in the stack's order.

    A school that has no other measure keeps its tier.
    """
    used = np.flatnonzero(weight > 0)
    out = []
    for column in used if len(used) > 1 else ():
        rest = np.where(np.arange(len(weight)) == column, 0.0, weight)
        other = np.isfinite(several.y[:, rest > 0]).any(axis=1)
        found = _tier(composites.composite(several, rest), strength, domain)
        out.append((several.correlations.measures[column], np.where(other, found, tier).astype(object)))
    return out


def _tier(result: Composite, strength: Flags, domain: bool) -> Words:
    return screening.plain_tier(
        np.nan_to_num(result.m), np.nan_to_num(result.s, nan=9.0), strength=strength, domain=domain
    )


def _narrow(several: Stack, used: Index) -> Stack:
    return Stack(several.urn, several.y[:, used], several.sd[:, used], several.correlations.of(used))


def _positions(y: Array) -> tuple[Array, Array]:
    """National quantiles of each measure and the normal score of each, on the spread the values had."""
    share = (np.arange(POINTS) + 0.5) / POINTS
    values, scores = np.zeros((POINTS, y.shape[1])), np.zeros((POINTS, y.shape[1]))
    for column in range(y.shape[1]):
        there = np.sort(y[np.isfinite(y[:, column]), column])
        if len(there):
            position = (stats.rankdata(there) - 0.5) / len(there)
            values[:, column] = np.quantile(there, share)
            mid = np.interp(values[:, column], there, position)
            scores[:, column] = special.ndtri(mid) * np.std(there)
    return values, scores


def _scaled(plain: Stack, known: Ways, one: int) -> Stack:
    """The stack as this way sees it: values, or their national positions (beyond the ends: the end's position)."""
    if not known.by_position[one]:
        return plain
    y = np.column_stack(
        [np.interp(plain.y[:, c], known.values[:, c], known.scores[:, c]) for c in range(plain.y.shape[1])]
    )
    return Stack(plain.urn, np.where(np.isfinite(plain.y), y, np.nan), plain.sd, plain.correlations)


def _geometric(several: Stack, weight: Array) -> Array:
    """The geometric mean of T/100, as differences in between-school SDs."""
    score = np.clip(50 + 10 * several.y, 1, 99) / 100
    w = np.where(np.isfinite(several.y), weight, 0.0)
    total = w.sum(axis=1)
    log = np.sum(w * np.nan_to_num(np.log(score)), axis=1) / np.where(total > 0, total, np.nan)
    return np.asarray((100 * np.exp(log) - 50) / 10)


def _shift(several: Stack, weight: Array) -> float:
    raw, arithmetic = _geometric(several, weight), composites.composite(several, weight).raw
    there = np.isfinite(raw) & np.isfinite(arithmetic)
    return float(np.mean(arithmetic[there]) - np.mean(raw[there])) if there.sum() > 2 else 0.0

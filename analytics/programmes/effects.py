"""From sets of schools to one effect: what later years leave unexplained, set by set, and whether chance could do it (METHODS 11.2-11.3).

Estimates one number for a programme, never one for a school.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.standardise import Array, Flags, Index

FEWEST = 6  # supported schools below which nothing is tested: exchangeability could not be checked
CROWDED = 8  # no regression where the supported schools are more than one in so many of the pool
COEFFICIENTS = 6  # a constant and five covariates: each wants CROWDED schools of the pool too
PERMUTATIONS = 4999
LEVEL = 0.05
POWER = 0.80


@dataclass(frozen=True, slots=True)
class Reference:
    """Schools without support that say what to expect later: their covariates in SDs (with a constant), weights and rows."""

    rows: Index
    design: Array  # of every school, constant first
    weight: Array  # of the reference schools


def regresses(schools: int, pool: int) -> bool:
    """Whether later years are foreseen by regression; else by the mean of the years before (METHODS 11.2)."""
    return max(schools, COEFFICIENTS) <= pool / CROWDED


def left_over(later: Array, reference: Reference) -> Array:
    """Each school's later years (columns) less the weighted least-squares prediction fitted on the reference schools."""
    out = np.full(later.shape, np.nan)
    for year in range(later.shape[1]):
        seen = np.isfinite(later[reference.rows, year])
        rows, weight = reference.rows[seen], np.sqrt(reference.weight[seen])
        beta = np.linalg.lstsq(reference.design[rows] * weight[:, None], later[rows, year] * weight, rcond=None)[0]
        out[:, year] = later[:, year] - reference.design @ beta
    return out


def since(later: Array, base: Array, rows: Index) -> Array:
    """Each school's later years less the mean of its years before, about the same of `rows` in each year."""
    change = later - base[:, None]
    return np.asarray(change - np.nanmean(change[rows], axis=0))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean over the sets, its standard error and 95% interval (Student's t, one degree of freedom less than sets)."""

    mean: float
    se: float
    low: float
    high: float
    sets: int


def differences(members: Array) -> Array:
    """Supported (first column) less the mean of its set; NaN without either. `members`: sets by 1 + K, NaN where missing."""
    with np.errstate(invalid="ignore"):
        there = np.isfinite(members[:, 1:])
        others = np.where(there, members[:, 1:], 0.0).sum(axis=1) / np.where(
            there.any(axis=1), there.sum(axis=1), np.nan
        )
    return np.asarray(members[:, 0] - others)


def estimate(d: Array) -> Estimate:
    """Of the sets' differences (METHODS 11.2); NaN ends with fewer than two sets."""
    d = d[np.isfinite(d)]
    if len(d) < 2:
        return Estimate(float(d.mean()) if len(d) else np.nan, np.nan, np.nan, np.nan, len(d))
    mean, se = float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d)))
    half = float(stats.t.ppf(1 - LEVEL / 2, len(d) - 1)) * se
    return Estimate(mean, se, mean - half, mean + half, len(d))


def permutation_p(members: Array, *, seed: int, permutations: int = PERMUTATIONS) -> float:
    """How often a random choice of the supported school within each set gives as large a studentised mean (METHODS 11.3).

    (1 + #) / (B + 1). `members` as in `differences`; sets without a difference are left aside.
    """
    members = members[np.isfinite(differences(members))]
    size = np.isfinite(members).sum(axis=1)
    order = np.argsort(~np.isfinite(members), axis=1, kind="stable")  # those that are there come first
    there = np.take_along_axis(members, order, axis=1)
    total = np.nansum(there, axis=1, keepdims=True)
    as_supported = there - (total - there) / (size[:, None] - 1)
    rng = np.random.default_rng(seed)
    pick = (rng.random((permutations, len(members))) * size).astype(np.intp)
    drawn = as_supported[np.arange(len(members)), pick]
    return float((1 + np.count_nonzero(_t(drawn) >= _t(as_supported[:, 0][None, :])[0] - 1e-9)) / (permutations + 1))


def _t(d: Array) -> Array:
    """|mean| over its standard error, by row; nought where nothing varies and nothing differs."""
    sd = d.std(axis=1, ddof=1)
    mean = np.abs(d.mean(axis=1))
    return np.asarray(
        np.where(sd > 0, mean / np.where(sd > 0, sd, 1.0), np.where(mean > 0, np.inf, 0.0)) * np.sqrt(d.shape[1])
    )


def detectable(se: float, schools: int) -> float:
    """The true effect noticed POWER of the time: (t.975 + t.80) x SE, one degree of freedom less than schools (METHODS 11.4)."""
    return float((stats.t.ppf(1 - LEVEL / 2, schools - 1) + stats.t.ppf(POWER, schools - 1)) * se)


def members(rest: Array, sets: Index, when: Flags) -> Array:
    """Mean of what is left over of each member of each set: sets by 1 + K. `sets` holds rows of `rest`, supported first,
    -1 for none; `when` (sets by years) says which years count for a set."""
    there = np.isfinite(rest[sets]) & (sets >= 0)[:, :, None] & when[:, None, :]
    count = there.sum(axis=2)
    total = np.where(there, rest[sets], 0.0).sum(axis=2)
    return np.asarray(np.where(count > 0, total / np.where(count > 0, count, 1), np.nan))


def unexplained(later: Array, base: Array, design: Array, weight: Array, reference: Index, *, regress: bool) -> Array:  # fmt: skip
    """What is left of later years (schools by years) once what was known before is allowed for: METHODS 11.2, both ways."""
    if regress:
        return left_over(later, Reference(reference, design, weight[reference]))
    return since(later, base, reference)

"""Which schools a programme's schools are compared with: the field to choose from, and the nearest sets in it (METHODS 11.1).

Chosen on what was known before the programme, without replacement: a school is compared with one supported school and
no more. Looks at no later year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from analytics.programmes.figures import Figures, Known
from analytics.standardise import Array, Flags, Index

LOWEST = 0.30  # share of schools without support, lowest in the selection year, from which comparison schools come
SETS = (2, 5)  # fewest and most comparison schools for each supported one
ROOM = 4  # schools to choose from for each comparison school wanted


@dataclass(frozen=True, slots=True)
class Field:
    """The schools of one phase (and selection) that take part: indices into the rows of Figures.

    `pool`: schools without support that may be compared with; `supported`: those with what is needed. `x`: COVARIATES of
    every row in SDs of the pool, for distances.
    """

    pool: Index
    supported: Index
    x: Array


def fields(found: Figures, known: Known, supported: Flags, outside: Flags) -> tuple[Field, ...]:
    """One field for each group with a supported school.

    The pool is the LOWEST share of the schools without support in the selection year. Where a supported school lay
    higher, it reaches as high as that school did, for the lowest alone hold no school like it.
    """
    low = found.measure.polarity * known.x[:, 1]
    out = []
    for group in np.unique(found.group[supported & known.whole]):
        here = (found.group == group) & known.whole
        mine, others = here & supported, here & outside & ~supported
        if not others.any():
            out.append(Field(np.array([], dtype=np.intp), np.flatnonzero(mine), known.x * np.nan))
            continue
        top = max(float(np.quantile(low[others], LOWEST)), float(low[mine].max()))
        pool = np.flatnonzero(others & (low <= top))
        out.append(Field(pool, np.flatnonzero(mine), scaled(known.x, pool)))
    return tuple(out)


def scaled(x: Array, pool: Index) -> Array:
    """COVARIATES about the pool's mean in the pool's SDs; a column that never varies there carries nothing."""
    centre, spread = x[pool].mean(axis=0), x[pool].std(axis=0)
    return np.asarray((x - centre) / np.where(spread > 0, spread, np.inf))


def size_of_sets(schools: int, pool: int) -> int:
    """K = clip(floor(P / (4 T)), 2, 5) (METHODS 11.1)."""
    return int(np.clip(pool // (ROOM * schools), *SETS))


def matched(x: Array, supported: Index, pool: Index, k: int) -> Index:
    """The pool's schools for each supported one, schools by k: k rounds, each the least total distance there is.

    Ties go by URN, for rows are in that order. Raises ValueError where the pool has fewer than k schools for each.
    """
    if len(pool) < k * len(supported):
        raise ValueError(f"{len(pool)} schools cannot give {k} to each of {len(supported)}")
    distance = cdist(x[supported], x[pool])
    chosen = np.empty((len(supported), k), dtype=np.intp)
    free = np.ones(len(pool), dtype=bool)
    for turn in range(k):
        left = np.flatnonzero(free)
        row, column = linear_sum_assignment(distance[:, left])
        chosen[row, turn] = left[column]
        free[chosen[:, turn]] = False
    return np.asarray(pool[chosen])

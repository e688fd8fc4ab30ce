"""Which schools a programme's schools are compared with: the field to choose from, and the nearest sets in it (METHODS 11.1).

Chosen on what was known before the programme, without replacement: a school is compared with one supported school and
no more. Looks at no later year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from analytics.programmes.effects import regresses
from analytics.programmes.figures import Figures, Known
from analytics.programmes.results import Ground
from analytics.standardise import Array, Flags, Index

LOWEST = 0.30  # share of schools without support, lowest in the selection year, from which comparison schools come
SETS = (2, 5)  # fewest and most comparison schools for each supported one
ROOM = 4  # schools to choose from for each comparison school wanted


@dataclass(frozen=True, slots=True)
class Field:
    """The schools of one phase (and selection) that take part: indices into the rows of Figures.

    `pool`: schools without support that may be compared with; `supported`: those with what is needed. `x`: COVARIATES of
    every row in SDs of the pool, for distances. `limit`, `regress`: as settled, see `Ground`.
    """

    group: str
    pool: Index
    supported: Index
    x: Array
    limit: float
    regress: bool


def fields(
    found: Figures, known: Known, supported: Flags, outside: Flags, settled: Mapping[str, Ground] | None = None
) -> tuple[Field, ...]:
    """One field for each group with a supported school.

    The pool is the LOWEST share of the schools without support in the selection year. Where a supported school lay
    higher, it reaches as high as that school did, for the lowest alone hold no school like it. What was `settled` when the
    programme was set down holds instead of what would come out now.
    """
    low = found.measure.polarity * known.x[:, 1]
    out = []
    for group in np.unique(found.group[supported & known.whole]):
        here = (found.group == group) & known.whole
        mine, others = here & supported, here & outside & ~supported
        then = (settled or {}).get(str(group))
        top = then.limit if then else _limit(low[mine], low[others])
        pool, rows = np.flatnonzero(others & (low <= top)), np.flatnonzero(mine)
        x = scaled(known.x, pool) if len(pool) else known.x * np.nan
        out.append(Field(str(group), pool, rows, x, top, then.regress if then else regresses(len(rows), len(pool))))
    return tuple(out)


def _limit(mine: Array, others: Array) -> float:
    """As high as the LOWEST share of the others reaches, or the highest supported school."""
    return max(float(np.quantile(others, LOWEST)) if len(others) else -np.inf, float(mine.max()))


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

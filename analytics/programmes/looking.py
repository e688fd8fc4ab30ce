"""One programme looked at: the figures, the fields and the sets together, for the real one and for made-up ones alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.programmes import effects, figures, matching
from analytics.programmes.figures import Figures, Known
from analytics.programmes.matching import Field
from analytics.standardise import Array, Flags, Index


@dataclass(frozen=True, slots=True)
class Looked:
    """The figures of a measure, what was known at the selection, and a field for each group of schools."""

    found: Figures
    known: Known
    fields: tuple[Field, ...]

    @property
    def supported(self) -> int:
        return sum(len(field.supported) for field in self.fields)

    @property
    def pool(self) -> int:
        return sum(len(field.pool) for field in self.fields)


def looked(
    tables: Mapping[str, pd.DataFrame], measure: str, when: tuple[int, tuple[int, ...]], supported: Collection[int],
    outside: Collection[int] | None,
) -> Looked:  # fmt: skip
    """`when`: the selection year and the earlier years. `outside`: schools without support; None: all that are not supported."""
    found = figures.figures(tables, measure)
    return on_figures(found, tables["national"], when, supported, outside)


def on_figures(
    found: Figures, national: pd.DataFrame, when: tuple[int, tuple[int, ...]], supported: Collection[int],
    outside: Collection[int] | None,
) -> Looked:  # fmt: skip
    """As `looked`, where the figures have been read."""
    known = figures.known(found, national, *when)
    mine = found.rows(supported)
    others = ~mine if outside is None else found.rows(outside)
    return Looked(found, known, matching.fields(found, known, mine, others))


def rest(looked_at: Looked, columns: Sequence[int]) -> Array:
    """What is left over in the years of `columns`, for every school of a field; NaN elsewhere."""
    found, known = looked_at.found, looked_at.known
    out = np.full((len(found.urn), len(columns)), np.nan)
    later = found.value[:, list(columns)]
    for field in looked_at.fields:
        if not len(field.pool):
            continue
        mine = found.group == found.group[field.supported[0]]
        local = np.flatnonzero(mine & known.whole)
        regress = effects.regresses(len(field.supported), len(field.pool))
        out[local] = effects.unexplained(
            later[local], known.base[local], _design(field.x[local]), 1 / known.variance[local],
            np.searchsorted(local, field.pool), regress=regress,
        )  # fmt: skip
    return out


def _design(x: Array) -> Array:
    return np.column_stack([np.ones(len(x)), x])


def made_up(
    looked_at: Looked, columns: Sequence[int], sets: Sequence[tuple[int, int]], *, seed: int, count: int
) -> Array:
    """Estimates of `count` programmes without support: as many schools of each field's pool, about as large, matched anew;
    none where a pool has too few schools for it.

    `sets`: for each field the comparison schools for each, and how many schools they are chosen from where a draw left them
    (0: the whole pool).
    """
    rng = np.random.default_rng(seed)
    needed = [len(field.supported) * (1 + k) for field, (k, _) in zip(looked_at.fields, sets, strict=True)]
    if any(len(field.pool) < least for field, least in zip(looked_at.fields, needed, strict=True)):
        return np.array([])
    parts = [_local(looked_at, field, columns) for field in looked_at.fields]
    out = np.empty(count)
    for number in range(count):
        differences = [_one(part, *how, rng) for part, how in zip(parts, sets, strict=True)]
        out[number] = np.nanmean(np.concatenate(differences))
    return out


@dataclass(frozen=True, slots=True)
class _Local:
    """The pool of one field by itself, and for each supported school the part of it that is about as large."""

    x: Array
    later: Array
    base: Array
    weight: Array
    alike: Index


LIKE_SIZE = 1 / 3  # of the pool, nearest in pupils: a made-up programme takes a school of it in place of a real one


def _local(looked_at: Looked, field: Field, columns: Sequence[int]) -> _Local:
    found, known, pool = looked_at.found, looked_at.known, field.pool
    apart = np.abs(field.x[pool][:, 4][None, :] - field.x[field.supported][:, 4][:, None])
    near = max(len(field.supported), int(np.ceil(LIKE_SIZE * len(pool))))
    alike = np.argsort(apart, axis=1, kind="stable")[:, :near]
    return _Local(field.x[pool], found.value[pool][:, list(columns)], known.base[pool], 1 / known.variance[pool], alike)


def _one(part: _Local, k: int, spare: int, rng: np.random.Generator) -> Array:
    """The differences of one made-up programme's sets in one field."""
    schools, size = len(part.alike), len(part.x)
    chosen = _drawn(part.alike, rng)
    others = np.setdiff1d(np.arange(size), chosen)
    regress = effects.regresses(schools, size)
    left = effects.unexplained(part.later, part.base, _design(part.x), part.weight, others, regress=regress)
    from_ = np.sort(rng.choice(others, min(spare, len(others)), replace=False)) if spare else others
    sets = np.column_stack([chosen, matching.matched(part.x, chosen, from_, k)])
    when: Flags = np.ones((schools, part.later.shape[1]), dtype=bool)
    return effects.differences(effects.members(left, sets, when))


def _drawn(alike: Index, rng: np.random.Generator) -> Index:
    """One school in place of each supported one, none twice."""
    taken: set[int] = set()
    for row in rng.permutation(len(alike)):
        one = int(alike[row, rng.integers(alike.shape[1])])
        while one in taken:
            one = int(alike[row, rng.integers(alike.shape[1])])
        taken.add(one)
    return np.array(sorted(taken), dtype=np.intp)

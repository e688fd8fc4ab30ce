"""One programme looked at: the figures, the fields and the sets together, for the real one and for made-up ones alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.programmes import effects, figures, matching
from analytics.programmes.figures import Figures, Known
from analytics.programmes.matching import Field
from analytics.programmes.results import Ground
from analytics.standardise import Array, Flags, Index


@dataclass(frozen=True, slots=True)
class Looked:
    """The figures of a measure, what was known at the selection, and a field for each group of schools. `others`: rows of
    schools without support, near enough or not."""

    found: Figures
    known: Known
    fields: tuple[Field, ...]
    others: Flags

    @property
    def supported(self) -> int:
        return sum(len(field.supported) for field in self.fields)

    @property
    def pool(self) -> int:
        return sum(len(field.pool) for field in self.fields)


def on_figures(
    found: Figures, national: pd.DataFrame, when: tuple[int, tuple[int, ...]], schools: tuple[Collection[int], Collection[int] | None],
    settled: Sequence[Ground] = (),
) -> Looked:  # fmt: skip
    """`when`: the selection year and the earlier years. `schools`: the supported, and those without support (None: all that
    are not supported). `settled`: what was, when the programme was set down."""
    known = figures.known(found, national, *when)
    supported, outside = schools
    mine = found.rows(supported)
    others = ~mine if outside is None else found.rows(outside)
    return Looked(
        found, known, matching.fields(found, known, mine, others, {one.group: one for one in settled}), others
    )


def rest(looked_at: Looked, columns: Sequence[int]) -> Array:
    """What is left over in the years of `columns`, for every school of a field; NaN elsewhere."""
    found, known = looked_at.found, looked_at.known
    out = np.full((len(found.urn), len(columns)), np.nan)
    later = found.value[:, list(columns)]
    for field in looked_at.fields:
        if not len(field.pool):
            continue
        mine = found.group == field.group
        local = np.flatnonzero(mine & known.whole)
        out[local] = effects.unexplained(
            later[local], known.base[local], _design(field.x[local]), 1 / known.variance[local],
            np.searchsorted(local, field.pool), regress=field.regress,
        )  # fmt: skip
    return out


def _design(x: Array) -> Array:
    return np.column_stack([np.ones(len(x)), x])


@dataclass(frozen=True, slots=True)
class Like:
    """What made-up programmes are to be like: the years (`columns` of the figures) and, for each field, the comparison schools
    for each with how many they are chosen from where a draw left them (0: the whole pool), and which years count for each
    supported school (schools by years)."""

    columns: tuple[int, ...]
    sets: tuple[tuple[int, int], ...]
    when: tuple[Flags, ...]

    @property
    def schools(self) -> int:
        """Those that any year counts for."""
        return sum(int(one.any(axis=1).sum()) for one in self.when)


def made_up(looked_at: Looked, like: Like, *, seed: int, count: int) -> Array:
    """Estimates of `count` programmes without support: as many schools of each field's pool, about as large, each in place of
    one supported school and with its years, matched anew; none where a pool has too few schools for it."""
    rng = np.random.default_rng(seed)
    needed = [len(field.supported) * (1 + k) for field, (k, _) in zip(looked_at.fields, like.sets, strict=True)]
    short = any(len(field.pool) < least for field, least in zip(looked_at.fields, needed, strict=True))
    if short or not like.schools:
        return np.array([])
    parts = [_local(looked_at, field, like.columns) for field in looked_at.fields]
    out = np.empty(count)
    for number in range(count):
        differences = [_one(part, how, when, rng) for part, how, when in zip(parts, like.sets, like.when, strict=True)]
        out[number] = np.nanmean(np.concatenate(differences))
    return out[np.isfinite(out)]


@dataclass(frozen=True, slots=True)
class _Local:
    """The pool of one field by itself, and for each supported school the part of it that is about as large."""

    x: Array
    later: Array
    base: Array
    weight: Array
    alike: Index
    regress: bool


LIKE_SIZE = 1 / 3  # of the pool, nearest in pupils: a made-up programme takes a school of it in place of a real one


def _local(looked_at: Looked, field: Field, columns: Sequence[int]) -> _Local:
    found, known, pool = looked_at.found, looked_at.known, field.pool
    apart = np.abs(field.x[pool][:, 4][None, :] - field.x[field.supported][:, 4][:, None])
    near = max(len(field.supported), int(np.ceil(LIKE_SIZE * len(pool))))
    alike = np.argsort(apart, axis=1, kind="stable")[:, :near]
    later = found.value[pool][:, list(columns)]
    return _Local(field.x[pool], later, known.base[pool], 1 / known.variance[pool], alike, field.regress)


def _one(part: _Local, how: tuple[int, int], when: Flags, rng: np.random.Generator) -> Array:
    """The differences of one made-up programme's sets in one field, in the order of the supported schools."""
    k, spare = how
    chosen = _drawn(part.alike, rng)
    others = np.setdiff1d(np.arange(len(part.x)), chosen)
    left = effects.unexplained(part.later, part.base, _design(part.x), part.weight, others, regress=part.regress)
    from_ = np.sort(rng.choice(others, min(spare, len(others)), replace=False)) if spare else others
    sets = np.column_stack([chosen, matching.matched(part.x, chosen, from_, k)])
    return effects.differences(effects.members(left, sets, when))


def _drawn(alike: Index, rng: np.random.Generator) -> Index:
    """One school in place of each supported one, in their order, none twice."""
    out = np.full(len(alike), -1, dtype=np.intp)
    for row in rng.permutation(len(alike)):
        one = int(alike[row, rng.integers(alike.shape[1])])
        while one in out:
            one = int(alike[row, rng.integers(alike.shape[1])])
        out[row] = one
    return out

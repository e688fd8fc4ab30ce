"""Did it help? A design that was set down, looked at with the figures there are now (METHODS 11.2-11.4).

Programme level only. Nothing is told of fewer than FEWEST schools; a comparison that rests on one or two earlier years
gives its figures and no verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.programmes import effects, looking, said, staggered
from analytics.programmes.looking import Looked
from analytics.programmes.results import Answer, Design, EffectSummary, Evaluation, EventPoint, Placebo
from analytics.standardise import Array, Flags, Index
from data.catalogue import MEASURES, Measure


@dataclass(frozen=True, slots=True)
class _Sets:
    """The design's sets as rows of the figures: sets by 1 + K (-1: none), and which of `columns` (years) count for each."""

    looked: Looked
    rows: Index
    columns: tuple[int, ...]
    rest: Array
    when: Flags  # sets by years, true where the set's support can show
    starts: Index


def evaluate(
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, permutations: int = effects.PERMUTATIONS,
    outside: Collection[int] | None = None, since: Collection[int] = (),
) -> Evaluation:  # fmt: skip
    """What can be told of the programme. `tables` as for `designs.design`; `outside` as there; `since`: comparison schools that
    were supported after all, and are left out."""
    measure = MEASURES[design.measure]
    if design.refused:
        return _silent(
            design, "too few earlier years" if not design.earlier_years else "not yet", design.refused, measure
        )
    if len(design.sets) < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(len(design.sets)), measure)
    sets = _sets(tables, design, outside, frozenset(since))
    if sets is None:
        return _silent(design, "not yet", said.not_yet(measure, design.first_year), measure)
    members = effects.members(sets.rest, sets.rows, sets.when)
    found = effects.estimate(effects.differences(members))
    if found.sets < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(found.sets), measure)
    p = effects.permutation_p(members, seed=seed, permutations=permutations)
    return Evaluation(_told(design, sets, members, found, p), _events(sets), staggered.waves(*_stack(sets)))


def _silent(design: Design, answer: Answer, sentence: str, measure: Measure) -> Evaluation:
    """An answer without figures."""
    left = len(design.left_out)
    effect = EffectSummary(
        answer, sentence, None, None, None, None, None, len(design.sets), len(design.comparison), (), None, None, "", None, "",
        said.coverage(len(design.sets), len(design.comparison), left, 0, False), said.unit(measure),
    )  # fmt: skip
    return Evaluation(effect, (), ())


def _sets(
    tables: Mapping[str, pd.DataFrame], design: Design, outside: Collection[int] | None, since: frozenset[int]
) -> _Sets | None:
    """The sets with what later years leave over; None where no year with support is published."""
    looked = looking.looked(
        tables, design.measure, (design.selection_year, design.earlier_years), design.supported, outside
    )
    found = looked.found
    last = design.until or max(found.years, default=0)
    columns = tuple(found.at(year) for year in found.years if design.first_year <= year <= last)
    kept = [one for one in design.sets if one.supported in found.urn]
    if not columns or not kept:
        return None
    widest = max(len(one.comparison) for one in kept)
    row = {int(urn): at for at, urn in enumerate(found.urn)}
    rows = np.full((len(kept), 1 + widest), -1, dtype=np.intp)
    for at, one in enumerate(kept):
        urns = (one.supported, *one.comparison)
        rows[at, : len(urns)] = [-1 if urn in since else row.get(urn, -1) for urn in urns]
    year = np.array([found.years[column] for column in columns])
    starts = np.array([one.first_year for one in kept])
    return _Sets(looked, rows, columns, looking.rest(looked, columns), year[None, :] >= starts[:, None], starts)


def _told(design: Design, sets: _Sets, members: Array, found: effects.Estimate, p: float) -> EffectSummary:
    measure = sets.looked.found.measure
    seen = p <= effects.LEVEL and (found.low > 0 or found.high < 0)
    answer: Answer = "weak design" if design.weak else "a difference is seen" if seen else "cannot be told apart"
    figures = (found.mean, found.low, found.high)
    sentence = said.effect(measure, found.sets, figures, seen=seen and not design.weak)
    counted = np.isfinite(effects.differences(members))
    comparison = int(np.isfinite(members[counted, 1:]).sum())
    years = tuple(sets.looked.found.years[column] for column in sets.columns)
    own, others = _changes(sets)
    provisional = bool(sets.looked.found.provisional & set(years))
    return EffectSummary(
        answer, f"{sentence} {design.weak}".strip(), *figures, found.se, p, found.sets, comparison, years, own, others,
        said.changes(measure, own, others, design.selection_year), design.detectable, design.detectable_words,
        said.coverage(found.sets, comparison, len(design.left_out), len(design.sets) - found.sets, provisional), said.unit(measure),
    )  # fmt: skip


def _changes(sets: _Sets) -> tuple[float, float]:
    """Mean change from the selection year to the years with support: of the supported, and of those beside them."""
    found, known = sets.looked.found, sets.looked.known
    change = found.value[:, list(sets.columns)] - known.x[:, 1][:, None]
    members = effects.members(change, sets.rows, sets.when)
    members = members[np.isfinite(effects.differences(members))]
    others = members[:, 0] - effects.differences(members)
    return float(members[:, 0].mean()), float(others.mean())


def _events(sets: _Sets) -> tuple[EventPoint, ...]:
    """Differences by year: plain before support, of what is left over since. Years count from each set's start."""
    found = sets.looked.found
    at = {year: number for number, year in enumerate(found.years)}
    order = np.array(
        [[at[year] - np.searchsorted(found.years, start) for year in found.years] for start in sets.starts]
    )
    values = np.repeat(found.value[:, :, None], 1, axis=2)[:, :, 0]
    by_year = np.stack([_difference(values[:, column], sets.rows) for column in range(len(found.years))], axis=1)
    left = np.stack([_difference(sets.rest[:, number], sets.rows) for number in range(len(sets.columns))], axis=1)
    by_year[:, list(sets.columns)] = np.where(sets.when, left, by_year[:, list(sets.columns)])
    first = -len(sets.looked.known.x[0]) + 1
    alone = len(set(sets.starts.tolist())) == 1
    out = []
    for offset in range(max(first, int(order.min())), int(order.max()) + 1):
        one = effects.estimate(by_year[order == offset])
        if one.sets >= effects.FEWEST:
            year = found.years[int(np.flatnonzero(order[0] == offset)[0])] if alone else None
            out.append(EventPoint(offset, year, one.mean, one.low, one.high, one.sets, offset < 0))
    return tuple(out)


def _difference(column: Array, rows: Index) -> Array:
    members = np.where(rows >= 0, column[rows], np.nan)
    return effects.differences(members)


def _stack(sets: _Sets) -> tuple[Array, Index, tuple[int, ...]]:
    """What staggered starts are told from: differences by set and year, each set's start, and the years."""
    found = sets.looked.found
    left = np.stack([_difference(sets.rest[:, number], sets.rows) for number in range(len(sets.columns))], axis=1)
    return left, sets.starts, tuple(found.years[column] for column in sets.columns)


def placebos(
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, estimate: float | None = None, count: int = 500,
    outside: Collection[int] | None = None,
) -> Placebo:  # fmt: skip
    """Made-up programmes of schools without support, looked at as this one is; `estimate`: the programme's own."""
    measure = MEASURES[design.measure]
    silent = Placebo((), None, None, None, None, "")
    if design.refused or len(design.sets) < effects.FEWEST:
        return silent
    sets = _sets(tables, design, outside, frozenset())
    if sets is None:
        return silent
    how = _as_designed(design, sets.looked)
    made = np.sort(looking.made_up(sets.looked, sets.columns, how, seed=seed, count=count))
    low, high = (float(end) for end in np.quantile(made, (0.025, 0.975)))
    beyond = None if estimate is None else float(np.mean(np.abs(made) >= abs(estimate)))
    noticed = effects.detectable(float(made.std(ddof=1)), len(design.sets))
    words = said.made_up(count, low, high, beyond, measure)
    return Placebo(tuple(float(one) for one in made), low, high, beyond, noticed, words)


def _as_designed(design: Design, looked: Looked) -> list[tuple[int, int]]:
    """For each field K and, where a draw left the comparison schools, how many it left there."""
    out = []
    for field in looked.fields:
        mine = frozenset(int(urn) for urn in looked.found.urn[field.supported])
        here = [one for one in design.sets if one.supported in mine]
        left = sum(len(one.comparison) for one in here)
        out.append((left // max(len(here), 1), left if design.by_draw else 0))
    return out

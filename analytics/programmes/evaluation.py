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

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.looked.found.years[column] for column in self.columns)


def evaluate(
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, permutations: int = effects.PERMUTATIONS,
    outside: Collection[int] | None = None, since: Collection[int] = (),
) -> Evaluation:  # fmt: skip
    """What can be told of the programme. `tables` as for `designs.design`; `outside` as there; `since`: comparison schools that
    were supported after all, and are left out."""
    measure = MEASURES[design.measure]
    if design.refused:
        return _silent(
            design, "too few to test" if design.earlier_years else "too few earlier years", design.refused, measure
        )
    if len(design.sets) < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(len(design.sets)), measure)
    if not _still_there(tables, design):
        return _silent(design, "too few earlier years", said.gone(measure), measure)
    sets = _sets(tables, design, outside, frozenset(since))
    if sets is None:
        return _silent(design, "not yet", said.not_yet(measure, design.first_year), measure)
    members = effects.members(sets.rest, sets.rows, sets.when)
    found = effects.estimate(effects.differences(members))
    if found.sets < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(found.sets), measure)
    p = effects.permutation_p(members, seed=seed, permutations=permutations)
    return Evaluation(
        _told(design, sets, members, found, p),
        _events(sets, design.earlier_years),
        staggered.waves(_by_year(sets), sets.starts, sets.years),
    )


def _silent(design: Design, answer: Answer, sentence: str, measure: Measure) -> Evaluation:
    """An answer without figures."""
    left = len(design.left_out)
    effect = EffectSummary(
        answer, sentence, None, None, None, None, None, len(design.sets), len(design.comparison), (), None, None, "", None, "",
        said.coverage(len(design.sets), len(design.comparison), left, 0, False), said.unit(measure),
    )  # fmt: skip
    return Evaluation(effect, (), ())


def _still_there(tables: Mapping[str, pd.DataFrame], design: Design) -> bool:
    """Whether the years that the design rests on are in these figures."""
    value = tables["value"]
    years = value.loc[value["measure"] == design.measure, "time_period"].unique()
    return {design.selection_year, *design.earlier_years} <= set(map(int, years))


def _sets(
    tables: Mapping[str, pd.DataFrame], design: Design, outside: Collection[int] | None, since: frozenset[int]
) -> _Sets | None:
    """The sets with what later years leave over; None where no year with support is published."""
    others = set(map(int, tables["school"]["urn"] if outside is None else outside)) - since
    when = (design.selection_year, design.earlier_years)
    looked = looking.looked(tables, design.measure, when, design.supported, others)
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
    sentence = said.effect(measure, found.sets, figures, apart=seen or bool(design.weak))
    counted = np.isfinite(effects.differences(members))
    comparison = int(np.isfinite(members[counted, 1:]).sum())
    own, others = _changes(sets)
    provisional = bool(sets.looked.found.provisional & set(sets.years))
    return EffectSummary(
        answer, f"{sentence} {design.weak}".strip(), *figures, found.se, p, found.sets, comparison, sets.years, own, others,
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


def _events(sets: _Sets, earlier: tuple[int, ...]) -> tuple[EventPoint, ...]:
    """Differences by year from the first earlier one: plain before support, of what is left over since.

    Years count from each set's start, in years with results; a point needs as many schools as a test does.
    """
    found = sets.looked.found
    shown = [found.at(year) for year in found.years if earlier[0] <= year <= sets.years[-1]]
    differences = np.column_stack([_difference(found.value[:, column], sets.rows) for column in shown])
    place = [shown.index(column) for column in sets.columns]
    differences[:, place] = np.where(sets.when, _by_year(sets), differences[:, place])
    years = np.array([found.years[column] for column in shown])
    offset = np.arange(len(shown))[None, :] - np.searchsorted(years, sets.starts)[:, None]
    together = len(np.unique(sets.starts)) == 1
    out = []
    for year in range(int(offset.min()), int(offset.max()) + 1):
        one = effects.estimate(differences[offset == year])
        if one.sets >= effects.FEWEST:
            period = int(years[offset[0] == year][0]) if together else None
            out.append(EventPoint(year, period, one.mean, one.low, one.high, one.sets, year < 0))
    return tuple(out)


def _difference(column: Array, rows: Index) -> Array:
    """Of one column of figures, set by set."""
    return effects.differences(np.where(rows >= 0, column[rows], np.nan))


def _by_year(sets: _Sets) -> Array:
    """What is left over, set by set and year by year."""
    return np.column_stack([_difference(sets.rest[:, number], sets.rows) for number in range(len(sets.columns))])


def placebos(
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, estimate: float | None = None, count: int = 500,
    outside: Collection[int] | None = None,
) -> Placebo:  # fmt: skip
    """Made-up programmes of schools without support, looked at as this one is; `estimate`: the programme's own."""
    measure = MEASURES[design.measure]
    silent = Placebo((), None, None, None, None, "")
    if design.refused or len(design.sets) < effects.FEWEST:
        return silent
    sets = _sets(tables, design, outside, frozenset()) if _still_there(tables, design) else None
    if sets is None:
        return silent
    made = looking.made_up(sets.looked, sets.columns, _as_designed(design, sets.looked), seed=seed, count=count)
    if not len(made):
        return silent
    low, high = (float(end) for end in np.quantile(made, (0.025, 0.975)))
    beyond = None if estimate is None else float(np.mean(np.abs(made) >= abs(estimate)))
    noticed = effects.detectable(float(made.std(ddof=1)), len(design.sets))
    words = said.made_up(count, low, high, beyond, measure)
    return Placebo(tuple(np.sort(made).tolist()), low, high, beyond, noticed, words)


def _as_designed(design: Design, looked: Looked) -> list[tuple[int, int]]:
    """For each field K and, where a draw left the comparison schools, how many it left there."""
    out = []
    for field in looked.fields:
        mine = frozenset(int(urn) for urn in looked.found.urn[field.supported])
        here = [one for one in design.sets if one.supported in mine]
        left = sum(len(one.comparison) for one in here)
        out.append((left // max(len(here), 1), left if design.by_draw else 0))
    return out

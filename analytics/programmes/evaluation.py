"""Did it help? A design that was set down, looked at with the figures there are now (METHODS 11.2-11.4).

Programme level only. Nothing is told of fewer than FEWEST schools; a comparison that rests on one or two earlier years
gives its figures and no verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.programmes import effects, figures, looking, noticing, said, staggered
from analytics.programmes.figures import Figures
from analytics.programmes.looking import Like, Looked
from analytics.programmes.noticing import MADE_UP
from analytics.programmes.results import Answer, Design, EffectSummary, Evaluation, EventPoint, Placebo, WavePoint
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
    members: Array  # sets by 1 + K: mean of what is left over in the years that count

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.looked.found.years[column] for column in self.columns)


def evaluate(
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, permutations: int = effects.PERMUTATIONS,
    outside: Collection[int] | None = None, since: Collection[int] = (), made_up: int = MADE_UP,
) -> Evaluation:  # fmt: skip
    """What can be told of the programme. `tables` as for `designs.design`; `outside` as there; `since`: comparison schools that
    were supported after all, and are left out. `made_up`: programmes without support from which the smallest noticeable
    effect is told, where fewer schools or years are looked at than it was set down for (0: the design's own stands)."""
    measure = MEASURES[design.measure]
    if design.refused:
        before: Answer = "nobody alike" if design.earlier_years else "too few earlier years"
        return _silent(design, design.refused_as or before, design.refused, measure)
    if len(design.sets) < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(len(design.sets)), measure)
    found = figures.figures(tables, design.measure)
    if not _still_there(found, design):
        return _silent(design, "figures missing", said.gone(measure), measure)
    sets = _sets(found, tables, design, outside, frozenset(since))
    if sets is None:
        return _silent(design, "not yet", said.not_yet(measure, design.first_year), measure)
    effect = effects.estimate(effects.differences(sets.members))
    if effect.sets < effects.FEWEST:
        return _silent(design, "too few to test", said.too_few(effect.sets), measure, sets)
    p = effects.permutation_p(sets.members, seed=seed, permutations=permutations)
    told = _told(design, sets, effect, p)
    if made_up and (effect.sets, len(sets.years)) != (len(design.sets), design.told_years):
        noticed = noticing.told(sets.looked, _like(design, sets), seed=seed, made_up=made_up)
        told = replace(told, detectable=noticed.effect, detectable_words=noticed.words)
    return Evaluation(told, _events(sets, design.earlier_years), _waves(sets))


def _silent(design: Design, answer: Answer, sentence: str, measure: Measure, sets: _Sets | None = None) -> Evaluation:
    """An answer without figures."""
    count, comparison, missing, provisional = _counted(design, sets)
    effect = EffectSummary(
        answer, sentence, None, None, None, None, None, count, comparison, (), None, None, "", None, "",
        said.coverage(count, comparison, missing, provisional), said.unit(measure),
    )  # fmt: skip
    return Evaluation(effect, (), ())


def _counted(design: Design, sets: _Sets | None) -> tuple[int, int, list[tuple[int, str]], bool]:
    """Supported and comparison schools that are looked at, who is missing and why, and whether results are provisional."""
    missing = [(len(design.left_out), said.NO_EARLIER), (len(design.unlike), said.UNLIKE)]
    if sets is None:
        return len(design.sets), len(design.comparison), missing, False
    known, found = sets.looked.known, sets.looked.found
    counted = np.isfinite(effects.differences(sets.members))
    row = sets.rows[:, 0]
    there, later = (row >= 0) & known.whole[row], np.isfinite(sets.members[:, 0])
    missing += [
        (int((~there).sum()), said.WITHDRAWN), (int((there & ~later).sum()), said.NO_LATER),
        (int((there & later & ~counted).sum()), said.ALONE),
    ]  # fmt: skip
    comparison = int(np.isfinite(sets.members[counted, 1:]).sum())
    return int(counted.sum()), comparison, missing, bool(found.provisional & set(sets.years))


def _still_there(found: Figures, design: Design) -> bool:
    """Whether the years that the design rests on are in these figures, with most schools."""
    return {design.selection_year, *design.earlier_years} <= set(found.years)


def _sets(
    found: Figures, tables: Mapping[str, pd.DataFrame], design: Design, outside: Collection[int] | None, since: frozenset[int]
) -> _Sets | None:  # fmt: skip
    """The sets with what later years leave over; None where no year with support is published."""
    others = set(map(int, tables["school"]["urn"] if outside is None else outside)) - since
    when = (design.selection_year, design.earlier_years)
    looked = looking.on_figures(found, tables["national"], when, (design.supported, others), design.grounds)
    last = design.until or max(found.years, default=0)
    columns = tuple(found.at(year) for year in found.years if design.first_year <= year <= last)
    if not columns:
        return None
    widest = max(len(one.comparison) for one in design.sets)
    row = {int(urn): at for at, urn in enumerate(found.urn)}
    rows = np.full((len(design.sets), 1 + widest), -1, dtype=np.intp)
    for at, one in enumerate(design.sets):
        urns = (one.supported, *one.comparison)
        rows[at, : len(urns)] = [-1 if urn in since else row.get(urn, -1) for urn in urns]
    year = np.array([found.years[column] for column in columns])
    starts = np.array([one.first_year for one in design.sets])
    counts, rest = year[None, :] >= starts[:, None], looking.rest(looked, columns)
    return _Sets(looked, rows, columns, rest, counts, starts, effects.members(rest, rows, counts))


def _told(design: Design, sets: _Sets, found: effects.Estimate, p: float) -> EffectSummary:
    measure = sets.looked.found.measure
    seen = p <= effects.LEVEL and (found.low > 0 or found.high < 0)
    answer: Answer = "weak design" if design.weak else "a difference is seen" if seen else "cannot be told apart"
    shown = (found.mean, found.low, found.high)
    schools = (found.sets, len(design.asked))
    sentence = said.effect(measure, schools, shown, apart=seen or bool(design.weak))
    count, comparison, missing, provisional = _counted(design, sets)
    own, others = _changes(sets)
    return EffectSummary(
        answer, f"{sentence} {design.weak}".strip(), *shown, found.se, p, count, comparison, sets.years, own, others,
        said.changes(measure, own, others, design.selection_year), design.detectable, design.detectable_words,
        said.coverage(count, comparison, missing, provisional), said.unit(measure),
    )  # fmt: skip


def _like(design: Design, sets: _Sets) -> Like:
    """What made-up programmes are to be like: as many schools as are looked at, each with the years that count for it."""
    looked = sets.looked
    own = np.isfinite(sets.rest[sets.rows[:, 0]]) & sets.when
    own &= np.isfinite(effects.differences(sets.members))[:, None]
    place = {int(row): at for at, row in enumerate(sets.rows[:, 0])}
    spare = {one.group: one.spare for one in design.grounds}
    how, when = [], []
    for field in looked.fields:
        at = [place[int(row)] for row in field.supported]
        left = sum(len(design.sets[one].comparison) for one in at)
        how.append((left // len(at), (spare.get(field.group) or left) if design.by_draw else 0))
        when.append(own[at])
    return Like(sets.columns, tuple(how), tuple(when))


def _waves(sets: _Sets) -> tuple[WavePoint, ...]:
    found = sets.looked.found
    shown = sum(year <= sets.years[-1] for year in found.years)
    outcome = np.where((sets.rows >= 0)[:, :, None], found.value[sets.rows][:, :, :shown], np.nan)
    return staggered.waves(outcome, sets.starts, found.years[:shown])


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
    tables: Mapping[str, pd.DataFrame], design: Design, *, seed: int, estimate: float | None = None, count: int = MADE_UP,
    outside: Collection[int] | None = None,
) -> Placebo:  # fmt: skip
    """Made-up programmes of schools without support, looked at as this one is; `estimate`: the programme's own."""
    silent = Placebo((), None, None, None, None, "")
    if design.refused or len(design.sets) < effects.FEWEST:
        return silent
    found = figures.figures(tables, design.measure)
    sets = _sets(found, tables, design, outside, frozenset()) if _still_there(found, design) else None
    like = _like(design, sets) if sets else None
    if sets is None or like is None or like.schools < effects.FEWEST:
        return silent
    made = looking.made_up(sets.looked, like, seed=seed, count=count)
    if not len(made):
        return silent
    low, high = (float(end) for end in np.quantile(made, (0.025, 0.975)))
    beyond = None if estimate is None else float(np.mean(np.abs(made) >= abs(estimate)))
    words = said.made_up(len(made), low, high, beyond, found.measure)
    noticed = noticing.of(made, sets.looked, like).effect
    return Placebo(tuple(np.sort(made).tolist()), low, high, beyond, noticed, words)

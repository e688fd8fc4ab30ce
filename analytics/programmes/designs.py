"""Setting a programme down: who is compared with whom, and what could be noticed, before results are read (METHODS 11.1, 11.4).

Refuses, in words, where there is no earlier year, or nobody to compare with. A design is kept as it is: new figures do
not change who stands in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics import years
from analytics.programmes import effects, figures, looking, matching, said
from analytics.programmes.figures import Figures
from analytics.programmes.looking import Looked
from analytics.programmes.matching import Field
from analytics.programmes.results import Design, MatchedSet
from analytics.standardise import Index
from data.catalogue import MEASURES, Measure, NotEnoughData

EARLIER = 3  # years before the selection year that a sound comparison has
LATER = 2  # years of results that the smallest noticeable effect is told for
MADE_UP = 500  # programmes without support that it is told from


@dataclass(frozen=True, slots=True)
class Plan:
    """What people set down: the measure, the years, who starts later, and whom the draw left.

    `starts`: first school year with support, of schools that start in another than `first_year`. `drawn`: schools that the
    draw did not take; where there are enough they are compared with. `until`: last year in which none of them had started.
    """

    measure: str
    selection_year: int
    first_year: int
    starts: Mapping[int, int] | None = None
    drawn: frozenset[int] = frozenset()
    until: int | None = None


def measures(area: str) -> tuple[Measure, ...]:
    """The published measures of an area by which a programme can be looked at, in catalogue order."""
    return tuple(one for one in MEASURES.values() if one.area == area and one.role == "scored")


def design(
    tables: Mapping[str, pd.DataFrame], supported: Collection[int], outside: Collection[int] | None, plan: Plan, *,
    seed: int, made_up: int = MADE_UP,
) -> Design:  # fmt: skip
    """Set a programme down. `tables`: published `value`, `school`, `national`. `outside`: schools without support and not of
    the partnership (None: all that are not supported). `made_up`: programmes without support from which the smallest
    noticeable effect is told (0: it is not). Raises NotEnoughData for a measure that has no expectation."""
    measure = _measure(plan.measure)
    found = figures.figures(tables, plan.measure)
    earlier = figures.earlier_years(found, plan.selection_year, EARLIER)
    bare = _bare(plan, earlier, seed)
    if plan.selection_year not in found.years:
        return _refused(replace(bare, earlier_years=()), _no_year(measure, plan.selection_year))
    if not earlier:
        return _refused(bare, said.no_earlier(measure, plan.selection_year))
    at = (plan.selection_year, earlier)
    looked = looking.on_figures(found, tables["national"], at, supported, outside)
    rows = [field.supported for field in looked.fields]
    inside = found.urn[np.concatenate(rows)] if rows else np.array([], dtype=np.int64)
    left_out = tuple(sorted(set(supported) - set(map(int, inside))))
    if not len(inside):
        return _refused(bare, _nobody(measure), left_out)
    how, by_draw = _how(looked, plan.drawn)
    if how is None:
        return _refused(bare, _none_like(measure), left_out)
    sets = _sets(looked, how, plan, by_draw=by_draw)
    effect, words = None, said.too_few(len(sets))
    if len(sets) >= effects.FEWEST:
        effect, words = _noticed(looked, tables["national"], how, plan, seed=seed, made_up=made_up)
    return Design(
        plan.measure, plan.selection_year, plan.first_year, earlier, sets, left_out, min(k for k, _ in how), looked.pool, seed,
        by_draw, plan.until if by_draw else None, said.few_earlier(earlier), "", effect, words,
    )  # fmt: skip


def _measure(key: str) -> Measure:
    found = MEASURES.get(key)
    if found is None or found.role != "scored":
        raise NotEnoughData(
            "this measure is not one that a programme can be looked at by", remedy="Choose one that has an expectation."
        )
    return found


def _bare(plan: Plan, earlier: tuple[int, ...], seed: int) -> Design:
    return Design(
        plan.measure, plan.selection_year, plan.first_year, earlier, (), (), 0, 0, seed, False, None, "", "", None, ""
    )  # fmt: skip


def _refused(bare: Design, why: str, left_out: tuple[int, ...] = ()) -> Design:
    return replace(bare, refused=why, left_out=left_out)


def _how(looked: Looked, drawn: Collection[int]) -> tuple[list[tuple[int, int]] | None, bool]:
    """For each field K and how many schools a draw left to choose from; whether comparison schools are those it left.

    They are where it left at least one for each supported school in every field: nothing but chance parts them then.
    None where a field holds too few schools without support.
    """
    supported, room = [len(field.supported) for field in looked.fields], [len(field.pool) for field in looked.fields]
    fewest, most = matching.SETS
    if any(pool < fewest * count for pool, count in zip(room, supported, strict=True)):
        return None, False
    left = [len(_left(looked, field, drawn)) for field in looked.fields]
    if all(spare >= count for spare, count in zip(left, supported, strict=True)):
        return [(min(spare // count, most), spare) for spare, count in zip(left, supported, strict=True)], True
    k = min(
        matching.size_of_sets(looked.supported, looked.pool),
        *(pool // count for pool, count in zip(room, supported, strict=True)),
    )
    return [(k, 0) for _ in looked.fields], False


def _left(looked: Looked, field: Field, drawn: Collection[int]) -> Index:
    """Rows of the schools of a field that the draw left and that have the figures."""
    found = looked.found
    here = found.group == found.group[field.supported[0]]
    supported = np.zeros(len(found.urn), dtype=bool)
    supported[field.supported] = True
    return np.flatnonzero(here & found.rows(drawn) & looked.known.whole & ~supported)


def _sets(looked: Looked, how: Sequence[tuple[int, int]], plan: Plan, *, by_draw: bool) -> tuple[MatchedSet, ...]:
    out = []
    for field, (k, _) in zip(looked.fields, how, strict=True):
        from_ = _left(looked, field, plan.drawn) if by_draw else field.pool
        chosen = matching.matched(field.x, field.supported, from_, k)
        for row, others in zip(field.supported, chosen, strict=True):
            urn = int(looked.found.urn[row])
            first = (plan.starts or {}).get(urn, plan.first_year)
            out.append(MatchedSet(urn, tuple(int(looked.found.urn[one]) for one in others), first))
    return tuple(sorted(out, key=lambda one: one.supported))


def _noticed(
    looked: Looked, national: pd.DataFrame, how: Sequence[tuple[int, int]], plan: Plan, *, seed: int, made_up: int
) -> tuple[float | None, str]:
    """The smallest effect noticed four times in five, from programmes that never were: in the years after this selection
    year where they are published, else in the newest years that are."""
    found = looked.found
    when = _tried(found, plan) if made_up else None
    if when is None:
        return None, "What such a comparison could notice cannot be told: there are too few years of results yet."
    selection, earlier, later = when
    tried = looked
    if selection != plan.selection_year:
        supported = found.urn[np.concatenate([field.supported for field in looked.fields])]
        others = found.urn[np.concatenate([field.pool for field in looked.fields])]
        tried = looking.on_figures(found, national, (selection, earlier), supported, others)
        if [len(field.supported) for field in tried.fields] != [len(field.supported) for field in looked.fields]:
            return (
                None,
                "What such a comparison could notice cannot be told: some schools have no figures in earlier years.",
            )
    made = looking.made_up(tried, [found.at(year) for year in later], how, seed=seed, count=made_up)
    if not len(made):
        return (
            None,
            "What such a comparison could notice cannot be told: there are too few schools without support to try it on.",
        )
    effect = effects.detectable(float(np.std(made, ddof=1)), looked.supported)
    return effect, said.noticed(effect, looked.supported, len(later), found.measure)


def _tried(found: Figures, plan: Plan) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """Selection year, earlier and later years in which made-up programmes can be looked at as this one will be."""
    wanted = len(figures.earlier_years(found, plan.selection_year, EARLIER))
    own = tuple(year for year in found.years if year >= plan.first_year)[:LATER]
    if own:
        return plan.selection_year, figures.earlier_years(found, plan.selection_year, EARLIER), own
    for later, before in ((LATER, wanted), (1, wanted), (LATER, 1), (1, 1)):
        for at in range(len(found.years) - 1 - later, before - 1, -1):
            year = found.years[at]
            if year <= plan.selection_year:
                return year, figures.earlier_years(found, year, wanted), found.years[at + 1 : at + 1 + later]
    return None


def _no_year(measure: Measure, year: int) -> str:
    return f"There are no published results in {measure.short} of {years.shown(year)}, the year on which schools were chosen."


def _nobody(measure: Measure) -> str:
    return f"None of the schools has the published figures in {measure.short} that a comparison needs."


def _none_like(measure: Measure) -> str:
    return f"There are too few schools without support, of the same phase and with figures in {measure.short}, to compare with."

"""Setting a programme down: who is compared with whom, and what could be noticed, before results are read (METHODS 11.1, 11.4).

Refuses, in words, where there is no earlier year, or nobody to compare with. A design is kept as it is: new figures do
not change who stands in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.programmes import effects, figures, looking, matching, noticing, said
from analytics.programmes.figures import Figures
from analytics.programmes.looking import Looked
from analytics.programmes.matching import Field
from analytics.programmes.noticing import EARLIER, MADE_UP, Noticed, Times
from analytics.programmes.results import Answer, Design, Ground, MatchedSet
from analytics.standardise import Index
from data.catalogue import MEASURES, Measure, NotEnoughData


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

    @property
    def left(self) -> frozenset[int]:
        """Whom the draw left, where they can be compared with for a year at least."""
        return frozenset() if self.until is not None and self.until < self.first_year else self.drawn


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
    if why := _not_there(plan, found, supported):
        return replace(bare, **_refused(*why), earlier_years=())
    if not earlier:
        return replace(bare, **_refused("too few earlier years", said.no_earlier(measure, plan.selection_year)))
    at = (plan.selection_year, earlier)
    whole = looking.on_figures(found, tables["national"], at, (supported, outside))
    looked, left_out, unlike = _able(whole, supported)
    bare = replace(bare, left_out=left_out, unlike=unlike)
    if not looked.fields:
        if unlike:
            return replace(bare, **_refused("nobody alike", _none_like(measure)))
        return replace(bare, **_refused("figures missing", _nobody(measure)))
    how, by_draw = _how(looked, plan.left)
    sets = _sets(looked, how, plan, by_draw=by_draw)
    until = plan.until if by_draw else None
    noticed = Noticed(None, said.too_few(len(sets)))
    if len(sets) >= effects.FEWEST:
        times = Times(plan.selection_year, plan.first_year, {one.supported: one.first_year for one in sets}, until)
        noticed = noticing.beforehand(looked, tables["national"], times, how, seed=seed, made_up=made_up)
    return replace(
        bare, sets=sets, k=_usual(sets), pool=looked.pool, by_draw=by_draw, until=until, weak=said.few_earlier(earlier),
        detectable=noticed.effect, detectable_words=noticed.words, told_years=noticed.years,
        grounds=tuple(Ground(field.group, field.limit, field.regress, spare) for field, (_, spare) in zip(looked.fields, how, strict=True)),
    )  # fmt: skip


def _usual(sets: Sequence[MatchedSet]) -> int:
    """How many comparison schools most sets have; of two that are as common the smaller."""
    sizes = [len(one.comparison) for one in sets]
    return max(sorted(set(sizes)), key=sizes.count)


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


def _refused(kind: Answer, why: str) -> dict[str, Any]:
    return {"refused": why, "refused_as": kind}


def _not_there(plan: Plan, found: Figures, supported: Collection[int]) -> tuple[Answer, str] | None:
    """Why the years that were set down cannot be looked at, with what a heading says; None where they can."""
    measure, year = found.measure, plan.selection_year
    if plan.first_year <= year:
        return "years muddled", said.not_after(year, plan.first_year)
    early = [start for start in (plan.starts or {}).values() if start < plan.first_year]
    if early:
        return "years muddled", said.too_early(min(early), plan.first_year)
    if year not in found.years:
        return "figures missing", said.no_year(measure, year)
    at, mine = found.at(year), found.rows(supported)
    if np.isfinite(found.value[mine, at]).any() and not np.isfinite(found.expected[:, at]).any():
        return "figures missing", said.no_expectation(measure, year)
    return None


def _able(looked: Looked, supported: Collection[int]) -> tuple[Looked, tuple[int, ...], tuple[int, ...]]:
    """The fields that hold schools enough to compare with; supported schools without the figures, and those of other fields."""
    fewest = matching.SETS[0]
    kept = tuple(field for field in looked.fields if len(field.pool) >= fewest * len(field.supported))
    there, able = (
        {int(urn) for field in fields for urn in looked.found.urn[field.supported]} for fields in (looked.fields, kept)
    )
    return replace(looked, fields=kept), tuple(sorted(set(supported) - there)), tuple(sorted(there - able))


def _how(looked: Looked, drawn: Collection[int]) -> tuple[tuple[tuple[int, int], ...], bool]:
    """For each field K and how many schools a draw left to choose from; whether comparison schools are those it left.

    They are where it left at least one for each supported school in every field: nothing but chance parts them then. Else K
    is one for all, and less only in a field that holds too few schools for it.
    """
    supported, room = [len(field.supported) for field in looked.fields], [len(field.pool) for field in looked.fields]
    left = [len(_left(looked, field, drawn)) for field in looked.fields]
    if all(spare >= count for spare, count in zip(left, supported, strict=True)):
        most = matching.SETS[1]
        return tuple((min(spare // count, most), spare) for spare, count in zip(left, supported, strict=True)), True
    k = matching.size_of_sets(looked.supported, looked.pool)
    return tuple((min(k, pool // count), 0) for pool, count in zip(room, supported, strict=True)), False


def _left(looked: Looked, field: Field, drawn: Collection[int]) -> Index:
    """Rows of the schools of a field that the draw left and that have the figures."""
    found = looked.found
    here = found.group == field.group
    supported = np.zeros(len(found.urn), dtype=bool)
    supported[field.supported] = True
    return np.flatnonzero(here & found.rows(drawn) & looked.known.whole & ~supported)


def _sets(looked: Looked, how: Sequence[tuple[int, int]], plan: Plan, *, by_draw: bool) -> tuple[MatchedSet, ...]:
    out = []
    for field, (k, _) in zip(looked.fields, how, strict=True):
        from_ = _left(looked, field, plan.left) if by_draw else field.pool
        chosen = matching.matched(field.x, field.supported, from_, k)
        for row, others in zip(field.supported, chosen, strict=True):
            urn = int(looked.found.urn[row])
            first = (plan.starts or {}).get(urn, plan.first_year)
            out.append(MatchedSet(urn, tuple(int(looked.found.urn[one]) for one in others), first))
    return tuple(sorted(out, key=lambda one: one.supported))


def _nobody(measure: Measure) -> str:
    return f"None of the schools has the published figures in {measure.short} that a comparison needs."


def _none_like(measure: Measure) -> str:
    return f"There are too few schools without support, of the same phase and with figures in {measure.short}, to compare with."

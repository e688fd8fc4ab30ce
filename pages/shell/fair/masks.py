"""What stands in the place of what may not be told yet of a school, and which counts may be told while it may not.

A masked row keeps the school, the area and the years, which are published; its tier is "shown to the school first" whatever
the tier was, and no number of it is left. Pure: rows and sets in, rows and counts out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analytics.results import AreaScore, Need, Strength
from data.access.scope import Scope
from data.catalogue import AREAS
from pages.components.words import NOT_SHOWN_YET

FEWEST = 3  # schools that are shown first, from which on a number of needs among them may be told
NEVER = 10**9
CLOUD = 8  # similar schools from which on their dots, without names, may stand behind a school's own
OPEN = "strength_to_share"  # anybody may read it
TOO_FEW = "not_enough_data"
Tells = Callable[[int, str], bool]


def masked(row: AreaScore) -> AreaScore:
    """The row without anything derived."""
    return replace(
        row, tier=NOT_SHOWN_YET, pupils=0.0, years_withheld=0, value=None, value_low=None, value_high=None, expected=None,
        difference=None, difference_low=None, difference_high=None, m=0.0, s=0.0, p_below=0.0, p_above=0.0, p_within=0.0,
        score=50.0, score_low=50.0, score_high=50.0, reasons="", severity=0.0, lead=False, particular="", agreement=None,
        sensitive_to="",
    )  # fmt: skip


def seen(scores: Iterable[AreaScore], tells: Tells) -> tuple[AreaScore, ...]:
    """Scores as a person may see them: strengths and what may be told as they are, everything else masked."""
    return tuple(row if row.tier == OPEN or tells(row.urn, row.area) else masked(row) for row in scores)


def names_nobody(number: int, among: int, *, fewest: int = FEWEST) -> bool:
    """Whether a number of schools with a need may be told of `among` schools that are shown first.

    Of fewer than `fewest` never, and not where it is none or all of them: each would then be known.
    """
    return among >= fewest and 0 < number < among


def fewest_of(scope: Scope, uid: str, members: Collection[int]) -> int:
    """From how many schools on numbers of those shown first may be told: never, to somebody with a role over another
    partnership that shares schools with this one and is not the same, for one number less the other would name the rest.
    """
    here = frozenset(members)
    others = (grant.members for grant in scope.grants if grant.uid not in (None, uid))
    return NEVER if any(there & here and there != here for there in others) else FEWEST


def could(scores: Sequence[AreaScore], strengths: Iterable[Strength] = ()) -> dict[int, frozenset[str]]:
    """Areas in which a number of needs could be about a school, of each school of whom something can be said.

    Where a strength may be read by anybody, nothing of its cluster of evidence could: hardly a school has both (METHODS 5.7).
    Areas without any score are of inspections and accounts: any school could need there. `scores`: all of them, masked or not.
    """
    rows = [row for row in scores if row.tier != TOO_FEW]
    open_to_all = [
        *((row.urn, row.area) for row in rows if row.tier == OPEN),
        *((row.urn, row.area) for row in strengths),
    ]
    strong = {(urn, AREAS[area].cluster) for urn, area in open_to_all}
    unscored = AREAS.keys() - {row.area for row in scores}
    found = {row.urn: set(unscored) for row in rows if row.area != "attendance"}
    for row in rows:
        found.get(row.urn, set()).add(row.area)
    return {
        urn: frozenset(area for area in areas if (urn, AREAS[area].cluster) not in strong)
        for urn, areas in found.items()
    }


def need_counts(
    needs: Sequence[Need],
    able: Mapping[int, frozenset[str]],
    held: Collection[int],
    tells: Tells,
    *,
    fewest: int = FEWEST,
) -> tuple[int, bool, dict[str, int]]:
    """How many schools have a need as far as it may be told, whether that counts the schools `held`, and the same by area.

    Numbers of schools shown first are told only where each school with a need has a double: one without any, of which all that
    is told would be as true. So no area is told where the whole is not, nor one that with the others would leave a school without.
    `needs`: all of them; `able`: `could`.
    """
    told = {(need.urn, need.area) for need in needs if tells(need.urn, need.area)}
    named = {urn for urn, _ in told}
    quiet = (able.keys() & set(held)) - named
    theirs: dict[int, set[str]] = {}
    for need in needs:
        if need.urn in quiet:
            theirs.setdefault(need.urn, set()).add(need.area)
    has = {frozenset(areas) for areas in theirs.values()}
    free = {able[urn] for urn in quiet - theirs.keys()}
    among = {urn for urn in quiet if able[urn] or urn in theirs}
    whole = names_nobody(len(theirs), len(among), fewest=fewest) and _doubled(has, free, frozenset())
    areas: dict[str, int] = {}
    said: frozenset[str] = frozenset()
    for area in [area for area in AREAS if any(need.area == area for need in needs)]:
        more = {urn for urn, mine in theirs.items() if area in mine}
        those = more | {urn for urn in quiet if area in able[urn]}
        if whole and names_nobody(len(more), len(those)) and _doubled(has, free, said | {area}):
            said |= {area}
            areas[area] = len(more)
        if named_here := sum(of == area for _, of in told):
            areas[area] = areas.get(area, 0) + named_here
    return len(named) + (len(theirs) if whole else 0), whole or not held, areas


def _doubled(has: Collection[frozenset[str]], free: Collection[frozenset[str]], said: frozenset[str]) -> bool:
    """Whether each school's needs, as far as their areas are `said`, could be those of a school without any; where none is,
    whether that one could have a need in another area in which one of them has."""
    every = frozenset[str]().union(*has)
    return all(any(one & said <= other and (one & said or (other & every) - said) for other in free) for one in has)


def told_measures(
    scores: pd.DataFrame, held: Collection[int], *, beside: Collection[int] = (), fewest: int = FEWEST
) -> frozenset[str]:
    """Measures whose averages and gaps may be told of some schools: of those among them that are `held`, none has a figure in
    it, or `fewest` or more; and so of the held ones `beside` them, whose figures would be left over from the average of all.

    From an average, and the figures of all its schools but one or two, theirs could be worked out. `scores`: urn, measure and, of
    each school's figure, y; a row without y is no figure.
    """
    known = scores[scores["y"].notna()] if "y" in scores else scores
    told = frozenset(map(str, scores["measure"].unique()))
    for some in (held, beside):
        few = known[known["urn"].isin(list(some))].groupby("measure", observed=True)["urn"].nunique()
        told -= frozenset(map(str, few[(few > 0) & (few < fewest)].index))
    return told

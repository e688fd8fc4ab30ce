"""What stands in the place of what may not be told yet of a school, and which counts may be told while it may not.

A masked row keeps the school, the area and the years, which are published; its tier is "shown to the school first" whatever
the tier was, and no number of it is left. Pure: rows and sets in, rows and counts out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analytics.results import AreaScore, Need
from data.access.scope import Scope
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


def need_counts(
    needs: Sequence[Need], scores: Sequence[AreaScore], held: Collection[int], tells: Tells, *, fewest: int = FEWEST
) -> tuple[int, bool, dict[str, int]]:
    """How many schools have a need as far as it may be told, whether that counts the schools `held`, and the same by area.

    Of those that are shown first no area is told where the whole is not, nor one that would lie over another so that the
    schools in both would be known. `needs`, `scores`: all of them, masked or not.
    """
    known = {row.urn for row in scores if row.tier != TOO_FEW and row.area != "attendance"}
    told = {(need.urn, need.area) for need in needs if tells(need.urn, need.area)}
    named = {urn for urn, _ in told}
    quiet = (known & set(held)) - named
    rest = quiet & {need.urn for need in needs}
    whole = names_nobody(len(rest), len(quiet), fewest=fewest)
    areas: dict[str, int] = {}
    counted: list[tuple[set[int], int]] = []
    for area in dict.fromkeys(need.area for need in needs):
        rows = [row for row in scores if row.area == area]
        among = quiet & ({row.urn for row in rows if row.tier != TOO_FEW} if rows else known)
        more = len(among & {need.urn for need in needs if need.area == area})
        # Of two areas at least `more + number - len(rest)` schools have a need in both: fewer than could have.
        apart = all(more + number - len(rest) < len(among & other) for other, number in counted)
        if whole and apart and names_nobody(more, len(among)):
            counted.append((among, more))
            areas[area] = more
        if named_here := sum(of == area for _, of in told):
            areas[area] = areas.get(area, 0) + named_here
    return len(named) + (len(rest) if whole else 0), whole or not held, areas


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

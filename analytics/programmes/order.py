"""Who of a programme starts when, and whom it is compared with because of it: beside those that a draw left, or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analytics import years
from analytics.programmes import figures
from analytics.programmes.designs import Plan
from analytics.programmes.noticing import EARLIER
from analytics.programmes.results import Design

Part = Literal["supported", "later", "compared"]


@dataclass(frozen=True, slots=True)
class Start:
    """One school's part in a programme; `from_year` where it starts in another year than the programme."""

    urn: int
    part: Part
    wave: int
    from_year: int | None


def start(urn: int, said: Mapping[str, object]) -> Start:
    """A school's part as it was entered."""
    found, wave, year = said["part"], said["wave"], said["from_year"]
    part: Part = "supported" if found == "supported" else "later" if found == "later" else "compared"
    return Start(urn, part, wave if isinstance(wave, int) else 1, year if isinstance(year, int) else None)


@dataclass(frozen=True, slots=True)
class Entrants:
    """Schools that a draw can be made for. `able`: with the figures that a comparison needs; `groups`: how many of them in
    each group of schools that are compared with one another."""

    able: frozenset[int]
    groups: tuple[int, ...]

    def by_lot(self, places: int) -> bool:
        """Whether every draw leaves a school for each that it takes, in every group: the draw then says who is compared."""
        return all(count >= 2 * min(places, count) for count in self.groups)


def compared(
    make: Callable[[Collection[int], Plan], Design], plan: Plan, order: Sequence[Start], *, by_lot: bool = True
) -> Design:
    """The comparison for this order: beside those that the draw left, where there are enough of them (`by_lot`: and where
    that was settled before the draw); else beside schools elsewhere, each from its own start. `make` sets one down."""
    first = [one.urn for one in order if one.part == "supported"]
    rest = [one for one in order if one.part != "supported"]
    later = {one.urn: one.from_year for one in rest if one.from_year is not None}
    if by_lot:
        until = years.preceding(min(later.values())) if later else None
        found = make(first, replace(plan, drawn=frozenset(one.urn for one in rest), until=until))
        if found.by_draw or not later:
            return found
    return make([*first, *later], replace(plan, starts=later or None))


def apart(order: Collection[Start], members: Collection[int], supported: Collection[int]) -> frozenset[int]:
    """Who is no school elsewhere without support: the partnership's, the programme's, and those that others support."""
    return frozenset((*(one.urn for one in order), *members, *supported))


def entrants(tables: Mapping[str, pd.DataFrame], schools: Collection[int], plan: Plan) -> Entrants:
    """Which of the schools can be compared at all. All, where the years themselves cannot be looked at: that is said later."""
    found = figures.figures(tables, plan.measure)
    earlier = figures.earlier_years(found, plan.selection_year, EARLIER)
    if plan.selection_year not in found.years or not earlier:
        return Entrants(frozenset(schools), (len(schools),))
    whole = figures.known(found, tables["national"], plan.selection_year, earlier).whole
    mine = found.rows(schools) & whole
    groups = pd.Series(found.group[mine]).value_counts().sort_index()
    return Entrants(frozenset(int(urn) for urn in found.urn[mine]), tuple(int(one) for one in groups))

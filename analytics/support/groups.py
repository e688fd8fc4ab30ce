"""Where a working group could do what pairs cannot: an area in which schools of a partnership differ much, with few days among
those who are strong in it. Who could lead, who has days and room, who would join. A suggestion; schools say for themselves.

Names no school whose area the figures do not speak of; whoever may not be told of a school passes tables without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.scores import gap
from analytics.support import givers, needed
from analytics.support.wishes import Wishes
from data.catalogue import AREAS, MEASURES

CLEAR_SHARE = 0.5  # of the nation's own spread: the gap is called wide where surely (95%) more than this
LIKELY_LOW = 0.5  # P(theta < -delta) from which a school with mixed evidence is asked whether it would join
FEWEST_JOINING = 2  # with a lead the smallest group
FEW_POINTS = 2.0  # gaps below are told with a decimal
Role = Literal["leads", "hosts", "joins"]
Because = Literal["strong", "days", "derived", "stated", "both", "unsure"]


@dataclass(frozen=True, slots=True)
class Member:
    """One school of a suggested group. `days`: a term, of its offers in the area; None where it has offered none.

    `because`: strong (a strength to share), days (it offers days and has no need), a need (derived, stated or both), or
    unsure (mixed evidence that leans low: ask).
    """

    urn: int
    role: Role
    because: Because
    days: float | None = None
    offer: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What a working group in one area could be. `gap`: the spread between these schools after intake, in `unit`s, with the
    nation's beside it; None where too few have figures. `suggested`: they differ much, somebody is strong, and more would join than the strong ones' days reach one by one.
    `reason` has {0} where the name of the first of `hosts` goes."""

    area: str
    phase: str
    time_period: int
    measure: str | None
    gap: gap.GapPoint | None
    national: float | None
    unit: str
    suggested: bool
    leads: tuple[Member, ...]
    hosts: tuple[Member, ...]
    joins: tuple[Member, ...]
    finding: str
    reason: str


def groups(
    tables: Mapping[str, pd.DataFrame], members: frozenset[int], offers: pd.DataFrame, *, phase: str, time_period: int,
    wishes: Wishes, stated: pd.DataFrame | None, spread: Mapping[str, Spread] | None = None,
) -> tuple[Group, ...]:  # fmt: skip
    """A group for every area of the phase in which any school could lead or join: those suggested first, the widest gap first.

    `tables`: those of a plan, and where no `spread` (of `spreads`) is given measure_score and national. Offers and stated needs
    as for a plan.
    """
    areas = [key for key, area in AREAS.items() if phase in area.phases or area.phases == ("any",)]
    needs = needed.needed(tables, members, stated, time_period=time_period, wishes=wishes).needs
    giver = givers.givers(tables, offers, time_period=time_period, scenario="offers", wishes=wishes)
    if spread is None:
        spread = spreads(lambda name, urns=None: _of(tables[name], urns), members, phase, time_period)
    barred = givers.barred(tables)
    members = members - wishes.closed  # who has no visits now neither gives nor joins; it counts in the gap
    needs, giver = needs[needs["urn"].isin(members)], giver[giver["supporter"].isin(members)]
    scores = tables["area_score"]
    scores = scores[scores["urn"].isin(members) & scores["time_period"].eq(time_period) & scores["phase"].eq(phase)]
    needs = needs[needs["phase"].eq(phase)].sort_values(["severity", "urn"], ascending=[False, True])
    parts = [_by_area(rows) for rows in (scores.sort_values("urn"), needs, giver)]
    found = [_group(area, parts, spread, barred, phase=phase, time_period=time_period) for area in areas]
    there = [one for one in found if one.leads or one.joins]
    return tuple(
        sorted(there, key=lambda one: (not one.suggested, -(one.gap.low if one.gap else 0.0), areas.index(one.area)))
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """The gap after intake of one measure, and the nation's spread in its unit."""

    point: gap.GapPoint
    national: float


def _of(table: pd.DataFrame, urns: Collection[int] | None) -> pd.DataFrame:
    return table if urns is None else table[table["urn"].isin(list(urns))]


def spreads(
    read: Callable[..., pd.DataFrame], told: frozenset[int], phase: str, time_period: int
) -> Mapping[str, Spread]:
    """The gap after intake of each measure in the plan's year, with the nation's spread in the same unit. `read` gives a
    published table, or its rows of some schools; `told`: the members whose figures may be told of.
    """
    rows, national = read("measure_score", told), read("national")
    if "y" not in rows:  # figures made before differences were published unshrunk
        return {}
    rows = rows[rows["phase"].eq(phase) & rows["time_period"].eq(time_period)]
    found = {}
    for measure, mine in rows.groupby("measure", sort=True, observed=True):
        between = gap.between_schools(mine, national)
        if between is not None:
            unit = float(np.median(gap.levels(mine, national)["unit"]))
            found[str(measure)] = Spread(between.after_intake[-1], unit)
    return found


def _by_area(rows: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    """The rows of an area, in their order; none for an area that has none."""
    parts = {str(area): part for area, part in rows.groupby("area", sort=False, observed=True)}
    return lambda area: parts.get(area, rows.iloc[:0])


def _group(
    area: str, parts: Sequence[Callable[[str], pd.DataFrame]], spread: Mapping[str, Spread], barred: Collection[int],
    *, phase: str, time_period: int,
) -> Group:  # fmt: skip
    """`parts`: scores by URN, needs of the phase with the severest first, and who gives; each by area."""
    scores, in_need, days = (of(area) for of in parts)
    strong = [int(urn) for urn in scores.loc[scores["tier"].eq("strength_to_share"), "urn"] if urn not in barred]
    low = set(in_need["urn"])
    leads = tuple(_with_days(urn, "leads", "strong", days) for urn in strong if urn not in low)
    hosts = tuple(_with_days(urn, "hosts", "days", days) for urn in set(days["supporter"]) - {*strong, *low})
    hosts = tuple(sorted(hosts, key=lambda one: (-(one.days or 0.0), one.urn)))
    joins = tuple(Member(int(urn), "joins", basis) for urn, basis in zip(in_need["urn"], in_need["basis"], strict=True))
    leaning = (
        scores["tier"].eq("mixed_evidence")
        & (scores["p_below"] >= LIKELY_LOW)
        & ~scores["urn"].isin([*low, *days["supporter"]])
    )
    joins += tuple(Member(int(urn), "joins", "unsure") for urn in scores.loc[leaning, "urn"])
    measure = str(scores["measure"].mode().iloc[0]) if len(scores) else None
    wide = spread.get(measure) if measure else None
    inconsistent = wide is not None and wide.point.low >= CLEAR_SHARE * wide.national
    places = int(days.loc[days["supporter"].isin([one.urn for one in leads]), "slots"].sum())
    suggested = inconsistent and bool(leads) and len(joins) >= FEWEST_JOINING and places < len(joins)
    return Group(
        area, phase, time_period, measure, wide.point if wide else None, wide.national if wide else None,
        MEASURES[measure].unit if measure else "", suggested, leads, hosts, joins,
        _finding(area, wide, inconsistent), _reason(leads, hosts, joins, places) if suggested else "",
    )  # fmt: skip


def _with_days(urn: int, role: Role, because: Because, days: pd.DataFrame) -> Member:
    mine = days[days["supporter"].eq(urn)]
    if mine.empty:
        return Member(urn, role, because)
    return Member(urn, role, because, float(mine["days"].sum()), int(mine["offer"].min()))


def _finding(area: str, wide: Spread | None, inconsistent: bool) -> str:
    label = AREAS[area].label
    if wide is None:
        return f"How much our schools differ in {AREAS[area].lead_words} cannot be told: too few have figures."
    point = wide.point
    if point.low <= 0:
        return f"{label}: whether our {point.schools} schools differ more than by chance, for their intake, cannot be told."
    decimals = 0 if point.tau >= FEW_POINTS else 1
    tau, low, high = (f"{one:.{decimals}f}" for one in (point.tau, point.low, point.high))
    size = f"for their intake they differ by about {tau} points from school to school (likely between {low} and {high})"
    if inconsistent:
        return f"{label} is inconsistent across our {point.schools} schools: {size}."
    return f"{label} across our {point.schools} schools: {size}, which need not be more than elsewhere."


def _reason(leads: tuple[Member, ...], hosts: tuple[Member, ...], joins: tuple[Member, ...], places: int) -> str:
    """Why a group rather than pairs: the days that the strong schools have, against the schools that would join."""
    own = sum(one.days or 0.0 for one in leads)
    strong = "The one strong school has" if len(leads) == 1 else f"The {len(leads)} strong schools have"
    some = f"{places} of the {len(joins)} schools" if places else f"none of the {len(joins)} schools"
    offered = f"{strong} {own:g} days a term, enough for {some} one by one" if own else f"{strong} offered no days yet"
    return f"{offered}; a group would reach them all at once." + (
        " Days and room could come from {0}." if hosts else ""
    )

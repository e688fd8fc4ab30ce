"""Pupils and staff of several schools, and how long ago they were inspected: middles, middle halves and counts.

Says where schools lie, not whether that is good: few pupils for each teacher costs money, many cost attention.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.facts.visits import aged
from analytics.results import Inspection, School

FEWEST = 4  # schools from which on a middle half means something
YEARS = 4  # a round mark: an inspection older than this says little of now
WHOLE = ("graded", "previous_graded", "report_card")


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle school and the middle half of `schools`, in the measure's own units."""

    time_period: int
    schools: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Rolls:
    """Pupils on roll of the `counted` of `schools` schools, and how many had fewer or more of them than two years before, of the
    `compared`.
    """

    pupils: int
    schools: int
    counted: int
    compared: int
    fewer: int
    more: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """Of `schools` schools `inspected` have a grade or report card on record; `old` of them is more than YEARS years old.
    `middle`: age in years of the middle one, None without any.
    """

    schools: int
    inspected: int
    old: int
    middle: float | None


def spread(values: pd.DataFrame, urns: Collection[int], measure: str) -> Spread | None:
    """Over the newest year of which any of the schools has a figure. `values`: YearValue rows. None below FEWEST schools."""
    mine = values[(values["measure"] == measure) & values["urn"].isin(list(urns)) & values["value"].notna()]
    if mine.empty:
        return None
    last = int(mine["time_period"].max())
    found = mine.loc[mine["time_period"] == last, "value"].to_numpy(float)
    if len(found) < FEWEST:
        return None
    low, middle, high = (float(one) for one in np.quantile(found, (0.25, 0.5, 0.75)))
    return Spread(last, len(found), low, middle, high)


def spread_of(read: Callable[[str], pd.DataFrame], urns: frozenset[int], measure: str) -> Spread | None:
    """`spread` of these schools from the published tables: `read` gives one by its name."""
    return spread(read("value"), urns, measure)


def spread_of_phase(read: Callable[[str], pd.DataFrame], phase: str, measure: str) -> Spread | None:
    """`spread` of all schools of the phase."""
    return spread(read("value"), of_phase(read("school"), phase), measure)


def rolls(schools: Sequence[School]) -> Rolls:
    """Missing rolls and changes are left out and counted."""
    pupils = [one.pupils for one in schools if one.pupils is not None]
    changes = [one.roll_change_pct for one in schools if one.roll_change_pct is not None]
    return Rolls(
        round(sum(pupils)), len(schools), len(pupils), len(changes), sum(one < 0 for one in changes),
        sum(one > 0 for one in changes),
    )  # fmt: skip


def inspected(rows: Sequence[Inspection], urns: Collection[int], today: date) -> Inspected:
    """The newest graded inspection or report card of each school counts, as old as it is `today`."""
    ages: dict[int, float] = {}
    for row in aged(rows, today):
        if row.urn in urns and row.event in WHOLE and row.age_years is not None:
            ages[row.urn] = min(row.age_years, ages.get(row.urn, row.age_years))
    middle = float(np.median(sorted(ages.values()))) if ages else None
    return Inspected(len(urns), len(ages), sum(age > YEARS for age in ages.values()), middle)


def of_phase(schools: pd.DataFrame, phase: str) -> frozenset[int]:
    """URNs of all schools of the `school` table that are compared in the phase, or belong to it without being compared."""
    stages = schools["stages"].fillna("").astype(str)
    compared = ("|" + stages + "|").str.contains(f"|{phase}|", regex=False)
    return frozenset(schools.loc[compared | (stages.eq("") & schools["phase"].eq(phase)), "urn"].astype(int))

"""Published results of a school before, during and after support, as published: looked at, never taken as proof of anything.

Whether support helped is asked of whole programmes with comparison schools (METHODS 11), never of one school.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from analytics.standardise import interval
from data.catalogue import MEASURES
from data.catalogue.terms import term_of
from data.catalogue.years import following

When = Literal["before", "during", "one_after", "two_after"]
YEARS_BEFORE = 2  # published years before the support that are shown beside it
MEASURES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Followed:
    """One published figure of a school beside an agreement. `value` None: withheld, `status` says why; `low` and `high`: of a
    percentage, the range it probably lies in; None for averages.
    """

    measure: str
    time_period: int
    when: When
    value: float | None
    low: float | None
    high: float | None
    pupils: float | None
    status: str
    release: str
    as_predecessor: bool


def measures_of(values: pd.DataFrame, area: str) -> tuple[str, ...]:
    """The measures of an area that stand in `values`, scored ones first, then as catalogued; at most MEASURES_SHOWN."""
    there = set(values.loc[values["value"].notna(), "measure"])
    found = [
        one for one in MEASURES.values() if one.area == area and one.key in there and one.role in ("scored", "shown")
    ]
    found = [one for one in found if one.role == "scored"] or found
    return tuple(one.key for one in found[:MEASURES_SHOWN])


def followed(values: pd.DataFrame, area: str, starts: date, ended: date) -> tuple[Followed, ...]:
    """What was published of one school in an area before, during, one and two years after; by measure, then year.

    `values`: urn, measure, time_period, value, status, pupils, release, as_predecessor, of that school. Years that are not
    published are not there; withheld ones are, without a value. The school year that the support began in is `during`.
    """
    wanted = _years(starts, ended)
    found: list[Followed] = []
    for measure in measures_of(values, area):
        mine = values[values["measure"].eq(measure)].sort_values("time_period")
        before = mine[mine["time_period"] < term_of(starts).year].tail(YEARS_BEFORE)
        known: dict[int, When] = dict.fromkeys(before["time_period"].astype(int), "before")
        known |= wanted
        rows = mine[mine["time_period"].isin(list(known))]
        found += _rows(rows, measure, known)
    return tuple(found)


def _years(starts: date, ended: date) -> dict[int, When]:
    first, last = term_of(starts).year, term_of(ended).year
    found: dict[int, When] = {}
    year = first
    while year <= last:
        found[year] = "during"
        year = following(year)
    found[year], found[following(year)] = "one_after", "two_after"
    return found


def _rows(rows: pd.DataFrame, measure: str, when: Mapping[int, When]) -> list[Followed]:
    value, pupils = rows["value"].to_numpy(float), rows["pupils"].to_numpy(float)
    share = MEASURES[measure].unit == "pct" and MEASURES[measure].kind == "proportion"
    nothing = np.full(len(rows), np.nan)
    low, high = interval(value, np.where(pupils > 0, pupils, np.nan)) if share and len(rows) else (nothing, nothing)
    return [
        Followed(
            measure, int(year), when[int(year)], _known(value[at]), _known(low[at]), _known(high[at]), _known(pupils[at]),
            str(status), str(release), bool(predecessor),
        )
        for at, (year, status, release, predecessor) in enumerate(
            zip(rows["time_period"], rows["status"], rows["release"], rows["as_predecessor"], strict=True)
        )
    ]  # fmt: skip


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None

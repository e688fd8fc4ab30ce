"""This summer's results beside last year's: what is provisional, or the partnership's own, and how far chance alone may go.

Two year groups are other pupils, so a change carries the range of a difference of two shares: Newcombe 1998, his method 10,
from the range of each share (`standardise.interval`). A mean has no range here, for nothing is published of how its pupils
differ. Refuses to flag, to score and to set a figure beside a year that is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analytics.results import YearValue
from analytics.standardise import Array, interval
from data.catalogue import MEASURES

Whose = Literal["provisional", "own"]


@dataclass(frozen=True, slots=True)
class Supplied:
    """A figure that the partnership has and nobody has published, as it may be shown. `value` in the measure's units."""

    measure: str
    time_period: int
    value: float
    pupils: float | None


@dataclass(frozen=True, slots=True)
class Summer:
    """One measure: the newest firm year and the one that came after it. `low` and `high`: the range of the change, in points;
    None for a mean, or where a number of pupils is not known.
    """

    measure: str
    last_period: int
    last_value: float
    last_pupils: float | None
    time_period: int
    value: float
    pupils: float | None
    whose: Whose
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float:
        return self.value - self.last_value

    @property
    def beyond_chance(self) -> bool:
        """Whether the whole range lies on one side of no change."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def this_summer(
    values: Iterable[YearValue], supplied: Sequence[Supplied], measures: Sequence[str]
) -> tuple[Summer, ...]:
    """One row for each of `measures` (in their order) with a firm year and a newer figure that is not firm yet.

    `values`: one school's published figures. What is withheld or missing is no figure. A published figure of a year stands
    before what the partnership supplied for it; of several newer years the newest counts.
    """
    rows = list(values)
    found = (_of(measure, [row for row in rows if row.measure == measure], supplied) for measure in measures)
    return tuple(row for row in found if row is not None)


def _of(measure: str, values: Sequence[YearValue], supplied: Sequence[Supplied]) -> Summer | None:
    there = [row for row in values if row.value is not None]
    firm = max((row for row in there if row.release != "provisional"), key=lambda row: row.time_period, default=None)
    if firm is None or firm.value is None:
        return None
    newer: dict[int, tuple[float, float | None, Whose]] = {
        one.time_period: (one.value, one.pupils, "own")
        for one in supplied
        if one.measure == measure and one.time_period > firm.time_period
    }
    withheld = {row.time_period for row in values if row.status == "suppressed"}
    for row in there:
        if row.value is not None and row.time_period > firm.time_period:
            newer[row.time_period] = (row.value, row.pupils, "provisional")
    period = max((period for period in newer if period not in withheld), default=None)
    if period is None:
        return None
    value, pupils, whose = newer[period]
    low, high = _range(measure, (firm.value, firm.pupils), (value, pupils))
    return Summer(measure, firm.time_period, firm.value, firm.pupils, period, value, pupils, whose, low, high)


def _range(
    measure: str, last: tuple[float, float | None], now: tuple[float, float | None]
) -> tuple[float | None, float | None]:
    if MEASURES[measure].kind != "proportion" or not last[1] or not now[1]:
        return None, None
    low, high = change_range(*(np.array([float(part or 0)]) for part in (*last, *now)))
    return float(low[0]), float(high[0])


def change_range(last: Array, last_pupils: Array, now: Array, pupils: Array) -> tuple[Array, Array]:
    """Lower and upper end of the change between two percentages of different pupils, in points. NaN in, NaN out."""
    last_low, last_high = interval(last, last_pupils)
    low, high = interval(now, pupils)
    change = now - last
    return (
        change - np.sqrt((now - low) ** 2 + (last_high - last) ** 2),
        change + np.sqrt((high - now) ** 2 + (last - last_low) ** 2),
    )

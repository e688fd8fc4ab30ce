"""This summer's results beside last year's: what is provisional, or the partnership's own, and how far chance alone may go.

Two year groups are other pupils, so a change carries the range of a difference of two shares: Newcombe 1998, his method 10,
from the range of each share (`standardise.interval`). Pupils are not all: schools swing from year to year by more (METHODS
2.3), and everybody's results move when a test is easier. So the range is widened by the swing that was fitted on the nation,
taken about the nation's own change, and widened again for the number of figures looked at together (Bonferroni). A mean has
the pupils' own spread in place of the shares' ranges (sigma, fitted with the swing). Without a swing or a change of the nation
there is no range. Refuses to flag, to score, and to set a figure beside
any year but the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
import pandas as pd
from scipy import special

from analytics.results import NationalFigure, YearValue
from analytics.standardise import TAIL, Z95, Array, Mode, interval, sd_from_scale

Whose = Literal["provisional", "own"]
YEAR = 101  # from 202425 to 202526
FEWEST = 50  # schools with both years, for a change of the nation


@dataclass(frozen=True, slots=True)
class Swing:
    """How one figure moves where nothing lasting has changed: `phi` times the chance of pupils, a school's own swing of a year
    (`omega`, points), and `moved`, what the nation moved between the two years (points, the same schools in both). `sigma`: how
    far one pupil lies from another, of a mean; None for a percentage.
    """

    phi: float = 1.0
    omega: float = 0.0
    moved: float = 0.0
    sigma: float | None = None


@dataclass(frozen=True, slots=True)
class Supplied:
    """A figure that the partnership has and nobody has published, as it may be shown. `value` in the measure's units."""

    measure: str
    time_period: int
    value: float
    pupils: float | None


@dataclass(frozen=True, slots=True)
class Summer:
    """One measure: the newest firm year and the one right after it. `low` and `high`: the range of the change, in points, over
    what the nation `moved`; None where pupils, swing or the nation's change are not known.
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
    moved: float | None = None

    @property
    def change(self) -> float:
        return self.value - self.last_value

    @property
    def beyond_chance(self) -> bool:
        """Whether the whole range lies on one side of no change."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def swings(national: Iterable[NationalFigure], values: pd.DataFrame, rows: Sequence[Summer]) -> Mapping[str, Swing]:
    """Measure -> its swing, for those of `rows` that have one: fitted on the nation (the newest window counts)
    whose two years FEWEST schools or more have. `values`: published values of all schools.
    """
    fitted: dict[str, NationalFigure] = {}
    for one in sorted(national, key=lambda one: one.time_period):
        fitted[one.measure] = one
    found = {}
    for row in rows:
        figure, moved = fitted.get(row.measure), _moved(values, row)
        if figure is not None and moved is not None:
            omega = float(sd_from_scale(figure.omega, figure.mean, cast(Mode, figure.mode)))
            found[row.measure] = Swing(max(1.0, figure.phi), omega, moved, figure.sigma)
    return found


def _moved(values: pd.DataFrame, row: Summer) -> float | None:
    """The change of all pupils of schools that have both years, in the measure's units; None for too few schools."""
    there = values[(values["measure"] == row.measure) & values["value"].notna() & (values["pupils"] > 0)]
    now, last = (
        there[there["time_period"] == period].drop_duplicates("urn").set_index("urn")
        for period in (row.time_period, row.last_period)
    )
    both = now.index.intersection(last.index)
    if len(both) < FEWEST:
        return None
    new, old = (
        np.average(part.loc[both, "value"].to_numpy(float), weights=part.loc[both, "pupils"].to_numpy(float))
        for part in (now, last)
    )
    return float(new - old)


def this_summer(
    values: Iterable[YearValue], supplied: Sequence[Supplied], measures: Sequence[str]
) -> tuple[Summer, ...]:
    """One row for each of `measures` (in their order) with a firm year and a figure of the next that is not firm yet. Ranges
    come with `ranged`.

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
    if period is None or period != firm.time_period + YEAR:
        return None
    value, pupils, whose = newer[period]
    return Summer(measure, firm.time_period, firm.value, firm.pupils, period, value, pupils, whose)


def ranged(rows: Sequence[Summer], known: Mapping[str, Swing]) -> tuple[Summer, ...]:
    """The rows with the range of each change that can have one; all ranges together miss by chance one time in 20."""
    able = {row.measure for row in rows if row.measure in known and _counted(row)}
    return tuple(_with_range(row, known[row.measure], len(able)) if row.measure in able else row for row in rows)


def _counted(row: Summer) -> bool:
    return bool(row.last_pupils) and bool(row.pupils)


def _with_range(row: Summer, swing: Swing, figures: int) -> Summer:
    ends = (row.last_value, row.last_pupils, row.value, row.pupils)
    low, high = change_range(*(np.array([float(one or 0)]) for one in ends), swing=swing, figures=figures)
    return replace(row, low=float(low[0]), high=float(high[0]), moved=swing.moved)


def change_range(
    last: Array, last_pupils: Array, now: Array, pupils: Array, *, swing: Swing, figures: int = 1
) -> tuple[Array, Array]:
    """Lower and upper end of the change between two percentages, or means, of different pupils over what the nation moved, in
    points, of `figures` looked at together. NaN in, NaN out.
    """
    change, wider = now - last - swing.moved, special.ndtri(1 - TAIL / figures) / Z95
    swung = 2 * (Z95 * swing.omega) ** 2
    if swing.sigma is not None:
        half = wider * np.sqrt((Z95 * swing.sigma) ** 2 * (1 / last_pupils + 1 / pupils) + swung)
        return change - half, change + half
    last_low, last_high = interval(last, last_pupils)
    low, high = interval(now, pupils)
    return (
        change - wider * np.sqrt(swing.phi * ((now - low) ** 2 + (last_high - last) ** 2) + swung),
        change + wider * np.sqrt(swing.phi * ((high - now) ** 2 + (last - last_low) ** 2) + swung),
    )

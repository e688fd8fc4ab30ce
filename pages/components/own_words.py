"""What the partnership supplied itself, in words and rows: always marked as supplied, never beside a score or a tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.facts import disclosure
from analytics.results import YearValue, rows
from analytics.standardise import interval
from data.catalogue import MEASURES
from data.catalogue.vocabulary import KINDS, STATUS_WORDS
from pages.charts.years import Supplied
from pages.components.figures import measure_value, unit_value
from pages.components.words import year

WHO: Mapping[str, str] = {"trust": "the trust", "federation": "the federation", "authority": "the authority"}
WITHHELD: Mapping[str, str] = {
    "few": "not shown: fewer than six pupils",
    "few_in": "fewer than six of {pupils}pupils",
    "few_out": "all but fewer than six of {pupils}pupils",
    "derivable": "not shown: beside the other figures it would tell of fewer than six pupils",
    "publisher": "not shown: the publisher withholds this figure",
}
COLUMNS = ("What", "Year", "Value", "Pupils", "Supplied by", "Definition")
PLAIN = (
    "Your own figures, as you gave them: in no score, no list and no comparison on this page. A newer file overrides the "
    "figures that it names."
)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of one school as the partnership supplied it. `measure`: a catalogue key, or own: and a name.

    `denominator`: pupils.
    """

    urn: int
    measure: str
    time_period: int
    label: str
    definition: str | None
    unit: str
    value: float | None
    status: str
    denominator: float | None
    supplied_by: str | None
    withheld: str = ""  # a code of disclosure.Why: the value is not here

    @property
    def words(self) -> str:
        """The value with its unit and, of ten pupils or fewer, its range; else why it is not shown, or its status."""
        if self.withheld:
            pupils = "" if self.denominator is None else f"{self.denominator:,.0f} "
            return WITHHELD[self.withheld].format(pupils=pupils)
        if self.value is None:
            return STATUS_WORDS.get(self.status, self.status)
        return f"{self._plain}{self.rough}"

    @property
    def _plain(self) -> str:
        value = self.value or 0.0
        if self.measure in MEASURES:
            return measure_value(self.measure, value)
        return unit_value(value, self.unit, 0 if value == round(value) else 1)

    @property
    def rough(self) -> str:
        """ " (8 pupils: likely between 41% and 93%)" for six to ten pupils; a mean of so few is called rough."""
        if self.value is None or self.denominator is None or not disclosure.needs_range(self.denominator):
            return ""
        start = f" ({self.denominator:.0f} pupils: "
        if self.unit != "pct" or (self.measure in MEASURES and MEASURES[self.measure].kind != "proportion"):
            return f"{start}rough)"
        low, high = (float(end[0]) for end in interval(np.array([self.value]), np.array([self.denominator])))
        return f"{start}likely between {low:.0f}% and {high:.0f}%)"


def own_figures(frame: pd.DataFrame) -> tuple[OwnFigure, ...]:
    """The rows that the store gives: published measures first, in the catalogue's order, newest year first."""
    order = {key: place for place, key in enumerate(MEASURES)}
    found = rows(OwnFigure, frame)
    return tuple(sorted(found, key=lambda one: (order.get(one.measure, len(order)), one.label, -one.time_period)))


def who(kind: str | None) -> str:
    """Who supplied it, by the kind of the partnership in view: "the trust", else "the partnership"."""
    return WHO.get(KINDS.get(kind or "", ""), "the partnership")


def drawn(
    figures: Sequence[OwnFigure], published: Sequence[YearValue], measure: str, supplier: str
) -> tuple[Supplied, ...]:
    """The supplied figures of one measure that are drawn: of years in which nothing is published, with their words.

    What the publisher withheld is not drawn in its place.
    """
    there = {row.time_period for row in published if row.value is not None or row.status == "suppressed"}
    newest = max((row.time_period for row in published if row.value is not None), default=0)
    return tuple(
        Supplied(one.time_period, one.value, note(one.time_period > newest, supplier) + one.rough, one.denominator)
        for one in sorted(figures, key=lambda one: one.time_period)
        if one.measure == measure and one.value is not None and one.time_period not in there
    )


def note(later: bool, supplier: str) -> str:
    """ "supplied by the trust, not yet published"; of a year that has passed by, "not published"."""
    return f"supplied by {supplier}, not {'yet ' if later else ''}published"


def alt(supplied: Sequence[Supplied], measure: str) -> str:
    """What the diamonds say, for those who cannot see them; empty for none."""
    return "".join(
        f" A diamond: {measure_value(measure, one.value)} in {year(one.time_period)}, {one.note}." for one in supplied
    )


def own_table(figures: Sequence[OwnFigure]) -> pd.DataFrame:
    """One row per figure: what, year, value with its unit, pupils, who supplied it, definition."""
    table = [
        (
            one.label, year(one.time_period), one.words,
            _pupils(one),
            one.supplied_by or "not said", one.definition or "",
        )
        for one in figures
    ]  # fmt: skip
    return pd.DataFrame(table, columns=list(COLUMNS))


def _pupils(one: OwnFigure) -> str:
    if one.denominator is not None:
        return f"{one.denominator:,.0f}"
    return "not shown" if one.withheld else "not given"

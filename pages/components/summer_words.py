"""This summer's results beside last year's, in words: what is provisional or the partnership's own, and what chance can do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.facts.summer import Summer
from data.catalogue import MEASURES
from pages.components.figures import MINUS, measure_value, rounded
from pages.components.words import listing, year

PLAIN = (
    "Other pupils sit the tests each year. The range says how far two year groups of this size differ where nothing has "
    "changed but the pupils. No list above rests on figures that are not firm yet."
)
NO_RANGE = "no range: an average"
NUMERIC = ("Last year", "This summer", "Change")


def finding(rows: Sequence[Summer]) -> str:
    """ "This summer, beside last year: mathematics rose by more than chance alone would bring"; or that nothing did."""
    up = [_name(row) for row in rows if row.beyond_chance and row.change > 0]
    down = [_name(row) for row in rows if row.beyond_chance and row.change < 0]
    said = [f"{listing(names)} {verb}" for names, verb in ((up, "rose"), (down, "fell")) if names]
    if said:
        return f"This summer, beside last year: {listing(said)} by more than chance usually brings."
    judged = [row for row in rows if row.low is not None]
    if not judged:
        return "This summer stands beside last year below; what chance can do is not known of averages."
    return "This summer, beside last year: nothing moved by more than two year groups differ by chance."


def _name(row: Summer) -> str:
    short = MEASURES[row.measure].short
    return short if any(letter.isupper() for letter in short[1:]) else short.lower()


def table(rows: Sequence[Summer], supplier: str) -> pd.DataFrame:
    """One row per measure: last year, this summer, the change, the range it probably lies in, and whose figure it is."""
    return pd.DataFrame(
        [
            (
                MEASURES[row.measure].label, _value(row.measure, row.last_value, row.last_pupils, row.last_period),
                _value(row.measure, row.value, row.pupils, row.time_period), points(row.measure, row.change), range_words(row),
                "provisional" if row.whose == "provisional" else f"supplied by {supplier}, not yet published",
            )
            for row in rows
        ],
        columns=["Figure", "Last year", "This summer", "Change", "Likely range", "What it is"],
    )  # fmt: skip


def range_words(row: Summer) -> str:
    """ "between 15 lower and 5 higher: may be chance"."""
    if row.low is None or row.high is None:
        return NO_RANGE if MEASURES[row.measure].kind != "proportion" else "no range: pupils not known"
    ends = f"between {_end(row.measure, row.low)} and {_end(row.measure, row.high)}"
    return f"{ends}: more than chance usually brings" if row.beyond_chance else f"{ends}: may be chance"


def points(measure: str, change: float) -> str:
    """The change with its sign, in the measure's own units: "+6 points"."""
    size = rounded(abs(change), MEASURES[measure].decimals)
    sign = "" if float(size.replace(",", "")) == 0 else "+" if change > 0 else MINUS
    return f"{sign}{size} {'point' if size == '1' else 'points'}"


def _end(measure: str, value: float) -> str:
    size = rounded(abs(value), MEASURES[measure].decimals)
    return "no change" if float(size.replace(",", "")) == 0 else f"{size} {'lower' if value < 0 else 'higher'}"


def _value(measure: str, value: float, pupils: float | None, period: int) -> str:
    of = f", {pupils:,.0f} pupils" if pupils else ""
    return f"{measure_value(measure, value)} ({year(period)}{of})"

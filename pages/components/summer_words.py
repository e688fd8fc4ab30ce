"""This summer's results beside last year's, in words: what is provisional or the partnership's own, and what chance can do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.facts.summer import Summer
from data.catalogue import MEASURES
from pages.components.figures import MINUS, measure_value, rounded
from pages.components.words import listing, year

PLAIN = (
    "Other pupils sit the tests each year, schools swing from year to year, and everybody's results move when a test is easier. "
    "The range is of the change beyond the country's own, as far as these explain nothing of it; all ranges allow for one "
    "another. No list above rests on figures that are not firm yet."
)
BROUGHT = "by more than chance and the country's own change usually bring"
NO_SWING = "no range: how far pupils and years usually move it, or the country's change, is not known"
NUMERIC = ("Last year", "This summer", "Change")


def finding(rows: Sequence[Summer]) -> str:
    """ "This summer's provisional results beside last year's: mathematics is higher by more than chance and ... usually bring."

    Or that nothing is. A side is that of the whole range, which lies about what the country moved.
    """
    provisional = all(row.whose == "provisional" for row in rows)
    start = f"This summer's {'provisional results' if provisional else 'results, not firm yet,'} beside last year's"
    up = [_name(row) for row in rows if row.low is not None and row.low > 0]
    down = [_name(row) for row in rows if row.high is not None and row.high < 0]
    said = [f"{listing(names)} moved {way}" for names, way in ((up, "up"), (down, "down")) if names]
    if said:
        return f"{start}: {listing(said)}, {BROUGHT}."
    if all(row.low is None for row in rows):
        return f"{start}: how far chance goes is not known of these figures."
    return f"{start}: nothing moved {BROUGHT}."


def none_yet(newest: int) -> str:
    """That nothing is newer than the last firm year, and what a school can do."""
    return (
        f"This summer beside last year: no results newer than {year(newest)} are in the files. You can give your own."
    )


def _name(row: Summer) -> str:
    """The figure inside a sentence, in full: "English and mathematics at grade 4 or above", "reading at the expected standard"."""
    label = MEASURES[row.measure].label
    label = label.replace(": ", " at the " if label.endswith("standard") else ", ")
    proper = label.startswith(("English", "Attainment 8", "Progress 8")) or any(
        letter.isupper() for letter in label[1:3]
    )
    return label if proper else label[0].lower() + label[1:]


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
        return NO_SWING if row.pupils and row.last_pupils else "no range: pupils not known"
    ends = f"between {_end(row.measure, row.low)} and {_end(row.measure, row.high)}"
    moved = "" if row.moved is None else f", beside the country's {points(row.measure, row.moved)}"
    return f"{ends}{moved}: {'more than chance usually brings' if row.beyond_chance else 'may be chance'}"


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

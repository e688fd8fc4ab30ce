"""Scored measures and years as tables: the same numbers as the pictures, in words a person can read. Formats only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analytics.results import AreaScore, MeasureScore, YearValue
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.charts.years import Supplied
from pages.components.figures import measure_value
from pages.components.measure_words import area_label, likely
from pages.components.words import tier, year

POSITION = "Position (50 = as expected)"


def position(row: AreaScore | MeasureScore) -> str:
    """Where a row stands on the common scale with its range: "61 (52 to 70)". Only for tables and downloads."""
    return f"{row.score:.0f} ({row.score_low:.0f} to {row.score_high:.0f})"


def area_table(rows: Sequence[AreaScore], label: Callable[[int], str]) -> pd.DataFrame:
    """One row per school and area, by area and then by name."""
    names = ("School", "Area", "What it says", "Value", "Range", "Similar intake", POSITION, "Pupils", "Years")
    ordered = sorted(rows, key=lambda row: (row.area, label(row.urn)))
    table = [
        (
            label(row.urn), area_label(row.area), tier(row.tier), measure_value(row.measure, row.value), likely(row),
            measure_value(row.measure, row.expected), position(row), round(row.pupils), round(row.years),
        )
        for row in ordered
    ]  # fmt: skip
    return pd.DataFrame(table, columns=list(names))


def measure_table(rows: Sequence[MeasureScore]) -> pd.DataFrame:
    """One row per measure of one school."""
    names = ("Measure", "Value", "Range", "Similar intake", POSITION, "Pupils", "Years")
    table = [
        (
            MEASURES[row.measure].label, measure_value(row.measure, row.value), likely(row),
            measure_value(row.measure, row.expected), position(row), round(row.pupils), round(row.years),
        )
        for row in rows
    ]  # fmt: skip
    return pd.DataFrame(table, columns=list(names))


def year_table(
    rows: Sequence[YearValue], bands: pd.DataFrame, measure: str, supplied: Sequence[Supplied] = ()
) -> pd.DataFrame:
    """One row per year of one measure, withheld years in words, with the middle half of similar schools.

    What the partnership supplied for years that are not published stands in rows of its own, and says so.
    """
    half = {
        int(period): f"{measure_value(measure, float(low))} to {measure_value(measure, float(high))}"
        for period, low, high in zip(bands["time_period"], bands["low"], bands["high"], strict=True)
    }
    table = [
        (
            row.time_period,
            measure_value(measure, row.value) if row.value is not None else STATUS_WORDS.get(row.status, row.status),
            half.get(row.time_period, "not known"),
            "; ".join(("as predecessor",) * row.as_predecessor + (row.release,) * (row.release != "final")),
        )
        for row in rows
    ]
    table += [
        (one.time_period, measure_value(measure, one.value), half.get(one.time_period, "not known"), one.note)
        for one in supplied
    ]
    ordered = [(year(period), *rest) for period, *rest in sorted(table, key=lambda row: row[0])]
    return pd.DataFrame(ordered, columns=["Year", "This school", "Middle half of similar schools", "Note"])

"""Scored measures and years as tables: the same numbers as the pictures, in words a person can read. Formats only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analytics.facts import disclosure
from analytics.results import AreaScore, MeasureScore, YearValue
from analytics.standardise import interval
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.charts.years import Supplied
from pages.components.figures import measure_value
from pages.components.measure_words import area_label, likely
from pages.components.words import NOT_SHOWN_YET, tier, year

POSITION = "Position (50 = as expected)"


def position(row: AreaScore | MeasureScore) -> str:
    """Where a row stands on the common scale with its range: "61 (52 to 70)". Only for tables and downloads.

    "not known" where every figure is withheld: what is known of all schools is no position of this one.
    """
    if not row.years:
        return "not known"
    return f"{row.score:.0f} ({row.score_low:.0f} to {row.score_high:.0f})"


def area_table(rows: Sequence[AreaScore], label: Callable[[int], str]) -> pd.DataFrame:
    """One row per school and area, by area and then by name. Of what is shown to a school first there is no number."""
    names = ("School", "Area", "What it says", "Value", "Range", "Similar intake", POSITION, "Pupils", "Years")
    ordered = sorted(rows, key=lambda row: (row.area, label(row.urn)))
    table = [
        (
            label(row.urn), area_label(row.area), tier(row.tier), measure_value(row.measure, row.value), likely(row),
            measure_value(row.measure, row.expected), position(row), round(row.pupils), round(row.years),
        )
        if row.tier != NOT_SHOWN_YET else (label(row.urn), area_label(row.area), tier(row.tier), *("",) * 6)
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

    The number of pupils stands beside each figure; of ten or fewer a share has its range (METHODS 12.2). No tier here.
    What the partnership supplied for years that are not published stands in rows of its own, and says so.
    """
    half = {
        int(period): f"{measure_value(measure, float(low))} to {measure_value(measure, float(high))}"
        for period, low, high in zip(bands["time_period"], bands["low"], bands["high"], strict=True)
    }
    table = [
        (
            row.time_period,
            _with_range(row) if row.value is not None else STATUS_WORDS.get(row.status, row.status),
            _count(row.pupils if row.value is not None else None),
            half.get(row.time_period, "not known"),
            "; ".join(("as predecessor",) * row.as_predecessor + (row.release,) * (row.release != "final")),
        )
        for row in rows
    ]
    table += [
        (
            one.time_period,
            measure_value(measure, one.value),
            _count(one.pupils),
            half.get(one.time_period, "not known"),
            one.note,
        )
        for one in supplied
    ]
    ordered = [(year(period), *rest) for period, *rest in sorted(table, key=lambda row: row[0])]
    return pd.DataFrame(ordered, columns=["Year", "This school", "Pupils", "Middle half of similar schools", "Note"])


def _with_range(row: YearValue) -> str:
    """ "50% (likely between 16% and 84%)" for a share of six to ten pupils, else the plain value."""
    text = measure_value(row.measure, row.value)
    if row.value is None or row.pupils is None or not disclosure.needs_range(row.pupils):
        return text
    if MEASURES[row.measure].kind != "proportion":
        return f"{text} (few pupils: rough)"
    low, high = (float(end[0]) for end in interval(np.array([row.value]), np.array([row.pupils])))
    return f"{text} (likely between {low:.0f}% and {high:.0f}%)"


def _count(pupils: float | None) -> str:
    return "" if pupils is None else f"{pupils:,.0f}"

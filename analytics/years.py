"""Academic years, comparable runs and windows: which published years may stand together. Decides nothing about values.

A window never crosses 2019/20-2020/21, nor a change of definition, which stand in the catalogue (`Measure.segments`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from data.catalogue import Measure
from data.catalogue.vocabulary import RELEASES
from data.catalogue.years import following as following
from data.catalogue.years import preceding as preceding
from data.catalogue.years import shown as shown

WINDOW = 3  # years pooled (METHODS 1.3)
LONG_WINDOW = 5  # years pooled where three years hold fewer than FEW_PUPILS
PANDEMIC = (201920, 202021)  # years without comparable results (METHODS 1.3)
FEW_PUPILS = 30  # pooled pupils below which nothing is said (METHODS 5.1)
SMALLEST_COHORT = 6  # pupils a year below which a result is left out of every norm (METHODS 1.3)
FULL_YEAR = 0.5  # a year with fewer of the fullest year's schools than this share is not compared
FULL_RELEASE = 0.9  # a firmer release is used when it holds this share of the fullest release's schools


def one_release(measurement: pd.DataFrame) -> pd.DataFrame:
    """One release per measure and year, the firmest that is nearly as full as the fullest; never a mixture.

    Takes and gives rows with `measure`, `time_period`, `release`, `urn`. A one-LA final file does not displace a
    national provisional one; a national final file displaces a revised one.
    """
    counts = measurement.groupby(["measure", "time_period", "release"], observed=True, as_index=False).size()
    counts["firmness"] = counts["release"].map({name: order for order, name in enumerate(RELEASES)})
    fullest = counts.groupby(["measure", "time_period"], observed=True)["size"].transform("max")
    full = counts[counts["size"] >= FULL_RELEASE * fullest].sort_values("firmness", kind="stable")
    chosen = full.drop_duplicates(["measure", "time_period"], keep="last")[["measure", "time_period", "release"]]
    return measurement.merge(chosen, on=["measure", "time_period", "release"], how="inner", validate="many_to_one")


def full_years(periods: Iterable[int]) -> tuple[int, ...]:
    """Years that hold at least FULL_YEAR of the schools of the fullest year, oldest first; one period per school in it.

    One authority's newer file beside national ones is no year of the nation's: nobody is compared in it, and no window
    ends in it, until the nation's own file is there.
    """
    schools = Counter(periods)
    fullest = max(schools.values(), default=0)
    return tuple(sorted(year for year, count in schools.items() if count >= FULL_YEAR * fullest))


def firm_years(years: dict[int, str]) -> tuple[int, ...]:
    """Years that may be pooled: revised and final ones; provisional ones only where nothing firmer exists."""
    firm = sorted(year for year, release in years.items() if release != "provisional")
    return tuple(firm) if firm else tuple(sorted(years))


def window(measure: Measure, years: tuple[int, ...], end: int, length: int) -> tuple[int, ...]:
    """The latest `length` of `years` up to `end` in the comparable run that holds `end`, oldest first."""
    run = measure.segment(end)
    same = [
        year
        for year in years
        if year <= end and run is not None and measure.segment(year) == run and _era(year) == _era(end) != 0
    ]
    return tuple(sorted(same)[-length:])


def _era(time_period: int) -> int:
    """-1 before the pandemic's years, 1 after them, 0 within: nothing is pooled across or in them."""
    return (time_period > PANDEMIC[-1]) - (time_period < PANDEMIC[0])

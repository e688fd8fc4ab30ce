"""One measure of several schools year by year, each school counting once: what they had, and what their intakes lead one to expect.

A year in which no school has a figure has no point: nothing is filled in and no line goes across it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class YearMean:
    """The plain average of the `schools` that have a figure of the year; `expected` that of the same schools, None where it is
    not known of each of them.
    """

    time_period: int
    value: float
    expected: float | None
    schools: int


def by_year(values: pd.DataFrame, urns: Collection[int], measure: str) -> tuple[YearMean, ...]:
    """Oldest first. `values`: YearValue rows, in the measure's own units; a missing value is left out, never counted as nought."""
    mine = values[(values["measure"] == measure) & values["urn"].isin(list(urns)) & values["value"].notna()]
    return tuple(
        YearMean(
            int(rows["time_period"].iloc[0]), float(rows["value"].mean()),
            float(rows["expected"].mean()) if rows["expected"].notna().all() else None, int(rows["urn"].nunique()),
        )
        for _, rows in mine.sort_values(["time_period", "urn"]).groupby("time_period", sort=True)
    )  # fmt: skip

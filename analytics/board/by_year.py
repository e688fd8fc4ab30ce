"""One measure of several schools year by year, each school counting once: what they had, and what their intakes lead one to expect.

A year in which no school has a figure has no point: nothing is filled in and no line goes across it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
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


def published(read: Callable[..., pd.DataFrame], urns: frozenset[int], measure: str) -> tuple[YearMean, ...]:
    """`by_year` of the published table `value`; `read` gives it by its name and the schools."""
    return by_year(read("value", urns), urns, measure)


def by_year(values: pd.DataFrame, urns: Collection[int], measure: str) -> tuple[YearMean, ...]:
    """Oldest first. `values`: YearValue rows, in the measure's own units; a missing value is left out, never counted as nought."""
    mine = values[(values["measure"] == measure) & values["urn"].isin(list(urns)) & values["value"].notna()]
    value, expected = (mine[name].to_numpy(dtype=float, na_value=np.nan) for name in ("value", "expected"))
    year, urn = mine["time_period"].to_numpy(), mine["urn"].to_numpy()
    order = np.lexsort((urn, year))  # sums go in one order whatever the rows came in
    found = []
    for period in np.unique(year):
        here = order[year[order] == period]
        known = not np.isnan(expected[here]).any()
        mean = float(expected[here].mean()) if known else None
        found.append(YearMean(int(period), float(value[here].mean()), mean, len(set(urn[here].tolist()))))
    return tuple(found)

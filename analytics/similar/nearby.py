"""Straight-line distances between schools on the national grid, in km. No travel times: none are published."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

METRES = 1000.0


def within(schools: pd.DataFrame, urns: Collection[int], km: float) -> dict[int, float]:
    """URN -> distance in km to the nearest of `urns`, for schools at most `km` away; those of `urns` stand at 0.

    `schools`: urn, easting, northing (metres). Schools without a grid reference are left out, and found nowhere near.
    """
    placed = schools[schools["easting"].notna() & schools["northing"].notna()]
    here = placed[placed["urn"].isin(list(urns))]
    if here.empty:
        return {}
    east, north = placed["easting"].to_numpy(float), placed["northing"].to_numpy(float)
    best = np.full(len(placed), np.inf)
    for x, y in zip(here["easting"].to_numpy(float), here["northing"].to_numpy(float), strict=True):
        best = np.minimum(best, np.hypot(east - x, north - y))
    found = sorted(zip(placed["urn"].tolist(), (best / METRES).tolist(), strict=True))
    return {int(urn): float(away) for urn, away in found if away <= km}


def middle_half(values: pd.DataFrame) -> pd.DataFrame:
    """Lower and upper quartile of `value` by `time_period`: time_period, low, high, schools; missing left out.

    Years with fewer than four schools give no row: a middle half of three is nothing.
    """
    known = values[values["value"].notna()]
    grouped = known.groupby("time_period")["value"]
    table = pd.DataFrame({"low": grouped.quantile(0.25), "high": grouped.quantile(0.75), "schools": grouped.size()})
    return table[table["schools"] >= 4].reset_index()

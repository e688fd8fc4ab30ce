"""Straight-line distances between schools on the national grid, in km. No travel times: none are published.

A postcode is placed by the schools that have it, else by those of its sector or district, and then said to be that: no
other list of postcodes is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

METRES = 1000.0
EARTH_KM = 5000.0  # farther than any school in the country
INWARD = 3  # letters and figures of a postcode behind the space
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}\Z")
By = Literal["postcode", "sector", "district"]
Reader = Callable[..., pd.DataFrame]  # a published table by its name, or its rows of some schools


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a postcode lies, in metres on the national grid: the middle of the schools of its own `by`.

    `off`: km from there to the farthest of these schools, 0 where one school has just this postcode. `code`: as it is written.
    """

    code: str
    easting: float
    northing: float
    by: By
    schools: int
    off: float


def written(postcode: str) -> str | None:
    """A whole postcode as it is written, "ZZ1 1AA"; None for what is none."""
    packed = re.sub(r"[^A-Z0-9]", "", postcode.upper())
    return f"{packed[:-INWARD]} {packed[-INWARD:]}" if _POSTCODE.match(packed) else None


def spot(schools: pd.DataFrame, postcode: str) -> Spot | None:
    """Where a postcode lies. None where it is no whole postcode, or no school is in its district.

    `schools`: postcode, easting, northing (metres); schools without either are left out.
    """
    code = written(postcode)
    if code is None:
        return None
    placed = schools[schools["easting"].notna() & schools["northing"].notna() & schools["postcode"].notna()]
    held = placed["postcode"].astype("string").map(written, na_action="ignore").fillna("")
    outward = code.split(" ")[0]
    begins: tuple[tuple[By, str], ...] = (("postcode", code), ("sector", code[:-2]), ("district", f"{outward} "))
    for by, start in begins:
        mine = placed[held.str.startswith(start).to_numpy(dtype=bool)]
        if len(mine):
            east, north = float(mine["easting"].mean()), float(mine["northing"].mean())
            off = np.hypot(mine["easting"].to_numpy(float) - east, mine["northing"].to_numpy(float) - north).max()
            return Spot(code, east, north, by, len(mine), float(off) / METRES)
    return None


def of_town(schools: pd.DataFrame, urn: int, town: str | None) -> tuple[int, ...]:
    """URNs of the other schools for which the register names the same town, by name. None without a town.

    `schools`: urn, name, town.
    """
    if not town:
        return ()
    same = schools[schools["town"].eq(town) & schools["urn"].ne(urn)]
    return tuple(int(one) for one in same.sort_values(["name", "urn"])["urn"])


def nearest(
    schools: pd.DataFrame, easting: float, northing: float, *, without: Collection[int] = (), limit: int
) -> tuple[tuple[int, float], ...]:
    """(URN, km) of the `limit` schools nearest to a point, nearest first, of equally near ones the lower URN.

    `schools`: urn, easting, northing. Schools without a grid reference are left out.
    """
    placed = schools[schools["easting"].notna() & schools["northing"].notna() & ~schools["urn"].isin(list(without))]
    away = np.hypot(placed["easting"].to_numpy(float) - easting, placed["northing"].to_numpy(float) - northing) / METRES
    urns = placed["urn"].to_numpy("int64")
    order = np.lexsort((urns, away))[:limit]
    return tuple((int(urns[at]), float(away[at])) for at in order)


def nearest_of(
    read: Reader, phase: str | None, at: tuple[float, float], without: tuple[int, ...], limit: int
) -> tuple[tuple[int, float], ...]:
    """`nearest` of the published table `school`, of one phase or (None) of every one."""
    schools = read("school")
    wanted = schools if phase is None else schools[schools["phase"] == phase]
    return nearest(wanted, *at, without=without, limit=limit)


def phases(read: Reader) -> frozenset[str]:
    """The phases that any school of the published table is of."""
    return frozenset(map(str, read("school")["phase"].dropna().unique()))


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


def away(read: Reader, urn: int, others: Collection[int]) -> dict[int, float]:
    """URN -> distance in km from the school `urn`, of itself and of those of `others` that have a place (table `school`)."""
    return within(read("school", {urn, *others}), (urn,), EARTH_KM)


def middle_halves(read: Reader, urns: Collection[int], measures: Collection[str]) -> dict[str, pd.DataFrame]:
    """`middle_half` of the schools' published figures (table `value`), of each measure."""
    values = read("value", urns)
    return {measure: middle_half(values[values["measure"] == measure]) for measure in measures}


def middle_half(values: pd.DataFrame) -> pd.DataFrame:
    """Lower and upper quartile of `value` by `time_period`: time_period, low, high, schools; missing left out.

    Years with fewer than four schools give no row: a middle half of three is nothing.
    """
    known = values[values["value"].notna()]
    grouped = known.groupby("time_period")["value"]
    table = pd.DataFrame({"low": grouped.quantile(0.25), "high": grouped.quantile(0.75), "schools": grouped.size()})
    return table[table["schools"] >= 4].reset_index()

"""Which places lie within reach of an offer of days, by area. Distances are estimated by road; entered journeys win over the map.

Says nothing about whether an offer would be the right one: that is the plan's question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.support.usual import MAX_KM, ROAD_FACTOR

Pair = tuple[int, int | None]  # None: every other school


@dataclass(frozen=True, slots=True)
class Place:
    """A school and the offer nearest to it, by road as estimated or as entered. `km` None: no place is known of either.

    `area` "" where any offer counts. `supporter`: the school that offers, None where no school offers at all.
    """

    urn: int
    area: str
    supporter: int | None
    km: float | None

    @property
    def out(self) -> bool:
        """Whether it is known that no offer lies within reach. A place that is not known is not called far, and neither is the
        only school that offers anything at all.
        """
        if self.supporter is None:
            return bool(self.area)
        return self.km is not None and self.km > MAX_KM


def places(
    schools: pd.DataFrame, wanted: Iterable[tuple[int, str]], offers: Collection[tuple[int, str]],
    journeys: Mapping[Pair, float] | None = None,
) -> tuple[Place, ...]:  # fmt: skip
    """For each (school, area) the nearest other school that offers in the area; area "" asks for any offer. By URN, area.

    `schools`: urn, easting, northing (metres); `offers`: (school, area); `journeys`: km as entered, whichever way
    round; of a school and None, its way to every other.
    """
    asked = sorted(set(wanted))
    known = _spots(schools, {urn for urn, _ in asked} | {urn for urn, _ in offers})
    found = []
    for urn, area in asked:
        givers = sorted({giver for giver, of in offers if giver != urn and area in ("", of)})
        ways = [(_km(known, urn, giver, journeys or {}), giver) for giver in givers]
        near = min(((np.inf if km is None else km, giver) for km, giver in ways), default=None)
        km = None if near is None or not np.isfinite(near[0]) else round(near[0], 3)
        found.append(Place(urn, area, None if near is None else near[1], km))
    return tuple(found)


def out_of_reach(found: Iterable[Place]) -> tuple[Place, ...]:
    """Those that no offer reaches."""
    return tuple(one for one in found if one.out)


def _spots(schools: pd.DataFrame, urns: Collection[int]) -> dict[int, tuple[float, float]]:
    """Where each of the schools lies, in metres east and north; NaN where the register does not say."""
    there = schools[schools["urn"].isin(list(urns))]
    east, north = (there[name].astype(float).tolist() for name in ("easting", "northing"))
    return dict(zip(there["urn"].tolist(), zip(east, north, strict=True), strict=True))


def _km(
    known: Mapping[int, tuple[float, float]], here: int, there: int, journeys: Mapping[Pair, float]
) -> float | None:
    for pair in ((here, there), (there, here), (here, None), (there, None)):
        if pair in journeys:
            return journeys[pair]
    if here not in known or there not in known:
        return None
    (east, north), (other_east, other_north) = known[here], known[there]
    km = float(np.hypot(east - other_east, north - other_north)) / 1000 * ROAD_FACTOR
    return km if np.isfinite(km) else None

"""Which pairs of need and supporter are possible, and how well each fits (METHODS 10.1-10.2).

Impossible pairs are removed with their reason, never multiplied away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd

from analytics.scores import recovery
from analytics.similar import similarity
from analytics.standardise import Array, Flags
from analytics.support.givers import UNKNOWN_FACTOR, current
from analytics.support.needed import Needed
from analytics.support.usual import FACTORS, ROAD_FACTOR, Weights
from analytics.support.wishes import Journey, Wishes
from data.catalogue import AREAS

MINUTE_KM = 2 / 3  # km that a minute of an entered journey counts as: 40 km an hour
TRAVEL_SCALE = 20.0  # km over which the travel factor falls to 1/e
LEAST_FACTOR = 0.05
CAME_THROUGH = {
    "came_through": 1.0,
    "not": 0.8,
    "unknown": 1.0,
}  # too few years to tell cost nobody anything (METHODS 8)
# Why a pair is impossible, the first that holds.
WHY = (
    "agreed",
    "forbidden",
    "apart",
    "closed_need",
    "closed",
    "together",
    "own_need",
    "phase",
    "selective",
    "far",
    "long",
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs`: possible (need k, giver j) with km, minutes, counted (km), remote, apart, through, the five factors and fit, sorted by URN of
    the need, area, and giver. `refused`: k, j and why the others of the same area are impossible, a word of WHY."""

    pairs: pd.DataFrame
    refused: pd.DataFrame


def candidates(
    tables: Mapping[str, pd.DataFrame], wanted: Needed, giver: pd.DataFrame, *, time_period: int,
    weights: Weights, max_km: float, wishes: Wishes,
) -> Candidates:  # fmt: skip
    """Every pair of a need and a giver of its area. `giver` as `givers.givers`, `wanted` as `needed.needed` gives them.

    `tables` may lack `came_through` (older figures): then nobody is told to have come through, and nobody not to.
    """
    needs = wanted.needs
    crossed = needs.assign(k=np.arange(len(needs)))[["k", "urn", "area", "phase"]].merge(
        giver.assign(j=np.arange(len(giver)))[["j", "pool", "supporter", "offer", "area", "p", "sure"]],
        on="area", validate="many_to_many",
    )  # fmt: skip
    crossed = crossed[crossed["urn"] != crossed["supporter"]].reset_index(drop=True)
    place = tables["school"].set_index("urn")[["easting", "northing"]].astype(float)
    crossed = crossed.assign(km=_km(place.reindex(crossed["urn"]), place.reindex(crossed["supporter"])))
    crossed = _journeys(crossed, wishes)
    long = ~crossed["remote"].to_numpy(bool) & (crossed["counted"].to_numpy(float) > max_km)
    far = long & (crossed["km"].to_numpy(float) > max_km)
    why = np.select(
        [*_ruled_out(crossed, wishes), *_unsuited(crossed, tables, _in_need(tables, wanted, time_period)), far, long],
        list(WHY),
        "",
    )
    refused = crossed.loc[why != "", ["k", "j"]].assign(why=why[why != ""])
    return Candidates(
        _fitted(crossed[why == ""].reset_index(drop=True), tables, time_period, weights=weights, max_km=max_km), refused.reset_index(drop=True)
    )  # fmt: skip


def _fitted(
    crossed: pd.DataFrame, tables: Mapping[str, pd.DataFrame], time_period: int, *, weights: Weights, max_km: float
) -> pd.DataFrame:
    apart = _apart(crossed, tables)
    standing, through = _standing(crossed, tables.get("came_through"), time_period)
    # Help from afar counts as the longest journey that the plan allows: what stays reachable, and no nearer than that.
    km = np.where(crossed["remote"], max_km, crossed["counted"].to_numpy(float))
    factor = factors(
        crossed["p"].to_numpy(float), apart, km, np.asarray(standing.map(CAME_THROUGH), dtype=float), crossed["sure"].to_numpy(float)
    )  # fmt: skip
    found = crossed.assign(apart=apart, through=through, fit=np.round(fit(factor, weights), 6), **factor)
    return found.sort_values(["k", "j"], ignore_index=True)


def factors(p: Array, apart: Array, km: Array, came_through: Array, sure: Array) -> dict[str, Array]:
    """The five factors of each pair, each within [LEAST_FACTOR, 1]; NaN `apart` or `km` counts as UNKNOWN_FACTOR."""
    found = {
        "strength": p,
        "similarity": np.where(np.isfinite(apart), np.exp(-(apart**2) / 2), UNKNOWN_FACTOR),
        "travel": np.where(np.isfinite(km), np.exp(-km / TRAVEL_SCALE), UNKNOWN_FACTOR),
        "came_through": came_through,
        "sureness": sure,
    }
    return {name: np.clip(values, LEAST_FACTOR, 1.0) for name, values in found.items()}


def fit(factor: Mapping[str, Array], weights: Weights) -> Array:
    """The product of the factors to the powers of their weights, which are made to sum to one (METHODS 10.2).

    Where no factor counts every pair fits alike.
    """
    share = np.array(astuple(weights)) / (sum(astuple(weights)) or 1.0)
    return np.exp(sum(w * np.log(factor[name]) for w, name in zip(share, FACTORS, strict=True)))


def _ruled_out(crossed: pd.DataFrame, wishes: Wishes) -> tuple[Flags, ...]:
    """What people said of each pair, in the order of WHY: agreed, forbidden, apart, need closed, supporter closed, together."""
    keys = pd.MultiIndex.from_frame(crossed[["urn", "area", "supporter"]])
    pairs = pd.MultiIndex.from_frame(crossed[["urn", "supporter"]])
    ours = pairs.isin(list(wishes.together))
    bound = pd.Series(ours).groupby(crossed["k"].to_numpy()).transform("any").to_numpy(bool) & ~ours
    return (
        keys.isin(list(wishes.agreed)),
        keys.isin(list(wishes.forbidden)),
        pairs.isin([*wishes.apart, *((b, a) for a, b in wishes.apart)]),
        crossed["urn"].isin(wishes.closed).to_numpy(bool),
        crossed["supporter"].isin(wishes.closed).to_numpy(bool),
        bound,
    )


def _unsuited(crossed: pd.DataFrame, tables: Mapping[str, pd.DataFrame], in_need: pd.MultiIndex) -> tuple[Flags, ...]:
    """A need of the supporter's own in the area, another phase, a selective school for one that is not: the order of WHY."""
    own = pd.MultiIndex.from_frame(crossed[["supporter", "area"]]).isin(in_need)
    school = tables["school"].set_index("urn")
    outside = crossed["supporter"].lt(0).to_numpy(bool)
    within = crossed["area"].map({key: area.phases != ("any",) for key, area in AREAS.items()}).to_numpy(bool)
    selective = school["selective"].astype("boolean").fillna(False)  # not known to be selective is not selective
    of = [crossed[name].map(selective).astype("boolean").fillna(False).to_numpy(bool) for name in ("supporter", "urn")]
    return own, within & ~outside & ~_same_phase(crossed, school), within & of[0] & ~of[1]


def _same_phase(crossed: pd.DataFrame, school: pd.DataFrame) -> Flags:
    """Whether the supporter teaches the phase that the need is of."""
    out = np.zeros(len(crossed), dtype=bool)
    stages = school["stages"].fillna("").str.split("|")
    for phase in crossed["phase"].dropna().unique():
        teaches = stages.map(lambda of, phase=phase: phase in of) | school["phase"].eq(phase)
        here = crossed["phase"].eq(phase).to_numpy(bool)
        out[here] = crossed.loc[here, "supporter"].isin(school.index[teaches]).to_numpy(bool)
    return out


def _in_need(tables: Mapping[str, pd.DataFrame], wanted: Needed, time_period: int) -> pd.MultiIndex:
    """(school, area) with a need, one that another area of its cluster stands for and one that any school states included."""
    now, score = current(tables["need"], time_period), tables["area_score"]
    low = score[score["time_period"].eq(time_period) & score["tier"].eq("may_need_support")]
    own = pd.DataFrame(sorted(wanted.said), columns=["urn", "area"]).astype({"urn": "int64"})
    every = [part[["urn", "area"]] for part in (now, low, wanted.needs, own)]
    return pd.MultiIndex.from_frame(pd.concat(every).drop_duplicates())


def _km(left: pd.DataFrame, right: pd.DataFrame) -> Array:
    """Estimated road km from grid references; NaN where either has none."""
    east = left["easting"].to_numpy(float) - right["easting"].to_numpy(float)
    north = left["northing"].to_numpy(float) - right["northing"].to_numpy(float)
    return np.asarray(np.hypot(east, north) / 1000 * ROAD_FACTOR)


def _journeys(crossed: pd.DataFrame, wishes: Wishes) -> pd.DataFrame:
    """Journeys as people entered them, in place of the map's: `km`, `minutes` (missing where not said), `remote`, whether
    the km are `entered`, and the km that they are `counted` as: minutes count as MINUTE_KM each, and where both are entered
    the longer of the two counts."""
    km, minutes = crossed["km"].to_numpy(float).copy(), np.full(len(crossed), np.nan)
    remote, entered = np.zeros(len(crossed), dtype=bool), np.zeros(len(crossed), dtype=bool)
    named = {urn for pair in wishes.journeys for urn in pair if urn is not None}
    counted = km.copy()
    touched = crossed["urn"].isin(named) | crossed["supporter"].isin(named)
    ends = crossed[["urn", "supporter"]].to_numpy(np.int64)
    for at in np.flatnonzero(touched.to_numpy(bool)).tolist():
        found = _journey(wishes, *ends[at].tolist())
        if found is not None:
            km[at] = km[at] if found.km is None else found.km
            minutes[at] = np.nan if found.minutes is None else found.minutes
            remote[at], entered[at] = found.remote, found.km is not None
            counted[at] = km[at] if found.km is None and found.minutes is None else _long(found)
    return crossed.assign(km=km, minutes=minutes, remote=remote, entered=entered, counted=counted)


def _long(journey: Journey) -> float:
    """The km that an entered journey counts as; nought where nothing was entered."""
    return max(journey.km or 0.0, MINUTE_KM * (journey.minutes or 0.0))


def _journey(wishes: Wishes, need: int, supporter: int) -> Journey | None:
    """What was entered for these two; else the longer of what was entered for either and everybody."""
    for pair in ((need, supporter), (supporter, need)):
        if pair in wishes.journeys:
            return wishes.journeys[pair]
    either = [wishes.journeys[one, None] for one in (need, supporter) if (one, None) in wishes.journeys]
    return max(either, key=lambda one: (one.remote, _long(one))) if either else None


def _standing(crossed: pd.DataFrame, told: pd.DataFrame | None, time_period: int) -> tuple[pd.Series, pd.Series]:
    """Whether each supporter came through difficulty in the pair's area, and the areas of any in which it did.

    Told of years no later than the plan's; without figures everybody is unknown.
    """
    known = recovery.by_area(told[told["after_last"] <= time_period]) if told is not None and len(told) else _NOBODY
    standing = dict(zip(zip(known["urn"], known["area"], strict=True), known["standing"], strict=True))
    through = known[known["standing"].eq("came_through")].groupby("urn")["area"].agg(tuple).to_dict()
    pairs = zip(crossed["supporter"], crossed["area"], strict=True)
    return (
        pd.Series([standing.get(pair, "unknown") for pair in pairs], index=crossed.index, dtype="object"),
        pd.Series([through.get(urn, ()) for urn in crossed["supporter"]], index=crossed.index, dtype="object"),
    )


_NOBODY = pd.DataFrame({"urn": [], "area": [], "standing": []}, dtype="object")


def _apart(crossed: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Array:
    """Distance of each pair's circumstances in units of d50, by the needing school's own scale; NaN without a school."""
    out = np.full(len(crossed), np.nan)
    inside = crossed["supporter"].gt(0).to_numpy(bool)
    if inside.any():
        school, pair = tables["school"].set_index("urn", drop=False), crossed[inside]
        here, there = np.unique(pair["urn"]), np.unique(pair["supporter"])
        matrix = similarity.apart(school.loc[here], school.loc[there], tables["similarity_scale"])
        out[inside] = matrix[np.searchsorted(here, pair["urn"]), np.searchsorted(there, pair["supporter"])]
    return out

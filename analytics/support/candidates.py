"""Who may support whom: needs, givers with their slots, and every possible pair with its fit (METHODS 10.1-10.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.scores import recovery
from analytics.similar import similarity
from analytics.standardise import Array
from data.catalogue import AREAS

MAX_KM = 40.0  # by road as estimated; further away is out of reach unless someone says otherwise
ROAD_FACTOR = 1.3  # straight line to road, for no public travel times exist
TRAVEL_SCALE = 20.0  # km over which the travel factor falls to 1/e
LEAST_FACTOR = 0.05
CAME_THROUGH = {
    "came_through": 1.0,
    "not": 0.8,
    "unknown": 1.0,
}  # too few years to tell cost nobody anything (METHODS 8)
UNKNOWN_FACTOR = 0.5  # strength of a stated offer without data; similarity or travel that cannot be told
SLOT_DAYS = 6.0  # days a term that one slot stands for unless the offer says otherwise
ASKED_SLOTS = ((210, 2), (150, 1))  # pupils from which a school could be asked for so many slots
ROLL_CHANGE = 20.0  # % in two years beyond which a school is not asked to give
FACTORS = ("strength", "similarity", "travel", "came_through", "sureness")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the five factors; they are made to sum to one."""

    strength: float = 0.35
    similarity: float = 0.20
    travel: float = 0.25
    came_through: float = 0.10
    sureness: float = 0.10


def open_needs(need: pd.DataFrame, members: frozenset[int], time_period: int) -> pd.DataFrame:
    """Needs of the members, one per school and area: of results in that year, of money and inspection as last known."""
    mine = need[need["urn"].isin(members) & need["scope"].eq("school") & (need["severity"] > 0)]
    current = mine["time_period"].eq(time_period) | mine["basis"].isin(("finance", "inspection"))
    order = mine[current].sort_values(["urn", "area", "severity"], ascending=[True, True, False])
    return order.drop_duplicates(["urn", "area"]).reset_index(drop=True)


def givers(
    tables: Mapping[str, pd.DataFrame], offers: pd.DataFrame, *, time_period: int, scenario: str
) -> pd.DataFrame:
    """Schools that may give in an area: urn, area, slots, days_per_slot, p, sure, has_data; rows of one `pool` share slots.

    Never a school with a statutory concern, a deficit, a roll that moved by more than ROLL_CHANGE, or, by `pairs`, a need
    in the same area.
    """
    school = tables["school"].set_index("urn")
    live = offers[offers["state"].eq("offered")]
    if scenario == "offers":
        size = live["days_per_slot"].fillna(SLOT_DAYS)
        listed = live.assign(days_per_slot=size, slots=np.floor(live["days_per_term"] / size).astype("int64"))
        listed = listed.groupby(["urn", "area", "days_per_slot"])["slots"].sum().reset_index()
    else:
        strong = _current(tables["strength"], time_period)
        offered = set(zip(offers["urn"], offers["area"], strict=True))
        strong = strong[~_among(strong["urn"], strong["area"], offered)]
        pupils = strong["urn"].map(school["pupils"])
        slots = np.select([pupils >= limit for limit, _ in ASKED_SLOTS], [slots for _, slots in ASKED_SLOTS], 0)
        listed = strong.assign(days_per_slot=SLOT_DAYS, slots=slots)[["urn", "area", "days_per_slot", "slots"]]
    listed = listed[(listed["slots"] > 0) & listed["urn"].isin(school.index) & ~listed["urn"].isin(_barred(tables))]
    scores = tables["area_score"]
    scores = scores.loc[scores["time_period"].eq(time_period), ["urn", "area", "p_above", "s", "tier"]].drop_duplicates(
        ["urn", "area"]
    )
    joined = listed.merge(scores, on=["urn", "area"], how="left", validate="many_to_one")
    known = joined["tier"].notna() & joined["tier"].ne("not_enough_data")
    # An offer is for one area; a school that could be asked has so many places in all, whatever the area.
    pool = joined.groupby("urn" if scenario == "could_be_asked" else ["urn", "area", "days_per_slot"]).ngroup()
    return joined.assign(
        pool=pool,
        p=joined["p_above"].where(known, UNKNOWN_FACTOR),
        sure=(0.5 + 0.5 * (1 - joined["s"] ** 2)).where(known, 0.5),
        has_data=known,
    ).sort_values(["urn", "area"], ignore_index=True)


def _among(urn: pd.Series, area: pd.Series, known: set[tuple[int, str]]) -> npt.NDArray[np.bool_]:
    return np.array([pair in known for pair in zip(urn, area, strict=True)], dtype=bool)


def _current(table: pd.DataFrame, time_period: int) -> pd.DataFrame:
    now = table[table["time_period"].eq(time_period) | table["basis"].isin(("finance", "inspection"))]
    return now.drop_duplicates(["urn", "area"])


def _barred(tables: Mapping[str, pd.DataFrame]) -> set[int]:
    domain, money, school = tables["domain_score"], tables["finance"], tables["school"]
    concern = domain.loc[domain["domain"].eq("inspection") & domain["tier"].eq("statutory_concern"), "urn"]
    newest = money.sort_values("time_period").drop_duplicates("urn", keep="last")
    deficit = newest.loc[newest["reserve_pct"] < 0, "urn"]
    trusts = tables["trust_finance"].sort_values("time_period").drop_duplicates("uid", keep="last")
    theirs = school["trust_uid"].isin(trusts.loc[trusts["reserve_pct"] < 0, "uid"])  # the reserve is the trust's
    moving = school["roll_change_pct"].abs() > ROLL_CHANGE
    return set(concern) | set(deficit) | set(school.loc[theirs | moving, "urn"])


def pairs(
    tables: Mapping[str, pd.DataFrame], needs: pd.DataFrame, giver: pd.DataFrame, *, weights: Weights, max_km: float,
    time_period: int,
) -> pd.DataFrame:  # fmt: skip
    """Every possible (need k, giver j) with factors and fit, sorted by URN of need and giver. Impossible ones are absent.

    `tables` may lack `came_through` (older figures): then nobody is told to have come through, and nobody not to.
    """
    school = tables["school"].set_index("urn")
    crossed = needs.assign(k=np.arange(len(needs)))[["k", "urn", "area", "phase"]].merge(
        giver.assign(j=np.arange(len(giver)))[["j", "pool", "urn", "area", "p", "sure"]],
        on="area",
        suffixes=("", "_giver"),
        validate="many_to_many",
    )
    crossed = crossed[crossed["urn"] != crossed["urn_giver"]]
    crossed = crossed[_phase_allows(crossed, school)]
    in_need = _in_need(tables, time_period)
    crossed = crossed[~_among(crossed["urn_giver"], crossed["area"], in_need)]
    km = _km(school.loc[crossed["urn"]], school.loc[crossed["urn_giver"]])
    near = ~(km > max_km)
    crossed, km = crossed[near].reset_index(drop=True), km[near]
    apart = _apart(crossed, tables)
    standing, through = _standing(crossed, tables.get("came_through"), time_period)
    factor = factors(
        crossed["p"].to_numpy(float), apart, km, np.asarray(standing.map(CAME_THROUGH), dtype=float), crossed["sure"].to_numpy(float)
    )  # fmt: skip
    return crossed.assign(
        km=km, apart=apart, through=through, fit=np.round(fit(factor, weights), 6), **factor
    ).sort_values(["urn", "area", "urn_giver"], ignore_index=True)


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
    """The product of the factors to the powers of their weights, which are made to sum to one (METHODS 10.2)."""
    share = np.array(astuple(weights)) / sum(astuple(weights))
    return np.exp(sum(w * np.log(factor[name]) for w, name in zip(share, FACTORS, strict=True)))


def _standing(crossed: pd.DataFrame, told: pd.DataFrame | None, time_period: int) -> tuple[pd.Series, pd.Series]:
    """Whether each giver came through difficulty in the pair's area, and the areas of any in which it did.

    Told of years no later than the plan's; without figures everybody is unknown.
    """
    known = recovery.by_area(told[told["after_last"] <= time_period]) if told is not None and len(told) else _NOBODY
    standing = dict(zip(zip(known["urn"], known["area"], strict=True), known["standing"], strict=True))
    through = known[known["standing"].eq("came_through")].groupby("urn")["area"].agg(tuple).to_dict()
    pairs = zip(crossed["urn_giver"], crossed["area"], strict=True)
    return (
        pd.Series([standing.get(pair, "unknown") for pair in pairs], index=crossed.index, dtype="object"),
        pd.Series([through.get(urn, ()) for urn in crossed["urn_giver"]], index=crossed.index, dtype="object"),
    )


_NOBODY = pd.DataFrame({"urn": [], "area": [], "standing": []}, dtype="object")


def _in_need(tables: Mapping[str, pd.DataFrame], time_period: int) -> set[tuple[int, str]]:
    """(school, area) with a need, one that another area of its cluster stands for included."""
    now, score = _current(tables["need"], time_period), tables["area_score"]
    low = score[score["time_period"].eq(time_period) & score["tier"].eq("may_need_support")]
    return set(zip(now["urn"], now["area"], strict=True)) | set(zip(low["urn"], low["area"], strict=True))


def _phase_allows(crossed: pd.DataFrame, school: pd.DataFrame) -> Array:
    """Outcomes are shared within a phase; money, leadership and the like across the mainstream phases."""
    stages = crossed["urn_giver"].map(school["stages"]).fillna("")
    own = crossed["urn_giver"].map(school["phase"])
    same = np.array(
        [
            phase in stage.split("|") or phase == mine
            for phase, stage, mine in zip(crossed["phase"], stages, own, strict=True)
        ],
        dtype=bool,
    )
    selective = crossed["urn_giver"].map(school["selective"]).astype("boolean").fillna(False).to_numpy(bool)
    receiver = crossed["urn"].map(school["selective"]).astype("boolean").fillna(False).to_numpy(bool)
    outcomes = crossed["area"].map({key: area.domain == "outcomes" for key, area in AREAS.items()}).to_numpy(bool)
    return np.where(outcomes, same & (~selective | receiver), True)


def _km(left: pd.DataFrame, right: pd.DataFrame) -> Array:
    """Estimated road km from grid references; NaN where either has none."""
    east = left["easting"].to_numpy(float) - right["easting"].to_numpy(float)
    north = left["northing"].to_numpy(float) - right["northing"].to_numpy(float)
    return np.asarray(np.hypot(east, north) / 1000 * ROAD_FACTOR)


def _apart(crossed: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Array:
    """Distance of each pair's circumstances in units of d50, by the needing school's own scale."""
    if crossed.empty:
        return np.array([])
    school = tables["school"].set_index("urn", drop=False)
    here, there = np.unique(crossed["urn"]), np.unique(crossed["urn_giver"])
    matrix = similarity.apart(school.loc[here], school.loc[there], tables["similarity_scale"])
    return np.asarray(matrix[np.searchsorted(here, crossed["urn"]), np.searchsorted(there, crossed["urn_giver"])])

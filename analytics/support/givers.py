"""Who may give, and how many places the days make: offers as schools, teams and organisations make them, or strengths of
schools that could be asked (METHODS 10.1).

Never a school with a statutory concern, a deficit, or a roll that moves a lot. What no offer says is never assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from analytics.standardise import Array, Flags
from analytics.support.wishes import Wishes

SLOT_DAYS = 6.0  # days a term that one place stands for unless the offer says otherwise (METHODS 10.1)
ASKED_SLOTS = ((210, 2), (150, 1))  # pupils from which a school could be asked for so many places
ROLL_CHANGE = 20.0  # % in two years beyond which a school is not asked to give
UNKNOWN_FACTOR = 0.5  # strength of a stated offer without data; similarity or travel that cannot be told
LEAST_SURE = 0.5  # how sure the evidence is where there is none
Room = Literal["taken", "agreed", "few", "unsaid"]  # why days leave no place
COLUMNS = ("supporter", "urn", "offer", "area", "pool", "slots", "days_per_slot", "days", "taken", "who")


def givers(
    tables: Mapping[str, pd.DataFrame], offers: pd.DataFrame, *, time_period: int, scenario: str,
    wishes: Wishes,
) -> pd.DataFrame:  # fmt: skip
    """Supporters by area: COLUMNS, p, sure, m, s, has_data, reserve_untold; sorted by supporter, schools first. Rows of one `pool` share places.

    `supporter`: the URN, or minus the offer's number where no school gives. `urn` is then missing; so is `offer` where
    nobody has offered. `slots`: places left after what agreements use; an offer without one stays, for it might give more.
    `m`, `s`: the posterior of the school's area, in between-school SDs; missing where nothing may be said of it.
    """
    listed = (
        _offered(offers, wishes)
        if scenario == "offers"
        else _could_be_asked(tables, offers, wishes, time_period=time_period)
    )
    known = listed["urn"].isna() | listed["urn"].isin(tables["school"]["urn"])
    listed = listed[known & ~listed["urn"].isin(barred(tables))]
    scores = tables["area_score"]
    scores = scores.loc[scores["time_period"].eq(time_period), ["urn", "area", "p_above", "m", "s", "tier"]]
    scores = scores.drop_duplicates(["urn", "area"]).astype({"urn": "Int64"})
    joined = listed.merge(scores, on=["urn", "area"], how="left", validate="many_to_one")
    told = joined["tier"].notna() & joined["tier"].ne("not_enough_data")
    joined = joined.assign(
        p=joined["p_above"].where(told, UNKNOWN_FACTOR).astype(float), sure=sureness(joined["s"].to_numpy(float), told.to_numpy(bool)),
        m=joined["m"].where(told).astype(float), s=joined["s"].where(told).astype(float), has_data=told,
        outside=joined["urn"].isna(), reserve_untold=joined["urn"].isin(untold(tables)),
    )  # fmt: skip
    order = joined.assign(size=joined["supporter"].abs()).sort_values(["outside", "size", "area", "offer"])
    order["pool"] = pd.factorize(order["pool"])[0]
    return order[[*COLUMNS, "p", "sure", "m", "s", "has_data", "reserve_untold"]].reset_index(drop=True)


def sureness(s: Array, told: Flags) -> Array:
    """How sure the evidence is, 0.5-1: less, the more of the spread between schools is left open (METHODS 10.2)."""
    return np.where(told, LEAST_SURE + (1 - LEAST_SURE) * (1 - s**2), LEAST_SURE)


def standing(offers: pd.DataFrame, wishes: Wishes) -> pd.DataFrame:
    """The offers that stand, numbered by `offer`."""
    numbered = offers if "offer" in offers else offers.assign(offer=np.arange(1, len(offers) + 1))
    live = numbered[numbered["state"].eq("offered")]
    if wishes.day is not None and "ends" in live:
        live = live[~(pd.to_datetime(live["ends"]) < pd.Timestamp(wishes.day))]
    return live


def _offered(offers: pd.DataFrame, wishes: Wishes) -> pd.DataFrame:
    """A row and a pool of places per offer that stands."""
    live = standing(offers, wishes)
    urn = live["urn"].astype("Int64")
    number = live["offer"].astype("int64")
    size = live["days_per_slot"].astype(float)
    size = size.where(size > 0, SLOT_DAYS)
    days = number.map(dict(wishes.days)).astype(float).fillna(live["days_per_term"].astype(float))
    listed = live.assign(
        supporter=urn.fillna(-number).astype("int64"), urn=urn, offer=number, pool=number, days_per_slot=size, days=days,
        who=live["who"].fillna("").astype(str) if "who" in live else "",
    )  # fmt: skip
    taken = _taken(listed, wishes)
    return listed.assign(taken=taken, slots=_places(days - taken, size))[list(COLUMNS)]


def _places(days: pd.Series, size: pd.Series) -> pd.Series:
    """Whole places that the days make; none where the days are not said."""
    whole: pd.Series = (days / size).clip(lower=0).round(9) // 1
    return whole.fillna(0).astype("int64")  # no days said: no place to plan


def room(rows: pd.DataFrame) -> tuple[Room, float, float]:
    """Why these givers have no place left for another: plans or locks take the places, agreements the days, or the days are
    too few for one, or not said; with the most days of one of them and the days of its place."""
    size = rows["days_per_slot"].astype(float)
    best = (
        rows.assign(part=rows["days"].astype(float) / size).sort_values("part", ascending=False, kind="stable").iloc[0]
    )
    numbers = float(best["days"]), float(best["days_per_slot"])
    if (rows["slots"] > 0).any():
        return "taken", *numbers
    if (_places(rows["days"].astype(float), size) > 0).any():
        return "agreed", *numbers
    return "unsaid" if rows["days"].isna().all() else "few", *numbers


def _taken(listed: pd.DataFrame, wishes: Wishes) -> pd.Series:
    """Days a term that agreements use of each offer. Those that name no offer come off the school's own, first one first."""
    by_offer = {key: used for key, used in wishes.taken.items() if isinstance(key, int)}
    taken = listed["offer"].map(by_offer).fillna(0.0).to_numpy(float).copy()  # nothing agreed is no days used
    days, number = listed["days"].to_numpy(float), listed["offer"].to_numpy(np.int64)
    for (urn, area), used in sorted((key, used) for key, used in wishes.taken.items() if isinstance(key, tuple)):
        mine = np.flatnonzero(listed["supporter"].eq(urn) & listed["area"].eq(area))
        for at in mine[np.argsort(number[mine])]:
            part = min(used, max(0.0, days[at] - taken[at]))
            taken[at] += part
            used -= part
    return pd.Series(taken, index=listed.index)


def _could_be_asked(
    tables: Mapping[str, pd.DataFrame], offers: pd.DataFrame, wishes: Wishes, *, time_period: int
) -> pd.DataFrame:
    """Strengths of schools that have not said anything yet. A school has so many places in all, whatever the area; days that
    it gives by agreement are taken off them, and one that has none left is not asked."""
    strong = current(tables["strength"], time_period)
    answered = pd.MultiIndex.from_frame(offers.loc[offers["urn"].notna(), ["urn", "area"]].astype({"urn": "int64"}))
    strong = strong[~pd.MultiIndex.from_frame(strong[["urn", "area"]]).isin(answered)]
    pupils = strong["urn"].map(tables["school"].set_index("urn")["pupils"])
    slots = np.select([pupils >= limit for limit, _ in ASKED_SLOTS], [slots for _, slots in ASKED_SLOTS], 0)
    days = pd.Series(slots * SLOT_DAYS, index=strong.index)
    given = strong["urn"].map(_given(offers, wishes)).astype(float).fillna(0.0)  # nothing agreed is no days given
    listed = strong.assign(
        supporter=strong["urn"], urn=strong["urn"].astype("Int64"), offer=pd.Series(pd.NA, strong.index, dtype="Int64"),
        pool=strong["urn"], slots=_places(days - given, given * 0 + SLOT_DAYS), days_per_slot=SLOT_DAYS, days=days,
        taken=given.clip(upper=days), who="",
    )  # fmt: skip
    return listed.loc[listed["slots"] > 0, list(COLUMNS)]


def _given(offers: pd.DataFrame, wishes: Wishes) -> Mapping[int, float]:
    """Days a term that each school gives by agreement, in whatever area."""
    numbered = offers if "offer" in offers else offers.assign(offer=np.arange(1, len(offers) + 1))
    of = dict(zip(numbered["offer"], numbered["urn"], strict=True))
    found: dict[int, float] = {}
    for key, days in wishes.taken.items():
        urn = key[0] if isinstance(key, tuple) else of.get(key)
        if urn is not None and not pd.isna(urn):
            found[int(urn)] = found.get(int(urn), 0.0) + days
    return found


def current(table: pd.DataFrame, time_period: int) -> pd.DataFrame:
    """Rows of that year, of money and inspection as last known; one per school and area."""
    now = table[table["time_period"].eq(time_period) | table["basis"].isin(("finance", "inspection"))]
    return now.drop_duplicates(["urn", "area"])


def untold(tables: Mapping[str, pd.DataFrame]) -> set[int]:
    """Schools whose newest reserve is missing from the accounts that there are: neither barred nor known to be sound.

    Where a trust's accounts are there the reserve is the trust's, and a row of the academy's own holds none.
    """
    own, trusts, school = _newest(tables["finance"], "urn"), _newest(tables["trust_finance"], "uid"), tables["school"]
    missing = trusts.loc[trusts["reserve_pct"].isna(), "uid"]
    theirs = school.loc[school["trust_uid"].isin(missing), "urn"]
    by_trust = school.loc[school["trust_uid"].isin(trusts["uid"]), "urn"]
    return {*own.loc[own["reserve_pct"].isna() & ~own["urn"].isin(by_trust), "urn"], *theirs}


def _newest(money: pd.DataFrame, whose: str) -> pd.DataFrame:
    """The row of the newest year of each, whether or not its reserve is known: an older one says nothing of now."""
    return money.sort_values("time_period").drop_duplicates(whose, keep="last")


def barred(tables: Mapping[str, pd.DataFrame]) -> set[int]:
    """Schools never asked to give, whatever they offer (METHODS 10.1). A newest reserve that is missing bars nobody: `untold`."""
    domain, school = tables["domain_score"], tables["school"].set_index("urn")
    concern = domain.loc[domain["domain"].eq("inspection") & domain["tier"].eq("statutory_concern"), "urn"]
    newest, trusts = _newest(tables["finance"], "urn"), _newest(tables["trust_finance"], "uid")
    deficit = newest.loc[newest["reserve_pct"] < 0, "urn"]
    theirs = school["trust_uid"].isin(trusts.loc[trusts["reserve_pct"] < 0, "uid"])  # the reserve is the trust's
    moving = school["roll_change_pct"].abs() > ROLL_CHANGE
    return set(concern) | set(deficit) | set(school.index[theirs | moving])

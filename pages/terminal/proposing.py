"""Proposals for `pipeline.py export`: the plan of the next term as its page draws it before anybody moves anything.

Keeps to what stands in the registers (rules, agreements, needs that schools state or see differently). Whoever runs this
reads everything; what may be told of a school is settled by whoever calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING, get_args

from data.catalogue import NotEnoughData, StoreError

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine

    from analytics.support.wishes import Journey, Wishes
    from data.catalogue.terms import Term
    from data.register.rows import Entry

Reader = Callable[[str], "pd.DataFrame"]
APART = ("not_with", "conflict")


def proposals(
    opened: Engine, read: Reader, chosen: frozenset[int], *, uid: str, today: date, told: frozenset[int] | None = None
) -> pd.DataFrame:
    """Proposals for a partnership's newest year, computed now from the publication and the registers as they are.

    One row per proposal; `scenario` says whether it rests on offers or on schools that have not been asked, `called` who
    supports where no school does. `told`: schools of which what is derived may be told, None for all; of others nothing of
    it is in the proposals. NotEnoughData: no figures to compare.
    """
    import pandas as pd

    from analytics.support import matching, plans
    from data.access.scope import everything
    from data.catalogue.terms import term_of
    from data.register.offers import offers

    tables = {name: read(name) for name in plans.TABLES if name != "came_through"}
    with suppress(StoreError):  # figures made before it was there lack it
        tables["came_through"] = read("came_through")
    if tables["area_score"].empty:
        raise NotEnoughData(
            "no school has results to compare in these figures, so there is nothing to propose.",
            remedy="Import the school census and results, then publish.",
        )
    year = int(tables["area_score"]["time_period"].max())
    tables = tables if told is None else plans.as_told(tables, told)
    term = term_of(today).after()
    wishes, stated = entered(opened, uid, term, today)
    offered = offers(everything(), opened)
    offered = offered[
        ~(offered["starts"] > pd.Timestamp(term.last_day))
    ]  # one that begins later is no help in this term
    found = [
        matching.plan(
            tables, chosen, offered, time_period=year, scenario=scenario, wishes=wishes, stated=stated
        )
        for scenario in get_args(plans.Scenario)
    ]  # fmt: skip
    columns = [*(field.name for field in fields(plans.Proposal)), "called"]
    rows = [{**asdict(one), "called": plan.called.get(one.supporter_urn)} for plan in found for one in plan.proposals]
    return pd.DataFrame(rows, columns=columns).rename(columns={"basis": "scenario"})


def entered(opened: Engine, uid: str, term: Term, today: date) -> tuple[Wishes, pd.DataFrame]:
    """What people entered that a plan for a term keeps to, and the needs that schools state."""
    import pandas as pd

    from analytics.support.wishes import Wishes
    from data.access.scope import everything
    from data.register import rows
    from data.register.agreements import committed, standing

    def entries(register: str, of: str | None = uid) -> tuple[Entry, ...]:
        return rows.entries(everything(), opened, register, uid=of)

    agreements = entries("agreement", None)  # others may use the same offers
    rules = [one for one in entries("constraint") if _holds(one, term.first_day, term.last_day)]
    live = [
        one
        for one in agreements
        if standing(one, today) not in ("declined", "ended") and _holds(one, term.first_day, date.max)
    ]
    agreed = committed(agreements, term.first_day, term.last_day, today)
    taken: dict[int | tuple[int, str], float] = {offer: days for offer, days in agreed.offers.items()}
    taken |= {(urn, area): days for (urn, area), days in agreed.givers.items() if urn is not None}
    closed = [
        one.urn for one in rules if one.values["kind"] == "window" and _holds(one, term.first_day, term.first_day)
    ]
    wishes = Wishes(
        apart=frozenset(pair for one in rules if one.values["kind"] in APART for pair in (_pair(one), _pair(one)[::-1])),
        together=frozenset(_pair(one) for one in rules if one.values["kind"] == "must_with"), journeys=_journeys(rules),
        closed=frozenset(urn for urn in closed if urn is not None),
        taken=taken,
        supported=frozenset((one.other_urn, str(one.values["area"])) for one in live if one.other_urn is not None),
        differs=_differs(entries("need_state", None)), day=term.first_day, agreed=frozenset(_agreed(live)),
    )  # fmt: skip
    said = [
        (one.urn, one.values["area"], one.values["size"])
        for one in entries("stated_need", None)
        if one.values["standing"] == "stated"
    ]
    return wishes, pd.DataFrame(said, columns=["urn", "area", "size"]).astype({"urn": "int64"})


def _holds(one: Entry, first: date, last: date) -> bool:
    starts, ends = one.values["starts"], one.values["ends"]
    return (not isinstance(starts, date) or starts <= last) and (not isinstance(ends, date) or ends >= first)


def _agreed(agreements: Iterable[Entry]) -> Iterable[tuple[int, str, int]]:
    """Who supports whom by agreement: a school, or minus the number of an organisation's offer."""
    for one in agreements:
        offer = one.values["offer"]
        giver = one.urn or (-offer if isinstance(offer, int) else None)
        if one.other_urn is not None and giver is not None:
            yield one.other_urn, str(one.values["area"]), giver


def _pair(one: Entry) -> tuple[int, int]:
    other = one.values["other"]
    assert one.urn is not None and isinstance(other, int)  # nosec B101 # the register refuses such a rule without
    return one.urn, other


def _journeys(rules: Iterable[Entry]) -> dict[tuple[int, int | None], Journey]:
    """Exceptions to the map; what is said twice of the same two schools adds up, and help from afar stays that."""
    from analytics.support.wishes import Journey

    found: dict[tuple[int, int | None], Journey] = {}
    for one in rules:
        if one.values["kind"] in ("travel", "remote") and one.urn is not None:
            other, km, minutes = (one.values[key] for key in ("other", "km", "minutes"))
            place = one.urn, other if isinstance(other, int) else None
            before = found.get(place, Journey())
            found[place] = Journey(
                km if isinstance(km, float) else before.km, minutes if isinstance(minutes, float) else before.minutes,
                before.remote or one.values["kind"] == "remote",
            )  # fmt: skip
    return found


def _differs(found: Iterable[Entry]) -> frozenset[tuple[int, str]]:
    """Needs that the school's last word sees differently."""
    last: dict[tuple[int, str], Entry] = {}
    for one in sorted(found, key=lambda one: (one.changed, one.entry_id)):
        if one.urn is not None:
            last[one.urn, str(one.values["area"])] = one
    return frozenset(place for place, one in last.items() if one.values["state"] == "differs")

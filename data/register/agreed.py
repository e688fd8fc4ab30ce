"""What must hold between an agreement and the day, its offer, others like it and its own past.

Reads inside the caller's transaction; writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from data.access.scope import Row
from data.register.checks import Said
from data.register.declared import REGISTERS
from data.register.values import Bad, read_back
from data.store.schema_private import entry, entry_version

KEY = "agreement"
Pause = tuple[date, date | None]
TWICE = "there is one of these two for this area already, and it is open: change that one, or end it first"


def wrong(
    connection: Connection, place: Row, whole: Said, *, before: Said | None, today: date, made: date
) -> tuple[Bad, ...]:
    """What keeps an agreement from standing so. `made`: the day on which it was entered."""
    return (
        *_ended(whole, before, today, made), *_twice(connection, place, whole, before, today),
        *_beyond_its_offer(connection, whole, before),
    )  # fmt: skip


def is_open(said: Said, today: date) -> bool:
    """Whether it waits, is agreed or runs: neither declined nor ended, and its last day has not passed."""
    last = said.get("ends")
    declined = "declined" in (said.get("giver_says"), said.get("receiver_says"))
    return said.get("state") != "ended" and not declined and not (isinstance(last, date) and last < today)


def was_agreed(connection: Connection, number: int) -> bool:
    """Whether both sides have ever said yes to it."""
    found = _histories(connection, (number,))[number]
    return any(one["giver_says"] == one["receiver_says"] == "yes" for _, one in found)


def paused_on(connection: Connection, number: int, day: date) -> bool:
    """Whether it was paused on a day: from the day of the pause until the day before it was taken up again."""
    return any(since <= day < (until or date.max) for since, until in pauses(connection, (number,))[number])


def pauses(connection: Connection, numbers: Collection[int]) -> Mapping[int, tuple[Pause, ...]]:
    """The pauses of each of these, read in one go."""
    return {number: paused(told) for number, told in _histories(connection, numbers).items()}


def paused(told: Iterable[tuple[date, Said]]) -> tuple[Pause, ...]:
    """The pauses in a history, the first first: the day of the pause and the day it was taken up again, None where it is not."""
    found, since = list[Pause](), None
    for at, said in told:
        if said["state"] == "paused":
            since = since or at
        elif since is not None:
            found, since = [*found, (since, at)], None
    return tuple(found) if since is None else (*found, (since, None))


def _histories(connection: Connection, numbers: Collection[int]) -> dict[int, list[tuple[date, Said]]]:
    """The versions of each, the first first: the day and what it said from then on."""
    version, found = entry_version.c, {number: list[tuple[date, Said]]() for number in numbers}
    query: Select[Any] = select(version.entry_id, version.at, version.data).where(version.entry_id.in_(numbers))
    for number, at, data in connection.execute(query.order_by(version.version)):
        found[number].append((datetime.fromisoformat(at).date(), read_back(REGISTERS[KEY], data)))
    return found


def _new(whole: Said, before: Said | None, *keys: str) -> bool:
    return before is None or any(whole.get(key) != before.get(key) for key in keys)


def _ended(whole: Said, before: Said | None, today: date, made: date) -> tuple[Bad, ...]:
    """The day on which it ended has come, and lies in its time; one that is called off before it begins, ends before it."""
    day, first = whole.get("ended_on"), whole.get("starts")
    if not isinstance(day, date) or not isinstance(first, date) or not _new(whole, before, "ended_on", "starts"):
        return ()
    if day > today:
        return (("ended_on", "it lies ahead: say on which day it ended"),)
    if first > today:
        return (("ended_on", "it lies before the day on which the agreement was entered"),) if day < made else ()
    return (("ended_on", "it lies before the first day"),) if day < first else ()


def _twice(connection: Connection, place: Row, whole: Said, before: Said | None, today: date) -> tuple[Bad, ...]:
    """The same two for the same area while one is open. Of an organisation the offer tells which it is."""
    offer = whole.get("offer")
    of_whom = ("area", "offer") if place.urn is None else ("area",)
    opens = before is None or not is_open(before, today) or _new(whole, before, *of_whom)
    if not opens or not is_open(whole, today) or (place.urn is None and offer is None):
        return ()
    query = select(entry.c.data).where(
        entry.c.register == KEY, entry.c.state == "live", entry.c.uid == place.uid, entry.c.urn == place.urn,
        entry.c.other_urn == place.other_urn,
    )  # fmt: skip
    held = (read_back(REGISTERS[KEY], data) for data in connection.execute(query).scalars())
    same = any(is_open(one, today) and all(one[key] == whole.get(key) for key in of_whom) for one in held)
    return (("area", TWICE),) if same else ()


def _beyond_its_offer(connection: Connection, whole: Said, before: Said | None) -> tuple[Bad, ...]:
    """Days that are not offered now, are for another area, or are more a term than the offer has, whoever else it gives days
    to. Of one that stands, what is new to it: an offer may be withdrawn later.
    """
    number, days, bad = whole.get("offer"), whole.get("days"), tuple[Bad, ...]()
    if not isinstance(number, int) or not _new(whole, before, "offer", "area", "days"):
        return ()
    query = select(entry.c.data).where(entry.c.entry_id == number, entry.c.register == "offer")
    found = connection.execute(query).scalar()
    if found is None:  # a number that names no offer is refused as such
        return ()
    offer, standing = read_back(REGISTERS["offer"], found), REGISTERS["offer"].fields["standing"]
    if _new(whole, before, "offer") and offer["standing"] != "offered":
        bad += (("offer", f"its days are not offered now ({standing.choices[str(offer['standing'])]})"),)
    if _new(whole, before, "offer", "area") and offer["area"] != whole.get("area"):
        bad += (("offer", "its days are for another area of practice"),)
    has = offer["days"]
    if _new(whole, before, "offer", "days") and isinstance(days, float) and isinstance(has, float) and days > has:
        bad += (("days", f"the offer has {has:g} days a term in all"),)
    return bad

"""What must hold between a row and its place, the day and the row that it names: days used lie within their agreement.

Reads inside the caller's transaction; writes nothing. That the row named is the person's to read is settled before.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Connection

from data.access.scope import Row
from data.register import agreed
from data.register.checks import Said
from data.register.declared import REGISTERS
from data.register.values import Bad, read_back
from data.store.schema import school
from data.store.schema_private import entry


def wrong(
    connection: Connection, register: str, place: Row, whole: Said, *, before: Said | None, today: date, made: date
) -> tuple[Bad, ...]:
    """What keeps the row from standing where it is. `before`: the row as it stands, None for a new one; `made`: the day on
    which it was entered.
    """
    unknown = _unknown(connection, register, whole, before)
    if unknown:
        return unknown
    if register == "log":
        return _line(connection, whole, before, today)
    if register == agreed.KEY:
        return agreed.wrong(connection, place, whole, before=before, today=today, made=made)
    changed = before is None or any(whole.get(key) != before.get(key) for key in ("other", "giver", "who"))
    if register == "constraint" and changed and whole.get("other") is not None and whole.get("other") == place.urn:
        return (("other", "a school has no rule with itself"),)
    if register == "offer" and changed and place.urn is None:
        return _without_school(whole)
    if register == "programme":
        return _named_twice(connection, place, whole, before)
    if register == "board_pack":
        return _presented(connection, place, whole, before, today)
    return ()


def _presented(connection: Connection, place: Row, whole: Said, before: Said | None, today: date) -> tuple[Bad, ...]:
    """A pack is presented on a day that has come, and is said once of a day, a board and the figures. A row that stands may be
    reworded whatever an older version of Alongside let in.
    """
    said = _meeting(whole)
    if before is not None and _meeting(before) == said:
        return ()
    day = whole.get("presented_on")
    if isinstance(day, date) and day > today and (before is None or day != before.get("presented_on")):
        return (("presented_on", "it lies ahead: say so once the board has met"),)
    query = select(entry.c.data).where(
        entry.c.register == "board_pack", entry.c.uid == place.uid, entry.c.state == "live"
    )
    held = (read_back(REGISTERS["board_pack"], data) for data in connection.execute(query).scalars())
    if any(_meeting(one) == said for one in held):
        return (("presented_on", "that these figures were presented to this board on this day is kept already"),)
    return ()


def _meeting(said: Said) -> tuple[object, str, object]:
    return said.get("presented_on"), _alike(said.get("board")), said.get("figures")


def _named_twice(connection: Connection, place: Row, whole: Said, before: Said | None) -> tuple[Bad, ...]:
    """A name that another programme of the partnership has: nobody could tell which of the two is meant."""
    name = _alike(whole.get("name"))
    if before is not None and _alike(before.get("name")) == name:
        return ()
    query = select(entry.c.data).where(
        entry.c.register == "programme", entry.c.uid == place.uid, entry.c.state == "live"
    )
    held = (read_back(REGISTERS["programme"], data) for data in connection.execute(query).scalars())
    if any(_alike(one["name"]) == name for one in held):
        return (("name", "a programme of this name is here already; give this one another"),)
    return ()


def _alike(name: object) -> str:
    return " ".join(str(name or "").casefold().split())


def _unknown(connection: Connection, register: str, whole: Said, before: Said | None) -> tuple[Bad, ...]:
    """Schools named anew that are not in the register of schools, where one was imported."""
    named = {
        key: whole[key] for key, field in REGISTERS[register].fields.items()
        if field.kind == "urn" and whole.get(key) is not None and (before is None or whole[key] != before.get(key))
    }  # fmt: skip
    if not named or connection.execute(select(school.c.urn).limit(1)).first() is None:
        return ()
    query = select(school.c.urn).where(school.c.urn.in_([one for one in named.values() if isinstance(one, int)]))
    known = set(connection.execute(query).scalars())
    return tuple((key, "the register of schools has no such school") for key, urn in named.items() if urn not in known)


def _without_school(said: Said) -> tuple[Bad, ...]:
    if said.get("giver") == "school":
        return (("giver", "say which school it is, or who else gives"),)
    return () if said.get("who") is not None else (("who", "say what it is called: no school is named"),)


def _line(connection: Connection, said: Said, before: Said | None, today: date) -> tuple[Bad, ...]:
    """Days used lie within their agreement and not ahead. A line whose day stands already may be reworded whatever came since."""
    day, number = said.get("day"), said.get("agreement")
    if not isinstance(day, date) or not isinstance(number, int):
        return ()
    if before is not None and all(said.get(key) == before.get(key) for key in ("agreement", "day", "what")):
        return ()
    if day > today:
        return (("day", "it lies ahead: the log says what was done"),)
    if said.get("what") != "visit":
        return ()
    held = _agreement(connection, number)
    if held is None:  # which is said of the number already
        return ()
    if held["giver_says"] != "yes" or held["receiver_says"] != "yes":
        return (("agreement", "both sides have to say yes before days are used"),)
    if not _within(held, day):
        return (("day", "it lies outside the time of the agreement"),)
    return (("day", "the agreement was paused on that day"),) if agreed.paused_on(connection, number, day) else ()


def _within(held: Said, day: date) -> bool:
    """What is ended or paused by now may still get a line of a day before: tables are sent in late."""
    last = min((one for one in (held["ends"], held["ended_on"]) if isinstance(one, date)), default=day)
    return (not isinstance(held["starts"], date) or held["starts"] <= day) and day <= last


def _agreement(connection: Connection, number: int) -> Said | None:
    query = select(entry.c.data).where(entry.c.entry_id == number, entry.c.register == "agreement")
    found = connection.execute(query).scalar()
    return None if found is None else read_back(REGISTERS["agreement"], found)

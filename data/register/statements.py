"""What a school says of a need, one statement for a school and area: said for the first time, or changed, in one transaction.

Whoever says it hands in the statement that was on their page, or none. Where another stands there by now, EditConflict
carries it and nothing is written: neither over it nor beside it. Seeing it differently needs words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from data.access.scope import Row, Scope
from data.register import rows, values
from data.register.declared import REGISTERS
from data.register.rows import EditConflict, Entry, Given
from data.register.values import BadValues
from data.store import dialect

KEY = "need_state"


def newest(found: Iterable[Entry], area: str) -> Entry | None:
    """A school's last word on an area, of its statements in force."""
    theirs = [one for one in found if one.values["area"] == area]
    return max(theirs, key=lambda one: (one.changed, one.entry_id), default=None)


def say(
    scope: Scope, engine: Engine, urn: int, area: str, given: Given, *, seen: Entry | None, now: datetime
) -> Entry:  # fmt: skip
    """The statement with these values. `seen`: the one that was on the page; None where there was none.

    Raises as `rows.add` and `rows.change` do; EditConflict also for a first statement where somebody made one meanwhile.
    """
    register = REGISTERS[KEY]
    yours, bad = values.typed_all(register, {"area": area, **given})
    if not bad and yours.get("state") == "differs" and not yours.get("words"):
        bad = (("words", "say in a few words how you see it"),)
    if bad:
        raise BadValues(register, bad)
    said = {key: value for key, value in yours.items() if key != "area"}
    with dialect.writing(
        engine
    ) as connection:  # nobody else writes until this ends, so that what is read here stays true
        there = newest(rows.entries(scope, engine, KEY, urn=urn), area)
        if there is None and seen is not None:  # withdrawn meanwhile
            raise EditConflict(rows.entry(scope, engine, seen.entry_id), said)
        if there is None:
            return rows.add_within(connection, scope, engine, KEY, yours, place=Row(urn=urn), now=now, entered=True)
        if seen is None or seen.entry_id != there.entry_id:
            raise EditConflict(there, said)
        return rows.change_within(
            connection, scope, engine, there.entry_id, said, version=seen.version, now=now, entered=True
        )

"""Fills the sample's register: rows of `data.sample.entered` go in as a person at this computer would have entered them.

Once for a store: where they are there already nothing is written, whatever was changed in them since. All or none.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from data.access.scope import Row, everything
from data.access.times import text_of
from data.register import rows
from data.sample.entered import Named, Said, Sown, moment
from data.store import dialect
from data.store.schema_private import entry


def fill(engine: Engine, sown: Iterable[Sown]) -> int:
    """Enter the rows, each on its day, in one transaction; how many: 0 where the first of them is there."""
    wanted = tuple(sown)
    with dialect.writing(engine) as connection:
        if _is_there(connection, wanted[0]):
            return 0
        numbers: dict[str, int] = {}
        for one in wanted:
            _enter(connection, engine, one, numbers)
    return len(wanted)


def _is_there(connection: Connection, first: Sown) -> bool:
    same = (entry.c.register == first.register, entry.c.urn == first.urn, entry.c.created == text_of(moment(first.on)))
    return connection.execute(select(entry.c.entry_id).where(*same)).first() is not None


def _enter(connection: Connection, engine: Engine, one: Sown, numbers: dict[str, int]) -> None:
    """A row and what was changed in it later; its number goes into `numbers` under its name."""
    scope, place = everything(), Row(one.uid, one.urn, one.other_urn)
    made = rows.add_within(
        connection, scope, engine, one.register, _values(one.said, numbers), place=place, now=moment(one.on), entered=False
    )  # fmt: skip
    if one.name:
        numbers[one.name] = made.entry_id
    for day, said in one.later:
        made = rows.change_within(
            connection, scope, engine, made.entry_id, _values(said, numbers), version=made.version, now=moment(day),
            entered=False,
        )  # fmt: skip


def _values(said: Said, numbers: dict[str, int]) -> dict[str, object]:
    return {key: numbers[value.name] if isinstance(value, Named) else value for key, value in said.items()}

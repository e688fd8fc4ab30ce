"""Fills the sample's register: steps of `data.sample.entered` go in as a person at this computer would have entered them.

Once for a store: where they are there already nothing is written, whatever was changed in them since. All or none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from data.access.scope import Row, everything
from data.access.times import text_of
from data.register import rows
from data.register.rows import Entry
from data.sample.entered import MISSION, MISSION_NAME, Changed, Named, Said, Sown, Step, moment, steps
from data.store import dialect, own
from data.store.schema_private import entry


def fill(engine: Engine, coast: Collection[int]) -> int:
    """The mission's partnership and every step, each on its day; how many rows: 0 where the register was filled before.

    `coast`: URNs of the mission's schools. Raises what the registers raise; then no row is there.
    """
    every = steps(coast)
    with engine.connect() as connection:
        if _is_there(connection, every):
            return 0
    own.save(engine, MISSION, MISSION_NAME, sorted(coast))
    with dialect.writing(engine) as connection:
        if _is_there(connection, every):  # another process was first
            return 0
        made: dict[str, Entry] = {}
        for step in every:
            if isinstance(step, Sown):
                _enter(connection, engine, step, made)
            else:
                _change(connection, engine, step, made)
    return sum(isinstance(step, Sown) for step in every)


def _is_there(connection: Connection, every: Sequence[Step]) -> bool:
    """Whether a row of the first step's register was entered at that very moment."""
    first = next(step for step in every if isinstance(step, Sown))
    same = (entry.c.register == first.register, entry.c.urn == first.urn, entry.c.created == text_of(moment(first.on)))
    return connection.execute(select(entry.c.entry_id).where(*same)).first() is not None


def _enter(connection: Connection, engine: Engine, step: Sown, made: dict[str, Entry]) -> None:
    row = rows.add_within(
        connection, everything(), engine, step.register, _values(step.said, made),
        place=Row(step.uid, step.urn, step.other_urn), now=moment(step.on), entered=False,
    )  # fmt: skip
    if step.name:
        made[step.name] = row


def _change(connection: Connection, engine: Engine, step: Changed, made: dict[str, Entry]) -> None:
    row = made[step.name]
    made[step.name] = rows.change_within(
        connection, everything(), engine, row.entry_id, _values(step.said, made), version=row.version, now=moment(step.on),
        entered=False,
    )  # fmt: skip


def _values(said: Said, made: dict[str, Entry]) -> dict[str, object]:
    return {key: made[value.name].entry_id if isinstance(value, Named) else value for key, value in said.items()}

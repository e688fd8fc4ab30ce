"""What a person keeps for themselves: saved views and watched schools. Private to whoever kept it, whatever anybody's role.

Kinds are rows of `mine.csv`, written as those of `registers.csv` are. They are no registers of a partnership: no role reaches
another person's, no table of entries lists them, and the person at this computer has those kept here without sign-in and no
others. What is removed is gone, with no history; erasing a person removes it all. The audit says that something was kept,
never what. Has no clock: callers give `now`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, func, insert, select

from data.access import audit, limits
from data.access.permissions import rule_of
from data.access.persons import MINE
from data.access.scope import Scope
from data.access.times import text_of
from data.catalogue import AlongsideError
from data.register import values as fields
from data.register.declared import Register, read_registers
from data.register.rows import Entry, NoSuchEntry
from data.register.values import BadValues
from data.store import dialect
from data.store.schema_private import entry, entry_version

TABLE = Path(__file__).with_name("mine.csv")
MOST = 200  # of a kind, for one person


def _declared() -> Mapping[str, Register]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return read_registers(file)


KINDS: Mapping[str, Register] = MappingProxyType(_declared())


def kept(scope: Scope, engine: Engine, kind: str) -> tuple[Entry, ...]:
    """What this person keeps, oldest first. Raises PermissionDenied for somebody without any role."""
    _demand(scope)
    with engine.connect() as connection:
        found = connection.execute(select(entry).where(_of(scope, kind)).order_by(entry.c.entry_id)).all()
    return tuple(_entry(kind, one) for one in found)


def keep(scope: Scope, engine: Engine, kind: str, given: Mapping[str, object], *, now: datetime) -> Entry:
    """Keep something; the very same again is kept once.

    Raises BadValues with each field that is wrong, AlongsideError where MOST are kept, PermissionDenied.
    """
    _demand(scope)
    register = KINDS[kind]
    typed, bad = fields.typed_all(register, given)
    if bad or (missing := fields.missing(register, typed)):
        raise BadValues(register, bad or missing)
    limits.take(engine, scope, "edit", now=now)
    data, at = fields.kept(typed), text_of(now)
    with dialect.writing(engine) as connection:
        same = connection.execute(select(entry).where(_of(scope, kind), entry.c.data == data)).first()
        if same is not None:
            return _entry(kind, same)
        number = connection.execute(select(func.count()).select_from(entry).where(_of(scope, kind))).scalar_one()
        if number >= MOST:
            raise AlongsideError(f"you keep {MOST} already, which is the most", remedy="Remove one first.")
        row: dict[str, Any] = {
            "register": MINE + kind, "data": data, "version": 1, "state": "live", "created": at, "created_by": scope.account_id,
            "changed": at, "changed_by": scope.account_id,
        }  # fmt: skip
        made = connection.execute(insert(entry).values(**row)).inserted_primary_key
        entry_id = int(made[0]) if made else 0
        version = {"entry_id": entry_id, "version": 1, "data": data, "state": "live", "at": at, "by": scope.account_id}
        connection.execute(insert(entry_version).values(**version))
        audit.record(
            engine, scope, "edited", f"{kind} {entry_id}", detail={"what": "kept"}, now=now, connection=connection
        )
        found = connection.execute(select(entry).where(entry.c.entry_id == entry_id)).one()
    return _entry(kind, found)


def remove(scope: Scope, engine: Engine, kind: str, entry_id: int, *, now: datetime) -> None:
    """Remove it for good. Raises NoSuchEntry for what is not there or not this person's."""
    _demand(scope)
    with dialect.writing(engine) as connection:
        mine = select(entry.c.entry_id).where(_of(scope, kind), entry.c.entry_id == entry_id)
        if connection.execute(mine).first() is None:
            raise NoSuchEntry
        connection.execute(delete(entry_version).where(entry_version.c.entry_id == entry_id))
        connection.execute(delete(entry).where(entry.c.entry_id == entry_id))
        what = {"what": "removed"}
        audit.record(engine, scope, "edited", f"{kind} {entry_id}", detail=what, now=now, connection=connection)


def _demand(scope: Scope) -> None:
    scope.demand(rule_of("keep_own"), what="keep anything here")


def _of(scope: Scope, kind: str) -> ColumnElement[bool]:
    """This person's rows of a kind: of no other account, and of none for the person at this computer."""
    if kind not in KINDS:
        raise NoSuchEntry
    whose = entry.c.created_by.is_(None) if scope.account_id is None else entry.c.created_by == scope.account_id
    return and_(entry.c.register == MINE + kind, whose)


def _entry(kind: str, one: Any) -> Entry:
    return Entry(
        one.entry_id, kind, None, None, None, fields.read_back(KINDS[kind], one.data), one.version, one.state,
        one.created, one.created_by, one.changed, one.changed_by,
    )  # fmt: skip

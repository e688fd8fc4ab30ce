"""Rows of every register: read, added, changed, withdrawn, and their history. Nothing is ever overwritten or removed.

Every function demands a scope and refuses what its rules do not reach; a row that a person may not read does not exist for
them. Who changes a row says which version was read: where it moved on, EditConflict carries the newer one and nothing is
written. Each write goes with its audit row in one transaction. Has no clock: callers give `now`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, Select, and_, insert, select, update
from sqlalchemy import Row as StoredRow
from sqlalchemy.engine import Connection

from data.access import audit
from data.access.scope import Row, Scope
from data.access.times import text_of
from data.catalogue import AlongsideError, PermissionDenied
from data.register import agreed, agreement, asking, beside, checks, places
from data.register import values as fields
from data.register.declared import REGISTERS, Register
from data.register.values import BadValues, Value
from data.store import dialect
from data.store.remembered import until_written
from data.store.schema_private import entry as entries_table
from data.store.schema_private import entry_version

State = Literal["live", "withdrawn"]
Given = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it stands. `values` has every field of its register, None where blank; times are ISO text in UTC."""

    entry_id: int
    register: str
    uid: str | None
    urn: int | None
    other_urn: int | None
    values: Mapping[str, Value]
    version: int
    state: State
    created: str
    created_by: int | None
    changed: str
    changed_by: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A row as it stood once. `by`: the account; None for the person at this computer."""

    version: int
    values: Mapping[str, Value]
    state: State
    at: str
    by: int | None


class NoSuchEntry(PermissionDenied):
    """There is no such row, or none that this person may read: the two are not told apart."""

    def __init__(self) -> None:
        super().__init__("there is no such row", remedy="Choose one from the list.")


class EditConflict(AlongsideError):
    """Somebody changed the row meanwhile. `theirs` is the row as it stands, `yours` what was to be saved."""

    def __init__(self, theirs: Entry, yours: Mapping[str, Value]) -> None:
        self.theirs, self.yours = theirs, yours
        super().__init__(
            "somebody changed this row after you opened it; nothing of yours was saved",
            remedy="Look at both versions and choose.",
        )


def register_of(key: str) -> Register:
    """Raises PermissionDenied for a register that does not exist."""
    if key not in REGISTERS:
        raise PermissionDenied("there is no such register", remedy="Choose one from the list.")
    return REGISTERS[key]


def entries(
    scope: Scope, engine: Engine, key: str, *, urn: int | None = None, uid: str | None = None, withdrawn: bool = False
) -> tuple[Entry, ...]:
    """The rows of a register that the person may read, oldest first. `urn`: about that school, as either of two.

    Raises PermissionDenied where the person may read none of this register at all.
    """
    register = register_of(key)
    scope.demand(register.read, what=f"read {register.title.lower()}")
    asked = ("entries", key, urn, uid, withdrawn)
    found = until_written(engine, asked, lambda: _stored(engine, register, urn=urn, uid=uid, withdrawn=withdrawn))
    return tuple(one for place, one in found if scope.reaches(register.read, place))


def _stored(
    engine: Engine, register: Register, *, urn: int | None, uid: str | None, withdrawn: bool
) -> tuple[tuple[Row, Entry], ...]:
    """Rows, whoever's they are, each with its place, by which it is let out."""
    query = select(entries_table).where(entries_table.c.register == register.key)
    if urn is not None:
        query = query.where((entries_table.c.urn == urn) | (entries_table.c.other_urn == urn))
    if uid is not None:
        query = query.where(entries_table.c.uid == uid)
    if not withdrawn:
        query = query.where(entries_table.c.state == "live")
    with engine.connect() as connection:
        found = connection.execute(query.order_by(entries_table.c.entry_id)).all()
    return tuple((_place(register, one), _entry(register, one)) for one in found)


def entry(scope: Scope, engine: Engine, entry_id: int) -> Entry:
    """One row. Raises NoSuchEntry for one that is not there or not theirs to read."""
    with engine.connect() as connection:
        return _readable(connection, scope, entry_id)


def history(scope: Scope, engine: Engine, entry_id: int) -> tuple[Version, ...]:
    """Every version of a row, the first first. Raises NoSuchEntry."""
    with engine.connect() as connection:
        register = REGISTERS[_readable(connection, scope, entry_id).register]
        query = select(entry_version).where(entry_version.c.entry_id == entry_id).order_by(entry_version.c.version)
        found = connection.execute(query).all()
    return tuple(Version(one.version, fields.read_back(register, one.data), one.state, one.at, one.by) for one in found)


def add(
    scope: Scope, engine: Engine, key: str, values: Given, *, uid: str | None = None, urn: int | None = None,
    other_urn: int | None = None, now: datetime, entered: bool = False,
) -> Entry:  # fmt: skip
    """A new row. `entered`: typed by a person, so that what only the program sets is refused.

    Raises PermissionDenied, or BadValues with each field that is wrong; then nothing is written.
    """
    with dialect.writing(engine) as connection:
        return add_within(
            connection, scope, engine, key, values, place=Row(uid, urn, other_urn), now=now, entered=entered
        )


def change(
    scope: Scope, engine: Engine, entry_id: int, values: Given, *, version: int, now: datetime, entered: bool = False
) -> Entry:
    """The row with these values; fields that are not given stay. The same values again write nothing. Another agreement than
    the one both sides said yes to asks again those that did not make the change.

    Raises NoSuchEntry, PermissionDenied, BadValues, or EditConflict where `version` is not the row's any more.
    """
    with dialect.writing(engine) as connection:
        return change_within(connection, scope, engine, entry_id, values, version=version, now=now, entered=entered)


def withdraw(scope: Scope, engine: Engine, entry_id: int, *, version: int, now: datetime) -> Entry:
    """The row withdrawn: listed no more, its history kept. Raises as `change` does, and BadValues for an agreement that both
    sides said yes to once: its days and what came of them stay.
    """
    with dialect.writing(engine) as connection:
        held = _writable(connection, scope, entry_id)
        _refuse_moved_on(held, version, {})
        if _stays(connection, held):
            _refuse(
                REGISTERS[held.register], (("state", "both sides said yes to it: end it, and say what came of it"),)
            )
        return _saved(connection, scope, engine, held, held.values, state="withdrawn", now=now)


def may_withdraw(scope: Scope, engine: Engine, entry_id: int) -> bool:
    """Whether a row of theirs can be withdrawn: not an agreement that both sides said yes to once."""
    with engine.connect() as connection:
        return not _stays(connection, _readable(connection, scope, entry_id))


def _stays(connection: Connection, held: Entry) -> bool:
    return held.register == agreed.KEY and agreed.was_agreed(connection, held.entry_id)


def add_within(
    connection: Connection, scope: Scope, engine: Engine, key: str, values: Given, *, place: Row, now: datetime,
    entered: bool,
) -> Entry:  # fmt: skip
    """`add` inside a write transaction of the caller's."""
    register = register_of(key)
    typed, bad = fields.typed_all(register, values)
    place = Row(place.uid, place.urn, place.other_urn, scope.account_id)
    scope.demand(places.adding(register.write), places.asked_of(register, place), what=f"add {register.a_one} here")
    places.check(connection, scope, register, place)
    if entered:
        agreement.demand(connection, scope, place, typed)
    for field in register.fields.values():
        if (first := places.first(field)) is not None and typed.get(field.key) is None:
            typed[field.key] = first
        elif typed.get(field.key) not in (None, first) and (why := places.not_theirs(scope, field, place, entered)):
            bad += ((field.key, why),)
    bad += places.wrong_refs(connection, scope, register, place, typed)
    bad += _not_together(connection, register, place, typed, held=None, now=now)
    _refuse(register, (*bad, *_missing(register, typed, bad)))
    row: dict[str, Any] = {
        "register": key, "uid": place.uid, "urn": place.urn, "other_urn": place.other_urn, "data": fields.kept(typed),
        "version": 1, "state": "live", "created": text_of(now), "created_by": scope.account_id, "changed": text_of(now),
        "changed_by": scope.account_id,
    }  # fmt: skip
    number = connection.execute(insert(entries_table).values(**row)).inserted_primary_key
    made = _held(connection, int(number[0]) if number else 0)
    assert made is not None  # nosec B101 # only tells the type
    found = _entry(register, made)
    _remember(connection, scope, engine, found, "added", sorted(k for k, v in typed.items() if v is not None), now)
    return found


def change_within(
    connection: Connection, scope: Scope, engine: Engine, entry_id: int, values: Given, *, version: int, now: datetime,
    entered: bool,
) -> Entry:  # fmt: skip
    """`change` inside a write transaction of the caller's."""
    held = _writable(connection, scope, entry_id)
    register = REGISTERS[held.register]
    typed, bad = fields.typed_all(register, values)
    _refuse(register, bad)
    _refuse_moved_on(held, version, typed)
    changed = {key: value for key, value in typed.items() if value != held.values[key]}
    place = Row(held.uid, held.urn, held.other_urn)
    for key in changed:
        if why := places.not_theirs(scope, register.fields[key], place, entered):
            bad += ((key, why),)
    bad += places.wrong_refs(connection, scope, register, place, changed)
    whole = {**held.values, **typed, **asking.asked_again(scope, held.register, place, held.values, typed)}
    if entered and whole.get("area") != held.values.get("area"):
        agreement.demand(connection, scope, place, whole)
    bad += _not_together(connection, register, place, whole, held=held, now=now)
    _refuse(register, (*bad, *_missing(register, whole, bad)))
    if whole == dict(held.values):
        return held
    return _saved(connection, scope, engine, held, whole, state="live", now=now)


def _not_together(
    connection: Connection,
    register: Register,
    place: Row,
    whole: Mapping[str, Value],
    *,
    held: Entry | None,
    now: datetime,
) -> tuple[fields.Bad, ...]:
    """What does not hold between the values of a row, or between it and what it names. `held`: as it stands, None if new."""
    before = held.values if held is not None else None
    made = now.date() if held is None else datetime.fromisoformat(held.created).date()
    among = checks.wrong(register.key, whole, before)
    return (*among, *beside.wrong(connection, register.key, place, whole, before=before, today=now.date(), made=made))


def _missing(register: Register, whole: Mapping[str, Value], bad: tuple[fields.Bad, ...]) -> tuple[fields.Bad, ...]:
    named = {key for key, _ in bad}
    return tuple(one for one in fields.missing(register, whole) if one[0] not in named)


def _refuse(register: Register, bad: tuple[fields.Bad, ...]) -> None:
    if bad:
        raise BadValues(register, bad)


def _writable(connection: Connection, scope: Scope, entry_id: int) -> Entry:
    """The row as it stands, if the person may read and write it."""
    held = _readable(connection, scope, entry_id)
    register = REGISTERS[held.register]
    place = Row(held.uid, held.urn, held.other_urn, held.created_by)
    scope.demand(register.write, places.asked_of(register, place), what=f"change this {register.one}")
    return held


def _refuse_moved_on(held: Entry, version: int, yours: Mapping[str, Value]) -> None:
    if held.version != version:
        raise EditConflict(held, yours)
    if held.state != "live":
        raise AlongsideError(f"this {REGISTERS[held.register].one} was withdrawn", remedy="Add a new one.")


def _readable(connection: Connection, scope: Scope, entry_id: int) -> Entry:
    found = _held(connection, entry_id)
    if found is None or found.register not in REGISTERS:
        raise NoSuchEntry
    register = REGISTERS[found.register]
    if not scope.reaches(register.read, _place(register, found)):
        raise NoSuchEntry
    return _entry(register, found)


def _held(connection: Connection, entry_id: int) -> StoredRow[Any] | None:
    if not 0 < entry_id < 2**31:
        return None
    query: Select[Any] = select(entries_table).where(entries_table.c.entry_id == entry_id)
    return connection.execute(query).first()


def _saved(
    connection: Connection, scope: Scope, engine: Engine, held: Entry, values: Mapping[str, Value], *, state: State,
    now: datetime,
) -> Entry:  # fmt: skip
    """Write the next version. The version is asked for again in the statement itself, whatever was read before."""
    same = and_(entries_table.c.entry_id == held.entry_id, entries_table.c.version == held.version)
    done = connection.execute(
        update(entries_table).where(same).values(
            data=fields.kept(values), version=held.version + 1, state=state, changed=text_of(now), changed_by=scope.account_id,
        )
    )  # fmt: skip
    row = _held(connection, held.entry_id)
    assert row is not None  # nosec B101 # only tells the type
    found = _entry(REGISTERS[held.register], row)
    if done.rowcount != 1:
        raise EditConflict(found, values)
    changed = sorted(key for key in values if values[key] != held.values.get(key))
    _remember(connection, scope, engine, found, "changed" if state == "live" else "withdrawn", changed, now)
    return found


def _remember(
    connection: Connection, scope: Scope, engine: Engine, found: Entry, what: str, changed: list[str], now: datetime
) -> None:
    """The version, and the audit's row: which fields, never what they say."""
    connection.execute(
        insert(entry_version).values(
            entry_id=found.entry_id, version=found.version, data=fields.kept(found.values), state=found.state,
            at=found.changed, by=found.changed_by,
        )
    )  # fmt: skip
    detail = {"what": what, "version": found.version, "fields": changed}
    audit.record(
        engine, scope, "edited", f"{found.register} {found.entry_id}", uid=found.uid, urn=found.urn, detail=detail,
        now=now, connection=connection,
    )  # fmt: skip


def _entry(register: Register, one: StoredRow[Any]) -> Entry:
    return Entry(
        one.entry_id, one.register, one.uid, one.urn, one.other_urn, fields.read_back(register, one.data), one.version,
        one.state, one.created, one.created_by, one.changed, one.changed_by,
    )  # fmt: skip


def _place(register: Register, one: StoredRow[Any]) -> Row:
    return places.asked_of(register, Row(one.uid, one.urn, one.other_urn, one.created_by))

"""Tables of rows that are sent in: looked at first, then taken in whole or not at all.

What is sent in goes through the same functions as the form (`data.register.rows`), tried out and rolled back: nothing can be
uploaded that could not be typed. Rows without a number are new; one with a number says which version it was made from.
A blank cell blanks its field; a column that is left out leaves it as it is. Withdraws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from data.access.scope import Row, Scope
from data.catalogue import AlongsideError, SourceFormatError, StoreError
from data.formats.extract import RawFile
from data.register import books, places, rows, values
from data.register.books import BadCell, as_meant, key_of
from data.register.declared import RESERVED, Register
from data.register.rows import EditConflict, Entry, NoSuchEntry
from data.register.values import BadValues, Refused, Value, urn_in
from data.store import dialect
from data.store.schema import school

NAMES = ("school_name", "other_school_name")  # to read; not looked at when the table is sent in
MOVED_ON = "somebody changed this row after you downloaded it: download the table again"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a table that was sent in. `entry_id` None: a new one. `values`: what would be set; `before`: what stands."""

    row: int
    entry_id: int | None
    version: int
    place: Row
    values: Mapping[str, Value]
    before: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Upload:
    """What a table would change, or each cell (row, column, what) for which it cannot be taken in."""

    register: str
    changes: tuple[Change, ...]
    bad: tuple[BadCell, ...]
    unchanged: int


class UploadRefused(AlongsideError):
    """Nothing of the table was taken in; `bad` lists why, cell by cell."""

    def __init__(self, bad: tuple[BadCell, ...]) -> None:
        self.bad = bad
        first = f" Row {bad[0][0]}, {bad[0][1] or 'the row'}: {bad[0][2]}." if bad else ""
        super().__init__(f"nothing of the table was taken in.{first}", remedy="Mend it and send it again.")


class _Rehearsed(Exception):
    """Ends a rehearsal, so that its transaction is rolled back."""


def read_upload(scope: Scope, engine: Engine, key: str, name: str, content: bytes, *, now: datetime) -> Upload:
    """What the table would change. Writes nothing.

    Raises SourceFormatError for a file that is no such table, PermissionDenied where the person may write none of it.
    """
    register = rows.register_of(key)
    scope.demand(places.adding(register.write), what=f"add or change {register.title.lower()}")
    found = books.cells(RawFile(name, (), content))
    where, bad = _header(register, found.header, name)
    bad += [(row, _heading(found.header, at - 1), "a formula; give the value itself") for row, at in found.formulas]
    held = {one.entry_id: one for one in rows.entries(scope, engine, key, withdrawn=True)}
    known = _known(engine)
    changes, unchanged, seen = [], 0, set[int]()
    for number, row in found.rows:
        said = {column: as_meant(row[at]) if at < len(row) else "" for column, at in where.items()}
        beyond = [
            (number, _heading(found.header, at), "there is no heading over it")
            for at, cell in enumerate(row)
            if cell.strip() and (at >= len(found.header) or not found.header[at].strip())
        ]
        change, more = _change(register, number, said, held, known, scope)
        if change is not None and change.entry_id is not None:
            more += [(number, "row", "this row stands twice in the table")] if change.entry_id in seen else []
            seen.add(change.entry_id)
        bad += [*beyond, *more]
        if change is None or more or beyond:
            continue
        if change.entry_id is not None and not change.values:
            unchanged += 1
        else:
            changes.append(change)
    if not bad:
        bad = list(_tried(scope, engine, key, changes, now=now))
    return Upload(key, () if bad else tuple(changes), tuple(sorted(bad, key=lambda one: one[0])), unchanged)


def apply(scope: Scope, engine: Engine, upload: Upload, *, now: datetime) -> tuple[Entry, ...]:
    """Take it in, all or nothing. Raises UploadRefused, which lists what has come in its way since it was looked at."""
    if upload.bad:
        raise UploadRefused(upload.bad)
    with dialect.writing(engine) as connection:
        done, bad = [], list[BadCell]()
        for one in upload.changes:
            try:
                done.append(_written(connection, scope, engine, upload.register, one, now))
            except AlongsideError as error:
                bad += _wrong(one, error)
        if bad:
            raise UploadRefused(tuple(bad))
    return tuple(done)


def _header(register: Register, header: Sequence[str], file: str) -> tuple[dict[str, int], list[BadCell]]:
    """Column -> place, by key or label; what is wrong with the header. SourceFormatError where no field is in it."""
    keys = {key_of(field.label): key for key, field in register.shown.items()}
    keys |= {name: name for name in (*RESERVED, *NAMES, *register.shown)}
    where: dict[str, int] = {}
    bad: list[BadCell] = []
    for at, cell in enumerate(header):
        if not cell.strip():
            continue
        key = keys.get(key_of(as_meant(cell)))
        if key is None:
            bad.append((1, cell.strip()[:60], "there is no such column"))
        elif key in where:
            bad.append((1, key, "the column stands twice"))
        else:
            where[key] = at
    if not where.keys() & register.shown.keys():
        raise SourceFormatError(
            f"this is no table of {register.title.lower()}: its first row names none of {', '.join(register.shown)}.",
            where=file, remedy="Start from a downloaded table.",
        )  # fmt: skip
    return where, bad


def _change(
    register: Register, number: int, said: Mapping[str, str], held: Mapping[int, Entry], known: frozenset[int],
    scope: Scope,
) -> tuple[Change | None, list[BadCell]]:  # fmt: skip
    given = {key: cell for key, cell in said.items() if key in register.fields}
    typed, wrong = values.typed_all(register, given)
    bad = [(number, key, what) for key, what in wrong]
    place, more = _place(number, said, known)
    bad += more
    text = said.get("row", "").strip().removesuffix(".0")
    if text:
        entry = held.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
        if entry is None:
            return None, [*bad, (number, "row", "there is no such row; leave it blank for a new one")]
        return _changed(entry, number, said, typed, place, bad)
    ours = register.belongs == "partnership" or (register.belongs == "either" and place.urn is None)
    if place.uid is None and ours and len(scope.uids) == 1:
        place = Row(next(iter(scope.uids)), place.urn, place.other_urn)
    blank = {key: None for key in register.fields}
    return Change(number, None, 0, place, {k: v for k, v in typed.items() if v is not None}, blank), bad


def _changed(
    entry: Entry, number: int, said: Mapping[str, str], typed: Mapping[str, Value], place: Row, bad: list[BadCell]
) -> tuple[Change, list[BadCell]]:
    """A change of a row that is there: what differs from it now."""
    differ = {key: value for key, value in typed.items() if value != entry.values[key]}
    for column, there, given in (
        ("partnership", entry.uid, place.uid), ("school", entry.urn, place.urn), ("other_school", entry.other_urn, place.other_urn)
    ):  # fmt: skip
        if given is not None and given != there:
            bad.append((number, column, "a row stays where it is; add a new one instead"))
    version = said.get("version", "").strip().removesuffix(".0")
    if differ and entry.state != "live":
        bad.append((number, "row", "this row was withdrawn"))
    elif differ and version != str(entry.version):
        bad.append(
            (number, "version", MOVED_ON if version else "the version is missing: start from a downloaded table")
        )
    return Change(number, entry.entry_id, entry.version, Row(entry.uid, entry.urn, entry.other_urn), differ, entry.values), bad  # fmt: skip


def _place(number: int, said: Mapping[str, str], known: frozenset[int]) -> tuple[Row, list[BadCell]]:
    bad: list[BadCell] = []
    urns: list[int | None] = []
    for column in ("school", "other_school"):
        urn = None
        try:
            urn = urn_in(said.get(column, "").strip().removesuffix(".0"))
            if urn is not None and known and urn not in known:
                bad.append((number, column, "the register of schools has no such school"))
        except Refused as no:
            bad.append((number, column, str(no)))
        urns.append(urn)
    uid = said.get("partnership", "").strip()
    if len(uid) > 60 or not uid.isprintable():
        bad.append((number, "partnership", "there is no such partnership"))
    return Row(uid or None, urns[0], urns[1]), bad


def _known(engine: Engine) -> frozenset[int]:
    """URNs of the register of schools; none where no register was imported, and then none is asked for."""
    with engine.connect() as connection:
        return frozenset(connection.execute(select(school.c.urn)).scalars())


def _heading(header: Sequence[str], at: int) -> str:
    return header[at].strip()[:60] if 0 <= at < len(header) and header[at].strip() else f"column {at + 1}"


def _written(
    connection: Connection, scope: Scope, engine: Engine, key: str, one: Change, now: datetime
) -> Entry:  # fmt: skip
    if one.entry_id is None:
        return rows.add_within(connection, scope, engine, key, one.values, place=one.place, now=now, entered=True)
    return rows.change_within(
        connection, scope, engine, one.entry_id, one.values, version=one.version, now=now, entered=True
    )


def _tried(
    scope: Scope, engine: Engine, key: str, changes: Iterable[Change], *, now: datetime
) -> tuple[BadCell, ...]:  # fmt: skip
    """What would come in the way of the changes: they are made and rolled back."""
    bad: list[BadCell] = []
    try:
        with dialect.writing(engine) as connection:
            for one in changes:
                try:
                    _written(connection, scope, engine, key, one, now)
                except AlongsideError as error:
                    bad += _wrong(one, error)
            raise _Rehearsed
    except _Rehearsed:
        return tuple(bad)


def _wrong(one: Change, error: AlongsideError) -> list[BadCell]:
    """An error of the form's, as cells of the table. Raises it again where it is about the store."""
    if isinstance(error, BadValues):
        return [(one.row, key, what) for key, what in error.bad]
    if isinstance(error, EditConflict):
        return [(one.row, "version", MOVED_ON)]
    if isinstance(error, NoSuchEntry):
        return [(one.row, "row", "there is no such row")]
    if isinstance(error, StoreError):
        raise error
    return [(one.row, "", error.what)]

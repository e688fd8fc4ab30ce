"""People and their roles as a table: one row for each role that a person holds, in and out as CSV.

A table adds: it invites who is not there yet and gives roles; it takes nothing away. It goes in whole or not at all, and
each cell that cannot be used is listed. No cell is ever mended by a guess.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection

from data.access import accounts
from data.access.people_cells import PersonRefused, email_of, name_of
from data.access.permissions import rule_of
from data.access.scope import Scope
from data.catalogue import AlongsideError
from data.store import dialect
from data.store.schema_private import account, role_grant

COLUMNS = ("email", "name", "role", "partnership", "school")
LONGEST, MOST_ROWS, MOST_CELL = 1_000_000, 5_000, 500
Bad = tuple[int, str, str]  # row as a spreadsheet counts it (1: the headings), column, what is wrong
Read = TypeVar("Read")


class TableRefused(AlongsideError):
    """A table of people that changed nothing; `bad` lists its cells that cannot be used."""

    def __init__(self, bad: tuple[Bad, ...]) -> None:
        self.bad = bad
        super().__init__(
            f"nothing was taken in: {len(bad)} {'cell' if len(bad) == 1 else 'cells'} cannot be used",
            remedy="Mend what is listed and send the table again.",
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A row as read: who, and the role if it gives one."""

    row: int
    email: str
    name: str
    role: str
    uid: str | None
    urn: int | None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many people the table invited, and how many roles it gave that were not held before."""

    invited: int
    given: int


def csv_out(scope: Scope, engine: Engine) -> bytes:
    """Everybody who is not closed or erased, one row for each role held. Reading it in again changes nothing.

    Raises PermissionDenied.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in accounts.people(scope, engine):
        if one.state in ("closed", "erased"):
            continue
        for held in one.holds:
            writer.writerow([one.email, one.name, held.role, held.uid or "", held.urn or ""])
        if not one.holds:
            writer.writerow([one.email, one.name, "", "", ""])
    return text.getvalue().encode("utf-8-sig")  # so that spreadsheets read accents


def take_in(scope: Scope, engine: Engine, content: bytes, *, now: datetime) -> TakenIn:
    """Invite the people of a CSV and give them their roles, all or none. `name` is for who is not there yet.

    Raises PermissionDenied, TableRefused with each cell that cannot be used, StoreError where the store is locked.
    """
    scope.demand(rule_of("manage_people"), what="manage people and their roles")
    lines, bad = _lines(content)
    taken = TakenIn(0, 0)
    with dialect.writing(engine) as connection:
        for line in lines:
            try:
                taken = _taken(connection, scope, engine, line, taken, now)
            except PersonRefused as error:
                bad.append((line.row, error.about or "email", _what(error)))
        if bad:  # leaving the block by an error takes everything back
            raise TableRefused(tuple(sorted(bad)))
    return taken


def _taken(connection: Connection, scope: Scope, engine: Engine, line: Line, taken: TakenIn, now: datetime) -> TakenIn:
    before = _counts(connection)
    accounts.add_in(
        connection, scope, engine, line.email, line.role, name=line.name, uid=line.uid, urn=line.urn, now=now
    )
    people, roles = (then - before for then, before in zip(_counts(connection), before, strict=True))
    return TakenIn(taken.invited + people, taken.given + roles)


def _counts(connection: Connection) -> tuple[int, int]:
    people, roles = (select(func.count()).select_from(table) for table in (account, role_grant))
    return int(connection.execute(people).scalar() or 0), int(connection.execute(roles).scalar() or 0)


def _lines(content: bytes) -> tuple[list[Line], list[Bad]]:
    """The rows that can be read, and the cells that cannot."""
    if len(content) > LONGEST:
        return [], [(1, "", "the file is too large for a table of people")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [(1, "", "the file is not CSV in UTF-8: save it as CSV UTF-8")]
    if "\0" in text:
        return [], [(1, "", "the file is no CSV")]
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return [], [(1, "", f"the file is no CSV ({error})")]
    bad = _bad_headings(rows[0] if rows else [])
    if bad:
        return [], bad
    if len(rows) - 1 > MOST_ROWS:
        return [], [(MOST_ROWS + 2, "", f"there are more than {MOST_ROWS:,} rows")]
    headings = [heading.strip().casefold() for heading in rows[0]]
    return _each(rows[1:], headings)


def _bad_headings(row: list[str]) -> list[Bad]:
    found = [heading.strip().casefold() for heading in row]
    bad = [(1, name, "this column is missing") for name in ("email", "role") if name not in found]
    bad += [(1, name[:40], "there is no such column") for name in found if name not in COLUMNS]
    return bad + [(1, name, "this column stands twice") for name in COLUMNS if found.count(name) > 1]


def _each(rows: list[list[str]], headings: list[str]) -> tuple[list[Line], list[Bad]]:
    lines: list[Line] = []
    bad: list[Bad] = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(headings):
            bad.append((number, "", "the row has more cells than there are columns"))
            continue
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(headings, (cell.strip() for cell in row), strict=False))
        wrong: list[Bad] = [
            (number, name, "the cell is too long") for name, cell in cells.items() if len(cell) > MOST_CELL
        ]
        line = None if wrong else _line(number, cells, wrong)
        bad += wrong
        if line is not None:
            lines.append(line)
    return lines, bad


def _line(number: int, cells: Mapping[str, str], bad: list[Bad]) -> Line | None:
    """The row, or None with its bad cells added to `bad`."""

    def read(column: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(cells[column])
        except PersonRefused as error:
            bad.append((number, column, _what(error)))
            return None

    email, name, urn = read("email", email_of), read("name", name_of), read("school", _urn)
    if not cells["role"] and (cells["partnership"] or cells["school"]):
        bad.append((number, "role", "there is no role"))
    if bad or email is None or name is None:
        return None
    return Line(number, email, name, cells["role"].casefold(), cells["partnership"] or None, urn)


def _urn(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) == 6):
        raise PersonRefused("this is no URN", remedy="A URN has six digits.")
    return int(cell)


def _what(error: PersonRefused) -> str:
    return f"{error.what}. {error.remedy}".strip() if error.remedy else error.what

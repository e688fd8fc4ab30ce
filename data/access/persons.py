"""What is kept about a person: said, exported and erased. Erasing leaves the account's number in the audit, and no more.

Free words that a person entered are taken out of every version of an entry, also where somebody else's later version
still carries them. Words that others wrote about a person are not found by any program: whoever looks after Alongside
looks for those in the registers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Engine, Table, delete, or_, select, update
from sqlalchemy.engine import Connection

from data.access import accounts, audit, limits
from data.access.permissions import rule_of
from data.access.scope import Scope
from data.catalogue import StoreError
from data.store import dialect
from data.store.schema_private import account, entry, entry_version, heavy_work, role_grant, sign_in
from data.store.schema_private import audit as audit_table

ERASED_WORDS = "(words of a person whose data were erased)"
QUOTED, REWORDED = (
    8,
    20,
)  # characters: from so many on, words that stand in somebody's later wording are taken for theirs
MINE = (
    "mine:"  # begins the register of what a person keeps for themselves (`data.register.mine`): gone whole when erased
)
UNTIL_ERASED = "until the person is erased"
FOR_GOOD = "as long as the store: it cannot be changed; after erasing, the number leads to nobody"


Said = set[tuple[str, str]]  # (field, text)


@dataclass(frozen=True, slots=True)
class Kept:
    """One column that says something about a person."""

    table: str
    column: str
    what: str
    why: str
    how_long: str


PERSONAL: tuple[Kept, ...] = (
    Kept("account", "email", "email address", "to invite the person, and to know them at their first sign-in", UNTIL_ERASED),
    Kept("account", "name", "name", "to say who did something", UNTIL_ERASED),
    Kept("account", "issuer", "which sign-in service", "to know the person again", UNTIL_ERASED),
    Kept("account", "subject", "the person's number at that service", "to know the person again", UNTIL_ERASED),
    Kept("account", "state", "whether invited, in use or closed", "to let in only who may come in", "as long as the store"),
    Kept("account", "created", "when the person was invited", "to tell how the account came to be", "as long as the store"),
    Kept("role_grant", "role", "role", "to decide what the person may see", UNTIL_ERASED),
    Kept("role_grant", "uid", "the role's partnership", "to decide what the person may see", UNTIL_ERASED),
    Kept("role_grant", "urn", "the role's school", "to decide what the person may see", UNTIL_ERASED),
    Kept("role_grant", "given", "since when the role is held", "to tell who could see what at a time", UNTIL_ERASED),
    Kept("role_grant", "given_by", "who gave the role, as a number", "to tell who decided", "until the holder is erased"),
    Kept("role_grant", "ended", "until when the role was held", "to tell who could see what at a time", UNTIL_ERASED),
    Kept("sign_in", "mark", "a mark of the sign-in (no password, no token)", "to end it, and to refuse copies of it", "90 days after its last use"),
    Kept("sign_in", "began", "when the person signed in", "to end a sign-in that is too old", "90 days after its last use"),
    Kept("sign_in", "last_seen", "when the person was last there", "to end a sign-in that is idle", "90 days after its last use"),
    Kept("sign_in", "ended", "when the sign-in ended", "to refuse copies of it", "90 days after its last use"),
    Kept("sign_in", "how_ended", "how the sign-in ended", "to say why on the next one", "90 days after its last use"),
    Kept("audit", "account_id", "the number of whoever did something", "so that a school can ask who opened its pages", FOR_GOOD),
    Kept("audit", "roles", "the roles held then", "to tell why it was allowed", FOR_GOOD),
    Kept("audit", "action", "what was done", "so that what was done can be looked into", FOR_GOOD),
    Kept("audit", "subject", "with which page, file or entry", "so that what was done can be looked into", FOR_GOOD),
    Kept("audit", "at", "when it was done", "so that what was done can be looked into", FOR_GOOD),
    Kept("heavy_work", "at", "when something heavy was asked for", "so that nobody slows it down for all", "an hour, then until anybody next asks for something heavy"),
    Kept(
        "entry", "data", "what the person entered, in their words; views that they saved and schools that they watch, for them "
        "alone; of an agreement, the numbers of who led its schools then",
        "it is what Alongside is for",
        "until withdrawn, changed or erased; the words go, the row stays; saved views and watched schools go whole",
    ),
    Kept("entry", "created_by", "the number of whoever entered it", "to say who entered it", "as long as the entry"),
    Kept("entry", "changed_by", "the number of whoever changed it", "to say who changed it", "as long as the entry"),
    Kept("entry_version", "data", "earlier wordings", "to show what an entry said before", "until the person is erased"),
    Kept("entry_version", "by", "the number of whoever wrote them", "to say who wrote it", "as long as the entry"),
)  # fmt: skip
# What the other columns of these tables hold says nothing of a person by itself: numbers that join rows, places, states.
NOT_PERSONAL: Mapping[str, tuple[str, ...]] = {
    "account": ("account_id",),
    "role_grant": ("grant_id", "account_id"),
    "sign_in": ("account_id",),
    "audit": ("audit_id", "uid", "urn", "detail"),
    "heavy_work": ("work_id", "account_id", "kind"),
    "entry": ("entry_id", "register", "uid", "urn", "other_urn", "version", "state", "created", "changed"),
    "entry_version": ("entry_id", "version", "state", "at"),
}


def export_person(scope: Scope, engine: Engine, account_id: int, *, now: datetime) -> dict[str, Any]:
    """Everything kept about a person, table by table, as plain values. Everybody may have their own.

    Also what was done to their account, and each version of an entry that they wrote. Raises PermissionDenied; StoreError
    where there is no such account. The export itself stands in the audit.
    """
    if scope.account_id is None or scope.account_id != account_id:
        scope.demand(rule_of("export_person"), what="export what is kept about somebody else")
    limits.take(engine, scope, "export_person", now=now)
    with dialect.writing(engine) as connection:
        found = _about(connection, account_id)
        audit.record(engine, scope, "exported_person", f"account {account_id}", now=now, connection=connection)
    return found


def erase_person(
    scope: Scope, engine: Engine, account_id: int, *, now: datetime, free_text: Mapping[str, Collection[str]] | None = None
) -> None:  # fmt: skip
    """Blank the account, remove its roles, sign-ins and what it kept for itself, and take the person's words out of the
    registers. For good.

    `free_text`: register -> the fields whose values are free words; of a register that is not there every text of theirs
    goes. Raises PermissionDenied; PersonRefused for the last administrator; StoreError where there is no such account.
    """
    scope.demand(rule_of("erase_person"), what="erase a person")
    with dialect.writing(engine) as connection:
        accounts.keep_an_administrator(connection, scope, account_id)
        blank = {"email": None, "name": None, "issuer": None, "subject": None, "state": "erased"}
        done = connection.execute(update(account).where(account.c.account_id == account_id).values(blank))
        if done.rowcount != 1:
            raise StoreError(f"there is no account {account_id}", remedy="Open the page again.")
        for table in (role_grant, sign_in, heavy_work):
            connection.execute(delete(table).where(table.c.account_id == account_id))
        _remove_own(connection, account_id)
        _erase_words(connection, account_id, free_text or {})
        audit.record(engine, scope, "erased_person", f"account {account_id}", now=now, connection=connection)
    dialect.forget(engine)


def _about(connection: Connection, account_id: int) -> dict[str, Any]:
    theirs = _rows(connection, account, account.c.account_id == account_id)
    if not theirs:
        raise StoreError(f"there is no account {account_id}", remedy="Open the page again.")
    written = _rows(connection, entry_version, entry_version.c.by == account_id)
    numbers = {row["entry_id"] for row in written}
    places = {row["entry_id"]: row for row in _rows(connection, entry, entry.c.entry_id.in_(sorted(numbers)))}
    for row in written:
        place = places.get(row["entry_id"], {})
        row |= {
            "data": json.loads(row["data"]),
            **{name: place.get(name) for name in ("register", "uid", "urn", "other_urn")},
        }
    done = audit_table.c.account_id == account_id
    to_them = audit_table.c.subject == f"account {account_id}"
    return {
        "account": theirs[0],
        "roles": _rows(connection, role_grant, role_grant.c.account_id == account_id),
        "sign_ins": _rows(connection, sign_in, sign_in.c.account_id == account_id),
        "heavy_work": _rows(connection, heavy_work, heavy_work.c.account_id == account_id),
        "entered": written,
        "done_by_the_person": _rows(connection, audit_table, done),
        "done_to_the_account": _rows(connection, audit_table, to_them & ~done.is_(True)),
    }


def _rows(connection: Connection, table: Table, which: Any) -> list[dict[str, Any]]:
    query = select(table).where(which).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in connection.execute(query)]


def _remove_own(connection: Connection, account_id: int) -> None:
    """Saved views and watched schools: nobody else reads them, so nothing of them stays."""
    own = select(entry.c.entry_id).where(entry.c.register.startswith(MINE), entry.c.created_by == account_id)
    connection.execute(delete(entry_version).where(entry_version.c.entry_id.in_(own)))
    connection.execute(delete(entry).where(entry.c.register.startswith(MINE), entry.c.created_by == account_id))


def _erase_words(connection: Connection, account_id: int, free_text: Mapping[str, Collection[str]]) -> None:
    touched = select(entry_version.c.entry_id).where(entry_version.c.by == account_id)
    mine = or_(entry.c.entry_id.in_(touched), entry.c.created_by == account_id, entry.c.changed_by == account_id)
    for row in connection.execute(select(entry).where(mine).order_by(entry.c.entry_id)).all():
        query = select(entry_version).where(entry_version.c.entry_id == row.entry_id).order_by(entry_version.c.version)
        fields, said, before = free_text.get(row.register), Said(), Said()
        for one in connection.execute(query).all():
            texts = _texts(json.loads(one.data))
            if one.by == account_id:
                said |= texts - before
            before = texts
            same = (entry_version.c.entry_id == one.entry_id, entry_version.c.version == one.version)
            connection.execute(update(entry_version).where(*same).values(data=_without(one.data, said, fields)))
        if row.changed_by == account_id:
            said |= _texts(json.loads(row.data)) - before  # a row without versions: theirs, as far as can be told
        data = _without(row.data, said, fields)
        connection.execute(update(entry).where(entry.c.entry_id == row.entry_id).values(data=data))


def _texts(data: Mapping[str, Any]) -> Said:
    return Said((field, value) for field, value in data.items() if isinstance(value, str) and value.strip())


def _without(data: str, said: Said, fields: Collection[str] | None) -> str:
    """The entry's JSON without those texts, also where a later wording goes on from one of them."""
    found: dict[str, Any] = json.loads(data)
    for field, text in sorted(said, key=lambda one: (-len(one[1]), one)):
        held = found.get(field)
        if isinstance(held, str) and (fields is None or field in fields):
            found[field] = _blanked(held, text)
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def _blanked(held: str, text: str) -> str:
    """`held` without `text`: the text alone where it stands in it whole, all of `held` where it is a rewording of it."""
    if held == text:
        return ERASED_WORDS
    if len(text) >= QUOTED and text in held:
        return held.replace(text, ERASED_WORDS)
    run = SequenceMatcher(None, held, text, autojunk=False).find_longest_match().size
    return ERASED_WORDS if run >= REWORDED else held

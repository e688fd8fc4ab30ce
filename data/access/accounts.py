"""Who may come in, and with which roles. Every function that changes anything demands the right to manage people.

An account is invited by email address and belongs, from the first sign-in on, to that one identity at the provider. An
address is plain ASCII in small letters: letters of other alphabets that look alike are refused, not folded. The last
administrator stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.engine import Connection

from data.access import audit, sign_in_rows
from data.access.names import names_of
from data.access.people_cells import PersonRefused, email_of, name_of
from data.access.permissions import rule_of
from data.access.scope import ROLES, Role, Scope
from data.access.times import text_of
from data.catalogue import StoreError
from data.store import dialect, members
from data.store.schema import school
from data.store.schema_private import account, role_grant

__all__ = [
    "Given", "Person", "PersonRefused", "add", "close", "correct", "email_of", "give", "invite", "names_of", "people", "person", "reopen",
    "take_back", "unbind",
]  # fmt: skip
OVER: Mapping[Role, str] = {
    "director": "uid", "headteacher": "urn", "governor": "uid", "adviser": "uid", "administrator": "", "auditor": "",
}  # fmt: skip
NUMBERS = {  # a page lists names; the command line and tables take numbers
    "partnership": "Choose it by its name on the page, or give its number, such as 2044 or LA850.",
    "school": "Choose it by its name on the page, or give its URN, six digits such as 100001.",
}
LAST = "this is the last administrator"
FIRST_ANOTHER = "Make somebody else an administrator, and let them sign in, before you do this."


@dataclass(frozen=True, slots=True)
class Given:
    """A role as it was given: over a partnership (`uid`), over a school (`urn`) or over neither. Times are ISO text."""

    grant_id: int
    role: Role
    uid: str | None
    urn: int | None
    given: str
    ended: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """`state`: invited (never signed in), active, closed, or erased (then email and name are empty). `grants`: the past too."""

    account_id: int
    email: str
    name: str
    state: str
    created: str
    grants: tuple[Given, ...]

    @property
    def holds(self) -> tuple[Given, ...]:
        """The roles that the person holds now."""
        return tuple(given for given in self.grants if given.ended is None)


def people(scope: Scope, engine: Engine) -> tuple[Person, ...]:
    """Every account by number, erased ones too. Raises PermissionDenied."""
    _demand(scope)
    with engine.connect() as connection:
        return _people(connection)


def person(scope: Scope, engine: Engine, account_id: int) -> Person:
    """One account: everybody may read their own. Raises PermissionDenied, StoreError where there is none."""
    if scope.account_id is None or scope.account_id != account_id:
        _demand(scope)
    with engine.connect() as connection:
        return _person(connection, account_id)


def invite(scope: Scope, engine: Engine, email: str, name: str = "", *, now: datetime) -> Person:
    """A new account, without roles. Raises PersonRefused for an address that cannot be used or is there already."""
    _demand(scope)
    with dialect.writing(engine) as connection:
        return invite_in(connection, scope, engine, email, name, now=now)


def invite_in(
    connection: Connection, scope: Scope, engine: Engine, email: str, name: str = "", *, now: datetime
) -> Person:
    """As `invite`, inside the caller's transaction; the caller has asked for the permission."""
    address, called = email_of(email), name_of(name)
    there = connection.execute(select(account.c.state).where(account.c.email == address)).scalar()
    if there is not None:
        raise PersonRefused(
            f"there is an account for {address} already" + (", closed" if there == "closed" else ""),
            remedy="Open it again." if there == "closed" else "Give it the role.",
            about="email",
        )
    values = {"email": address, "name": called or None, "state": "invited", "created": text_of(now)}
    made = connection.execute(insert(account).values(values)).inserted_primary_key
    account_id = int(made[0]) if made else 0
    _note(connection, engine, scope, account_id, "invited", now=now)
    return _person(connection, account_id)


def add(
    scope: Scope, engine: Engine, email: str, role: str = "", *, now: datetime, name: str = "", uid: str | None = None,
    urn: int | None = None,
) -> Person:  # fmt: skip
    """Invite whoever is not there yet and give the role, both or neither; `role` "" invites only.

    Raises what `invite` and `give` raise; an account that is there already is no mistake.
    """
    _demand(scope)
    with dialect.writing(engine) as connection:
        return add_in(connection, scope, engine, email, role, name=name, uid=uid, urn=urn, now=now)


def add_in(
    connection: Connection, scope: Scope, engine: Engine, email: str, role: str, *, now: datetime, name: str = "",
    uid: str | None = None, urn: int | None = None,
) -> Person:  # fmt: skip
    """As `add`, inside the caller's transaction; the caller has asked for the permission."""
    there = connection.execute(select(account.c.account_id).where(account.c.email == email_of(email))).scalar()
    account_id = invite_in(connection, scope, engine, email, name, now=now).account_id if there is None else int(there)
    if role:
        give_in(connection, scope, engine, account_id, role, uid=uid, urn=urn, now=now)
    elif uid is not None or urn is not None:
        raise PersonRefused("there is no role", remedy="Say which role is over it.", about="role")
    return _person(connection, account_id)


def give(
    scope: Scope, engine: Engine, account_id: int, role: str, *, now: datetime, uid: str | None = None,
    urn: int | None = None,
) -> Given:  # fmt: skip
    """Give a role over a partnership, a school or neither, as the role asks; who has it already keeps it as it is.

    Raises PermissionDenied; PersonRefused for a role, partnership or school that there is not, or an account that is
    closed or erased.
    """
    _demand(scope)
    with dialect.writing(engine) as connection:
        return give_in(connection, scope, engine, account_id, role, uid=uid, urn=urn, now=now)


def give_in(
    connection: Connection, scope: Scope, engine: Engine, account_id: int, role: str, *, now: datetime,
    uid: str | None = None, urn: int | None = None,
) -> Given:  # fmt: skip
    """As `give`, inside the caller's transaction; the caller has asked for the permission."""
    over = check_role(connection, role, uid=uid, urn=urn)
    there = _person(connection, account_id)
    if there.state in ("closed", "erased"):
        raise PersonRefused(f"the account is {there.state}", remedy="Open it again first.", about="email")
    for held in there.holds:
        if (held.role, held.uid, held.urn) == (role, over["uid"], over["urn"]):
            return held
    values = {"account_id": account_id, "role": role, "given": text_of(now), "given_by": scope.account_id, **over}
    connection.execute(insert(role_grant).values(values))
    _note(connection, engine, scope, account_id, "role given", now=now, role=role, **over)
    return _person(connection, account_id).holds[-1]


def check_role(connection: Connection, role: str, *, uid: str | None, urn: int | None) -> dict[str, Any]:
    """What the role is over, as (uid, urn). Raises PersonRefused where that and the role do not go together."""
    if role not in ROLES:
        raise PersonRefused(f"{role[:40]!r} is no role", remedy=f"Roles are {', '.join(ROLES)}.", about="role")
    for name, given, about in (("uid", uid, "partnership"), ("urn", urn, "school")):
        if given is None and OVER[role] == name:
            raise PersonRefused(f"the role {role} needs a {about}", remedy=NUMBERS[about], about=about)
        if given is not None and OVER[role] != name:
            raise PersonRefused(f"the role {role} is over no {about}", remedy="Leave it out.", about=about)
    if uid is not None and not members.known_in(connection, uid):
        raise PersonRefused(
            f"no partnership has the number {uid[:40]!r}", remedy=NUMBERS["partnership"], about="partnership"
        )
    if urn is not None and not _is_school(connection, urn):
        raise PersonRefused(f"no school has the URN {urn}", remedy=NUMBERS["school"], about="school")
    return {"uid": uid, "urn": urn}


def _is_school(connection: Connection, urn: int) -> bool:
    there = select(school.c.urn).where(school.c.urn == urn)
    return 0 < urn < 2**31 and connection.execute(there).first() is not None


def take_back(scope: Scope, engine: Engine, grant_id: int, *, now: datetime) -> None:
    """End a role from now on. Raises PermissionDenied, StoreError for an unknown number, PersonRefused for the last
    administrator's. A role that has ended stays ended.
    """
    _demand(scope)
    with dialect.writing(engine) as connection:
        row = connection.execute(select(role_grant).where(role_grant.c.grant_id == grant_id)).first()
        if row is None:
            raise StoreError("there is no such role to take back", remedy="Open the page again.")
        if row.ended is not None:
            return
        if row.role == "administrator":
            keep_an_administrator(connection, scope, row.account_id)
        connection.execute(update(role_grant).where(role_grant.c.grant_id == grant_id).values(ended=text_of(now)))
        over = {"role": row.role, "uid": row.uid, "urn": row.urn}
        _note(connection, engine, scope, row.account_id, "role taken back", now=now, **over)


def close(scope: Scope, engine: Engine, account_id: int, *, now: datetime) -> None:
    """Close an account: it opens nothing from the next click on, and its sign-ins end. Roles stay with it, unused.

    Raises PermissionDenied; PersonRefused for the last administrator and for an erased account.
    """
    _demand(scope)
    with dialect.writing(engine) as connection:
        there = _person(connection, account_id)
        if there.state == "closed":
            return
        if there.state == "erased":
            raise PersonRefused("the account was erased", remedy="Nobody can come in with it any more.")
        keep_an_administrator(connection, scope, account_id)
        connection.execute(update(account).where(account.c.account_id == account_id).values(state="closed"))
        sign_in_rows.end_all(connection, account_id, "closed", now=now)
        _note(connection, engine, scope, account_id, "closed", now=now)


def reopen(scope: Scope, engine: Engine, account_id: int, *, now: datetime) -> None:
    """Open a closed account again, with the roles that it held. Raises PermissionDenied, PersonRefused for an erased one."""
    _demand(scope)
    with dialect.writing(engine) as connection:
        row = connection.execute(select(account).where(account.c.account_id == account_id)).first()
        if row is None or row.state == "erased":
            raise PersonRefused("there is no such account to open", remedy="Invite the person anew.")
        if row.state != "closed":
            return
        state = "invited" if row.subject is None else "active"
        connection.execute(update(account).where(account.c.account_id == account_id).values(state=state))
        _note(connection, engine, scope, account_id, "opened again", now=now)


def correct(scope: Scope, engine: Engine, account_id: int, *, name: str, email: str, now: datetime) -> Person:
    """Put a person's name and address right; whose account it is stays as it was bound. The audit says what, not from what.

    Raises PermissionDenied; PersonRefused for what cannot be used, an address of somebody else, or an erased account.
    """
    _demand(scope)
    address, called = email_of(email), name_of(name)
    with dialect.writing(engine) as connection:
        before = _person(connection, account_id)
        if before.state == "erased":
            raise PersonRefused("the account was erased", remedy="Invite the person anew.")
        other = select(account.c.account_id).where(account.c.email == address, account.c.account_id != account_id)
        if connection.execute(other).first() is not None:
            raise PersonRefused(
                f"there is another account for {address}", remedy="Give another address.", about="email"
            )
        values = {"email": address, "name": called or None}
        connection.execute(update(account).where(account.c.account_id == account_id).values(values))
        changed = [
            what for what, old, new in (("name", before.name, called), ("email", before.email, address)) if old != new
        ]
        for what in changed:
            _note(connection, engine, scope, account_id, f"{what} put right", now=now)
        return _person(connection, account_id)


def unbind(scope: Scope, engine: Engine, account_id: int, *, now: datetime) -> None:
    """Let the next verified sign-in with the account's address have it: for people whose provider changed.

    Raises PermissionDenied; PersonRefused for an account that is closed or erased, or is nobody's yet, and, but at the
    command line, for the last administrator who can come in.
    """
    _demand(scope)
    with dialect.writing(engine) as connection:
        if _person(connection, account_id).state != "active":
            raise PersonRefused("the account is not in use", remedy="Nothing has to be done.")
        if not scope.owner:  # who can let them in again
            keep_an_administrator(connection, scope, account_id)
        values = {"state": "invited", "issuer": None, "subject": None}
        connection.execute(update(account).where(account.c.account_id == account_id).values(values))
        sign_in_rows.end_all(connection, account_id, "ended", now=now)
        _note(connection, engine, scope, account_id, "to sign in anew", now=now)


def keep_an_administrator(connection: Connection, scope: Scope, losing: int) -> None:
    """Raises PersonRefused where no administrator would be left who can come in. Inside the caller's transaction.

    From the command line or at this computer somebody who was only invited is enough: there is a way in without them.
    """
    query = (
        select(account.c.account_id, account.c.state)
        .join(role_grant, role_grant.c.account_id == account.c.account_id)
        .where(role_grant.c.role == "administrator", role_grant.c.ended.is_(None))
    )
    states = {row.account_id: row.state for row in connection.execute(query)}
    enough = ("active", "invited") if scope.owner or states.get(losing) == "invited" else ("active",)
    if states.get(losing) in ("active", "invited") and not any(
        state in enough for account_id, state in states.items() if account_id != losing
    ):
        raise PersonRefused(LAST, remedy=FIRST_ANOTHER)


def _demand(scope: Scope) -> None:
    scope.demand(rule_of("manage_people"), what="manage people and their roles")


def _note(
    connection: Connection, engine: Engine, scope: Scope, account_id: int, did: str, *, now: datetime,
    uid: str | None = None, urn: int | None = None, role: str | None = None,
) -> None:  # fmt: skip
    detail = {"did": did} | ({} if role is None else {"role": role})
    audit.record(
        engine, scope, "people_changed", f"account {account_id}", uid=uid, urn=urn, detail=detail, now=now,
        connection=connection,
    )  # fmt: skip


def _person(connection: Connection, account_id: int) -> Person:
    found = _people(connection, account_id)
    if not found:
        raise StoreError(f"there is no account {account_id}", remedy="Open the page again.")
    return found[0]


def _people(connection: Connection, account_id: int | None = None) -> tuple[Person, ...]:
    accounts, grants = (
        select(account).order_by(account.c.account_id),
        select(role_grant).order_by(role_grant.c.grant_id),
    )
    if account_id is not None:
        accounts = accounts.where(account.c.account_id == account_id)
        grants = grants.where(role_grant.c.account_id == account_id)
    held: dict[int, list[Given]] = {}
    for row in connection.execute(grants):
        held.setdefault(row.account_id, []).append(
            Given(row.grant_id, row.role, row.uid, row.urn, row.given, row.ended)
        )
    return tuple(
        Person(row.account_id, row.email or "", row.name or "", row.state, row.created, tuple(held.get(row.account_id, ())))
        for row in connection.execute(accounts)
    )  # fmt: skip

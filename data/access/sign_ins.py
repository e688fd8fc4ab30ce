"""From what the provider says of a person to a scope. Whatever is not plainly in order opens nothing.

A person is known by issuer and subject. The first sign-in binds an invited account by its verified address; after that no
address changes whose account it is. A sign-in has a mark and ends when it was idle, grew too old, was signed out or its
account was closed; a mark that has ended, or that comes late and was never seen, is a copied cookie. No clock here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, Select, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from data.access import audit, sign_in_rows
from data.access.people_cells import PersonRefused, email_of, name_of
from data.access.permissions import rule_of
from data.access.scope import Grant, Scope
from data.access.settings import Settings
from data.access.times import text_of, time_of
from data.catalogue import PermissionDenied, StoreError
from data.store import dialect, members
from data.store.schema_private import account, role_grant, sign_in
from data.store.schema_private import audit as audit_table

FRESH = timedelta(minutes=10)  # a token older than this that was never seen is not from a sign-in of now
SLACK = timedelta(minutes=2)  # by which two computers' clocks may differ, or ours be set back
REFRESH = timedelta(minutes=1)  # `last_seen` is written no more often
KEPT = timedelta(days=90)  # so long rows of sign-ins are kept; by then their tokens are long too old to open anything
WORDS = {
    "no_mark": "the sign-in cannot be told from others, so it opens nothing",
    "old": "this sign-in is too old",
    "clock": "this sign-in is dated in the future",
    "unknown": "nobody has invited you yet, or your address at the sign-in is another one or not verified",
    "closed": "your account is closed",
    "signed_out": "you have signed out",
    "idle": "you were away for a while, so you were signed out",
    "too_long": "you were signed in for a long time, so you were signed out",
    "ended": "whoever looks after Alongside has signed you out",
}
HOW = ("signed_out", "idle", "too_long", "closed", "ended")
AGAIN = "Sign in again."
REMEDIES = {
    "unknown": "Ask whoever looks after Alongside for you to invite the address that you sign in with.",
    "closed": "Ask whoever looks after Alongside for you to open it.",
    "no_mark": "Ask whoever set up the sign-in: its tokens need a nonce, a jti or a sid.",
    "clock": "Ask whoever looks after the server to set its clock.",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What the provider's token says. `mark`: the hash of what tells this sign-in from others, "" for none."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    name: str
    mark: str
    issued_at: datetime | None


class NotSignedIn(PermissionDenied):
    """Nobody is signed in who may come in. `reason` is a key of WORDS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(WORDS[reason], remedy=REMEDIES.get(reason, AGAIN))


def open_scope(engine: Engine, identity: Identity, settings: Settings, *, now: datetime) -> Scope:
    """The scope of whoever signed in, its sign-in noted as in use. Raises NotSignedIn; StoreError where the store is locked."""
    if not (identity.mark and identity.issuer and identity.subject):
        raise _refused(engine, identity, "no_mark", now=now)
    with engine.connect() as connection:
        row = _sign_in(connection, identity.mark)
    account_id = (
        _begin(engine, identity, settings, now=now) if row is None else _go_on(engine, identity, row, settings, now)
    )
    return scope_of(engine, account_id, mark=identity.mark)


def still_open(engine: Engine, mark: str, settings: Settings, *, now: datetime) -> bool:
    """Whether the sign-in is in order now. Asking is no activity: nothing is written."""
    with engine.connect() as connection:
        row = _sign_in(connection, mark)
    return row is not None and _over(row, settings, now) is None


def standing(engine: Engine, mark: str, settings: Settings, *, now: datetime) -> tuple[int, ...]:
    """Like `still_open`, for a scope that is kept between two clicks: numbers that are others once a role was given or taken
    back; () where the sign-in is not in order. One query, nothing written.
    """
    roles = [
        select(number).where(role_grant.c.account_id == sign_in.c.account_id).correlate(sign_in).scalar_subquery()
        for number in (func.count(), func.count(role_grant.c.ended), func.max(role_grant.c.grant_id))
    ]
    with engine.connect() as connection:
        row = connection.execute(
            _one_sign_in(mark).add_columns(*(n.label(f"n{i}") for i, n in enumerate(roles)))
        ).first()
    if row is None or _over(row, settings, now) is not None:
        return ()
    return int(row.account_id), int(row.n0), int(row.n1), int(row.n2 or 0)


def end(engine: Engine, mark: str, how: str, *, now: datetime) -> None:
    """End a sign-in: a key of HOW. One that has ended, or was never seen, stays as it is."""
    if how not in HOW:
        raise ValueError(f"{how!r} is no way to end a sign-in")
    with dialect.writing(engine) as connection:
        row = _sign_in(connection, mark)
        if row is not None and row.ended is None:
            _end(connection, engine, row, how, now=now)


def end_all(scope: Scope, engine: Engine, account_id: int, *, now: datetime) -> int:
    """End all sign-ins of a person, on every device; how many they were. Raises PermissionDenied."""
    scope.demand(rule_of("manage_people"), what="end other people's sign-ins")
    with dialect.writing(engine) as connection:
        ended = sign_in_rows.end_all(connection, account_id, "ended", now=now)
        detail = {"did": "sign-ins ended", "number": ended}
        audit.record(
            engine, scope, "people_changed", f"account {account_id}", detail=detail, now=now, connection=connection
        )
    return ended


def scope_of(engine: Engine, account_id: int, *, mark: str = "") -> Scope:
    """The account's roles as they are now, with the schools they reach; a closed, erased or unknown account reaches nothing.

    Whether anybody may come in with it is `open_scope`'s to say.
    """
    with engine.connect() as connection:
        row = connection.execute(select(account).where(account.c.account_id == account_id)).first()
        query = select(role_grant).where(role_grant.c.account_id == account_id, role_grant.c.ended.is_(None))
        held = connection.execute(query.order_by(role_grant.c.grant_id)).all()
    if row is None or row.state not in ("invited", "active"):
        return Scope()
    reached = members.present(engine, {grant.uid for grant in held if grant.uid})
    grants = tuple(Grant(one.role, one.uid, one.urn, reached.get(one.uid, frozenset())) for one in held)
    return Scope(account_id, row.name or row.email or "", grants, mark=mark)


def _sign_in(connection: Connection, mark: str) -> Row[Any] | None:
    """The sign-in with its account's identity and state."""
    return connection.execute(_one_sign_in(mark)).first()


def _one_sign_in(mark: str) -> Select[Any]:
    return (
        select(sign_in, account.c.issuer, account.c.subject, account.c.state)
        .join(account, account.c.account_id == sign_in.c.account_id)
        .where(sign_in.c.mark == mark)
    )


def _over(row: Row[Any], settings: Settings, now: datetime) -> str | None:
    """Why the sign-in is over, None while it is not. At the very limit it is over; so is one from a future of ours."""
    if row.ended is not None:
        return str(row.how_ended)
    if row.state != "active":
        return "closed"
    idle, length = now - time_of(row.last_seen), now - time_of(row.began)
    if length >= settings.longest or min(idle, length) < -SLACK:
        return "too_long"
    return "idle" if idle >= settings.idle else None


def _go_on(engine: Engine, identity: Identity, row: Row[Any], settings: Settings, now: datetime) -> int:
    if (row.issuer, row.subject) != (identity.issuer, identity.subject):  # unbound meanwhile, or a forged mark
        raise _refused(engine, identity, "closed" if row.issuer is None else "no_mark", now=now)
    why = _over(row, settings, now)
    if why is not None:
        end(engine, identity.mark, why, now=now)
        raise NotSignedIn(why)
    if now - time_of(row.last_seen) >= min(REFRESH, settings.idle / 4):
        _seen(engine, identity.mark, now)
    return int(row.account_id)


def _seen(engine: Engine, mark: str, now: datetime) -> None:
    try:
        with dialect.writing(engine) as connection:
            still = (sign_in.c.mark == mark, sign_in.c.ended.is_(None))
            connection.execute(update(sign_in).where(*still).values(last_seen=text_of(now)))
    except StoreError:
        return  # a long import holds the store: the person goes on reading, and the next click notes it


def _begin(engine: Engine, identity: Identity, settings: Settings, *, now: datetime) -> int:
    if identity.issued_at is None or now - identity.issued_at > FRESH:
        raise _refused(engine, identity, "old", now=now)
    if identity.issued_at - now > SLACK:
        raise _refused(engine, identity, "clock", now=now)
    with dialect.writing(engine) as connection:
        found = _account(connection, identity, settings)
        if isinstance(found, int):
            _new(connection, engine, identity, found, now)
            return found
    raise _refused(engine, identity, found, now=now)


def _account(connection: Connection, identity: Identity, settings: Settings) -> int | str:
    """The person's account, bound now if this is their first sign-in; else the reason why there is none to use."""
    theirs = (account.c.issuer == identity.issuer, account.c.subject == identity.subject)
    row = connection.execute(select(account.c.account_id, account.c.state).where(*theirs)).first()
    if row is not None:
        return int(row.account_id) if row.state == "active" else "closed"
    if not (identity.email_verified or identity.issuer in settings.trusted_issuers):
        return "unknown"
    try:
        address = email_of(identity.email)
    except PersonRefused:
        return "unknown"
    invited = (account.c.email == address, account.c.state == "invited", account.c.subject.is_(None))
    row = connection.execute(select(account.c.account_id, account.c.name).where(*invited)).first()
    if row is None:
        return "unknown"
    values: dict[str, str | None] = {"issuer": identity.issuer, "subject": identity.subject, "state": "active"}
    if not row.name:
        values["name"] = _name(identity.name)
    connection.execute(update(account).where(account.c.account_id == row.account_id).values(values))
    return int(row.account_id)


def _name(text: str) -> str | None:
    try:
        return name_of(text) or None
    except PersonRefused:
        return None


def _new(connection: Connection, engine: Engine, identity: Identity, account_id: int, now: datetime) -> None:
    there = connection.execute(
        select(sign_in.c.ended, sign_in.c.how_ended).where(sign_in.c.mark == identity.mark)
    ).first()
    if there is not None:  # another tab of the same sign-in was first, and may have signed out by now
        if there.ended is not None:
            raise NotSignedIn(str(there.how_ended))
        return
    at = text_of(now)
    connection.execute(insert(sign_in).values(mark=identity.mark, account_id=account_id, began=at, last_seen=at))
    connection.execute(delete(sign_in).where(sign_in.c.last_seen < text_of(now - KEPT)))
    audit.record(
        engine, Scope(account_id), "signed_in", f"account {account_id}", now=now, connection=connection
    )  # fmt: skip


def _end(connection: Connection, engine: Engine, row: Row[Any], how: str, *, now: datetime) -> None:
    values = {"ended": text_of(now), "how_ended": how}
    connection.execute(update(sign_in).where(sign_in.c.mark == row.mark).values(values))
    action: audit.Action = "signed_out" if how == "signed_out" else "sign_in_ended"
    audit.record(
        engine, Scope(row.account_id), action, f"account {row.account_id}", detail={"how": how}, now=now,
        connection=connection,
    )  # fmt: skip


def _refused(engine: Engine, identity: Identity, reason: str, *, now: datetime) -> NotSignedIn:
    """The refusal, in the audit once in ten minutes for each sign-in: whoever presses reload does not fill it."""
    subject = f"sign-in {identity.mark[:12] or 'without a mark'}"
    lately = (
        audit_table.c.at >= text_of(now - FRESH), audit_table.c.action == "sign_in_refused",
        audit_table.c.subject == subject,
    )  # fmt: skip
    with dialect.writing(engine) as connection:
        if not connection.execute(select(func.count()).select_from(audit_table).where(*lately)).scalar():
            theirs = (account.c.issuer == identity.issuer, account.c.subject == identity.subject)
            known = connection.execute(select(account.c.account_id).where(*theirs)).scalar()
            audit.record(
                engine, Scope(known), "sign_in_refused", subject, detail={"why": reason}, now=now, connection=connection
            )
    return NotSignedIn(reason)

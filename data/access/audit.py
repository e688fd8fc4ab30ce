"""What was done, by which account, when: rows are added and never changed. No clock: the caller says what time it is.

A row never holds a name, an address or free words: account numbers, URNs, partnerships' numbers and keys only. Whatever
looks like an address is left out of what a caller hands in. The database itself refuses changes (see the migration).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

import pandas as pd
from sqlalchemy import Engine, insert, select
from sqlalchemy.engine import Connection

from data.access.names import HERE, names_of
from data.access.permissions import rule_of
from data.access.scope import Row, Scope
from data.access.times import text_of
from data.store import dialect
from data.store.schema_private import audit

Action = Literal[
    "signed_in", "signed_out", "sign_in_ended", "sign_in_refused", "opened_school", "downloaded", "edited", "imported",
    "undone", "published", "people_changed", "exported_person", "erased_person", "partnership_saved",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
COLUMNS = ("audit_id", "at", "account_id", "roles", "action", "subject", "uid", "urn", "detail")
LONGEST = 200
ADDRESS = re.compile(r"\S*@\S*")
LEFT_OUT = "(left out)"


def record(
    engine: Engine,
    scope: Scope,
    action: Action,
    subject: str,
    *,
    now: datetime,
    uid: str | None = None,
    urn: int | None = None,
    detail: Mapping[str, Any] | None = None,
    connection: Connection | None = None,
) -> None:
    """Add a row, inside the caller's transaction where `connection` is given, else in one of its own.

    `subject`: the page, file, register and row, ... `detail`: plain values by key. Raises ValueError for an action that is
    not listed, StoreError where the store is locked.
    """
    if action not in ACTIONS:
        raise ValueError(f"{action!r} is no action of the audit")
    values = {
        "at": text_of(now), "account_id": scope.account_id, "roles": " ".join(scope.roles), "action": action,
        "subject": _harmless(subject), "uid": None if uid is None else _harmless(uid), "urn": urn,
        "detail": json.dumps({_harmless(key): _plain(value) for key, value in sorted((detail or {}).items())}),
    }  # fmt: skip
    if connection is not None:
        connection.execute(insert(audit).values(values))
        return
    with dialect.writing(engine) as own:
        own.execute(insert(audit).values(values))


def entries(
    scope: Scope, engine: Engine, *, since: datetime | None = None, until: datetime | None = None,
    action: str | None = None, limit: int | None = 500,
) -> pd.DataFrame:  # fmt: skip
    """What was done, newest first: columns COLUMNS; account_id and urn Int64 (missing: no account, no school), the rest text.

    From `since` on and before `until`. `limit` None: all. Raises PermissionDenied.
    """
    scope.demand(rule_of("read_audit"), what="read what everybody did")
    query = select(audit).order_by(audit.c.audit_id.desc())
    if since is not None:
        query = query.where(audit.c.at >= text_of(since))
    if until is not None:
        query = query.where(audit.c.at < text_of(until))
    if action is not None:
        query = query.where(audit.c.action == action)
    with engine.connect() as connection:
        found = connection.execute(query.limit(limit)).all()
    frame = pd.DataFrame([tuple(row) for row in found], columns=[column.name for column in audit.columns])
    return frame[list(COLUMNS)].astype({"account_id": "Int64", "urn": "Int64"})


def opened(scope: Scope, engine: Engine, urn: int) -> pd.DataFrame:
    """Who opened a school's private pages, newest first: at, who, roles, subject. For its head, and whoever reads the audit.

    Raises PermissionDenied.
    """
    scope.demand(rule_of("read_own_audit"), Row(urn=urn), what="read who opened this school's pages")
    query = (
        select(audit.c.at, audit.c.account_id, audit.c.roles, audit.c.subject)
        .where(audit.c.action == "opened_school", audit.c.urn == urn)
        .order_by(audit.c.audit_id.desc())
    )
    with engine.connect() as connection:
        found = connection.execute(query).all()
    who = names_of(engine, (row.account_id for row in found if row.account_id is not None))
    listed = [(row.at, who.get(row.account_id, HERE), row.roles, row.subject) for row in found]
    return pd.DataFrame(listed, columns=["at", "who", "roles", "subject"])


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value[:LONGEST]]
    return _harmless(str(value))


def _harmless(words: str) -> str:
    """Without addresses and without characters that cannot be seen, cut at LONGEST."""
    seen = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in words)
    return ADDRESS.sub(LEFT_OUT, seen)[:LONGEST]

"""A store with two trusts, an authority and a few accounts, for tests of who may see and do what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
from sqlalchemy import Engine

from data.access import accounts
from data.access.accounts import Person
from data.access.scope import Scope, everything
from data.access.sign_ins import Identity
from tests.store.conftest import Writer, register, snapshot

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ISSUER = "https://login.example.org"


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def fill(write: Writer) -> None:
    """Trust 10: schools 100001 and 100002 (closed). Trust 20: 100003. Authority LA850: all that are open."""
    names = {100001: "Ash", 100002: "Beech", 100003: "Cedar"}
    status = ["open", "closed", "open"]
    write(register(names, date(2026, 1, 1), status=status, la_code=850, la_name="Hampshire"))
    groups = pd.DataFrame({"uid": ["10", "20"], "name": ["Ash Trust", "Cedar Trust"], "kind": "mat", "status": "open"})
    joined = pd.DataFrame({"uid": ["10", "10", "20"], "urn": [100001, 100002, 100003]})
    write(snapshot("gias_groups", date(2026, 1, 1), {"group": groups, "membership": joined}))


def invited(store: Engine, email: str, *roles: str, by: Scope | None = None, **over: object) -> Person:
    """An account with roles, each over what `over` says where the role needs it."""
    scope = by or everything()
    made = accounts.invite(scope, store, email, now=NOW)
    for role in roles:
        wanted = {"uid": over.get("uid")} if accounts.OVER[role] == "uid" else {}  # type: ignore[index]
        wanted |= {"urn": over.get("urn")} if accounts.OVER[role] == "urn" else {}  # type: ignore[index]
        accounts.give(scope, store, made.account_id, role, now=NOW, **wanted)  # type: ignore[arg-type]
    return accounts.person(everything(), store, made.account_id)


def identity(email: str = "ann@ash.org", **more: object) -> Identity:
    values: dict[str, object] = {
        "issuer": ISSUER, "subject": email, "email": email, "email_verified": True, "name": "", "mark": f"mark {email}",
        "issued_at": NOW,
    }  # fmt: skip
    return Identity(**(values | more))  # type: ignore[arg-type]

"""Which schools have a head who can sign in. Numbers of schools and accounts only: who it is stays with
whoever manages people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Engine, Select, select
from sqlalchemy.engine import Connection

from data.store.schema_private import account, role_grant


def led_schools(engine: Engine) -> frozenset[int]:
    """URNs of schools whose head has an account that is invited or in use."""
    with engine.connect() as connection:
        return frozenset(int(one.urn) for one in connection.execute(_leading()) if one.urn is not None)


def led_by(connection: Connection, urns: Collection[int]) -> Mapping[int, frozenset[int]]:
    """The accounts of each school's heads, by their numbers; schools without one are left out."""
    found: dict[int, set[int]] = {}
    for one in connection.execute(_leading().where(role_grant.c.urn.in_(sorted(urns)))):
        found.setdefault(int(one.urn), set()).add(int(one.account_id))
    return {urn: frozenset(numbers) for urn, numbers in found.items()}


def _leading() -> Select[Any]:
    """School and account of every head who is invited or signs in."""
    return (
        select(role_grant.c.urn, role_grant.c.account_id)
        .join(account, account.c.account_id == role_grant.c.account_id)
        .where(
            role_grant.c.role == "headteacher", role_grant.c.ended.is_(None), account.c.state.in_(("invited", "active"))
        )
    )

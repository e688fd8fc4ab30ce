"""Which schools have a head who can sign in. Numbers of schools only: who it is stays with whoever manages people."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data.store.schema_private import account, role_grant


def led_schools(engine: Engine) -> frozenset[int]:
    """URNs of schools whose head has an account that is invited or in use."""
    query = (
        select(role_grant.c.urn)
        .join(account, account.c.account_id == role_grant.c.account_id)
        .where(
            role_grant.c.role == "headteacher", role_grant.c.ended.is_(None), account.c.state.in_(("invited", "active"))
        )
    )
    with engine.connect() as connection:
        return frozenset(int(urn) for urn in connection.execute(query).scalars() if urn is not None)

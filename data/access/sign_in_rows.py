"""Rows of the table of sign-ins, inside a transaction that the caller holds: one place that ends them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from data.access.times import text_of
from data.store.schema_private import sign_in


def end_all(connection: Connection, account_id: int, how: str, *, now: datetime) -> int:
    """End every sign-in of an account that has not ended; how many they were."""
    open_ones = (sign_in.c.account_id == account_id, sign_in.c.ended.is_(None))
    return connection.execute(update(sign_in).where(*open_ones).values(ended=text_of(now), how_ended=how)).rowcount

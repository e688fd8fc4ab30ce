"""What an account is called in a history. A history names whoever did something; it never gives away more than the name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, select

from data.store.schema_private import account

ERASED = "a person whose data were erased"
HERE = "the person at this computer"  # where no account is noted: no sign-in, or the command line


def names_of(engine: Engine, ids: Iterable[int]) -> dict[int, str]:
    """The name of each account, its number where it has no name, or that its data were erased; every id is there.

    Never an address: histories are read by people who may not read addresses.
    """
    wanted = sorted(set(ids))
    query = select(account.c.account_id, account.c.name, account.c.email).where(account.c.account_id.in_(wanted))
    with engine.connect() as connection:
        found = {
            row.account_id: row.name or (f"account {row.account_id}" if row.email else ERASED)
            for row in connection.execute(query)
        }
    return {one: found.get(one, ERASED) for one in wanted}

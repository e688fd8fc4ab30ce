"""The user's own partnerships: private groups of kind `own`, never part of a publication.

Refuses schools the register does not know, and never touches a published group.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.engine import Connection

from data.catalogue import StoreError
from data.store import dialect
from data.store.schema import group, membership, school

PREFIX = "own-"


def save(engine: Engine, uid: str, name: str, urns: Sequence[int]) -> None:
    """Save a partnership under `uid` ("own-..."), replacing its earlier schools.

    Raises StoreError where no school is given or a URN is not in the register.
    """
    if not uid.startswith(PREFIX):
        raise ValueError(f"{uid} is not a partnership of the user's own")
    wanted = sorted(set(urns))
    with dialect.writing(engine) as connection:
        _check(connection, wanted)
        connection.execute(delete(membership).where(membership.c.uid == uid))
        connection.execute(delete(group).where(group.c.uid == uid))
        connection.execute(insert(group).values(uid=uid, name=name, kind="own", status="open"))
        connection.execute(insert(membership), [{"uid": uid, "urn": urn} for urn in wanted])


def _check(connection: Connection, wanted: Sequence[int]) -> None:
    if not wanted:
        raise StoreError("a partnership needs at least one school", remedy="Choose one or more schools.")
    held = set(connection.execute(select(school.c.urn)).scalars())
    unknown = [str(urn) for urn in wanted if urn not in held]
    if unknown:
        raise StoreError(
            f"the register has no school with URN {', '.join(unknown[:5])}{' and others' if len(unknown) > 5 else ''}",
            remedy="Check the numbers, or import a newer register.",
        )

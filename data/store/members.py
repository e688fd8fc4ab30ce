"""The schools that a partnership has now, read for these partnerships alone: what a role over a partnership reaches.

Agrees with `read.inputs`, which reads every partnership at once, but for schools closed or not yet open: no members of now.
An unknown partnership has none, and is no error: what is not there reaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd
from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from data.store import dialect, read, rows
from data.store.schema import group, membership, school, source_file

AUTHORITY = re.compile(r"LA[0-9]{3}")


def present(engine: Engine, uids: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """URNs of each partnership's open schools: groups (`2044`), authorities (`LA850`) and the user's own (`own-...`)."""
    with engine.connect() as connection:
        return {uid: within(connection, uid) for uid in sorted(set(uids))}


def known_in(connection: Connection, uid: str) -> bool:
    """Whether there is such a partnership at all."""
    if AUTHORITY.fullmatch(uid):
        return bool(_of_authority(connection, uid))
    return connection.execute(select(group.c.uid).where(group.c.uid == uid)).first() is not None


def within(connection: Connection, uid: str) -> frozenset[int]:
    """URNs of one partnership's open schools."""
    return _of_authority(connection, uid) if AUTHORITY.fullmatch(uid) else _of_group(connection, uid)


def _of_authority(connection: Connection, uid: str) -> frozenset[int]:
    here = select(school.c.urn).where(school.c.la_code == int(uid[2:]), school.c.status.in_(read.OPEN))
    return frozenset(connection.execute(here).scalars())


def _of_group(connection: Connection, uid: str) -> frozenset[int]:
    listed = select(membership.c.urn).where(membership.c.uid == uid)
    there = select(school.c.urn, school.c.trust_uid, school.c.as_at).where(
        school.c.urn.in_(listed), school.c.status.in_(read.OPEN)
    )
    schools = rows.frame(connection, there, school)
    kind = connection.execute(select(group.c.kind).where(group.c.uid == uid)).scalar()
    if kind not in read.TRUSTS:
        return frozenset(int(urn) for urn in schools["urn"])
    past_too = _published(
        connection, schools["urn"].tolist()
    )  # a school is in one trust at a time: which is told by both
    now = read.current(past_too, schools)
    return frozenset(int(urn) for urn in now.loc[now["uid"] == uid, "urn"] if urn in set(schools["urn"]))


def _published(connection: Connection, urns: list[int]) -> pd.DataFrame:
    query = (
        select(membership.c.uid, membership.c.urn, membership.c.joined, group.c.kind, source_file.c.as_at)
        .join(group, group.c.uid == membership.c.uid)
        .join(source_file, source_file.c.source_file_id == membership.c.source_file_id)
        .where(membership.c.urn.in_(urns))
        .order_by(*dialect.ascending(connection, membership.c.urn, membership.c.uid))
    )
    return rows.frame(connection, query).astype(
        {"uid": "str", "urn": "int64", "joined": "datetime64[us]", "kind": "str", "as_at": "datetime64[us]"}
    )

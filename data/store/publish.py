"""Publications: finished tables kept as they were computed, under an identity that says what they were made from.

One generic writer and reader, Arrow inside. A publication is written whole or not at all; the two newest keep their
tables and so do those that somebody cites, the others their manifest only. Refuses to change a publication that others may have cited.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.engine import Connection

from data.catalogue import StoreError
from data.store import dialect
from data.store.frames import packed, unpacked
from data.store.remembered import until_written
from data.store.schema import publication, published

KEPT = 2


@dataclass(frozen=True, slots=True)
class PublicationInfo:
    """`created` is an ISO time; `whole` says whether its tables are still there."""

    publication_id: str
    created: str
    manifest: Mapping[str, Any]
    tables: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return bool(self.tables)


def write(
    engine: Engine, publication_id: str, created: str, manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame],
    *, keep: Collection[str] = (),
) -> None:  # fmt: skip
    """Write a publication in one transaction and prune all but the two newest and those of `keep`, which somebody cites.

    The same identity again replaces the tables of its earlier run (the rows are the same: that is what the identity
    says). Raises StoreError where the store is locked or full; it is then as before.
    """
    payloads = {name: (len(table), packed(table)) for name, table in sorted(tables.items())}
    with dialect.writing(engine) as connection:
        connection.execute(delete(published).where(published.c.publication_id == publication_id))
        connection.execute(delete(publication).where(publication.c.publication_id == publication_id))
        connection.execute(
            insert(publication).values(
                publication_id=publication_id,
                created=created,
                manifest=json.dumps(manifest, sort_keys=True, default=str),
            )
        )
        for name, (rows, payload) in payloads.items():
            values = {"publication_id": publication_id, "name": name, "rows": rows, "payload": payload}
            connection.execute(insert(published).values(values))
        older = [info.publication_id for info in _listing(connection)[KEPT:] if info.publication_id not in keep]
        connection.execute(delete(published).where(published.c.publication_id.in_(older)))


def read_table(engine: Engine, publication_id: str, name: str) -> pd.DataFrame:
    """One published table as it was written. Raises StoreError where the publication or the table is not there."""
    query = select(published.c.payload).where(published.c.publication_id == publication_id, published.c.name == name)
    with engine.connect() as connection:
        payload = connection.execute(query).scalar()
    if payload is None:
        raise StoreError(
            f"the publication {publication_id} has no table {name} in this store", remedy="Publish again."
        )  # fmt: skip
    return unpacked(payload)


def latest(engine: Engine) -> PublicationInfo | None:
    """The newest publication, or None before the first."""
    found = listing(engine)
    return found[0] if found else None


def listing(engine: Engine) -> tuple[PublicationInfo, ...]:
    """All publications, newest first; `tables` is empty for those of which only the manifest is kept."""

    def read() -> tuple[PublicationInfo, ...]:
        with engine.connect() as connection:
            return _listing(connection)

    return until_written(engine, "publications", read)


def _listing(connection: Connection) -> tuple[PublicationInfo, ...]:
    names: dict[str, list[str]] = {}
    for number, name in connection.execute(select(published.c.publication_id, published.c.name)):
        names.setdefault(number, []).append(name)
    newest = (publication.c.created.desc(), publication.c.publication_id)
    return tuple(
        PublicationInfo(
            row.publication_id, row.created, json.loads(row.manifest), tuple(sorted(names.get(row.publication_id, [])))
        )
        for row in connection.execute(select(publication).order_by(*newest))
    )

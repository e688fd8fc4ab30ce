"""Empties the sample region's store before another sample is built. Refuses every other store."""

from __future__ import annotations

from sqlalchemy import delete, select

from data.catalogue import StoreError
from data.store import dialect
from data.store.engine import StorePlace, engine
from data.store.schema import metadata, source_file
from data.store.schema_private import entry, entry_version


def empty_sample(where: StorePlace) -> None:
    """Remove every published row of the sample's store and what was entered about it, in one transaction; the audit stays.

    Raises StoreError for a store of our own.
    """
    if where.kind != "sample":
        raise StoreError("only the sample region's store may be emptied", where=str(where.home))
    with dialect.writing(engine(where)) as connection:
        for table in (entry_version, entry, *reversed(metadata.sorted_tables)):
            connection.execute(delete(table))


def held_hashes(where: StorePlace) -> frozenset[str]:
    """sha256 of every file the store has loaded, live or superseded."""
    with engine(where).connect() as connection:
        return frozenset(connection.execute(select(source_file.c.sha256)).scalars())

"""Snapshot tables into the store: the newest file as at a date holds; an older one loaded later changes nothing.

The register is kept row by row: a school gone from a newer register stays as it last was. Inspections are kept per
school and event, so that an earlier file still answers where a newer one is silent. The rest is replaced whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.engine import Connection

from data.catalogue import SourceFormatError
from data.store import rows
from data.store.schema import boundary, deprivation, group, inspection, link, membership, offer, school, source_file

# Table and the column that cuts it into parts replaced separately (None: the source's rows are replaced together).
REPLACED: Mapping[str, tuple[Table, str | None]] = {
    "link": (link, None),
    "membership": (membership, None),
    "deprivation": (deprivation, "vintage"),
    "boundary": (boundary, "kind"),
    "offer": (offer, None),
}
SNAPSHOTS: Mapping[str, Table] = {
    "school": school, "group": group, "inspection": inspection, **{name: part[0] for name, part in REPLACED.items()},
}  # fmt: skip


def load_snapshot(connection: Connection, name: str, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    """Load one snapshot table of the source file `file`; a note where it was older than what is there, else None.

    Raises SourceFormatError where a key stands twice.
    """
    table = SNAPSHOTS[name]
    _once(table, new)
    new = new.assign(source_file_id=file["source_file_id"])
    if name == "school":
        return _load_schools(connection, new, file)
    if name == "inspection":
        return _load_inspections(connection, new, file)
    if name == "group":
        return _load_groups(connection, new, file)
    return _replace(connection, name, new, file)


def _once(table: Table, new: pd.DataFrame) -> None:
    keys = [column.name for column in table.primary_key if column.name in new.columns]
    twice = new.duplicated(keys, keep="first") if keys else pd.Series(False, index=new.index)
    if twice.any():
        words = " and ".join(f"{key} {new[twice].iloc[0][key]}" for key in keys).replace("urn", "URN")
        raise SourceFormatError(
            f"{words} stands twice", remedy="Remove one of the two rows, or download the file again."
        )  # fmt: skip


def _load_schools(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    if "as_at" not in new.columns:
        new = new.assign(as_at=pd.Timestamp(file["as_at"]) if file["as_at"] else pd.NaT)
    latest = connection.execute(select(school.c.as_at).order_by(school.c.as_at.desc()).limit(1)).scalar()
    rows.upsert(connection, school, new.sort_values("urn"), unless_newer="as_at")
    return _older_note(latest, file["as_at"])


def _load_inspections(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    query = select(inspection.c.urn, inspection.c.event, source_file.c.as_at).join(
        source_file, source_file.c.source_file_id == inspection.c.source_file_id
    )
    held = {(urn, event): as_at for urn, event, as_at in connection.execute(query)}
    pairs = list(zip(new["urn"].astype(int), new["event"], strict=True))
    fresh = [not _is_older(file["as_at"], held.get(pair)) for pair in pairs]
    replaced = sorted({pair for pair, taken in zip(pairs, fresh, strict=True) if taken and pair in held})
    gone = delete(inspection).where(inspection.c.urn == bindparam("u"), inspection.c.event == bindparam("e"))
    if replaced:
        connection.execute(gone, [{"u": urn, "e": event} for urn, event in replaced])
    rows.insert(connection, inspection, new[fresh].sort_values(["urn", "event", "row"]))
    return None if all(fresh) else _older_note(max(filter(None, held.values()), default=None), file["as_at"])


def _load_groups(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    query = select(group.c.uid, source_file.c.source, source_file.c.as_at).join(
        source_file, source_file.c.source_file_id == group.c.source_file_id
    )
    held = {uid: (source, as_at) for uid, source, as_at in connection.execute(query)}
    mine = [as_at for source, as_at in held.values() if source == file["source"]]
    newest = max((as_at for as_at in mine if as_at), default=None)
    if _is_older(file["as_at"], newest):
        return _older_note(newest, file["as_at"])
    connection.execute(delete(group).where(group.c.source_file_id.in_(_files(file["source"]))))
    other = {uid: as_at for uid, (source, as_at) in held.items() if source != file["source"]}
    taken = [not _is_older(file["as_at"], other.get(uid)) for uid in new["uid"]]
    rows.upsert(connection, group, new[taken].sort_values("uid"))
    return None


def _replace(connection: Connection, name: str, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    table, part = REPLACED[name]
    mine = (
        table.c.source_file_id.is_not(None) if name == "offer" else table.c.source_file_id.in_(_files(file["source"]))
    )
    same = [mine] if part is None else [mine, table.c[part].in_(new[part].unique().tolist())]
    cited = select(source_file.c.as_at).where(
        source_file.c.source_file_id.in_(select(table.c.source_file_id).where(*same).distinct())
    )
    newest = max((as_at for (as_at,) in connection.execute(cited) if as_at), default=None)
    if _is_older(file["as_at"], newest):
        return _older_note(newest, file["as_at"])
    connection.execute(delete(table).where(*same))
    if name == "membership":
        held = {tuple(row) for row in connection.execute(select(membership.c.uid, membership.c.urn))}
        new = new.drop_duplicates(["uid", "urn"])
        new = new[[pair not in held for pair in zip(new["uid"], new["urn"].astype(int), strict=True)]]
    if part is None:
        rows.insert(connection, table, new.drop_duplicates() if name == "link" else new)
    else:
        rows.upsert(connection, table, new)
    return None


def _files(source: str) -> Any:
    return select(source_file.c.source_file_id).where(source_file.c.source == source)


def _is_older(new: date | None, held: date | None) -> bool:
    """Whether a file of date `new` is older than what is held. Where one has no date nobody can tell: the later load wins."""
    return new is not None and held is not None and new < held


def _older_note(held: date | None, new: date | None) -> str | None:
    if not _is_older(new, held):
        return None
    return f"This file is as at {new:%d %B %Y}; the store already has a newer one, as at {held:%d %B %Y}, which stays."

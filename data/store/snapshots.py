"""Snapshot tables into the store: the newest file as at a date holds; an older one loaded later changes nothing.

The register is kept row by row: a school gone from a newer register stays as it last was. Inspections are kept per
school and event, so that an earlier file still answers where a newer one is silent. Own figures and corrections are kept
cell by cell: a later file overrides what it names and erases nothing else. The rest is replaced whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, Table, bindparam, delete, func, select
from sqlalchemy.engine import Connection

from data.catalogue import SourceFormatError
from data.store import rows
from data.store.schema import (
    boundary,
    correction,
    deprivation,
    group,
    group_figure,
    inspection,
    link,
    membership,
    own_figure,
    school,
    source_file,
)

# Table and the column that cuts it into parts replaced separately (None: the source's rows are replaced together).
REPLACED: Mapping[str, tuple[Table, str | None]] = {
    "link": (link, None),
    "deprivation": (deprivation, "vintage"),
    "boundary": (boundary, "kind"),
}
CELL_BY_CELL: Mapping[str, Table] = {"own_figure": own_figure, "correction": correction}
REGISTER = "gias"
SNAPSHOTS: Mapping[str, Table] = {
    "school": school, "group": group, "membership": membership, "inspection": inspection, "group_figure": group_figure,
    **CELL_BY_CELL, **{name: part[0] for name, part in REPLACED.items()},
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
    if name == "membership":
        return _load_memberships(connection, new, file)
    if name == "group_figure":
        connection.execute(delete(group_figure).where(group_figure.c.source_file_id.in_(_same_release(file))))
    if name == "group_figure" or name in CELL_BY_CELL:
        rows.upsert(connection, table, new)
        return None
    return _replace(connection, name, new, file)


def clear(connection: Connection, name: str) -> None:
    """Remove what published files said in one snapshot table; the user's own rows, which cite no file, stay."""
    table = SNAPSHOTS[name]
    connection.execute(delete(table).where(table.c.source_file_id.is_not(None)))


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
        new = new.assign(as_at=pd.Series(file["as_at"], index=new.index, dtype="datetime64[us]"))
    latest = connection.execute(select(func.max(school.c.as_at))).scalar()
    whole = file["source"] == REGISTER  # any other list says less of a school: what it leaves blank stays
    rows.upsert(connection, school, new.sort_values("urn"), unless_newer="as_at", keep_if_blank=not whole)
    return _older_note(latest, file["as_at"])


def _load_inspections(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    held = {(row.urn, row.event): row.file_as_at for row in connection.execute(_dated(inspection))}
    pairs = list(zip(new["urn"].astype("int64").tolist(), new["event"], strict=True))
    fresh = [not _is_older(file["as_at"], held.get(pair)) for pair in pairs]
    replaced = sorted({pair for pair, taken in zip(pairs, fresh, strict=True) if taken and pair in held})
    _delete_pairs(connection, inspection, ("urn", "event"), replaced)
    rows.insert(connection, inspection, new[fresh].sort_values(["urn", "event", "row"]))
    return None if all(fresh) else _older_note(max(filter(None, held.values()), default=None), file["as_at"])


def _load_groups(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    """Three sources name groups, the register least fully: what a newer file leaves blank keeps its earlier value."""
    newest = _newest(connection, file)
    if _is_older(file["as_at"], newest):
        return _older_note(newest, file["as_at"])
    gone = group.c.source_file_id.in_(_same_source(file)) & group.c.uid.not_in(new["uid"].tolist())
    connection.execute(delete(group).where(gone))
    held = {row.uid: row for row in connection.execute(_dated(group))}
    taken = [uid not in held or not _is_older(file["as_at"], held[uid].file_as_at) for uid in new["uid"]]
    rows.upsert(connection, group, new[taken].sort_values("uid"), keep_if_blank=True)
    return None


def _load_memberships(connection: Connection, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    """A school and group that two sources name is one membership; the joining day that either knows is kept."""
    newest = _newest(connection, file)
    if _is_older(file["as_at"], newest):
        return _older_note(newest, file["as_at"])
    held = {(row.uid, row.urn): row for row in connection.execute(_dated(membership))}
    new = new.drop_duplicates(["uid", "urn"]).sort_values(["uid", "urn"])
    pairs = list(zip(new["uid"], new["urn"].astype("int64").tolist(), strict=True))
    before = [held.get(pair) for pair in pairs]
    joined = [row.joined if row is not None else None for row in before]
    dates = pd.Series(pd.to_datetime(pd.Series(joined, dtype="object")).to_numpy(), index=new.index)
    new = new.assign(joined=dates if "joined" not in new.columns else new["joined"].where(new["joined"].notna(), dates))
    taken = [row is None or not _is_older(file["as_at"], row.file_as_at) for row in before]
    connection.execute(delete(membership).where(membership.c.source_file_id.in_(_same_source(file))))
    replaced = [pair for pair, row, take in zip(pairs, before, taken, strict=True) if row is not None and take]
    _delete_pairs(connection, membership, ("uid", "urn"), replaced)
    rows.insert(connection, membership, new[taken])
    return None


def _replace(connection: Connection, name: str, new: pd.DataFrame, file: dict[str, Any]) -> str | None:
    table, part = REPLACED[name]
    mine = table.c.source_file_id.in_(_same_source(file))
    same = [mine] if part is None else [mine, table.c[part].in_(new[part].unique().tolist())]
    newest = _newest(connection, file, select(table.c.source_file_id).where(*same))
    if _is_older(file["as_at"], newest):
        return _older_note(newest, file["as_at"])
    connection.execute(delete(table).where(*same))
    if part is None:
        rows.insert(connection, table, new.drop_duplicates() if name == "link" else new)
    else:
        rows.upsert(connection, table, new)
    return None


def _delete_pairs(connection: Connection, table: Table, keys: tuple[str, str], pairs: list[tuple[Any, Any]]) -> None:
    first, second = keys
    gone = delete(table).where(table.c[first] == bindparam("one"), table.c[second] == bindparam("two"))
    if pairs:
        connection.execute(gone, [{"one": one, "two": two} for one, two in pairs])


def _dated(table: Table) -> Select[Any]:
    """Rows of a table with the date of the file that each rests on."""
    dated = source_file.c.as_at.label("file_as_at")
    return select(table, dated).join(source_file, source_file.c.source_file_id == table.c.source_file_id)


def _same_source(file: dict[str, Any]) -> Select[Any]:
    """The files that the new one replaces: of its source and scope (a search for one authority replaces no other's).

    Only those loaded before it: when files are taken in again after an undo, the later ones are in the list already.
    """
    return select(source_file.c.source_file_id).where(
        source_file.c.source == file["source"], source_file.c.scope == file["scope"],
        source_file.c.source_file_id < file["source_file_id"],
    )  # fmt: skip


def _same_release(file: dict[str, Any]) -> Select[Any]:
    """Of those, the files of the same period and release: a revised file stands beside the provisional one."""
    return _same_source(file).where(
        source_file.c.time_period.is_not_distinct_from(file["time_period"]), source_file.c.release == file["release"]
    )


def _newest(connection: Connection, file: dict[str, Any], among: Select[Any] | None = None) -> date | None:
    """The newest date among the files `among`, by default those of the same source and scope that were not undone."""
    number = source_file.c.source_file_id
    chosen = number.in_(_same_source(file) if among is None else among) & (source_file.c.state != "undone")
    return connection.execute(select(func.max(source_file.c.as_at)).where(chosen)).scalar()


def _is_older(new: date | None, held: date | None) -> bool:
    """Whether a file of date `new` is older than what is held. Where one has no date nobody can tell: the later load wins."""
    return new is not None and held is not None and new < held


def _older_note(held: date | None, new: date | None) -> str | None:
    if not _is_older(new, held):
        return None
    return f"This file is as at {new:%d %B %Y}; the store already has a newer one, as at {held:%d %B %Y}, which stays."

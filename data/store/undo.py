"""Taking a file back: the store is then as if it had never come in. What it had replaced is there again.

The tables that hold the newest word of several files are made again from what each file said, in the order of loading.
Refuses where a file was loaded before that was kept. Raw files stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, exists, or_, select, update
from sqlalchemy.engine import Connection

from data.catalogue import StoreError
from data.store import dialect
from data.store.frames import unpacked
from data.store.schema import measurement, reject, series, series_row, snapshot, source_file, source_row
from data.store.snapshots import SNAPSHOTS, clear, load_snapshot


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did. `restored` are the names of files that hold again what this one had replaced."""

    file_name: str
    restored: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        back = f" In use again: {', '.join(self.restored)}." if self.restored else ""
        return f"{self.file_name} was taken back.{back}"


class _Rehearsed(Exception):
    """Ends a rehearsal: what was done in its transaction is not kept."""

    def __init__(self, undone: Undone) -> None:
        self.undone = undone
        super().__init__()


def undo(engine: Engine, source_file_id: int, *, rehearsal: bool = False) -> Undone:
    """Take one file back, in one transaction. StoreError: no such file, taken back already, or cannot be.

    With `rehearsal` everything is done and nothing is kept: it only says what would be.
    """
    try:
        with dialect.writing(engine) as connection:
            undone = _undo(connection, source_file_id)
            if rehearsal:
                raise _Rehearsed(undone)
            return undone
    except _Rehearsed as over:
        return over.undone


def _undo(connection: Connection, source_file_id: int) -> Undone:
    file = None
    if 0 < source_file_id < 2**31:  # a larger one fits no column
        file = connection.execute(select(source_file).where(source_file.c.source_file_id == source_file_id)).first()
    if file is None or file.state == "undone":
        what = "no file has" if file is None else f"{file.file_name} was taken back already; it has"
        raise StoreError(f"{what} the number {source_file_id}", remedy="pipeline.py status lists the files.")
    at_rest = _resting(connection)
    names = _tables(connection, source_file_id)
    _check(connection, names)
    _forget(connection, source_file_id)
    _choose_series(connection, dict(file._mapping))
    for name in names:
        _again(connection, name)
    settle(connection)
    return Undone(
        file.file_name,
        tuple(sorted(name for number, name in at_rest - _resting(connection) if number != source_file_id)),
    )


def settle(connection: Connection, *which: Any) -> None:
    """A file is live while something in the store still rests on it, superseded otherwise; `which` narrows the files."""
    number = source_file.c.source_file_id
    facts = exists().where(series.c.source_file_id == number, series.c.state == "live")
    rests = or_(facts, *(exists().where(table.c.source_file_id == number) for table in SNAPSHOTS.values()))
    there = (source_file.c.state != "undone", *which)
    connection.execute(update(source_file).where(*there, source_file.c.state != "live", rests).values(state="live"))
    connection.execute(
        update(source_file).where(*there, source_file.c.state != "superseded", ~rests).values(state="superseded")
    )


def forget_undone(connection: Connection, sha256: str) -> None:
    """Remove the record of a file that was taken back, so that the same bytes can come in again."""
    query = select(source_file.c.source_file_id).where(source_file.c.sha256 == sha256, source_file.c.state == "undone")
    for number in connection.execute(query).scalars().all():
        connection.execute(delete(source_file).where(source_file.c.source_file_id == number))


def _resting(connection: Connection) -> set[tuple[int, str]]:
    query = select(source_file.c.source_file_id, source_file.c.file_name).where(source_file.c.state == "superseded")
    return {(row.source_file_id, row.file_name) for row in connection.execute(query)}


def _tables(connection: Connection, source_file_id: int) -> list[str]:
    """Snapshot tables the file had a word in, schools first."""
    query = select(snapshot.c.name).where(snapshot.c.source_file_id == source_file_id)
    return sorted(connection.execute(query).scalars(), key=lambda name: (name != "school", name))


def _check(connection: Connection, names: list[str]) -> None:
    """Every row to be made again must be of a file whose own words are kept (since schema 0002)."""
    for name in names:
        table = SNAPSHOTS[name]
        kept = select(snapshot.c.source_file_id).where(snapshot.c.name == name)
        lost = select(source_file.c.file_name).join(table, table.c.source_file_id == source_file.c.source_file_id)
        first = connection.execute(lost.where(source_file.c.source_file_id.not_in(kept)).limit(1)).scalar()
        if first is not None:
            raise StoreError(
                f"it cannot be taken back, for {first} was loaded by an older Alongside that did not keep what undo needs",
                remedy="Start a new store (another ALONGSIDE_HOME) and import the files that are wanted.",
            )


def _forget(connection: Connection, source_file_id: int) -> None:
    mine = select(series.c.series_id).where(series.c.source_file_id == source_file_id)
    for table in (measurement, series_row):
        connection.execute(delete(table).where(table.c.series_id.in_(mine)))
    for table in (series, source_row, snapshot, reject):
        connection.execute(delete(table).where(table.c.source_file_id == source_file_id))
    connection.execute(update(source_file).where(source_file.c.source_file_id == source_file_id).values(state="undone"))


def _choose_series(connection: Connection, file: dict[str, Any]) -> None:
    """The newest file left of the same source, period, release and scope is in use again."""
    same = (*(source_file.c[name] == file[name] for name in ("source", "time_period", "release", "scope")),)
    left = select(source_file.c.source_file_id).where(*same, source_file.c.state != "undone")
    newest = connection.execute(left.order_by(source_file.c.source_file_id.desc()).limit(1)).scalar()
    if newest is not None:
        connection.execute(update(series).where(series.c.source_file_id == newest).values(state="live"))


def _again(connection: Connection, name: str) -> None:
    """Empty one snapshot table of published rows and take every file's words in again, in the order of loading."""
    if name in SNAPSHOTS:
        clear(connection, name)
    query = (
        select(snapshot.c.payload, source_file)
        .join(source_file, source_file.c.source_file_id == snapshot.c.source_file_id)
        .where(snapshot.c.name == name, source_file.c.state != "undone")
        .order_by(source_file.c.source_file_id)
    )
    for row in connection.execute(query).mappings().all():
        load_snapshot(connection, name, unpacked(row["payload"]), dict(row))

"""Stores as an older Alongside left them: brought to an older revision, with a row at least in every table, by plain SQL."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, inspect, select, text

from data.store import dialect
from data.store.engine import MIGRATIONS, StorePlace
from tests.faults import older_offers

REVISIONS = ("0001", "0002", "0003", "0004")  # older than the head, each of which somebody may still have
GENERIC = 5  # rows made up for a table that the files leave empty
Held = dict[str, list[tuple[Any, ...]]]


def make(where: StorePlace, revision: str, rows_of: Engine) -> Held:
    """Make the store at the revision, filled with the rows of `rows_of` (as far as its columns knew them); what it holds."""
    (where.home / "raw").mkdir(parents=True, exist_ok=True)
    made = create_engine(where.url)
    dialect.prepare(made)
    with dialect.writing(made) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, revision)
    with dialect.writing(made) as connection:
        _fill(connection, rows_of)
        older_offers.put_in(connection, _tables(connection))
    found = held(made)
    made.dispose()
    return found


def held(opened: Engine, like: Held | None = None) -> Held:
    """Every row of every table but Alembic's own, in a fixed order; of `like`'s tables only their columns of then.

    The first tuple of each table names its columns.
    """
    with opened.connect() as connection:
        tables = _tables(connection)
        return {
            name: _rows(connection, table, like[name][0] if like else tuple(table.columns.keys()))
            for name, table in tables.items() if like is None or name in like
        }  # fmt: skip


def revision_of(opened: Engine) -> str | None:
    with opened.connect() as connection:
        return dialect.revision(connection)


def tables_of(opened: Engine) -> set[str]:
    return set(inspect(opened).get_table_names()) - {"alembic_version"}


def _tables(connection: Connection) -> dict[str, Table]:
    found = MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables if table.name != "alembic_version"}


def _rows(connection: Connection, table: Table, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    found = connection.execute(select(*(table.columns[name] for name in columns))).all()
    plain = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in found]
    return [columns, *sorted(plain, key=repr)]


def _fill(connection: Connection, rows_of: Engine) -> None:
    with rows_of.connect() as source:
        known = _tables(source)
        for name, table in _tables(connection).items():
            columns = tuple(table.columns.keys())
            rows = _rows(source, known[name], columns)[1:] if name in known else []
            whole = rows or [tuple(_made_up(table, column, at) for column in columns) for at in range(1, GENERIC + 1)]
            connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in whole])
            _count_on(connection, table, whole)


def _made_up(table: Table, name: str, at: int) -> Any:
    """A value of the column's type, another for each row; the third row leaves out what may be missing."""
    column = table.columns[name]
    kind = column.type.python_type
    if at == 3 and column.nullable:
        return None
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return 1 if key.column.table.name == "source_file" else 1000  # the first file, or the first row made up
    if kind is str:
        return f"{name} {at}: 'quoted' \"twice\", Tŷ; --"
    return {int: at * 1000, float: at + 0.1, bool: at % 2 == 0, bytes: bytes([at, 0, 255]),
            date: date(2024, 1, 1) + timedelta(days=at)}[kind]  # fmt: skip


def _count_on(connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    """PostgreSQL numbers rows by a counter that rows with a number of their own do not move."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or keys[0].type.python_type is not int:
        return
    quoted = connection.dialect.identifier_preparer.format_table(table)
    counter = connection.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": quoted, "column": keys[0].name}
    ).scalar()
    if counter:
        most = max(row[list(table.columns.keys()).index(keys[0].name)] for row in rows)
        connection.execute(text("SELECT setval(:counter, :most)"), {"counter": counter, "most": most})


def home(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder

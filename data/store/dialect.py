"""What differs between SQLite and PostgreSQL: connection settings, locks, bulk rows. The only dialect-aware file.

Bulk rows go by the driver's own cursor inside SQLAlchemy's transaction: Core dictionaries are 5-7 times slower.
PostgreSQL takes the same rows by executemany for now; COPY would replace `bulk_insert` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Select, Table, event, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from data.catalogue import StoreError

BUSY_MILLISECONDS = 10_000
LOCK = 71_650_211  # one advisory lock for every writer of an Alongside database on PostgreSQL
WRITE = "alongside_write"


def prepare(engine: Engine, *, journal: str = "WAL") -> None:
    """Set what every connection needs. SQLite: foreign keys, WAL, busy timeout, and transactions that we begin ourselves."""
    if engine.dialect.name != "sqlite":
        return

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # else the driver begins and commits behind SQLAlchemy's back
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA journal_mode={journal}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-64000")
        cursor.close()

    def begun(connection: Connection) -> None:
        # A reader that turns writer half-way fails at once when another wrote meanwhile: writers say so at the start.
        writes = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection inside one write transaction that waits its turn. Raises StoreError where the store is locked."""
    try:
        with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
    except DatabaseError as error:
        raise store_error(error, engine.url.render_as_string()) from error


def store_error(error: DatabaseError, where: str) -> Exception:
    """A StoreError for what a person can mend (locked, full, damaged, read-only); any other error as it is."""
    said = str(error.orig).lower()
    for part, what, remedy in (
        (
            "locked",
            "the store is locked by another program",
            "Wait until the other import or publish ends, then try again.",
        ),
        ("disk is full", "the disk is full", "Free some space and try again: the store is as before."),
        ("disk i/o", "the disk cannot be read or written", "Check the disk and its space, then try again."),
        ("readonly", "the store cannot be written to", "Check the permissions of the file and its folder."),
        ("not a database", "the file is not an Alongside store", "Move it away and import again."),
        ("malformed", "the store is damaged", "Move it away and import again: the raw files are beside it."),
        ("unable to open", "the store cannot be opened", "Check that the folder exists and may be written to."),
        ("connection", "the database cannot be reached", "Check ALONGSIDE_DATABASE_URL and that the server runs."),
    ):
        if part in said:
            return StoreError(what, where=where, remedy=remedy)
    return error


def revision(connection: Connection) -> str | None:
    """The schema revision the store is at, or None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _names(connection: Connection, table: Table, columns: Sequence[str]) -> tuple[str, str, str]:
    quote = connection.dialect.identifier_preparer
    marks = ", ".join("?" if connection.dialect.name == "sqlite" else "%s" for _ in columns)
    return quote.format_table(table), ", ".join(quote.quote(column) for column in columns), marks


def bulk_insert(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert plain Python rows (dates as ISO text) by the driver's cursor, inside the caller's transaction."""
    name, listed, marks = _names(connection, table, columns)
    _many(connection, f"INSERT INTO {name} ({listed}) VALUES ({marks})", rows)


def _many(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    many = rows if isinstance(rows, list) else list(rows)
    if many:
        connection.exec_driver_sql(statement, many)  # the driver's executemany, its errors as SQLAlchemy's


def bulk_upsert(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unless_newer: str | None = None,
    keep_if_blank: bool = False,
) -> None:
    """Insert or overwrite by primary key.

    With `unless_newer`, a row whose date in that column is later stays as it is; with `keep_if_blank`, a missing new
    value leaves the old one.
    """
    keys = [column.name for column in table.primary_key]
    name, listed, marks = _names(connection, table, columns)
    quote = connection.dialect.identifier_preparer.quote
    values = {column: f"excluded.{quote(column)}" for column in columns if column not in keys}
    if keep_if_blank:
        values = {column: f"COALESCE({new}, {name}.{quote(column)})" for column, new in values.items()}
    changes = ", ".join(f"{quote(column)} = {value}" for column, value in values.items())
    conflict = f"ON CONFLICT ({', '.join(map(quote, keys))}) DO UPDATE SET {changes}"  # both dialects' words
    statement = f"INSERT INTO {name} ({listed}) VALUES ({marks}) {conflict}"
    if unless_newer:
        old, new = f"{name}.{quote(unless_newer)}", f"excluded.{quote(unless_newer)}"
        statement += f" WHERE {old} IS NULL OR {new} IS NULL OR {new} >= {old}"
    _many(connection, statement, rows)


def stream(connection: Connection, query: Select[Any], *, size: int = 20_000) -> Iterator[Sequence[Sequence[Any]]]:
    """Rows of a query in blocks, as the driver gives them: for facts, where a Row object each would cost most.

    PostgreSQL keeps the rest on the server meanwhile; SQLite makes rows only as they are asked for.
    """
    compiled = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    driver = connection.connection.dbapi_connection
    assert driver is not None
    cursor = driver.cursor() if _is_sqlite(connection) else driver.cursor("facts", binary=True)
    try:
        cursor.execute(str(compiled))
        while block := cursor.fetchmany(size):
            yield block
    finally:
        cursor.close()

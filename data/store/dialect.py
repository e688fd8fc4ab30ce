"""What differs between SQLite and PostgreSQL: connection settings, locks, order, bulk rows. The only dialect-aware file.

Bulk rows go by the driver's own cursor inside SQLAlchemy's transaction, Core dictionaries being 5-7 times slower: by
executemany into SQLite, by COPY into PostgreSQL. Knows the drivers sqlite3 and psycopg, no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

from sqlalchemy import Column, ColumnElement, Engine, Select, String, Table, event, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from data.catalogue import StoreError

DRIVERS = ("pysqlite", "psycopg")
BUSY_MILLISECONDS = 10_000
CONNECT_SECONDS = 10
LOCK = 71_650_211  # one advisory lock for every writer of an Alongside database on PostgreSQL
WRITE = "alongside_write"

LOCKED = ("the store is locked by another program", "Wait until the other import or publish ends, then try again.")
FULL = ("the disk is full", "Free some space and try again: the store is as before.")
BROKEN = ("the disk cannot be read or written", "Check the disk and its space, then try again.")
DENIED = (
    "the database's user may not do this",
    "Give the user of ALONGSIDE_DATABASE_URL the right to make and change tables.",
)
SIGN_IN = ("the database refuses the sign-in", "Check the user, password and database in ALONGSIDE_DATABASE_URL.")
AWAY = ("the database cannot be reached", "Check ALONGSIDE_DATABASE_URL and that the server runs.")
# What SQLite says, in part.
WORDS: Mapping[str, tuple[str, str]] = {
    "locked": LOCKED, "disk is full": FULL, "disk i/o": BROKEN,
    "malformed": ("the store is damaged", "Move it away and import again: the raw files are beside it."),
    "readonly": ("the store cannot be written to", "Check the permissions of the file and its folder."),
    "not a database": ("the file is not an Alongside store", "Move it away and import again."),
    "unable to open": ("the store cannot be opened", "Check that the folder exists and may be written to."),
}  # fmt: skip
# What PostgreSQL says is translated and so known by its code, in full or by its class.
STATES: Mapping[str, tuple[str, str]] = {
    "55P03": LOCKED, "40001": LOCKED, "40P01": LOCKED, "53100": FULL, "58": BROKEN,
    "42501": DENIED, "25006": DENIED, "28": SIGN_IN, "3D": SIGN_IN, "08": AWAY, "53300": AWAY, "57P": AWAY,
}  # fmt: skip
NUL = ("the file has a character that PostgreSQL cannot keep", "Remove the characters with the code 0 from it.")


def prepare(engine: Engine, *, journal: str = "WAL") -> None:
    """Set what every connection needs, so that a reader sees one moment and a writer waits its turn.

    SQLite: foreign keys, WAL, busy timeout, and transactions that we begin ourselves. PostgreSQL: timeouts, and
    repeatable reads for all but writers, which wait for the lock first and must see what came in meanwhile.
    """
    engine.hide_parameters = True  # an error that reaches a log holds no row: no address, no words of people
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, journal)
    else:
        _prepare_postgresql(engine)


def _prepare_sqlite(engine: Engine, journal: str) -> None:
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # else the driver begins and commits behind SQLAlchemy's back
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what is removed is overwritten, not only let go of
        cursor.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE removes rows past their triggers
        cursor.execute(f"PRAGMA journal_mode={journal}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-64000")
        cursor.close()

    def begun(connection: Connection) -> None:
        # A reader that turns writer half-way fails at once when another wrote meanwhile: writers say so at the start.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _prepare_postgresql(engine: Engine) -> None:
    def connecting(_dialect: Any, _record: Any, _arguments: Any, wanted: dict[str, Any]) -> None:
        wanted.setdefault("connect_timeout", CONNECT_SECONDS)

    def connected(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
        connection.execute("SET default_transaction_isolation = 'repeatable read'")
        connection.commit()  # else the first rollback would take the settings back

    def begun(connection: Connection) -> None:
        if _writes(connection):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    event.listen(engine, "do_connect", connecting)
    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITE, False))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection inside one write transaction that waits its turn. Raises StoreError where the store is locked."""
    driver: Any = engine.dialect.loaded_dbapi
    try:
        with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            if not _is_sqlite(connection):
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
    except (DatabaseError, driver.DatabaseError) as error:  # bulk rows meet the driver's own
        raise store_error(error, engine.url.render_as_string()) from error


def store_error(error: Exception, where: str) -> Exception:
    """A StoreError for what a person can mend (locked, full, damaged, no right, out of reach); any other as it is."""
    original = getattr(error, "orig", error)
    if hasattr(original, "sqlstate"):
        found = _of_state(original)
    else:
        said = str(original).lower()
        found = next((words for part, words in WORDS.items() if part in said), None)
    return error if found is None else StoreError(found[0], where=where, remedy=found[1])


def _of_state(error: Any) -> tuple[str, str] | None:
    """By psycopg's error. Without a code the server was not reached, or went away, or the driver refused the row."""
    if error.sqlstate is not None:
        return next((words for state, words in STATES.items() if error.sqlstate.startswith(state)), None)
    if type(error).__name__ == "OperationalError":
        return AWAY
    return NUL if "NUL" in str(error) else None


def revision(connection: Connection) -> str | None:
    """The schema revision the store is at, or None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def revision_of(engine: Engine) -> str | None:
    """As `revision`. A page opens its store a dozen times: SQLite is asked past SQLAlchemy, in a tenth of the time."""
    if engine.dialect.name == "sqlite":
        driver: Any = engine.dialect.loaded_dbapi
        with suppress(driver.DatabaseError), closing(engine.raw_connection()) as quick:
            found = quick.cursor().execute("SELECT version_num FROM alembic_version").fetchall()
            return str(found[0][0]) if found else None
    with engine.connect() as connection:  # also for what is empty, damaged or locked: it says which
        return revision(connection)


def forget(engine: Engine) -> None:
    """After an erasure: empty SQLite's log of changes, which still holds what was there before. Where somebody is reading,
    it is emptied when next it can be. PostgreSQL sees to its own.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def append_only(connection: Connection, table: str) -> None:
    """Triggers that refuse every change and removal of the table's rows. Rows can be added only."""
    name = connection.dialect.identifier_preparer.quote(table)
    if _is_sqlite(connection):
        for change in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    for change, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{each.lower()} BEFORE {change} ON {name} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_append_only()"
        )


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _names(connection: Connection, table: Table, columns: Sequence[str]) -> tuple[str, str, str]:
    quote = connection.dialect.identifier_preparer
    marks = ", ".join("?" if connection.dialect.name == "sqlite" else "%s" for _ in columns)
    return quote.format_table(table), ", ".join(quote.quote(column) for column in columns), marks


def ascending(connection: Connection, *columns: Column[Any]) -> list[ColumnElement[Any]]:
    """The same order on both: missing first, text by code point whatever language the database was made for."""
    sqlite = _is_sqlite(connection)
    by = (column.collate("C") if isinstance(column.type, String) and not sqlite else column for column in columns)
    return [one.asc().nulls_first() for one in by]


def bulk_insert(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert plain Python rows (dates as ISO text) by the driver's cursor, inside the caller's transaction."""
    name, listed, marks = _names(connection, table, columns)
    if _is_sqlite(connection):
        _many(connection, f"INSERT INTO {name} ({listed}) VALUES ({marks})", rows)  # nosec B608 # our own names, quoted; values are bound
    else:
        _copy(connection, name, listed, rows)


def _many(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    cursor: Any = connection.connection.cursor()
    try:
        cursor.executemany(statement, rows)  # takes the rows one by one: they need not be there all at once
    finally:
        cursor.close()


def _copy(connection: Connection, name: str, listed: str, rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def bulk_upsert(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unless_newer: str | None = None,
    keep_if_blank: bool = False,
) -> None:
    """Insert or overwrite by primary key; no key may stand twice in `rows`.

    With `unless_newer`, a row whose date in that column is later stays as it is; with `keep_if_blank`, a missing new
    value leaves the old one.
    """
    name, listed, marks = _names(connection, table, columns)
    quote = connection.dialect.identifier_preparer.quote
    keys = [column.name for column in table.primary_key]
    values = {column: f"excluded.{quote(column)}" for column in columns if column not in keys}
    if keep_if_blank:
        values = {column: f"COALESCE({new}, {name}.{quote(column)})" for column, new in values.items()}
    changes = ", ".join(f"{quote(column)} = {value}" for column, value in values.items())
    conflict = f"ON CONFLICT ({', '.join(map(quote, keys))}) DO UPDATE SET {changes}"  # nosec B608 # our own names, quoted; in both dialects' words
    if unless_newer:
        old, new = f"{name}.{quote(unless_newer)}", f"excluded.{quote(unless_newer)}"
        conflict += f" WHERE {old} IS NULL OR {new} IS NULL OR {new} >= {old}"
    if _is_sqlite(connection):
        _many(connection, f"INSERT INTO {name} ({listed}) VALUES ({marks}) {conflict}", rows)  # nosec B608 # our own names, quoted; values are bound
        return
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {listed} FROM {name} LIMIT 0")  # nosec B608 # our own names, quoted; values are bound
    _copy(connection, "incoming", listed, rows)
    connection.exec_driver_sql(f"INSERT INTO {name} ({listed}) SELECT {listed} FROM incoming {conflict}")  # nosec B608 # our own names, quoted; values are bound
    connection.exec_driver_sql("DROP TABLE incoming")


def stream(connection: Connection, query: Select[Any], *, size: int = 20_000) -> Iterator[Sequence[Sequence[Any]]]:
    """Rows of a query in blocks, as the driver gives them: for facts, where a Row object each would cost most.

    PostgreSQL keeps the rest on the server meanwhile; SQLite makes rows only as they are asked for.
    """
    compiled = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    driver = connection.connection.dbapi_connection
    assert driver is not None  # nosec B101 # only tells the type
    cursor = driver.cursor() if _is_sqlite(connection) else driver.cursor("facts", binary=True)
    try:
        cursor.execute(str(compiled))
        while block := cursor.fetchmany(size):
            yield block
    finally:
        cursor.close()

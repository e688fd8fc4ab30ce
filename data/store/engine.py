"""Where a store lives and how it is opened: folders, SQLite settings, schema brought up to date.

Refuses to guess between the sample region and real schools: each has a place of its own. Knows no table but the
migrations' own and `source_file`.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Engine, create_engine, make_url, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DatabaseError

from data.catalogue import StoreError
from data.store import dialect
from data.store.remembered import until_written
from data.store.schema import source_file

Kind = Literal["sample", "own"]
DATABASE = "alongside.sqlite"
HEAD = "0005"  # the newest revision in migrations/versions; a test compares the two
MIGRATIONS = Path(__file__).parent / "migrations"
SYNCED = re.compile(r"onedrive|dropbox|google ?drive", re.IGNORECASE)
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class StorePlace:
    """One store: `home` is its folder (raw files below it), `url` its database as SQLAlchemy writes it."""

    kind: Kind
    home: Path
    url: str

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None where the database is a server."""
        return _file_of(self.url)


@lru_cache(maxsize=8)
def _file_of(url: str) -> Path | None:
    found = make_url(url)
    return Path(found.database) if found.get_backend_name() == "sqlite" and found.database else None


def home() -> Path:
    """`ALONGSIDE_HOME`, by default `data/local` beside this code. Raises StoreError for what can be no folder."""
    try:
        found = Path(os.environ.get("ALONGSIDE_HOME") or Path(__file__).parents[1] / "local").expanduser().absolute()
        found.exists()
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, or the folder of a user who is not there
        raise StoreError(
            "ALONGSIDE_HOME names no folder that there can be.", remedy="Set it to a folder you may write to."
        ) from error
    return found


def place(kind: Kind) -> StorePlace:
    """The place of the sample or of our own store. `ALONGSIDE_DATABASE_URL` moves our own database only."""
    folder = home() / kind
    given = os.environ.get("ALONGSIDE_DATABASE_URL", "") if kind == "own" else ""
    url = given or URL.create("sqlite", database=str(folder / DATABASE)).render_as_string(hide_password=False)
    try:
        make_url(url)
        found = StorePlace(kind, folder, url)
        if found.file is not None:
            found.file.exists()
    except (
        ArgumentError,
        OSError,
        ValueError,
    ) as error:  # no address at all, a port that is no number, too long a name
        raise _no_database() from error
    return found


def default_place() -> StorePlace:
    """Our own store if it holds any live file, else the sample's. Creates nothing."""
    own = place("own")
    return own if holds_files(own) else place("sample")


def holds_files(where: StorePlace) -> bool:
    """Whether the store exists and has a live source file. Creates nothing on disk."""
    if where.file is not None and not where.file.exists():
        return False
    opened = engine(where)
    return until_written(opened, "live files", lambda: _any_live(opened))


def _any_live(opened: Engine) -> bool:
    with opened.connect() as connection:
        live = select(source_file.c.source_file_id).where(source_file.c.state == "live").limit(1)
        return connection.execute(live).first() is not None


def warning(where: StorePlace) -> str | None:
    """A sentence where the folder is synchronised or on a network drive, which can damage a database; else None."""
    text = str(where.home)
    if where.file is None or not (SYNCED.search(text) or text.startswith("\\\\")):
        return None
    return (
        f"The store is in {text}, which looks like a synchronised folder or a network drive; these can damage a database "
        "while it is being written. Set ALONGSIDE_HOME to a folder on this computer."
    )


def engine(where: StorePlace) -> Engine:
    """An engine for the store, its folders made and its schema up to date. One engine per place and process.

    Raises StoreError where the database cannot be opened, is damaged, or was made by a newer Alongside.
    """
    file = where.file
    with _opening:
        if file is not None and not file.exists():
            _create(where, file)
        opened = _engine(where.url)
        try:
            if until_written(opened, "revision", lambda: dialect.revision_of(opened)) != HEAD:
                _upgrade(opened)
        except DatabaseError as error:
            raise dialect.store_error(error, str(file or make_url(where.url).render_as_string())) from error
    return opened


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    try:
        made = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except (ArgumentError, ImportError) as error:  # no such kind of database, or its driver is not installed
        raise _no_database() from error
    if made.dialect.driver not in dialect.DRIVERS or made.dialect.is_async:
        raise _no_database()
    dialect.prepare(made)
    return made


def _no_database() -> StoreError:
    """Never repeats the address: there may be a password in it."""
    return StoreError(
        "ALONGSIDE_DATABASE_URL names no database that can be opened here.",
        remedy="Write it like postgresql+psycopg://user:password@server/database or leave it out.",
    )


def _create(where: StorePlace, file: Path) -> None:
    """Make a new SQLite file under another name and link it into place whole: another process sees all or nothing."""
    try:
        (where.home / "raw").mkdir(parents=True, exist_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be made ({error.strerror})", where=str(where.home),
            remedy="Set ALONGSIDE_HOME to a folder you may write to.",
        ) from error  # fmt: skip
    draft = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}.new")
    made = create_engine(URL.create("sqlite", database=str(draft)))
    dialect.prepare(made, journal="DELETE")
    try:
        _upgrade(made)
        made.dispose()
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # another process was first: its file is as good
        except OSError:  # a file system without hard links
            if not file.exists():
                draft.replace(file)
    finally:
        made.dispose()
        draft.unlink(missing_ok=True)


def _upgrade(opened: Engine) -> None:
    with dialect.writing(opened) as connection:
        current = dialect.revision(connection)  # again, now that no one else can be upgrading
        if current == HEAD:
            return
        if current is not None and current > HEAD:
            raise StoreError(
                f"the store was made by a newer Alongside (schema {current}, this one knows {HEAD})",
                remedy="Update Alongside, or choose another ALONGSIDE_HOME.",
            )
        _alembic(connection)


def _alembic(connection: Connection) -> None:
    from alembic import command  # only here: opening a current store must not pay for the import
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")

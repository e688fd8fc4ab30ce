"""Opening a store: migrations make exactly the schema, several programs may open at once, a lock is a sentence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from data.catalogue import StoreError
from data.store import dialect, read
from data.store import engine as stores
from data.store.engine import HEAD, MIGRATIONS, StorePlace
from data.store.schema import metadata
from data.store.schema_private import metadata as private
from tests.store.conftest import Writer, facts

ROOT = Path(__file__).parents[2]
only_sqlite = pytest.mark.parametrize("where", ["sqlite"], indirect=True)


def test_migrations_make_exactly_the_schema(store: Engine) -> None:
    with store.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), [metadata, private])
    assert differences == [], "the schema changed: write a revision in data/store/migrations/versions"


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


@only_sqlite
def test_facts_have_no_rowid_and_the_file_is_in_wal(store: Engine) -> None:
    with store.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'measurement'")).scalar()
        assert "WITHOUT ROWID" in str(made)
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_several_programs_may_make_the_store_at_once(alongside_home: Path) -> None:
    code = "from data.store.engine import *; import sys; engine(place('own')); sys.stdout.write('made')"
    children = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) for _ in range(4)]
    assert [child.communicate()[0] for child in children] == [b"made"] * 4
    assert sorted(file.name for file in (alongside_home / "own").iterdir()) == ["alongside.sqlite", "raw"]


@only_sqlite
def test_a_locked_store_is_a_sentence(
    store: Engine, write: Writer, where: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY_MILLISECONDS", 50)
    store.dispose()  # connections made before have the long wait
    other = sqlite3.connect(str(where.file), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="locked by another program"):
            write(facts({100001: 50.0}))
    finally:
        other.close()


@only_sqlite
def test_a_file_that_is_no_store_is_a_sentence(where: StorePlace) -> None:
    assert where.file is not None
    where.file.parent.mkdir(parents=True)
    where.file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="not an Alongside store"):
        stores.engine(where)


@only_sqlite
def test_a_full_disk_is_a_sentence_and_the_store_as_before(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0}))
    with store.connect() as connection:  # the pool hands the same connection out again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreError, match="disk is full"):
        write(facts(dict.fromkeys(range(100001, 120001), 60.0)))
    store.dispose()
    assert read.inputs(store).measurement["value"].tolist() == [50.0]


def test_a_store_of_a_newer_alongside_is_refused(where: StorePlace, store: Engine) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Alongside"):
        stores.engine(where)


@pytest.mark.parametrize("folder", ["C:/Users/a/OneDrive - Trust/data", "/home/a/Dropbox/x", "\\\\server\\share\\x"])
def test_a_synchronised_folder_is_said(folder: str) -> None:
    said = stores.warning(StorePlace("own", Path(folder), "sqlite:///x.sqlite"))
    assert said is not None and "can damage a database" in said


def test_an_ordinary_folder_needs_no_word() -> None:
    assert stores.warning(StorePlace("own", Path("/home/a/data"), "sqlite:///x.sqlite")) is None


def test_the_database_url_moves_our_own_store_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL", "postgresql+psycopg://server/alongside")
    assert stores.place("own").url == "postgresql+psycopg://server/alongside"
    assert stores.place("sample").url.startswith("sqlite:///")


@only_sqlite
def test_what_another_program_does_to_the_schema_is_seen_at_the_next_opening(where: StorePlace, store: Engine) -> None:
    assert stores.engine(where) is store
    other = sqlite3.connect(str(where.file))
    with other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer Alongside"):
        stores.engine(where)
    with other:
        other.execute(f"UPDATE alembic_version SET version_num = '{HEAD}'")
    other.close()
    assert stores.engine(where) is store

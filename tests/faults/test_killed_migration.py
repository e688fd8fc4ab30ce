"""A store of an older Alongside is brought up to date with all its rows; killed half-way it opens, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DatabaseError

from data import intake
from data.access.scope import everything
from data.store import engine as stores
from data.store import publish
from data.store.engine import HEAD, StorePlace, engine
from data.store.schema import metadata
from data.store.schema_private import metadata as private
from tests.faults import killing, older, older_offers, region
from tests.faults.killing import place, sound, spread
from tests.faults.older import REVISIONS, Held
from tests.postgresql import NoServer, server

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system has not")
SQLITE_POINTS, POSTGRESQL_POINTS = 16, 14  # for each older revision; 64 and 56 in all
TAKES_OFFERS = ("entry", "entry_version", "audit")  # of older stores' tables, those that 0005 adds to
FINE = 200  # steps of SQLite's machine between two points: a migration's statements are short


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Today's store with files of every kind of table, a partnership of ours, and a publication."""
    folder = tmp_path_factory.mktemp("older")
    where = place(older.home(folder / "loaded"))
    for part in (region.write, region.again):
        assert intake.succeeded(intake.load(everything(), [part(folder / part.__name__)], where))
    opened = engine(where)
    history = intake.history(where)[["file_name", "sha256"]]
    publish.write(opened, "p1", "2026-01-01T00:00:00.000000", {"seed": 1}, {"files": history})
    yield opened
    opened.dispose()


@dataclass
class Older:
    """Stores of older revisions, made once; each test works on copies."""

    folder: Path
    held: dict[str, Held]


@pytest.fixture(scope="module")
def sqlite(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Older:
    folder = tmp_path_factory.mktemp("sqlite")
    made = Older(folder, {})
    for revision in REVISIONS:
        where = place(older.home(folder / revision))
        made.held[revision] = older.make(where, revision, loaded)
        shutil.copytree(Path(str(loaded.url.database)).parent / "raw", where.home / "raw", dirs_exist_ok=True)
        (where.home / older_offers.RAW).write_bytes(older_offers.CONTENT)
    return made


def _bring_up_to_date(where: StorePlace) -> None:
    engine(where).dispose()


def _whole(opened: Engine, before: Held) -> None:
    """Up to date, today's tables exactly, every row of then as it was but for offers, which are in their register; what is
    new is otherwise empty and does its work.
    """
    assert older.revision_of(opened) == HEAD
    _as_before(opened, before)
    older_offers.check(opened, before)
    with opened.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), [metadata, private]) == []
    with opened.begin() as connection:
        for table in private.sorted_tables:
            if table.name not in before and table.name not in TAKES_OFFERS:
                assert connection.execute(table.select()).first() is None
        said = "INSERT INTO audit (at, roles, action, subject, detail) VALUES ('a', 'b', 'c', 'd', 'e')"
        connection.execute(text(said))
    for change in ("UPDATE audit SET at = 'y'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="append-only"), opened.begin() as connection:
            connection.execute(text(change))


def _as_before(opened: Engine, before: Held) -> None:
    """Every row of then is there as it was; only tables that take offers in may have more."""
    wanted = older_offers.moved(before)
    for name, rows in older.held(opened, like=wanted).items():
        assert rows == wanted[name] if name not in TAKES_OFFERS else set(wanted[name]) <= set(rows), name


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_older_store_is_brought_up_to_date_with_its_rows(
    revision: str, sqlite: Older, tmp_path: Path, loaded: Engine
) -> None:
    before = sqlite.held[revision]
    assert all(len(rows) > 1 for rows in before.values()), "a table without a row would prove nothing"
    where = place(shutil.copytree(sqlite.folder / revision, tmp_path / "home"))
    _whole(engine(where), before)
    sound(where)
    (tmp_path / "new").mkdir()
    newer = region.KS2.replace("2023-2024", "2021-2022")
    (tmp_path / "new" / newer).write_bytes(region.ks2_rows({urn: "61" for urn in region.URNS}))
    assert intake.succeeded(intake.load(everything(), [tmp_path / "new"], where))  # and goes on being used
    assert len(publish.listing(engine(where))) == 1
    engine(where).dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_killed_while_brought_up_to_date(
    revision: str, sqlite: Older, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(killing, "STEPS", FINE)
    before, start = sqlite.held[revision], sqlite.folder / revision
    count = killing.points(start, tmp_path, _bring_up_to_date)
    assert count > SQLITE_POINTS
    for at in spread(count, SQLITE_POINTS):
        where = killing.killed(start, tmp_path, _bring_up_to_date, at=at)
        _old_or_new(create_engine(where.url), revision, before)
        sound(where)
        _whole(engine(where), before)  # it opens
        engine(where).dispose()
        sound(where)
        shutil.rmtree(where.home)


def test_more_than_forty_points_are_tried_on_each() -> None:
    assert min(SQLITE_POINTS, POSTGRESQL_POINTS) * len(REVISIONS) >= 40


@pytest.mark.parametrize("change", [
    "UPDATE school SET name = 'other' WHERE urn = 100001", "UPDATE account SET name = 'other' WHERE account_id = 1000",
    "UPDATE entry SET data = '{}' WHERE register = 'offer'", "UPDATE entry SET urn = 1 WHERE entry_id = 2000",
    "UPDATE source_file SET state = 'live'",
], ids=["a school", "an account", "an offer", "a row entered before", "a file"])  # fmt: skip
def test_the_check_sees_a_row_that_was_lost(sqlite: Older, tmp_path: Path, change: str) -> None:
    where = place(shutil.copytree(sqlite.folder / "0004", tmp_path / "home"))
    with engine(where).begin() as connection:
        connection.execute(text(change))
    with pytest.raises(AssertionError):
        _whole(engine(where), sqlite.held["0004"])
    engine(where).dispose()


def _old_or_new(opened: Engine, revision: str, before: Held) -> None:
    """What the killed process left, looked at without bringing it up to date: no table of a revision without its number."""
    at = older.revision_of(opened)
    assert at in (revision, HEAD)
    new = older.tables_of(opened) - set(before)
    if at == HEAD:
        _as_before(opened, before)
        older_offers.check(opened, before)
    else:
        assert older.held(opened, like=before) == before and not new
    opened.dispose()


@dataclass
class Servers:
    """A PostgreSQL whose databases `old1`... are stores of older revisions, to be copied."""

    address: str
    held: dict[str, Held]

    def at(self, name: str) -> str:
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def do(self, statement: str) -> None:
        opened = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with opened.connect() as connection:
            connection.execute(text(statement))
        opened.dispose()

    def fresh(self, revision: str, folder: Path) -> StorePlace:
        """A copy of the older store; the one before it goes."""
        self.do("DROP DATABASE IF EXISTS again WITH (FORCE)")
        self.do(f"CREATE DATABASE again TEMPLATE old{revision}")
        stores._engine.cache_clear()
        return StorePlace("own", folder, self.at("again"))


@pytest.fixture(scope="module")
def postgresql(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    try:
        with server() as address:
            made = Servers(address, {})
            for revision in REVISIONS:
                made.do(f"CREATE DATABASE old{revision}")
                where = StorePlace("own", tmp_path_factory.mktemp(revision), made.at(f"old{revision}"))
                made.held[revision] = older.make(where, revision, loaded)
            yield made
    except NoServer as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_same_on_a_server_whose_client_is_killed(revision: str, postgresql: Servers, tmp_path: Path) -> None:
    before = postgresql.held[revision]
    where = postgresql.fresh(revision, tmp_path)
    _whole(engine(where), before)
    engine(where).dispose()
    count = killing.points_at(postgresql.fresh(revision, tmp_path), _bring_up_to_date)
    assert count > POSTGRESQL_POINTS
    for at in spread(count, POSTGRESQL_POINTS):
        where = postgresql.fresh(revision, tmp_path)
        killing.kill_at(where, _bring_up_to_date, at=at)
        _whole(engine(where), before)  # waits until the server has noticed
        engine(where).dispose()

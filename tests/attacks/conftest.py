"""One filled home for all attacks, looked at before and after: what is refused or only looked at leaves every row as it was."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
import streamlit.config
from sqlalchemy import MetaData, select

from data.store.engine import Kind, engine, place
from pages.shell.cached import KINDS
from tests.attacks import calls
from tests.views import own_region, region


@pytest.fixture(autouse=True)
def nobody_is_called() -> Iterator[None]:
    """No page, no upload and no command calls another machine, whatever it was given; only `fetch` may, and is not run here."""
    calls.heard.clear()
    yield
    assert calls.heard == []


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small region as the sample's store and as our own, with one person for each role."""
    folder = tmp_path_factory.mktemp("attacked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(folder))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        region.fill(place("sample"))
        own_region.fill()
    return folder


@pytest.fixture
def home(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shared home, for what must not change it."""
    monkeypatch.setenv("ALONGSIDE_HOME", str(shared_home))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    streamlit.config.set_option("client.showErrorDetails", "full")
    st.cache_resource.clear()
    with unchanged():
        yield shared_home
    st.cache_resource.clear()


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, for what may be written."""
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    streamlit.config.set_option("client.showErrorDetails", "full")
    st.cache_resource.clear()
    own_region.fill()
    return tmp_path


@pytest.fixture(scope="module")
def _one_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(folder))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        own_region.fill()
    return folder


@pytest.fixture
def one_home(_one_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One home for all tests of a module, which may write to it."""
    monkeypatch.setenv("ALONGSIDE_HOME", str(_one_home))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return _one_home


@contextmanager
def unchanged(*, but: tuple[str, ...] = ()) -> Iterator[None]:
    """Both stores hold the same rows afterwards, in every table but those named."""
    before = held(but)
    yield
    assert held(but) == before, "something was written"


@dataclass
class _Looked:
    """A store as it was when last looked at: SQLite tells another connection whether anything was committed since."""

    connection: sqlite3.Connection
    version: int
    rows: dict[str, str]


_looked: dict[str, _Looked] = {}


def held(but: tuple[str, ...] = ()) -> dict[str, str]:
    """A print of each table of both stores."""
    found: dict[str, str] = {}
    for kind in KINDS:
        file = place(kind).file
        assert file is not None
        if file.exists():
            found |= {f"{kind} {name}": rows for name, rows in _rows(kind, str(file)).items() if name not in but}
    return found


def _rows(kind: Kind, file: str) -> dict[str, str]:
    if file not in _looked:
        _looked[file] = _Looked(sqlite3.connect(file, check_same_thread=False), -1, {})
    looked = _looked[file]
    (version,) = looked.connection.execute("PRAGMA data_version").fetchone()
    if version != looked.version:
        with engine(place(kind)).connect() as connection:
            tables = MetaData()
            tables.reflect(connection)
            looked.rows = {
                table.name: hashlib.sha256(
                    "\n".join(sorted(map(repr, connection.execute(select(table)).all()))).encode()
                ).hexdigest()
                for table in tables.sorted_tables
            }
        looked.version = version
    return dict(looked.rows)

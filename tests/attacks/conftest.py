"""One filled home for all attacks, looked at before and after: what is refused or only looked at leaves every row as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
import streamlit.config
from sqlalchemy import MetaData, select

from data.store.engine import engine, place
from tests.attacks import calls
from tests.views import own_region, region

Kept = Callable[[], str]


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


def held(but: tuple[str, ...] = ()) -> dict[str, str]:
    """A print of each table of both stores."""
    found = {}
    for kind in ("sample", "own"):
        with engine(place(kind)).connect() as connection:  # type: ignore[arg-type]
            tables = MetaData()
            tables.reflect(connection)
            for table in tables.sorted_tables:
                if table.name not in but:
                    rows = sorted(map(repr, connection.execute(select(table)).all()))
                    found[f"{kind} {table.name}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found

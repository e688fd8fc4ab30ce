"""Stores for tests of pages: an empty home, and one whose sample store holds the small made-up publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
import streamlit.config

from data.store.engine import place
from tests.views import own_region
from tests.views.region import fill
from tests.views.signed_in import Person


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_data.clear()
    st.cache_resource.clear()
    streamlit.config.set_option("client.showErrorDetails", "full")  # a failing test should say why
    yield


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ALONGSIDE_HOME with nothing in it."""
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def filled_home(empty_home: Path) -> Path:
    """ALONGSIDE_HOME whose sample store holds the publication of `tests/views/region.py`; our own store is empty."""
    fill(place("sample"))
    return empty_home


@pytest.fixture
def person(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Our own store, filled; a director of the trust looks, until somebody else does."""
    people = own_region.fill()
    own_region.invite_heads()
    return Person(monkeypatch, people)

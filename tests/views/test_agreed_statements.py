"""Pages of agreed support ask the store as often for ten agreements as for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from data.access.scope import everything
from data.register import agreements
from data.store.engine import engine, place
from pages.shell.door import identity
from tests.views import drive, programme_region
from tests.views import support_register as made
from tests.views.support_register import GIVER, OTHER, RECEIVER

PAGES = ("agreed", "agreed_one", "agreed_days", "agreed_map", "my_support")
AREAS = ("reading", "writing", "attendance")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "now", lambda: made.NOW)


@contextmanager
def asked() -> Iterator[list[str]]:
    """What is asked of any store meanwhile."""
    found: list[str] = []

    def note(*sent: Any) -> None:
        found.append(f"{sent[2]} {sent[3]}")

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def counted(key: str, **params: str) -> int:
    """Statements of a page drawn for the second time."""
    at = drive.view(key, **params)
    with asked() as found:
        at.run()
    assert not at.exception, at.exception
    return len(found)


def paused(store: Engine, **more: Any) -> None:
    one = made.agreed(store, **more)
    agreements.pause(everything(), store, one, reason="A new head", now=made.NOW)


def test_ten_agreements_cost_no_more_than_one(filled_home: Path) -> None:
    store = engine(place("sample"))
    made.offered(store)
    paused(store)
    before = {key: counted(key, school=str(GIVER)) for key in PAGES}
    more: tuple[Callable[..., object], ...] = (made.agreed, paused, made.proposed)
    for do, area in zip(more, AREAS, strict=True):
        for giver, receiver in ((GIVER, RECEIVER), (OTHER, RECEIVER), (OTHER, GIVER)):
            do(store, giver=giver, receiver=receiver, area=area)
    assert {key: counted(key, school=str(GIVER)) for key in PAGES} == before


def test_who_is_supported_elsewhere_is_read_once_for_all_programmes(filled_home: Path) -> None:
    programme_region.fill(place("sample"))
    reads = []
    for name in ("Number talk", "Talk of numbers", "Counting"):
        programme_region.kept(name=name)
        at = drive.view("did_it_help", data="sample", partnership=programme_region.UID)
        with asked() as found:
            at.run(timeout=60)
        assert not at.exception, at.exception
        reads.append(sum("'programme_school'" in one or "'agreement'" in one for one in found))
    assert len(set(reads)) == 1, reads

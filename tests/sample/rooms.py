"""A board's room over the sample region, for the person at this computer, without the pages' pickers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from data.access.scope import everything
from data.store import publish
from data.store.engine import engine, place
from pages.components.names import Names
from pages.shell import cached
from pages.shell.boardroom import reading
from pages.shell.boardroom.reading import Room
from pages.shell.choice import Choice, partnerships
from pages.shell.session import View
from tests.sample import published


@contextmanager
def sample_view() -> Iterator[View]:
    """The published sample as the person at this computer reads it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(published.region().home))
        where = place("sample")
        info = publish.latest(engine(where))
        assert info is not None
        yield View(everything(), where, info.publication_id, datetime.fromisoformat(info.created), None, True)


def uids(view: View) -> tuple[str, ...]:
    return tuple(partnerships(view.publication_id, view.place, view.scope))


def room(view: View, uid: str) -> Room:
    return of(view, uid, partnerships(view.publication_id, view.place, view.scope)[uid][1])


def of(view: View, uid: str, members: frozenset[int]) -> Room:
    """The room of a partnership as if these were its members."""
    group = partnerships(view.publication_id, view.place, view.scope)[uid][0]
    names = Names.of(False, cached.school_names(view.publication_id), members)
    return reading.room(view, Choice(group, members, "primary", 202425, False, names))

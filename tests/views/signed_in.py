"""Pages as one person sees them, at one time, with everything that is drawn or can be downloaded kept for reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.access.scope import Grant, Role, Scope, everything
from data.store.engine import engine, place
from pages.components import downloads
from pages.reports.pack import summary as one_page_pdf
from pages.reports.school_sheet import SchoolSummary
from pages.shell.door import entrance, identity
from pages.shell.fair import fairness
from tests.legible import legible
from tests.views import drive, own_region, region

START = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def scope_of(role: Role, *, account_id: int, name: str = "", **over: Any) -> Scope:
    """A person with one role over the trust of twelve schools, or over a school."""
    members = region.MEMBERS if over.get("uid") == region.TRUST else frozenset(range(900013, 900017))
    grant = Grant(role, over.get("uid"), over.get("urn"), members if over.get("uid") else frozenset())
    return Scope(account_id, name or role, (grant,), mark="m")


def said_on_paper(content: SchoolSummary) -> bytes:
    """All that a school's one page would say, in place of its PDF; without the name and day of its figures."""
    return repr(replace(content, figures="", figures_of=None)).encode()


class Person:
    """Who looks and when; `files` are the bytes of every download that was drawn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, accounts: dict[str, int]) -> None:
        self._patch, self.accounts, self.files = monkeypatch, accounts, list[bytes]()
        monkeypatch.setattr(entrance, "watch", lambda _: None)
        monkeypatch.setattr(downloads, "witnessed", self._kept)
        monkeypatch.setattr(one_page_pdf, "summary", said_on_paper)
        self.at_time(START)
        self.is_("director", uid=region.TRUST)

    def _kept(self, make: Callable[[], bytes], _: str) -> Callable[[], bytes]:
        self.files.append(make())
        return make

    def is_(self, role: Role, **over: Any) -> Scope:
        account = self.accounts.get(role, 99)
        self.scope = scope_of(role, account_id=account, name=own_region.PEOPLE[role].name, **over)
        self._patch.setattr(identity, "present", lambda: self.scope)
        return self.scope

    def is_here(self) -> None:
        """The person at this computer."""
        self.scope = everything()
        self._patch.setattr(identity, "present", lambda: self.scope)

    def at_time(self, now: datetime) -> None:
        self.now = now
        self._patch.setattr(fairness, "now", lambda: now)

    def later(self, days: int) -> None:
        self.at_time(self.now + timedelta(days=days))

    def opens(self, key: str, **params: str) -> AppTest:
        params = {"data": "own", "partnership": region.TRUST, **params}
        at = drive.view(key, **params)
        assert not at.exception, at.exception
        return at

    def sees(self, key: str, **params: str) -> str:
        """Everything on a page: words, alternatives, pictures, and what can be downloaded."""
        self.files.clear()
        at = self.opens(key, **params)
        return "\n".join([drive.text(at), drive.html(at), drive.pictures(at), *(legible(one) for one in self.files)])


def opened() -> Any:
    return engine(place("own"))

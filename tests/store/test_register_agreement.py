"""A question to one school names the other one only once that one agreed that help is welcome there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data.access.scope import Grant, Scope, everything
from data.catalogue import PermissionDenied
from data.register import rows
from data.register.rows import Entry

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OAK, ELM = 100001, 100002
DIRECTOR = Scope(1, "Dora", (Grant("director", "2044", members=frozenset((OAK, ELM))),))
ELM_HEAD = Scope(2, "Hew", (Grant("headteacher", urn=ELM),))


def ask(scope: Scope, store: Engine, area: str = "reading") -> Entry:
    return rows.add(scope, store, "ask", {"area": area}, uid="2044", urn=OAK, other_urn=ELM, now=NOW, entered=True)


def test_a_school_is_named_to_another_only_once_it_agreed_and_in_that_area(store: Engine) -> None:
    with pytest.raises(PermissionDenied, match="has not agreed that help is welcome"):
        ask(DIRECTOR, store)
    said = rows.add(
        ELM_HEAD, store, "need_state", {"area": "reading", "state": "differs", "words": "No."}, urn=ELM, now=NOW
    )
    with pytest.raises(PermissionDenied, match="has not agreed"):
        ask(DIRECTOR, store)
    later = NOW + timedelta(days=1)
    said = rows.change(ELM_HEAD, store, said.entry_id, {"state": "agreed"}, version=1, now=later)
    made = ask(DIRECTOR, store)
    assert made.other_urn == ELM
    with pytest.raises(PermissionDenied, match="has not agreed"):
        rows.change(DIRECTOR, store, made.entry_id, {"area": "mathematics"}, version=1, now=later, entered=True)
    with pytest.raises(PermissionDenied, match="has not agreed"):
        ask(DIRECTOR, store, "mathematics")
    rows.withdraw(ELM_HEAD, store, said.entry_id, version=2, now=later)
    with pytest.raises(PermissionDenied, match="has not agreed"):
        ask(DIRECTOR, store)
    assert len(rows.entries(DIRECTOR, store, "ask")) == 1


def test_whoever_is_alone_at_this_computer_needs_no_leave(store: Engine) -> None:
    assert ask(everything(), store).urn == OAK

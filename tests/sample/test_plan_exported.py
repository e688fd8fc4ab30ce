"""What is exported of a plan is the plan that its page draws before anybody moves anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine

from analytics.support.plans import Plan
from data.sample.entered.rules import COAST
from data.sample.entered.sown import CHILVER_VALE
from data.store import publish, read
from data.store.engine import engine, place
from pages.shell.door import identity
from pages.shell.planning import planned
from pages.shell.planning.planned import Asked
from pages.terminal import proposing
from tests.sample import published
from tests.views import drive

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The sample's own store, with everything that was entered."""
    monkeypatch.setenv("ALONGSIDE_HOME", str(published.region().home))
    monkeypatch.setattr(identity, "now", lambda: NOW)
    st.cache_data.clear()
    st.cache_resource.clear()
    opened = engine(place("sample"))
    yield opened
    opened.dispose()


def drawn(page: str, uid: str, patch: pytest.MonkeyPatch) -> list[tuple[Asked, Plan]]:
    """What the page plans with, and its plan."""
    found: list[tuple[Asked, Plan]] = []

    def noted(asked: Asked) -> Plan:
        found.append((asked, planned.made(asked).plan))
        return found[-1][1]

    patch.setattr(planned, "plan", noted)
    at = drive.view(page, data="sample", partnership=uid)
    assert not at.exception, at.exception
    return found


def test_the_export_is_the_page_s_plan(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = publish.latest(store)
    assert newest is not None
    told, members = partial(publish.read_table, store, newest.publication_id), read.members(store, CHILVER_VALE)
    exported = proposing.proposals(store, told, members, uid=CHILVER_VALE, today=NOW.date())
    found, wishes = proposing.keeping_to(store, members, uid=CHILVER_VALE, today=NOW.date())
    plans: list[Plan] = []
    for page in ("support_plan", "support_asked"):
        ((asked, plan),) = drawn(page, CHILVER_VALE, monkeypatch)
        assert asked.wishes == wishes and plan.proposals
        pd.testing.assert_frame_equal(asked.offers, found.offers)
        plans.append(plan)
    rows = pd.DataFrame([asdict(one) for plan in plans for one in plan.proposals]).rename(columns={"basis": "scenario"})
    pd.testing.assert_frame_equal(exported.drop(columns="called"), rows)


def test_the_export_keeps_to_the_page_s_journeys(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    members = read.members(store, COAST)
    found, wishes = proposing.keeping_to(store, members, uid=COAST, today=NOW.date())
    ((asked, _),) = drawn("support_plan", COAST, monkeypatch)
    assert asked.wishes == wishes and len(wishes.journeys) == 6
    pd.testing.assert_frame_equal(asked.offers, found.offers)

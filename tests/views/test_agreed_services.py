"""Services: those that end soon first, what was not said as such, what a school and what a partnership reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import rows
from data.store.engine import engine, place
from pages.shell.door import identity
from tests.views import drive, region
from tests.views import support_register as made
from tests.views.signed_in import Person, opened
from tests.views.support_register import GIVER, NOW, OTHER, RECEIVER


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "now", lambda: NOW)


@pytest.fixture
def store(filled_home: Path) -> Engine:
    return engine(place("sample"))


def page(**params: str) -> AppTest:
    at = drive.view("services", **params)
    assert not at.exception, at.exception
    return at


def test_what_ends_soon_stands_first(store: Engine) -> None:
    made.service(store, None, name="Payroll", sort="shared", price=None, until=None, days=3)
    made.service(store, name="Cleaning", until="2026-08-31", price=500)
    made.service(store)
    made.service(store, OTHER, price=14_000, if_it_ends="We buy by ourselves", given_by=RECEIVER)
    shown = drive.text(page())
    assert "Two services end within 12 months, all on 31 March 2027" in shown
    order = [
        shown.index(one)
        for one in ("Ending within 12 months", "£12k", "Later, or without an end", "Payroll", "Ended", "Cleaning")
    ]
    assert order == sorted(order)
    assert "Energy: two end on 31 March 2027. The schools could look for the next ones together." in shown
    assert "For 1 service that ends soon nobody has said yet what the schools would do without it." in shown
    assert "£26k a year, bought in 2 services" in shown  # the one that ended is not in it
    assert "not said price of what is shared 1 service; 3 days a year" in shown
    assert "all of our trust" in shown and "Tolverton Junior School" in shown
    assert drive.off_words(shown) == []
    assert ">Energy</a>" in drive.html(page()) and "The name of a service opens it for a change." in shown
    hidden = drive.text(page(hide="1"))
    assert [name for name in ("Lower Quennet", "Energy", "Payroll") if name in hidden] == []
    assert "Services of one name: two end on 31 March 2027." in hidden and "Bought in School" in hidden


def test_a_service_is_added_here(store: Engine) -> None:
    at = page()
    at.selectbox(key="urn-0").select(GIVER)
    at.text_input(key="add-0-name").input("Energy")
    at.selectbox(key="add-0-sort").select("bought_in")
    at.button(key="add_service").click().run()
    assert not at.exception
    assert "The service was added." in drive.text(at) and "None of our" not in drive.text(at)
    (one,) = rows.entries(everything(), store, "service")
    assert (one.uid, one.urn, one.values["name"], one.values["price"]) == (region.TRUST, GIVER, "Energy", None)


def test_a_head_reads_their_own_school_only(person: Person) -> None:
    made.service(opened())
    made.service(opened(), OTHER, name="Cleaning")
    person.is_("headteacher", urn=GIVER)
    shown = drive.text(person.opens("services"))
    assert "Energy" in shown and "Cleaning" not in shown
    person.is_("governor", uid=region.TRUST)
    assert "Energy" not in drive.text(person.opens("services"))

"""Agreed support in a browser: offer days, ask for support, accept from both sides, log a day, pause, end; two browsers at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from data.access.scope import everything
from data.register import agreements, rows
from data.register.rows import Entry
from data.store.engine import engine, place
from pages.shell.door import identity
from tests.e2e import oidc
from tests.e2e.conftest import Server, settled
from tests.views import own_region, region

pytestmark = pytest.mark.browser
GIVER, RECEIVER = 900001, own_region.HEAD_OF  # Lower Quennet, Tolverton Junior
GIVING = f"head{GIVER}@trust.example"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Any]]:
    """The app with sign-in over a store whose schools have heads, with an agreement that waits."""
    folder = tmp_path_factory.mktemp("agreed")
    with pytest.MonkeyPatch.context() as patch, oidc.provider({GIVING: "Gwen Lowe"}) as port:
        patch.setenv("ALONGSIDE_HOME", str(folder / "home"))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        own_region.fill()
        own_region.invite_heads()
        with oidc.served(folder, port) as server:
            yield server, folder


@pytest.fixture
def visit(browser: Any, served: tuple[Server, Any]) -> Iterator[Any]:
    """Browsers of their own, signed in as who is asked for."""
    there: list[oidc.Visitor] = []

    def of(email: str) -> oidc.Visitor:
        one = oidc.Visitor(browser, served[0])
        there.append(one)
        one.sign_in(email)
        return one

    yield of
    for one in there:
        one.close()


def proposed() -> Entry:
    store, now = engine(place("own")), identity.now()
    if not rows.entries(everything(), store, "stated_need", urn=RECEIVER):
        said = {"area": "mathematics", "size": "important", "standing": "stated"}
        rows.add(everything(), store, "stated_need", said, urn=RECEIVER, now=now)
    return agreements.propose(
        everything(), store, uid=region.TRUST, giver=GIVER, receiver=RECEIVER, figures="", now=now, area="mathematics",
        kind="coaching", days=2, starts=f"{now.year - 1}-09-01", ends=f"{now.year + 1}-08-31", objectives="More pupils reach it",
    )  # fmt: skip


def agreed() -> Entry:
    one, store = proposed(), engine(place("own"))
    for side in ("giver", "receiver"):
        one = agreements.answer(everything(), store, one, side=side, says="yes", now=identity.now())
    return one


def now_of(one: Entry) -> Entry:
    return rows.entry(everything(), engine(place("own")), one.entry_id)


def fill(page: Any, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")
    settled(page)


def press(page: Any, name: str, says: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text(says).first.wait_for()
    settled(page)


def test_days_are_offered_and_help_is_asked_for(visit: Any) -> None:
    head = visit(GIVING)
    head.open("my_support", school=GIVER)
    page = head.page
    page.locator("summary", has_text="Offer days").click()
    choose(page, "Offer days", "Area", "Science")
    choose(page, "Offer days", "Kind of help", "visits")
    fill(page, "Days a term", "3")
    press(page, "Offer days", "Kept: these days are offered.")
    assert "Science: visits, 3 days a term; none promised yet. Offered." in head.text()
    page.locator("summary", has_text="Ask for support").click()
    choose(page, "Ask for support", "Area", "Writing")
    choose(page, "Ask for support", "How much it matters", "we need help now")
    press(page, "Ask for support", "Kept: help is welcome here.")
    assert "Writing: we need help now. Stated by the school." in head.text()


def choose(page: Any, form: str, label: str, option: str) -> None:
    """Choose from a list of one form as a person does who types: all but the last letter, so that only a choice completes it."""
    sync_api = pytest.importorskip("playwright.sync_api")
    box = page.get_by_test_id("stExpander").filter(has_text=form).get_by_role("combobox", name=label)
    for _ in range(4):  # the list closes again where the page below it still moves
        settled(page)
        box.focus()
        box.fill("")
        box.press_sequentially(option[:-1])
        try:
            page.get_by_role("option", name=option).first.wait_for(timeout=10_000)
            box.press("Enter")
            sync_api.expect(box).to_have_value(option)
        except (sync_api.TimeoutError, AssertionError):
            continue
        settled(page)
        return
    raise AssertionError(f"{option} was not offered under {label}")


def test_both_sides_accept_then_a_day_is_logged_then_it_is_paused_and_ended(visit: Any) -> None:
    one = proposed()
    receiver, giver = visit(own_region.PEOPLE["headteacher"].email), visit(GIVING)
    receiver.open("agreed_one", agreement=one.entry_id)
    assert receiver.page.get_by_role("button", name="Yes, we agree").count() == 0
    giver.open("agreed_one", agreement=one.entry_id)
    press(giver.page, "Yes, we agree", "The school that would be supported is asked next.")
    receiver.open("agreed_one", agreement=one.entry_id)
    press(receiver.page, "Yes, we agree", "Kept: both schools said yes. It is agreed.")
    assert "under way, 0 of" in receiver.page.inner_text("h1")
    giver.open("agreed_one", agreement=one.entry_id)
    fill(giver.page, "Days used", "1.5")
    fill(giver.page, "In words (if you like)", "Watched a lesson")
    press(giver.page, "Add to the log", "Kept: the line stands in the log.")
    assert "1.5 days used. Watched a lesson" in giver.text()
    giver.page.locator("summary", has_text="Pause it").click()
    fill(giver.page, "Why", "The head has left")
    press(giver.page, "Pause it", "Paused. Its days stay promised")
    assert ": paused, 1.5 of" in giver.page.inner_text("h1")
    press(giver.page, "Go on with it", "It goes on as agreed.")
    giver.page.locator("summary", has_text="End it").click()
    fill(giver.page, "What came of it, in the schools' words", "Two teachers plan together")
    press(giver.page, "End it", "Ended. Its results can be followed here for two years.")
    found = now_of(one)
    assert (found.values["state"], found.values["outcome"]) == ("ended", "Two teachers plan together")
    giver.open("agreed")
    assert "Two teachers plan together." in giver.text()


def test_a_second_browser_at_the_same_agreement_is_told(visit: Any) -> None:
    one = agreed()
    giver, receiver = visit(GIVING), visit(own_region.PEOPLE["headteacher"].email)
    for visitor in (giver, receiver):
        visitor.open("agreed_one", agreement=one.entry_id)
    giver.page.locator("summary", has_text="Pause it").click()
    fill(giver.page, "Why", "The head has left")
    press(giver.page, "Pause it", "Paused. Its days stay promised")
    receiver.page.locator("summary", has_text="End it").click()
    fill(receiver.page, "What came of it, in the schools' words", "Done early")
    press(receiver.page, "End it", "Nothing of yours was saved. Here are both versions.")
    assert "Done early" in receiver.text() and "paused" in receiver.text()
    assert now_of(one).values["state"] == "paused"
    press(receiver.page, "Save mine over it", "Ended.")
    assert now_of(one).values["state"] == "ended"

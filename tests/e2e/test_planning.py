"""A director plans in a browser: states a need, offers days, plans, keeps a pair and leaves one out, asks both schools, makes a group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from data.access.scope import everything
from data.register import rows
from data.store import publish
from data.store.engine import engine, place
from tests.e2e.conftest import Server, Watched, calm, settled
from tests.views import region

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small region, whose trust has reserves, so that its schools can give; nobody has offered days yet."""
    folder = tmp_path_factory.mktemp("planning") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(folder))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        region.fill(place("own"))
        store = region.without_offers(place("own"))
        tables = region.tables()
        tables["trust_finance"] = tables["trust_finance"].head(0)
        tables["need"] = tables["need"][tables["need"]["scope"] == "school"]
        publish.write(store, "plan", "2026-11-22T08:00:00", {"inputs": []}, tables)
        server = Server(folder)
        yield server
        server.stop()


def shown(watched: Watched) -> str:
    settled(watched.page)
    return str(watched.page.inner_text('[data-testid="stMain"]'))


def wait_for(watched: Watched, words: str) -> None:
    watched.page.wait_for_function(
        "(words) => new RegExp(words).test(document.querySelector('[data-testid=stMain]').innerText)", arg=words
    )
    settled(watched.page)


def choose(page: Any, label: str, words: str) -> None:
    """Choose from a drop-down by what it is called."""
    page.get_by_role("combobox", name=re.compile(f"{label}$|{label}\\.")).last.click()
    page.get_by_role("option", name=words, exact=True).click()
    settled(page)


def offer(urn: int, days: float, slot: float) -> None:
    """Days offered by a school, as its head enters them on its own page (tested there)."""
    values = {
        "giver": "school",
        "area": "mathematics",
        "kind": "coaching",
        "days": days,
        "slot": slot,
        "standing": "offered",
    }
    rows.add(everything(), engine(place("own")), "offer", values, urn=urn, now=NOW)


def test_from_a_need_that_is_stated_to_an_agreement_that_both_are_asked_about(planning: Server, open_page: Any) -> None:
    watched = open_page(planning, f"/support?partnership={region.TRUST}")
    page = watched.page
    wait_for(watched, "may need support")
    page.get_by_role("button", name="State a need").click()
    wait_for(watched, "Enter what a school has said")
    choose(page, "School", "Great Quennet Primary School")
    choose(page, "Area", "Mathematics")
    choose(page, "How much it matters", "we need help now")
    page.get_by_role("textbox", name="What help would be welcome").fill("Our subject lead left")
    page.get_by_text("The school itself has said so").click()
    page.get_by_role("button", name="State this need").click()
    wait_for(watched, "Kept. It counts in the plan.")
    assert "In its words: Our subject lead left" in shown(watched)
    for urn, days, slot in ((900001, 2.0, 2.0), (900002, 2.0, 2.0), (900008, 10.0, 5.0)):
        offer(urn, days, slot)
    page.get_by_role("link", name="Plan with our days").first.click()
    wait_for(watched, "Three proposals use 9 of the 14 days offered a term")
    wait_for(watched, "Great Quennet Primary School says itself that it needs help now in mathematics")
    wait_for(watched, "Next: could be asked")
    plain = shown(watched)
    first = re.search(r"● (.+?) → (.+?)\s+\d", plain)
    assert first is not None
    page.get_by_role("button", name="Not this pair").first.click()
    wait_for(watched, "mathematics: left out")
    left_out = f"{first[1]} → {first[2]}, mathematics: left out."
    assert "apart=" in page.url and left_out in shown(watched)
    page.get_by_role("button", name="Keep this pair").first.click()
    wait_for(watched, "You keep this pair")
    assert "keep=" in page.url
    link = page.url
    page.get_by_role("button", name="Show other ways, and how well each holds").click()
    wait_for(watched, "of 100 trials")

    page.get_by_role("button", name="Ask both schools").first.click()
    wait_for(watched, "is asked first; once it says yes")
    page.get_by_role("textbox", name="What should be different at the end").fill("Pupils are sure of number")
    page.get_by_role("textbox", name=re.compile("^Decided by")).fill("Trust board")
    page.get_by_role("button", name="Ask both schools").nth(1).click()
    wait_for(watched, "Kept as an agreement that waits for both sides")
    wait_for(watched, "Asked already")
    calm(watched)
    again = open_page(planning, link.removeprefix(planning.base))
    wait_for(again, "mathematics: left out")
    wait_for(again, "Asked already")
    calm(again)


def test_a_suggestion_becomes_a_group_and_a_meeting_is_kept(planning: Server, open_page: Any) -> None:
    watched = open_page(planning, f"/support-groups?partnership={region.TRUST}&area=mathematics")
    page = watched.page
    wait_for(watched, "No working group yet")
    page.get_by_role("button", name="Make it a group").click()
    wait_for(watched, "Every school named here is asked")
    page.get_by_role("textbox", name="What should be different afterwards").fill("One way of teaching number")
    page.get_by_role("button", name="Make this group and ask the schools").click()
    wait_for(watched, "One working group is planned")
    page.get_by_role("button", name="Yes", exact=True).first.click()
    wait_for(watched, "Kept: yes.")
    page.get_by_role("button", name="Meetings, schools and state").click()
    wait_for(watched, "A meeting that was held")
    page.get_by_role("textbox", name="What was done").fill("Looked at books")
    page.get_by_role("button", name="Keep this meeting").click()
    wait_for(watched, "The meeting is kept")
    wait_for(watched, "Looked at books")
    calm(watched)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("key", ["support", "support-who", "support-plan", "support-asked", "support-groups"])
def test_a_view_fits_its_screen(planning: Server, open_page: Any, key: str, width: int) -> None:
    watched = open_page(planning, f"/{key}?partnership={region.TRUST}", width)
    settled(watched.page)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.page.locator("h1").count() == 1
    calm(watched)

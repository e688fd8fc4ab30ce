"""A programme in a browser: set down, looked at; another with a draw of who starts first. On the sample region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from data.sample.truth import CHILVER_VALE_UID, PROGRAMMES
from tests.e2e import screens
from tests.e2e.conftest import Server, settled
from tests.e2e.test_journey import calm, heading

TimeoutError_ = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").TimeoutError
pytestmark = pytest.mark.browser
TRIES = 30
NEW = f"/programme-new?data=sample&partnership={CHILVER_VALE_UID}"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with screens.sample_server(tmp_path_factory.mktemp("programmes")) as server:
        yield server


def choose(page: Any, label: str, option: str) -> None:
    """Pick from a drop-down by typing what it says; what it offers may depend on a choice that the page still takes in."""
    box = page.get_by_role("combobox", name=label, exact=True)
    offered = page.get_by_role("option", name=option, exact=True)
    for _ in range(TRIES):
        box.click()
        box.fill(option)
        try:
            offered.click(timeout=3_000)
            break
        except TimeoutError_:
            box.press("Escape")
    settled(page)
    assert box.input_value() == option


def write(page: Any, label: str, text: str) -> None:
    """Type into a box and leave it, so that it is sent."""
    box = page.get_by_role("textbox", name=label, exact=True)
    box.fill(text)
    box.press("Tab")
    settled(page)


def paste(page: Any, urns: tuple[int, ...]) -> None:
    page.get_by_text("Or paste a list", exact=True).click()
    write(page, "Names or URNs, one a line", "\n".join(map(str, urns)))
    page.wait_for_selector(f"text={len(urns)} schools chosen.")


def filled(page: Any, name: str, area: str, years: tuple[str, str]) -> None:
    """The first three parts of the form but the schools."""
    write(page, "Name", name)
    write(page, "Aim: what should be different afterwards", "More pupils reach the expected standard")
    choose(page, "Area", area)
    choose(page, "Year that schools are chosen on", years[0])
    choose(page, "First year with support", years[1])
    write(page, "How the schools were chosen: the rule, as it was", "The lowest results of the year")


def begun(started: Server, open_page: Any) -> Any:
    """The form, on the sample region."""
    watched = open_page(started, NEW)
    heading(watched, "Set down a programme before it starts")
    settled(watched.page)
    return watched


def test_a_programme_is_set_down_and_looked_at(started: Server, open_page: Any) -> None:
    watched = begun(started, open_page)
    page = watched.page
    filled(page, "Number talk", "Mathematics", ("2022/23", "2023/24"))
    page.wait_for_selector("text=Results of 2023/24 are published already")
    paste(page, PROGRAMMES["number_sense"].urns)
    page.wait_for_selector("text=the smallest true effect we would notice four times in five")
    page.get_by_role("button", name="Set it down", exact=True).click()
    heading(watched, "Number talk: cannot be told apart from schools without support")
    page.wait_for_url(re.compile(r"/programme\?.*programme=\d+"))
    settled(page)
    told = page.inner_text('[data-testid="stMain"]')
    assert "It was set down. The comparison stays as it is, whatever figures come." in told
    assert "12 schools with support beside" in told
    page.locator("summary", has_text="The same as a table").first.click()
    page.wait_for_selector("text=Number talk: differences by year")
    page.get_by_text("Compare with made-up programmes of schools that had no support").click()
    page.wait_for_selector("text=500 made-up programmes of schools that had no support")
    page.reload()
    heading(watched, "Number talk: cannot be told apart")
    page.get_by_role("link", name="Back to every programme").click()
    page.get_by_role("link", name="Look at Number talk").wait_for()
    calm(watched)


def test_who_starts_first_is_drawn_once_and_kept(started: Server, open_page: Any) -> None:
    watched = begun(started, open_page)
    page = watched.page
    filled(page, "Reading aloud", "Reading", ("2024/25", "2025/26"))
    programme = PROGRAMMES["reading_together"]
    paste(page, tuple(sorted((*programme.urns, *programme.comparison))))
    page.get_by_text("There are fewer places than schools: draw who starts first").click()
    page.get_by_text("do not start while it is looked at", exact=True).click()
    page.wait_for_selector("text=Nobody can draw again until the order suits them.")
    page.get_by_role("button", name="Set it down, and draw who starts first").click()
    heading(watched, "Reading aloud: no results yet that could show it")
    settled(page)
    told = page.inner_text('[data-testid="stMain"]')
    assert "20 schools drawn as comparison." in told
    seed = re.search(r"drawn by lot with the number (\d+), which is kept", told)
    assert seed is not None
    page.reload()
    heading(watched, "Reading aloud: no results yet")
    page.wait_for_selector(f"text=drawn by lot with the number {seed[1]}")
    page.locator("summary", has_text="40 schools, and download").click()
    page.wait_for_selector("text=drawn as comparison")
    calm(watched)

"""What a director does on the first day, in a browser: from an empty store to a download."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import SLOW, Server, Watched, calm, settled

pytestmark = pytest.mark.browser
MADE = 600_000  # milliseconds: the sample takes a minute of a machine that has more to do


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home: the first test that opens the app builds the sample in it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def started(home: Path) -> Iterator[Server]:
    server = Server(home, plain=True)  # `python -m streamlit run app.py` alone
    yield server
    server.stop()


def heading(watched: Watched, words: str, timeout: int = SLOW) -> None:
    watched.page.wait_for_function(
        "(words) => [...document.querySelectorAll('h1')].some(h => new RegExp(words).test(h.innerText))",
        arg=words, timeout=timeout,
    )  # fmt: skip


def test_from_an_empty_store_to_a_download(started: Server, open_page: Any) -> None:
    began = time.monotonic()
    watched = open_page(started, "/")
    page = watched.page
    heading(watched, "See where one school can best support another", MADE)
    print(f"sample made and first page drawn in {time.monotonic() - began:.0f} s")
    for words in ("I lead several schools", "I lead one school", "I sit on a board", "Use our own schools"):
        page.get_by_role("button", name=words).wait_for()
    page.get_by_role("button", name="I lead several schools").click()
    heading(watched, "could share a strength")
    page.wait_for_selector("text=Sample data: fictional schools")
    page.get_by_role("link", name="Next: see who may need what, and who could help").click()
    page.wait_for_url("**/support?**")  # the overview's own heading may hold the next words, too
    settled(page)
    heading(watched, "may need support")
    page.wait_for_selector("text=Tolverton Junior School")
    assert "not yet discussed with the school" in page.inner_text('[data-testid="stMain"]')
    page.get_by_text("Plan with our days", exact=True).click()
    heading(watched, "proposal|offer|need")
    page.wait_for_selector("text=what its intake leads one to expect in mathematics")
    reason = page.inner_text('[data-testid="stMain"]')
    assert re.search(r"About \d+ km by road, as estimated from the map", reason)
    page.locator("summary", has_text="Why these pairs").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the proposals (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows and any("Tolverton Junior School" in row.values() for row in rows)
    page.get_by_text("Needs", exact=True).click()
    page.get_by_role("link", name="Open Tolverton Junior School").first.click()
    heading(watched, "^Tolverton: .*mathematics")
    page.get_by_role("link", name="Next: schools like yours, and whom to phone").click()
    heading(watched, "similar schools")
    page.wait_for_selector("text=Alike in")
    calm(watched)


def test_a_direct_link_into_an_empty_store_meets_the_guard(tmp_path: Path, open_page: Any) -> None:
    """No page may draw from nothing: the guard sends whoever comes to where figures are made."""
    server = Server(tmp_path / "own" / "home")
    try:
        watched = open_page(server, "/board?data=own")
        watched.page.wait_for_function(
            "() => /Use our own schools|Bring in|published files/i.test(document.body.innerText)"
        )
        assert "Questions to ask" not in watched.page.inner_text("body")
        calm(watched)
    finally:
        server.stop()


def test_bad_links_fall_back_with_a_sentence(started: Server, open_page: Any) -> None:
    for query in ("partnership=nonsense", "year=99", "school=abc", "phase=kindergarten", "partnership=%3Cscript%3E"):
        watched = open_page(started, f"/overview?{query}")
        settled(watched.page)
        assert watched.page.locator("h1").count() == 1
        calm(watched)
        watched.page.context.close()

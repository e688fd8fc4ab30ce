"""Three people, each from their first screen to what they came for, at a desk and on a phone: on the sample and on real figures.

No request leaves the machine, no error reaches the console, no page shows one and none is wider than its screen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from data.sample.truth import CHILVER_VALE_UID
from pages.reports.pack import typesetting
from tests.e2e.conftest import ROOT, Server
from tests.e2e.tasks.hand import Hand, begin, calm
from tests.e2e.tasks.opened import Opened
from tests.shared import SHARED

pytestmark = pytest.mark.browser
WIDE = 1280
REAL = "?data=own&partnership=3025&school=138425"  # a trust of 26 schools, one of which has a strength to share
SAMPLE = f"?data=sample&partnership={CHILVER_VALE_UID}"


def fits(hand: Hand, width: int) -> None:
    """The page is no wider than its screen, and all was well until here."""
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= width
    calm(hand)


def director(hand: Hand, width: int) -> None:
    """Overview, an area, the schools behind it, a plan, and both schools are asked."""
    hand.sees("Open an area:")
    hand.link("Mathematics", to="overview-area")
    hand.sees("May need support")
    assert hand.title.startswith("Mathematics: ")
    fits(hand, width)
    hand.page.get_by_role("link", name=re.compile("^Open .+ School$")).first.wait_for()
    hand.link("Next: plan support in mathematics", to="support-plan")
    hand.sees("What this shows")
    assert re.search("proposal|offer|need", hand.title)
    fits(hand, width)


def asks(hand: Hand, width: int) -> None:
    """Of a plan that proposes something: both schools of the first proposal are asked."""
    hand.button("Ask both schools")
    hand.sees("is asked first; once it says yes")
    hand.page.get_by_role("textbox", name="What should be different at the end").fill("Pupils are sure of number")
    hand.page.get_by_role("textbox", name=re.compile("^Decided by")).fill("Trust board")
    hand.page.get_by_role("button", name="Ask both schools").nth(1).click()
    hand.sees("Kept as an agreement that waits for both sides")
    fits(hand, width)


def head(hand: Hand, width: int) -> None:
    """My school, why it says so, similar schools, a phone number, a reply, and the page as a PDF of one page."""
    hand.sees("Who is worth a call")
    hand.page.get_by_role("link", name="Why does it say this of ").first.click()
    hand.at("why")
    hand.sees("The years behind it")
    hand.sees("Back to the school")
    fits(hand, width)
    hand.link("Back to the school", to="my-school")
    paper = hand.download("Take this page with you (PDF)")
    assert paper.startswith(b"%PDF-") and typesetting.pages(paper) == 1
    hand.link("Next: schools like yours, and whom to phone", to="similar-schools")
    hand.sees("Whom you could (phone|ask)")
    phones = hand.page.locator('a[href^="tel:"]').count()
    assert phones >= 3 or "No phone or website published" in hand.screen  # the files of 2018 have none
    fits(hand, width)
    hand.link("Next: back to your school", to="my-school")
    hand.unfold("Reply to any number on this page")
    box = hand.page.get_by_role("textbox", name=re.compile("^Your reply"))
    box.fill("Two year groups were very small.")
    box.press("Tab")
    hand.page.get_by_role("button", name="Reply", exact=True).click()
    hand.sees("Two year groups were very small")
    fits(hand, width)


def trustee(hand: Hand, width: int) -> None:
    """The board's page, presented by keyboard, the pack taken away and opened, the questions of before."""
    hand.sees("Questions to ask")
    hand.link("Present", to="board-present")
    hand.sees(r"1 of \d+\.")
    first = hand.title
    hand.key("ArrowRight")
    hand.sees(r"2 of \d+\.")
    assert hand.title != first
    hand.key("End")
    hand.key("n")
    fits(hand, width)
    hand.link("Make the pack", to="board-pack")
    hand.sees("Keep what the board asked")
    hand.button("Make the pack")
    hand.sees("The pack\n")
    slides, paper = hand.download("Slides (PPTX)"), hand.download("Paper (PDF)")
    findings = {re.sub(r" \(\d+ of \d+\)$", "", title) for title in Opened.slide_titles(slides)}
    assert len(findings) > 8 and findings <= set(Opened.paper_titles(paper))  # the paper says what the slides say
    hand.link("Earlier questions and answers", to="board-questions")
    hand.sees("What was asked in earlier meetings")
    fits(hand, width)


PEOPLE = {
    "director": (director, f"/overview{SAMPLE}"),
    "head": (head, f"/my-school{SAMPLE}&school=900001"),
    "trustee": (trustee, f"/board{SAMPLE}"),
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_gets_where_they_want_to_on_the_sample(who: str, width: int, tasks: Server, open_page: Any) -> None:
    does, first = PEOPLE[who]
    hand = begin(open_page, tasks, first, width)
    does(hand, width)
    if who == "director" and width == WIDE:
        asks(hand, width)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """England of 2015/16 to 2017/18 as published, taken in and published by the command line: minutes, so for the soak alone.

    Where `REAL_HOME` names a home in which that was done before, a copy of it is taken.
    """
    home = tmp_path_factory.mktemp("real") / "home"
    if ready := os.environ.get("REAL_HOME"):
        shutil.copytree(ready, home)
    elif SHARED is not None:
        env = {**os.environ, "ALONGSIDE_HOME": str(home)}
        for command in (["import", str(SHARED / "realdata" / "england_2018")], ["publish"]):
            subprocess.run(
                [sys.executable, "pipeline.py", *command], cwd=ROOT, env=env, check=True, capture_output=True
            )
    else:
        pytest.skip("the real files are not beside the project")
    server = Server(home)
    yield server
    server.stop()


@pytest.mark.soak
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_gets_where_they_want_to_on_real_figures(who: str, width: int, real: Server, open_page: Any) -> None:
    does, first = PEOPLE[who]
    does(begin(open_page, real, first.split("?")[0] + REAL, width), width)

"""What a director, a head and a trustee do first, with Tab, Enter, Space and arrows only; each stop is seen and not covered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import screens
from tests.e2e.conftest import Server, calm, settled

pytestmark = pytest.mark.browser
MOST = 120  # stops before somebody gives up
IN_TIME, LOOK = 2000, 100  # milliseconds in which a stop must be seen, and between two looks
# Where the focus is: role and name as a person would say them, and what is wrong with how it is shown.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), shown = one.closest('label') ?? one;
  const name = (one.getAttribute('aria-label') || one.innerText || one.closest('label')?.innerText || one.value || '')
    .replace(/keyboard_arrow_\\w+\\s*/, '').trim();
  const ringed = node => node && (getComputedStyle(node).outlineStyle !== 'none' || getComputedStyle(node).boxShadow !== 'none');
  const area = shown.getBoundingClientRect(), top = document.elementFromPoint(
    Math.min(Math.max(area.x + area.width / 2, 0), innerWidth - 1), Math.min(Math.max(area.y + area.height / 2, 0), innerHeight - 1));
  const inside = area.right > 0 && area.left < innerWidth && area.bottom > 0 && area.top < innerHeight;
  const covered = top && !shown.contains(top) && !top.contains(shown);
  return {name, role: one.getAttribute('role') ?? one.tagName.toLowerCase(), id: one.id,
    wrong: one === document.body ? '' : !inside ? 'off the screen' : covered ? 'covered' : ringed(one) || ringed(shown) ? '' : 'not outlined'};
}"""
# Everything in the page's own part that a mouse could use, once for each group of radio buttons.
USABLE = """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], button, summary, input, select, textarea, [role=combobox])')]
  .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !one.closest('[aria-hidden=true], [data-testid=stElementToolbar]'))
  .filter(one => one.type !== 'file').length"""
# What unfolds moves all below it for half a second: nobody goes on from there before it stands.
STANDS = "() => !document.getAnimations().some(one => one.effect?.target?.tagName === 'DETAILS')"
MARK = "() => { document.activeElement.dataset.met = '1'; return document.querySelectorAll('[data-testid=stMain] [data-met]').length }"


class Keys:
    """A person at a keyboard: where the focus is, and how many stops it took."""

    def __init__(self, watched: Any) -> None:
        self.watched, self.page, self.stops = watched, watched.page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def focus(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(FOCUS)
        return found

    def shown(self) -> dict[str, str]:
        """Where the focus is, once it is seen there: the page scrolls to it, and unfolds or folds what stands over it, in its time."""
        found = self.focus()
        for _ in range(IN_TIME // LOOK):
            if not found["wrong"]:
                return found
            self.page.wait_for_timeout(LOOK)
            found = self.focus()
        raise AssertionError(f"{found['name']!r}: {found['wrong']}")

    def reach(self, name: str, role: str = "", key: str = "Tab") -> None:
        """Tab, or back with Shift and Tab, until the focus is on what is called so."""
        self.page.wait_for_function(STANDS)
        for _ in range(MOST):
            self.press(key)
            self.stops += 1
            found = self.shown()
            if re.search(name, found["name"]) and role in ("", found["role"]):
                return
        raise AssertionError(f"{name!r} is not reached by {MOST} stops")

    def skip(self) -> None:
        """Past the menu, by the page's first stop."""
        self.page.evaluate("document.activeElement.blur()")
        self.reach("^Skip to main content$")
        self.press("Enter")
        assert self.focus()["id"] == "stMain"

    def use(self, name: str, heading: str, key: str = "Enter") -> None:
        """Reach it, use it, and wait for the finding that comes."""
        self.reach(name)
        self.press(key)
        self.finding(heading)

    def finding(self, words: str) -> None:
        self.page.wait_for_function(
            "(words) => [...document.querySelectorAll('h1')].some(one => new RegExp(words).test(one.innerText))",
            arg=words,
        )
        settled(self.page)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with screens.sample_server(tmp_path_factory.mktemp("keys")) as server:
        yield server


def start(server: Server, open_page: Any, words: str, heading: str) -> Keys:
    keys = Keys(open_page(server, "/"))
    settled(keys.page)
    keys.use(f"^{words}$", heading)
    return keys


def test_a_director_chooses_looks_and_takes_a_table_away(started: Server, open_page: Any) -> None:
    keys = start(started, open_page, "I lead several schools", "could share a strength")
    keys.skip()
    keys.reach("^Partnership", "combobox")
    keys.reach("^Phase", "combobox")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.page.wait_for_url("**phase=secondary**")
    keys.finding("secondary schools")
    keys.skip()
    keys.reach("^Hide school names$")
    keys.press("Space")
    keys.page.wait_for_url("**hide=1**")
    settled(keys.page)
    keys.press("Space")
    keys.page.wait_for_url("**hide=0**")
    settled(keys.page)
    keys.reach("^The same as a table, and download$")
    keys.press("Enter")
    with keys.page.expect_download() as taken:
        keys.reach("^Download as CSV$")
        keys.press("Enter")
    assert Path(taken.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    keys.use("^Next: see who may need what", "may need support")
    keys.skip()
    keys.use("^Plan with our days$", "proposal|offer|need")
    keys.skip()
    keys.reach("^Not this pair$")
    keys.press("Space")
    keys.page.wait_for_url("**apart=**")
    calm(keys.watched)


def test_a_head_looks_at_the_school_asks_why_and_finds_another(started: Server, open_page: Any) -> None:
    keys = start(started, open_page, "I lead one school", "^Lower Quennet")
    keys.skip()
    keys.use("^Why does it say this", "worked out again|come out the same|by its latest inspection|accounts")
    keys.skip()
    keys.use("^Back to|My school", "^Lower Quennet")
    keys.skip()
    keys.reach("^Find another school")
    keys.page.keyboard.type("tolvertn")
    keys.press("Enter")
    keys.page.wait_for_selector("text=Tolverton Junior School")
    settled(keys.page)
    keys.use("Tolverton Junior School", "^Tolverton")
    calm(keys.watched)


def test_a_trustee_reads_presents_and_makes_the_pack(started: Server, open_page: Any) -> None:
    keys = start(started, open_page, "I sit on a board", "may need support|could share")
    keys.skip()
    keys.use("^Present$", "could share|strength|support")
    keys.page.wait_for_url("**/board-present?**")  # the page before has a finding of such words too
    keys.finding("could share|strength|support")
    for key, words in (("ArrowRight", "2 of "), ("End", r"(\d+) of \1\."), ("Home", "1 of ")):
        keys.press(key)
        keys.page.wait_for_function(
            "(words) => new RegExp(words).test(document.querySelector('[data-testid=stMain]').innerText)", arg=words
        )
        settled(keys.page)
    keys.page.goto(f"{started.base}/board-pack?data=sample&partnership=90001")
    settled(keys.page)
    keys.skip()
    keys.reach("^Make the pack now$", "button")
    keys.press("Enter")
    keys.page.wait_for_selector("text=Slides (PPTX)")
    settled(keys.page)
    with keys.page.expect_download() as taken:
        keys.reach(r"^Slides \(PPTX\)$")
        keys.press("Enter")
    assert Path(taken.value.path()).read_bytes().startswith(b"PK")
    calm(keys.watched)


@pytest.mark.parametrize(
    "path",
    ["overview", "support", "support-plan", "my-school", "board", "board-present", "board-pack", "data", "registers"],
)
def test_everything_that_a_mouse_can_use_is_a_stop(started: Server, open_page: Any, path: str) -> None:
    keys = Keys(open_page(started, f"/{path}?data=sample&partnership=90001&school=900001"))
    settled(keys.page)
    if keys.page.locator("nav").count():
        keys.skip()
    wanted, met = keys.page.evaluate(USABLE), 0
    for _ in range(2 * wanted + 20):
        keys.press("Tab")
        if keys.shown()["role"] == "body":
            break
        met = keys.page.evaluate(MARK)
    assert met >= wanted


def test_a_narrow_screen_has_its_menu_by_keyboard(started: Server, open_page: Any) -> None:
    keys = Keys(open_page(started, "/support?data=sample&partnership=90001", 390))
    settled(keys.page)
    keys.reach("^Expand sidebar$")
    assert keys.stops <= 3  # no stop in a menu that is folded away
    keys.press("Enter")
    keys.page.wait_for_function("() => document.querySelector('.stSidebar').getBoundingClientRect().left >= 0")
    keys.reach("^Overview$", key="Shift+Tab")  # the menu stands before its button
    keys.press("Enter")
    keys.finding("could share a strength")
    calm(keys.watched)

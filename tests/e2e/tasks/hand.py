"""A person at a page: what they press and type is counted, and what they look for must be on the screen.

A click is one press on a link, a button, a switch or a line that unfolds; a choice from a list is two, to open it and to
choose. Words typed count apart, and so do keys. Waits for the page, never for a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Server, Watched, settled

# Streamlit's own probes below a page's path, tried first when a page is opened by direct link.
PROBES = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
PATIENCE = 60_000  # milliseconds: a task that waits longer has lost its way
SHOWS = "(words) => new RegExp(words).test(document.querySelector('[data-testid=stMain]')?.innerText ?? '')"


@dataclass
class Hand:
    """One person in one browser. `clicks`, `typed` (words) and `keys` so far."""

    watched: Watched
    clicks: int = 0
    typed: int = 0
    keys: int = 0

    @property
    def page(self) -> Any:
        return self.watched.page

    @property
    def title(self) -> str:
        """The finding of the page that is open."""
        return str(self.page.inner_text("h1"))

    @property
    def screen(self) -> str:
        """All words of the page that is open, once it is drawn to its end."""
        self.sees("What this shows")
        return str(self.page.inner_text('[data-testid="stMain"]'))

    def settle(self) -> None:
        settled(self.page)

    def sees(self, words: str) -> None:
        """Wait until the page says it: a pattern."""
        self.page.wait_for_function(SHOWS, arg=words)
        self.settle()

    def gone(self, button: str) -> None:
        """Wait until there is nothing left to press of that name."""
        self.page.get_by_role("button", name=button).first.wait_for(state="detached")
        self.settle()

    def at(self, path: str) -> None:
        """Wait until the page of this path is open and has its heading."""
        self.page.wait_for_url(re.compile(rf"/{path}\?"))
        self.settle()

    def link(self, name: str, *, to: str = "", menu: bool = False) -> None:
        where = self.page.get_by_test_id("stSidebar") if menu else self.page.get_by_test_id("stMain")
        self._press(where.get_by_role("link", name=name, exact=True).first)
        if to:
            self.at(to)

    def button(self, name: str) -> None:
        self._press(self.page.get_by_role("button", name=name).first)

    def tick(self, name: str) -> None:
        """A switch or a box, by its words."""
        self._press(self.page.get_by_test_id("stMain").get_by_text(name, exact=True).first)

    def unfold(self, name: str) -> None:
        self._press(self.page.locator("summary", has_text=name).first)

    def choose(self, label: str, option: str) -> None:
        self._press(self.page.get_by_role("combobox", name=label).first)
        self._press(self.page.get_by_role("option", name=option).first)

    def write(self, label: str, text: str) -> None:
        """Type into a box and leave it by the tab key."""
        box = self.page.get_by_label(label, exact=True).first
        box.fill(text)
        box.press("Tab")
        self.typed += len(text.split())
        self.settle()

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1
        self.settle()

    def download(self, name: str) -> bytes:
        """Press a button that gives a file; its bytes."""
        with self.page.expect_download() as given:
            self.button(name)
        return Path(given.value.path()).read_bytes()

    def drop(self, name: str, content: bytes) -> None:
        """Choose one file for the page to read."""
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.page.locator("input[type=file]").first.set_input_files(files=[file])
        self.clicks += 1
        self.settle()

    def _press(self, what: Any) -> None:
        what.click()
        self.clicks += 1
        self.settle()


def begin(open_page: Any, server: Server, path: str, width: int = 1280) -> Hand:
    """Somebody at the first screen of theirs."""
    hand = Hand(open_page(server, path, width))
    hand.page.context.set_default_timeout(PATIENCE)
    hand.settle()
    return hand


def calm(hand: Hand) -> None:
    """Nothing left the machine, no error reached the console, and no page shows one."""
    assert hand.watched.abroad == []
    assert [error for error in hand.watched.errors if not PROBES.search(error)] == []
    assert "Traceback" not in hand.page.inner_text("body")

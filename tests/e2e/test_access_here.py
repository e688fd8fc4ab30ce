"""Without sign-in, in a browser: other addresses of the server and other names of this computer are shown nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.store.engine import place
from pages.shell.registry import PAGES
from tests.e2e.conftest import CHROMIUM, SLOW, Server, settled
from tests.views import region

pytestmark = pytest.mark.browser
REFUSED = "Alongside shows nothing here"
NAMES = tuple(name for name in region.NAMES.values() if name != region.NASTY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("here") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(folder))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        region.fill(place("sample"))
        yield folder


def shown(page: Any, address: str) -> tuple[str, list[str]]:
    """The first heading, and the schools named on the page or in what was sent to it."""
    sent: list[bytes] = []
    page.on("websocket", lambda one: one.on("framereceived", lambda part: sent.append(bytes(part) if isinstance(part, bytes) else part.encode())))  # fmt: skip
    page.goto(address)
    settled(page)
    everything, drawn = b"".join(sent), page.content()
    assert everything  # the server was listened to
    return str(page.inner_text("h1")), [name for name in NAMES if name in drawn or name.encode() in everything]


def test_a_server_that_listens_for_others_shows_nothing_even_here(home: Path, browser: Any) -> None:
    server = Server(home, more=["--server.address", "0.0.0.0"])
    page = browser.new_context().new_page()
    page.set_default_timeout(SLOW)
    try:
        for spec in PAGES:
            assert shown(page, f"{server.base}/{spec.path}?school=900001") == (REFUSED, []), spec.key
        assert "--server.address localhost" in page.inner_text("body")
    finally:
        page.context.close()
        server.stop()


def test_another_name_for_this_computer_is_shown_nothing(home: Path, browser: Any) -> None:
    """A page elsewhere can give its own name this computer's address (DNS rebinding): the name gives it away."""
    server = Server(home)
    rebound = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP rebound.example 127.0.0.1"]
    )
    try:
        page = rebound.new_page()
        page.set_default_timeout(SLOW)
        assert shown(page, f"http://rebound.example:{server.port}/overview") == (REFUSED, [])
        heading, told = shown(rebound.new_page(), f"http://127.0.0.1:{server.port}/overview")
        assert heading != REFUSED
        assert NAMES[0] in told
    finally:
        rebound.close()
        server.stop()

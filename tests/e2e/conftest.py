"""A real browser against a real server. Skipped, saying so, where no Chromium or no Playwright is found."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SLOW = 180_000  # milliseconds: machines are shared; nothing here is a measurement
# Streamlit's own probes, tried below a page's path first when a page is opened by direct link; it then finds them.
PROBES = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
# The script has run to its end, and each of its elements has come: Streamlit fetches the code of some when they are first drawn.
DRAWN = """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning] h1')
  && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-testid=stAppSkeleton]')"""


def settled(page: Any) -> None:
    """Wait until the page is drawn to its end: the first paint is not the last."""
    page.wait_for_function(DRAWN)


@dataclass
class Watched:
    """A page and all that went wrong on it: console errors, requests that leave the machine, tracebacks."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)


class Server:
    """The app in a process of its own, with a home of its own."""

    def __init__(
        self, home: Path, *, plain: bool = False, more: Sequence[str] = (), env: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        start = ["-m", "streamlit", "run", "app.py"] if plain else ["-m", "pages.shell.serve"]
        self.base = f"http://localhost:{self.port}"
        self.log = home / "server.log"
        home.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *start, "--server.port", str(self.port), "--server.headless", "true", *more],
                cwd=ROOT, env={**os.environ, "ALONGSIDE_HOME": str(home), **(env or {})}, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"the app did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield opened
        opened.close()


def watch(page: Any, server: Server) -> Watched:
    """From now on what goes wrong on this page is noted."""
    watched = Watched(page, server.base)
    page.on(
        "console",
        lambda m: watched.errors.append(f"{m.text} {m.location.get('url')}") if m.type == "error" else None,
    )
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith((server.base, server.base.replace("http", "ws"), "data:", "blob:"))
            else watched.abroad.append(r.url)
        ),
    )
    return watched


def calm(watched: Watched) -> None:
    assert watched.abroad == []
    assert [error for error in watched.errors if not PROBES.search(error)] == []
    assert "Traceback" not in watched.page.inner_text("body")


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Opens a watched page on a server: `open_page(server, path, width=1280)`."""
    contexts = []

    def opened(server: Server, path: str = "/", width: int = 1280) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        context.set_default_timeout(SLOW)
        contexts.append(context)
        watched = watch(context.new_page(), server)
        page = watched.page
        page.goto(server.base + path)
        page.wait_for_selector("h1")
        return watched

    yield opened
    for context in contexts:
        context.close()

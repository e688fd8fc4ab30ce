"""What a person without a shell does with files, in a browser: drop, look, say yes, take back."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Server
from tests.published_files import ks2_rows, register

pytestmark = pytest.mark.browser
NAMES = {100001: "Elm Primary School", 100002: "Oak Junior School"}
KS2 = "2017-2018_england_ks2final.csv"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path / "home")
    yield started
    started.stop()


def drop(page: Any, *files: Path) -> None:
    page.locator("input[type=file]").first.set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Read these files").click()
    page.get_by_text("Nothing has been taken in yet.").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_drop_look_say_yes_and_take_back(server: Server, tmp_path: Path, open_page: Any, width: int) -> None:
    schools, results = tmp_path / "edubasealldata20180901.csv", tmp_path / KS2
    schools.write_bytes(register(NAMES))
    results.write_bytes(ks2_rows({100001: "50%", 100002: "61%"}))
    watched = open_page(server, "/own-schools?data=own", width)
    page = watched.page
    drop(page, schools, results)
    page.get_by_role("button", name="Take these files in").click()
    page.get_by_role("heading", name="What became of each file").wait_for()
    page.get_by_role("button", name="Make the figures").wait_for()

    results.write_bytes(ks2_rows({100001: "55%", 100002: "61%"}))
    page.goto(server.base + "/data-add?data=own")
    page.wait_for_selector("h1")
    drop(page, results)
    page.get_by_text(f"Takes the place of {KS2}: 1 school differs.").wait_for()
    page.get_by_role("button", name="Take these files in").click()
    page.get_by_role("heading", name="What became of each file").wait_for()

    page.goto(server.base + "/data-history?data=own&file=3")
    page.get_by_role("button", name="Take this file back").click()
    page.get_by_text(f"the earlier {KS2} will be in use again").wait_for()
    page.get_by_role("button", name="Yes, take it back").click()
    page.get_by_text(f"In use again: the earlier {KS2}.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("summary", has_text=re.compile("[Dd]ownload")).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["number"], row["state"]) for row in rows] == [("3", "undone"), ("2", "live"), ("1", "live")]
    assert download.value.suggested_filename == "files-taken-in.csv"
    assert watched.abroad == []
    assert "Traceback" not in page.inner_text("body")

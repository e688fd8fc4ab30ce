"""Accessibility of every view: nothing serious or critical of ours, in both themes, at 1280, 390 and 320 pixels; no view is
wider than its screen; headings, names and landmarks are there. What the toolkit causes stands in `about.KNOWN` and in the
accessibility statement, with its issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pages.shell.registry import BY_KEY, DEFAULT, PAGES, PageSpec
from tests.e2e import screens
from tests.e2e.conftest import Server

pytestmark = pytest.mark.browser
CHOSEN = "data=sample&partnership=90001&school=900001"
LARGE = {"how_it_works": (1280, 320)}  # thousands of elements: the third width is for the soak, too
MORE = [
    ("how_it_works", f"view={part}")
    for part in ("methods", "how_well", "checks", "words", "figures", "limits", "access")
]
MORE += [(key, "hide=1") for key in ("overview", "support", "support_plan", "similar_schools", "board")]
MORE += [
    ("my_school", f"school={urn}") for urn in (900017, 900023, 900025)
]  # an infant, a large secondary, a special school
MORE += [("board_present", f"sheet={at}&notes=1") for at in (2, 4, 6)]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with screens.sample_server(tmp_path_factory.mktemp("axe")) as server:
        yield server


@pytest.fixture(scope="module")
def screen(browser: Any) -> Iterator[Any]:
    with screens.screen(browser) as page:
        yield page


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_a_view_is_accessible_in_both_themes_at_three_widths(started: Server, screen: Any, spec: PageSpec) -> None:
    path = "" if spec.key == DEFAULT else spec.path  # the first screen has no path of its own
    screens.opened(screen, f"{started.base}/{path}?{CHOSEN}")
    assert screens.structure(screen, spec.title) == []
    assert screens.found(screen, LARGE.get(spec.key, screens.WIDTHS)) == []


@pytest.mark.soak
@pytest.mark.parametrize(("key", "query"), MORE, ids=[f"{key} {query}" for key, query in MORE])
def test_a_view_is_accessible_in_its_other_states(started: Server, screen: Any, key: str, query: str) -> None:
    screens.opened(screen, f"{started.base}/{BY_KEY[key].path}?{CHOSEN}&{query}")
    assert screens.structure(screen, BY_KEY[key].title) == []
    assert screens.found(screen) == []

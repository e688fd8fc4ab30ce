"""Every view in a browser, by its own link: it draws itself, complains of nothing and asks no other machine. Accessibility:
nothing serious or critical of ours, in both themes, at 1280, 390 and 320 pixels; no view is wider than its screen; headings,
names and landmarks are there. What the toolkit causes stands in `about.KNOWN` and in the accessibility statement, with its issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pages.shell.registry import BY_KEY, DEFAULT, PAGES, PageSpec
from tests.e2e import screens
from tests.e2e.conftest import Server, Watched, calm, watch

pytestmark = pytest.mark.browser
CHOSEN = "data=sample&partnership=90001&school=900001"
# Pages about our own store, or about people, and the first screen, which says it in words of its own.
NO_SCHOOLS = ("welcome", "own_schools", "people", "audit", "access_table", "privacy")
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
def watched(browser: Any, started: Server) -> Iterator[Watched]:
    with screens.screen(browser) as page:
        yield watch(page, started)


@pytest.fixture
def screen(watched: Watched) -> Any:
    watched.errors.clear()  # each view answers for itself
    watched.abroad.clear()
    return watched.page


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_a_view_is_accessible_in_both_themes_at_three_widths(
    started: Server, watched: Watched, screen: Any, spec: PageSpec
) -> None:
    path = "" if spec.key == DEFAULT else spec.path  # the first screen has no path of its own
    screens.opened(screen, f"{started.base}/{path}?{CHOSEN}")
    if spec.key not in NO_SCHOOLS:
        screen.wait_for_selector("text=Sample data: fictional schools")
    assert screen.locator("[role=dialog]").count() == 0
    assert screens.structure(screen, spec.title) == []
    assert screens.found(screen, LARGE.get(spec.key, screens.WIDTHS)) == []
    calm(watched)


@pytest.mark.soak
@pytest.mark.parametrize(("key", "query"), MORE, ids=[f"{key} {query}" for key, query in MORE])
def test_a_view_is_accessible_in_its_other_states(started: Server, screen: Any, key: str, query: str) -> None:
    screens.opened(screen, f"{started.base}/{BY_KEY[key].path}?{CHOSEN}&{query}")
    assert screens.structure(screen, BY_KEY[key].title) == []
    assert screens.found(screen) == []

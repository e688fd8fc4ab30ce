"""The pages: one row per page or view. Adding one is one file in `pages/views/` and one row here.

Says nothing about what is allowed: `session.guard` does. Imports no streamlit, so that tests can read it anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

VIEWS = Path(__file__).parents[1] / "views"
Audience = Literal["director", "head", "trustee"]
EVERYONE: frozenset[Audience] = frozenset(("director", "head", "trustee"))
AUDIENCES: Mapping[Audience, str] = MappingProxyType(
    {"director": "I lead several schools", "head": "I lead one school", "trustee": "I sit on a board"}
)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. `path` is its place in the address; `audience` whose menu lists it; `hidden` pages are in no menu.

    Every page is reachable by its link, whatever the menu lists: a menu is for calm, not for protection.
    `needs_figures`: whether the page makes sense only where figures have been made.
    """

    key: str
    title: str
    section: str
    path: str
    file: str
    audience: frozenset[Audience]
    hidden: bool = False
    needs_figures: bool = True

    @property
    def script(self) -> Path:
        return VIEWS / self.file


def _page(key: str, title: str, section: str, audience: frozenset[Audience]) -> PageSpec:
    return PageSpec(key, title, section, key.replace("_", "-"), f"{key}.py", audience)


def _inside(key: str, title: str, section: str) -> PageSpec:
    """A view inside a page: reached from there and by its link, in no menu."""
    return PageSpec(key, title, section, key.replace("_", "-"), f"{key}.py", EVERYONE, hidden=True, needs_figures=False)


def _plan(key: str, title: str) -> PageSpec:
    """A view inside a page of Support, which rests on figures."""
    return PageSpec(key, title, "Support", key.replace("_", "-"), f"{key}.py", EVERYONE, hidden=True)


def _ours(key: str, title: str) -> PageSpec:
    """A view inside Overview or Money, which rests on figures."""
    return PageSpec(key, title, "Our schools", key.replace("_", "-"), f"{key}.py", EVERYONE, hidden=True)


def _board(key: str, title: str) -> PageSpec:
    """A view inside the board's page."""
    return PageSpec(key, title, "Board", key.replace("_", "-"), f"{key}.py", EVERYONE, hidden=True)


DIRECTOR: frozenset[Audience] = frozenset(("director",))
HEAD: frozenset[Audience] = frozenset(("director", "head"))
BOARD: frozenset[Audience] = frozenset(("director", "trustee"))

PAGES: tuple[PageSpec, ...] = (
    PageSpec("welcome", "Welcome", "Start", "welcome", "welcome.py", EVERYONE, hidden=True, needs_figures=False),
    PageSpec(
        "own_schools", "Use our own schools", "Start", "own-schools", "own_schools.py", EVERYONE, hidden=True,
        needs_figures=False,
    ),
    _page("overview", "Overview", "Our schools", DIRECTOR),
    PageSpec("overview_funnel", "Small numbers", "Our schools", "overview-funnel", "overview_funnel.py", EVERYONE, hidden=True),
    _ours("overview_area", "An area"),
    _ours("overview_gap", "Gap and consistency"),
    _ours("overview_inspection", "Inspection"),
    _page("money", "Money", "Our schools", DIRECTOR),
    _ours("money_spend", "Results beside spending"),
    _ours("money_small", "Small schools"),
    _ours("overview_trusts", "Compare trusts"),
    _ours("overview_changed", "What changed"),
    PageSpec("saved", "Saved views and watched schools", "Our schools", "saved", "saved.py", EVERYONE, hidden=True),
    _page("support", "Where support could go", "Support", DIRECTOR),
    _plan("support_who", "Who could help"),
    _plan("support_plan", "Plan with our days"),
    _plan("support_asked", "Could be asked"),
    _plan("support_groups", "Working groups"),
    _page("agreed", "Agreed support", "Support", HEAD),
    _plan("agreed_one", "One agreement"),
    _plan("agreed_days", "Days by term"),
    _plan("agreed_map", "Map of support"),
    _plan("services", "Services"),
    _page("did_it_help", "Did it help?", "Support", BOARD),
    _plan("programme", "One programme"),
    _plan("programme_new", "Set down a programme"),
    _page("my_school", "My school", "A school", HEAD),
    PageSpec("our_reply", "What is said of us, and our reply", "A school", "our-reply", "our_reply.py", EVERYONE, hidden=True),
    PageSpec("why", "Why does it say this?", "A school", "why", "why.py", EVERYONE, hidden=True),
    PageSpec("my_support", "What we get, give and buy", "A school", "my-support", "my_support.py", EVERYONE, hidden=True),
    _page("similar_schools", "Similar schools", "A school", HEAD),
    PageSpec("near_schools", "Schools nearby", "A school", "near-schools", "near_schools.py", EVERYONE, hidden=True),
    _page("board", "Board page", "Board", BOARD),
    _board("board_present", "Present"),
    _board("board_pack", "Make the pack"),
    _board("board_questions", "Earlier questions and answers"),
    _page("partnership", "Our partnership", "Running it", DIRECTOR),
    _inside("registers", "What people have entered", "About"),
    PageSpec("data_page", "Data", "About", "data", "data_page.py", DIRECTOR, needs_figures=False),
    _inside("data_add", "Add files", "About"),
    _inside("data_history", "Every file", "About"),
    _inside("data_corrections", "Corrections and our own figures", "About"),
    _inside("people", "People and access", "About"),
    _inside("audit", "What was done", "About"),
    _inside("access_table", "Who may see what", "About"),
    _inside("privacy", "Privacy and your own data", "About"),
    PageSpec("how_it_works", "How it works", "About", "how-it-works", "how_it_works.py", EVERYONE, needs_figures=False),
)  # fmt: skip
BY_KEY: Mapping[str, PageSpec] = MappingProxyType({page.key: page for page in PAGES})
DEFAULT = "welcome"

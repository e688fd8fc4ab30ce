"""The menu: which pages it lists for whom. A menu is for calm; every page stays reachable by its link."""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.navigation.page import Page

from pages.shell import address
from pages.shell.registry import AUDIENCES, BY_KEY, DEFAULT, PAGES, Audience, PageSpec


def audience() -> Audience:
    """Who was said to be looking on the first screen; a director's menu lists every page."""
    who = address.wanted("who")
    if who not in AUDIENCES:
        return "director"
    address.keep("who", str(who))
    return cast(Audience, who)


def sections(who: Audience) -> dict[str, list[Page]]:
    """Section -> its pages, for `st.navigation`. Pages of other audiences are there but not listed."""
    found: dict[str, list[Page]] = {}
    for spec in PAGES:
        found.setdefault(spec.section, []).append(_page(spec, listed=not spec.hidden and who in spec.audience))
    return found


def _page(spec: PageSpec, *, listed: bool) -> Page:
    return st.Page(
        spec.script, title=spec.title, url_path=spec.path, default=spec.key == DEFAULT,
        visibility="visible" if listed else "hidden",
    )  # fmt: skip


def draw_role() -> None:
    """At the foot of the menu: back to the first screen, where one says who one is."""
    with st.sidebar:
        st.page_link(BY_KEY[DEFAULT].script, label="Start again: who are you?", query_params=address.present())

"""The menu: which pages it lists for whom. A menu is for calm; what may be opened is the guard's to say."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from types import MappingProxyType
from typing import cast

import streamlit as st
from streamlit.navigation.page import Page

from data.access import permissions
from data.access.scope import Role, Scope
from pages.shell import address
from pages.shell.door import entrance
from pages.shell.registry import AUDIENCES, DEFAULT, EVERYONE, PAGES, Audience, PageSpec

# Whose menu a role looks at; those who look after Alongside have whatever they may open.
OF_ROLE: Mapping[Role, frozenset[Audience]] = MappingProxyType(
    {
        "director": frozenset(("director",)), "adviser": frozenset(("director",)), "headteacher": frozenset(("head",)),
        "governor": frozenset(("trustee",)), "administrator": EVERYONE, "auditor": EVERYONE,
    }
)  # fmt: skip


def audience() -> Audience:
    """Who was said to be looking on the first screen; a director's menu lists every page."""
    who = address.wanted("who")
    if who not in AUDIENCES:
        return "director"
    address.keep("who", str(who))
    return cast(Audience, who)


def listed(spec: PageSpec, scope: Scope | None) -> bool:
    """Whether the menu lists a page: for somebody signed in by their roles, else by who was said to be looking."""
    return _listed(spec, scope, _theirs(scope))


def _theirs(scope: Scope | None) -> frozenset[Audience]:
    if scope is None:
        return frozenset()
    return frozenset((audience(),)) if scope.owner else frozenset().union(*(OF_ROLE[role] for role in scope.roles))


def _listed(spec: PageSpec, scope: Scope | None, theirs: frozenset[Audience]) -> bool:
    return not spec.hidden and scope is not None and bool(theirs & spec.audience) and permissions.may(scope, spec.key)


def sections(scope: Scope | None) -> dict[str, list[Page]]:
    """Section -> its pages, for `st.navigation`. Pages that are not listed are there too: their links meet the guard."""
    found: dict[str, list[Page]] = {}
    theirs = _theirs(scope)
    st.session_state[address.PAGES] = pages = {}
    for spec in PAGES:
        pages[spec.key] = page = _page(spec, shown=_listed(spec, scope, theirs))
        found.setdefault(spec.section, []).append(page)
    return found


def _page(spec: PageSpec, *, shown: bool) -> Page:
    """A page of this run's own. Streamlit looks at the disk for each it makes, so each is made once and copied."""
    if (spec.key, shown) not in _made:
        made = _new(spec, shown=shown)
        if not hasattr(made, "_can_be_called"):  # outside a session it is half a page
            return made
        _made[spec.key, shown] = made
    return copy(_made[spec.key, shown])


_made: dict[tuple[str, bool], Page] = {}


def _new(spec: PageSpec, *, shown: bool) -> Page:
    return st.Page(
        spec.script, title=spec.title, url_path=spec.path, default=spec.key == DEFAULT,
        visibility="visible" if shown else "hidden",
    )  # fmt: skip


def draw_foot(scope: Scope | None) -> None:
    """At the foot of the menu: who is signed in and the way out; without sign-in, back to where one says who one is."""
    if scope is None:
        return
    if not scope.owner:
        entrance.draw_person(scope)
        return
    with st.sidebar:
        st.page_link(address.page_of(DEFAULT), label="Start again: who are you?", query_params=address.present())

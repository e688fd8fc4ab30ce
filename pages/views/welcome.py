"""First screen: who are you? Makes the sample region first where there is nothing yet.

Whoever is signed in has said who they are: they go on to what their roles use, and the sample is not spoken of.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from data.access.scope import Role
from data.store.engine import default_place
from pages.components import role_words, words
from pages.shell import address, finding, sample_region, session
from pages.shell.files import waiting
from pages.shell.registry import AUDIENCES, BY_KEY, Audience
from pages.shell.session import View

OPENS: dict[Audience, str] = {"director": "overview", "head": "my_school", "trustee": "board"}
QUIET: dict[Audience, str] = {
    "director": "A trust, a federation or an authority: where may support be needed, who could give it?",
    "head": "How are we doing next to schools like ours, what can we share, who could I phone?",
    "trustee": "What changed, and what should I ask?",
}
# Where each role begins.
BEGINS: Mapping[Role, str] = MappingProxyType(
    {
        "director": "overview", "headteacher": "my_school", "governor": "board", "adviser": "overview",
        "administrator": "data_page", "auditor": "audit",
    }
)  # fmt: skip
TITLES: Mapping[Role, str] = MappingProxyType(
    {
        "director": "Our schools together", "headteacher": "My school", "governor": "The board page",
        "adviser": "The schools you advise", "administrator": "Data, people and access", "auditor": "What was done",
    }
)  # fmt: skip


def make_sample() -> None:
    """Build the sample region in the page; stop here, with the reason, where that fails."""
    words.finding("Welcome to Alongside")
    words.paragraph(
        "Alongside opens on a made-up region, so that you can look round before you use your own schools. It is being "
        "made now, once; this takes less than a minute."
    )
    if waiting.wait("sample", "--json", lead="Making the sample region"):
        st.rerun()
    if st.button("Try again"):
        st.rerun()
    st.stop()


def open_at(who: Audience, view: View) -> None:
    """Go to the first page of this audience; on the sample, at its main trust and school."""
    start: dict[str, object] = {"who": who, "data": view.place.kind}
    if view.sample:
        start |= {"partnership": sample_region.CHILVER_VALE_UID, "school": sample_region.LOWER_QUENNET_URN}
    session.open_new(OPENS[who], **start)


def draw_find(view: View) -> None:
    """Straight to one school, by its name or number; not while names are hidden."""
    if address.wanted("hide") == "1":
        return
    words.heading("Or go straight to a school")
    typed = finding.field(st, "Find a school", key="welcome_find")
    urn = finding.draw(typed, finding.of_figures(view.publication_id), key="welcome-find")
    if urn is not None:
        session.open_new("my_school", who="head", data=view.place.kind, school=urn)


def draw(view: View) -> None:
    words.finding("See where one school can best support another")
    words.paragraph(
        "Alongside reads the files that the Department for Education and Ofsted publish and sets every school beside "
        "schools in similar circumstances. It shows strengths to share and where help might be welcome. "
        "People decide what to make of it."
    )
    words.heading("Who are you?")
    columns = st.columns(2) + st.columns(2)
    for column, (who, label) in zip(columns, AUDIENCES.items(), strict=False):
        with column, st.container(border=True, height="stretch"):
            if st.button(label, key=f"who-{who}", type="primary", width="stretch"):
                open_at(who, view)
            words.paragraph(QUIET[who], quiet=True)
    with columns[3], st.container(border=True, height="stretch"):
        if st.button("Use our own schools", key="who-own", width="stretch"):
            session.switch("own_schools", data="own")
        words.paragraph(
            "Drop in published files, then say which schools are yours. Nothing leaves this computer.", quiet=True
        )
    draw_find(view)
    if view.sample:
        words.note("The first three open the sample region: a made-up trust of 25 schools.")
        if default_place().kind == "own":
            session.go("overview", "Back to our own schools", data="own", partnership=None, school=None)
    else:
        session.go("welcome", "Look round the sample region instead", data="sample", partnership=None, school=None)
    words.source_line("DfE and Ofsted, as published", created=view.created, sample=view.sample)


def begin_at(role: Role) -> None:
    """Go to the first page of this role, at the person's own school or partnership."""
    key = BEGINS[role] if BEGINS[role] in BY_KEY else "data_page"
    grant = next(grant for grant in view.scope.grants if grant.role == role)
    start = {"partnership": grant.uid, "school": grant.urn}
    session.open_new(key, data="own", **{name: value for name, value in start.items() if value is not None})


def draw_signed_in(roles: tuple[Role, ...]) -> None:
    """Straight on for somebody with one role; the choice for somebody with several; words for whoever has none yet."""
    ready = [
        role
        for role in roles
        if view.has_figures or BEGINS[role] not in BY_KEY or not BY_KEY[BEGINS[role]].needs_figures
    ]
    if len(roles) == 1 and ready:
        begin_at(roles[0])
    words.finding(f"Welcome to Alongside, {view.scope.name}" if view.scope.name else "Welcome to Alongside")
    if not roles:
        words.paragraph("You have no role yet. Ask whoever looks after Alongside for you to give you one.")
    elif not view.has_figures:
        words.paragraph(
            "There are no figures yet. Whoever looks after Alongside for you adds the published files first."
        )
    columns = st.columns(2)
    for place, role in enumerate(ready):
        with columns[place % 2], st.container(border=True, height="stretch"):
            if st.button(TITLES[role], key=f"begin-{role}", type="primary", width="stretch"):
                begin_at(role)
            words.paragraph(f"As {role_words.ONE[role]}", quiet=True)


view = session.guard("welcome")
if not view.scope.owner:
    draw_signed_in(view.scope.roles)
    st.stop()
if view.sample and not view.has_figures:
    make_sample()
if not view.has_figures:
    session.switch("own_schools", data="own")
draw(view)

"""Saved views and watched schools: what a person keeps for themselves, and what is new there."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.results import School
from data.catalogue.vocabulary import PHASES
from data.register import mine
from data.register.rows import Entry
from data.store import publish
from data.store.engine import engine
from pages.components import changed_words, watch_words, words
from pages.components.names import Names
from pages.components.tables import Link, html_table
from pages.shell import address, cached, choice, keeping, session, since, watching
from pages.shell.door import identity
from pages.shell.registry import BY_KEY

view = session.guard("saved")
hide = address.wanted("hide") == "1"


def news(urns: frozenset[int]) -> tuple[Mapping[int, str], str]:
    """URN -> what is new of it since the figures before, and their day; ({}, "") where there are none to set beside."""
    earlier = since.earlier(view)
    if not earlier or not urns:
        return {}, ""
    found = since.published(view, urns, earlier[0])
    told = {urn: watch_words.whats_new([one for one in found if one.urn == urn]) for urn in urns}
    now = view.created.isoformat() if view.created else ""
    return told, changed_words.since_words(earlier[0].created, [now])


def draw_watched(watched: Mapping[int, int], told: Mapping[int, str]) -> None:
    words.heading("Schools you watch")
    if not watched:
        words.paragraph(
            'Open a school under My school and choose "Watch this school". It stands here then, with what is new.'
        )
        return
    rows = {row.urn: row for row in cached.rows(view.publication_id, School, urn=frozenset(watched))}
    label = names.with_others(watched).label
    here = sorted(rows, key=lambda urn: (label(urn), urn))
    frame = pd.DataFrame(
        {
            "School": [Link(label(urn), session.link("my_school", school=urn, phase=None)) for urn in here],
            "Phase": pd.Series([PHASES.get(rows[urn].phase or "") for urn in here], dtype=object),
            **({"What is new": [told[urn] for urn in here]} if told else {}),
        }
    )
    html_table(frame, words.count(len(here), "school"), wide=("What is new",) if told else ())
    if len(rows) < len(watched):
        words.paragraph(
            f"{words.count(len(watched) - len(rows), 'school')} that you watch are not in these figures.", quiet=True
        )
    stop(watched, {urn: label(urn) for urn in (*here, *sorted(watched.keys() - rows.keys()))})


def stop(watched: Mapping[int, int], labels: Mapping[int, str]) -> None:
    left, right = st.columns([3, 1.2], vertical_alignment="bottom")
    urn = left.selectbox(
        "A school to stop watching", list(labels), index=None, format_func=labels.__getitem__, key="unwatch",
        placeholder="Choose a school",
    )  # fmt: skip
    if right.button("Stop watching", key="unwatch_it", disabled=urn is None, width="stretch") and urn is not None:
        mine.remove(view.scope, engine(view.place), watching.KEY, watched[urn], now=identity.now())
        st.rerun()


def draw_views(views: tuple[Entry, ...]) -> None:
    words.heading("Saved views")
    if not views:
        words.paragraph('Every page has "Save or send this view" at its foot. What you save there stands here.')
        return
    whole = {info.publication_id: info for info in publish.listing(engine(view.place))}
    for one in views:
        page, info = BY_KEY[str(one.values["page"])], whole.get(str(one.values["figures"]))
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="content"):
                called = (
                    names.free(one.values["name"]) if not hide else f"{page.title}, saved on {words.day(one.created)}"
                )
                if session.may(page.key):
                    session.go(page.key, called, **keeping.choices_of(one))
                else:
                    words.paragraph(f"{called}: not open to you now.")
            with st.container(width="stretch"):
                words.paragraph(f"{page.title}. {figures_line(info, one)}", quiet=True)
            if st.button("Remove", key=f"remove-{one.entry_id}", type="tertiary"):
                mine.remove(view.scope, engine(view.place), keeping.KEY, one.entry_id, now=identity.now())
                st.rerun()


def figures_line(info: publish.PublicationInfo | None, one: Entry) -> str:
    """Which figures it opens on."""
    saved = f"Saved on {words.day(one.created)}"
    if info is None or not info.whole:
        return f"{saved}. Its figures are no longer kept: it opens on the newest."
    return f"{saved}, on the figures of {words.day(info.created)}."


partnerships = choice.partnerships(view.publication_id, view.place, view.scope)
_, ours = partnerships.get(address.wanted("partnership") or "", (None, frozenset()))  # whose school is called outside
names = Names.of(hide, cached.school_names(view.publication_id), ours)
watched, views = watching.watched(view), keeping.saved(view)
told, day = news(frozenset(watched))
new = sum(what != watch_words.NOTHING for what in told.values()) if day else None
words.finding(watch_words.finding(len(watched), len(views), new, f"the figures of {day}"))
draw_watched(watched, told)
draw_views(views)
words.caveat(*watch_words.CAVEAT)
words.source_line("the published files loaded", created=view.created, sample=view.sample)
if told:
    session.go("overview_changed", "Next: what changed, school by school")
session.go("overview", "Back to our schools")
session.go("my_school", "My school")

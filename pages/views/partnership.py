"""Our partnership: who are we? Its schools by phase, how to reach them, and what is not published of them."""

from __future__ import annotations

import streamlit as st

from analytics.facts import coverage
from analytics.results import SourceLine
from pages.components import partnership_words, words
from pages.components.downloads import csv_button
from pages.components.figures import sentence_start
from pages.components.names import WITHHELD
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import address, cached, session
from pages.shell.fair import private

view = session.guard("partnership")

MANY = 60  # schools, from which on they are shown a phase at a time


def _cards() -> None:
    for place, row in zip(st.columns(4), partnership_words.cards(found, choice.hide_names), strict=True):
        with place, st.container(border=True, height="stretch"):
            words.big_number(*row)


def _schools() -> None:
    """Every school; of a large partnership one phase at a time, for a list of hundreds is read by nobody."""
    words.heading("Our schools, phase by phase")
    shown = found
    if len(found) > MANY:
        html_table(
            partnership_words.phase_counts(found), "How many schools of each phase", numeric=("Schools", "Pupils")
        )
        phases = partnership_words.by_phase(found)
        which = address.settle(
            "of", tuple(phases), next(iter(phases)), str, "The link asks for a phase that we have no school of."
        )
        which = address.picker(st.columns([1, 2])[0], "of", "Schools of the phase", tuple(phases), which, str)
        shown = tuple(phases[which])
    lead = {one.school.urn: session.link("my_school", school=one.school.urn) for one in shown}
    table = partnership_words.table(shown, choice.names, lead if session.may("my_school") else {})
    html_table(table, f"Schools of {choice.called}", numeric=("Pupils",), by="Phase")
    reach = "Phones and websites are the schools' own, as the register gives them. No person is named."
    line = partnership_words.HIDDEN if choice.hide_names else partnership_words.unsaid(found) or reach
    words.paragraph(line, quiet=True)
    csv_button(
        partnership_words.download(found, choice.names), f"Our schools {choice.called}", key="members",
        about=partnership_words.ABOUT,
    )  # fmt: skip


def _silent() -> None:
    words.heading("What is not published of them")
    lines = partnership_words.silent_lines(found, choice.names)
    if lines:
        words.bullets(lines)
    else:
        words.paragraph("Each school has results, attendance, census figures, accounts and an inspection in the files.")
    session.go("data_page", "See which files are here, and which are missing")


def _lists() -> None:
    groups, members = private.own_partnerships(view)
    words.heading("Lists of our own")
    sizes = members.groupby("uid")["urn"].nunique().to_dict()
    if groups.empty:
        words.paragraph(
            "There are none. A list of your own can hold any schools: a cluster, a mission, a group of governors."
        )
    elif choice.hide_names:
        words.paragraph(f"{words.count(len(groups), 'list')}. {WITHHELD}")
    else:
        words.links(
            {
                f"{name} ({words.count(int(sizes.get(uid, 0)), 'school')})": session.link(
                    "partnership", partnership=uid
                )
                for uid, name in zip(groups["uid"], groups["name"], strict=True)
            },
            lead="",
        )
    session.go("own_schools", "Make or change a list")


choice = session.chosen(view, phase=False, year=False)
found = cached.worked_out(view.publication_id, coverage.members, choice.partnership.uid, choice.members)
words.finding(partnership_words.finding(found, choice.kind_words))
words.paragraph(
    f"{sentence_start(choice.called)}, by the register of schools. Pupils by the latest census, else by the register."
    + (" Independent schools in the area are not counted." if choice.partnership.kind == "la" else ""),
    quiet=True,
)
_cards()
if len(found) > MANY:
    _silent()
    _lists()
    _schools()
else:
    _schools()
    _silent()
    _lists()
words.caveat(
    "which schools belong together by the register, how to reach them, and of whom little is published.",
    "who decides what, or what was agreed. A school that joined this month may not be in the register yet.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, "", "gias", "ofsted"), created=view.created, sample=view.sample)
session.go("overview", "Next: see how our schools are, together")

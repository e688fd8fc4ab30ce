"""Board page: what should I know and ask? One printable screen; counts, not names, of what is not agreed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.results import SourceLine
from pages.components import board_words, words
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import fairness, members

view = session.guard("board")

PRINT = """<style>
@media print{
 [data-testid=stSidebar],[data-testid=stHeader],[data-testid=stToolbar],.stSelectbox,.stToggle,.stPageLink,
 .stCheckbox,.stButton,.stDownloadButton,.st-key-pickers{display:none!important}
 [data-testid=stMainBlockContainer]{padding:0!important;max-width:none!important}
 body,p,li{font-size:11pt}
}
</style>"""


def _question(question: str, answer: str) -> None:
    words.paragraph(answer, bold=question)


def _agreed() -> Mapping[str, list[str]]:
    """Area -> the schools that agreed that help is welcome there: no other school is named on this page."""
    labels: dict[str, list[str]] = {}
    agreed = [need for need in found.needs if found.fair.state(need.urn, need.area).kind == "agreed"]
    for need in agreed:
        labels.setdefault(need.area, []).append(choice.names.label(need.urn))
    if not choice.hide_names:
        fairness.remember_opened(view, "board", *(need.urn for need in agreed))
    return {area: sorted(set(names)) for area, names in labels.items()}


def _seen() -> frozenset[str]:
    """Areas in which every school counted was shown what is said of it."""
    areas = {need.area for need in found.needs}
    return frozenset(
        area for area in areas
        if not standing.first and all(need.urn in found.fair.shown for need in found.needs if need.area == area)
    )  # fmt: skip


st.html(PRINT)
with st.container(key="pickers"):
    choice = session.chosen(view)
found = members.members_of(view, choice)
standing = found.standing
years = max((row.years for row in found.scores), default=0)
words.finding(board_words.board_finding(standing, choice.phase))
words.paragraph(board_words.board_line(choice.partnership.name, standing, choice.phase, choice.time_period, years))
left, right = st.columns(2, gap="large")
with left:
    words.heading("What went well")
    words.bullets(
        board_words.well_lines(found.strengths) or ("No clear strength in published results: ask the schools.",)
    )
    words.heading("Three things to discuss")
    words.bullets(
        board_words.discuss_lines(
            standing.areas, standing.unknown, len(found.trust_needs), agreed=_agreed(), seen=_seen(), held=standing.held
        )
    )
    words.heading("What we do not know")
    words.bullets(board_words.UNKNOWN_LINES)
with right:
    words.heading("Questions to ask")
    for question, answer in board_words.questions(standing.areas, found.strengths, standing.unknown):
        _question(question, answer)
words.caveat(
    "how many of our schools stand out in published results, after intake, over the years pooled.",
    "which schools: a school is named only once it has agreed that help is welcome.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase), created=view.created, sample=view.sample)
session.go("overview", "Next: see every school, area by area")

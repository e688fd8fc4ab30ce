"""Set down a programme before it starts: what it should change, in which schools, and how that will be looked at."""

from __future__ import annotations

import secrets

import streamlit as st

from analytics.programmes.results import Design
from data.catalogue import AlongsideError
from pages.components import programme_words as said
from pages.components import words
from pages.components.figures import sentence_start
from pages.shell import session
from pages.shell.door import identity
from pages.shell.programmes import form, reading, setting_down, views
from pages.shell.programmes.setting_down import LARGEST_SEED, Draft

view = session.guard("programme_new")
TOLD = "programme_told"
KEPT = "It was set down. The comparison stays as it is, whatever figures come."


def preview(draft: Draft) -> Design | None:
    """What such a programme could show. With a draw the order is not told: it is drawn when the programme is kept."""
    words.heading("4. What this could show")
    with st.spinner("Looking for schools to compare with, and what could be noticed"):
        try:
            _, design = setting_down.foreseen(view, choice.members, draft, 0)
        except AlongsideError as error:
            words.problem(str(error))
            return None
    if design.refused:
        words.problem(design.refused)
        return design
    if design.detectable is not None:
        number = said.smallest_number(design.detectable, design.measure)
        words.big_number(number if draft.places is None else f"about {number}", said.smallest(design))
    words.paragraph(design.detectable_words)
    names = choice.names.with_others((*design.left_out, *design.unlike))
    missing = ([names.label(urn) for urn in urns] for urns in (design.left_out, design.unlike))
    words.bullets(said.design_lines(design, choice.kind_words, *missing))
    if draft.places is not None:
        words.paragraph(said.WITH_A_DRAW, quiet=True)
    return design


def keep(draft: Draft) -> None:
    """Kept at once: the entry, its schools, the draw and the comparison."""
    seed = 1 + secrets.randbelow(LARGEST_SEED) if draft.places is not None else None
    try:
        made = setting_down.keep(view, choice.partnership.uid, choice.members, draft, seed, now=identity.now())
    except AlongsideError as error:
        words.problem(str(error))
        return
    st.session_state[TOLD] = KEPT
    session.switch("programme", programme=made.entry_id)


def draw() -> None:
    draft = form.ask(view, choice)
    if draft is None:
        return
    design = preview(draft)
    left = form.unfilled(draft)
    if left:
        words.paragraph(f"Still needed: {words.listing(left)}.", quiet=True)
    label = "Set it down" if draft.places is None else "Set it down, and draw who starts first"
    if st.button(label, type="primary", key="programme_keep", disabled=bool(left or design is None or design.refused)):
        keep(draft)


choice = session.chosen(view, phase=False, year=False)
words.finding("Set down a programme before it starts")
words.paragraph(f"{sentence_start(choice.called)}. {said.NONE_YET}")
views.draw("programme_new")
if reading.may_set_down(view, choice.partnership.uid):
    draw()
else:
    words.paragraph("Directors and advisers of this partnership set its programmes down.")
words.caveat(
    "which schools would be compared, and how large an effect would have to be for anybody to notice it.",
    "whether the support will help; nothing is said of any one school.",
)
words.source_line("published results; what you enter is kept here", created=view.created, sample=view.sample)
session.go("did_it_help", "Back to every programme")

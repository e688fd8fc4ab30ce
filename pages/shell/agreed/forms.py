"""The forms of one agreement: the two answers, the log, pause and end, looking at it again. They only remember what is clicked."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.catalogue.standings import RUNNING, STANDINGS, WAITING, Standing
from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components import agreed_words, words
from pages.components.agreed_words import Row
from pages.shell.agreed.acts import Act, ask, key, may_answer, may_write
from pages.shell.agreed.looking import Looking

LOG = REGISTERS["log"].fields
LINES = tuple(one for one in LOG["what"].choices if one != "review")  # a review has a form of its own
ANSWERS: Mapping[str, tuple[Act, Act]] = {
    "giver_asked": ("giver_yes", "giver_no"), "receiver_asked": ("receiver_yes", "receiver_no"),
}  # fmt: skip
USES: tuple[Standing, ...] = ("active", "over")  # days


def draw_answers(look: Looking, entry: Entry, row: Row) -> None:
    """The question to the side whose answer it is, and who it waits for."""
    if row.standing not in WAITING:
        return
    giver = row.standing == "giver_asked"
    who, urn = (row.giver, entry.urn) if giver else (row.receiver, entry.other_urn)
    yes, no = ANSWERS[row.standing]
    words.heading(f"{who} is asked" if giver else f"{who} is asked next")
    words.paragraph(
        f"Would {who} give this support? It is asked first." if giver
        else f"{row.giver} said yes. Would {who} welcome this support?"
    )  # fmt: skip
    if not may_answer(look, entry, urn):
        words.paragraph("Only its head answers, and needs to give no reason.", quiet=True)
        return
    with st.container(horizontal=True):
        _button("Yes, we agree", yes, entry, primary=True)
        _button("Not this time", no, entry)
    words.paragraph("No reason is needed.", quiet=True)


def draw_review(look: Looking, entry: Entry, reasons: tuple[str, ...]) -> None:
    """Why it should be looked at again, and what was agreed then."""
    words.heading("Look at it again")
    words.bullets(reasons)
    if may_write(look, entry):
        with st.form(f"agreed-review-{entry.entry_id}"):
            st.text_area("What the schools agreed when they looked at it", key=key("review", "words", entry), height=90)
            _send("Keep what was agreed", "review", entry)


def draw_gone(look: Looking, entry: Entry, sentence: str) -> None:
    """New figures point to no need any more: asked, not assumed."""
    words.heading("Is it still wanted?")
    words.paragraph(sentence)
    if may_write(look, entry):
        with st.form(f"agreed-keep-{entry.entry_id}"):
            st.text_area("What the schools decided", key=key("keep", "words", entry), height=90)
            _send("Keep what was decided", "keep", entry)


def draw_log(look: Looking, entry: Entry, row: Row) -> None:
    """A line for the log: days used only while it runs."""
    if not may_write(look, entry) or row.standing not in RUNNING:
        return
    kinds = LINES if row.standing in USES else tuple(one for one in LINES if one != "visit")
    with st.form(f"agreed-log-{entry.entry_id}"):
        if "visit" in kinds:
            words.paragraph(agreed_words.log_hint(row), quiet=True)
        left, middle, right = st.columns(3)
        left.date_input("Day", look.today, format="DD/MM/YYYY", key=key("log", "day", entry))
        middle.selectbox("What", kinds, format_func=LOG["what"].choices.__getitem__, key=key("log", "what", entry))
        right.number_input(
            "Days used", min_value=0.0, max_value=float(LOG["days"].most), value=None, step=0.5, format="%g",
            key=key("log", "days", entry), disabled="visit" not in kinds,
        )  # fmt: skip
        st.text_area("In words (if you like)", key=key("log", "words", entry), height=90)
        _send("Add to the log", "log", entry)
    if "visit" not in kinds:
        words.paragraph(f"It is {STANDINGS[row.standing]}: no days are used now.", quiet=True)


def draw_course(look: Looking, entry: Entry, row: Row) -> None:
    """Pause with a reason, go on, end with what came of it."""
    if not may_write(look, entry) or row.standing not in RUNNING:
        return
    if row.standing == "paused":
        _button("Go on with it", "resume", entry, primary=True)
    elif row.standing != "over":
        with st.expander("Pause it", key=f"agreed_pause_{entry.entry_id}"), st.form(f"agreed-pause-{entry.entry_id}"):
            st.text_input("Why", key=key("pause", "reason", entry), placeholder="For instance a change of head")
            _send("Pause it", "pause", entry)
    with (
        st.expander("End it", expanded=row.standing == "over", key=f"agreed_end_{entry.entry_id}"),
        st.form(f"agreed-end-{entry.entry_id}"),
    ):
        last = min(look.today, row.ends)
        st.date_input("Last day", last, format="DD/MM/YYYY", key=key("end", "on", entry))
        st.text_area("What came of it, in the schools' words", key=key("end", "outcome", entry), height=90)
        _send("End it", "end", entry)


def _button(label: str, act: Act, entry: Entry, *, primary: bool = False) -> None:
    kind = "primary" if primary else "secondary"
    st.button(words.md(label), key=f"agreed_{act}_{entry.entry_id}", type=kind, on_click=ask, args=(act, entry))  # type: ignore[arg-type]


def _send(label: str, act: Act, entry: Entry) -> None:
    st.form_submit_button(words.md(label), key=f"agreed_{act}_send_{entry.entry_id}", on_click=ask, args=(act, entry))

"""The forms with which a school answers: where a need stands, a reply to a number, yes or not now to a question.

Whoever writes saves over what was on their page when its form was drawn, never over what came since: then both versions
are shown and one is chosen. What was typed stays in its box until it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analytics.results import Need
from data.register import statements
from data.register.declared import REGISTERS
from data.register.rows import EditConflict, Entry
from pages.components import reply_tables, words
from pages.components.measure_words import area_words
from pages.shell.entered import register_form, register_rows
from pages.shell.fair import replying
from pages.shell.session import View

NO_YEAR = 0
# Kept for a session: statements as they were drawn, by form; two versions to choose from; a question answered; a box to empty.
OPENED, BOTH, ASKED, SENT = "reply_opened", "reply_conflict", "reply_asked", "reply_sent"
KEPT = {
    "agreed": "Kept: you agree. Boards may be told so by name.",
    "differs": "Kept: you see it differently. Your words stand beside it wherever it is shown.",
}


@dataclass(frozen=True, slots=True)
class _Both:
    """Two versions of a statement, in one form."""

    form: str
    conflict: EditConflict


def draw_answers(view: View, urn: int, need: Need, who_reads: str) -> None:
    """The form of one need: its words and two buttons, or, where somebody was faster, the two versions."""
    form = f"{urn}-{need.area}-{need.basis}-{need.phase}"
    both: _Both | None = st.session_state.get(BOTH)
    if both is not None and both.form == form:
        _draw_both(view, urn, need.area, both)
        return
    there = statements.newest(replying.read(view, "need_state", urn), need.area)
    seen = _as_drawn(form, there)
    if _place(seen) != _place(there):
        words.note("Somebody in your school answered this since you opened the page. When you save you will see both.")
    words.paragraph(who_reads, quiet=True)
    with st.form(f"need-{form}", border=False):
        text = st.text_area(
            f"In your words, about {area_words(need.area)} (optional where you agree)",
            str(seen.values["words"] or "") if seen is not None else "",
            key=f"words-{form}",
        )
        with st.container(horizontal=True):
            agree = st.form_submit_button("We agree: help is welcome", key=f"agree-{form}")
            differ = st.form_submit_button("We see it differently", key=f"differ-{form}")
    if agree or differ:
        _state(view, urn, need.area, {"state": "agreed" if agree else "differs", "words": text}, seen, form)


def draw_reply(view: View, urn: int, subjects: Mapping[str, str], years: tuple[int, ...]) -> None:
    """The form of a reply to any number."""
    most = REGISTERS["reply"].fields["words"].most
    if st.session_state.pop(SENT, False):
        st.session_state["reply_words"] = ""
    with st.form("reply"):
        left, right = st.columns([3, 1])
        about = left.selectbox("About", list(subjects), format_func=subjects.__getitem__, key="reply_about")
        year = right.selectbox(
            "Year", (NO_YEAR, *years), format_func=lambda one: words.year(one) if one else "no year in particular",
            key="reply_year",
        )  # fmt: skip
        text = st.text_area(f"Your reply ({most:,} characters at most)", key="reply_words")
        sent = st.form_submit_button("Reply", key="reply_send")
    if sent:
        replying.done(
            lambda: replying.reply(view, urn, about, year or None, text), "Your reply is kept.",
            then=lambda: st.session_state.update({SENT: True}),
        )  # fmt: skip


def draw_take_back(row: Entry) -> None:
    """The button that withdraws a reply, as it was drawn."""
    st.button("Take this reply back", key=f"take-back-{row.entry_id}", type="tertiary", on_click=_ask, args=(row, ""))


def draw_yes_or_no(row: Entry) -> None:
    """The two answers to a question, as it was drawn."""
    with st.container(horizontal=True):
        st.button("Yes, we could", key=f"yes-{row.entry_id}", on_click=_ask, args=(row, "yes"))
        st.button("Not now", key=f"no-{row.entry_id}", on_click=_ask, args=(row, "declined"))


def do_asked(view: View) -> None:
    """Do what a button of the last run asked for, now that the guard knows who is there. It has the row as it was drawn."""
    asked: tuple[Entry, str] | None = st.session_state.pop(ASKED, None)
    if asked is None:
        return
    row, said = asked
    if not said:
        replying.done(
            lambda: replying.take_back(view, row), "Taken back. Its history is kept.",
            faster="Somebody in your school changed or took back this reply since you opened the page. It was left as it is.",
        )  # fmt: skip
        return
    replying.done(
        lambda: replying.answer(view, row, "yes" if said == "yes" else "declined"),
        "Kept: you said yes." if said == "yes" else "Kept: not now. Nobody is asked why.",
        faster=f"Somebody answered this question since you opened the page, so yours was not saved. You chose: "
        f"{reply_tables.CHOSEN[said]}. What stands now is below.",
    )


def _ask(row: Entry, said: str) -> None:
    """Callbacks run before the guard: this one only remembers."""
    st.session_state[ASKED] = (row, said)


def _place(one: Entry | None) -> tuple[int, int]:
    return (one.entry_id, one.version) if one is not None else (0, 0)


def _as_drawn(form: str, there: Entry | None) -> Entry | None:
    """The statement as it was when this form was first drawn; the one that is there where the form is drawn anew."""
    kept: dict[str, Entry | None] = st.session_state.setdefault(OPENED, {})
    if f"words-{form}" not in st.session_state or form not in kept:
        kept[form] = there
    return kept[form]


def _state(
    view: View, urn: int, area: str, given: Mapping[str, object], seen: Entry | None, form: str
) -> None:  # fmt: skip
    try:
        replying.done(
            lambda: replying.state_a_need(view, urn, area, given, seen=seen), KEPT[str(given["state"])],
            then=lambda: _let_go(form),
        )  # fmt: skip
    except EditConflict as conflict:
        st.session_state[BOTH] = _Both(form, conflict)
        st.rerun()


def _draw_both(view: View, urn: int, area: str, both: _Both) -> None:
    book = register_rows.book(view, REGISTERS[statements.KEY])
    chosen = register_form.draw_both(book, both.conflict, again=True)
    if chosen == "theirs":
        _let_go(both.form)
        replying.say(register_form.THEIRS)
    if chosen == "mine":
        theirs = both.conflict.theirs
        _state(view, urn, area, both.conflict.yours, theirs if theirs.state == "live" else None, both.form)


def _let_go(form: str) -> None:
    st.session_state.get(OPENED, {}).pop(form, None)
    st.session_state.pop(BOTH, None)

"""Pairs that were kept or left out on this page: let go again, or written down as a rule of the partnership."""

from __future__ import annotations

import streamlit as st

from pages.components import words
from pages.components.measure_words import area_words
from pages.components.plan_blocks import Label
from pages.shell.choice import Choice
from pages.shell.planning import moved, writing
from pages.shell.planning.moved import Moved, Pair
from pages.shell.session import View

RULE = "planning_rule"  # the pair whose rule is being written, in this session


def draw(view: View, choice: Choice, now: Moved, label: Label) -> None:
    """A line and its buttons for each pair; nothing where none was moved."""
    pairs = [*((pair, False) for pair in sorted(now.locked)), *((pair, True) for pair in sorted(now.forbidden))]
    if not pairs:
        return
    words.heading("Pairs you keep or leave out")
    words.paragraph("For this look only, and in its link. Nobody is told.", quiet=True)
    for pair, apart in pairs:
        _draw_pair(view, choice, pair, now, label, apart=apart)


def _draw_pair(view: View, choice: Choice, pair: Pair, now: Moved, label: Label, *, apart: bool) -> None:
    urn, area, supporter = pair
    name = f"{urn}-{area}-{supporter}"
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="content"):
            how = "left out" if apart else "kept"
            words.paragraph(f"{label(supporter)} → {label(urn)}, {area_words(area)}: {how}.")
        st.button("Let go", key=f"let-go-{name}", type="tertiary", on_click=moved.let_go, args=(pair, now))
        if supporter > 0 and writing.may_add(view, "constraint", choice.partnership.uid, urn):
            st.button("Keep as a rule", key=f"rule-{name}", type="tertiary", on_click=_ask, args=(pair,))
    if st.session_state.get(RULE) == pair:
        _draw_rule(view, choice, pair, now, label, apart=apart)


def _ask(pair: Pair) -> None:
    """Callbacks run before the guard: this one only remembers."""
    st.session_state[RULE] = pair


def _draw_rule(view: View, choice: Choice, pair: Pair, now: Moved, label: Label, *, apart: bool) -> None:
    urn, _, supporter = pair
    how = (
        f"A rule holds for everybody, in every area: {label(supporter)} and {label(urn)} are not proposed for each other."
        if apart else
        f"A rule holds for everybody: where {label(supporter)} gives in the area, {label(urn)} is proposed with it alone."
    )  # fmt: skip
    with st.form("planning_rule_form"):
        words.paragraph(how)
        why = st.text_input("Why (whoever reads the plan sees it)", key="rule-why")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Keep this rule", type="primary", key="rule_send")
            leave = st.form_submit_button("Leave it", key="rule_leave")
    if leave:
        st.session_state.pop(RULE, None)
        st.rerun()
    if sent:

        def act() -> None:
            writing.keep_as_rule(view, choice.partnership.uid, pair, apart=apart, why=why)
            st.session_state.pop(RULE, None)
            moved.let_go(pair, now)

        writing.done(view, act, "The rule is kept. Every plan of ours keeps to it.")

"""The form that makes an agreement out of a proposal: dates, days, what it is for, who decided and why. Both schools are asked,
the giving one first.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import streamlit as st

from analytics.support.plans import Plan, Proposal
from data.catalogue.terms import Term
from data.register.declared import REGISTERS
from data.register.entered import Entered
from pages.components import plan_blocks, plan_words, words
from pages.components.plan_blocks import Label, proposal_reason
from pages.shell.choice import Choice
from pages.shell.fair.fairness import Fairness
from pages.shell.planning import writing
from pages.shell.planning.moved import Pair
from pages.shell.planning.views import NONE
from pages.shell.session import View

OPEN = "planning_agree"  # the pair whose form is open, in this session
FIRST = "The school itself has to say first that help is welcome here: on its own page, or as a need that it states."


class Drawn(Protocol):
    """What the form needs of the board."""

    @property
    def view(self) -> View: ...
    @property
    def choice(self) -> Choice: ...
    @property
    def found(self) -> Entered: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def label(self) -> Label: ...


def pair_of(row: Proposal) -> Pair:
    return row.need_urn, row.area, row.supporter_urn


def may_ask(view: View, choice: Choice, fair: Fairness, found: Entered, row: Proposal) -> bool:
    """Whether the two schools can be asked: the one with the need has said that help is welcome, unless the person at this
    computer asks, or its own head does.
    """
    if view.scope.owner or row.need_urn in view.scope.schools:
        return True
    place = row.need_urn, row.area
    stated = any((need.urn, need.area) == place and not need.waiting for need in found.stated)
    return stated or fair.state(*place).kind == "agreed"


def draw_button(view: View, choice: Choice, fair: Fairness, found: Entered, row: Proposal) -> None:
    """The button that opens the form; where nobody can be asked yet, why."""
    if not writing.may_add(view, "agreement", choice.partnership.uid, row.need_urn):
        return
    if not may_ask(view, choice, fair, found, row):
        words.paragraph(FIRST, quiet=True)
        return
    name = "-".join(map(str, pair_of(row)))
    st.button("Ask both schools", key=f"agree-{name}", type="primary", on_click=_open, args=(pair_of(row),))


def _open(pair: Pair) -> None:
    """Callbacks run before the guard: this one only remembers."""
    st.session_state[OPEN] = pair


def draw(drawn: Drawn, row: Proposal) -> None:
    """The form, where it is open for this proposal."""
    view, choice, found, plan, label = drawn.view, drawn.choice, drawn.found, drawn.plan, drawn.label
    if st.session_state.get(OPEN) != pair_of(row):
        return
    kinds = REGISTERS["agreement"].fields["kind"].choices
    free = plan_blocks.free_days(plan, row)
    offered = _kind(found, row)
    with st.form("planning_agree_form"):
        words.subheading(f"{label(row.supporter_urn)} for {label(row.need_urn)}")
        words.paragraph(
            f"{label(row.supporter_urn)} is asked first; once it says yes, {label(row.need_urn)} is asked. Nobody is asked why not."
            if row.supporter_urn > 0 else f"{label(row.need_urn)} is asked once somebody has noted that {label(row.supporter_urn)} says yes."
        )  # fmt: skip
        keys = tuple(kinds)
        kind, days, starts, ends = (column for row_of in (st.columns([2, 1]), st.columns(2)) for column in row_of)
        given: dict[str, object] = {
            "kind": kind.selectbox(
                "Kind of help", keys, keys.index(offered) if offered in keys else None, format_func=kinds.__getitem__,
                placeholder=NONE, key="agree-kind",
            ),
            "days": days.number_input("Days a term", 0.5, 200.0, float(row.days), step=0.5, format="%g", key="agree-days"),
            "starts": starts.date_input("Starts", found.begins, format="DD/MM/YYYY", key="agree-starts"),
            "ends": ends.date_input("Ends", _last_day(found.term), format="DD/MM/YYYY", key="agree-ends"),
        }  # fmt: skip
        given["objectives"] = st.text_area("What should be different at the end", key="agree-objectives", height=90)
        given["milestones"] = st.text_area("What should have happened by when", key="agree-milestones", height=68)
        given["decided_by"] = st.text_input("Decided by (a role or a board)", key="agree-decided")
        reason = "" if choice.hide_names else proposal_reason(row, label)  # what is kept must not speak of "School A"
        given["why"] = st.text_area("Why this support and this school", reason, key="agree-why", height=110)
        words.paragraph(plan_words.free_line(label(row.supporter_urn), free), quiet=True)
        more = free is not None and st.checkbox("Ask even for more days than are free", key="agree-more")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Ask both schools", type="primary", key="agree_send")
            leave = st.form_submit_button("Leave it", key="agree_leave")
    if leave:
        st.session_state.pop(OPEN, None)
        st.rerun()
    if sent and free is not None and _number(given["days"]) > free and not more:
        words.problem(plan_words.too_many(label(row.supporter_urn), _number(given["days"]), free))
    elif sent:
        _send(view, choice, row, {**given, "offer": row.offer}, label)


def _send(view: View, choice: Choice, row: Proposal, given: dict[str, object], label: Label) -> None:
    def act() -> None:
        writing.ask_both(view, choice.partnership.uid, pair_of(row), given)
        st.session_state.pop(OPEN, None)

    asked = label(row.supporter_urn if row.supporter_urn > 0 else row.need_urn)
    writing.done(view, act, f"Kept as an agreement that waits for both sides. {asked} is asked first.")


def _number(given: object) -> float:
    return given if isinstance(given, float) else 0.0


def _kind(found: Entered, row: Proposal) -> str | None:
    """The kind of help that the offer names."""
    mine = found.offers.loc[found.offers["offer"] == row.offer, "kind"]
    return str(mine.iloc[0]) if len(mine) else None


def _last_day(term: Term) -> date:
    """A term later than it begins: what can be done in fewer weeks needs no agreement."""
    return term.after().last_day

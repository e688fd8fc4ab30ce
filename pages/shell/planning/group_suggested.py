"""A working group that the figures and what schools offered suggest for an area, and the form that makes it a group.

A suggestion only: each school says for itself. Of schools that are shown first what is said of them nothing goes in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import streamlit as st

from analytics.support.groups import Group, Member
from data.catalogue.terms import Term
from pages.components import cards, group_suggestion, group_words, words
from pages.components.measure_words import area_label
from pages.components.palette import palette
from pages.components.plan_blocks import Label
from pages.components.tables import html_table
from pages.shell import address
from pages.shell.choice import Choice
from pages.shell.fair import fairness
from pages.shell.fair.fairness import Fairness
from pages.shell.planning import entered, moved, planned, views, wishes, writing
from pages.shell.planning import groups as kept
from pages.shell.session import View

OPEN = "planning_group_form"  # the area whose form is open, in this session


def draw(view: View, choice: Choice, fair: Fairness, label: Label, there: Collection[kept.Group]) -> None:
    """The suggestion for the chosen area; the first that is suggested, unless another is asked for. `there`: groups already."""
    term = entered.this_term().after()
    found = _found(view, choice, fair, term)
    words.heading("What the figures suggest")
    if not found:
        words.paragraph("In no area is there a school here that could lead, or one that would join.")
        return
    here = {one.area for one in there if one.state != "ended"}
    found = sorted(found, key=lambda group: group.area in here)  # first what nobody works on together yet
    by_area = {group.area: group for group in found}
    lost = "The link asks for an area in which no group could be. Another is shown."
    area = address.settle(
        "area", tuple(by_area), found[0].area, lambda text: text if text != views.EVERY else None, lost
    )
    address.picker(st.columns([1, 2])[0], "area", "Area", tuple(by_area), area, area_label)
    known = [
        group_words.called(str(one.entry.values["name"]), area, choice.names)
        for one in there
        if one.area == area and one.state != "ended"
    ]
    _draw(view, choice, by_area[area], label, term, known)


def _found(view: View, choice: Choice, fair: Fairness, term: Term) -> Sequence[Group]:
    known, nothing = entered.entered(view, choice.partnership.uid, choice.members, term), moved.NOTHING
    asked = planned.Asked(
        view.publication_id, choice.members, choice.time_period, "offers", known.offers, wishes.stated_frame(known),
        nothing.counts, nothing.km, wishes.wishes(known, fair, nothing), planned.told(view, choice, fair), fair.agreed,
    )  # fmt: skip
    return planned.groups(asked, choice.phase)


def _draw(
    view: View, choice: Choice, group: Group, label: Label, term: Term, known: Sequence[str]
) -> None:  # fmt: skip
    lead = kept.may_lead(view, choice.partnership.uid)
    with st.container(border=True):
        head = (
            cards.Part(
                "There is a group for it"
                if known
                else "A group could do more here than pairs"
                if group.suggested
                else "Who could work on it together",
                "name",
            ),
        )
        lines = (
            group.finding, group_words.already(known),
            *(() if known else (group_suggestion.reason(group, label), group_suggestion.line(group, label))),
        )  # fmt: skip
        cards.card("●" if group.suggested and not known else "○", head, lines, colour=palette().support)
        table = group_suggestion.table(group, label)
        caption = f"{area_label(group.area)}: who could do what"
        with st.expander(f"All {len(table)} schools") if len(table) > group_suggestion.MOST else st.container():
            html_table(table, caption)
        if not choice.hide_names:
            fairness.remember_opened(view, "support_groups", *(one.urn for one in group.joins))
        if lead and st.session_state.get(OPEN) == group.area:
            _form(view, choice, group, label, term)
        elif lead:
            kind: Literal["primary", "secondary"] = "secondary" if known else "primary"
            text = "Make another group" if known else "Make it a group"
            st.button(text, type=kind, key="group_make", on_click=_open, args=(group.area,))


def _open(area: str) -> None:
    st.session_state[OPEN] = area


def _form(view: View, choice: Choice, group: Group, label: Label, term: Term) -> None:
    every = {one.urn: one for one in group_suggestion.members(group)}
    others = sorted(choice.members - every.keys(), key=lambda urn: (label(urn), urn))
    host = label(group.hosts[0].urn) if group.hosts and not choice.hide_names else ""  # no "School H" is kept
    with st.form("planning_group_form_box"):
        words.paragraph("Every school named here is asked, and says for itself. Nobody is asked why not.")
        left, middle, right = st.columns([2, 1, 1])
        given: dict[str, object] = {
            "name": left.text_input("Name", group_suggestion.title(group), key="group-name"), "area": group.area,
            "starts": middle.date_input("Starts", term.first_day, format="DD/MM/YYYY", key="group-starts"),
            "ends": right.date_input("Ends", term.after().last_day, format="DD/MM/YYYY", key="group-ends"),
            "venue": st.text_input("Venue", host, key="group-venue"),
            "purpose": st.text_area("What should be different afterwards", key="group-purpose", height=90),
        }  # fmt: skip
        usual = {part: [urn for urn, one in every.items() if one.role == part] for part in kept.PARTS}
        parts = {
            part: st.multiselect(
                group_words.PARTS[part], [*usual[part], *(urn for urn in (*every, *others) if urn not in usual[part])], usual[part],
                format_func=label, key=f"group-part-{part}", placeholder="None",
            )
            for part in kept.PARTS
        }  # fmt: skip
        with st.container(horizontal=True):
            sent = st.form_submit_button("Make this group and ask the schools", type="primary", key="group_send")
            st.form_submit_button("Leave it", key="group_leave", on_click=_open, args=("",))
    if sent:
        _send(view, choice, given, parts, every)


def _send(
    view: View, choice: Choice, given: dict[str, object], parts: dict[str, list[int]], every: dict[int, Member]
) -> None:
    """A school that stands in two parts takes the first of them."""
    chosen: dict[int, str] = {}
    for part in kept.PARTS:
        for urn in parts[part]:
            chosen.setdefault(urn, part)
    rows = [(urn, part, every[urn].days if urn in every and part != "joins" else None) for urn, part in chosen.items()]

    def act() -> None:
        kept.make(view, choice.partnership.uid, given, rows)
        st.session_state.pop(OPEN, None)

    writing.done(view, act, group_words.told_once(len(rows)))

"""Working groups drawn: each with its schools, their words and its meetings; and the forms that keep one going."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

import pandas as pd
import streamlit as st

from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components import cards, group_words, words
from pages.components.names import Names
from pages.components.palette import palette
from pages.components.tables import html_table
from pages.shell.door import identity
from pages.shell.planning import writing
from pages.shell.planning.groups import Group
from pages.shell.planning.views import NONE
from pages.shell.session import View

Label = Callable[[int], str]
OPEN = "planning_group"  # the group whose forms are open, in this session
ASKED = "planning_group_says"  # a school's row and what it says, from a button of the last run
FASTER_GROUP = (
    "Somebody changed this group since you opened the page, so yours was not saved. What stands now is below."
)
FASTER = "Somebody in your school answered since you opened the page. What stands now is below."


def draw(view: View, group: Group, names: Names, members: Collection[int], *, lead: bool) -> None:
    """One group, without people's own words while names are hidden. `lead`: whether the person runs the groups of the partnership; `members`: schools that could join."""
    said, label = group.entry.values, names.label
    with st.container(border=True):
        head = (cards.Part(group_words.called(str(said["name"]), group.area, names), "name"),)
        line = group_words.line(
            group.area,
            group.state,
            _day(said["starts"]),
            _day(said["ends"]),
            "" if names.hide else str(said["venue"] or ""),
        )
        cards.card("●", head, (line, names.free(said["purpose"])), colour=palette().support)
        _schools(view, group, label)
        _meetings(group, names)
        if lead and names.hide:
            words.paragraph("Show school names to keep this group going.", quiet=True)
        elif lead:
            _forms(view, group, label, members)


def _schools(view: View, group: Group, label: Label) -> None:
    """What each school does and says; for whoever says it, the answers of those that were asked."""
    words.bullets(_school_line(school, label) for school in group.schools)
    words.paragraph(group_words.unnamed_line(group.unnamed), quiet=True)
    if any(one.values["says"] == "waiting" and view.scope.speaks_for(one.urn) for one in group.schools):
        words.paragraph(group_words.READ_BY, quiet=True)
    for school in group.schools:
        if school.values["says"] == "waiting" and view.scope.speaks_for(school.urn):
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(width="content"):
                    words.paragraph(f"{label(school.urn or 0)} is asked:")
                for text, says in (("Yes", "yes"), ("Not this time", "declined")):
                    st.button(text, key=f"group-{says}-{school.entry_id}", on_click=_ask, args=(school, says))


def _school_line(school: Entry, label: Label) -> str:
    assert school.urn is not None  # nosec B101 # the register asks for it
    said, days = school.values, school.values["days"]
    given = days if isinstance(days, float) else None
    return group_words.school_line(str(said["role"]), label(school.urn), given, str(said["says"]))


def _ask(school: Entry, says: str) -> None:
    """Callbacks run before the guard: this one only remembers the row as it was drawn."""
    st.session_state[ASKED] = (school, says)


def do_asked(view: View) -> None:
    """Keep what a school said with a button of the last run, now that the guard knows who is there."""
    asked: tuple[Entry, str] | None = st.session_state.pop(ASKED, None)
    if asked is not None:
        school, says = asked
        note = "Kept: yes." if says == "yes" else "Kept: not this time. Nobody is asked why."
        writing.done(view, lambda: writing.change(view, school, {"says": says}), note, faster=FASTER)


def _meetings(group: Group, names: Names) -> None:
    rows = []
    for one in group.meetings:
        said, number = one.values, one.values["trained"]
        venue, what, who, link = (names.free(said[key]) for key in ("venue", "words", "who", "materials"))
        trained = group_words.trained_words(number if isinstance(number, int) else None, who)
        rows.append(group_words.meeting_row(_day(said["day"]), venue, what, trained, "" if names.hide else link))
    if rows:
        html_table(pd.DataFrame(rows), "Meetings held", wide=["What was done"])


def _forms(view: View, group: Group, label: Label, members: Collection[int]) -> None:
    number = group.entry.entry_id
    if st.session_state.get(OPEN) != number:
        st.button("Meetings, schools and state", key=f"group-open-{number}", on_click=_open, args=(number,))
        return
    left, right = st.columns(2, gap="large")
    with left:
        _meeting_form(view, group)
    with right:
        _school_form(view, group, label, members)
        _state_form(view, group)


def _open(number: int) -> None:
    st.session_state[OPEN] = number


def _meeting_form(view: View, group: Group) -> None:
    with st.form(f"group-meeting-{group.entry.entry_id}-{len(group.meetings)}"):
        words.subheading("A meeting that was held")
        given: dict[str, object] = {
            "day": st.date_input("Day", identity.now().date(), format="DD/MM/YYYY", key="meeting-day"),
            "venue": st.text_input("Venue", str(group.entry.values["venue"] or ""), key="meeting-venue"),
            "words": st.text_area("What was done", key="meeting-words", height=90),
            "trained": st.number_input("People trained", 0, 10_000, None, key="meeting-trained"),
            "who": st.text_input("Who was trained (roles and schools, no names)", key="meeting-who"),
            "materials": st.text_input("Link to shared materials", placeholder="https://", key="meeting-materials"),
        }
        sent = st.form_submit_button("Keep this meeting", key="meeting_send")
    if sent:
        row = {**given, "working_group": group.entry.entry_id}
        writing.done(view, lambda: writing.add(view, "group_meeting", row, uid=group.entry.uid), "The meeting is kept.")


def _school_form(view: View, group: Group, label: Label, members: Collection[int]) -> None:
    there = {school.urn for school in group.schools}
    free = sorted((urn for urn in members if urn not in there), key=lambda urn: (label(urn), urn))
    parts = REGISTERS["group_school"].fields["role"].choices
    with st.form(f"group-school-{group.entry.entry_id}-{len(there)}"):
        words.subheading("Ask another school")
        urn = st.selectbox("School", free, None, format_func=label, placeholder=NONE, key="group-school-urn")
        role = st.selectbox("Part", tuple(parts), 2, format_func=parts.__getitem__, key="group-school-role")
        days = st.number_input(
            "Days a term that it would give", 0.0, 200.0, None, step=0.5, format="%g", key="group-school-days"
        )
        sent = st.form_submit_button("Ask this school", key="group_school_send")
    if sent and urn is None:
        words.problem("Choose which school it is.")
    elif sent:
        row = {"working_group": group.entry.entry_id, "role": role, "days": days or None}
        writing.done(view, lambda: writing.add(view, "group_school", row, uid=group.entry.uid, urn=urn), f"{label(urn or 0)} is asked.")  # fmt: skip


def _state_form(view: View, group: Group) -> None:
    states = tuple(REGISTERS["working_group"].fields["state"].choices)
    with st.form(f"group-state-{group.entry.entry_id}-{group.entry.version}"):
        state = st.selectbox(
            "How far it is",
            states,
            states.index(group.state),
            format_func=group_words.STATES.__getitem__,
            key="group-state",
        )
        sent = st.form_submit_button("Keep this", key="group_state_send")
    if sent:
        writing.done(view, lambda: writing.change(view, group.entry, {"state": state}), "Kept.", faster=FASTER_GROUP)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None

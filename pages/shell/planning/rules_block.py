"""What a plan leaves out and which rules it keeps to, each with its reason: needs supported already, needs that schools see
differently, times without visits, rules of the partnership.
"""

from __future__ import annotations

import streamlit as st

from data.register.agreements import standing
from data.register.rows import Entry
from pages.components import plan_words, words
from pages.components.measure_words import area_words
from pages.components.state_words import in_its_words
from pages.shell.planning import moved, said_block
from pages.shell.planning.board import Board


def draw_group_days(board: Board) -> None:
    """Days that schools of this plan promised to working groups, kept back unless that is let go of; and what they are asked for."""
    known = board.found
    label = board.choice.names.with_others(urn for urn, _ in (*known.group_days, *known.group_asked)).label
    there = {(row.urn, row.area) for row in board.plan.supporters}
    ours = {
        place: days for place, days in known.group_days.items() if place in there or place[0] in board.choice.members
    }
    if not ours and not known.group_asked:
        return

    def chosen() -> None:
        moved.keep_group_days(bool(st.session_state["plan_groups"]))

    words.subheading("Working groups")
    words.bullets(plan_words.group_days_line(label(urn), area, days) for (urn, area), days in sorted(ours.items()))
    words.bullets(
        plan_words.group_days_line(label(urn), area, days, asked=True)
        for (urn, area), days in sorted(known.group_asked.items())
    )
    if ours:
        st.session_state["plan_groups"] = not board.now.groups
        st.checkbox("Keep promised days back from the plan", key="plan_groups", on_change=chosen)


def draw(board: Board) -> None:
    """Nothing where nothing is left out and no rule holds."""
    lines = [*_supported(board), *_closed(board)]
    differ = board.plan.differs
    if lines or differ:
        words.heading("Left out")
    words.bullets(lines)
    if differ or board.now.differs:
        _differ(board)
    rules = [rule_line(one, board) for one in board.found.rules]
    if rules:
        words.heading("Rules that every plan keeps to")
        words.bullets(rules)


def _supported(board: Board) -> list[str]:
    shown = board.choice.names.with_others(one.urn for one in board.found.agreements if one.urn is not None).label
    every = (one for place, one in sorted(board.found.supported.items()) if place in board.plan.supported)
    here = [f"{_how_far(one, board)}: {said_block.supported_line(one, shown, board.found.today)}" for one in every]
    elsewhere = sorted(place for place in board.plan.supported if place in board.found.met)
    label = board.choice.names.label
    return [*here, *(f"Supported already: {plan_words.met_line(label(urn), area)}" for urn, area in elsewhere)]


def _how_far(one: Entry, board: Board) -> str:
    asked = standing(one, board.found.today) in ("giver_asked", "receiver_asked")
    return "Asked already" if asked else "Supported already"


def _closed(board: Board) -> list[str]:
    return [
        f"No visits: {said_block.window_line(one, board.choice.names.label)}"
        for urn, one in sorted(board.found.closed.items()) if urn in board.choice.members
    ]  # fmt: skip


def _differ(board: Board) -> None:
    """Needs that a school sees differently, with its words; planned for only where that is asked for."""
    label = board.choice.names.label
    words.bullets(
        f"{label(urn)} sees {area_words(area)} differently. {in_its_words(board.fair.state(urn, area), board.choice.names)}".strip()
        for urn, area in board.plan.differs
    )

    def chosen() -> None:
        moved.plan_for_differs(bool(st.session_state["plan_differs"]))

    st.session_state["plan_differs"] = board.now.differs
    st.checkbox("Plan for needs that schools see differently, too", key="plan_differs", on_change=chosen)


def rule_line(one: Entry, board: Board) -> str:
    """A rule of the partnership in a line."""
    label, other = board.choice.names.label, one.values["other"]
    assert one.urn is not None  # nosec B101 # a rule names its school
    return plan_words.rule_line(
        str(one.values["kind"]),
        label(one.urn),
        label(other) if isinstance(other, int) else "",
        {**one.values, "why": board.choice.names.free(one.values["why"])},
    )

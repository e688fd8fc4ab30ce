"""The panel in which a plan is moved: distance, what counts how much, days of each offer, needs and pairs of one's own.

Everything goes into the link at once and the plan is worked out anew. Nothing here is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import streamlit as st

from analytics.support.plans import Plan, SupporterLoad
from pages.components import words
from pages.components.measure_words import area_words
from pages.components.plan_blocks import Label
from pages.shell.planning import moved
from pages.shell.planning.moved import Moved, Place
from pages.shell.planning.views import NONE

FACTORS: Mapping[str, str] = MappingProxyType(
    {
        "strength": "Strength in the area", "similarity": "Similar circumstances", "travel": "Short journeys",
        "came_through": "Came through it itself", "sureness": "How sure the evidence is",
    }
)  # fmt: skip
STEP_KM, STEP_COUNT, STEP_DAYS = 5, 5, 0.5
BOXES = 12  # offers with a box of their own; of more, one is chosen first


def draw(plan: Plan, now: Moved, label: Label) -> None:
    """Distance, weights, days, and what else a person may ask of the plan."""
    needs = _needs(plan)
    with st.expander("Move days, distance, what counts, and pairs", key="plan_moves"):
        left, right = st.columns(2, gap="large")
        with left:
            words.subheading("How far apart at most, in kilometres by road")
            _slider("km", "Kilometres", now.km, (moved.NEAREST, moved.FARTHEST, STEP_KM), moved.reach)
            words.subheading("What counts, and how much")
            for factor, text in FACTORS.items():
                _slider(factor, text, now.counts[factor], (0, 100, STEP_COUNT), partial(_count, factor, now))
        with right:
            words.subheading("Days a term of each offer")
            _days([row for row in plan.supporters if row.offer is not None], now, label)
            words.subheading("Needs that would like two supporting schools")
            _twice(needs, now, label)
        _own_pair(plan, needs, now, label)
        if now.anything:
            st.button("Start again from what was offered", key="plan_start_again", on_click=moved.start_again)


def _needs(plan: Plan) -> tuple[Place, ...]:
    met = {(row.need_urn, row.area) for row in plan.proposals}
    return tuple(sorted(met | {(row.urn, row.area) for row in plan.unmatched}))


def _slider(key: str, text: str, value: int, ends: tuple[int, int, int], put: Callable[[int], None]) -> None:
    """A slider that stands at `value` and writes what is chosen into the link."""
    name = f"move-{key}"

    def chosen() -> None:
        put(int(st.session_state[name]))

    st.session_state[name] = value
    st.slider(text, ends[0], ends[1], step=ends[2], key=name, on_change=chosen)


def _count(factor: str, now: Moved, number: int) -> None:
    moved.count(factor, number, now.counts)


def _days(offers: list[SupporterLoad], now: Moved, label: Label) -> None:
    if not offers:
        words.paragraph("No offer of days is in this plan.")
        return
    ordered = sorted(offers, key=lambda row: (label(row.urn), row.area, row.offer or 0))
    if len(ordered) > BOXES:
        at = st.selectbox(
            "Which offer", range(len(ordered)), None, format_func=lambda one: _offer_words(ordered[one], label), placeholder=NONE,
            key="move-which-offer",
        )  # fmt: skip
        ordered = [ordered[at]] if at is not None else []
    for row in ordered:
        _days_box(row, now, label)


def _days_box(row: SupporterLoad, now: Moved, label: Label) -> None:
    offer = row.offer or 0
    name = f"move-days-{offer}"

    def chosen() -> None:
        moved.move_days(offer, float(st.session_state[name]), now.days)

    st.session_state[name] = float(row.days)
    st.number_input(
        words.md(_offer_words(row, label)), 0.0, moved.MOST_DAYS, step=STEP_DAYS, format="%g", key=name, on_change=chosen
    )  # fmt: skip


def _offer_words(row: SupporterLoad, label: Label) -> str:
    return f"{label(row.urn)}, {area_words(row.area)}"


def _twice(needs: tuple[Place, ...], now: Moved, label: Label) -> None:
    def chosen() -> None:
        moved.ask_twice(st.session_state["move-twice"])

    every = tuple(sorted({*needs, *now.twice}, key=lambda need: (label(need[0]), need[1])))
    st.session_state["move-twice"] = [need for need in every if need in now.twice]
    st.multiselect(
        "Schools", every, format_func=lambda need: f"{label(need[0])}, {area_words(need[1])}", key="move-twice",
        on_change=chosen, placeholder="None", label_visibility="collapsed",
    )  # fmt: skip
    words.paragraph(
        "A second one is proposed where it fits no less well than the least good of the others.", quiet=True
    )


def _own_pair(plan: Plan, needs: tuple[Place, ...], now: Moved, label: Label) -> None:
    """Any need with any supporter of its area, kept or left out."""
    words.subheading("A pair of your own")
    left, right = st.columns(2)
    need = left.selectbox(
        "The school with the need", needs, None, key="own-need", placeholder=NONE,
        format_func=lambda one: f"{label(one[0])}, {area_words(one[1])}",
    )  # fmt: skip
    givers = sorted(
        {row.urn for row in plan.supporters if need is not None and row.area == need[1] and row.urn != need[0]}
    )
    giver = right.selectbox("Supporting school", givers, None, format_func=label, key="own-giver", placeholder=NONE)
    pair = (*need, giver) if need is not None and giver is not None else None
    with st.container(horizontal=True):
        for text, key, act in (
            ("Keep this pair", "own_keep", moved.lock), ("Leave this pair out", "own_apart", moved.forbid),
        ):  # fmt: skip
            st.button(text, key=key, disabled=pair is None, on_click=act, args=(pair, now))

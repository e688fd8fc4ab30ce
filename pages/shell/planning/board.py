"""The proposals of a plan, each with its reason and what can be done with it: keep it, leave it out, ask both schools.

How well each holds, and other ways, are worked out when asked for and shown as they arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.support.plans import Plan, Proposal
from data.register.entered import Entered
from pages.components import cards, plan_blocks, words
from pages.components.palette import palette
from pages.components.plan_blocks import SHOWN, Label
from pages.shell.choice import Choice
from pages.shell.fair.fairness import Fairness
from pages.shell.planning import agree_form, moved
from pages.shell.planning.moved import Moved, Pair
from pages.shell.session import View

KEPT = "You keep this pair."
MANY = "plan_cards"  # how many proposals have a card, in this session


@dataclass(frozen=True, slots=True)
class Board:
    """What the board is drawn from."""

    view: View
    choice: Choice
    fair: Fairness
    found: Entered
    now: Moved
    plan: Plan
    label: Label


def draw_cards(board: Board) -> Mapping[Pair, Any]:
    """A card for each proposal; pair -> the place in its card for what is worked out later."""
    if not board.plan.proposals:
        words.paragraph("No offer meets a need.")
    places = {}
    number = st.session_state.get(MANY, SHOWN)
    for row in board.plan.proposals[:number]:
        with st.container(border=True):
            places[agree_form.pair_of(row)] = _card(board, row)
    if (left := len(board.plan.proposals) - number) > 0:
        st.button(
            f"Show {min(left, SHOWN)} more of {words.count(left, 'proposal')}",
            key="plan_more",
            on_click=_more,
            args=(number + SHOWN,),
        )
    return places


def _more(number: int) -> None:
    st.session_state[MANY] = number


def _card(board: Board, row: Proposal) -> Any:
    pair, label = agree_form.pair_of(row), board.label
    lines = (
        plan_blocks.proposal_reason(row, label),
        KEPT if pair in board.now.locked else "",
        "A proposal: both schools agree or decline.",
    )
    cards.card("●", plan_blocks.proposal_head(row, label, asked=False), lines, colour=palette().support)
    later = st.container()
    name = "-".join(map(str, pair))
    with st.container(horizontal=True, vertical_alignment="center"):
        agree_form.draw_button(board.view, board.choice, board.fair, board.found, row)
        if pair not in board.now.locked:
            st.button("Keep this pair", key=f"keep-{name}", on_click=moved.lock, args=(pair, board.now))
        st.button("Not this pair", key=f"apart-{name}", on_click=moved.forbid, args=(pair, board.now))
    agree_form.draw(board, row)
    return later

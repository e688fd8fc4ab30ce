"""What is worked out only when somebody asks: how well each proposal holds, and who else could do it, shown as they arrive.

Kept for the session and for the very plan that was asked about; when the plan moves, it is asked for anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.support.alternatives import Others, alternatives
from analytics.support.stability import Stability, stability
from pages.components import plan_later_words as said
from pages.components import words
from pages.shell.planning import moved, planned
from pages.shell.planning.board import Board
from pages.shell.planning.moved import Pair
from pages.shell.planning.planned import Asked

SEED = 20261122  # of the redraws: the same plan gets the same answer
WANTED, FOUND = "plan_later_wanted", "plan_later_found"  # in the session: the plan asked about; what came out


@dataclass(frozen=True, slots=True)
class Found:
    """What was worked out of the plan with this key."""

    key: str
    others: tuple[Others, ...]
    stability: Stability


def draw_button(asked: Asked, board: Board) -> Any:
    """The button above the proposals; gives the place for how far it is."""
    known: Found | None = st.session_state.get(FOUND)
    if not board.plan.proposals or (known is not None and known.key == asked.key):
        return st.container()
    if st.session_state.get(WANTED) != asked.key:
        st.button("Show other ways, and how well each holds", key="plan_later", on_click=_want, args=(asked.key,))
    return st.empty()


def _want(key: str) -> None:
    st.session_state[WANTED] = key


def draw(asked: Asked, board: Board, far: Any, places: Mapping[Pair, Any]) -> None:
    """Last on the page, so that everything else stands already: fills the proposals' cards. `far`: where to say how far it is."""
    known: Found | None = st.session_state.get(FOUND)
    boxes = {pair: (place.empty(), place.container()) for pair, place in places.items()}
    if known is not None and known.key == asked.key:
        for others in known.others:
            _others(others, board, boxes)
        _stable(known.stability, boxes)
    elif st.session_state.get(WANTED) == asked.key:
        found = planned.made(asked)
        with far:
            words.note(said.trying(None))
        kept = tuple(_shown(alternatives(found), board, boxes))
        last = None
        for last in stability(found, seed=SEED):
            _stable(last, boxes)
            with far:
                words.note(said.trying(last))
        if last is not None:
            st.session_state[FOUND] = Found(asked.key, kept, last)
        far.empty()


def _shown(found: Iterable[Others], board: Board, boxes: Mapping[Pair, Any]) -> Iterator[Others]:
    for others in found:
        _others(others, board, boxes)
        yield others


def _others(others: Others, board: Board, boxes: Mapping[Pair, Any]) -> None:
    """Who else could do it, each with a button that takes it in place of the one proposed."""
    pair = others.need_urn, others.area, others.supporter_urn
    if pair not in boxes:
        return
    with boxes[pair][1]:
        if not others.alternatives:
            words.paragraph(said.NONE, quiet=True)
        for row in others.alternatives:
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(width="stretch"):
                    words.paragraph(said.other(row, board.label), quiet=True)
                taken = (others.need_urn, others.area, row.supporter_urn)
                name = "-".join(map(str, (*taken, row.offer or 0)))
                st.button(
                    "Take this one",
                    key=f"take-{name}",
                    type="tertiary",
                    on_click=moved.take,
                    args=(taken, pair, board.now),
                )


def _stable(found: Stability, boxes: Mapping[Pair, Any]) -> None:
    for row in found.proposals:
        pair = row.need_urn, row.area, row.supporter_urn
        if pair in boxes:
            with boxes[pair][0]:
                words.paragraph(said.holds(row))

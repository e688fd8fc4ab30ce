"""Where a need stands between the school and the others, in words: for cards, tables, the school itself and the board.

Says nothing of whether a need may be named: whoever hands a state in has asked that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pages.components.findings import STATE_WORDS
from pages.components.names import Names
from pages.components.words import day

Kind = Literal["not_discussed", "shown", "agreed", "differs"]


@dataclass(frozen=True, slots=True)
class State:
    """`day`: when it was shown, or when the school said where it stands. `words`: the school's own, "" for none."""

    kind: Kind = "not_discussed"
    day: date | None = None
    words: str = ""


NOT_DISCUSSED = State()


def state_words(state: State) -> str:
    """ "not yet discussed with the school", "shown on 21 November 2026", "agreed by the school on ...", "the school sees it
    differently". Without a capital.
    """
    if state.kind == "shown":
        return f"shown on {day(state.day)}"
    if state.kind == "agreed":
        return f"agreed by the school on {day(state.day)}"
    return "the school sees it differently" if state.kind == "differs" else STATE_WORDS


def to_the_school(state: State) -> str:
    """The same, said to the school itself: a sentence."""
    if state.kind == "shown":
        return f"Shown to you on {day(state.day)}; you have not said yet how you see it."
    if state.kind == "agreed":
        return f"You agreed on {day(state.day)}."
    return "You see it differently." if state.kind == "differs" else "Not yet discussed with you."


def in_its_words(state: State, names: Names | None = None) -> str:
    """What the school says of it, in its own words; "" where it says nothing, withheld where `names` are hidden."""
    said = state.words if names is None else names.free(state.words)
    return f"The school says: {said}" if said else ""

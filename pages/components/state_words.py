"""Where a need stands between the school and the others, in words: for cards, tables, the school itself and the board.

Says nothing of whether a need may be named: whoever hands a state in has asked that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pages.components.figures import number_words, sentence_start
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


def states_line(states: Mapping[int, Collection[State]], others: int = 0) -> str:
    """ "Three agreed; one sees it differently; five not yet discussed with the school": schools that may need support by where
    that stands, the number of each. `states`: of each school those of all its needs; `others`: schools counted of which that is
    not told. Empty for none.
    """
    of = [_together(frozenset(one.kind for one in mine)) for mine in states.values() if mine]
    known = [(of.count(words), words) for words in (*STANDS.values(), IN_PART, ANSWERED) if words in of]
    parts = [f"{number_words(number)} {_many(words, number)}" for number, words in known]
    if others:
        parts.append(f"{number_words(others)} of which it is not told yet")
    return sentence_start("; ".join(parts))


STANDS: Mapping[Kind, str] = {
    "agreed": "agreed", "differs": "sees it differently", "shown": "shown to the school", "not_discussed": STATE_WORDS,
}  # fmt: skip
IN_PART, ANSWERED = "agreed in part", "talked about in part"


def _together(kinds: frozenset[Kind]) -> str:
    if len(kinds) == 1:
        return STANDS[next(iter(kinds))]
    return IN_PART if "agreed" in kinds else ANSWERED


def _many(words: str, number: int) -> str:
    """The words of several schools: "see it differently", "not yet discussed with the schools"."""
    return words.replace("sees", "see").replace("the school", "the schools") if number > 1 else words


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

"""What a head writes about their own school: where a need stands, replies to numbers, answers to questions. Draws nothing.

Every write is a row of a register and asks for permission there; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NoReturn

import streamlit as st

from data.access.scope import Row
from data.catalogue import AlongsideError
from data.register import rows, statements
from data.register.declared import REGISTERS
from data.register.rows import EditConflict, Entry
from data.store.engine import engine
from pages.components import words
from pages.shell.fair import fairness
from pages.shell.session import View

SAID = "our_reply_said"


def may_write(view: View, urn: int) -> bool:
    """Whether the person speaks for the school: its head, or whoever is at this computer."""
    return view.scope.reaches(REGISTERS["need_state"].write, Row(urn=urn))


def read(view: View, register: str, urn: int) -> tuple[Entry, ...]:
    """Rows of a register about the school that the person may read, the newest first; none where they may read none."""
    if not view.scope.may(REGISTERS[register].read):
        return ()
    found = rows.entries(view.scope, engine(view.place), register, urn=urn)
    return tuple(sorted(found, key=lambda one: (one.created, one.entry_id), reverse=True))


def state_a_need(view: View, urn: int, area: str, given: Mapping[str, object], *, seen: Entry | None) -> None:
    """Say where a need stands: a next version of the statement that was `seen`, or a first one. Raises EditConflict."""
    statements.say(view.scope, engine(view.place), urn, area, given, seen=seen, now=fairness.now())
    fairness.remember_answered(view, urn)


def reply(view: View, urn: int, about: str, year: int | None, said: str) -> None:
    values = {"about": about, "year": year, "words": said}
    rows.add(view.scope, engine(view.place), "reply", values, urn=urn, now=fairness.now(), entered=True)


def take_back(view: View, row: Entry) -> None:
    rows.withdraw(view.scope, engine(view.place), row.entry_id, version=row.version, now=fairness.now())


def answer(view: View, row: Entry, said: Literal["yes", "declined"]) -> None:
    values = {"answer": said}
    rows.change(
        view.scope, engine(view.place), row.entry_id, values, version=row.version, now=fairness.now(), entered=True
    )


def done(act: Callable[[], None], note: str, *, then: Callable[[], None] | None = None, faster: str = "") -> None:
    """Do it, `then` what follows, and draw the page anew with the note; where it is refused, say why and keep what was typed.

    `faster`: what to say where somebody else changed the row first; without it EditConflict goes on to whoever asked.
    """
    try:
        act()
    except EditConflict:
        if not faster:
            raise
        words.problem(faster)
        return
    except AlongsideError as error:
        words.problem(str(error))
        return
    if then is not None:
        then()
    say(note)


def say(note: str) -> NoReturn:
    """Draw the page anew with the note."""
    st.session_state[SAID] = note
    st.rerun()


def tell() -> None:
    """The note of what was just done, once."""
    if SAID in st.session_state:
        words.note(st.session_state.pop(SAID))

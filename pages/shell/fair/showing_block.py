"""The block "Show our schools what is said of them": how many were shown, when their names open, and the button that records it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import streamlit as st

from data.access.settings import settings
from data.register.rows import Entry
from pages.components import words
from pages.components.figures import number_words, sentence_start
from pages.shell.choice import Choice
from pages.shell.fair import fairness
from pages.shell.fair.fairness import Fairness
from pages.shell.session import View

SAID, MADE = "schools_shown", "schools_shown_rows"
SIGNED_IN = (
    "Each head who signs in reads it on My school and can answer. Tell them that it is there, then say so here: the "
    "button tells nobody. When what is said of a school changes, it is shown anew."
)
HERE = (
    "Show each school its own page, on paper or on a screen, then say so here: the button tells nobody. When what is "
    "said of a school changes, it is shown anew."
)


def draw(view: View, choice: Choice, fair: Fairness) -> None:
    """Drawn for whoever may record a showing; nothing for others."""
    if not fairness.may_show(view, choice):
        return
    words.heading("Show our schools what is said of them")
    if SAID in st.session_state:
        words.note(st.session_state.pop(SAID))
    shown, total = len(fair.shown.keys() & choice.members), len(choice.members)
    words.paragraph(" ".join((_how_many(shown, total), *_when(view, fair))))
    _mistake(view, choice)
    if shown < total:
        _record(view, choice, choice.members - fair.shown.keys())


def _record(view: View, choice: Choice, left: frozenset[int]) -> None:
    """Which schools were told, and the button that says so."""
    able = fairness.able_to_look(view, left)
    words.paragraph(HERE if view.scope.owner else SIGNED_IN, quiet=True)
    if left - able:
        number = len(left - able)
        words.paragraph(
            f"{sentence_start(words.count(number, 'school'))} {'has' if number == 1 else 'have'} no head with an account yet, so "
            "nobody there could read it. Ask whoever looks after Alongside for you to invite them.",
        )
    if not able:
        return
    which = "This school's head knows" if len(able) == 1 else f"The heads of these {len(able)} schools know"
    here = "This school has seen it" if len(able) == 1 else f"These {len(able)} schools have seen it"
    sure = st.checkbox(here if view.scope.owner else f"{which} that it is there", key="schools_told")
    # Not a callback: those run before the guard has looked whether the person is still signed in.
    if st.button("We have shown our schools", key="show_to_schools", disabled=not sure):
        _show(view, choice, able)
        st.rerun()


def _how_many(shown: int, total: int) -> str:
    if shown == total:
        return f"All {words.count(total, 'school')} were shown what is said of them now."
    start = sentence_start(number_words(shown)) if shown else "None"
    return (
        f"{start} of {words.count(total, 'school')} {'was' if shown == 1 else 'were'} shown what is said of them now."
    )


def _when(view: View, fair: Fairness) -> tuple[str, ...]:
    """How long names stay with the schools, and the next day on which some open."""
    days = settings().days_ahead
    if view.scope.owner or not days:
        return ()
    line = f"From {words.count(days, 'day')} after that, others in the partnership see what is said by name."
    waiting = sorted(day for urn, day in fair.shown.items() if urn in fair.held)
    if not waiting:
        return (line,)
    opens = waiting[0] + timedelta(days=days)
    number = sum(day == waiting[0] for day in waiting)
    return (line, f"The next {words.count(number, 'school')}: on {words.day(opens)}.")


def _show(view: View, choice: Choice, told: Collection[int]) -> None:
    new = fairness.show_to_schools(view, choice, told)
    st.session_state.setdefault(MADE, {})[choice.partnership.uid] = new
    st.session_state[SAID] = f"{sentence_start(words.count(len(new), 'school'))} noted as shown today."


def _mistake(view: View, choice: Choice) -> None:
    """The way back from the click of this session: its rows, and no others, are withdrawn."""
    made: dict[str, tuple[Entry, ...]] = st.session_state.get(MADE, {})
    mine = made.get(choice.partnership.uid, ())
    if mine and st.button("That was a mistake: take it back", key="show_take_back", type="tertiary"):
        number = fairness.take_back_showings(view, mine)
        del made[choice.partnership.uid]
        st.session_state[SAID] = f"Taken back: {words.count(number, 'school')} noted as shown by mistake."
        st.rerun()

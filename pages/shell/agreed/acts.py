"""What people do with an agreement: answer, log a day, pause, go on, end, look again. One click is one act on the row as drawn.

Callbacks run before the guard, so a click only remembers; `do_asked` does it once the guard knows who is there. Where somebody
changed the agreement meanwhile both versions are shown and nothing is saved until one is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, cast

import streamlit as st

from data.access import limits
from data.access.scope import Row
from data.catalogue import AlongsideError
from data.register import agreements, places, rows
from data.register.declared import REGISTERS
from data.register.rows import EditConflict, Entry
from pages.components import words
from pages.shell.agreed.looking import Looking
from pages.shell.door import identity
from pages.shell.entered import register_form
from pages.shell.entered.register_rows import book

Act = Literal["giver_yes", "giver_no", "receiver_yes", "receiver_no", "log", "pause", "resume", "end", "review", "keep"]
ASKED, BOTH, TOLD = "agreed_asked", "agreed_both", "agreed_told"
KEPT: Mapping[Act, str] = {
    "giver_yes": "Kept: the supporting school said yes. The school that would be supported is asked next.",
    "giver_no": "Kept: not this time. Nobody is asked why.",
    "receiver_yes": "Kept: both schools said yes. It is agreed.",
    "receiver_no": "Kept: not this time. Nobody is asked why.",
    "log": "Kept: the line stands in the log.",
    "pause": "Paused. Its days stay promised until it goes on or ends.",
    "resume": "It goes on as agreed.",
    "end": "Ended. Its results can be followed here for two years.",
    "review": "Kept: it was looked at again.",
    "keep": "Kept: what the schools decided.",
}
FIELDS: Mapping[Act, tuple[str, ...]] = {
    "log": ("day", "what", "days", "words"), "pause": ("reason",), "end": ("on", "outcome"), "review": ("words",), "keep": ("words",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that was clicked: on which row, as it was drawn, and with what typed."""

    act: Act
    seen: Entry
    given: Mapping[str, Any] = field(default_factory=dict)


def key(act: str, name: str, seen: Entry) -> str:
    """The widget of one field of an act's form."""
    return f"agreed-{act}-{name}-{seen.entry_id}"


def ask(act: Act, seen: Entry) -> None:
    """Remember the click, with what stands in the form's widgets."""
    given = {name: st.session_state.get(key(act, name, seen)) for name in FIELDS.get(act, ())}
    st.session_state[ASKED] = Asked(act, seen, given)


def do_asked(look: Looking, publication_id: str) -> None:
    """Do what was clicked in the last run, or say why not. What was typed stays where it was refused."""
    asked: Asked | None = st.session_state.pop(ASKED, None)
    if asked is not None:
        _do(look, asked, publication_id)
    if text := st.session_state.pop(TOLD, ""):
        words.note(text)


def draw_both(look: Looking, entry: Entry, publication_id: str) -> bool:
    """After a conflict over this agreement: both versions, and the choice. Whether there was one."""
    both: tuple[Asked, EditConflict] | None = st.session_state.get(BOTH)
    if both is None or both[0].seen.entry_id != entry.entry_id:
        return False
    asked, conflict = both
    found = book(look.view, REGISTERS["agreement"])
    shown = replace(found, register=replace(found.register, fields=found.register.shown))
    chosen = register_form.draw_both(shown, conflict)
    if chosen:
        st.session_state.pop(BOTH)
        if chosen == "theirs":
            st.session_state[TOLD] = register_form.THEIRS
        if chosen == "theirs" or _do(look, replace(asked, seen=conflict.theirs), publication_id):
            st.rerun()
    return True


def may_write(look: Looking, entry: Entry) -> bool:
    register = REGISTERS["agreement"]
    place = Row(entry.uid, entry.urn, entry.other_urn, entry.created_by)
    return look.scope.reaches(register.write, places.asked_of(register, place))


def may_answer(look: Looking, entry: Entry, urn: int | None) -> bool:
    """Whether the person speaks for that side; for an organisation whoever may write the agreement does."""
    return may_write(look, entry) and (urn is None or look.scope.speaks_for(urn))


def _do(look: Looking, asked: Asked, publication_id: str) -> bool:
    """Whether it was done, or waits for a choice between two versions."""
    try:
        limits.take(look.store, look.scope, "edit", now=identity.now())
        _act(look, asked, publication_id)
    except EditConflict as conflict:
        st.session_state[BOTH] = (asked, conflict)
        return True
    except AlongsideError as error:
        words.problem(str(error))
        return False
    for name in FIELDS.get(asked.act, ()):
        st.session_state.pop(key(asked.act, name, asked.seen), None)
    st.session_state[TOLD] = KEPT[asked.act]
    return True


def _act(look: Looking, asked: Asked, publication_id: str) -> None:
    scope, store, seen, now = look.scope, look.store, asked.seen, identity.now()
    given = asked.given
    doing: Mapping[str, Callable[[], object]] = {
        "log": lambda: _log(look, seen, given, now),
        "pause": lambda: agreements.pause(scope, store, seen, reason=_text(given["reason"]), now=now),
        "resume": lambda: agreements.resume(scope, store, seen, now=now),
        "end": lambda: agreements.end(scope, store, seen, on=given["on"] or now.date(), outcome=_text(given["outcome"]), now=now),
        "review": lambda: agreements.review(scope, store, seen, words=_text(given["words"]), now=now),
        "keep": lambda: agreements.keep_without_need(
            scope, store, seen, words=_text(given["words"]), figures=publication_id, now=now
        ),
    }  # fmt: skip
    if asked.act in doing:
        doing[asked.act]()
        return
    side, said = asked.act.split("_")
    agreements.answer(
        scope, store, seen, side=cast(agreements.Side, side), says="yes" if said == "yes" else "declined", now=now
    )


def _log(look: Looking, seen: Entry, given: Mapping[str, Any], now: datetime) -> None:
    """A line of the log: of the agreement as it stands now, for somebody may have paused or ended it since it was drawn."""
    held = rows.entry(look.scope, look.store, seen.entry_id)
    what = cast(agreements.What, given["what"])
    days = given["days"] if what == "visit" else None
    agreements.log(
        look.scope,
        look.store,
        held,
        day=cast(date, given["day"]),
        what=what,
        days=days,
        words=_text(given["words"]),
        now=now,
    )


def _text(given: object) -> str:
    return str(given or "").strip()

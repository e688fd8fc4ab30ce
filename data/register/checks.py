"""What must hold between the values of one row, beyond each field by itself: a last day after the first, a reason for a pause.

The form, tables sent in and the program all go through it (`data.register.rows`). Pure; what a row must be to the rows
that it names is in `data.register.beside`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from data.register.values import Bad, Value

Said = Mapping[str, Value]
FIRST: Bad = ("receiver_says", "the supporting school answers first")


def wrong(register: str, whole: Said, before: Said | None = None) -> tuple[Bad, ...]:
    """What does not hold together in a row of the register. Of a row that stands (`before`), only what is new to it: whoever
    mends its words need not mend what an older version of Alongside let in.
    """
    found = (*_turned_round(whole), *_OWN.get(register, _nothing)(whole))
    known = wrong(register, before) if before is not None else ()
    if before is not None and _said_before(whole, before):
        known += (FIRST,)
    return tuple(one for one in found if one not in known)


def _said_before(whole: Said, before: Said) -> bool:
    """Whether the receiver's answer stands as it did: it waits while the supporting school is asked again."""
    return whole.get("receiver_says") == before.get("receiver_says")


def _nothing(_: Said) -> tuple[Bad, ...]:
    return ()


def _turned_round(said: Said) -> tuple[Bad, ...]:
    first, last = said.get("starts"), said.get("ends")
    turned = isinstance(first, date) and isinstance(last, date) and last < first
    return (("ends", "it lies before the first day"),) if turned else ()


def _blank(said: Said, *keys: str, why: str) -> tuple[Bad, ...]:
    return tuple((key, why) for key in keys if said.get(key) is None)


def _agreement(said: Said) -> tuple[Bad, ...]:
    state = said.get("state")
    bad: tuple[Bad, ...] = ()
    if state == "paused":
        bad += _blank(said, "pause_reason", why="say why it is paused")
    if state == "ended":
        bad += _blank(said, "ended_on", why="say on which day it ended")
        bad += _blank(said, "outcome", why="say what came of it")
    elif said.get("ended_on") is not None:
        bad += (("ended_on", "it is not ended: change its state, or leave the day blank"),)
    if said.get("giver_says") == "waiting" and said.get("receiver_says") not in (None, "waiting"):
        bad += (FIRST,)
    return bad


def _log(said: Said) -> tuple[Bad, ...]:
    if said.get("what") == "visit":
        return () if said.get("days") else (("days", "say how many days of support were used"),)
    bad: tuple[Bad, ...] = () if said.get("days") is None else (("days", "only a line of days used has days"),)
    if said.get("what") in ("note", "review"):
        bad += _blank(said, "words", why="say it in words")
    return bad


def _group_meeting(said: Said) -> tuple[Bad, ...]:
    """A day alone says nothing of a meeting."""
    if said.get("words") is not None or said.get("materials") is not None or said.get("trained"):
        return ()
    return (("words", "say what was done, how many people were trained, or where it is shared"),)


def _constraint(said: Said) -> tuple[Bad, ...]:
    kind = said.get("kind")
    if kind in ("not_with", "must_with", "conflict"):
        return _blank(said, "other", why="say which other school it is about")
    if kind == "travel":
        return _blank(said, "km", why="say how long the journey is")
    return _blank(said, "starts", "ends", why="say from when until when") if kind == "window" else ()


def _offer(said: Said) -> tuple[Bad, ...]:
    bad: tuple[Bad, ...] = ()
    if said.get("standing") in ("paused", "withdrawn"):
        bad += _blank(said, "reason", why="say why")
    slot, days = said.get("slot"), said.get("days")
    if isinstance(slot, float) and isinstance(days, float) and slot > days:
        bad += (("slot", "it is more than the days that are offered in all"),)
    return bad


def _programme(said: Said) -> tuple[Bad, ...]:
    chosen, first = said.get("selection_year"), said.get("first_year")
    turned = isinstance(chosen, int) and isinstance(first, int) and first <= chosen
    return (("first_year", "it does not lie after the year that schools were chosen on"),) if turned else ()


def _board_question(said: Said) -> tuple[Bad, ...]:
    """A day of an answer goes with an answer, and does not lie before the question."""
    asked, answered = said.get("asked_on"), said.get("answered_on")
    if answered is not None and said.get("answer") is None:
        return (("answer", "say what was answered, or leave its day blank"),)
    turned = isinstance(asked, date) and isinstance(answered, date) and answered < asked
    return (("answered_on", "it lies before the day of the question"),) if turned else ()


_OWN: Mapping[str, Callable[[Said], tuple[Bad, ...]]] = MappingProxyType(
    {
        "agreement": _agreement,
        "log": _log,
        "constraint": _constraint,
        "offer": _offer,
        "programme": _programme,
        "group_meeting": _group_meeting,
        "board_question": _board_question,
    }
)

"""Sentences about what people entered for planning: needs stated, times without visits, rules, support agreed already.

Plain values in. Repeats what people wrote as they wrote it: whoever draws it escapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from data.catalogue.standings import STANDINGS, Standing
from pages.components.figures import number_words, rounded, sentence_start
from pages.components.measure_words import area_words
from pages.components.support_findings import days_words
from pages.components.words import day, listing

Label = Callable[[int], str]
CAUSES: Mapping[str, str] = MappingProxyType(
    {"inspection": "an inspection is due", "new_head": "the school is changing its head"}
)
TAKEN = "Taken already: agreed with any partnership, asked for until somebody answers, or promised to a working group."
WAITING = "Entered for the school; it counts once its head has said so."


def stated_line(size: str, said: str, *, waiting: bool, on: date) -> str:
    """ "Stated by the school on 3 November 2026: help is important to us. In its words: …"; `said` "" for none."""
    who = "Entered for the school" if waiting else "Stated by the school"
    own = f" In its words: {said}" if said and not waiting else f" {said}" if said else ""
    return f"{who} on {day(on)}: {size}.{own}"


def window_line(school: str, starts: date | None, ends: date | None, cause: str) -> str:
    """ "Oak Junior School: from 3 to 12 ... (an inspection is due)"."""
    because = f" ({CAUSES[cause]})" if cause in CAUSES else ""
    return f"{school}: {between(starts, ends)}{because}."


def between(starts: date | None, ends: date | None) -> str:
    """ "from 3 November 2026 to 18 December 2026", open at an end that is not known."""
    parts = [f"from {day(starts)}" if starts else "", f"to {day(ends)}" if ends else ""]
    return " ".join(part for part in parts if part) or "at any time"


def supported_line(receiver: str, area: str, giver: str, days: float | None, standing: Standing) -> str:
    """ "Oak Junior, mathematics: supported by Elm Primary, 2 days a term; the supporting school is asked."."""
    amount = f", {days_words(days)} a term" if days is not None else ""
    return f"{receiver}, {area_words(area)}: {giver}{amount}; {STANDINGS[standing]}."


def group_days_line(school: str, area: str, days: float, *, asked: bool = False) -> str:
    """ "Elm Primary School, mathematics: 2 days a term promised."."""
    return f"{school}, {area_words(area)}: {days_words(days)} a term {'asked for, no answer yet' if asked else 'promised'}."


def kept_back_line(days: float) -> str:
    """How much of what was offered a plan leaves to working groups; "" for none."""
    return (
        f"{sentence_start(days_words(days))} a term that schools promised to working groups {'is' if days == 1 else 'are'} kept back."
        if days
        else ""
    )


def free_line(giver: str, free: float | None) -> str:
    """ "Cattering Park Primary School has 8 days a term free."; "" where no offer says."""
    return "" if free is None else f"{giver} has {days_words(free)} a term free of those in this plan."


def too_many(giver: str, days: float, free: float) -> str:
    """Why the form is not kept as it stands."""
    return f"{days_words(days)} a term are more than {giver} has free ({days_words(free)}). Ask for fewer, or tick that you ask for more all the same."


def met_line(school: str, area: str) -> str:
    """A need that an agreement meets which may not be read here: that it is met, not by whom."""
    return f"{school}, {area_words(area)}: under an agreement of another partnership."


def without_moves(finding: str) -> str:
    """What the plan is without what was moved: "Without it: six proposals use ..."."""
    return f"Without it: {finding[:1].lower()}{finding[1:]}."


def rule_line(kind: str, school: str, other: str, values: Mapping[str, object]) -> str:
    """One rule of the partnership, and why. `other`: "" for every other school."""
    both = f"{school} and {other or 'every other school'}"
    said = {
        "not_with": f"{both} do not support each other", "conflict": f"{both} have a conflict of interest and do not support each other",
        "must_with": f"{school} is supported by {other}, where it gives in the area", "travel": f"{both} are {_journey(values)} apart",
        "remote": f"{both} can help each other from afar only, without visits",
    }.get(kind, f"{school}: {between(_day(values, 'starts'), _day(values, 'ends'))} without visits")  # fmt: skip
    why = str(values.get("why") or "")
    return f"{said}. Why: {why}" if why else f"{said}."


def _journey(values: Mapping[str, object]) -> str:
    km, minutes = values.get("km"), values.get("minutes")
    far = f"{rounded(km, 0)} km" if isinstance(km, float) else ""
    long = f"{rounded(minutes, 0)} minutes" if isinstance(minutes, float) else ""
    return listing([part for part in (far, long) if part]) or "further than the map says"


def _day(values: Mapping[str, object], key: str) -> date | None:
    found = values.get(key)
    return found if isinstance(found, date) else None


def stated_finding(schools: int) -> str:
    """ "Two schools say that help would be welcome"; "" for none."""
    if not schools:
        return ""
    who = f"{number_words(schools)} {'school says' if schools == 1 else 'schools say'}"
    return f"{sentence_start(who)} that help would be welcome."

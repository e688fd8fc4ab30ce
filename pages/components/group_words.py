"""Sentences and tables about working groups: who leads, who joins, what schools say, meetings. Plain values in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.names import Names
from pages.components.plan_words import between
from pages.components.support_findings import days_words
from pages.components.tables import Link
from pages.components.words import count, day, listing

PARTS: Mapping[str, str] = MappingProxyType({"leads": "Leads", "hosts": "Gives days and a venue", "joins": "Joins"})
SAYS: Mapping[str, str] = MappingProxyType(
    {"waiting": "asked, no answer yet", "yes": "said yes", "declined": "not this time"}
)
STATES: Mapping[str, str] = MappingProxyType({"planned": "planned", "running": "running", "ended": "ended"})


READ_BY = "A school that says yes is named to every school of the group, and to those that are asked later."


def finding(running: int, planned: int) -> str:
    """ "One working group is running; one is planned"."""
    if not running and not planned:
        return "No working group yet"
    parts = []
    if running:
        parts.append(f"{number_words(running)} working {'group is' if running == 1 else 'groups are'} running")
    if planned:
        noun = "" if running else f" working {'group' if planned == 1 else 'groups'}"
        parts.append(f"{number_words(planned)}{noun} {'is' if planned == 1 else 'are'} planned")
    return sentence_start("; ".join(parts))


def line(area: str, state: str, starts: date | None, ends: date | None, venue: str) -> str:
    """ "Mathematics, planned, from 1 January 2027 to 31 July 2027, at Cattering Park"."""
    when = f", {between(starts, ends)}" if starts or ends else ""
    where = f", at {venue}" if venue else ""
    return f"{sentence_start(area_words(area))}, {STATES.get(state, state)}{when}{where}."


def called(name: str, area: str, names: Names) -> str:
    """What people call the group; by its area alone while names are hidden."""
    return f"{sentence_start(area_words(area))} group" if names.hide else name


def school_line(part: str, school: str, days: float | None, says: str) -> str:
    """ "Leads: Oak Junior School, 2 days a term; said yes"."""
    given = f", {days_words(days)} a term" if days else ""
    return f"{PARTS.get(part, part)}: {school}{given}; {SAYS.get(says, says)}."


def unnamed_line(schools: int) -> str:
    """Of schools that have not said yes a head reads a number only."""
    return (
        f"{sentence_start(count(schools, 'more school'))} {'was' if schools == 1 else 'were'} asked." if schools else ""
    )


def meeting_row(on: date | None, venue: str, what: str, trained: str, materials: str) -> dict[str, object]:
    """A row of the table of meetings; `materials` an https link or ""."""
    link: object = Link(f"materials of {day(on)}", materials) if materials else ""
    return {"Day": day(on), "Venue": venue, "What was done": what, "Trained": trained, "Shared materials": link}


def trained_words(number: int | None, who: str) -> str:
    """ "14 people: subject leads"."""
    many = count(number, "person", "people") if number else ""
    return ": ".join(part for part in (many, who) if part)


def already(names: Sequence[str]) -> str:
    """ "There is a group for it already: Mathematics in our primaries."; "" for none."""
    return f"There is a group for it already: {listing(names)}." if names else ""


def schools(number: int) -> str:
    """ "five schools"."""
    return f"{number_words(number)} {'school' if number == 1 else 'schools'}"


def told_once(number: int) -> str:
    """What is said after a group was made."""
    return f"Kept as planned. {sentence_start(count(number, 'school'))} {'is' if number == 1 else 'are'} asked; each says for itself."

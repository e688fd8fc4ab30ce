"""Agreed support in sentences: where an agreement stands, what is next and for whom. Says what stands, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.standings import STANDINGS, WAITING, Standing
from pages.components.cards import short_name
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_label, area_words
from pages.components.support_findings import count_words, days_words
from pages.components.words import day, listing

# Headings of the list: first those that ask something of somebody.
GROUPS: tuple[tuple[str, tuple[Standing, ...]], ...] = (
    ("Something is asked", (*WAITING, "over", "paused")), ("Under way or about to begin", ("active", "agreed")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement as it is drawn. `giver` and `receiver` are labels; `used`: days so far; `in_all`: days that it comes to;
    `mine`: the next step is for whoever looks; `asks`: why it should be looked at again.
    """

    number: int
    giver: str
    receiver: str
    area: str
    kind: str
    days: float
    starts: date
    ends: date
    standing: Standing
    used: float
    in_all: float
    ended_on: date | None = None
    pause_reason: str = ""
    outcome: str = ""
    asks: tuple[str, ...] = ()
    mine: bool = False


def finding(rows: Sequence[Row]) -> str:
    """ "Three agreements are under way, one waits for an answer and one is paused"."""
    if not rows:
        return "No support has been agreed yet"
    counts = {one: sum(row.standing == one for row in rows) for one in STANDINGS}
    waiting = sum(counts[one] for one in WAITING)
    parts = [
        _part(counts["active"], "is under way", "are under way"), _part(waiting, "waits for an answer", "wait for an answer"),
        _part(counts["paused"], "is paused", "are paused"), _part(counts["over"], "is past its last day", "are past their last day"),
        _part(counts["agreed"], "begins later", "begin later"),
    ]  # fmt: skip
    told = [part for part in parts if part]
    if not told:
        return f"Nothing is under way: {count_words(counts['ended'] + counts['declined'], 'agreement')} of earlier days"
    number, rest = told[0].split(" ", 1)
    first = f"{number} {'agreement' if number == 'one' else 'agreements'} {rest}"
    return sentence_start(listing([first, *told[1:]]))


def _part(number: int, one: str, many: str) -> str:
    return f"{number_words(number)} {one if number == 1 else many}" if number else ""


def title(row: Row) -> str:
    """ "Lower Quennet supports Tolverton with mathematics: under way, 3 of 8 days used"."""
    giver, receiver = short_name(row.giver), short_name(row.receiver)
    would = "would support" if row.standing in (*WAITING, "declined") else "supports"
    verb = "supported" if row.standing == "ended" else would
    stands = STANDINGS[row.standing]
    days = f", {used_words(row)}" if row.standing in ("active", "paused", "over", "ended") else ""
    return sentence_start(f"{giver} {verb} {receiver} with {area_words(row.area)}: {stands}{days}")


def about(row: Row) -> str:
    """ "Coaching, 2 days a term, from 1 October 2026 to 31 March 2027."."""
    return f"{sentence_start(row.kind)}, {days_words(row.days)} a term, from {day(row.starts)} to {day(row.ends)}."


def head(row: Row) -> str:
    return pair(row.giver, row.receiver)


def pair(giver: str, receiver: str) -> str:
    return f"{giver} → {receiver}"


def used_words(row: Row) -> str:
    """ "3 of 8 days used"."""
    return f"{row.used:g} of {days_words(row.in_all)} used"


def over_line(row: Row) -> str:
    """That more days were used than agreed; "" where they were not."""
    over = round(row.used - row.in_all, 6)
    return f"{sentence_start(days_words(over))} more used than were agreed." if over > 0 else ""


def log_hint(row: Row) -> str:
    """What is left, before a day is logged: "4 days agreed in all, 2.5 used: 1.5 days left."."""
    left = max(0.0, row.in_all - row.used)
    return f"{sentence_start(days_words(row.in_all))} agreed in all, {row.used:g} used: {days_words(left)} left."


def days_card(row: Row) -> tuple[str, str, str]:
    """Large number, line, quiet line of an agreement's days."""
    quiet = f"{days_words(row.days)} a term"
    if row.standing in (*WAITING, "declined", "agreed"):
        return f"{row.in_all:g}", "days in all", quiet
    return f"{row.used:g} of {row.in_all:g}", "days used so far" if row.standing != "ended" else "days used", quiet


def line(row: Row) -> str:
    """The card's sentence: area, kind, time."""
    return f"{area_label(row.area)}: {row.kind}, {day(row.starts)} to {day(row.ends)}."


def stands(row: Row) -> str:
    """Where it stands, with the reason of a pause and the days used: "Paused, 3 of 12 days used. The head has left."."""
    used = f", {used_words(row)}" if row.standing in ("active", "paused", "over") else ""
    why = f" {sentence(row.pause_reason)}" if row.standing == "paused" and row.pause_reason else ""
    over = f" {said}" if used and (said := over_line(row)) else ""
    return f"{sentence_start(STANDINGS[row.standing])}{used}.{over}{why}"


def sentence(said: str) -> str:
    """What people wrote, with an end."""
    return said if said.rstrip(")\"' ").endswith((".", "!", "?")) else f"{said}."


def short(row: Row) -> str:
    """ "Lower Quennet → Tolverton", for links."""
    return f"{short_name(row.giver)} → {short_name(row.receiver)}"


def next_step(row: Row) -> str:
    """What is next, and for whom; "" where nothing is."""
    you = "Next for you" if row.mine else "Next"
    if row.standing == "giver_asked":
        return (
            f"{you}: say yes or not this time."
            if row.mine
            else f"Next: {row.giver} says yes or not this time; it is asked first."
        )
    if row.standing == "receiver_asked":
        return f"{you}: say yes or not this time." if row.mine else f"Next: {row.receiver} says yes or not this time."
    if row.standing == "over":
        return f"{you}: say what came of it, or agree a later last day."
    if row.standing == "paused":
        return f"{you}: go on with it, or end it."
    if row.standing == "active" and not row.used:
        return f"{you}: log the days as they are used."
    return ""


def earlier(row: Row) -> str:
    """One that is over and done, in a line of a list."""
    if row.standing == "declined":
        return f"{head(row)}, {area_words(row.area)}: not this time. Nobody is asked why."
    when = f"ended on {day(row.ended_on)}" if row.ended_on is not None else "ended"
    came = f" {sentence(row.outcome)}" if row.outcome else ""
    return f"{head(row)}, {area_words(row.area)}: {when}, {used_words(row)}.{came}"


def window_words(name: str, until: date, why: str) -> str:
    """A time without visits that holds now."""
    return f"No visits at {name} until {day(until)}.{f' {sentence(why)}' if why else ''}"


def figures_words(made: date | None) -> str:
    """What an agreement rested on, by the day on which its figures were made."""
    return "" if made is None else f"It rested on the figures of {day(made)}."


def gone_words(now: date, receiver: str, area: str) -> str:
    """Asked, not assumed: new figures point to no need any more."""
    return (
        f"The figures of {day(now)} no longer point to a need in {area_words(area)} at {receiver}. That may be good news, or "
        "chance. Nothing changes by itself: what have the schools decided?"
    )

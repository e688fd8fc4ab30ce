"""The ledger of days as tables and sentences: by supporting school, by supported school, of one agreement. Adds up nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analytics.support.ledger import Load, Received
from data.catalogue.terms import Term
from pages.components.figures import sentence_start
from pages.components.measure_words import area_words
from pages.components.support_findings import count_words, days_words
from pages.components.words import listing

Label = Callable[[int], str]
DAYS = ("Offered", "Agreed", "Asked for", "Used")
ALSO = ("For working groups", "Elsewhere")  # columns that stand only where there is something in them
WITHIN = "within what was offered"


def finding(loads: Sequence[Load], term: Term) -> str:
    """ "Autumn 2026/27: 12 of the 26 days offered are agreed, 4 are used"."""
    if not loads:
        return f"{term.words}: no days have been offered or agreed"
    offered, agreed, used = (sum(getattr(one, name) for one in loads) for name in ("offered", "agreed", "used"))
    asked = sum(one.asked for one in loads)
    more = f", {asked:g} more asked for" if asked else ""
    for also, where in (
        (sum(one.groups for one in loads), "to working groups"),
        (sum(one.elsewhere for one in loads), "elsewhere"),
    ):
        more += f", {also:g} more promised {where}" if also else ""
    of = (
        f"{agreed:g} of the {days_words(offered)} offered {'is' if agreed == 1 else 'are'} agreed"
        if offered
        else f"{days_words(agreed)} agreed, none offered"
    )
    return f"{term.words}: {of}{more}, {used:g} used"


def beyond_lines(loads: Sequence[Load], label: Label) -> tuple[str, ...]:
    """Who promised more than was offered, in which area, and who used more than was agreed: never without a word."""
    promised = tuple(
        f"{label(one.supporter)}: {days_words(days)} more promised for {area_words(area)} than offered for it."
        for one in loads
        for area, days in one.beyond
    )
    return (*promised, *(f"{label(one.supporter)}: {overused_words(one.overused)}." for one in loads if one.overused))


def overused_words(days: float) -> str:
    """ "3 days more used than were agreed"."""
    return f"{days_words(days)} more used than were agreed"


def own_lines(loads: Sequence[Load]) -> tuple[str, ...]:
    """Of one school, term by term: what is promised beside its agreements here, beyond its offer, or used beyond what was agreed."""
    found = []
    for one in loads:
        beyond = sum(days for _, days in one.beyond)
        parts = [
            f"{also_words(one)}, beside what is agreed here" if one.also else "",
            f"{days_words(beyond)} more promised than offered" if beyond else "",
            overused_words(one.overused) if one.overused else "",
        ]
        found += [f"{one.term.words}: {'; '.join(part for part in parts if part)}."] if any(parts) else []
    return tuple(found)


def also_words(one: Load) -> str:
    """ "2 days for working groups, 4 days in other partnerships"; "" for none."""
    parts = [
        f"{days_words(one.groups)} for working groups" if one.groups else "",
        f"{days_words(one.elsewhere)} in other partnerships" if one.elsewhere else "",
    ]
    return ", ".join(part for part in parts if part)


def spare_line(loads: Sequence[Load]) -> str:
    """How many days nobody has asked for yet; "" where there are none."""
    spare = [one for one in loads if one.free]
    days = sum(one.free for one in spare)
    if not spare:
        return ""
    who = count_words(len(spare), "supporter")
    return f"{sentence_start(days_words(days))} of {who} {'is' if days == 1 else 'are'} still free."


def bar_words(one: Load) -> str:
    """At the end of a bar: "2 of 4 days", "5 of 4 days"; without an offer "2 days"."""
    if not one.offered:
        return days_words(one.promised)
    return f"{one.promised:g} of {days_words(one.offered)}"


def load_table(loads: Sequence[Load], label: Label) -> pd.DataFrame:
    """Supporting school, term, days offered, agreed, asked for and used, and what goes beyond the offer."""
    also = any(one.also for one in loads)
    return pd.DataFrame(
        [
            (
                label(one.supporter), one.term.words, *_days(one.offered, one.agreed, one.asked, one.used),
                *(_days(one.groups, one.elsewhere) if also else ()), _word(one),
            )
            for one in loads
        ],
        columns=["Supporting school", "Term", *DAYS, *(ALSO if also else ()), "Load"],
    )  # fmt: skip


def received_table(rows: Sequence[Received], label: Label) -> pd.DataFrame:
    """Supported school, term, days agreed, asked for and used."""
    return pd.DataFrame(
        [(label(one.school), one.term.words, *_days(one.agreed, one.asked, one.used)) for one in rows],
        columns=["Supported school", "Term", *DAYS[1:]],
    )  # fmt: skip


def agreement_table(rows: Sequence[Received], *, waits: bool = False) -> pd.DataFrame:
    """One agreement: term, days agreed, or asked for while it waits, days used."""
    return pd.DataFrame(
        [(one.term.words, f"{one.agreed + one.asked:g}", f"{one.used:g}") for one in rows],
        columns=["Term", "Asked for" if waits else "Agreed", "Used"],
    )  # fmt: skip


def alt(loads: Sequence[Load], term: Term, label: Label) -> str:
    """The picture in words."""
    told = [f"{label(one.supporter)} {one.agreed:g} of {one.offered:g}" for one in loads]
    return f"Days agreed of days offered by each supporter, {term.words}: {listing(told)}."


def _word(one: Load) -> str:
    beyond = f"{sum(days for _, days in one.beyond):g} beyond what was offered" if one.beyond else WITHIN
    stands = beyond if one.promised else "nothing promised"
    return f"{stands}; {overused_words(one.overused)}" if one.overused else stands


def _days(*numbers: float) -> tuple[str, ...]:
    return tuple(f"{number:g}" for number in numbers)

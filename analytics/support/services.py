"""What schools are given, share and buy, in pounds and days a year, and which of it ends soon. Adds up what was entered.

A price that was not entered is not 0: it is counted as not said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["statutory", "bought_in", "shared"]
SORTS: tuple[Sort, ...] = ("bought_in", "shared", "statutory")
SOON_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `school` None: of the partnership as a whole. `price`: pounds a year; `days`: a year."""

    number: int
    name: str
    sort: Sort
    school: int | None
    area: str | None
    price: float | None
    days: float | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Total:
    """Services of one sort together. `unpriced`: how many have no price entered, so that `pounds` is without them."""

    sort: Sort
    services: int
    pounds: float
    unpriced: int
    days: float


def running(services: Iterable[Service], today: date) -> tuple[Service, ...]:
    """Services that have not ended: those that end first stand first, those without an end last; then by number."""
    there = [one for one in services if one.until is None or one.until >= today]
    return tuple(sorted(there, key=lambda one: (one.until or date.max, one.number)))


def past(services: Iterable[Service], today: date) -> tuple[Service, ...]:
    """Services whose last day has passed, the latest first."""
    gone = [(one.until, one) for one in services if one.until is not None and one.until < today]
    return tuple(one for _, one in sorted(gone, key=lambda pair: (pair[0], pair[1].number), reverse=True))


def ending(services: Iterable[Service], today: date) -> tuple[Service, ...]:
    """Running services that end within SOON_MONTHS of today, the first to end first."""
    limit = later(today, SOON_MONTHS)
    return tuple(one for one in running(services, today) if one.until is not None and one.until <= limit)


def totals(services: Iterable[Service]) -> tuple[Total, ...]:
    """What the services come to in a year, one line a sort that occurs, as in SORTS."""
    every = tuple(services)
    found = []
    for sort in SORTS:
        mine = [one for one in every if one.sort == sort]
        if mine:
            pounds, days = sum(one.price or 0.0 for one in mine), sum(one.days or 0.0 for one in mine)
            found.append(Total(sort, len(mine), pounds, sum(one.price is None for one in mine), days))
    return tuple(found)


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(day.year + year, month + 1, number)
        except ValueError:
            continue
    return date(day.year + year, month + 1, min(day.day, 28))

"""The ledger of days: what each supporting school offered, agreed, is asked for and used, term by term, and what each school gets.

Days are counted as agreed: so many a term, in each term that the time touches. Days that a school is asked for count as
promised until somebody answers; so do days promised to working groups, and those that agreements of other partnerships take of
the same offers. Nothing is spread, guessed or filled in; whose days nobody offered stand as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from data.catalogue.standings import RUNNING, WAITING, Standing
from data.catalogue.terms import Term

OfferStanding = Literal["waiting", "offered", "paused", "withdrawn"]
ASKED: tuple[Standing, ...] = WAITING
AGREED: tuple[Standing, ...] = (*RUNNING, "ended")
NOBODY = 0  # the supporter where an agreement names neither a school nor an offer


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer of `days` a term by a school (`giver`), or by an organisation (None). `starts`: at the latest the day it was
    entered; `changed`: the day it was last changed, which for a paused or withdrawn one is when that became so.
    """

    number: int
    giver: int | None
    area: str
    days: float
    starts: date
    ends: date | None
    standing: OfferStanding
    changed: date

    @property
    def supporter(self) -> int:
        """The giving school's URN, or minus the offer's number where no school gives."""
        return -self.number if self.giver is None else self.giver

    def stands_in(self, term: Term) -> bool:
        """Whether its days can be given in the term. What was paused or withdrawn stands in the terms that were over by then."""
        if self.standing == "waiting" or not term.touches(self.starts, self.ends):
            return False
        return self.standing == "offered" or term.last_day < self.changed


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement of `days` a term. `ends`: the day it ended where it ended early. `offer`: whose days it uses."""

    number: int
    giver: int | None
    receiver: int
    area: str
    days: float
    starts: date
    ends: date
    standing: Standing
    offer: int | None = None

    @property
    def supporter(self) -> int:
        return self.giver if self.giver is not None else -self.offer if self.offer is not None else NOBODY


@dataclass(frozen=True, slots=True)
class Used:
    """Days of support used on one day of an agreement."""

    agreement: int
    day: date
    days: float


@dataclass(frozen=True, slots=True)
class Promise:
    """Days of one term that no agreement here takes: of a working group, or of agreements in other partnerships."""

    supporter: int
    area: str
    term: Term
    days: float
    to: Literal["group", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Load:
    """One supporting school in one term, in days. `asked`: promised until somebody answers. `beyond`: areas in which more is
    promised than offered, and by how much; days offered for one area are not there for another. `free`: days left.
    `groups`, `elsewhere`: promised to working groups, and in other partnerships.
    """

    supporter: int
    term: Term
    offered: float
    agreed: float
    asked: float
    used: float
    beyond: tuple[tuple[str, float], ...] = ()
    free: float = 0.0
    groups: float = 0.0
    elsewhere: float = 0.0

    @property
    def also(self) -> float:
        """Days promised beside the agreements here."""
        return self.groups + self.elsewhere

    @property
    def promised(self) -> float:
        return self.agreed + self.asked + self.also

    @property
    def overused(self) -> float:
        """Days used beyond those agreed."""
        return max(0.0, round(self.used - self.agreed, 6))


@dataclass(frozen=True, slots=True)
class Received:
    """One supported school in one term, in days."""

    school: int
    term: Term
    agreed: float
    asked: float
    used: float


def loads(
    offers: Iterable[Offered], agreements: Sequence[Agreed], used: Iterable[Used], terms: Sequence[Term], *,
    promises: Iterable[Promise] = (),
) -> tuple[Load, ...]:  # fmt: skip
    """A line for each supporter and term in which something was offered, agreed, asked, promised or used; by supporter, then
    term.
    """
    known, lines, also = tuple(offers), tuple(used), tuple(promises)
    givers = sorted({one.supporter for rows in (known, agreements, also) for one in rows})
    found = []
    for supporter in givers:
        mine = [one for one in agreements if one.supporter == supporter]
        for term in terms:
            theirs = [one for one in known if one.supporter == supporter and one.stands_in(term)]
            also_here = [one for one in also if (one.supporter, one.term) == (supporter, term)]
            line = _load(supporter, term, theirs, mine, also_here)
            line = replace(line, used=_used(mine, lines, term))
            if line.offered or line.promised or line.used:
                found.append(line)
    return tuple(found)


def _load(
    supporter: int, term: Term, offers: Sequence[Offered], mine: Sequence[Agreed], also: Sequence[Promise]
) -> Load:
    """One line without what was used; what is promised is held against what was offered area by area."""
    over = {
        area: round(
            _days((one for one in mine if one.area == area), term, (*AGREED, *ASKED))
            + sum(one.days for one in also if one.area == area)
            - sum(one.days for one in offers if one.area == area), 6,
        )
        for area in sorted({one.area for rows in (offers, mine, also) for one in rows})
    }  # fmt: skip
    groups, elsewhere = (sum(one.days for one in also if one.to == to) for to in ("group", "elsewhere"))
    return Load(
        supporter, term, sum(one.days for one in offers), _days(mine, term, AGREED), _days(mine, term, ASKED), 0.0,
        tuple((area, days) for area, days in over.items() if days > 0), sum(-days for days in over.values() if days < 0),
        groups, elsewhere,
    )  # fmt: skip


def received(agreements: Sequence[Agreed], used: Iterable[Used], terms: Sequence[Term]) -> tuple[Received, ...]:
    """A line for each supported school and term in which something was agreed, asked for or used; by URN, then term."""
    lines, found = tuple(used), []
    for school in sorted({one.receiver for one in agreements}):
        mine = [one for one in agreements if one.receiver == school]
        for term in terms:
            line = Received(school, term, _days(mine, term, AGREED), _days(mine, term, ASKED), _used(mine, lines, term))
            if line.agreed or line.asked or line.used:
                found.append(line)
    return tuple(found)


def used_of(agreement: int, used: Iterable[Used]) -> float:
    """Days used of one agreement so far."""
    return sum(one.days for one in used if one.agreement == agreement)


def days_in_all(agreement: Agreed, terms: Sequence[Term]) -> float:
    """Days that an agreement comes to over these terms: its days a term, in each term that it touches."""
    return sum(agreement.days for term in terms if term.touches(agreement.starts, agreement.ends))


def _days(agreements: Iterable[Agreed], term: Term, standings: tuple[Standing, ...]) -> float:
    return sum(one.days for one in agreements if one.standing in standings and term.touches(one.starts, one.ends))


def _used(agreements: Iterable[Agreed], used: Iterable[Used], term: Term) -> float:
    numbers = {one.number for one in agreements}
    return sum(one.days for one in used if one.agreement in numbers and term.first_day <= one.day <= term.last_day)

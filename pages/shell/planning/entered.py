"""What people have entered that a plan must know: needs stated, rules, times without visits, agreements. Read with the view's
scope, about one partnership and the term that is planned for; keeps nothing, for these rows are private and change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import pandas as pd

from data.catalogue.terms import Term, term_of
from data.register import group_days, rows
from data.register.agreements import Committed, standing, supported_everywhere, taken_everywhere
from data.register.declared import REGISTERS
from data.register.group_days import Days
from data.register.rows import Entry
from data.store.engine import engine
from pages.shell import address
from pages.shell.door import identity
from pages.shell.fair import private
from pages.shell.session import View

TERMS = 4  # from this one on
UNMET = ("stated", "waiting")


@dataclass(frozen=True, slots=True)
class Stated:
    """A need that a school states. `size`: a key of the register's choices; `waiting`: for the school's own word."""

    entry: Entry
    urn: int
    area: str
    size: str
    waiting: bool
    words: str

    @property
    def size_words(self) -> str:
        """ "help is important to us"."""
        return REGISTERS["stated_need"].fields["size"].choices.get(self.size, self.size)

    @property
    def day(self) -> date:
        return datetime.fromisoformat(self.entry.changed).date()


@dataclass(frozen=True, slots=True)
class Entered:
    """`begins`: the day on which support planned now would begin; `committed`: days that agreements of any partnership take in
    the term; `group_days`: (school, area) -> days a term that it promised to working groups, `group_asked`: that it is asked for;
    `met`: (school, area) that an agreement of another partnership is about, which may not be read here;
    `elsewhere`: needs that schools outside state, as far as they may be read, for they do not give there;
    `rules` are those in force in it; `windows` those rules that keep visits away, now or later.
    """

    term: Term
    begins: date
    today: date
    stated: tuple[Stated, ...]
    rules: tuple[Entry, ...]
    windows: tuple[Entry, ...]
    agreements: tuple[Entry, ...]
    committed: Committed
    offers: pd.DataFrame
    group_days: Days
    group_asked: Days
    met: frozenset[tuple[int, str]] = frozenset()
    elsewhere: tuple[Stated, ...] = ()


def this_term() -> Term:
    return term_of(identity.now().date())


def pick_term(place: object) -> Term:
    """The term that is planned for: the next one, unless another is chosen."""
    first = this_term()
    terms = {first.key: first}
    while len(terms) < TERMS:
        last = list(terms.values())[-1].after()
        terms[last.key] = last
    lost = "The link asks for a term that is over or too far ahead. The next one is shown."
    value = address.settle("term", tuple(terms), first.after().key, str, lost)
    address.picker(place, "term", "Term", tuple(terms), value, lambda key: terms[key].words)
    return terms[value]


def entered(view: View, uid: str, members: Collection[int], term: Term) -> Entered:
    """What stands in the registers for these schools in the term."""
    today, store = identity.now().date(), engine(view.place)
    begins = max(today, term.first_day)
    every = tuple(one for one in _entries(view, "agreement", uid) if standing(one, today) not in ("declined", "ended"))
    said = _said(view)
    rules = tuple(one for one in _entries(view, "constraint", uid) if _holds(one, begins, term.last_day))
    windows = [one for one in _entries(view, "constraint", uid) if one.values["kind"] == "window"]
    return Entered(
        term=term, begins=begins, today=today, stated=tuple(one for one in said if one.urn in members),
        rules=tuple(one for one in rules if one.values["kind"] != "window"),
        windows=tuple(one for one in windows if _ends(one) is None or cast(date, _ends(one)) >= today),
        agreements=every, committed=taken_everywhere(store, begins, term.last_day, today),
        offers=_in_force(private.offers(view), begins, term.last_day),
        group_days=group_days.promised(store, begins, term.last_day),
        group_asked=group_days.asked(view.scope, store, uid, (begins, term.last_day)),
        met=supported_everywhere(store, members, begins) - {(one.other_urn, str(one.values["area"])) for one in every},
        elsewhere=tuple(one for one in said if one.urn not in members),
    )  # fmt: skip


def stated(view: View, members: Collection[int]) -> tuple[Stated, ...]:
    """Needs that these schools state, or that wait for their word."""
    return tuple(one for one in _said(view) if one.urn in members)


def _said(view: View) -> tuple[Stated, ...]:
    """Needs that schools state, or that wait for their word; of several for one area the newest."""
    found: dict[tuple[int, str], Stated] = {}
    for one in sorted(_entries(view, "stated_need"), key=lambda row: (row.changed, row.entry_id)):
        said = one.values
        if one.urn is None or said["standing"] not in UNMET:
            continue
        need = Stated(
            one, one.urn, str(said["area"]), str(said["size"]), said["standing"] == "waiting", str(said["words"] or "")
        )
        before = found.get((need.urn, need.area))
        if before is None or before.waiting or not need.waiting:  # the school's own word stands over one that waits
            found[need.urn, need.area] = need
    return tuple(sorted(found.values(), key=lambda need: (need.urn, need.area)))


def closed(found: Entered) -> Mapping[int, Entry]:
    """Schools without visits on the day that support would begin, with the row that says so."""
    return {one.urn: one for one in found.windows if one.urn is not None and _holds(one, found.begins, found.begins)}


def supported(found: Entered) -> Mapping[tuple[int, str], Entry]:
    """(school, area) that an agreement is about on that day or later, those asked about included."""
    return {
        (one.other_urn, str(one.values["area"])): one for one in found.agreements
        if one.other_urn is not None and ((last := _ends(one)) is None or last >= found.begins)
    }  # fmt: skip


def agreed(found: Entered) -> frozenset[tuple[int, str, int]]:
    """Who supports whom, in what, by these agreements: a school, or minus the number of an organisation's offer."""
    return frozenset(
        (one.other_urn, str(one.values["area"]), who) for one in found.agreements
        if one.other_urn is not None and (who := giver_of(one)) is not None and ((last := _ends(one)) is None or last >= found.begins)
    )  # fmt: skip


def giver_of(agreement: Entry) -> int | None:
    """The supporting school, or minus the offer's number where no school gives; None where neither is named."""
    offer = agreement.values["offer"]
    return agreement.urn or (-offer if isinstance(offer, int) else None)


def _entries(view: View, register: str, uid: str | None = None) -> tuple[Entry, ...]:
    if not view.scope.may(REGISTERS[register].read):
        return ()
    return rows.entries(view.scope, engine(view.place), register, uid=uid)


def _holds(one: Entry, first: date, last: date) -> bool:
    """Whether a rule holds on a day from `first` to `last`; without a first or last day of its own it is open there."""
    starts, ends = one.values["starts"], _ends(one)
    return (not isinstance(starts, date) or starts <= last) and (ends is None or ends >= first)


def _ends(one: Entry) -> date | None:
    found = one.values["ends"]
    return found if isinstance(found, date) else None


def _in_force(offers: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Offers whose own days touch the time."""
    begun = offers["starts"].isna() | (offers["starts"] <= pd.Timestamp(last))
    going = offers["ends"].isna() | (offers["ends"] >= pd.Timestamp(first))
    return offers[begun & going].reset_index(drop=True)

"""Agreements as one person may read them: the rows, where they stand today, their log, and the ledger of days made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import cast

from analytics.support import ledger
from analytics.support.ledger import Agreed, Offered, OfferStanding, Used
from data.catalogue.terms import terms_between
from data.register import agreements
from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components.agreed_words import Row, pair, window_words
from pages.shell.agreed.looking import Looking

KINDS: Mapping[str, str] = REGISTERS["agreement"].fields["kind"].choices


@dataclass(frozen=True)
class Ledger:
    """Everything agreed, offered and used that the person may read here."""

    look: Looking
    entries: tuple[Entry, ...]
    offer_rows: tuple[Entry, ...]

    @cached_property
    def log(self) -> tuple[Entry, ...]:
        return self.look.entries("log")

    @cached_property
    def agreed(self) -> tuple[Agreed, ...]:
        return tuple(agreed(one, self.look.today) for one in self.entries)

    @cached_property
    def offers(self) -> tuple[Offered, ...]:
        return tuple(offered(one) for one in self.offer_rows)

    @cached_property
    def used(self) -> tuple[Used, ...]:
        return tuple(found for one in self.log if (found := used(one)) is not None)

    @cached_property
    def suppliers(self) -> Mapping[int, str]:
        """What supporters without a school are called, by the key of the ledger."""
        called = {
            -one.entry_id: str(one.values["who"] or "an organisation") for one in self.offer_rows if one.urn is None
        }
        return {ledger.NOBODY: "an organisation", **called}

    def supporter(self, key: int) -> str:
        return self.look.label(key) if key > 0 else self.suppliers.get(key, "an organisation")

    def giver(self, one: Entry) -> str:
        """Who gives in an agreement: a school, or the organisation of the offer that it uses."""
        if one.urn is not None:
            return self.look.label(one.urn)
        offer = one.values["offer"]
        return self.supporter(-offer if isinstance(offer, int) else ledger.NOBODY)

    def words(self, one: Entry) -> str:
        """ "Lower Quennet Primary School → Tolverton Junior School"."""
        return pair(self.giver(one), self.look.label(one.other_urn))

    def asks(self, one: Entry) -> tuple[str, ...]:
        """Why an agreement should be looked at again."""
        now, since = self._heads[one.entry_id], self._paused.get(one.entry_id)
        return agreements.needs_review(one, self.log, self._constraints, now, self.look.today, since=since)

    @cached_property
    def _heads(self) -> Mapping[int, str]:
        return agreements.heads_now(self.look.store, self.entries)

    @cached_property
    def _paused(self) -> Mapping[int, date]:
        return agreements.paused_since(self.look.store, self.entries)

    def closed(self, one: Entry) -> tuple[str, ...]:
        """Times without visits that hold today at either school, in words; reasons that people wrote only where they may show."""
        found = []
        for rule in self._constraints:
            first, last = rule.values["starts"], rule.values["ends"]
            now = isinstance(first, date) and isinstance(last, date) and first <= self.look.today <= last
            if rule.values["kind"] == "window" and now and rule.urn in (one.urn, one.other_urn):
                found.append(
                    window_words(self.look.label(rule.urn), cast(date, last), self.look.free(rule.values["why"]))
                )
        return tuple(found)

    @cached_property
    def _constraints(self) -> tuple[Entry, ...]:
        return self.look.entries("constraint")

    def row(self, one: Entry) -> Row:
        """One agreement as it is drawn, without why it should be looked at again (`asks`)."""
        look, said, made = self.look, one.values, agreed(one, self.look.today)
        terms = terms_between(made.starts, made.ends)
        turn = {"giver_asked": (one.urn,), "receiver_asked": (one.other_urn,)}.get(
            made.standing, (one.urn, one.other_urn)
        )
        ended_on = said["ended_on"]
        return Row(
            one.entry_id, self.giver(one), look.label(one.other_urn), made.area, KINDS[str(said["kind"])], made.days,
            made.starts, made.ends, made.standing, ledger.used_of(one.entry_id, self.used), ledger.days_in_all(made, terms),
            ended_on if isinstance(ended_on, date) else None, look.free(said["pause_reason"]), look.free(said["outcome"]),
            mine=bool(_speaks_for(look) & set(turn)),
        )  # fmt: skip


def _speaks_for(look: Looking) -> frozenset[int]:
    """The schools as whose head the person looks."""
    own = frozenset((look.school,)) if look.school is not None and look.scope.owner else frozenset[int]()
    return look.scope.schools | own


def ledger_of(look: Looking) -> Ledger:
    """The ledger, with schools outside numbered where names are hidden."""
    entries, offers = look.entries("agreement"), look.entries("offer")
    urns = [urn for one in (*entries, *offers) for urn in (one.urn, one.other_urn)]
    return Ledger(look.naming(*urns), entries, offers)


def agreed(one: Entry, today: date) -> Agreed:
    """An agreement as the ledger counts it; one that ended early ends there."""
    said = one.values
    starts, ends, over = cast(date, said["starts"]), cast(date, said["ends"]), said["ended_on"]
    offer = said["offer"]
    return Agreed(
        one.entry_id, one.urn, one.other_urn or 0, str(said["area"]), cast(float, said["days"]), starts,
        min(ends, over) if isinstance(over, date) else ends, agreements.standing(one, today),
        offer if isinstance(offer, int) else None,
    )  # fmt: skip


def offered(one: Entry) -> Offered:
    """An offer as the ledger counts it: from the day it was entered where no first day is said."""
    said = one.values
    created, starts, ends = _day(one.created), said["starts"], said["ends"]
    return Offered(
        one.entry_id, one.urn, str(said["area"]), cast(float, said["days"]), starts if isinstance(starts, date) else created,
        ends if isinstance(ends, date) else None, cast(OfferStanding, said["standing"]), _day(one.changed),
    )  # fmt: skip


def used(one: Entry) -> Used | None:
    """Days used, out of a line of the log; None for notes and reviews."""
    days, on, number = one.values["days"], one.values["day"], one.values["agreement"]
    if one.values["what"] != "visit" or not isinstance(days, float):
        return None
    return Used(cast(int, number), cast(date, on), days)


def of_agreement(log: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """The lines of one agreement, the latest day first."""
    mine = [one for one in log if one.values["agreement"] == number]
    return tuple(sorted(mine, key=lambda one: (str(one.values["day"]), one.entry_id), reverse=True))


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()

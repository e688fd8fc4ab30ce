"""Everything that people have entered and that a plan of support for a term must know: read with one scope, for one
partnership. Plans on pages and plans that are exported are made from this. Keeps nothing: these rows are private and change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Engine

from data.access.scope import Scope, everything
from data.catalogue.terms import Term
from data.register import group_days, kept_to, rows
from data.register.agreements import Committed, committed, standing
from data.register.declared import REGISTERS
from data.register.group_days import Days
from data.register.kept_to import Place, Stated
from data.register.offers import in_force, offers
from data.register.rows import Entry


@dataclass(frozen=True, slots=True)
class Entered:
    """`begins`: the day on which support planned now would begin; `committed`: days that agreements of any partnership take in
    the term; `group_days`: (school, area) -> days a term that it promised to working groups, `group_asked`: that it is asked for;
    `everywhere`: (school, area) of these schools that an agreement of any partnership is about then;
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
    everywhere: frozenset[Place]
    elsewhere: tuple[Stated, ...]

    @property
    def closed(self) -> Mapping[int, Entry]:
        """Schools without visits on the day that support would begin, with the row that says so."""
        held = (one for one in self.windows if kept_to.holds(one, self.begins, self.begins))
        return {one.urn: one for one in held if one.urn is not None}

    @property
    def supported(self) -> Mapping[Place, Entry]:
        """(school, area) that an agreement is about on that day or later, those asked about included."""
        return dict(kept_to.open_on(self.agreements, self.begins))

    @property
    def met(self) -> frozenset[Place]:
        """(school, area) that an agreement of another partnership is about, which may not be read here."""
        return self.everywhere - self.supported.keys()

    @property
    def agreed(self) -> frozenset[tuple[int, str, int]]:
        """Who supports whom, in what, by these agreements: a school, or minus the number of an organisation's offer."""
        going = kept_to.open_on(self.agreements, self.begins)
        return frozenset((*place, who) for place, one in going if (who := kept_to.giver_of(one)) is not None)


def entered(scope: Scope, store: Engine, *, uid: str, members: Collection[int], term: Term, today: date) -> Entered:
    """What stands in the registers for these schools in the term, as far as the person may read it."""

    def entries(register: str, of: str | None = None) -> tuple[Entry, ...]:
        return rows.entries(scope, store, register, uid=of) if scope.may(REGISTERS[register].read) else ()

    every = rows.entries(everything(), store, "agreement")  # for the program: whose they are is not told
    begins, last = max(today, term.first_day), term.last_day
    rules, said = entries("constraint", uid), kept_to.stated(entries("stated_need"))
    agreements = tuple(one for one in entries("agreement", uid) if standing(one, today) not in ("declined", "ended"))
    return Entered(
        term=term, begins=begins, today=today, stated=tuple(one for one in said if one.urn in members),
        rules=tuple(one for one in rules if one.values["kind"] != "window" and kept_to.holds(one, begins, last)),
        windows=tuple(one for one in rules if one.values["kind"] == "window" and kept_to.holds(one, today, date.max)),
        agreements=agreements, committed=committed(every, begins, last, today),
        offers=in_force(offers(scope, store), begins, last), group_days=group_days.promised(store, begins, last),
        group_asked=group_days.asked(scope, store, uid, (begins, last)),
        everywhere=frozenset(place for place, _ in kept_to.open_on(every, begins) if place[0] in members),
        elsewhere=tuple(one for one in said if one.urn not in members),
    )  # fmt: skip

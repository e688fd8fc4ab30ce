"""Whose support is looked at: a partnership's, or, for the head of a school, that school's own. Draws the pickers.

Reads registers with the view's scope, so that nobody is given a row that is not theirs; keeps nothing in a cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn

import streamlit as st
from sqlalchemy import Engine

from data.access.scope import Scope
from data.catalogue.vocabulary import KINDS
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.store.engine import engine
from pages.components import words
from pages.components.names import Names
from pages.shell import address, cached, session
from pages.shell.choice import SchoolChoice
from pages.shell.door import identity
from pages.shell.entered.register_rows import Book, book
from pages.shell.session import View

VIEWS: Mapping[str, str] = {
    "agreed": "Agreements", "agreed_days": "Days by term", "agreed_map": "Map of support", "services": "Services",
    "my_support": "One school",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looking:
    """`school`: the head's own school, None where a partnership is looked at. `members`: its schools; `today` in UTC."""

    view: View
    names: Names
    uid: str
    whose: str
    kind_words: str
    members: frozenset[int]
    school: int | None
    today: date

    @property
    def scope(self) -> Scope:
        return self.view.scope

    @property
    def store(self) -> Engine:
        return engine(self.view.place)

    def label(self, urn: int | None) -> str:
        return "an organisation" if urn is None else self.names.label(urn)

    def free(self, said: object) -> str:
        """Free words as they may be shown now: none while names are hidden, for they may name a school."""
        return "" if said is None or self.names.hide else str(said)

    def naming(self, *urns: int | None) -> Looking:
        """The same, with schools outside numbered where names are hidden."""
        return replace(self, names=self.names.with_others(urn for urn in urns if urn is not None))

    def entries(self, register: str) -> tuple[Entry, ...]:
        """The rows of a register that the person may read: of the partnership, or about the school; oldest first."""
        if not self.scope.may(REGISTERS[register].read):
            return ()
        if self.school is not None:
            return rows.entries(self.scope, self.store, register, urn=self.school)
        whose = self.uid if REGISTERS[register].belongs == "partnership" else None
        found = rows.entries(self.scope, self.store, register, uid=whose)
        return tuple(
            one for one in found
            if one.uid == self.uid or (one.uid is None and (one.urn is None or one.urn in self.members))
        )  # fmt: skip


def looking(view: View) -> Looking:
    """What this person looks at, with its pickers drawn."""
    today = identity.now().date()
    if _as_head(view.scope):
        return of_school(view)
    choice = session.chosen(view, phase=False, year=False)
    uid = choice.partnership.uid
    return Looking(view, choice.names, uid, choice.called, choice.kind_words, choice.members, None, today)


def of_school(view: View) -> Looking:
    """One school, with the pickers of a school drawn. Stops at a school whose support this person may not read: what is not
    shown must not read as if it were not there.
    """
    sc = session.chosen_school(view, year=False)
    if not (sc.inside or view.scope.owner):
        _not_shown(view, sc)
    return at_school(view, sc)


def at_school(view: View, sc: SchoolChoice) -> Looking:
    """One school that was chosen already, whose support this person may read."""
    group = sc.partnership
    kind = KINDS.get(group.kind, "schools") if group is not None else "schools"
    return Looking(
        view, sc.names, group.uid if group else "", cached.school_names(view.publication_id)[sc.urn] if not sc.hide_names
        else sc.names.label(sc.urn), kind, sc.members | {sc.urn}, sc.urn, identity.now().date(),
    )  # fmt: skip


def _not_shown(view: View, sc: SchoolChoice) -> NoReturn:
    words.finding(f"{sc.names.label(sc.urn)}: support is shown to its own partnership only")
    words.paragraph(
        "What this school gives, gets, asks for and buys is not shown here. That says nothing of whether there is any."
    )
    words.source_line("what people entered here", created=view.created, sample=view.sample)
    session.go("my_school", "What is published of the school", school=sc.urn)
    st.stop()


def book_of(look: Looking, register: str) -> Book:
    """A register's book for its forms, with the partnership that is looked at already chosen."""
    found = book(look.view, REGISTERS[register])
    return replace(found, places={look.uid: found.places[look.uid]} if look.uid in found.places else found.places)


def _as_head(scope: Scope) -> bool:
    """Whether one school is looked at: for a head without a role over a partnership, or who said so on the first screen."""
    return address.wanted("who") == "head" if scope.owner else not scope.uids

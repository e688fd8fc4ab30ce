"""A register as its page needs it: the rows that this person may read, in words, with the names of schools and people.

Reads through `data.register` with the view's scope; keeps nothing in a cache, for these rows are private and change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import pandas as pd
from sqlalchemy import Engine

from data.access.names import HERE, names_of
from data.access.scope import Row, Scope
from data.catalogue import MEASURES
from data.register import asking, places, rows, values
from data.register.declared import REGISTERS, Field, Register
from data.register.rows import Entry, Version
from data.register.values import Value
from data.store.engine import engine, holds_files
from pages.components import register_words as said
from pages.components import words
from pages.components.measure_words import area_label
from pages.components.names import Names
from pages.components.tables import Link
from pages.shell import address, cached
from pages.shell.choice import partnerships, usual
from pages.shell.files.file_words import one_line
from pages.shell.session import View

CHANGED = "Last changed"
# Of longer rows those that tell one from another; a row by itself shows all.
IN_LIST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "offer": ("who", "area", "kind", "days", "ends", "standing"), "service": ("name", "sort", "supplier", "price", "until"),
        "constraint": ("kind", "other", "starts", "ends", "why"), "agreement": ("area", "days", "ends", "state"),
        "programme": ("name", "area", "measure", "first_year", "designed_on"),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Book:
    """One register for one person. `places`: uid -> (name, schools) of the partnerships that they may choose among;
    `usual`: the one that stands chosen, "" where there is none.
    """

    view: View
    register: Register
    names: Names
    called: Mapping[int, str]
    places: Mapping[str, tuple[str, frozenset[int]]]
    usual: str = ""

    @property
    def scope(self) -> Scope:
        return self.view.scope

    @property
    def store(self) -> Engine:
        return engine(self.view.place)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Rows in force, newest change first. A store that is not there yet is not made by looking at it."""
        if self.view.place.file is not None and not self.view.place.file.exists():
            return ()
        found = rows.entries(self.scope, self.store, self.register.key)
        return tuple(sorted(found, key=lambda one: (one.changed, one.entry_id), reverse=True))

    @cached_property
    def named(self) -> Mapping[str, Mapping[int, Entry]]:
        """Register -> number -> row, of the registers whose rows this one's fields name, as far as this person reads them."""
        wanted = {
            field.of for field in self.register.fields.values() if field.of and self.scope.may(REGISTERS[field.of].read)
        }
        if not self.entries and not self.by_people:
            return {}
        return {
            of: {one.entry_id: one for one in rows.entries(self.scope, self.store, of, withdrawn=True)} for of in sorted(wanted)
        }  # fmt: skip

    @property
    def by_people(self) -> bool:
        """Whether this person may write in it; what only the program writes, nobody types."""
        return bool(self.register.typed_by_people) and self.scope.may(self.register.write)

    def may_change(self, entry: Entry) -> bool:
        place = Row(entry.uid, entry.urn, entry.other_urn, entry.created_by)
        asked = places.asked_of(self.register, place)
        return bool(self.register.typed_by_people) and self.scope.reaches(self.register.write, asked)

    def settable(self, place: Row) -> tuple[Field, ...]:
        """The fields that this person may set in a row there."""
        return tuple(field for field in self.register.typed_by_people if places.theirs(self.scope, field, place))

    @property
    def placed_by(self) -> Field | None:
        """The field whose row says which schools a new row is about: a line of the log is about those of its agreement."""
        return self.register.placed_by

    def options(self, field: Field, place: Row) -> tuple[int, ...]:
        """Rows in force that the field of a row there may name, the newest first. A new row has its partnership alone."""
        of = REGISTERS[field.of]
        fits = [
            one for one in self.named.get(field.of, {}).values()
            if one.state == "live" and (one.uid is None or place.uid is None or one.uid == place.uid)
            and ((place.urn is None and place.other_urn is None) or self._of_schools(of, one, place))
            and (of.belongs != "either" or one.urn is None or one.urn in self.near(place.uid))
        ]  # fmt: skip
        return tuple(one.entry_id for one in sorted(fits, key=lambda one: one.entry_id, reverse=True))

    def _of_schools(self, of: Register, one: Entry, place: Row) -> bool:
        if of.belongs == "either":
            return one.urn == place.urn
        both = of.two_schools and self.register.two_schools
        return not both or (one.urn, one.other_urn) == (place.urn, place.other_urn)

    def near(self, uid: str | None) -> frozenset[int]:
        """Schools to choose among where any may be named: the partnership's and one's own."""
        chosen = [self.places[uid]] if uid is not None and uid in self.places else self.places.values()
        members = frozenset[int]().union(*(schools for _, schools in chosen))
        return (members | self.scope.schools) & self.called.keys()

    def schools_for(self, uid: str | None) -> tuple[int, ...]:
        """Schools that a new row may be about, by name; for two schools every one of the partnership."""
        members = self.places[uid][1] if uid and uid in self.places else frozenset[int]()
        mine = members | (self.scope.schools & self.called.keys())
        place = uid if self.register.belongs == "partnership" else None
        rule = places.adding(self.register.write)
        found = mine if self.register.two_schools else {u for u in mine if self.scope.reaches(rule, Row(place, u))}
        return tuple(sorted(found, key=lambda urn: (self.names.label(urn), urn)))

    def title(self, entry: Entry) -> str:
        """ "12: Oak Junior School", "13: Oak Junior School for Elm Primary School", "14: Number Sense"."""
        return f"{entry.entry_id}: {self.words(entry)}"

    def words(self, entry: Entry) -> str:
        """What a row of any register is called: its name, its schools, or whoever gives; not what it says."""
        of = REGISTERS[entry.register]
        if called := entry.values.get("name"):
            return self.names.free(called)
        giver = self.names.label(entry.urn) if entry.urn is not None else self.names.free(entry.values.get("who"))
        if of.two_schools and entry.other_urn is not None:
            return f"{giver or said.AN_ORGANISATION} for {self.names.label(entry.other_urn)}"
        return giver or self.partnership(entry.uid)

    def row(self, of: str, number: Value, *, schools: bool = True) -> str:
        """A row that another one names, in words; one that this person may not read by its number alone. `schools`: with
        what it is called, and not the number alone.
        """
        if not isinstance(number, int):
            return said.NOT_SAID
        entry = self.named.get(of, {}).get(number)
        if entry is None:
            return said.unread(REGISTERS[of].one, number)
        more = [
            self.text(field, entry.values[key]) for key, field in REGISTERS[of].fields.items()
            if key in ("area", "kind") and not entry.values.get("name")
        ]  # fmt: skip
        title = self.title(entry) if schools else str(number)
        return said.named_row(title, more, entry.state != "live")

    def partnership(self, uid: str | None) -> str:
        return "the school's own" if not uid else self.places[uid][0] if uid in self.places else "another partnership"

    def text(self, field: Field, value: Value) -> str:
        """A value in words."""
        if value is None:
            return said.NOT_SAID
        if field.kind == "choice":
            return field.choices.get(str(value), str(value))
        if field.kind == "area":
            return area_label(str(value))
        if field.kind == "urn" and isinstance(value, int):
            return self.names.label(value)
        if field.of and isinstance(value, int):
            return self.row(field.of, value)
        if field.kind in ("text", "measure") and value in MEASURES:  # a reply to a figure says which by its key
            return MEASURES[str(value)].label
        if field.kind in ("text", "link") and self.names.hide:
            return self.names.free(value)
        shown = values.cell(field, value)
        if field.kind == "day":
            return words.day(str(shown))
        return f"{shown:,g}" if isinstance(shown, float) else f"{shown:,}" if isinstance(shown, int) else str(shown)

    def who(self, accounts: Iterable[int | None]) -> dict[int | None, str]:
        """What the accounts are called; None is the person at this computer."""
        wanted = {one for one in accounts if one is not None}
        found: dict[int | None, str] = {None: HERE}
        for one, name in (names_of(self.store, wanted) if wanted else {}).items():
            found[one] = name
        return found

    @property
    def listed(self) -> Mapping[str, Field]:
        """The fields that a list has room for."""
        shown = self.register.shown
        wanted = IN_LIST.get(self.register.key, tuple(shown))
        return {key: shown[key] for key in wanted if key in shown}

    def table(self, entries: Sequence[Entry]) -> pd.DataFrame:
        """The rows for the screen: number, schools, fields, when last changed."""
        shown = []
        first = said.GIVER if self.register.schools == "second" else "School"
        none = self.register.schools == "may" and all(one.urn is None for one in entries)
        for one in entries:
            row: dict[str, object] = {"Number": str(one.entry_id)}
            if not none:
                row[first] = said.NO_SCHOOL if one.urn is None else self.names.label(one.urn)
            if self.register.two_schools:
                row["For"] = "" if one.other_urn is None else self.names.label(one.other_urn)
            for key, field in self.listed.items():
                by = self.placed_by is not None and field.key == self.placed_by.key
                text = said.short(self.text(field, one.values[key]) if not by else self.row(field.of, one.values[key], schools=False))  # fmt: skip
                text = one_line(text) if field.kind in ("day", "year") else text
                row[field.label] = Link(text, text) if field.kind == "link" and not self.names.hide else text
            shown.append({**row, CHANGED: one_line(words.day(one.changed))})
        return pd.DataFrame(shown)

    def changes(self, before: Mapping[str, Value], after: Mapping[str, Value]) -> list[str]:
        """What became of each field that differs: "Days changed from “3” to “2”"; of a new row what is said."""
        told = []
        for key, field in self.register.shown.items():
            old, new = before.get(key), after.get(key, before.get(key))
            if old == new:
                continue
            shown = self.text(field, new)
            if self.register.key == "agreement" and asking.is_asked_again(key, before, after):
                shown = said.ASKED_AGAIN
            told.append(said.became(field.label, self.text(field, old), shown) if before else f"{field.label}: {shown}")
        return told

    def history(self, entry: Entry) -> list[str]:
        """Every version in words, newest first: when, who, what."""
        told = rows.history(self.scope, self.store, entry.entry_id)
        who = self.who(one.by for one in told)
        lines, before = [], dict[str, Value]()
        for one in told:
            what = said.version_words(one.version, one.state != "live", self.changes(before, one.values))
            lines.append(said.history_line(one.at, who[one.by], what))
            before = dict(one.values)
        return lines[::-1]

    def saved_by(self, one: Entry | Version) -> str:
        """Who saved it and when."""
        by, at = (one.changed_by, one.changed) if isinstance(one, Entry) else (one.by, one.at)
        return f"{self.who([by])[by]} on {said.when(at)}"


def readable(scope: Scope) -> dict[str, Register]:
    """The registers of which the person may read anything at all."""
    return {key: one for key, one in REGISTERS.items() if scope.may(one.read)}


def book(view: View, register: Register) -> Book:
    """The register for whoever looks at the view."""
    called: Mapping[int, str] = cached.school_names(view.publication_id) if view.has_figures else _names(view)
    places, first = {}, ""
    if view.has_figures:
        found = partnerships(view.publication_id, view.place, view.scope)
        first = usual(found, sample=view.sample) if found else ""
        places = {uid: (group.name, members) for uid, (group, members) in found.items()}
    hide = address.wanted("hide") == "1"
    chosen = places.get(address.wanted("partnership") or "", ("", frozenset[int]()))[1]
    return Book(view, register, Names.of(hide, called, chosen | view.scope.schools), called, places, first)


def _names(view: View) -> Mapping[int, str]:
    """Names out of the register of schools where no figures were made yet."""
    from data.store import read

    if not holds_files(view.place):
        return {}
    known = read.schools(engine(view.place))
    return dict(zip(known["urn"].tolist(), known["name"].tolist(), strict=True))

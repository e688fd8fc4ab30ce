"""Programmes of a partnership as a person may read them: the entry, its schools, and the comparison set down for it.

Governors read programmes and no schools. Reads with the view's scope, keeps nothing: these rows are private and change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.programmes.results import Design
from data.access.scope import Row
from data.catalogue import MEASURES
from data.register import rows
from data.register.declared import REGISTERS
from data.register.programmes import schools
from data.register.rows import Entry
from data.store.engine import engine
from pages.components.names import Names
from pages.shell.choice import partnerships
from pages.shell.session import View

KEY, SCHOOL = "programme", "programme_school"
Part = Literal["supported", "later", "compared"]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that somebody entered. `schools`: its rows, () where the person may not read which schools take part.

    `design`: the comparison that was set down, None where none was; it says what is looked at, whatever the entry says now.
    """

    entry: Entry
    schools: tuple[Entry, ...]
    design: Design | None

    @property
    def number(self) -> int:
        return self.entry.entry_id

    @property
    def name(self) -> str:
        return str(self.entry.values["name"])

    def called(self, names: Names) -> str:
        """Its name; its number in the register alone while names are hidden, for its name may hold a school's."""
        return f"{'Mission' if self.mission else 'Programme'} {self.number}" if names.hide else self.name

    @property
    def mission(self) -> bool:
        return self.entry.values["sort"] == "mission"

    @property
    def measure(self) -> str:
        """What is looked at; "" for a measure that the catalogue does not know any more."""
        key = self.design.measure if self.design else str(self.entry.values["measure"])
        return key if key in MEASURES else ""

    @property
    def selection_year(self) -> int:
        return self.design.selection_year if self.design else _whole(self.entry.values["selection_year"])

    @property
    def first_year(self) -> int:
        return self.design.first_year if self.design else _whole(self.entry.values["first_year"])

    @property
    def designed_on(self) -> date | None:
        found = self.entry.values["designed_on"]
        return found if isinstance(found, date) else None

    @property
    def seed(self) -> int | None:
        """What the order of start was drawn with, None where nothing was drawn."""
        found = self.entry.values["seed"]
        return found if isinstance(found, int) else None

    def text(self, field: str) -> str:
        return str(self.entry.values[field] or "")

    def of(self, *parts: Part) -> frozenset[int]:
        """URNs of the schools in these parts of it."""
        return frozenset(one.urn for one in self.schools if one.urn is not None and one.values["part"] in parts)

    @property
    def moved(self) -> bool:
        """Whether the entry now says otherwise than the comparison that was set down for it."""
        if self.design is None:
            return False
        said = (self.entry.values["measure"], self.entry.values["selection_year"], self.entry.values["first_year"])
        then = (self.design.measure, self.design.selection_year, self.design.first_year)
        return said != then or (bool(self.schools) and not self.design.asked <= self.of("supported", "later"))


def programmes(view: View, uid: str) -> tuple[Programme, ...]:
    """The partnership's programmes, the newest start first. Raises PermissionDenied where the person may read none at all."""
    opened = engine(view.place)
    entries = rows.entries(view.scope, opened, KEY, uid=uid)
    may = view.scope.may(REGISTERS[SCHOOL].read)
    of = schools(view.scope, opened, uid) if may and entries else ()
    found = [programme(one, of) for one in entries]
    return tuple(sorted(found, key=lambda one: (-one.first_year, one.name.casefold(), one.number)))


def programme(entry: Entry, schools: Iterable[Entry]) -> Programme:
    """The entry with those of the rows that are its own."""
    text = entry.values["design"]
    design = Design.from_text(str(text)) if text else None
    return Programme(entry, tuple(one for one in schools if one.values[KEY] == entry.entry_id), design)


def elsewhere(view: View, uid: str) -> tuple[tuple[str, str, tuple[int, int]], ...]:
    """Other partnerships of the person's that have any: (uid, name, (programmes, missions)), by name."""
    known = partnerships(view.publication_id, view.place, view.scope)
    counted: dict[str, list[int]] = {}
    for one in rows.entries(view.scope, engine(view.place), KEY):
        if one.uid in known and one.uid != uid:
            counted.setdefault(one.uid, [0, 0])[one.values["sort"] == "mission"] += 1
    found = ((other, known[other][0].name, (number[0], number[1])) for other, number in counted.items())
    return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))


def may_set_down(view: View, uid: str) -> bool:
    """Whether the person may enter programmes for the partnership."""
    return view.scope.reaches(REGISTERS[KEY].write, Row(uid))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def one_of(found: Sequence[Programme], number: int | None) -> Programme | None:
    return next((one for one in found if one.number == number), None)

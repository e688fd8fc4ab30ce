"""Who may see and do what, told slowly and plainly from DESIGN's words and the tables of permissions. For tests only.

Knows nothing of `data.access` and `data.register` but their tables: it reads the cells itself and lists, for each role that
somebody holds, every place that the role opens.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
Line = Mapping[str, str]  # role -> reach


@dataclass
class World:
    """The partnerships and their schools now."""

    members: dict[str, set[int]]

    @property
    def uids(self) -> list[str]:
        return sorted(self.members)


@dataclass
class Held:
    """A role as somebody holds it."""

    role: str
    uid: str | None = None
    urn: int | None = None


@dataclass
class Person:
    """`number` None and `owner`: whoever sits at the computer."""

    number: int | None
    holds: list[Held] = field(default_factory=list)
    owner: bool = False

    @property
    def head_of(self) -> set[int]:
        return {held.urn for held in self.holds if held.urn is not None}


@dataclass
class Place:
    """What a row belongs to and who entered it."""

    uid: str | None = None
    urn: int | None = None
    other: int | None = None
    author: int | None = None


def permission_lines() -> dict[str, Line]:
    """Pages and actions: key -> role -> reach, as the file has them."""
    with (DATA / "access/permissions.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def register_lines() -> dict[str, Line]:
    """`read:note` -> role -> reach, and so on; whoever is not named has none."""
    found: dict[str, Line] = {}
    with (DATA / "register/registers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for verb in ("read", "write"):
                pairs = [part.split() for part in row[verb].split(",")]
                found[f"{verb}:{row['key']}"] = {role: reach for role, reach in pairs}
    return found


def may_at_all(line: Line, person: Person) -> bool:
    """Whether somebody may open the page, or try the action: some role of theirs opens something somewhere."""
    if person.owner:
        return True
    for held in person.holds:
        reach = line.get(held.role, "none")
        if reach == "all" or reach == "author":
            return True
        if reach == "own" and held.urn is not None:
            return True
        if reach == "partnership" and held.uid is not None:
            return True
    return False


def opens(line: Line, person: Person, place: Place, world: World, *, by_second: bool = False) -> bool:
    """Whether some role that the person holds opens the row. `by_second`: of its two schools only the second must be one of
    the partnership's, for the first may be a school of another one, or an organisation.
    """
    if person.owner:
        return True
    for held in person.holds:
        reach = line.get(held.role, "none")
        if reach == "all":
            return True
        if (
            reach == "author"
            and person.number is not None
            and place.author == person.number
            and place.uid in (None, held.uid)
        ):
            return True
        if reach == "own" and held.urn is not None and (held.urn == place.urn or held.urn == place.other):
            return True
        if reach == "partnership" and held.uid is not None:
            opened: list[tuple[str | None, int | None]] = [(held.uid, None)]  # what the partnership has about no school
            for school in world.members.get(held.uid, set()):
                opened.append((held.uid, school))
                opened.append((None, school))  # the school's own words
            if (place.uid, place.other if by_second else place.urn) in opened:
                return True
    return False


def may_add(
    line: Line, person: Person, place: Place, world: World, *, by_second: bool = False, placed: bool = False,
    schools: Iterable[int] = (),
) -> bool:  # fmt: skip
    """Whether the person may enter a new row there: within a partnership or about a school of their own, and nothing that
    ties a partnership to a school outside it. But where support goes to a member (`by_second`), any of the `schools` there
    are may give it, if whoever asks speaks for that member; or if another row has it so already (`placed`).
    """
    if person.owner:
        return True
    wider = {}
    for role, reach in line.items():
        if reach == "author":
            reach = "own" if role == "headteacher" else "partnership"
        wider[role] = reach
    if not opens(wider, person, place, world, by_second=by_second):
        return False
    if place.uid is None:
        return True
    members = world.members.get(place.uid, set())
    if place.other is not None and place.other not in members:
        return False
    if place.urn is None or place.urn in members:
        return True
    if not by_second or place.urn not in schools:
        return False
    for_the_second = opens(wider, person, Place(place.uid, None, place.other), world, by_second=True)
    return placed or for_the_second


def belongs_there(register: Mapping[str, str], place: Place) -> bool:
    """Whether rows of the register can belong to such a place at all, whoever enters them."""
    belongs, schools = register["belongs"], register["schools"]
    if place.uid is None and belongs == "partnership":
        return False
    if place.uid is None and belongs == "either" and place.urn is None:
        return False
    if place.urn is None and schools in ("one", "two"):
        return False
    if schools in ("two", "second"):  # of two schools the second is always named; an organisation may be the first
        return place.other is not None and place.other != place.urn
    return place.other is None


def says_it(person: Person, by: str, place: Place) -> bool:
    """Whether the person says what a field holds that only one of the row's schools says: its head does, or, where no school
    is named, whoever may write the row at all.
    """
    if by == "server" or by == "" or person.owner:
        return True
    school = place.urn if by == "own" else place.other
    return school is None or school in person.head_of


def may_name(
    line: Line, person: Person, there: Place, here: Place, world: World, *, is_the_givers: bool, both_of_two: bool,
    by_second: bool,
) -> bool:  # fmt: skip
    """Whether a row at `here` may name the row at `there`. `line`: who reads that one. `is_the_givers`: it is a school's or an
    organisation's own, and only their row names it; `both_of_two`: both rows are about two schools.
    """
    if not opens(line, person, there, world, by_second=by_second):
        return False
    if there.uid is not None and here.uid is not None and there.uid != here.uid:
        return False
    if is_the_givers and there.urn != here.urn:
        return False
    return not both_of_two or (there.urn == here.urn and there.other == here.other)


def named(
    line: Line, person: Person, uid: str, said: Mapping[int, str], shown: Iterable[tuple[int, str, date, str | None]],
    world: World, *, today: date, days_ahead: int,
) -> set[int]:  # fmt: skip
    """Schools of a partnership of which the person reads by name what is derived. `shown`: school, what, day, partnership."""
    found: set[int] = set()
    for school, what in said.items():
        if person.owner or school in person.head_of:
            found.add(school)
            continue
        long_ago = False
        for one, told, day, by in shown:
            if (
                one == school
                and told == what
                and (by is None or by == uid)
                and today >= day + timedelta(days=days_ahead)
            ):
                long_ago = True
        if long_ago and opens(line, person, Place(uid, school), world):
            found.add(school)
    return found

"""Working groups as one person may read them: the group, its schools and what they say, its meetings; and what is written.

A partnership's people read all of it, a head what `data.register.groups` gives. Keeps nothing in a cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.access.scope import Row
from data.register import groups as joined
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.store import dialect
from data.store.engine import engine
from pages.shell.door import identity
from pages.shell.session import View

PARTS = ("leads", "hosts", "joins")


@dataclass(frozen=True, slots=True)
class Group:
    """`schools`: those that may be named, leads first; `unnamed`: how many more are in it; `meetings`: the newest first."""

    entry: Entry
    schools: tuple[Entry, ...]
    unnamed: int
    meetings: tuple[Entry, ...]

    @property
    def area(self) -> str:
        return str(self.entry.values["area"])

    @property
    def state(self) -> str:
        return str(self.entry.values["state"])


def of_partnership(view: View, uid: str) -> tuple[Group, ...]:
    """The working groups of a partnership, for its people; the newest first."""
    scope, store = view.scope, engine(view.place)
    schools = rows.entries(scope, store, "group_school", uid=uid)
    meetings = rows.entries(scope, store, "group_meeting", uid=uid)
    every = rows.entries(scope, store, "working_group", uid=uid)
    return tuple(_group(one, schools, meetings) for one in reversed(every))


def of_schools(view: View, urns: Collection[int]) -> tuple[Group, ...]:
    """The groups in which these schools, led by the person, have a part that they did not decline; the newest first."""
    found = joined.of_heads(view.scope, engine(view.place), urns)
    return tuple(_sorted(one.group, one.schools, one.unnamed, one.meetings) for one in found)


def _group(one: Entry, schools: Sequence[Entry], meetings: Sequence[Entry]) -> Group:
    theirs = [row for row in schools if row.values["working_group"] == one.entry_id]
    held = [row for row in meetings if row.values["working_group"] == one.entry_id]
    return _sorted(one, theirs, 0, held)


def _sorted(one: Entry, schools: Sequence[Entry], unnamed: int, meetings: Sequence[Entry]) -> Group:
    return Group(
        one, tuple(sorted(schools, key=lambda row: (PARTS.index(str(row.values["role"])), row.urn or 0))), unnamed,
        tuple(sorted(meetings, key=lambda row: str(row.values["day"]), reverse=True)),
    )  # fmt: skip


def may_lead(view: View, uid: str) -> bool:
    """Whether the person makes and runs groups of the partnership."""
    return view.scope.reaches(REGISTERS["working_group"].write, Row(uid))


def make(
    view: View, uid: str, given: Mapping[str, object], parts: Iterable[tuple[int, str, float | None]]
) -> Entry:  # fmt: skip
    """A group that is planned, and its schools as (urn, part, days a term), each of which is asked; in one transaction."""
    store, now = engine(view.place), identity.now()
    said = {key: value for key, value in given.items() if value not in (None, "")}
    with dialect.writing(store) as connection:
        made = rows.add_within(
            connection, view.scope, store, "working_group", {**said, "state": "planned"}, place=Row(uid), now=now, entered=True
        )  # fmt: skip
        for urn, part, days in parts:
            school = {"working_group": made.entry_id, "role": part, "days": days}
            rows.add_within(
                connection, view.scope, store, "group_school", school, place=Row(uid, urn), now=now, entered=True
            )
    return made

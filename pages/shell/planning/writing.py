"""What people decide on the pages of planning, written into the registers: needs stated, rules kept, both schools asked, groups.

Every write asks for permission there and counts as one edit; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.access import limits
from data.access.scope import Row
from data.register import agreements, places, rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.store.engine import engine
from pages.shell.door import identity
from pages.shell.fair import replying
from pages.shell.planning.moved import Pair
from pages.shell.session import View

Given = Mapping[str, object]


def may_add(view: View, register: str, uid: str | None, urn: int | None = None) -> bool:
    """Whether the person may add a row there. `urn`: of two schools the one that is supported."""
    return view.scope.reaches(places.adding(REGISTERS[register].write), Row(uid, urn))


def done(view: View, act: Callable[[], object], note: str, *, faster: str = "") -> None:
    """Do it as one edit and draw the page anew with the note; where it is refused, say why and keep what was typed.

    `faster`: what to say where somebody else changed the row first.
    """

    def counted() -> None:
        limits.take(engine(view.place), view.scope, "edit", now=identity.now())
        act()

    replying.done(counted, note, faster=faster)


def add(view: View, register: str, given: Given, *, uid: str | None, urn: int | None = None) -> Entry:
    """A new row, as typed by a person. Raises as `rows.add` does."""
    said = {key: value for key, value in given.items() if value not in (None, "")}
    return rows.add(
        view.scope, engine(view.place), register, said, uid=uid, urn=urn, now=identity.now(), entered=True
    )  # fmt: skip


def change(view: View, seen: Entry, given: Given) -> Entry:
    """The row as it was drawn, changed. Raises EditConflict where somebody was faster."""
    return rows.change(
        view.scope, engine(view.place), seen.entry_id, given, version=seen.version, now=identity.now(), entered=True
    )  # fmt: skip


def state_a_need(view: View, urn: int, given: Given, *, said: bool) -> Entry:
    """A need of a school. `said`: the school itself says so; else it waits for the school's word."""
    own = {"standing": "stated"} if said else {}
    return add(view, "stated_need", {**given, **own}, uid=None, urn=urn)


def keep_as_rule(view: View, uid: str, pair: Pair, *, apart: bool, why: str) -> Entry:
    """The pair as a rule of the partnership: not with, or with, that school. It holds for every area."""
    urn, _, supporter = pair
    given = {"kind": "not_with" if apart else "must_with", "other": supporter, "why": why}
    return add(view, "constraint", given, uid=uid, urn=urn)


def ask_both(view: View, uid: str, pair: Pair, given: Given) -> Entry:
    """The proposal as an agreement that waits for both sides, the giving school asked first. Raises PermissionDenied where
    the school with the need has not said yet that help is welcome.
    """
    receiver, area, supporter = pair
    said = {key: value for key, value in given.items() if value not in (None, "")}
    return agreements.propose(
        view.scope, engine(view.place), uid=uid, giver=supporter if supporter > 0 else None, receiver=receiver,
        figures=view.publication_id, now=identity.now(), area=area, **said,
    )  # fmt: skip

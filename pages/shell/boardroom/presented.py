"""What people say of a pack and ask of it: that it was presented, a question, an answer. Every write is a row of a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.access import limits
from data.access.scope import Row
from data.register import boards, rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.store.engine import engine
from pages.shell.boardroom.reading import Room
from pages.shell.door import identity


def may_write(room: Room) -> bool:
    """Whether the person may say that a pack was presented, and keep questions, for this partnership."""
    return room.view.scope.reaches(REGISTERS[boards.PACK].write, Row(room.choice.partnership.uid))


def say_presented(room: Room, on: date, board: str) -> Entry:
    """That this pack was presented: its figures are kept from now on. Raises PermissionDenied, BadValues."""
    made = room.view.created.date() if room.view.created is not None else None
    values = {
        "presented_on": on, "board": board.strip() or None, "figures": room.view.publication_id, "figures_of": made,
    }  # fmt: skip
    return _add(room, boards.PACK, values, entered=False)


def take_back(room: Room, seen: Entry) -> Entry:
    """That the pack was not presented after all, as it was drawn; its history is kept. Raises PermissionDenied, EditConflict."""
    _count(room)
    return rows.withdraw(
        room.view.scope, engine(room.view.place), seen.entry_id, version=seen.version, now=identity.now()
    )


def ask(room: Room, question: str, on: date, board: str) -> Entry:
    """Keep a question that the board asked. Raises PermissionDenied, BadValues."""
    return _add(room, boards.QUESTION, {"question": question, "asked_on": on, "board": board.strip() or None})


def answer(room: Room, seen: Entry, text: str, on: date) -> Entry:
    """Answer a question as it was drawn. Raises PermissionDenied, BadValues, EditConflict."""
    _count(room)
    return rows.change(
        room.view.scope, engine(room.view.place), seen.entry_id, {"answer": text, "answered_on": on}, version=seen.version,
        now=identity.now(), entered=True,
    )  # fmt: skip


def _add(room: Room, register: str, values: Mapping[str, object], *, entered: bool = True) -> Entry:
    _count(room)
    return rows.add(
        room.view.scope, engine(room.view.place), register, values, uid=room.choice.partnership.uid, now=identity.now(),
        entered=entered,
    )  # fmt: skip


def _count(room: Room) -> None:
    limits.take(engine(room.view.place), room.view.scope, "edit", now=identity.now())

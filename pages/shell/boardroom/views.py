"""What the four views of the board share: the line of links between them, and the pack that they are drawn from."""

from __future__ import annotations

from collections.abc import Mapping

from pages.components import words
from pages.shell import address, inside, session
from pages.shell.boardroom import packing, reading
from pages.shell.boardroom.reading import Room
from pages.shell.session import View

VIEWS: Mapping[str, str] = {
    "board": "Board page", "board_present": "Present", "board_pack": "Make the pack",
    "board_questions": "Earlier questions and answers",
}  # fmt: skip
LEAVE, NO_PAGE = "leave", "none"  # in the address: pages that go to the appendix, and that none does


def line(now: str) -> None:
    inside.line(now, VIEWS)


def chosen(view: View) -> Room:
    """The partnership that is chosen, with its pickers drawn; all its phases, each in its newest year."""
    return reading.room(view, session.chosen(view, phase=False, year=False))


def leave() -> tuple[str, ...]:
    """Keys of pages that the address leaves to the appendix. What is no page is told once and taken out of the address."""
    asked = address.wanted(LEAVE) or NO_PAGE
    out = left_out(asked)
    if asked != NO_PAGE and not {*asked.split(",")} <= {*out}:
        words.note(
            "The link leaves out a page that is not there." + (" The others are left out as it says." if out else "")
        )
        address.pick(LEAVE, ",".join(out) or NO_PAGE)
    return out


def left_out(text: str | None) -> tuple[str, ...]:
    """Keys of pages that an address leaves to the appendix; what is no page is dropped."""
    asked = (text or "").split(",")
    return tuple(key for key in packing.PAGES if key in asked)

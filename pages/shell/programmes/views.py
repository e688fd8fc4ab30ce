"""The views inside Did it help?, the links between them, and which programme an address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pages.components import words
from pages.shell import address, inside
from pages.shell.programmes.reading import Programme, one_of

VIEWS: Mapping[str, str] = MappingProxyType(
    {"did_it_help": "Programmes and missions", "programme_new": "Set down a programme"}
)
LOST = "The link asks for a programme that is not here, or not yours to read."


def draw(now: str) -> None:
    """Links to the views that the person may open."""
    inside.line(now, VIEWS)


def chosen(found: Sequence[Programme]) -> Programme | None:
    """The programme that the address asks for; None, with a sentence where it asks for one that is not here."""
    asked = address.given("programme")
    number = address.number(asked) if asked else None
    one = one_of(found, number)
    if asked and one is None:
        words.note(f"{LOST} Another one is shown." if found else LOST)
    return one

"""The views inside the page Where support could go, and the area that they are narrowed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from data.catalogue import AREAS
from pages.components.measure_words import area_label
from pages.shell import address, inside, session

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "support": "Needs", "support_who": "Who could help", "support_plan": "Plan with our days",
        "support_asked": "Could be asked", "support_groups": "Working groups",
    }
)  # fmt: skip
EVERY = "every"
NONE = "Choose"  # in a box in which nothing is chosen yet


def draw(now: str) -> None:
    """Links to the views that the person may open."""
    inside.line(now, VIEWS)


def draw_next(now: str) -> None:
    """The link to the view that follows."""
    keys = list(VIEWS)
    after = keys[keys.index(now) + 1 :][:1]
    for key in after:
        session.go(key, f"Next: {VIEWS[key].lower()}")


def areas_of(areas: Iterable[str]) -> tuple[str, ...]:
    """Those areas, in the catalogue's order."""
    there = set(areas)
    return tuple(area for area in AREAS if area in there)


def pick_area(place: Any, areas: Sequence[str]) -> str:
    """The chosen area or EVERY, from the address."""
    options = (EVERY, *areas)
    lost = "The link asks for an area in which nothing is listed here. Every area is shown."
    value = address.settle("area", options, EVERY, str, lost)
    return address.picker(
        place, "area", "Area", options, value, lambda key: "Every area" if key == EVERY else area_label(key)
    )

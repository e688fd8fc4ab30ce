"""The views inside the page Data, those about people too."""

from __future__ import annotations

from pages.shell import inside
from pages.shell.registry import BY_KEY

KEYS = ("data_page", "data_add", "data_history", "data_corrections")
PEOPLE = ("people", "audit", "access_table", "privacy")
VIEWS = {key: "What we have" if key == KEYS[0] else BY_KEY[key].title for key in (*KEYS, *PEOPLE)}


def draw(now: str) -> None:
    """Links to the views that the person may open."""
    inside.line(now, VIEWS)

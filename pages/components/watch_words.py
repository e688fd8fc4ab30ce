"""The words of the page of saved views and watched schools. Judges nothing: what is new, never whether it is good."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.since.change import Change
from pages.components import words
from pages.components.changed_words import NOUNS
from pages.components.figures import sentence_start

NOTHING = "nothing new"
CAVEAT = (
    "what you keep for yourself; nobody else reads it. What is new in published figures of the schools that you watch.",
    "whether a change is for better or worse, or what a school has not published.",
)


def finding(watched: int, views: int, new: int | None, since: str) -> str:
    """`new`: watched schools with something new, None where there are no earlier figures to set these beside."""
    if not watched and not views:
        return "You watch no school and have saved no view yet"
    kept = words.count(views, "view")
    if not watched:
        return f"You have saved {kept}"
    if new is None and not views:
        return f"You watch {words.count(watched, 'school')}"
    if new is None:
        return f"You watch {words.count(watched, 'school')} and have saved {kept}"
    if watched == 1:
        return f"The school that you watch has {'something' if new else 'nothing'} new since {since}"
    if not new:
        return f"None of the {watched} schools that you watch has anything new since {since}"
    have = "has" if new == 1 else "have"
    return f"{new} of the {watched} schools that you watch {have} something new since {since}"


def whats_new(changes: Iterable[Change]) -> str:
    """What is new of one school, each kind once: "New results for 2024/25; a new inspection"."""
    parts = list(dict.fromkeys(part for part in map(_part, changes) if part))
    return sentence_start("; ".join(parts)) if parts else NOTHING


def _part(one: Change) -> str:
    noun, when = NOUNS[one.kind], f" for {words.year(one.time_period)}" if one.time_period else ""
    if one.what == "new":
        return f"new {noun}{when}"
    if one.what in ("reissued", "corrected") or (one.what == "firmer" and one.figures):
        return f"{noun}{when} changed"
    return {
        "inspected": "a new inspection", "inspection_differs": "an inspection reads otherwise", "renamed": "a new name",
        "opened": "it opened", "closed": "it closed", "earlier": f"earlier {noun} came in", "gone": f"{noun} are no longer there",
    }.get(one.what, "")  # fmt: skip

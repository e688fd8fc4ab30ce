"""Look for a school by typing: one field, and what was found under it as buttons. Draws; `analytics.facts.search` finds.

Takes one click into the field, typing, and one click on a school. Nothing is found while names are hidden: whoever draws
this asks for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.components import words
from pages.shell import cached

if TYPE_CHECKING:
    from analytics.facts.search import SchoolIndex

# What to look in, and each school as it is told. Asked for once somebody types: it may take a second the first time.
Among = Callable[[], "tuple[SchoolIndex, Mapping[int, str]]"]
HINT = "Name, town, postcode or number"
MOST = 8
SHORT = 3  # letters under which more of them help


def field(place: Any, label: str, *, key: str) -> str:
    """The field itself; what stands in it."""
    typed: str | None = place.text_input(label, key=key, placeholder=HINT)
    return typed or ""


def of_figures(publication_id: str) -> Among:
    """Every school of these figures."""
    return lambda: (cached.search_index(publication_id), cached.told_apart(publication_id))


def draw(typed: str, among: Among, *, key: str, take: Callable[[int], None] | None = None) -> int | None:
    """The schools found, one button each; the URN of the one that was clicked just now, else None.

    `take` is called with it before the page is drawn again, where the page itself has to change.
    """
    if not typed.strip():
        return None
    from analytics.facts import search  # only who types pays for the import

    index, told = among()
    found = search.found(index, typed, MOST + 1)
    if not found:
        try_ = "Type more letters" if len(typed.strip()) < SHORT else "Try fewer letters"
        words.note(f'No school here matches "{typed.strip()[:60]}". {try_}, or its town or postcode.')
        return None
    if not found[0].sure:
        words.note("No school is called just that. The closest are:")
    sure = [hit.urn for hit in found[:MOST] if hit.sure]
    near = [hit.urn for hit in found[:MOST] if not hit.sure]
    chosen = _buttons(sure, told, key, take)
    if sure and near:
        words.paragraph("Or, nearly spelt so:", quiet=True)
    chosen = _buttons(near, told, key, take) or chosen
    if len(found) > MOST:
        words.paragraph("There are more. Add the town or a part of the postcode to find the right one.", quiet=True)
    return chosen


def _buttons(urns: Sequence[int], told: Mapping[int, str], key: str, take: Callable[[int], None] | None) -> int | None:
    chosen = None
    with st.container(horizontal=True, key=f"found-{key}-{'-'.join(map(str, urns[:1]))}") if urns else nullcontext():
        for urn in urns:
            called = {"on_click": take, "args": (urn,)} if take else {}
            if st.button(words.md(told.get(urn, str(urn))), key=f"{key}-{urn}", **called):  # type: ignore[arg-type]
                chosen = urn
    return chosen


def closest(typed: str, among: Among) -> dict[int, str]:
    """The schools that come nearest to what was typed, as they are told; none where nothing comes near."""
    from analytics.facts import search

    index, told = among()
    return {hit.urn: told[hit.urn] for hit in search.found(index, typed, MOST) if hit.urn in told}

"""Schools that a person watches: the button beside the school, and the list. For the person alone (`data.register.mine`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data.access import permissions
from data.catalogue import AlongsideError
from data.register import mine
from data.store.engine import engine
from pages.components import words
from pages.shell.door import identity

if TYPE_CHECKING:
    from pages.shell.session import View

KEY = "watch"


def watched(view: View) -> dict[int, int]:
    """URN -> the number of its entry, in the order in which the person began to watch."""
    return {int(str(one.values["watched"])): one.entry_id for one in mine.kept(view.scope, engine(view.place), KEY)}


def draw(view: View, urn: int) -> None:
    """Watch this school, or stop: one click. Nothing for whoever may keep nothing."""
    if not permissions.may(view.scope, "keep_own"):
        return
    found = watched(view)
    label = "Stop watching this school" if urn in found else "Watch this school"
    if st.button(label, key=f"watch-{urn}"):
        try:
            switch(view, urn, found)
        except AlongsideError as error:
            words.problem(str(error))
            return
        st.rerun()


def switch(view: View, urn: int, found: dict[int, int]) -> None:
    """Watch a school that is not watched, stop watching one that is. Raises AlongsideError."""
    if urn in found:
        mine.remove(view.scope, engine(view.place), KEY, found[urn], now=identity.now())
    else:
        mine.keep(view.scope, engine(view.place), KEY, {"watched": urn}, now=identity.now())

"""The views inside the page Data, those about people too, each with its own link, and the line that leads from one to another."""

from __future__ import annotations

import streamlit as st

from pages.components import words
from pages.shell import session
from pages.shell.registry import BY_KEY

KEYS = ("data_page", "data_add", "data_history", "data_corrections")
PEOPLE = ("people", "audit", "access_table", "privacy")


def draw(now: str) -> None:
    """Links to the views that the person may open; the one that is open stands in bold."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for key in (*KEYS, *PEOPLE):
            if not session.may(key):
                continue
            label = "What we have" if key == KEYS[0] else BY_KEY[key].title
            with st.container(width="content"):
                if key == now:
                    words.paragraph("", bold=label, quiet=True)
                else:
                    session.go(key, label)

"""The line of links between a page and the views inside it, each of which has its own file and its own link."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from pages.components import words
from pages.shell import session
from pages.shell.registry import BY_KEY

OVERVIEW: Mapping[str, str] = MappingProxyType(
    {
        "overview": "Together", "overview_area": "An area", "overview_gap": "Gap and consistency", "overview_inspection": "Inspection",
        "overview_trusts": "Compare trusts", "overview_changed": "What changed", "saved": "Saved",
    }
)  # fmt: skip
MONEY: Mapping[str, str] = MappingProxyType(
    {"money": "Schools", "money_spend": "Results beside spending", "money_small": "Small schools"}
)


def line(now: str, views: Mapping[str, str]) -> None:
    """`views`: page -> what it is called here. Those that the person may open; the one that is open stands in bold."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for key, label in views.items():
            if key not in BY_KEY or not session.may(key):
                continue
            with st.container(width="content"):
                if key == now:
                    words.paragraph("", bold=label, quiet=True)
                else:
                    session.go(key, label)

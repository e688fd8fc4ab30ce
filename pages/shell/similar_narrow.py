"""Narrowing a list of similar schools: about one's size, near, with a strength. One click each, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.similar.calling import NEAR_KM, Wanted
from pages.components import words
from pages.shell import address

KEY = "similar_only"
CHOICES: Mapping[str, str] = {
    "size": "About our size", "near": f"Within {NEAR_KM:.0f} km", "strong": "With a strength to share",
}  # fmt: skip


def wanted() -> Wanted:
    """Draw the choices; what the link asks for and is none of them is left out with a sentence."""
    asked = [part for part in (address.given("only") or "").split(",") if part]
    chosen = [key for key in CHOICES if key in asked]
    if len(chosen) < len(set(asked)):
        words.note("The link narrows the list in a way that is not here. That is left out.")

    def picked() -> None:
        st.query_params["only"] = ",".join(key for key in CHOICES if key in (st.session_state[KEY] or ()))

    st.session_state[KEY] = chosen
    st.pills(
        "Only those", list(CHOICES), selection_mode="multi", format_func=CHOICES.__getitem__, key=KEY, on_change=picked
    )
    return Wanted(size="size" in chosen, near="near" in chosen, strong="strong" in chosen)

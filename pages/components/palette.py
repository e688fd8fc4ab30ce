"""Which of the two palettes a page draws with. Asks Streamlit, for charts may not."""

from __future__ import annotations

import streamlit as st

from pages.charts.theme import DARK, LIGHT, Palette


def palette() -> Palette:
    """The dark tints on a dark page, else the light ones (also where the browser has not said)."""
    return DARK if st.context.theme.type == "dark" else LIGHT

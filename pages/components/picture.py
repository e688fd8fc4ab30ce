"""A picture with its words: a text alternative for those who cannot see it, and the same as a table with a download."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components.downloads import csv_button
from pages.components.figures import MINUS
from pages.components.tables import html_table

CONFIG = {"displayModeBar": False, "scrollZoom": False, "displaylogo": False}
TABLE_WORDS = "The same as a table, and download"


def picture(
    figure: go.Figure, alt: str, table: pd.DataFrame, *, key: str, caption: str, numeric: Collection[str] = ()
) -> None:
    """Draw a finished figure. `alt` says in one or two sentences what it shows; `table` holds the same numbers.

    `key` is unique on the page; `caption` names the table and the file.
    """
    st.plotly_chart(figure, theme=None, width="stretch", config=CONFIG, key=f"picture-{key}", alt=alt)
    with st.expander(TABLE_WORDS):
        html_table(table, caption, numeric=numeric)
        csv_button(as_numbers(table, numeric), caption, key=key)


def as_numbers(table: pd.DataFrame, numeric: Collection[str]) -> pd.DataFrame:
    """The table with numbers that a spreadsheet can add up where every cell of a column is one: no plus, no long minus."""
    out = table.copy()
    for column in (one for one in table.columns if one in numeric):
        plain = table[column].astype(str).str.replace(MINUS, "-").str.removeprefix("+").str.replace(",", "")
        numbers = pd.to_numeric(plain, errors="coerce")
        if numbers.notna().all():
            out[column] = numbers
    return out

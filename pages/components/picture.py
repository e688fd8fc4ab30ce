"""A picture with its words: a text alternative for those who cannot see it, and the same as a table with a download."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.components.downloads import csv_button
from pages.components.figures import MINUS
from pages.components.tables import Link, html_table

CONFIG = {"displayModeBar": False, "scrollZoom": False, "displaylogo": False}
NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
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
    """The table with numbers that a spreadsheet can add up where every cell of a column is one: no plus, no long minus. What is a
    link on the page is its words.
    """
    out = table.copy()
    first = table.columns[0]
    if any(isinstance(one, Link) for one in table[first].tolist()):
        out[first] = table[first].map(str)
    for column in (one for one in table.columns if one in numeric):
        numbers = [_number(value) for value in table[column].tolist()]
        if None not in numbers:
            out[column] = numbers
    return out


def _number(value: object) -> float | int | None:
    text = str(value).replace(MINUS, "-").removeprefix("+").replace(",", "")
    return None if not NUMBER.fullmatch(text) else int(text) if text.lstrip("-").isdigit() else float(text)

"""Download buttons, each with its column dictionary beside it. Cells that look like formulas are made harmless.

The columns' names are those of the table on the page and stay the same from release to release.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.reports.columns import dictionary
from pages.reports.tables import csv_bytes


def file_name(words: str) -> str:
    """ "Needs, Chilver Vale" -> "needs-chilver-vale.csv"."""
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-') or 'table'}.csv"


def csv_button(
    frame: pd.DataFrame, words: str, *, key: str, label: str = "Download as CSV", about: Mapping[str, str] | None = None
) -> None:
    """A button that gives `frame` as a CSV file named after `words`, and one that says what its columns mean.

    `about`: the meaning of columns that mean something of their own in this table.
    """
    with st.container(horizontal=True):
        st.download_button(
            label, csv_bytes(frame), file_name(words), "text/csv", key=f"download-{key}", on_click="ignore"
        )
        st.download_button(
            "What its columns mean (CSV)", csv_bytes(dictionary(frame, about)), file_name(f"{words} columns"),
            "text/csv", key=f"columns-{key}", on_click="ignore", type="tertiary",
        )  # fmt: skip

"""Download buttons. A spreadsheet opens what it is given, so cells that look like formulas are made harmless."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from pages.reports.tables import csv_bytes


def file_name(words: str) -> str:
    """ "Needs, Chilver Vale" -> "needs-chilver-vale.csv"."""
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-') or 'table'}.csv"


def csv_button(frame: pd.DataFrame, words: str, *, key: str, label: str = "Download as CSV") -> None:
    """A button that gives `frame` as a CSV file named after `words`."""
    st.download_button(label, csv_bytes(frame), file_name(words), "text/csv", key=f"download-{key}", on_click="ignore")

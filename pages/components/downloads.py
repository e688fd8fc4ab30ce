"""Download buttons. A spreadsheet opens what it is given, so cells that look like formulas are made harmless."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import streamlit as st


def _harmless(value: Any) -> Any:
    """A leading = + - @ tab or return would run as a formula in a spreadsheet; an apostrophe stops it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark (Excel needs it), six significant digits, missing as empty."""
    safe = frame.map(_harmless)
    return safe.to_csv(index=False, float_format="%.6g", lineterminator="\r\n").encode("utf-8-sig")


def file_name(words: str) -> str:
    """ "Needs, Chilver Vale" -> "needs-chilver-vale.csv"."""
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-') or 'table'}.csv"


def csv_button(frame: pd.DataFrame, words: str, *, key: str, label: str = "Download as CSV") -> None:
    """A button that gives `frame` as a CSV file named after `words`."""
    st.download_button(label, csv_bytes(frame), file_name(words), "text/csv", key=f"download-{key}", on_click="ignore")

"""Download buttons, each with its column dictionary beside it. Cells that look like formulas are made harmless.

The columns' names are those of the table on the page and stay the same from release to release. A file is made when its
button is clicked, after the page's witness has noted it; without a witness, or where it refuses, there is no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

import pandas as pd
import streamlit as st

from pages.reports.columns import dictionary
from pages.reports.tables import csv_bytes

# In the session, set by the guard: `witness(key)` gives what is called when the button of that key is clicked, and raises
# where nothing may be downloaded.
WITNESS = "download_witness"
CSV = "text/csv"
LONGEST = 120  # letters of a file's name


def file_name(words: str) -> str:
    """ "Needs, Chilver Vale" -> "needs-chilver-vale.csv"; a very long one is cut."""
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower())[:LONGEST].strip('-') or 'table'}.csv"


def button(
    label: str,
    make: Callable[[], bytes],
    file: str,
    kind: str = CSV,
    *,
    key: str,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """A button that makes `file` when it is clicked. Every download of the app is one of these: the audit notes `key`."""
    st.download_button(label, witnessed(make, key), file, kind, key=f"download-{key}", on_click="ignore", type=type)


def witnessed(make: Callable[[], bytes], key: str) -> Callable[[], bytes]:
    """`make`, with the witness of now asked first: it is called later, in a thread that knows no session."""
    witness: Callable[[str], Callable[[], None]] | None = st.session_state.get(WITNESS)
    clicked = witness(key) if witness else _nobody

    def made() -> bytes:
        clicked()
        return make()

    return made


def _nobody() -> None:
    raise RuntimeError("a download was drawn on a page that has no guard")


def csv_button(
    frame: pd.DataFrame, words: str, *, key: str, label: str = "Download as CSV", about: Mapping[str, str] | None = None
) -> None:
    """A button that gives `frame` as a CSV file named after `words`, and one that says what its columns mean.

    `about`: the meaning of columns that mean something of their own in this table.
    """
    meanings = dictionary(frame, about)
    with st.container(horizontal=True):
        button(label, lambda: csv_bytes(frame), file_name(words), key=key)
        button(
            "What its columns mean (CSV)", lambda: csv_bytes(meanings), file_name(f"{words} columns"),
            key=f"columns-{key}", type="tertiary",
        )  # fmt: skip

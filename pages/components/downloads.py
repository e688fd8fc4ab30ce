"""Download buttons, each with its column dictionary beside it. Cells that look like formulas are made harmless.

The columns' names are those of the table on the page and stay the same from release to release. A file is made when its
button is clicked, after the page's witness has noted it; without a witness, or where it refuses, there is no file. Each table
is to be had as CSV, and as a workbook with the page's source lines and the column dictionary on sheets of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from pages.reports.columns import dictionary
from pages.reports.tables import MAX_ROWS, csv_bytes, xlsx_bytes

# In the session, set by the guard: `witness(key)` gives what is called when the button of that key is clicked, and raises
# where nothing may be downloaded.
WITNESS = "download_witness"
# In the session: what the page of this witness has said of its sources so far. A workbook reads it when it is made, after the
# page was drawn, so that a source line at the page's foot is in it too.
SAID = "download_said"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 120  # letters of a file's name


def file_name(words: str, end: str = "csv") -> str:
    """ "Needs, Chilver Vale" -> "needs-chilver-vale.csv"; a very long one is cut."""
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower())[:LONGEST].strip('-') or 'table'}.{end}"


def sources_said() -> list[tuple[str, str]]:
    """The page's own list of what it says of its sources, empty at each run's beginning: name -> words. Whoever says more adds."""
    witness, found = st.session_state.get(WITNESS), st.session_state.get(SAID)
    if found is None or found[0] is not witness:
        found = st.session_state[SAID] = (witness, [])
    said: list[tuple[str, str]] = found[1]
    return said


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
    """Buttons that give `frame` as a CSV file named after `words`, as a workbook, and what its columns mean.

    `about`: the meaning of columns that mean something of their own in this table.
    """
    meanings, said = dictionary(frame, about), sources_said()
    with st.container(horizontal=True):
        button(label, lambda: csv_bytes(frame), file_name(words), key=key)
        if len(frame) <= MAX_ROWS:
            button(
                label.replace("CSV", "Excel") if "CSV" in label else f"{label} (Excel)",
                lambda: workbook(frame, words, said, meanings), file_name(words, "xlsx"), XLSX, key=f"xlsx-{key}", type="tertiary",
            )  # fmt: skip
        button(
            "What its columns mean (CSV)", lambda: csv_bytes(meanings), file_name(f"{words} columns"),
            key=f"columns-{key}", type="tertiary",
        )  # fmt: skip


def workbook(frame: pd.DataFrame, words: str, said: Sequence[tuple[str, str]], meanings: pd.DataFrame) -> bytes:
    """Three sheets: the table; what it is, with what the page says of its sources; what its columns mean."""
    columns = dict(zip(meanings["Column"].astype(str), meanings["Meaning"].astype(str), strict=True))
    return xlsx_bytes(frame, [("Table", words), *said], sheet="Table", columns=columns)

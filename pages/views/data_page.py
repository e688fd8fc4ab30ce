"""Data: what is here, how much of each file was kept, what is missing and where to get it."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd
import streamlit as st

from data.sources import SOURCES
from data.store import read
from data.store.engine import engine, holds_files
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.tables import Link, html_table
from pages.shell import cached, session, waiting
from pages.shell.session import View

TITLES = {source.key: source.title for source in SOURCES}
INSTEAD = {"gias_search": "gias"}  # the search results stand in for the whole register
COLUMNS = {"row": "Row", "urn": "URN", "column": "Column", "raw": "As published", "reason": "Reason"}
SHOWN = 20  # rejected rows on the screen; all of them in the download


def when(period: object, as_at: object) -> str:
    """The period or the date of a file, in words."""
    if not pd.isna(period):  # type: ignore[call-overload]
        return words.year(int(str(period)))
    if pd.isna(as_at):  # type: ignore[call-overload]
        return "undated"
    return words.day(pd.Timestamp(str(as_at)).date())


def file_rows(files: pd.DataFrame) -> pd.DataFrame:
    """One row per live file, by source and period."""
    return pd.DataFrame(
        {
            "What": [TITLES.get(key, key) for key in files["source"]],
            "Year or date": [when(*pair) for pair in zip(files["time_period"], files["as_at"], strict=True)],
            "Release": files["release"].tolist(),
            "Rows read": files["rows_read"].tolist(),
            "Kept": files["rows_kept"].tolist(),
            "Left out": files["rows_rejected"].tolist(),
            "Schools matched": ["names no school" if pd.isna(n) else f"{int(n):,}" for n in files["schools_matched"]],
            "File": files["file_name"].tolist(),
            "Received": [words.day(str(text)) for text in files["received"]],
        }
    )


def source_rows(files: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of file: its years or dates, and its rows."""
    told = files.assign(when=[when(*pair) for pair in zip(files["time_period"], files["as_at"], strict=True)])
    rows = []
    for key, group in told.groupby("source", sort=False):
        counts = [int(group[name].sum()) for name in ("rows_read", "rows_kept", "rows_rejected")]
        rows.append((TITLES.get(str(key), str(key)), ", ".join(dict.fromkeys(group["when"])), len(group), *counts))
    rows.sort()
    return pd.DataFrame(rows, columns=["What", "Years or dates", "Files", "Rows read", "Kept", "Left out"])


def draw_files(files: pd.DataFrame) -> None:
    words.heading("What we have")
    html_table(source_rows(files), "By kind of file", numeric=("Files", "Rows read", "Kept", "Left out"))
    with st.expander(f"Every file ({len(files)}), and download"):
        table = file_rows(files)
        html_table(table, "Files in use", numeric=("Rows read", "Kept", "Left out", "Schools matched"))
        csv_button(table, "files in use", key="files")


def reason_rows(files: pd.DataFrame) -> pd.DataFrame:
    """Why rows were left out, by kind of file and reason, over all years."""
    counted: Counter[tuple[str, str]] = Counter()
    for source, report in zip(files["source"], files["report"], strict=True):
        for reason, count in json.loads(report).get("reasons", {}).items():
            counted[TITLES.get(source, source), reason] += int(count)
    return pd.DataFrame(
        [(*pair, count) for pair, count in sorted(counted.items())], columns=["What", "Reason", "Times"]
    )


def draw_left_out(view: View, files: pd.DataFrame) -> None:
    words.heading("What was left out, and why")
    with_rejects = files[files["report"].str.contains('"reasons": {"', regex=False) | (files["rows_rejected"] > 0)]
    if with_rejects.empty:
        words.paragraph("Every row of every file could be read.")
        return
    html_table(reason_rows(with_rejects), "Rows and cells left out, over all years", numeric=("Times",))
    columns = (with_rejects[name] for name in ("source_file_id", "source", "time_period", "as_at", "file_name"))
    labels = {
        int(number): f"{TITLES.get(source, source)}, {when(period, as_at)}: {name}"
        for number, source, period, as_at, name in zip(*columns, strict=True)
    }
    chosen = st.selectbox(
        "See the rows of one file", list(labels), index=None, format_func=labels.__getitem__, key="rejects_of",
        placeholder="Choose a file",
    )  # fmt: skip
    if chosen is not None:
        rows = read.rejects(engine(view.place), chosen).rename(columns=COLUMNS)
        html_table(rows.head(SHOWN), f"The first {min(SHOWN, len(rows))} of {len(rows):,}", numeric=("Row",))
        csv_button(rows, f"left out {labels[chosen]}", key="rejects")


def draw_missing(files: pd.DataFrame) -> None:
    here = set(files["source"]) if not files.empty else set()
    missing = [source for source in SOURCES if source.key not in here and INSTEAD.get(source.key) not in here]
    words.heading("What is missing, and where to get it")
    if not missing:
        words.paragraph("Every kind of file that Alongside reads is here.")
        return
    table = pd.DataFrame(
        {
            "What": [source.title for source in missing],
            "Published by": [source.publisher for source in missing],
            "Where": [
                Link(source.landing_page, source.landing_page) if source.landing_page else "a table of your own"
                for source in missing
            ],
        }
    )
    html_table(table, f"{words.count(len(missing), 'kind')} of file not here yet")


def draw_figures(view: View, files: pd.DataFrame) -> None:
    """The figures in use, and whether files came in after them."""
    if not view.has_figures:
        words.note("The figures have not been made from these files yet.")
    else:
        behind = set(cached.table(view.publication_id, "source")["source_file_id"].astype(int))
        published = files[~files["source"].isin(read.PRIVATE)]
        if behind == set(published["source_file_id"].astype(int)):
            words.paragraph(
                f"{words.figures_of(view.created or '')} The newest register or list is as at {words.day(view.as_at)}."
            )
            return
        words.note(
            f"{words.figures_of(view.created or '')} Files have changed since: the figures do not show them yet."
        )
    asked = st.button("Make the figures", type="primary")
    if asked and waiting.wait("publish", "--store", view.place.kind, "--json", lead="Making the figures"):
        st.rerun()


view = session.guard("data_page")
files = read.source_files(engine(view.place)) if holds_files(view.place) else pd.DataFrame()
left_out = int(files["rows_rejected"].sum()) if not files.empty else 0
if files.empty:
    words.finding("There are no data here yet")
    words.paragraph("Add published files, and this page says of each what it is and how much of it could be used.")
else:
    read_rows = int(files["rows_read"].sum())
    words.finding(f"{words.count(len(files), 'file')}: {read_rows:,} rows read, {left_out:,} left out with a reason")
    draw_figures(view, files)
session.go("own_schools", "Add files, or say which schools are ours", data="own")
if not files.empty:
    draw_files(files)
    draw_left_out(view, files)
draw_missing(files)
words.caveat(
    "which published files the figures rest on, and how much of each could be used.",
    "whether what was published is right; a school can ask its publisher to correct it.",
)
words.source_line("the publishers named above", created=view.created, sample=view.sample)

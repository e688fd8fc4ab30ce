"""People and attendance of a school: published figures beside those of similar schools, and all that no score rests on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.similar import beside
from analytics.similar.beside import Beside
from pages.components import kept_figures, kind_blocks, words
from pages.components.downloads import csv_button
from pages.components.tables import html_table
from pages.shell import cached
from pages.shell.school.reading import SchoolPage


def figures_beside(page: SchoolPage) -> tuple[Beside, ...]:
    """Published figures that no score rests on, with those of similar schools."""
    school, publication = page.sc.school, page.view.publication_id
    wanted = kind_blocks.beside_measures(school, page.sc.phase, {row.measure for row in page.measures})
    return cached.worked_out(publication, beside.published, page.sc.urn, page.others, tuple(wanted))


def draw(page: SchoolPage) -> None:
    """Both tables, closed until wanted; nothing where neither has a row."""
    rows = figures_beside(page) if page.compared else ()  # else they stand first on the page
    kept = kept_figures.kept_table(page.values)
    if not rows and kept.empty:
        return
    words.heading("People, and what else is published")
    if rows:
        with st.expander(
            f"{words.count(len(rows), 'figure')} beside similar schools, none flagged: subjects, support, staff"
        ):
            kind_blocks.draw_beside(page.name, rows, len(page.others), similar=bool(page.similar))
    if not kept.empty:
        _more(page, kept)


def _more(page: SchoolPage, table: pd.DataFrame) -> None:
    about = words.listing(part.lower() for part in dict.fromkeys(table["About"]))
    rests = "no score but that of money" if kept_figures.ABOUT["aar"].lower() in about else "no score"
    with st.expander(f"More published figures: {words.count(len(table), 'figure')} to look up, and download"):
        words.paragraph(f"To look up; {rests} rests on them: {about}. The latest year of each.")
        html_table(table, f"More published figures of {page.name}", numeric=("Value",), by="About")
        csv_button(table, f"more published figures {page.name}", key="kept")

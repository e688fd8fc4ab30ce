"""Corrections to published figures, each with its reason and link; and the blank tables for these and for our own figures."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.access import permissions
from data.sources.corrections import NAMES as ASKED
from data.store import corrections, read
from data.store.engine import engine, holds_files
from pages.components import downloads, words
from pages.components.correction_table import correction_rows
from pages.components.downloads import csv_button
from pages.components.figures import number_words, sentence_start
from pages.components.names import Names
from pages.components.tables import html_table
from pages.reports.own_template import TemplateSchool, ended_year, template_csv, template_xlsx
from pages.shell import address, session
from pages.shell.fair import private
from pages.shell.files import data_views, filing, making
from pages.shell.session import View

ABOUT = {
    "value": "The corrected figure, in the measure's own units; empty, with a mark, where the published figure should not be used",
    "status": "What stands behind the corrected figure: ok, or why there is none",
    "reason": "Why it is corrected",
    "measure": "The published measure, by its key or its name",
    "release": "The release that is corrected: provisional, revised or final",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ours(view: View) -> list[TemplateSchool]:
    """The schools of our own partnerships, by name; none where none is saved."""
    if not holds_files(view.place):
        return []
    _, members = private.own_partnerships(view)
    found = read.schools(engine(view.place), members["urn"]).sort_values(["name", "urn"])
    rows = zip(found["urn"], found["name"], found["phase"].astype(object), strict=True)
    return [TemplateSchool(int(urn), str(name), None if pd.isna(phase) else str(phase)) for urn, name, phase in rows]


def draw_corrections(view: View, listed: pd.DataFrame) -> None:
    words.heading("Corrections to published figures")
    words.paragraph(
        "Where a published figure is known to be wrong, a correction stands in its place, with its reason and a link to where "
        "it is said. The published figure stays in the store."
    )
    hidden = address.wanted("hide") == "1"
    if not listed.empty:
        known = read.schools(engine(view.place), listed["urn"])
        called = dict(zip(known["urn"].tolist(), known["name"].tolist(), strict=True))
        names = Names.of(hidden, called, listed["urn"])
        html_table(correction_rows(listed, names.label), "Corrections in force")
        csv_button(listed.drop(columns="urn") if hidden else listed, "corrections", key="corrections", about=ABOUT)
    words.subheading("Add a correction")
    words.paragraph("Fill in this table, one row for each figure. A reason and a link are needed.")
    blank = pd.DataFrame(columns=list(ASKED))
    csv_button(blank, "corrections blank", key="blank", label="Blank table for corrections (CSV)", about=ABOUT)


def draw_own(view: View) -> None:
    words.heading("Our own figures")
    words.paragraph(
        "This table is for figures that nobody publishes, such as phonics or this year's budget, and for this summer's results "
        "before they come out. They are shown as supplied by you, and no score rests on them."
    )
    schools, ended = ours(view), ended_year(date.today())
    with st.container(horizontal=True):
        downloads.button(
            "Blank table for our own figures (Excel)", lambda: template_xlsx(schools, ended=ended), "our-own-figures.xlsx",
            XLSX, key="own-xlsx",
        )  # fmt: skip
        downloads.button(
            "The same as CSV", lambda: template_csv(schools, ended=ended), "our-own-figures.csv", key="own-csv",
            type="tertiary",
        )  # fmt: skip
    those = f"the {words.count(len(schools), 'school')} in lists of your own" if schools else ""
    told = f"It has a row ready for each figure of {those}." if schools else ""
    words.paragraph(f"{told} Its second sheet says how to fill it in.".strip(), quiet=True)


def draw_filled(view: View) -> None:
    """Where a filled table goes in; in words where none does: on the sample, and for whoever may not add files."""
    if view.place.kind == "sample":
        words.note("The sample is made up and stays as it is: no table goes in here. It does with your own schools.")
        session.go(
            "own_schools", "Use our own schools", data="own", partnership=None, school=None, phase=None, year=None
        )
        return
    if not permissions.may(view.scope, "data_add"):
        words.paragraph("Whoever looks after the files here adds filled tables: ask them.")
        return
    words.heading("Add a filled table")
    filing.draw_taken()
    making.offer(view.scope, view.place, key="corrections_make")
    filing.draw_dropper(view.scope, view.place)


view = session.guard("data_corrections")
there = view.place.file is None or view.place.file.exists()
listed = corrections.listing(engine(view.place)) if there else pd.DataFrame()
found = int(listed["published_status"].notna().sum()) if there else 0
words.finding(f"{sentence_start(number_words(found))} {'figure is' if found < 2 else 'figures are'} corrected")
data_views.draw("data_corrections")
draw_corrections(view, listed)
draw_own(view)
draw_filled(view)
words.caveat(
    "which published figures were corrected, by whom it is said, and how to give figures of your own.",
    "whether a correction is right: follow its link.",
)
words.source_line("the tables you add, and the files they correct", created=view.created, sample=view.sample)

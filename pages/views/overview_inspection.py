"""Inspection by framework: three blocks side by side in the inspectorate's own words, and who was not inspected since joining."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.results import Inspection, SourceLine
from analytics.scores import inspection_spread
from analytics.scores.inspection_spread import NEWEST_FIRST
from data.catalogue.vocabulary import ERAS
from pages.components import cards, inspection_spread_words, words
from pages.components.downloads import csv_button
from pages.components.picture import TABLE_WORDS
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, inside, session
from pages.shell.fair import fairness

view = session.guard("overview_inspection")


def _block(rows: Sequence[Inspection]) -> None:
    if len(rows) > inspection_spread_words.MOST_IN_BLOCK:
        words.bullets(inspection_spread_words.by_words(rows))
        words.paragraph("Each school is in the table.", quiet=True)
        return
    for row in sorted(rows, key=lambda one: (label(one.urn), one.urn)):
        said = f"{inspection_spread_words.in_short(row)}\n{inspection_spread_words.when(row)}"
        words.paragraph(said, bold=f"{cards.short_name(label(row.urn))}.")


choice = session.chosen(view, phase=False, year=False)
label = choice.names.label
asked = (choice.members, choice.partnership.uid, fairness.now().date())
found = cached.worked_out(view.publication_id, inspection_spread.published, *asked)
newest = cached.worked_out(view.publication_id, inspection_spread.newest)
words.finding(inspection_spread_words.finding(found))
words.paragraph(inspection_spread_words.line(found, words.day(newest)), quiet=True)
inside.line("overview_inspection", inside.OVERVIEW)
words.paragraph(inspection_spread_words.APART)
for place, era in zip(st.columns(3, gap="large"), NEWEST_FIRST, strict=True):
    with place:
        rows = found.blocks[era]
        words.heading(inspection_spread_words.heading(era, rows))
        words.paragraph(f"{ERAS[era]}. {inspection_spread_words.own_rule(era, rows)}", quiet=True)
        _block(rows)
if found.before:
    words.heading(f"{inspection_spread_words.NOT_SINCE} ({len(found.before)})")
    words.paragraph(
        "The judgement is from before the school joined. What has changed since is for the school to say.", quiet=True
    )
    _block(found.before)
with st.expander(TABLE_WORDS):
    table = inspection_spread_words.table(found, label)
    html_table(table, "Inspections of our schools", wide=("Judgement",))
    csv_button(table, "Inspections of our schools", key="inspections")
words.caveat(
    "what the inspectorate said, in its own words of the day, with date and age.",
    "how the schools are now, or one order of schools: grades of different frameworks do not compare.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, "inspection"), created=view.created, sample=view.sample)
session.go("overview_changed", "Next: what changed in inspections", what="inspection")
session.go("overview_area", "Next: see results, area by area")

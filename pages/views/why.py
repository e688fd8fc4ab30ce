"""Why does it say this? One school's outcomes answer: the checks of it, then every sum from the published figure on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.explained import chain
from analytics.results import SchoolCheck, SourceLine
from analytics.scores.screening import REASONS
from data import intake
from data.catalogue import MEASURES, NotEnoughData
from pages.components import cards, why_words, words
from pages.components.downloads import csv_button
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.fair import fairness

view = session.guard("why")

WIDE = ("What", "How", "With the numbers")


def _answer(found: chain.Chain) -> None:
    codes = [REASONS[code] for code in found.reasons.split("|") if code in REASONS]
    if codes:
        words.paragraph(f"What holds it back from saying more: {words.listing(codes)}.")
    words.paragraph(
        "A published figure is set beside what the school's intake leads one to expect, the years are averaged, and the "
        "result is pulled towards expectation by as much as chance can explain. Nothing else goes in."
    )


def _checks() -> None:
    rows = cached.rows(view.publication_id, SchoolCheck, urn=sc.urn, phase=sc.phase)
    words.heading("Would other reasonable choices say the same?")
    if rows:
        html_table(why_words.check_table(rows), f"Checks of the answer for {name}", wide=("Question", "Because"))
    else:
        words.paragraph("These figures were made before the checks were kept. Make them again on the page Data.")


def _sums(found: chain.Chain) -> None:
    school = sc.school
    urns = [sc.urn, *([school.predecessor_urn] if school.predecessor_urn else [])]
    measures = dict.fromkeys(block.measure for block in found.blocks if block.measure)
    files = intake.files_behind(view.place, urns, measures)
    *parts, together = found.blocks
    words.heading("Step by step")
    for measure in measures:
        with st.expander(MEASURES[measure].label):
            for block in (block for block in parts if block.measure == measure):
                if block.time_period is not None:
                    words.subheading(words.year(block.time_period))
                    trace = files.get((measure, block.time_period))
                    words.paragraph(
                        f"{block.title}. From {trace.file_name}, row {trace.row}, column {trace.column}." if trace
                        else f"{block.title}. Its file is no longer in the store."
                    )  # fmt: skip
                else:
                    words.subheading("All years")
                html_table(why_words.step_table(block), block.title, wide=WIDE)
    with st.expander("All measures together"):
        html_table(why_words.step_table(together), "Outcomes together", wide=WIDE)
    steps = [table.assign(About=block.title) for block in found.blocks for table in [why_words.step_table(block)]]
    csv_button(pd.concat(steps, ignore_index=True), f"why {sc.urn}", key="why")


sc = session.chosen_school(view, year=False)
name = cards.short_name(sc.names.label(sc.urn))
fairness.remember_looked(view, sc.urn)
inside = sc.urn in fairness.of_school(view, sc).named
if inside:
    fairness.remember_opened(view, "why", sc.urn)
if not inside:
    words.finding(f"{name}: shown to {'the school first' if sc.inside else 'its own partnership only'}")
    words.paragraph(
        "What is said of a school's results is worked out in front of the school and its partnership first."
    )
else:
    try:
        behind = chain.outcomes_chain(lambda table: cached.table(view.publication_id, table), sc.urn, sc.phase)
    except NotEnoughData as reason:
        words.finding(f"{name}: no outcomes answer to work out")
        words.paragraph(f"{str(reason).capitalize()}.")
        _checks()
    else:
        words.finding(why_words.why_finding(name, behind))
        _answer(behind)
        _checks()
        _sums(behind)
words.caveat(
    "how the newest answer is made from published figures, and what else would have been said.",
    "that the figures are right, or what the school does: you know more.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, sc.phase, "census"), created=view.created, sample=view.sample)
session.go("my_school", "Back to the school", school=sc.urn)

"""How it works: methods from the code's own constants, every measure from the catalogue, and what cannot be said."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics import results
from data import acceptance
from data.catalogue import AREAS, MARKS, MEASURES
from data.catalogue.vocabulary import PHASES, STATUS_WORDS
from data.sources import SOURCES
from pages.components import about, acceptance_words, choice_blocks, early_words, glossary, tables, why_words, words
from pages.components.tables import Link, html_table
from pages.shell import cached, session
from pages.shell.session import View

VIEWS = {
    "methods": "Methods", "how_well": "How well it does", "checks": "Checks of these figures",
    "words": "Words and measures", "figures": "Fitted figures", "limits": "What it cannot say",
    "access": "Accessibility, fair use and privacy",
}  # fmt: skip
TITLES = {source.key: source.title for source in SOURCES}
SCALES = {"binomial": "points", "arcsine": "arcsine", "mean": "its own"}
ROLES = {
    "scored": "scored",
    "shown": "shown, not scored",
    "context": "describes the intake",
    "kept": "kept, to look up",
}


def methods() -> None:
    from analytics.explained import formulas, methods_page  # only who opens this view pays for the import
    from pages.components import formula_blocks

    words.paragraph(formula_blocks.READING, quiet=True)
    for section in methods_page.sections():
        words.heading(section.title)
        for part in section.text.split("\n\n"):
            words.paragraph(part)
        if section.constants:
            tables.draw(formula_blocks.constants_table(section.title, section.constants))
        words.paragraph(f"From: {section.source}", quiet=True)
        formula_blocks.formula_blocks(formulas.of(section.title))


def how_well() -> None:
    rows = acceptance.seen()
    words.heading("How well it does")
    if not rows:
        words.paragraph("The figures of the long run are not with this copy of the program.")
        return
    words.paragraph(acceptance_words.TRIED)
    words.paragraph(acceptance_words.summary(rows))
    words.bullets(acceptance_words.missed(rows))
    for part in acceptance_words.parts(rows):
        html_table(acceptance_words.table(rows, part), part, wide=("Check",))
    words.paragraph(acceptance_words.stamp(rows), quiet=True)


def checks(view: View) -> None:
    words.heading("Would other reasonable choices say the same?")
    rows = cached.rows(view.publication_id, results.Check) if view.has_figures else ()
    if not rows:
        words.paragraph("These figures were made before the checks were kept, or none have been made yet.")
        return
    words.paragraph(why_words.nation_sentence(rows))
    words.paragraph(
        "A check that does not pass changes no figure: it says how far an answer rests on a choice of ours. Each school has its own on My school."
    )
    words.bullets(why_words.TRIED.values())
    for phase in dict.fromkeys(row.phase for row in rows):
        table = why_words.nation_table(rows, phase)
        html_table(table, f"{PHASES.get(phase, phase)}, newest year", wide=("Check",))


def words_and_measures() -> None:
    words.heading("Words that the pages use")
    asked = st.query_params.get("word")
    if asked and asked not in glossary.TERMS:
        words.note("The link asks for a word that is not in the list. All of them follow.")
    glossary.every(asked)
    words.heading("The shapes and their words")
    html_table(pd.DataFrame(about.TIER_MEANINGS, columns=["Shape and word", "When"]), "Tiers")
    html_table(pd.DataFrame(about.SIGNAL_MEANINGS, columns=["Word", "When"]), "Signals from inspection")
    words.heading("Every measure")
    kinds = list(MEASURES.values())
    table = pd.DataFrame(
        {
            "Measure": [measure.label for measure in kinds],
            "Definition": [measure.definition for measure in kinds],
            "Phase": [PHASES.get(measure.phase, measure.phase.replace("|", ", ")) for measure in kinds],
            "Area": [AREAS[measure.area].label if measure.area in AREAS else measure.area for measure in kinds],
            "Use": [ROLES[measure.role] for measure in kinds],
            "Source": [TITLES.get(measure.source, measure.source) for measure in kinds],
            "Comparable from": [", ".join(words.year(start) for start in measure.segments) for measure in kinds],
        }
    )
    html_table(table, f"{len(kinds)} measures, from the catalogue")
    words.heading("When there is no number")
    statuses = pd.DataFrame({"Status": list(STATUS_WORDS.values()), "Key in downloads": list(STATUS_WORDS)})
    html_table(statuses, "A missing number is never 0 and never filled in")
    marks = pd.DataFrame([(mark.raw, STATUS_WORDS[mark.status], mark.meaning) for mark in MARKS.values()],
                         columns=["Mark in the file", "Read as", "The publisher's meaning"])  # fmt: skip
    html_table(marks, "The publishers' marks")


def fitted(view: View) -> None:
    words.heading("What was fitted on all schools")
    if not view.has_figures:
        words.paragraph("Nothing yet: the figures have not been made.")
        return
    rows = cached.rows(view.publication_id, results.NationalFigure)
    newest = max((row.time_period for row in rows), default=None)
    words.paragraph(
        "tau is how much schools differ lastingly after intake; omega how much one school swings from year to year; phi "
        "how much more than chance alone results vary within a year; r2 the share of differences that intake accounts for; "
        "the fifth is the level that one school in five lies below, with its sign turned where less is better. Very small "
        'and very large percentages are fitted on the arcsine scale. On the sample, "the nation" is all sample schools.'
    )
    table = pd.DataFrame(
        [
            (
                MEASURES[row.measure].label if row.measure in MEASURES else row.measure, PHASES.get(row.phase, row.phase),
                f"{words.year(row.first_year)} to {words.year(row.time_period)}", row.schools,
                SCALES.get(row.mode, row.mode), *(
                    "not fitted" if value is None else f"{value:.2f}"
                    for value in (row.mean, row.tau, row.omega, row.phi, row.r2, row.fifth)
                ),
            )
            for row in rows if row.time_period == newest
        ],
        columns=["Measure", "Phase", "Years", "Schools", "Scale", "Mean", "tau", "omega", "phi", "r2", "Fifth"],
    )  # fmt: skip
    html_table(table, "Newest year", numeric=("Schools", "Mean", "tau", "omega", "phi", "r2", "Fifth"))
    choice_blocks.compared_blocks(
        cached.rows(view.publication_id, results.KindsCompared),
        cached.rows(view.publication_id, results.ExpectationCompared),
    )
    words.paragraph(f"Identity of these figures (publication_id): {view.publication_id}", quiet=True)


def limits() -> None:
    words.heading("What a page of published figures cannot honestly do")
    words.bullets(about.CANNOT)
    words.heading("What Alongside does not do")
    words.bullets(about.DOES_NOT)


def access() -> None:
    words.heading("Accessibility")
    for title, items in about.ACCESSIBILITY:
        words.subheading(title)
        words.bullets(items)
    words.subheading("What the toolkit, Streamlit, causes")
    rows = [(one.what, one.effect, Link(f"issue {one.issue}", one.link)) for one in about.KNOWN]
    known = pd.DataFrame(rows, columns=["What", "What it means for you", "Its issue"])
    html_table(known, "Known limits of the toolkit", wide=("What", "What it means for you"))
    words.paragraph(f"As at {about.STATEMENT_OF}.", quiet=True)
    for title, items in about.STATEMENTS.items():
        words.heading(title)
        words.bullets(items)
    session.go("access_table", "Who may see what, role by role")
    session.go("privacy", "Privacy and your own data")


view = session.guard("how_it_works")
words.finding("How Alongside works: published figures in, questions out")
words.paragraph(
    "Each school is set beside what schools with a similar intake reach. Small numbers are pulled towards what is expected. "
    "Every figure says how sure it is. Results, inspection and money stand side by side: there is no overall score."
)
asked = st.query_params.get("view", "methods")
if asked not in VIEWS:
    words.note("The link asks for a part of this page that does not exist. The methods are shown.")
words.links({label: session.link("how_it_works", view=key) for key, label in VIEWS.items()}, lead="Parts:")
part = asked if asked in VIEWS else "methods"
if part == "methods":
    methods()
elif part == "how_well":
    how_well()
elif part == "checks":
    checks(view)
    early_words.block(cached.rows(view.publication_id, results.EarlySignal) if view.has_figures else ())
elif part == "words":
    words_and_measures()
elif part == "figures":
    fitted(view)
elif part == "limits":
    limits()
else:
    access()
words.caveat(
    "how the figures are made, from the program's own constants.",
    "that a figure is right for your school: you know more.",
)
words.source_line("this program's code and catalogue", created=view.created, sample=view.sample)

"""One programme: whether it helped, year by year, what could be noticed at all, and how it is compared."""

from __future__ import annotations

import streamlit as st

from analytics.programmes.results import Design, Evaluation
from analytics.results import SourceLine
from data.catalogue import MEASURES, AlongsideError
from pages.components import programme_blocks, words
from pages.components import programme_words as said
from pages.components.downloads import csv_button
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.door import identity
from pages.shell.programmes import looking, reading, setting_down, views
from pages.shell.programmes.reading import Programme

view = session.guard("programme")
TOLD = "programme_told"


def draw_effect(found: Evaluation) -> None:
    """Picture, numbers, and the same of programmes that never were."""
    words.paragraph(found.effect.sentence)
    programme_blocks.draw_events(found, one.measure, name)
    programme_blocks.draw_numbers(found, one.measure)
    if found.effect.estimate is None:
        if one.design is not None and one.design.detectable is not None:
            words.paragraph(one.design.detectable_words)
        return
    words.paragraph(found.effect.change_sentence)
    words.heading("Could chance have done this?")
    words.paragraph(said.chance(found.effect))
    if st.toggle("Compare with made-up programmes of schools that had no support (takes a moment)", key="made_up"):
        placebo = looking.made_up(view, one, choice.members, found.effect.estimate)
        programme_blocks.draw_made_up(placebo, found.effect.estimate, one.measure, name)


def draw_design() -> None:
    """How it is compared, as it was set down."""
    words.heading("How it is compared")
    if choice.hide_names:
        words.paragraph(said.WORDS_HIDDEN, quiet=True)
    else:
        words.bullets(said.entry_lines(one.text("aim"), one.text("rule")))
    if one.design is None:
        draw_without()
        return
    words.paragraph(said.set_down(one.designed_on, one.first_year, looking.results_then(view, one)), quiet=True)
    words.bullets(said.design_lines(one.design, choice.kind_words, *missing(one.design)))
    if one.moved:
        words.note(said.MOVED)
    if one.seed is not None:
        words.paragraph(said.draw_words(one.seed, len(one.of("later")), len(one.of("compared"))))


def missing(design: Design) -> tuple[list[str], list[str]]:
    """Labels of the schools that are not compared, where the person may read which schools take part."""
    if not one.schools:
        return [], []
    names = choice.names.with_others((*design.left_out, *design.unlike))
    return [names.label(urn) for urn in design.left_out], [names.label(urn) for urn in design.unlike]


def draw_without() -> None:
    """What the comparison would be, for whoever may set it down."""
    words.paragraph(said.NOT_YET_COMPARED)
    if not reading.may_set_down(view, choice.partnership.uid) or not one.schools:
        return
    if st.button("Set the comparison down now", type="primary", key="programme_complete"):
        try:
            setting_down.complete(view, one, choice.members, now=identity.now())
        except AlongsideError as error:
            words.problem(str(error))
            return
        st.session_state[TOLD] = "The comparison was set down. It stays as it is, whatever figures come."
        st.rerun()


def draw_schools() -> None:
    """Which schools take part, for those who may read it."""
    if not one.schools:
        return
    words.heading("Its schools")
    names = choice.names.with_others(urn.urn for urn in one.schools if urn.urn is not None)
    table = said.school_table(
        [(names.label(row.urn or 0), str(row.values["part"]), row.values["wave"], row.values["from_year"]) for row in one.schools],
        one.first_year,
    )  # fmt: skip
    if others := len([row for row in one.schools if row.urn not in choice.members]):
        words.paragraph(said.of_others(others, len(one.schools), choice.kind_words), quiet=True)
    with st.expander(f"{words.count(len(one.schools), 'school')}, and download"):
        html_table(table, f"Schools of {name}")
        csv_button(table, f"Schools of {name}", key="programme_schools")
    if one.design is None or not one.design.by_draw:
        words.paragraph(said.OTHERS_UNNAMED, quiet=True)


def draw() -> None:
    looked = looking.evaluation(view, one, choice.members)
    words.finding(said.finding(name, looked.effect if looked else None))
    schools = looked.effect.schools if looked else len(one.of("supported"))
    words.paragraph(
        said.line(
            one.measure, one.selection_year, one.first_year, schools, looked.effect.comparison_schools if looked else 0
        ),
        quiet=True,
    )
    if told := st.session_state.pop(TOLD, ""):
        words.note(told)
    views.draw("programme")
    if looked:
        draw_effect(looked)
    draw_design()
    draw_schools()


choice = session.chosen(view, phase=False, year=False)
found = reading.programmes(view, choice.partnership.uid)
asked = views.chosen(found) or (found[0] if found else None)
if asked is None:
    words.finding(said.overview([]))
    words.paragraph(said.NONE_YET)
else:
    one: Programme = asked
    name = one.called(choice.names)
    draw()
words.caveat(said.SHOWS, said.DOES_NOT)
lines = cached.rows(view.publication_id, SourceLine)
phase = MEASURES[asked.measure].phase if asked and asked.measure else choice.phase
words.source_line(f"{source_words(lines, phase)}; what people entered here", created=view.created, sample=view.sample)
session.go("did_it_help", "Back to every programme")

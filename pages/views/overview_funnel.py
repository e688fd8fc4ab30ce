"""Small numbers: each school's results beside its number of pupils, with the limits within which chance can carry them."""

from __future__ import annotations

import streamlit as st

from analytics.results import SourceLine
from analytics.scores import funnels
from data.catalogue import MEASURES
from pages.charts.funnel import funnel_picture
from pages.components import cards, funnel_words, words
from pages.components.figures import sentence_start
from pages.components.findings import shown_first
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import members

view = session.guard("overview_funnel")
choice = session.chosen(view)
found = members.members_of(view, choice)
shown = found.urns - found.held  # a dot stands at a school's own number of pupils, which names it
scores = cached.part(
    view.publication_id, "measure_score", urn=shown, phase=choice.phase, time_period=choice.time_period
)  # fmt: skip
told = "y" in scores.columns
mine = set(scores.loc[scores["y"].notna(), "measure"]) if told else set()
measures = [key for key in MEASURES if key in mine]
asked = st.query_params.get("measure")
measure = asked if asked in measures else measures[0] if measures else None
drawn = None
if measure is not None:
    drawn = cached.worked_out(
        view.publication_id, funnels.published, choice.phase, choice.time_period, measure, shown
    )  # fmt: skip
if drawn is None:
    words.finding("Small numbers: nothing can be drawn for these schools")
    nothing = "None of them has results in this phase and year."
    nothing = f"{sentence_start(shown_first(len(found.held)))}." if found.held else nothing
    words.paragraph(nothing if told else funnel_words.TOO_EARLY)
else:
    names = choice.names.label
    words.finding(funnel_words.finding(drawn))
    words.paragraph(funnel_words.line(drawn), quiet=True)
    if found.held:
        are = (
            "that is shown first what is said of it"
            if len(found.held) == 1
            else "that are shown first what is said of them"
        )
        words.note(f"Not in this picture: {words.count(len(found.held), 'school')} {are}.")
    if asked and asked not in measures:
        words.note("The link asks for a measure that these schools have no results in. Another is shown.")
    words.links(
        {MEASURES[key].short: session.link("overview_funnel", measure=key) for key in measures if key != measure},
        lead="Instead:",
    )
    words.paragraph(funnel_words.READING)
    outside = {place.urn: cards.short_name(names(place.urn)) for place in drawn.places if place.side != "inside"}
    picture(
        funnel_picture(drawn, outside, palette()), funnel_words.alternative(drawn, names), funnel_words.table(drawn, names),
        key="funnel", caption=f"Small numbers: {MEASURES[drawn.measure].short}", numeric=funnel_words.NUMBERS,
    )  # fmt: skip
    words.paragraph(funnel_words.MEANING)
words.caveat(
    "published results after intake, as they came out, beside the numbers of pupils behind them.",
    "lasting differences: those are on the Overview, where few pupils count for less.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, last=choice.time_period), created=view.created, sample=view.sample)
session.go("overview", "Back to Overview")

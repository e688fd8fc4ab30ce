"""Did it help? Every programme and mission of a partnership in a sentence; each has its own page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.programmes.results import Evaluation
from analytics.results import SourceLine
from pages.components import cards, words
from pages.components import programme_words as said
from pages.components.figures import sentence_start
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.programmes import looking, reading, views
from pages.shell.programmes.reading import Programme

view = session.guard("did_it_help")


def draw_part(heading: str, part: Sequence[Programme]) -> None:
    """The programmes, or the missions, two beside each other."""
    if not part:
        return
    words.heading(heading)
    for start in range(0, len(part), 2):
        for place, one in zip(st.columns(2), part[start : start + 2], strict=False):
            with place, st.container(border=True, height="stretch"):
                draw_one(one, looked[one.number])


def draw_one(one: Programme, found: Evaluation | None) -> None:
    """Name, answer, sentence, what was looked at."""
    effect = found.effect if found else None
    line = said.line(
        one.measure, one.selection_year, one.first_year, effect.schools if effect else len(one.of("supported")),
        effect.comparison_schools if effect else 0,
    )  # fmt: skip
    name = one.called(choice.names)
    cards.card("", (cards.Part(name, "name"),), (effect.sentence if effect else said.answer_line(None),))
    words.paragraph(line, quiet=True)
    session.go("programme", f"Look at {name}", programme=one.number)


def draw_elsewhere() -> None:
    """The person's other partnerships that have programmes or missions."""
    others = reading.elsewhere(view, choice.partnership.uid)
    if others:
        words.heading("Elsewhere")
        links = {
            said.elsewhere(name, *number): session.link("did_it_help", partnership=uid) for uid, name, number in others
        }
        words.links(links, lead="")


choice = session.chosen(view, phase=False, year=False)
found = reading.programmes(view, choice.partnership.uid)
looked = looking.evaluations(view, found, choice.members)
told = [looked[one.number] for one in found]
words.finding(said.overview([one.effect.answer if one else None for one in told]))
words.paragraph(
    f"{sentence_start(choice.called)}. Results of schools with support, beside schools like them without it."
)
views.draw("did_it_help")
draw_part("Programmes", [one for one in found if not one.mission])
draw_part("Missions", [one for one in found if one.mission])
if not found:
    words.paragraph(said.NONE_YET)
draw_elsewhere()
words.caveat(said.SHOWS, said.DOES_NOT)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    f"{source_words(lines, choice.phase)}; what people entered here", created=view.created, sample=view.sample
)
if reading.may_set_down(view, choice.partnership.uid):
    session.go("programme_new", "Next: set down a programme before it starts")
session.go("how_it_works", "How programmes are looked at")

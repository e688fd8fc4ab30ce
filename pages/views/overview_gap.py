"""Gap and consistency: how far our schools lie from one another over the years, and what they reach together after intake."""

from __future__ import annotations

import streamlit as st

from analytics.results import SourceLine
from analytics.scores.gap import Gap
from pages.components import together_blocks, together_words, words
from pages.components.figures import sentence_start
from pages.components.findings import shown_first
from pages.components.sources import source_words
from pages.shell import address, cached, inside, session
from pages.shell.fair import averages, members

view = session.guard("overview_gap")

USUAL = "usual"
LOST = "The link asks for a measure in which these schools cannot be compared. The usual ones are shown."


def _drawn(gaps: list[Gap]) -> list[Gap]:
    """The gaps to draw: the phase's usual two, or the one measure that the address asks for."""
    options = (USUAL, *(gap.measure for gap in gaps))
    value = address.settle("measure", options, USUAL, str, LOST)
    names = {USUAL: "The usual ones", **{gap.measure: together_words.short_name(gap.measure) for gap in gaps}}
    asked = address.picker(st.columns([2, 3])[0], "measure", "Measure", options, value, names.__getitem__)
    if asked != USUAL:
        return [gap for gap in gaps if gap.measure == asked]
    usual = together_blocks.DRAWN.get(choice.phase, ())
    return [gap for measure in usual for gap in gaps if gap.measure == measure] or gaps[:2]


choice = session.chosen(view)
found = members.members_of(view, choice)
urns = tuple(sorted(found.urns))
known = cached.together(view.publication_id, urns, choice.partnership.kind, choice.phase, choice.time_period)
told = averages.told(view, choice, found) if known else frozenset()
open_gaps = averages.gaps(view, choice, found) if known else frozenset()
gaps = [gap for gap in known[0] if gap.measure in open_gaps] if known else []
means = [mean for mean in known[1] if mean.measure in told] if known else []
drawn = _drawn(gaps) if gaps else []
words.finding(together_words.gap_finding(drawn))
held_back = known is not None and bool(known[0]) and not gaps
if not held_back:
    words.paragraph(
        together_words.gap_line(drawn, len(found.schools), found.standing.with_results, choice.phase), quiet=True
    )
inside.line("overview_gap", inside.OVERVIEW)
if known is None:
    words.paragraph(together_words.MADE_BEFORE)
else:
    if held_back or (known[1] and not means):
        what = "gaps" if means else "averages and gaps"
        words.paragraph(f"{sentence_start(shown_first(len(found.held)))}; {what} would tell what is said of them.")
    together_blocks.gaps(drawn, gaps)
    if means or not known[1]:
        together_blocks.averages(means, len(urns))
words.caveat(
    "how far our schools usually lie from one another, chance taken out, and what they reach together after intake.",
    "whether small gaps are good: schools may be alike and all low. Nor how other partnerships fare.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, last=choice.time_period), created=view.created, sample=view.sample)
session.go("overview_area", "Next: see the schools behind it, area by area")

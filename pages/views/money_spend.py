"""Results beside spending: each school a point with its range both ways. Never one scale, never value for money."""

from __future__ import annotations

import streamlit as st

from analytics.results import DomainScore, Finance, SourceLine
from analytics.scores import money_years, spend
from analytics.scores.spend import Beside
from pages.charts.spend_points import spend_points
from pages.components import cards, spend_words, words
from pages.components.figures import sentence_start
from pages.components.findings import shown_first
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.shell import cached, inside, session
from pages.shell.fair import members

view = session.guard("money_spend")

# On a phone the names would lie over one another; the table holds them.
PHONE = "<style>@media (max-width: 640px) {[class*=st-key-spend] .annotation {display: none}}</style>"


def _accounts() -> tuple[Finance, ...]:
    """Accounts up to the year of the results, so that later money never stands beside earlier results."""
    rows = cached.rows(view.publication_id, Finance, urn=told)
    return tuple(row for row in rows if row.time_period <= choice.time_period)


def _draw(one: Beside) -> None:
    words.heading(spend_words.heading(one))
    if len(pictures) > 1 or one.verdict == "too_few":
        words.paragraph(spend_words.verdict(one))
    names = spend_words.named(one, lambda urn: cards.short_name(label(urn)))
    with st.container(key=f"spend-{one.year_type}"):
        picture(
            spend_points(one.points, names, palette()), spend_words.alternative(one), spend_words.table(one, label),
            key=f"spend-{one.year_type}", caption=spend_words.heading(one), numeric=("Spending per pupil", "Years"),
        )  # fmt: skip


choice = session.chosen(view)
label = choice.names.label
found = members.members_of(view, choice)
told = found.urns - found.held  # where a school stands is derived of it
pictures = spend.beside(
    money_years.school_money(_accounts()),
    cached.rows(
        view.publication_id,
        DomainScore,
        urn=told,
        domain="outcomes",
        phase=choice.phase,
        time_period=choice.time_period,
    ),
    cached.pupils_of_returns(view.publication_id),
    {school.urn: school.pupils for school in found.schools if school.pupils},
)
words.finding(spend_words.finding(pictures, choice.phase))
words.paragraph(spend_words.line(pictures, len(told), choice.time_period), quiet=True)
inside.line("money_spend", inside.MONEY)
if found.held:
    words.note(f"{sentence_start(shown_first(len(found.held)))}: not in the picture.")
st.html(PHONE)
if pictures:
    words.paragraph(spend_words.READING)
for one in pictures:
    _draw(one)
words.paragraph(spend_words.FOLLOWS)
words.caveat(
    "two published things of the same schools side by side, after intake on one side only.",
    "what money does, or whether it is well spent.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "aar", "cfr", last=choice.time_period), created=view.created, sample=view.sample
)
session.go("money_small", "Next: small schools")
session.go("similar_schools", "Next: what schools like ours spend on")

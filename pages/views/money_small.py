"""Small schools: pupils, places and what is published of their money, what one pupil weighs, what they reach together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.facts import small
from analytics.facts.small import SmallSchool
from analytics.results import Finance, School, SourceLine
from analytics.scores import money_years, spend
from pages.charts.places_filled import places_filled
from pages.components import cards, money_together_words, small_words, together_words, words
from pages.components.downloads import csv_button
from pages.components.figures import sentence_start
from pages.components.findings import shown_first
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.components.tables import html_table, linked
from pages.shell import cached, inside, session
from pages.shell.fair import averages, members

view = session.guard("money_small")


def _pupils(found: Sequence[SmallSchool]) -> None:
    """The picture of pupils and places, with everything published in its table."""
    urns = {one.urn for one in found}
    pupils = cached.pupils_of_returns(view.publication_id)
    accounts = {one.urn: one for one in money_years.school_money(cached.rows(view.publication_id, Finance, urn=urns))}
    roll = {one.urn: one.pupils for one in found}
    pounds = {urn: dict(spend.per_pupil(money, pupils, roll)) for urn, money in accounts.items()}
    newest = {urn: by[max(by)] for urn, by in pounds.items() if by}
    table = small_words.table(found, accounts, newest, label, {school.urn: label(school.urn) for school in every})
    order = sorted((label(one.urn), one.urn) for one in found)
    table = linked(table, "School", [session.link("my_school", school=urn) for _, urn in order])
    words.paragraph(f"{small_words.reading(found)} {money_together_words.OPENS}", quiet=True)
    rows = small_words.rows(found, lambda urn: cards.short_name(label(urn)))
    picture(
        places_filled(rows, palette()), small_words.alternative(found, label), table, key="small",
        caption="Small schools, what is published of them", numeric=small_words.NUMBERS,
    )  # fmt: skip
    words.paragraph(small_words.ONE_PUPIL)


def _together(found: Sequence[SmallSchool]) -> None:
    """What the small schools of the phase reach together, where two or more have a figure and none is told by it."""
    words.heading(small_words.TOGETHER)
    urns = frozenset(one.urn for one in found) & compared.urns
    known = cached.together(
        view.publication_id, tuple(sorted(urns)), choice.partnership.kind, choice.phase, choice.time_period
    )
    if known is None:
        words.paragraph(together_words.MADE_BEFORE)
        return
    told = averages.told(view, choice, compared, urns)
    means = [mean for mean in known[1] if mean.measure in told]
    if known[1] and not means:
        words.paragraph(
            f"{sentence_start(shown_first(len(compared.held & urns)))}; an average would tell what is said of them."
        )
        return
    if not means:
        words.paragraph("Fewer than two of them have figures in the same measure: there is nothing to add up.")
        return
    words.bullets(small_words.together_sentences(means))
    with st.expander("The same as a table, and download"):
        table = together_words.together_table(means)
        html_table(table, small_words.TOGETHER, numeric=together_words.TOGETHER_NUMBERS)
        csv_button(table, small_words.TOGETHER, key="small-together")


choice = session.chosen(view)
label = choice.names.label
compared = members.members_of(view, choice)
every = cached.rows(view.publication_id, School, urn=choice.members)
found = small.small_schools(every)
words.finding(small_words.finding(found, len(every)))
words.paragraph(small_words.line(len(every), sum(school.pupils is None for school in every)), quiet=True)
inside.line("money_small", inside.MONEY)
if found:
    _pupils(found)
    _together(found)
else:
    words.paragraph(
        "Schools with fewer pupils than that would be listed here, with places, roll and what one pupil weighs."
    )
words.paragraph(small_words.NOT_PUBLISHED, quiet=True)
words.caveat(
    "what is published of small schools: pupils, places, money, and what they reach together after intake.",
    "whether a small school can or should go on: that is no matter of these figures.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "aar", "cfr", "gias"), created=view.created, sample=view.sample)
session.go("support_groups", "Next: working groups that small schools could share")
session.go("money", "Next: the accounts of every school")

"""Proposals drawn: giver, receiver, days and reason; what is not met and why; the factors as a table. Computes nothing.

Everything drawn here is a proposal: people decide. Names come from outside, so that they can be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analytics.support.plans import Plan, Proposal, SupporterLoad, Unmatched
from pages.components import cards, words
from pages.components.downloads import csv_button
from pages.components.figures import kilometres
from pages.components.measure_words import area_label, area_words
from pages.components.names import Names
from pages.components.palette import palette
from pages.components.support_findings import days_words
from pages.components.tables import html_table

SHOWN = 12  # cards; the table holds all
Label = Callable[[int], str]


def filled(reason: str, **names: str) -> str:
    """The reason with its names put in. Braces in a name stay as they are."""
    for key, name in names.items():
        reason = reason.replace("{" + key + "}", name)
    return reason


def _numbered(urns: Sequence[int], label: Label) -> dict[str, str]:
    return {str(place): label(urn) for place, urn in enumerate(urns)}


def proposal_cards(proposals: Sequence[Proposal], label: Label, *, asked: bool, colour: str) -> None:
    """One card per proposal. `asked`: the scenario in which nobody was asked yet; every card then says so."""
    for row in proposals[:SHOWN]:
        giver, receiver = label(row.supporter_urn), label(row.need_urn)
        days = f"  {days_words(row.days)}" + (" if it could spare them" if asked else " a term")
        with st.container(border=True):
            cards.card(
                "●",
                (cards.Part(f"{giver} → {receiver}", "name"), cards.Part(days, "days")),
                (
                    f"{area_label(row.area)}. {filled(row.reason, need=receiver, supporter=giver)}",
                    "" if asked else "A proposal: both schools agree or decline.",
                ),
                colour=colour,
            )
    if len(proposals) > SHOWN:
        words.paragraph(f"{words.count(len(proposals) - SHOWN, 'more proposal')} in the table below.", quiet=True)


def draw_plan(plan: Plan, names: Names, whose: str, *, asked: bool, yet: bool) -> None:
    """A plan: proposals, days, what is not met, and the factors as a table to download. `whose`: for the file's name.

    `yet`: whether needs may still come, of schools that are shown first what is said of them.
    """
    proposals, unmatched, colours = plan.proposals, plan.unmatched, palette()
    urns = [*(row.supporter_urn for row in proposals), *(urn for row in unmatched for urn in row.others)]
    others = names.with_others([*urns, *(row.urn for row in plan.supporters if not asked)])
    left, right = st.columns([3, 2], gap="large")
    with left:
        words.heading("Proposals" if not asked else "If they could spare the days")
        if not proposals:
            words.paragraph(
                "No school near enough has both the strength and the days." if asked else "No offer meets a need."
            )
        proposal_cards(proposals, others.label, asked=asked, colour=colours.support)
    with right:
        if plan.supporters and not asked:
            words.heading("Days this term")
            day_bars(plan.supporters, others.label, colour=colours.support)
        words.heading("Not met")
        if unmatched:
            words.bullets(unmatched_lines(unmatched, others.label))
        else:
            none = "There is nothing here to plan for yet." if yet else "There is no need here to plan for."
            words.paragraph("Every need here has a proposal." if proposals else none)
    table = proposal_table(proposals, others.label)
    with st.expander("Why these pairs: the factors as a table, and download"):
        html_table(table, "Proposals and their factors (each between 0.05 and 1)")
        csv_button(table, f"Proposals {whose}", key="proposals", label="Download the proposals (CSV)")


def unmatched_lines(unmatched: Sequence[Unmatched], label: Label) -> tuple[str, ...]:
    """What binds, and for which schools: "Hill and Vale: no school has offered days." One line a reason."""
    by_reason: dict[str, list[str]] = {}
    for row in unmatched:
        reason = filled(row.reason, need=label(row.urn), **_numbered(row.others, label))
        by_reason.setdefault(reason, []).append(label(row.urn))
    return tuple(
        f"{words.listing(labels) if len(labels) <= SHOWN else words.count(len(labels), 'school')}: {reason}"
        for reason, labels in by_reason.items()
    )


def proposal_table(proposals: Sequence[Proposal], label: Label) -> pd.DataFrame:
    """Proposals with their factors, each between 0.05 and 1, for the table and the download."""
    columns = {
        "Supporting school": [label(row.supporter_urn) for row in proposals],
        "Could support": [label(row.need_urn) for row in proposals],
        "Area": [area_label(row.area) for row in proposals],
        "Days a term": [f"{row.days:g}" for row in proposals],
        "Distance": [kilometres(row.km) for row in proposals],
        "Strength": [f"{row.strength:.2f}" for row in proposals],
        "Similar circumstances": [f"{row.similarity:.2f}" for row in proposals],
        "Travel": [f"{row.travel:.2f}" for row in proposals],
        "Came through it": [f"{row.came_through:.2f}" for row in proposals],
        "Evidence": [f"{row.sureness:.2f}" for row in proposals],
        "Fit": [f"{row.fit:.2f}" for row in proposals],
    }
    return pd.DataFrame(columns)


def day_bars(loads: Sequence[SupporterLoad], label: Label, *, colour: str) -> None:
    """Days used of days offered, a bar per supporting school and area."""
    rows = [
        cards.Bar(
            f"{label(row.urn)}, {area_words(row.area)}",
            row.used * row.days_per_slot,
            row.slots * row.days_per_slot,
            f"{row.used * row.days_per_slot:g} of {row.slots * row.days_per_slot:g} days",
        )
        for row in loads
    ]
    cards.bars(rows, "Days used of days offered, a term", colour=colour)

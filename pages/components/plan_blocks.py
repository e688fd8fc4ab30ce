"""Proposals drawn: giver, receiver, days and reason; what is not met and why; the factors as a table. Computes nothing.

Everything drawn here is a proposal: people decide. Names come from outside, so that they can be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analytics.support.plans import Proposal, SupporterLoad, Unmatched
from pages.components import cards, words
from pages.components.figures import kilometres
from pages.components.measure_words import area_label, area_words
from pages.components.support_findings import days_words

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

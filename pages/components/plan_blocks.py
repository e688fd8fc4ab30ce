"""Proposals in words and tables: giver, receiver, days and reason; what is not met and why; the factors. Computes nothing.

Everything drawn here is a proposal: people decide. Names come from outside, so that they can be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

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
ORGANISATION = "A partner organisation"


def areas(plan: Plan) -> set[str]:
    """Areas of the plan's needs."""
    return {row.area for row in plan.proposals} | {row.area for row in plan.unmatched}


def of_area(plan: Plan, area: str | None) -> Plan:
    """What of the plan is about one area; all of it for None. The plan itself stays one: days are shared."""
    if area is None:
        return plan
    proposals = tuple(row for row in plan.proposals if row.area == area)
    unmatched = tuple(row for row in plan.unmatched if row.area == area)
    loads = tuple(row for row in plan.supporters if row.area == area)
    differs, supported = (tuple(one for one in places if one[1] == area) for places in (plan.differs, plan.supported))
    return replace(
        plan, proposals=proposals, unmatched=unmatched, supporters=loads, differs=differs, supported=supported
    )  # fmt: skip


def filled(reason: str, **names: str) -> str:
    """The reason with its names put in. Braces in a name stay as they are."""
    for key, name in names.items():
        reason = reason.replace("{" + key + "}", name)
    return reason


def labels(plan: Plan, names: Names) -> Label:
    """What everybody in a plan is called: schools, and organisations and teams that no school gives (minus their offer)."""
    urns = [*(row.supporter_urn for row in plan.proposals), *(row.urn for row in plan.supporters if plan.scenario == "offers")]  # fmt: skip
    urns += [urn for row in plan.unmatched for urn in row.others]
    shown = names.with_others(urn for urn in urns if urn > 0)

    def label(urn: int) -> str:
        if urn > 0:
            return shown.label(urn)
        return ORGANISATION if names.hide else plan.called.get(urn) or ORGANISATION

    return label


def proposal_head(row: Proposal, label: Label, *, asked: bool) -> tuple[cards.Part, ...]:
    days = f"  {days_words(row.days)}" + (" if it could spare them" if asked else " a term")
    return (
        cards.Part(f"{label(row.supporter_urn)} → {label(row.need_urn)}", "name"),
        cards.Part(days, "days"),
    )


def proposal_reason(row: Proposal, label: Label) -> str:
    """The area and the reason, with their names."""
    reason = filled(row.reason, need=label(row.need_urn), supporter=label(row.supporter_urn))
    return f"{area_label(row.area)}. {reason}"


def asked_cards(proposals: Sequence[Proposal], label: Label, opens: Callable[[int], None]) -> None:
    """One card per school that could be asked; every card says that it was not. `opens`: the way to a school's own page, with
    its phone.
    """
    for row in proposals[:SHOWN]:
        with st.container(border=True):
            cards.card("●", proposal_head(row, label, asked=True), (proposal_reason(row, label),), colour=palette().support)  # fmt: skip
            opens(row.supporter_urn)
    if len(proposals) > SHOWN:
        words.paragraph(f"{words.count(len(proposals) - SHOWN, 'more proposal')} in the table below.", quiet=True)


def draw_unmatched(plan: Plan, label: Label, *, yet: bool) -> None:
    """`yet`: whether needs may still come, of schools that are shown first what is said of them."""
    words.heading("Not met")
    if plan.unmatched:
        words.bullets(unmatched_lines(plan.unmatched, label))
        return
    none = "There is nothing here to plan for yet." if yet else "There is no need here to plan for."
    words.paragraph("Every need here has a proposal." if plan.proposals else none)


def draw_table(plan: Plan, label: Label, whose: str) -> None:
    """The factors of every proposal, and the download. `whose`: for the file's name."""
    table = proposal_table(plan.proposals, label)
    with st.expander("Why these pairs: the factors as a table, and download"):
        html_table(table, "Proposals and their factors (each between 0.05 and 1)")
        csv_button(table, f"Proposals {whose}", key="proposals", label="Download the proposals (CSV)")


def unmatched_lines(unmatched: Sequence[Unmatched], label: Label) -> tuple[str, ...]:
    """What binds, and for which schools: "Hill and Vale: no school has offered days." One line a reason."""
    by_reason: dict[str, list[str]] = {}
    for row in unmatched:
        numbered = {str(place): label(urn) for place, urn in enumerate(row.others)}
        reason = filled(row.reason, need=label(row.urn), **numbered)
        by_reason.setdefault(reason, []).append(label(row.urn))
    return tuple(
        f"{words.listing(names) if len(names) <= SHOWN else words.count(len(names), 'school')}: {reason}"
        for reason, names in by_reason.items()
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


def used(row: SupporterLoad) -> float:
    """Days a term that the plan uses and that are taken already."""
    return row.used * row.days_per_slot + row.taken


def days_of(plan: Plan) -> tuple[float, float]:
    """Days a term that the plan uses, and days that its supporting schools have left for it."""
    planned = sum(row.used * row.days_per_slot for row in plan.supporters)
    pools = {(row.urn, row.offer): max(0.0, whole_days(row) - row.taken) for row in plan.supporters}
    return planned, sum(pools.values())


def free_days(plan: Plan, proposal: Proposal) -> float | None:
    """Days a term that the proposal's offer has left beside what is taken already; None where no offer says how many."""
    for row in plan.supporters:
        if (row.urn, row.area, row.offer) == (
            proposal.supporter_urn,
            proposal.area,
            proposal.offer,
        ) and row.offer is not None:
            return max(0.0, whole_days(row) - row.taken)
    return None


def load_words(row: SupporterLoad) -> str:
    """ "4 of 10 days; 2 taken already": by agreements, by what is asked for, by working groups. Without an offer the days are the school's in all areas together."""
    planned = row.used * row.days_per_slot
    taken = f"; {row.taken:g} taken already" if row.taken else ""
    shared = " in all areas together" if row.offer is None else ""
    return f"{planned:g} of {whole_days(row):g} days{shared}{taken}"


def whole_days(row: SupporterLoad) -> float:
    """Days a term as offered or moved; where the plan does not say, what its places make."""
    return row.days or row.slots * row.days_per_slot


def day_bars(loads: Sequence[SupporterLoad], label: Label, caption: str, *, colour: str) -> None:
    """Days used of days offered, a bar per supporting school and area; what agreements use already counts as used."""
    rows = [
        cards.Bar(
            f"{cards.short_name(label(row.urn))}, {area_words(row.area)}", used(row), whole_days(row), load_words(row)
        )
        for row in sorted(loads, key=lambda row: -row.used)
    ]  # fmt: skip
    cards.bars(rows[:SHOWN], caption, colour=colour)
    if len(rows) > SHOWN:
        words.paragraph(f"{words.count(len(rows) - SHOWN, 'more offer')} in the table under the picture.", quiet=True)

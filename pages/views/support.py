"""Where support could go: who may need what, and where each need stands with the school. Questions only, never findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from analytics.results import Finance, Inspection, Need, SourceLine, TrustFinance
from analytics.scores import inspected, screening
from pages.components import cards, need_blocks, plan_words, state_words, support_findings, words
from pages.components.downloads import csv_button
from pages.components.measure_words import area_words
from pages.components.palette import palette
from pages.components.sources import source_words
from pages.components.state_words import State
from pages.components.tables import html_table
from pages.shell import address, cached, session
from pages.shell.fair import fairness, members, replying, showing_block
from pages.shell.planning import entered, said_block, views
from pages.shell.planning.views import EVERY

view = session.guard("support")

ORDERS = {"name": "By name", "size": "Largest difference first"}
CARDS = 12


def _evidence() -> need_blocks.Evidence:
    urns = frozenset(need.urn for need in found.needs)
    return need_blocks.Evidence(
        found.scores,
        cached.rows(view.publication_id, Finance, urn=urns),
        inspected.on_day(cached.rows(view.publication_id, Inspection, urn=urns), fairness.now().date()),
        cached.rows(view.publication_id, TrustFinance, uid={need.uid or "" for need in found.trust_needs}),
    )


def _order(place: Any) -> str:
    """By name unless asked otherwise: a list of schools in the order of a score would be read as one."""
    value = address.settle("order", tuple(ORDERS), "name", str, "The link asks for an order that is not here.")
    return address.picker(place, "order", "Order", tuple(ORDERS), value, ORDERS.__getitem__)


def _state(need: Need) -> State:
    return found.fair.state(need.urn, need.area)


def _said(need: Need) -> State:
    """The same for tables, its words withheld while names are hidden."""
    state = _state(need)
    return replace(state, words=choice.names.free(state.words))


def _listed_needs(every: Sequence[Need], area: str, order: str) -> None:
    """The needs that may be named: cards, what cannot be told, and all of it as a table."""
    ordered = need_blocks.listed(every, label, largest_first=order == "size")
    shown = [need for need in ordered if area in (EVERY, need.area)]
    if several := support_findings.questions_line(shown):
        words.paragraph(several, quiet=True)
    _chance(shown)
    evidence = _evidence()
    for start in range(0, min(len(shown), CARDS), 2):
        for place, need in zip(st.columns(2), shown[start : start + 2], strict=False):
            with place, st.container(border=True, height="stretch"):
                _card(need, evidence)
    if not shown:
        words.paragraph("Nothing published points to a clear need. A school may still say that it would welcome help.")
    if len(shown) > CARDS:
        words.paragraph(f"{words.count(len(shown) - CARDS, 'more need')} in the table below.", quiet=True)
    _quiet(area)
    if not choice.hide_names:
        named = {need.urn for need in (*shown, *found.low_in_line) if need.scope != "trust"}
        fairness.remember_opened(view, "support", *named)
    table = need_blocks.need_table(shown, evidence, label, urns=not choice.hide_names, state=_said)
    with st.expander("The same as a table, and download"):
        html_table(table, "Needs")
        csv_button(table, f"Needs {choice.called}", key="needs", label="Download the needs (CSV)")


def _card(need: Need, evidence: need_blocks.Evidence) -> None:
    head = (cards.Part(need_blocks.who(need, label), "name"),)
    lines = (
        evidence.sentence(need),
        support_findings.state_sentence(need, _state(need)),
        state_words.in_its_words(_state(need), choice.names),
        support_findings.sure_words(need),
    )
    cards.card("○", head, lines, colour=palette().look)
    if need.scope != "trust":
        session.go("my_school", f"Open {label(need.urn)}", school=need.urn)


def _chance(rows: Sequence[Need]) -> None:
    """How many of a list are expected not to belong there (METHODS 5.3), by its entries that rest on a probability."""
    sure = np.array([row.p for row in rows if row.p is not None])
    words.paragraph(support_findings.chance_sentence(screening.false_share(sure)), quiet=True)


def _quiet(area: str) -> None:
    """Low in line with intake, mixed evidence, and not enough data: named, in the same size, without a card."""
    low = [need for need in found.low_in_line if area in (EVERY, need.area)]
    groups = need_blocks.quiet_groups([row for row in found.scores if area in (EVERY, row.area)], label)
    if low:
        words.heading("Low for their pupils, in line with intake")
        words.paragraph("Resources rather than practice may be the question here.")
        ordered = sorted(low, key=lambda one: label(one.urn))
        words.bullets(f"{label(need.urn)}, {area_words(need.area)}" for need in ordered)
        _chance(low)
    if groups:
        words.heading("What cannot be told")
        words.bullets(groups)


choice = session.chosen(view)
found = members.members_of(view, choice)
label = choice.names.label
known = entered.entered(view, choice.partnership.uid, choice.members, entered.this_term())
standing = found.standing
words.finding(support_findings.counted_finding(standing) if found.held else support_findings.needs_finding(found.needs))
words.paragraph("Everything here is a question until the school has seen it, in whatever order it stands.")
if stating := {need.urn for need in known.stated if not need.waiting}:
    words.paragraph(plan_words.stated_finding(len(stating)))
views.draw("support")
replying.tell()
every = (*found.needs, *found.trust_needs)
if found.held:
    words.bullets(support_findings.held_lines(standing, named=bool(every)))
left, right, _ = st.columns(3)
area = views.pick_area(left, views.areas_of([*(need.area for need in every), *(need.area for need in known.stated)]))
order = _order(right)
if every or not found.held:
    _listed_needs(every, area, order)
said_block.draw(view, choice, known, found.fair, area=None if area == EVERY else area)
showing_block.draw(view, choice, found.fair)
words.caveat(
    "where published results, inspections and accounts point to a question.",
    "what the schools themselves know.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "ofsted", "cfr", "aar", last=choice.time_period),
    created=view.created,
    sample=view.sample,
)
views.draw_next("support")
session.go("board", "Next: open the board page")

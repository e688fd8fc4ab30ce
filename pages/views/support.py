"""Where support could go: who may need what, who could help, and what the days offered could do. Proposals only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from analytics.results import Finance, Inspection, Need, SourceLine, Strength, TrustFinance
from analytics.scores import recovery, screening
from analytics.similar import nearby
from data.access.permissions import rule_of
from data.access.scope import Row
from data.catalogue import AREAS
from pages.components import (
    cards,
    need_blocks,
    plan_blocks,
    recovery_words,
    state_words,
    support_findings,
    supporter_table,
    words,
)
from pages.components.downloads import csv_button
from pages.components.measure_words import area_label, area_words
from pages.components.palette import palette
from pages.components.sources import source_words
from pages.components.state_words import State
from pages.components.tables import html_table
from pages.shell import address, cached, session
from pages.shell.fair import fairness, members, private, showing_block

if TYPE_CHECKING:
    from analytics.support.plans import Plan

view = session.guard("support")

PARTS: Mapping[str, str] = {
    "needs": "Needs", "who": "Who could help", "plan": "Plan with our days", "asked": "Could be asked",
}  # fmt: skip
FOLLOWING: Mapping[str, str] = {"needs": "who", "who": "plan", "plan": "asked"}
EVERY = "every"
ORDERS: Mapping[str, str] = {"name": "By name", "size": "Largest difference first"}
MAX_KM = 40.0
CARDS = 12


def _part() -> str:
    """The view inside, from the address; switched by the control."""
    asked = st.query_params.get("part", "needs")
    if asked not in PARTS:
        words.note("The link asks for a view that is not here. The needs are shown.")
    value = asked if asked in PARTS else "needs"

    def switched() -> None:
        st.query_params["part"] = st.session_state["support_part"] or "needs"

    st.session_state["support_part"] = value
    st.segmented_control(
        "What to look at", list(PARTS), format_func=PARTS.__getitem__, key="support_part", on_change=switched,
        label_visibility="collapsed",
    )  # fmt: skip
    return value


def _open(which: str) -> None:
    """Another view inside this page. Not a page link: the address would keep the old one."""
    st.query_params["part"] = which


def _area(place: Any, areas: Sequence[str]) -> str:
    """The chosen area or EVERY, from the address."""
    options = (EVERY, *areas)
    lost = "The link asks for an area in which nothing is listed here. Every area is shown."
    value = address.settle("area", options, EVERY, str, lost)
    return address.picker(
        place, "area", "Area", options, value, lambda key: "Every area" if key == EVERY else area_label(key)
    )


def _said(finding: str, line: str) -> None:
    """The finding and its line stand above the control."""
    with head:
        words.finding(finding)
        words.paragraph(line)


def _evidence() -> need_blocks.Evidence:
    urns = frozenset(need.urn for need in found.needs)
    return need_blocks.Evidence(
        found.scores,
        cached.rows(view.publication_id, Finance, urn=urns),
        cached.rows(view.publication_id, Inspection, urn=urns),
        cached.rows(view.publication_id, TrustFinance, uid={need.uid or "" for need in found.trust_needs}),
    )


def _order(place: Any) -> str:
    """By name unless asked otherwise: a list of schools in the order of a score would be read as one."""
    value = address.settle("order", tuple(ORDERS), "name", str, "The link asks for an order that is not here.")
    return address.picker(place, "order", "Order", tuple(ORDERS), value, ORDERS.__getitem__)


def _listed(needs: Sequence[Need], order: str) -> list[Need]:
    """One need per school and area, trusts' money once, at the end; by name, or in the order of how much may be needed."""
    kept: dict[tuple[Any, ...], Need] = {}

    def place(one: Need) -> tuple[Any, ...]:
        return one.scope == "trust", -one.severity if order == "size" else 0, label(one.urn), one.area

    for need in sorted(needs, key=place):
        kept.setdefault((need.area, need.uid) if need.scope == "trust" else (need.area, need.urn), need)
    return list(kept.values())


def _needs() -> None:
    standing = found.standing
    _said(
        support_findings.counted_finding(standing) if found.held else support_findings.needs_finding(found.needs),
        "Everything here is a question until the school has seen it, in whatever order it stands.",
    )
    every = (*found.needs, *found.trust_needs)
    if found.held:
        words.bullets(support_findings.held_lines(standing, named=bool(every)))
    if every or not found.held:
        _listed_needs(every)
    showing_block.draw(view, choice, found.fair)


def _listed_needs(every: Sequence[Need]) -> None:
    """The needs that may be named: cards, what cannot be told, and all of it as a table."""
    left, right, _ = st.columns(3)
    area = _area(left, _areas_of(every))
    shown = [need for need in _listed(every, _order(right)) if area in (EVERY, need.area)]
    _chance(shown)
    evidence = _evidence()
    for start in range(0, min(len(shown), CARDS), 2):
        for place, need in zip(st.columns(2), shown[start : start + 2], strict=False):
            with place, st.container(border=True, height="stretch"):
                head = (cards.Part(need_blocks.who(need, label), "name"),)
                lines = (
                    evidence.sentence(need),
                    support_findings.state_sentence(need, _state(need)),
                    state_words.in_its_words(_state(need)),
                    support_findings.sure_words(need),
                )
                cards.card("○", head, lines, colour=palette().look)
                if need.scope != "trust":
                    session.go("my_school", f"Open {label(need.urn)}", school=need.urn)
    if not shown:
        words.paragraph("Nothing published points to a clear need. A school may still say that it would welcome help.")
    if len(shown) > CARDS:
        words.paragraph(f"{words.count(len(shown) - CARDS, 'more need')} in the table below.", quiet=True)
    _quiet(area)
    if not choice.hide_names:
        named = {need.urn for need in (*shown, *found.low_in_line) if need.scope != "trust"}
        fairness.remember_opened(view, "support", *named)
    table = need_blocks.need_table(shown, evidence, label, urns=not choice.hide_names, state=_state)
    with st.expander("The same as a table, and download"):
        html_table(table, "Needs")
        csv_button(table, f"Needs {choice.partnership.name}", key="needs", label="Download the needs (CSV)")


def _state(need: Need) -> State:
    return found.fair.state(need.urn, need.area)


def _chance(rows: Sequence[Need | Strength]) -> None:
    """How many of a list are expected not to belong there (METHODS 5.3), by its entries that rest on a probability."""
    sure = np.array([row.p for row in rows if row.p is not None])
    words.paragraph(support_findings.chance_sentence(screening.false_share(sure)), quiet=True)


def _quiet(area: str) -> None:
    """Low in line with intake, mixed evidence, and not enough data: named, in the same size, without a card."""
    low = [need for need in found.low_in_line if area in (EVERY, need.area)]
    scores = [row for row in found.scores if area in (EVERY, row.area)]
    groups = need_blocks.quiet_groups(scores, label)
    if low:
        words.subheading("Low for their pupils, in line with intake")
        words.paragraph("Resources rather than practice may be the question here.")
        words.bullets(
            f"{label(need.urn)}, {area_words(need.area)}" for need in sorted(low, key=lambda one: label(one.urn))
        )
        _chance(low)
    if groups:
        words.subheading("What cannot be told")
        words.bullets(groups)


def _areas_of(rows: Sequence[Need | Strength]) -> tuple[str, ...]:
    there = {row.area for row in rows}
    return tuple(area for area in AREAS if area in there)


def _who() -> None:
    needed = _areas_of(found.needs)
    area_rows = cached.rows(view.publication_id, Strength, area=needed or tuple(AREAS), phase=choice.phase)
    rows = [row for row in area_rows if row.basis != "contextual" or row.time_period == choice.time_period]
    near = nearby.within(cached.table(view.publication_id, "school"), choice.members, MAX_KM)
    rows = [row for row in rows if row.urn in choice.members or row.urn in near]
    offers = private.offers(view)
    offers = offers[(offers["state"] == "offered") & offers["urn"].isin([*choice.members, *near])]
    ours = {row.urn for row in rows if row.urn in choice.members}
    _said(
        support_findings.helpers_finding(len(ours), needed=bool(needed)),
        f"Strengths in published results, and offers that were made, in our schools and within {MAX_KM:.0f} km.",
    )
    area = _area(st.columns([1, 2])[0], _areas_of(rows))
    shown = [row for row in rows if area in (EVERY, row.area)]
    days = {
        (int(u), str(a)): float(d)
        for u, a, d in zip(offers["urn"], offers["area"], offers["days_per_term"], strict=True)
    }
    came = _came_through([*choice.members, *near])
    days = {place: number for place, number in days.items() if area in (EVERY, place[1])}
    table = supporter_table.helpers(shown, days, near, choice.members, choice.names, came)
    html_table(table[table["Where"] == "ours"].drop(columns="Where"), f"In our {choice.kind_words}")
    _chance([row for row in shown if row.urn in choice.members])
    ours_through = {label(urn): areas for urn, areas in came.items() if urn in choice.members}
    words.paragraph(recovery_words.supporters(ours_through) if came else "")
    nearest = table[table["Where"] != "ours"].head(25)
    html_table(nearest, "Near us, nearest first")
    _chance([row for row in shown if row.urn in nearest.index])
    csv_button(table, f"Who could help {choice.partnership.name}", key="who")


def _came_through(urns: Sequence[int]) -> dict[int, list[str]]:
    """Which of these schools came through difficulty, in which areas, told of years no later than the one looked at."""
    told = cached.table(view.publication_id, "came_through")
    mine = told["urn"].isin(urns) & told["phase"].eq(choice.phase) & (told["after_last"] <= choice.time_period)
    known = recovery.by_area(told[mine])
    through = known[known["standing"].eq("came_through")]
    came: dict[int, list[str]] = {}
    for urn, area in zip(through["urn"], through["area"], strict=True):
        came.setdefault(int(urn), []).append(str(area))
    return came


def _planned(scenario: str) -> Plan:
    view.scope.demand(rule_of("plan_support"), Row(choice.partnership.uid), what="plan for these schools")
    return cached.plan(
        view.publication_id, choice.members, private.offers(view), time_period=choice.time_period,
        scenario=scenario, max_km=MAX_KM, without=found.fair.held, agreed=found.fair.agreed,
        elsewhere=view.scope.owner,
    )  # fmt: skip


def _yet() -> bool:
    """Whether needs may still come: of schools that are shown first what is said of them."""
    return bool(found.fair.held)


def _plan() -> None:
    plan = _planned("offers")
    used = sum(row.used * row.days_per_slot for row in plan.supporters)
    offered = sum(row.slots * row.days_per_slot for row in plan.supporters)
    _said(
        support_findings.plan_finding(len(plan.proposals), len(plan.unmatched), used, offered, yet=_yet()),
        "Everything here is a proposal from what schools offered: they agree or decline, and people decide. "
        "All phases together, for days are shared.",
    )
    words.paragraph(support_findings.left_out_sentence(len(found.fair.held), agreed=bool(found.fair.agreed)))
    plan_blocks.draw_plan(plan, choice.names, choice.partnership.name, asked=False, yet=_yet())


def _asked() -> None:
    plan = _planned("could_be_asked")
    _said(
        support_findings.asked_finding(len(plan.proposals), len(plan.unmatched)),
        "If each could spare the days shown; not yet asked. This is kept apart from the plan with our days. "
        "All phases together.",
    )
    words.paragraph(support_findings.left_out_sentence(len(found.fair.held), agreed=bool(found.fair.agreed)))
    plan_blocks.draw_plan(plan, choice.names, choice.partnership.name, asked=True, yet=_yet())


choice = session.chosen(view)
found = members.members_of(view, choice)
label = choice.names.label
head = st.container()
part = _part()
{"needs": _needs, "who": _who, "plan": _plan, "asked": _asked}[part]()
words.caveat(
    "where published results, inspections and accounts point to a question, and who may be able to help.",
    "what the schools themselves say, and whether support would work.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "ofsted", "cfr", "aar"), created=view.created, sample=view.sample)
if part in FOLLOWING:
    st.button(
        f"Next: {PARTS[FOLLOWING[part]].lower()}",
        type="tertiary",
        key="next_part",
        on_click=_open,
        args=(FOLLOWING[part],),
    )
session.go("board", "Next: open the board page")

"""Plan with our days: which need could be met by which supporting school, within the days that were offered.

Proposals only: schools agree or decline, and people decide. What is moved here is a what-if that stands in the link.
"""

from __future__ import annotations

import streamlit as st

from analytics.results import SourceLine
from analytics.support.plans import Plan
from pages.components import plan_blocks, plan_board, plan_words, support_findings, words
from pages.components.palette import palette
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import fairness, replying
from pages.shell.planning import board, entered, later, moves_panel, pairs_block, planned, rules_block, views, wishes
from pages.shell.planning.board import Board
from pages.shell.planning.moved import NOTHING, Moved, moved
from pages.shell.planning.planned import Asked
from pages.shell.planning.views import EVERY

view = session.guard("support_plan")


def _asked(now: Moved) -> Asked:
    return Asked(
        view.publication_id, choice.members, choice.time_period, "offers", found.offers, wishes.stated_frame(found),
        now.counts, now.km, wishes.wishes(found, fair, now), planned.told(view, choice, fair), fair.agreed,
    )  # fmt: skip


def _finding(plan: Plan) -> str:
    return support_findings.plan_finding(
        len(plan.proposals), len(plan.unmatched), *plan_blocks.days_of(plan), yet=bool(fair.held)
    )


def _kept_back() -> float:
    """Days of this plan's supporting schools that working groups have."""
    there = {(row.urn, row.area) for row in whole.supporters}
    return 0.0 if now.groups else sum(days for place, days in found.group_days.items() if place in there)


choice = session.chosen(view, phase=False)
planned.may_plan(view, choice)
fair = fairness.of(view, choice.partnership.uid, choice.members)
head = st.container()
views.draw("support_plan")
places = st.columns(3)
term = entered.pick_term(places[0])
found = entered.entered(view, choice.partnership.uid, choice.members, term)
now = moved(choice.members)
asked = _asked(now)
whole = planned.plan(asked)
area = views.pick_area(places[1], views.areas_of(plan_blocks.areas(whole)))
plan = plan_blocks.of_area(whole, None if area == EVERY else area)
label = plan_blocks.labels(whole, choice.names)
with head:
    words.finding(_finding(whole))
    words.paragraph(
        "Everything here is a proposal from what schools offered: they agree or decline, and people decide. "
        "All phases together, for days are shared. Days offered are those in areas with a need here, less what is agreed, asked "
        "for or kept back."
    )
    words.paragraph(plan_words.kept_back_line(_kept_back()))
    if fair.held:
        words.paragraph(support_findings.left_out_sentence(len(fair.held), agreed=bool(fair.agreed)))
if now.anything:
    usual = planned.plan(_asked(NOTHING))
    words.note(f"You moved something. {plan_words.without_moves(_finding(usual))}")
replying.tell()
for clash in plan.clashes:
    words.problem(plan_blocks.filled(clash.reason, need=label(clash.need_urn), supporter=label(clash.supporter_urn)))
plan_board.draw(plan, label)
moves_panel.draw(whole, now, label)
pairs_block.draw(view, choice, now, label)
drawn = Board(view, choice, fair, found, now, plan, label)
left, right = st.columns([3, 2], gap="large")
with left:
    words.heading("Proposals")
    far = later.draw_button(asked, drawn)
    boxes = board.draw_cards(drawn)
with right:
    if plan.supporters:
        words.heading(f"Days in {term.words}")
        plan_blocks.day_bars(plan.supporters, label, "Days used of days offered, a term", colour=palette().support)
        words.paragraph(plan_words.TAKEN if any(row.taken for row in plan.supporters) else "", quiet=True)
    rules_block.draw_group_days(drawn)
    plan_blocks.draw_unmatched(plan, label, yet=bool(fair.held))
    rules_block.draw(drawn)
plan_blocks.draw_table(plan, label, choice.called)
if not choice.hide_names:
    named = {row.need_urn for row in plan.proposals} | {row.urn for row in plan.unmatched}
    fairness.remember_opened(view, "support_plan", *named)
words.caveat(
    "what the days that schools offered could do, by published results and what schools say.",
    "what the schools themselves know, and whether support would work.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "ofsted", "cfr", "aar", last=choice.time_period),
    created=view.created,
    sample=view.sample,
)
views.draw_next("support_plan")
session.go("agreed", "Next: see what is asked and agreed")
later.draw(asked, drawn, far, boxes)

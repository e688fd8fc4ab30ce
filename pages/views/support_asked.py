"""Who could be asked: what schools with a strength could do if they could spare the days. Nobody has been asked yet.

Kept apart from the plan with our days: no school has days to give until its head has said so.
"""

from __future__ import annotations

import streamlit as st

from analytics.results import SourceLine
from pages.components import plan_blocks, support_findings, words
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import fairness
from pages.shell.planning import entered, moved, planned, views, wishes
from pages.shell.planning.planned import Asked

view = session.guard("support_asked")

choice = session.chosen(view, phase=False)
planned.may_plan(view, choice)
fair = fairness.of(view, choice.partnership.uid, choice.members)
found = entered.entered(view, choice.partnership.uid, choice.members, entered.this_term().after())
now = moved.NOTHING
plan = planned.plan(
    Asked(
        view.publication_id, choice.members, choice.time_period, "could_be_asked", found.offers, wishes.stated_frame(found),
        now.counts, now.km, wishes.wishes(found, fair, now), planned.told(view, choice, fair), fair.agreed,
    )
)  # fmt: skip
label = plan_blocks.labels(plan, choice.names)
words.finding(support_findings.asked_finding(len(plan.proposals), len(plan.unmatched)))
words.paragraph(
    "If each could spare the days shown; not yet asked. This is kept apart from the plan with our days. All phases together."
)
views.draw("support_asked")
if fair.held:
    words.paragraph(support_findings.left_out_sentence(len(fair.held), agreed=bool(fair.agreed)))
left, right = st.columns([3, 2], gap="large")
with left:
    words.heading("If they could spare the days")
    if not plan.proposals:
        words.paragraph("No school near enough has both the strength and the days.")
    plan_blocks.asked_cards(
        plan.proposals, label, lambda urn: session.go("my_school", f"Open {label(urn)}", school=urn, phase=None)
    )
with right:
    plan_blocks.draw_unmatched(plan, label, yet=bool(fair.held))
plan_blocks.draw_table(plan, label, choice.called)
if not choice.hide_names:
    named = {row.need_urn for row in plan.proposals} | {row.urn for row in plan.unmatched}
    fairness.remember_opened(view, "support_asked", *named)
words.caveat(
    "which schools with a strength are near enough to be asked.",
    "whether they have the time: no school has days to give until its head has said so.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "ofsted", "cfr", "aar", last=choice.time_period),
    created=view.created,
    sample=view.sample,
)
views.draw_next("support_asked")

"""Who could be asked: what schools with a strength could do if they could spare the days. Nobody has been asked yet.

Kept apart from the plan with our days: no school has days to give until its head has said so.
"""

from __future__ import annotations

from analytics.results import SourceLine
from data.access.permissions import rule_of
from data.access.scope import Row
from pages.components import plan_blocks, support_findings, words
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import members, private
from pages.shell.planning import views

view = session.guard("support_asked")

MAX_KM = 40.0

choice = session.chosen(view)
fair = members.members_of(view, choice).fair
view.scope.demand(rule_of("plan_support"), Row(choice.partnership.uid), what="plan for these schools")
plan = cached.plan(
    view.publication_id, choice.members, private.offers(view), time_period=choice.time_period,
    scenario="could_be_asked", max_km=MAX_KM, without=fair.held, agreed=fair.agreed, elsewhere=view.scope.owner,
)  # fmt: skip
words.finding(support_findings.asked_finding(len(plan.proposals), len(plan.unmatched)))
words.paragraph(
    "If each could spare the days shown; not yet asked. This is kept apart from the plan with our days. All phases together."
)
views.draw("support_asked")
words.paragraph(support_findings.left_out_sentence(len(fair.held), agreed=bool(fair.agreed)))
plan_blocks.draw_plan(plan, choice.names, choice.partnership.name, asked=True, yet=bool(fair.held))
words.caveat(
    "which schools with a strength are near enough to be asked.",
    "whether they have the time: no school has days to give until its head has said so.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "ofsted", "cfr", "aar"), created=view.created, sample=view.sample)
views.draw_next("support_asked")

"""Plan with our days: which need could be met by which supporting school, within the days that were offered.

Proposals only: schools agree or decline, and people decide.
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

view = session.guard("support_plan")

MAX_KM = 40.0

choice = session.chosen(view)
fair = members.members_of(view, choice).fair
view.scope.demand(rule_of("plan_support"), Row(choice.partnership.uid), what="plan for these schools")
plan = cached.plan(
    view.publication_id, choice.members, private.offers(view), time_period=choice.time_period,
    scenario="offers", max_km=MAX_KM, without=fair.held, agreed=fair.agreed, elsewhere=view.scope.owner,
)  # fmt: skip
used = sum(row.used * row.days_per_slot for row in plan.supporters)
offered = sum(row.slots * row.days_per_slot for row in plan.supporters)
words.finding(
    support_findings.plan_finding(len(plan.proposals), len(plan.unmatched), used, offered, yet=bool(fair.held))
)
words.paragraph(
    "Everything here is a proposal from what schools offered: they agree or decline, and people decide. "
    "All phases together, for days are shared."
)
views.draw("support_plan")
words.paragraph(support_findings.left_out_sentence(len(fair.held), agreed=bool(fair.agreed)))
plan_blocks.draw_plan(plan, choice.names, choice.partnership.name, asked=False, yet=bool(fair.held))
words.caveat(
    "what the days that schools offered could do, by published results and what schools say.",
    "what the schools themselves know, and whether support would work.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "ofsted", "cfr", "aar"), created=view.created, sample=view.sample)
views.draw_next("support_plan")

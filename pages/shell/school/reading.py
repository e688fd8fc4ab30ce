"""What the page of one school rests on, read once: published rows, and what is derived as far as this person may be told.

Whatever may not be told is not in here: a block that draws a `SchoolPage` need not ask again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.facts.visits import aged
from analytics.results import (
    AreaScore,
    Comparator,
    Finance,
    Inspection,
    MeasureScore,
    Need,
    Partnership,
    Strength,
    YearValue,
)
from analytics.similar import beside
from data.catalogue import MEASURES
from data.register.rows import Entry
from pages.components import cards, inspection_words, own_words, school_findings, school_statements, state_words
from pages.components.own_words import OwnFigure
from pages.components.school_statements import Statement
from pages.shell import cached
from pages.shell.choice import SchoolChoice
from pages.shell.door import identity
from pages.shell.fair import fairness, masks, private, reply_words
from pages.shell.fair.fairness import Fairness
from pages.shell.session import View


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One school in one phase and year. `inside`: whether everything is told of it to whoever looks; else strengths,
    inspections and published figures only. `others`: the schools it stands beside: similar ones, else all of its kind.
    """

    view: View
    sc: SchoolChoice
    name: str
    inside: bool
    fair: Fairness
    scores: tuple[AreaScore, ...]
    measures: tuple[MeasureScore, ...]
    values: tuple[YearValue, ...]
    own: tuple[OwnFigure, ...]
    similar: frozenset[int]
    others: frozenset[int]
    strengths: tuple[Strength, ...]
    needs: tuple[Need, ...]
    replies: tuple[Entry, ...]
    visits: tuple[Inspection, ...]
    finance: tuple[Finance, ...]

    @property
    def compared(self) -> bool:
        """Whether any of its results is compared with what its intake leads one to expect."""
        return any(row.area != "attendance" for row in self.scores)

    @property
    def its_own(self) -> bool:
        """Whether what it said and did is shown: to itself and to its partnership."""
        return self.inside or self.sc.urn in self.view.scope.schools

    @property
    def looked(self) -> str:
        """The partnership that is looked at, "" for none."""
        return self.sc.partnership.uid if self.sc.partnership else ""

    @property
    def group(self) -> Partnership | None:
        """The school's own partnership: the one looked at where the school is in it, else its trust or federation as published."""
        if self.sc.urn in self.sc.members:
            return self.sc.partnership
        own = (self.sc.school.trust_uid, self.sc.school.federation_uid)
        found = cached.rows(self.view.publication_id, Partnership, uid=[uid for uid in own if uid])
        return next(iter(found), None)

    @property
    def visit(self) -> Inspection | None:
        return inspection_words.speaking(self.visits)

    def finding(self) -> str:
        judged = [row.area for row in self.strengths if row.basis != "contextual"]
        asked = [need.area for need in self.needs if need.basis in ("inspection", "finance")]
        return school_findings.school_finding(self.name, self.scores, inside=self.inside, judged=judged, asked=asked)

    def share(self) -> tuple[Statement, ...]:
        return school_statements.share(self.scores, self.strengths, self.visit)

    def welcome(self) -> tuple[Statement, ...]:
        """Empty to readers outside."""
        if not self.inside:
            return ()
        accounts = max(self.finance, key=lambda row: row.time_period, default=None)
        rest = [need for need in self.needs if need.basis != "contextual"]
        return (
            *school_statements.welcome(self.scores, self.stands),
            *(
                school_statements.other_need(need, accounts, self.visit, self.stands(need.area))
                for need in rest
            ),
        )  # fmt: skip

    def stands(self, area: str) -> str:
        return state_words.to_the_school(self.fair.state(self.sc.urn, area))

    def hard(self) -> frozenset[str]:
        """Areas in which it may need support; empty to readers outside."""
        return frozenset(row.area for row in self.scores if row.tier == "may_need_support")


def read(view: View, sc: SchoolChoice, *, opened: str = "my_school") -> SchoolPage:
    """Everything that the page `opened` draws, for this person. Notes that its head looked, or that somebody else opened it."""
    urn, now = sc.urn, {"urn": sc.urn, "phase": sc.phase, "time_period": sc.time_period}
    fairness.remember_looked(view, urn)
    fair = fairness.of_school(view, sc)
    inside = urn in fair.named
    if inside:
        fairness.remember_opened(view, opened, urn)
    similar = frozenset(row.comparator_urn for row in cached.rows(view.publication_id, Comparator, urn=urn))
    return SchoolPage(
        view, sc, cards.short_name(sc.names.label(urn)), inside, fair,
        masks.seen(cached.rows(view.publication_id, AreaScore, **now), lambda *_: inside),
        cached.rows(view.publication_id, MeasureScore, **now),
        tuple(row for row in cached.rows(view.publication_id, YearValue, urn=urn) if row.measure in MEASURES),
        own_words.own_figures(private.own_figures(view, urn)) if inside else (),
        similar, similar or beside.alike(cached.table(view.publication_id, "school"), urn),
        strengths_of(view, sc, (urn,)).get(urn, ()), _needs(view, sc) if inside else (),
        reply_words.replies(view, urn) if inside or not view.scope.owner else (),
        aged(cached.rows(view.publication_id, Inspection, urn=urn), identity.now().date()), cached.rows(view.publication_id, Finance, urn=urn),
    )  # fmt: skip


def strengths_of(
    view: View, sc: SchoolChoice, urns: tuple[int, ...] | frozenset[int]
) -> Mapping[int, tuple[Strength, ...]]:
    """URN -> its strengths: of results those of the phase and year that are looked at, the others as they stand."""
    found: dict[int, tuple[Strength, ...]] = {}
    for row in cached.rows(view.publication_id, Strength, urn=urns):
        if row.basis != "contextual" or (row.phase == sc.phase and row.time_period == sc.time_period):
            found[row.urn] = (*found.get(row.urn, ()), row)
    return found


def _needs(view: View, sc: SchoolChoice) -> tuple[Need, ...]:
    return tuple(
        need
        for need in private.needs(view, urn=sc.urn)
        if need.scope != "trust" and (need.basis in ("finance", "inspection") or need.time_period == sc.time_period)
    )

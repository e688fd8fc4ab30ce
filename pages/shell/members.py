"""What the pages about a partnership read: rows of its members only, in one phase and year. Nothing is computed here.

A need stays inside: only members' needs are ever read, so no page can name another partnership's.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.results import AreaScore, Need, School, Strength
from data.catalogue import AREAS
from pages.components.findings import Standing
from pages.shell import cached, private
from pages.shell.choice import Choice
from pages.shell.session import View

TOO_FEW = "not_enough_data"
QUIET = "absolute"  # low for its pupils, in line with intake: listed apart


@dataclass(frozen=True, slots=True)
class Members:
    """Rows of the members of one phase. Results are of the chosen year; money and inspection are of now.

    `low_in_line`: needs on the absolute basis; `others`: members of other phases, left out of this phase's pictures.
    """

    schools: tuple[School, ...]
    others: tuple[School, ...]
    scores: tuple[AreaScore, ...]
    needs: tuple[Need, ...]
    low_in_line: tuple[Need, ...]
    strengths: tuple[Strength, ...]
    trust_needs: tuple[Need, ...] = ()  # of trusts all of whose schools are members, whatever their phase

    @property
    def urns(self) -> frozenset[int]:
        return frozenset(school.urn for school in self.schools)

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas with at least one row, in the catalogue's order."""
        there = {row.area for row in self.scores}
        return tuple(area for area in AREAS if area in there)

    @property
    def known(self) -> frozenset[int]:
        """Members of whom something can be said in at least one area of results; attendance alone is not enough."""
        return frozenset(row.urn for row in self.scores if row.tier != TOO_FEW and row.area != "attendance")

    @property
    def standing(self) -> Standing:
        return Standing(
            schools=len(self.schools),
            with_results=len(self.known),
            strengths=len({row.urn for row in self.strengths}),
            needs=len({row.urn for row in self.needs}),
            unknown=len(self.urns - self.known),
        )

    def score(self, urn: int, area: str) -> AreaScore | None:
        return next((row for row in self.scores if row.urn == urn and row.area == area), None)


def in_phase(school: School, phase: str) -> bool:
    """Whether a school is compared in the phase, or belongs to it without being compared (infant, special)."""
    stages = [stage for stage in school.stages.split("|") if stage]
    return phase in stages if stages else school.phase == phase


def members_of(view: View, choice: Choice) -> Members:
    """The chosen partnership's members in the chosen phase and year."""
    every = cached.rows(view.publication_id, School, urn=choice.members)
    schools = tuple(school for school in every if in_phase(school, choice.phase))
    urns = frozenset(school.urn for school in schools)
    found = cached.rows(view.publication_id, AreaScore, urn=urns, phase=choice.phase, time_period=choice.time_period)
    needs = tuple(
        need
        for need in private.needs(view, urn=urns)
        if need.scope != "trust" and _now(need, choice.phase, choice.time_period)
    )
    strengths = tuple(
        row
        for row in cached.rows(view.publication_id, Strength, urn=urns)
        if row.basis != "contextual" or (row.phase == choice.phase and row.time_period == choice.time_period)
    )
    return Members(
        schools=schools,
        others=tuple(school for school in every if school.urn not in urns),
        scores=found,
        needs=tuple(need for need in needs if need.basis != QUIET),
        low_in_line=tuple(need for need in needs if need.basis == QUIET),
        strengths=strengths,
        trust_needs=_of_trusts(view, every),
    )


def _of_trusts(view: View, every: tuple[School, ...]) -> tuple[Need, ...]:
    """What the accounts of a trust ask, where the whole trust is chosen: in part of a trust it is nobody's here."""
    trusts = {school.trust_uid for school in every if school.trust_uid}
    schools = cached.table(view.publication_id, "school")
    elsewhere = set(schools.loc[~schools["urn"].isin([school.urn for school in every]), "trust_uid"])
    asked = private.needs(view, scope="trust") if trusts - elsewhere else ()
    return tuple(need for need in asked if need.uid in trusts - elsewhere)


def _now(need: Need, phase: str, time_period: int) -> bool:
    """Needs from results belong to a phase and year; those from accounts and inspection are of now."""
    return need.basis not in ("contextual", QUIET) or (need.phase == phase and need.time_period == time_period)

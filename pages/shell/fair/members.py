"""What the pages about a partnership read: rows of its members only, in one phase and year. Nothing is computed here.

A need stays inside: only members' needs are ever read, so no page can name another partnership's. Of schools that are
shown first what is said of them (`pages.shell.fair.fairness`), no need is listed and every tier but a strength is masked; they
are counted where the count names none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.results import AreaScore, Need, School, Strength
from data.catalogue import AREAS
from pages.components.findings import Standing
from pages.shell import cached
from pages.shell.choice import Choice
from pages.shell.fair import fairness, masks, private
from pages.shell.fair.fairness import Fairness
from pages.shell.session import View

QUIET = "absolute"  # low for its pupils, in line with intake: listed apart


@dataclass(frozen=True, slots=True)
class Members:
    """Rows of the members of one phase. Results are of the chosen year; money and inspection are of now.

    `low_in_line`: needs on the absolute basis; `others`: members of other phases, left out of this phase's pictures.
    `standing` counts all of them, masked or not; `fair` says who may be named, and where a need stands.
    """

    schools: tuple[School, ...]
    others: tuple[School, ...]
    scores: tuple[AreaScore, ...]
    needs: tuple[Need, ...]
    low_in_line: tuple[Need, ...]
    strengths: tuple[Strength, ...]
    standing: Standing
    fair: Fairness
    fewest: int = masks.FEWEST  # from how many schools on numbers of those shown first may be told
    trust_needs: tuple[Need, ...] = ()  # of trusts all of whose schools are members, whatever their phase

    @property
    def urns(self) -> frozenset[int]:
        return frozenset(school.urn for school in self.schools)

    @property
    def held(self) -> frozenset[int]:
        """Schools of the phase that are shown first what is said of them."""
        return self.urns & self.fair.held

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas with at least one row, in the catalogue's order."""
        there = {row.area for row in self.scores}
        return tuple(area for area in AREAS if area in there)

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
        if need.scope != "trust" and now(need, choice.phase, choice.time_period)
    )
    strengths = tuple(
        row
        for row in cached.rows(view.publication_id, Strength, urn=urns)
        if row.basis != "contextual" or (row.phase == choice.phase and row.time_period == choice.time_period)
    )
    told = fairness.of(view, choice.partnership.uid, choice.members)
    fewest = masks.fewest_of(view.scope, choice.partnership.uid, choice.members)
    listed = [need for need in needs if need.basis != QUIET]
    return Members(
        schools=schools,
        others=tuple(school for school in every if school.urn not in urns),
        scores=masks.seen(found, told.tells),
        needs=tuple(need for need in listed if told.tells(need.urn, need.area)),
        low_in_line=tuple(need for need in needs if need.basis == QUIET and need.urn in told.named),
        strengths=strengths,
        standing=_standing(urns, found, listed, strengths, told, fewest),
        fewest=fewest,
        fair=told,
        trust_needs=_of_trusts(view, every),
    )


def _standing(
    urns: frozenset[int], scores: Sequence[AreaScore], needs: Sequence[Need], strengths: Sequence[Strength], told: Fairness,
    fewest: int,
) -> Standing:  # fmt: skip
    """Counts of all the schools; of needs only what names none that is shown first."""
    able = masks.could(scores, strengths)  # attendance alone is not enough
    held = urns & told.held
    number, whole, areas = masks.need_counts(needs, able, held, told.tells, fewest=fewest)
    return Standing(
        schools=len(urns),
        with_results=len(able),
        strengths=len({row.urn for row in strengths}),
        needs=number,
        unknown=len(urns - able.keys()),
        first=len(held),
        whole=whole,
        areas=areas,
    )


def _of_trusts(view: View, every: tuple[School, ...]) -> tuple[Need, ...]:
    """What the accounts of a trust ask, where the whole trust is chosen: in part of a trust it is nobody's here."""
    of_trust, here = cached.trust_schools(view.publication_id), {school.urn for school in every}
    whole = {school.trust_uid for school in every if school.trust_uid and of_trust[school.trust_uid] <= here}
    return tuple(need for need in private.needs(view, scope="trust") if need.uid in whole) if whole else ()


def now(need: Need, phase: str | None, time_period: int) -> bool:
    """Needs from results belong to a phase and year; those from accounts and inspection are of now. None: any phase."""
    of_results = need.basis in ("contextual", QUIET)
    return not of_results or (need.phase == (phase or need.phase) and need.time_period == time_period)

"""What a pack is made from: a partnership's schools, phase by phase in the newest year of each, as far as this person may be told.

Everything derived comes through `pages.shell.fair`; averages only where they name nobody. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analytics.board.scale import Placed, placed
from analytics.results import NationalFigure, School, SourceLine
from analytics.scores.partnership_means import PartnershipMean
from pages.components import words
from pages.components.board_words import schools
from pages.components.figures import number_words, sentence_start
from pages.components.findings import Standing, phase_word
from pages.components.sources import OF_PHASE, WORDS, source_words
from pages.shell import cached
from pages.shell.choice import Choice, phases_of
from pages.shell.fair import aloud, averages, fairness, members
from pages.shell.fair.members import Members
from pages.shell.session import View


@dataclass(frozen=True, slots=True)
class Stage:
    """One phase. `kind`: "primary" where the partnership has several, else "". `means`: averages that may be told, each pupil
    counting once, then each school; `placed`: the former on one scale. `kept_back`: whether there are more that name somebody.
    `aloud`: how its schools stand, as far as it may be said aloud, whoever makes the pack.
    """

    phase: str
    kind: str
    time_period: int
    found: Members
    means: tuple[PartnershipMean, ...]
    placed: tuple[Placed, ...]
    kept_back: bool
    aloud: Standing

    @property
    def schools_words(self) -> str:
        """ "primary schools"; "schools" where there is one phase only."""
        return f"{self.kind} schools".strip()

    @property
    def by_pupils(self) -> tuple[PartnershipMean, ...]:
        return tuple(one for one in self.means if one.weight == "pupil")

    def mean(self, measure: str) -> PartnershipMean | None:
        return next((one for one in self.by_pupils if one.measure == measure), None)


@dataclass(frozen=True, slots=True)
class Room:
    """One partnership before its board. `schools`: all members; `today` in UTC."""

    view: View
    choice: Choice
    stages: tuple[Stage, ...]
    schools: tuple[School, ...]
    lines: tuple[SourceLine, ...]
    today: date

    @property
    def urns(self) -> frozenset[int]:
        return self.choice.members

    @property
    def ours(self) -> str:
        """ "our 25 schools"."""
        return f"our {number_words(len(self.schools))} {'school' if len(self.schools) == 1 else 'schools'}"

    def source(self, *keys: str, stages: Sequence[Stage] = (), coverage: str = "", last: int = 0) -> str:
        """Whose figures they are, up to which year, of which day; how many schools and how many without. `keys`: sources beside
        those of the phases, or, with a `coverage` of its own, all of them; `last`: the newest year, where it is not that of the
        phases' results.
        """
        looked = stages or self.stages
        of_phases = () if coverage else tuple(key for stage in looked for key in OF_PHASE.get(stage.phase, ("abs",)))
        there = {line.source for line in self.lines} | {line.source.split("_", 1)[0] for line in self.lines}
        named = [WORDS[key] for key in dict.fromkeys((*of_phases, *keys)) if key in there]
        last = last or max((stage.time_period for stage in looked), default=0)
        made = f" {words.figures_of(self.view.created)}" if self.view.created is not None else ""
        text = words.listing(named) or "The published files loaded"
        return f"{text}{f', to {words.year(last)}' if last else ''}.{made} {coverage or self.counted(looked)}"

    def named(self) -> str:
        """The sources of every phase, for the foot of a page."""
        return "; ".join(
            dict.fromkeys(
                source_words(self.lines, stage.phase, "ofsted", last=stage.time_period) for stage in self.stages
            )
        )

    def counted(self, stages: Sequence[Stage]) -> str:
        """ "17 primary schools, one of them without results or with too few pupils to say. Two secondary schools, all with results." """
        return " ".join(_counted(stage) for stage in stages)


def _counted(stage: Stage) -> str:
    standing = stage.found.standing
    whole = sentence_start(schools(standing.schools, stage.kind))
    if not standing.unknown:
        return f"{whole}, all with results."
    if standing.unknown == standing.schools:
        return f"{whole}, none with results that can be compared."
    return f"{whole}, {number_words(standing.unknown)} of them without results or with too few pupils to say."


def room(view: View, choice: Choice) -> Room:
    """Everything that a pack of this partnership reads, for this person."""
    phases = phases_of(view.publication_id, choice.members)
    several = len(phases) > 1
    stages = tuple(_stage(view, choice, phase, phase_word(phase) if several else "") for phase in phases)
    schools = cached.rows(view.publication_id, School, urn=choice.members)
    lines = cached.rows(view.publication_id, SourceLine)
    return Room(view, choice, stages, schools, lines, fairness.now().date())


def _stage(view: View, choice: Choice, phase: str, kind: str) -> Stage:
    years = cached.years(view.publication_id, phase) or cached.years(view.publication_id)
    now = replace(choice, phase=phase, time_period=years[0] if years else 0)
    found = members.members_of(view, now)
    known = cached.together(
        view.publication_id, tuple(sorted(found.urns)), choice.partnership.kind, phase, now.time_period
    )
    every = known[1] if known is not None else ()
    may = averages.told(view, now, found)
    means = tuple(one for one in every if one.measure in may)
    national = cached.rows(view.publication_id, NationalFigure, phase=phase)
    by_pupils = [one for one in means if one.weight == "pupil"]
    told = aloud.standing(view, found, phase, now.time_period)
    return Stage(phase, kind, now.time_period, found, means, placed(by_pupils, national), len(means) < len(every), told)


def values(room: Room, urns: Collection[int], measure: str) -> pd.DataFrame:
    """The published figures of a measure, of all years, of these schools."""
    return cached.part(room.view.publication_id, "value", urn=urns, measure=measure)

"""What is said of one school, statement by statement: what it could share, where help might be welcome. Never a mark.

A statement knows its area, so that a page can say why it stands. Whether it may be said at all, whoever builds it has asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.results import AreaScore, Finance, Inspection, Need, Strength
from pages.components.figures import sentence_start
from pages.components.inspection_words import practice_line
from pages.components.measure_words import area_label, area_words, figure_sentence, sureness
from pages.components.support_findings import finance_sentence
from pages.components.words import listing

Stands = Callable[[str], str]
NOT_DISCUSSED = "Not yet discussed with you."
LOW = "Low for your pupils, in line with intake: resources rather than practice."


@dataclass(frozen=True, slots=True)
class Statement:
    """`lead`: the area's name, "" where the words stand alone. `words`: what is said, `state`: where it stands with the school."""

    area: str
    lead: str
    words: str
    state: str = ""

    @property
    def text(self) -> str:
        """The whole of it in one line, for paper and for tests."""
        return " ".join(part for part in (f"{self.lead}:" if self.lead else "", self.words, self.state) if part)


def share(
    scores: Sequence[AreaScore], strengths: Sequence[Strength] = (), visit: Inspection | None = None
) -> tuple[Statement, ...]:
    """Strengths to share: those of results clearest first, then what inspection or the accounts say.

    `strengths` of another basis than results only; `visit`: the inspection that speaks for the school.
    """
    found = sorted((row for row in scores if row.tier == "strength_to_share"), key=lambda row: (-row.p_above, row.area))
    of_results = tuple(_of_results(row) for row in found)
    others = [row for row in strengths if row.basis != "contextual"]
    return (*of_results, *(Statement(row.area, area_label(row.area), _basis(row, visit)) for row in others))


def welcome(scores: Sequence[AreaScore], stands: Stands = lambda _: NOT_DISCUSSED) -> tuple[Statement, ...]:
    """One statement per area that may need support, most first; areas on the same evidence are not repeated.

    `stands`: area -> where the need stands with the school, as a sentence.
    """
    found = sorted(
        (row for row in scores if row.tier == "may_need_support"),
        key=lambda row: (not row.lead, -row.severity, row.area),
    )
    leads = [row for row in found if row.lead] or found
    lines = [_of_results(row, stands(row.area)) for row in leads]
    others = [row.area for row in found if row not in leads]
    if others:
        also = f"The same pupils' results also lie below in {listing(area_words(area) for area in others)}."
        lines.append(Statement(others[0], "", also))
    return tuple(lines)


def other_need(need: Need, finance: Finance | None, visit: Inspection | None, state: str) -> Statement:
    """A need that rests on accounts, inspection or the level alone."""
    rests = {"finance": finance_sentence(finance), "inspection": practice_line(visit, need.area)}.get(need.basis, LOW)
    return Statement(need.area, area_label(need.area), sentence_start(rests), state)


def _of_results(row: AreaScore, state: str = "") -> Statement:
    said = " ".join(part for part in (sentence_start(figure_sentence(row)), sureness(row)) if part)
    return Statement(row.area, area_label(row.area), said, state)


def _basis(row: Strength, visit: Inspection | None) -> str:
    if row.basis == "inspection":
        return sentence_start(practice_line(visit, row.area))
    return "The published accounts say so."

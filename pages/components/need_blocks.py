"""Needs and strengths drawn as cards and tables. A need is always drawn with its state, never as a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analytics.results import AreaScore, Finance, Inspection, Need, TrustFinance
from pages.components import words
from pages.components.figures import measure_value, sentence_start
from pages.components.inspection_words import practice_line, speaking
from pages.components.measure_words import area_label, area_words, likely
from pages.components.money_words import trust_sentence
from pages.components.state_words import NOT_DISCUSSED, State, state_words
from pages.components.support_findings import BASIS_WORDS, TRUST_STATE, evidence_sentence, sure_words

Label = Callable[[int], str]
StateOf = Callable[[Need], State]
SAYS = "The school says"
MOST = 8  # labels that a line lists
COLUMNS = (
    "School", "URN", "Area", "Value", "Range", "Similar intake", "How sure", "Rests on", "What is known", "State",
)  # fmt: skip


class Evidence:
    """What stands behind needs: the area's score, the latest accounts, the inspection that speaks, per school."""

    def __init__(
        self,
        scores: Sequence[AreaScore],
        finance: Sequence[Finance],
        inspections: Sequence[Inspection],
        trusts: Sequence[TrustFinance] = (),
    ) -> None:
        self._scores = {(row.urn, row.area): row for row in scores}
        self._finance: dict[int, Finance] = {}
        for row in sorted(finance, key=lambda one: one.time_period):
            self._finance[row.urn] = row
        self._trust = {row.uid: row for row in sorted(trusts, key=lambda one: one.time_period)}
        visits: dict[int, list[Inspection]] = {}
        for visit in inspections:
            visits.setdefault(visit.urn, []).append(visit)
        self._inspection = {urn: speaking(rows) for urn, rows in visits.items()}

    def score(self, urn: int, area: str) -> AreaScore | None:
        return self._scores.get((urn, area))

    def sentence(self, need: Need) -> str:
        """What is known behind the need, without its state."""
        if need.scope == "trust":
            return f"Finance: {trust_sentence(self._trust.get(need.uid or ''))}"
        shown = practice_line(self._inspection.get(need.urn), need.area)
        return evidence_sentence(need, self.score(need.urn, need.area), self._finance.get(need.urn), shown)


def who(need: Need, label: Label) -> str:
    """Whose need it is: the school's, or that of the trust behind its accounts."""
    return "The trust's own accounts" if need.scope == "trust" else label(need.urn)


def listed(needs: Sequence[Need], label: Label, *, largest_first: bool) -> list[Need]:
    """One need per school and area, trusts' money once, at the end; by name, or in the order of how much may be needed."""
    kept: dict[tuple[object, ...], Need] = {}

    def place(one: Need) -> tuple[bool, float, str, str]:
        return one.scope == "trust", -one.severity if largest_first else 0.0, label(one.urn), one.area

    for need in sorted(needs, key=place):
        kept.setdefault((need.area, need.uid) if need.scope == "trust" else (need.area, need.urn), need)
    return list(kept.values())


def quiet_groups(scores: Sequence[AreaScore], label: Label) -> tuple[str, ...]:
    """Schools with mixed evidence and those with not enough data, by area, as quiet lines."""
    lines = []
    for tier, lead in (("mixed_evidence", "Mixed evidence"), ("not_enough_data", "Not enough data")):
        by_area: dict[str, list[str]] = {}
        for row in scores:
            if row.tier == tier:
                by_area.setdefault(row.area, []).append(label(row.urn))
        for area in sorted(by_area):
            lines.append(f"{lead} in {area_words(area)}: {_some(sorted(by_area[area]))}.")
    return tuple(lines)


def _some(labels: Sequence[str]) -> str:
    return words.listing(labels) if len(labels) <= MOST else f"{', '.join(labels[:MOST])} and {len(labels) - MOST} more"


def need_table(
    needs: Sequence[Need], evidence: Evidence, label: Label, *, urns: bool, state: StateOf = lambda _: NOT_DISCUSSED
) -> pd.DataFrame:
    """Needs for the table and the download: figures with their range, how sure, the state, and what the school says of it.

    `urns` False leaves the numbers of the schools out, for they name a school as well as its name does. The column of the
    schools' words is there where one of them said something.
    """
    rows = []
    for need in needs:
        score = evidence.score(need.urn, need.area) if need.basis in ("contextual", "absolute") else None
        rows.append(
            {
                "School": who(need, label),
                "URN": "" if need.scope == "trust" else str(need.urn),
                "Area": area_label(need.area),
                "Value": measure_value(score.measure, score.value) if score else "",
                "Range": likely(score) if score else "",
                "Similar intake": measure_value(score.measure, score.expected) if score else "",
                "How sure": sure_words(need),
                "Rests on": BASIS_WORDS.get(need.basis, need.basis),
                "What is known": evidence.sentence(need),
                "State": sentence_start(TRUST_STATE if need.scope == "trust" else state_words(state(need))),
                SAYS: "" if need.scope == "trust" else state(need).words,
            }
        )
    said = any(row[SAYS] for row in rows)
    table = pd.DataFrame(rows, columns=[*COLUMNS, *((SAYS,) if said else ())])
    return table if urns else table.drop(columns="URN")

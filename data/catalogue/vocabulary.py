"""Fixed words: statuses, releases, phases, eras, tiers, and the publishers' marks. Words only; no rules that compute."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Status = Literal[
    "ok", "low", "suppressed", "not_applicable", "not_available", "no_cohort", "low_coverage", "low_reliability",
    "new_school", "not_submitted",
]  # fmt: skip
Release = Literal["provisional", "revised", "final"]
Phase = Literal["primary", "secondary", "all_through", "sixteen_plus", "special", "alternative_provision", "nursery"]

LEAST_PUPILS = 6  # a count of one to five pupils is never shown: the publishers' own threshold (DOMAIN B3)
OF_PUPILS = re.compile(r"\b(pupil|child|children|student)s?\b", re.IGNORECASE)  # words of a figure that counts pupils
RELEASES: tuple[Release, ...] = ("provisional", "revised", "final")  # firmest last
PHASES: Mapping[str, str] = MappingProxyType(
    {
        "primary": "Primary",
        "secondary": "Secondary",
        "all_through": "All-through",
        "sixteen_plus": "16 to 19",
        "special": "Special",
        "alternative_provision": "Alternative provision",
        "nursery": "Nursery",
    }
)
STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "ok": "published",
        "low": "rounds to zero",
        "suppressed": "withheld by the publisher (too few pupils)",
        "not_applicable": "does not apply",
        "not_available": "not published",
        "no_cohort": "no pupils in this group",
        "low_coverage": "too few pupils covered",
        "low_reliability": "low reliability",
        "new_school": "new school",
        "not_submitted": "not supplied by the school",
    }
)
TIERS: Mapping[str, str] = MappingProxyType(
    {
        "strength_to_share": "strength to share",
        "above_expectation": "above expectation",
        "as_expected": "as expected given intake",
        "may_need_support": "may need support",
        "low_in_line": "low for its pupils, in line with intake",
        "mixed_evidence": "mixed evidence",
        "not_enough_data": "not enough data",
    }
)
SIGNALS: Mapping[str, str] = MappingProxyType(
    {
        "statutory_concern": "statutory concern",
        "support_indicated": "support indicated",
        "met": "met",
        "strength_to_share": "strength to share",
        "not_known": "not known",
    }
)
ERAS: Mapping[str, str] = MappingProxyType(
    {"E1": "To summer 2024", "E2": "September 2024 to November 2025", "E3": "Since November 2025"}
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "mat": "trust",
        "sat": "trust",
        "trust": "trust",
        "sponsor": "sponsor's schools",
        "federation": "federation",
        "umbrella": "umbrella trust",
        "la": "authority",
        "own": "schools",
    }
)
# Whole words never on a screen or in a download; quoted official wording and How it works are exempt.
FORBIDDEN_WORDS: tuple[str, ...] = (
    "failing", "worst", "bottom", "weak", "underperforming", "coasting", "rank", "league", "risk score", "prediction",
    "turned around",
)  # fmt: skip
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a published cell instead of a number, and what it means. A mark is never 0."""

    raw: str
    status: Status
    meaning: str


def _marks() -> dict[str, Mark]:
    with (Path(__file__).parent / "marks.csv").open(encoding="utf-8", newline="") as handle:
        return {row["raw"]: Mark(**row) for row in csv.DictReader(handle)}  # type: ignore[arg-type]


MARKS: Mapping[str, Mark] = MappingProxyType(_marks())

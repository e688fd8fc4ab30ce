"""Words for weighing the themes otherwise: labels, what the address says, and the two answers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analytics.findings.weighing import EQUAL, MOST
from analytics.scores.screening import REASONS
from data.catalogue.vocabulary import TIERS
from pages.components.words import listing

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "expected_standard": "Expected standard in the four subjects", "higher_standard": "Higher standard",
        "disadvantage": "Disadvantaged pupils", "attendance": "Attendance", "attainment": "Attainment",
        "ebacc": "English Baccalaureate subjects", "destinations": "Destinations",
    }
)  # fmt: skip
PLAIN = (
    "The published answer weighs the themes the same. Weigh them as you would: the answer is worked out anew, by the same "
    "sums; whether still other ways would agree is not tried again. Your weights stand in the link of this page; nothing is "
    "kept, and no list or plan uses them."
)
NONE = "Every theme has the weight 0: there is nothing to weigh."


def written(weights: Sequence[int]) -> str:
    """Weights as the address has them: "5-5-0-10"."""
    return "-".join(str(weight) for weight in weights)


def read(text: str | None, themes: Sequence[str]) -> tuple[int, ...]:
    """What the address says, else the same for each theme: whole numbers from 0 to MOST, as many as there are themes."""
    parts = (text or "").split("-")
    told = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 3]
    good = len(told) == len(parts) == len(themes) and all(weight <= MOST for weight in told)
    return tuple(told) if good else (EQUAL,) * len(themes)


def same(weights: Sequence[int]) -> bool:
    """Whether the themes weigh the same, and something."""
    return len(set(weights)) == 1 and weights[0] > 0


def answer(tier: str, reasons: str) -> str:
    """ "above expectation", "not enough data (too few of the themes have published figures)"."""
    why = listing(REASONS[code] for code in reasons.split("|") if code in REASONS)
    return TIERS[tier] + (f" ({why})" if why and tier in ("not_enough_data", "mixed_evidence") else "")


def sentences(usual: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Both answers, (tier, reasons) each: as published, and with the reader's weights."""
    first = f"Themes weighing the same: {answer(*usual)}."
    second = "the same answer" if usual[0] == other[0] else answer(*other)
    return first, f"With your weights: {second}."

"""The rules of the support signal, and the areas of practice that judgements speak about: typed rows of two CSV files.

`signals.csv`: one rule a row, with the era it holds in and who says so (DOMAIN B1.4). `practice.csv`: which judgement
speaks about which area. Achievement is in neither: results speak for themselves and would be counted twice. Inclusion
stands with special educational needs; disadvantaged pupils have published results of their own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from data.catalogue.errors import CatalogueError

HERE = Path(__file__).parent
How = Literal["any", "all", "two", "half"]  # of the judgements named, how many must be one of the words
Outcome = Literal["statutory_concern", "concern_not_given", "support_indicated", "strength_to_share"]


@dataclass(frozen=True, slots=True)
class SignalRule:
    """`signal` holds in these `eras` where `how` many of `judgements` are one of `words`, and none is one of `unless`.

    Grades stand as "1" to "4". `half`: at least half of the areas that the school has.
    """

    signal: Outcome
    eras: tuple[str, ...]
    judgements: tuple[str, ...]
    words: tuple[str, ...]
    how: How
    unless: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PracticeRule:
    """One judgement that speaks about an area of practice. `main`: a strength in it is a strength in the area."""

    area: str
    judgement: str
    eras: tuple[str, ...]
    main: bool


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


def _rule(row: dict[str, str], line: int) -> SignalRule:
    if row["signal"] not in get_args(Outcome) or row["how"] not in get_args(How) or not row["source"]:
        raise CatalogueError(
            "the rule names no signal, no way to count, or no source", where=f"signals.csv, line {line}"
        )
    return SignalRule(
        cast(Outcome, row["signal"]), _split(row["era"]), _split(row["judgements"]), _split(row["words"]),
        cast(How, row["how"]), _split(row["unless"]), row["source"],
    )  # fmt: skip


SIGNAL_RULES: tuple[SignalRule, ...] = tuple(_rule(row, line) for line, row in enumerate(_rows("signals.csv"), start=2))
PRACTICE: tuple[PracticeRule, ...] = tuple(
    PracticeRule(row["area"], row["judgement"], _split(row["era"]), row["main"] == "yes")
    for row in _rows("practice.csv")
)

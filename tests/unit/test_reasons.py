"""Sentences of proposals, word for word."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.support import reasons

GIVER = pd.Series({"urn": 2, "area": "mathematics", "has_data": True})
NEED = pd.Series({"urn": 1, "area": "mathematics"})


def scores(**row: object) -> pd.DataFrame:
    plain = {
        "urn": 2,
        "area": "mathematics",
        "measure": "ks2_mathematics_expected_pct",
        "difference": 9.4,
        "difference_low": 2.6,
        "difference_high": 16.2,
        "tier": "strength_to_share",
        "years": 3,
        "time_period": 202425,
    }
    return pd.DataFrame([{**plain, **row}])


@pytest.mark.parametrize(
    ("row", "start"),
    [
        ({}, "{supporter} lies about 9 points above what its intake leads one to expect in mathematics (likely between 3 and 16), "
          "and above it in each of the three years to 2024/25."),
        ({"difference": 0.44, "difference_low": -0.02, "difference_high": 0.9, "years": 4},
         "{supporter} lies about 0.44 points above what its intake leads one to expect in mathematics (likely between -0.02 and 0.9), "
         "and above it in each of the four years to 2024/25."),
        ({"measure": "absence_overall_pct", "difference": -1.2, "difference_low": -2.1, "difference_high": -0.3},
         "{supporter} lies about 1 point better than what its intake leads one to expect in mathematics (likely between 0 and 2), "
         "and better than it in each of the three years to 2024/25."),
        ({"tier": "as_expected"},
         "{supporter} offers help with mathematics; its own results there are not clearly above what its intake leads one to expect."),
    ],
)  # fmt: skip
def test_strength(row: dict[str, object], start: str) -> None:
    found = reasons.proposal(NEED, GIVER, scores(**row), 0.8, 4.6, "offers")
    assert (
        found
        == f"{start} Its circumstances are close to those of {{need}}. About 5 km by road, as estimated from the map; rivers and hills are not counted."
    )


def test_what_is_not_known_is_said() -> None:
    found = reasons.proposal(NEED, GIVER, scores().head(0), float("nan"), None, "offers")
    assert found == (
        "{supporter} offers help with mathematics; no clear strength of its own there is told. "
        "How alike the two schools are cannot be told. How far apart they are is not known."
    )


def test_what_the_supporter_came_through() -> None:
    found = reasons.proposal(NEED, GIVER, scores(), 0.8, 4.6, "offers", ("grammar", "mathematics", "reading"))
    assert " It came through difficulty itself, in grammar and spelling, mathematics and reading. Its circum" in found


def test_not_yet_asked() -> None:
    assert reasons.proposal(NEED, GIVER, scores(), 1.7, 4.6, "could_be_asked").endswith(
        "Its circumstances differ from those of {need}. About 5 km by road, as estimated from the map; rivers and hills are not counted. Not yet asked."
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"any_giver": False, "candidates": 0, "helpful": 0}, "No school has offered days for mathematics."),
        (
            {"any_giver": True, "candidates": 3, "helpful": 2},
            "Every place for mathematics within reach is taken. One more place at {0} or {1} would meet it.",
        ),
        (
            {"any_giver": True, "candidates": 3, "helpful": 0},
            "Every place for mathematics within reach is taken by schools where the difference is larger.",
        ),
    ],
)
def test_unmatched(facts: dict[str, object], words: str) -> None:
    assert reasons.unmatched("mathematics", max_km=40, scenario="offers", **facts) == words  # type: ignore[arg-type]

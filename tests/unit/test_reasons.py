"""Sentences of proposals, word for word."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from analytics.support import candidates, reasons
from analytics.support.givers import Room
from analytics.support.reasons import Way

GIVER = pd.Series({"supporter": 2, "urn": 2, "area": "mathematics", "has_data": True})
NEED = pd.Series({"urn": 1, "area": "mathematics", "size": ""})
NEAR = Way(4.6)


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
        ({}, "{supporter} lies about 9 points above what its intake leads one to expect in mathematics (likely between 3 and 16). "
          "Each of the three years to 2024/25 lies above it, too."),
        ({"difference": 7.0, "difference_low": -0.3, "difference_high": 14.0},
         "{supporter} lies about 7 points above what its intake leads one to expect in mathematics (likely between 0 and 14). "
         "Each of the three years to 2024/25 lies above it, too."),
        ({"difference": 0.9, "difference_low": -0.0, "difference_high": 14.2},
         "{supporter} lies about 0.9 points above what its intake leads one to expect in mathematics (likely between 0 and 14). "
         "Each of the three years to 2024/25 lies above it, too."),
        ({"difference": 0.44, "difference_low": -0.02, "difference_high": 0.9, "years": 4},
         "{supporter} lies about 0.44 points above what its intake leads one to expect in mathematics (likely between -0.02 and 0.9). "
         "Each of the four years to 2024/25 lies above it, too."),
        ({"measure": "absence_overall_pct", "difference": -1.2, "difference_low": -2.1, "difference_high": -0.3},
         "{supporter} lies about 1 point better than what its intake leads one to expect in mathematics (likely between 0 and 2). "
         "Each of the three years to 2024/25 is better than it, too."),
        ({"tier": "as_expected"},
         "{supporter} offers help with mathematics; its own results there are not clearly above what its intake leads one to expect."),
    ],
)  # fmt: skip
def test_strength(row: dict[str, object], start: str) -> None:
    found = reasons.proposal(NEED, GIVER, scores(**row), 0.8, NEAR, "offers")
    assert (
        found
        == f"{start} Its circumstances are close to those of {{need}}. About 5 km by road, as estimated from the map; rivers and hills are not counted."
    )


def test_what_is_not_known_is_said() -> None:
    found = reasons.proposal(NEED, GIVER, scores().head(0), float("nan"), Way(None), "offers")
    assert found == (
        "{supporter} offers help with mathematics; no clear strength of its own there is told. "
        "How alike the two schools are cannot be told. How far apart they are is not known."
    )


def test_what_the_supporter_came_through() -> None:
    found = reasons.proposal(NEED, GIVER, scores(), 0.8, NEAR, "offers", ("grammar", "mathematics", "reading"))
    assert " It came through difficulty itself, in grammar and spelling, mathematics and reading. Its circum" in found


def test_not_yet_asked() -> None:
    assert reasons.proposal(NEED, GIVER, scores(), 1.7, NEAR, "could_be_asked").endswith(
        "Its circumstances differ from those of {need}. About 5 km by road, as estimated from the map; rivers and hills are not counted. Not yet asked."
    )


def said(binding: str, refused: dict[str, int] | None = None, scenario: str = "offers", among: str = "") -> str:
    return reasons.unmatched(
        "mathematics",
        binding,
        refused=Counter(refused or {}),
        max_km=40,
        scenario=scenario,
        among=among,
    )  # type: ignore[arg-type]


def test_unmatched() -> None:
    assert said("nobody") == "No school has offered days for mathematics."
    assert (
        said("nobody", scenario="could_be_asked") == "No school with a clear strength could spare time for mathematics."
    )
    assert said("nobody", among="itself") == "No other school has offered days for mathematics."
    assert said("nobody", among="barred") == (
        "Those who offer days for mathematics have a difficulty of their own, so that no plan asks them."
    )
    assert said("closed", {"closed_need": 2}) == "No visits there at the moment, so nothing is planned for it."


@pytest.mark.parametrize(
    ("room", "start"),
    [("taken", "Every place for mathematics within reach is taken"), ("agreed", "What is agreed, asked for or promised to a group uses the days for mathematics within reach"),
     ("few", "The days for mathematics within reach make no place: 2.5 of the 6 a term that one takes"),
     ("unsaid", "Nobody within reach says how many days a term the help with mathematics could take")],
)  # fmt: skip
def test_places_are_short(room: Room, start: str) -> None:
    def told(helpful: int, rival: bool) -> str:
        return reasons.full("mathematics", (room, 2.5, 6.0), helpful=helpful, rival=rival)

    assert told(2, False) == f"{start}. One more place at {{0}} or {{1}} would meet it."
    assert told(0, False) == f"{start}, and one more would go to a school where the difference is larger."
    assert told(0, True) == f"{start}, and one more place at {{0}} would go to {{1}}, where the difference is as large."


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        ({"far": 1}, "The one that could help with mathematics is further than 40 km away."),
        ({"closed": 2}, "The 2 that could help with mathematics have no visits at the moment."),
        (
            {"phase": 1, "far": 3, "apart": 1},
            "Of the 5 that could help with mathematics, 3 are further than 40 km away, 1 is not to work with it and 1 is of another phase.",
        ),
    ],
)
def test_nobody_fits(refused: dict[str, int], words: str) -> None:
    assert said("none_fits", refused) == words


def test_every_rule_has_words() -> None:
    assert set(reasons.RULES) == {*candidates.WHY} - {"closed_need"}
    assert {*candidates.WHY} <= set(reasons.CLASHES)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way(None), "How far apart they are is not known."),
        (
            Way(12.4, 75, entered=True),
            "About 12 km and 75 minutes each way, as somebody who knows the journey entered it.",
        ),
        (Way(12.4, None, entered=True), "About 12 km each way, as somebody who knows the journey entered it."),
        (
            Way(9, 75, remote=True),
            "Help from afar only, for visits are not possible; it counts as the longest journey that the plan allows.",
        ),
    ],
)
def test_the_way(way: Way, words: str) -> None:
    assert reasons.proposal(NEED, GIVER, scores(), 0.8, way, "offers").endswith(
        f" Its circumstances are close to those of {{need}}. {words}"
    )


def test_what_the_school_says_itself_comes_first() -> None:
    need = pd.Series({"urn": 1, "area": "mathematics", "size": "pressing"})
    found = reasons.proposal(need, GIVER, scores(), 0.8, NEAR, "offers")
    assert found.startswith("{need} says itself that it needs help now in mathematics. {supporter} lies about 9 points")


def test_who_is_no_school() -> None:
    giver = pd.Series({"supporter": -7, "urn": pd.NA, "area": "mathematics", "has_data": False})
    assert reasons.proposal(NEED, giver, scores().head(0), float("nan"), Way(None), "offers") == (
        "{supporter} offers help with mathematics. It is no school: how alike the two are and how sure it is count as half. "
        "How far apart they are is not known."
    )

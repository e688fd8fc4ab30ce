"""The picture of small numbers: its sentences are true of the places, and names stand only outside the limits."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.scores.funnels import Funnel, Limits, Place
from pages.charts.funnel import funnel_picture
from pages.charts.theme import LIGHT
from pages.components import funnel_words

NAMES = {1: "Ash", 2: "Beech", 3: "Cedar"}
MARKS = np.array([20.0, 60, 120, 200])


def made(*sides: str, left_out: int = 0, measure: str = "ks2_mathematics_expected_pct") -> Funnel:
    places = tuple(
        Place(urn, 40.0 * urn, {"above": 31.0, "below": -28.26, "inside": 2.5}[side], side)  # type: ignore[arg-type]
        for urn, side in enumerate(sides, start=1)
    )
    return Funnel(measure, 202223, 202425, 3, places, Limits(MARKS, -600 / MARKS, 600 / MARKS), left_out)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("inside", "inside"), "Mathematics: none of our 2 schools stands out"),
        (("inside",), "Mathematics: our one school does not stand out"),
        (("above", "inside"), "Mathematics: one of our 2 schools stands out, above expectation"),
        (("below", "below", "inside"), "Mathematics: two of our 3 schools stand out, below expectation"),
        (
            ("above", "below", "below"),
            "Mathematics: three of our 3 schools stand out, one above expectation and two below expectation",
        ),
    ],
)
def test_the_finding_counts_what_lies_outside(sides: tuple[str, ...], said: str) -> None:
    assert funnel_words.finding(made(*sides)) == said


def test_the_line_says_years_schools_and_who_is_missing() -> None:
    assert funnel_words.line(made("inside", "inside", left_out=3)).endswith(
        "2022/23 to 2024/25. 2 schools, 3 without a figure."
    )


def test_the_alternative_and_the_table_name_the_same_schools() -> None:
    found = made("above", "inside", "below")
    said = funnel_words.alternative(found, NAMES.__getitem__)
    assert said.endswith("Outside: Ash, above expectation; Cedar, below expectation.") and "40 to 120 pupils" in said
    assert funnel_words.alternative(made("inside"), NAMES.__getitem__).endswith("Every school lies between them.")
    table = funnel_words.table(found, {1: "Yew", 2: "Beech", 3: "Cedar"}.__getitem__)
    assert table.to_numpy().tolist() == [
        ["Beech", 80, "+2.5", "inside the limits"], ["Cedar", 120, "\u221228.3", "below expectation"], ["Yew", 40, "+31.0", "above expectation"],
    ]  # fmt: skip


def test_names_stand_only_outside_the_limits() -> None:
    drawn = funnel_picture(made("above", "inside", "below"), {1: "Ash", 3: "Cedar"})
    assert [note.text for note in drawn.layout.annotations] == ["Ash", "Cedar"]
    limits, inside, above, below = drawn.data
    assert (list(inside.x), list(above.x), list(below.x)) == ([80.0], [40.0], [120.0])
    assert (above.marker.color, above.marker.symbol) == (LIGHT.ours, "circle")
    assert (below.marker.color, below.marker.symbol) == (LIGHT.look, "circle-open")
    # limits are drawn over the schools' own range of pupils: 34 to 127 here
    assert min(limits.x) == 60.0 and max(limits.x) == 120.0
    low, high = drawn.layout.yaxis.range
    assert low == -high and high >= 31.0


def test_many_names_are_left_to_the_table() -> None:
    found = made(*["above"] * 7)
    assert not funnel_picture(found, {urn: f"School {urn}" for urn in range(1, 8)}).layout.annotations


def test_absences_are_told_and_drawn_in_their_own_direction() -> None:
    found = made("above", "inside", measure="absence_persistent_pct")
    assert funnel_words.finding(found).endswith("one of our 2 schools stands out, less than expected")
    assert funnel_words.table(found, NAMES.__getitem__)["From expected"].tolist() == ["\u221231.0", "\u22122.5"]
    drawn = funnel_picture(found, {1: "Ash"})
    assert list(drawn.data[2].y) == [-31.0]
    low, high = drawn.layout.yaxis.range
    assert low > 0 > high  # turned round: fewer absences stand higher
    assert drawn.layout.yaxis.ticktext[drawn.layout.yaxis.tickvals.index(0)] == "as expected"

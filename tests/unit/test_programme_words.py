"""Sentences of a programme, word for word."""

from __future__ import annotations

import pytest

from analytics.programmes import draw, said
from data.catalogue import MEASURES, NotEnoughData

MATHS, ATTAINMENT = MEASURES["ks2_mathematics_expected_pct"], MEASURES["ks4_attainment8"]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0 points"), (0.04, "0 points"), (0.449, "0.4 points"), (1.0, "1 point"), (-0.96, "1 point"), (-7.4, "7 points")],
)  # fmt: skip
def test_points(value: float, words: str) -> None:
    assert said.points(value, MATHS) == words


def test_points_of_a_score() -> None:
    assert said.points(-1.26, ATTAINMENT) == "1.3 points of Attainment 8"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(2.0, 9.4, "likely between 2 and 9 higher"), (-8.6, -1.2, "likely between 1 and 9 lower"), (-3.0, 5.0, "likely between 3 lower and 5 higher")],
)  # fmt: skip
def test_ranges(low: float, high: float, words: str) -> None:
    assert said.between(low, high, MATHS) == words


def test_what_would_have_been_noticed() -> None:
    assert said.noticed(9.2, 10, 1, MATHS) == (
        "With ten schools and one year of results we would have noticed a true effect of 10 points about four times in five; smaller ones "
        "would usually be missed."
    )


def test_too_few() -> None:
    assert said.too_few(1) == "One school is too few to test: chance alone could do anything. It takes six."
    assert said.too_few(5).startswith("Five schools are too few to test")


def test_coverage_names_who_is_missing() -> None:
    assert said.coverage(11, 55, [(2, said.NO_EARLIER), (0, said.UNLIKE), (1, said.NO_LATER)], True) == (
        "11 supported and 55 comparison schools; 2 supported without the earlier figures that a comparison needs; "
        "1 supported without results since; some results are provisional"
    )


def test_made_up_programmes() -> None:
    assert said.made_up(500, -4.4, 5.1, 0.123, MATHS) == (
        "500 made-up programmes of schools that had no support: 19 in 20 of them come out between 4 lower and 5 higher. About 12 in 100 lie "
        "at least as far from nought as this programme."
    )


def test_a_draw_is_the_same_however_schools_are_listed() -> None:
    one, two = draw.draw([5, 3, 9, 1, 7], 2, seed=8), draw.draw((9, 7, 5, 3, 1, 1), 2, seed=8)
    assert one == two and sorted(urn for wave in one for urn in wave) == [1, 3, 5, 7, 9]
    assert [len(wave) for wave in one] == [2, 2, 1]
    assert draw.draw([5, 3, 9, 1, 7], 2, seed=9) != one


def test_a_draw_takes_everybody_equally_often() -> None:
    first = [draw.draw(range(4), 1, seed=seed)[0][0] for seed in range(2000)]
    assert all(abs(first.count(urn) - 500) < 80 for urn in range(4))  # four standard deviations


@pytest.mark.parametrize(("urns", "places"), [((), 3), ((1, 2), 0)])
def test_nothing_to_draw(urns: tuple[int, ...], places: int) -> None:
    with pytest.raises(NotEnoughData, match="nothing to draw"):
        draw.draw(urns, places, seed=1)

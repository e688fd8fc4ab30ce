"""What the address says about weights, and the two answers in words."""

from __future__ import annotations

import pytest

from analytics.findings.areas import THEMES
from pages.components import weight_words

FOUR = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    "text", [None, "", "5-5-5", "5-5-5-5-5", "5-5-5-11", "5-5-5-x", "5-5--5", "-1-5-5-5", "²-5-5-5"]
)
def test_what_cannot_be_read_weighs_the_same(text: str | None) -> None:
    assert weight_words.read(text, FOUR) == (5, 5, 5, 5)


def test_the_address_says_what_was_chosen() -> None:
    assert weight_words.read(weight_words.written((0, 10, 3, 5)), FOUR) == (0, 10, 3, 5)
    assert weight_words.written((0, 10, 3, 5)) == "0-10-3-5"


def test_only_equal_and_positive_weights_are_the_same() -> None:
    assert (
        weight_words.same((3, 3, 3, 3)) and not weight_words.same((0, 0, 0, 0)) and not weight_words.same((3, 3, 3, 4))
    )


def test_the_two_answers() -> None:
    assert weight_words.sentences(("as_expected", ""), ("above_expectation", "")) == (
        "Themes weighing the same: as expected given intake.", "With your weights: above expectation.",
    )  # fmt: skip
    mixed = ("mixed_evidence", "depends_on_weights")
    assert weight_words.sentences(mixed, mixed) == (
        "Themes weighing the same: mixed evidence (other reasonable ways to combine the measures give another answer).",
        "With your weights: the same answer.",
    )
    assert weight_words.answer("not_enough_data", "low_coverage") == (
        "not enough data (too few of the themes have published figures)"
    )


def test_every_theme_has_a_label() -> None:
    assert {theme for themes in THEMES.values() for theme in themes} == set(weight_words.LABELS)

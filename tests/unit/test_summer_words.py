"""This summer beside last year in words: the title is true of the rows, and every change has its range or says why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.facts.summer import Summer
from pages.components import summer_words

READING = Summer("ks2_reading_expected_pct", 202425, 60.0, 80.0, 202526, 80.0, 70.0, "provisional", 5.24, 33.39, 1.0)
FLAT = replace(READING, measure="ks2_mathematics_expected_pct", value=66.0, low=-9.4, high=21.0)
LEVEL = Summer("ks4_attainment8", 202425, 46.4, 176.0, 202526, 45.1, 171.0, "own")
BOTH = replace(READING, measure="ks4_english_mathematics_5_pct", value=40.0, low=-34.0, high=-5.0)
START = "This summer's provisional results beside last year's:"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([READING, FLAT], f"{START} reading at the expected standard moved up, by more than chance and the country's own change usually bring."),
        ([BOTH], f"{START} English and mathematics at grade 5 or above moved down, by more than chance and the country's own change usually bring."),
        ([replace(LEVEL, whose="provisional", low=-9.0, high=-2.0)], f"{START} Attainment 8 moved down, by more than chance and the country's own change usually bring."),
        ([FLAT], f"{START} nothing moved by more than chance and the country's own change usually bring."),
        ([LEVEL], "This summer's results, not firm yet, beside last year's: how far chance goes is not known of these figures."),
    ],
    ids=["rose", "fell", "average", "flat", "averages"],
)  # fmt: skip
def test_the_sentence_is_true_of_the_rows(rows: list[Summer], said: str) -> None:
    assert summer_words.finding(rows) == said


def test_the_table_says_whose_figure_and_how_far_chance_goes() -> None:
    rows = summer_words.table([READING, LEVEL], "the trust").to_numpy().tolist()
    assert rows[0][1:] == [
        "60% (2024/25, 80 pupils)", "80% (2025/26, 70 pupils)", "+20 points", "between 5 higher and 33 higher, beside the country's +1 point: more than chance usually brings",
        "provisional",
    ]  # fmt: skip
    assert rows[1][3:] == [
        "−1.3 points",
        "no range: how far pupils and years usually move it, or the country's change, is not known",
        "supplied by the trust, not yet published",
    ]

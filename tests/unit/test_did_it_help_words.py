"""Sentences about programmes: exact, in the plain words of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.programmes.results import Answer, Design, EffectSummary, EventPoint, MatchedSet, Placebo, WavePoint
from pages.components import programme_words as said
from tests.views.drive import off_words

MEASURE = "ks2_mathematics_expected_pct"
DESIGN = Design(
    MEASURE, 202223, 202324, (201718, 201819), (MatchedSet(1, (2, 3), 202324), MatchedSet(4, (5, 6), 202324)), (7,), 2, 40, 9,
    False, None, "", "", 6.4, "With 2 schools ...",
)  # fmt: skip
SEEN = EffectSummary(
    "a difference is seen",
    "s",
    7.6,
    3.0,
    12.2,
    2.2,
    0.012,
    12,
    24,
    (202324,),
    9.0,
    1.0,
    "c",
    6.4,
    "d",
    "e",
    "percentage points",
)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "No programme has been set down here yet"),
        ([None], "One programme: the comparison has not been set down yet"),
        (["too few to test"], "One programme: too few schools to test"),
        (["not yet", "too few to test"], "None of our two programmes can be answered yet"),
        (
            ["not yet", "cannot be told apart"],
            "No difference can be told from chance in the one programme with an answer so far",
        ),
        (
            ["a difference is seen", "cannot be told apart", None],
            "One of the two programmes with an answer so far shows more than chance alone often gives",
        ),
        (
            ["a difference is seen"] * 2 + ["not yet"],
            "Both programmes with an answer so far show more than chance alone often gives",
        ),
    ],
)
def test_the_finding_over_all_programmes(answers: list[Answer | None], told: str) -> None:
    assert said.overview(answers) == told


def test_the_finding_of_one_says_how_large_and_which_way() -> None:
    assert said.finding("P", None) == "P: the comparison has not been set down yet"
    assert said.finding("P", SEEN) == "P: a difference is seen, about 8 percentage points higher"
    lower = replace(SEEN, estimate=-0.6)
    assert said.finding("P", lower) == "P: a difference is seen, about 0.6 percentage points lower"
    apart = replace(SEEN, answer="cannot be told apart")
    assert said.finding("P", apart) == "P: cannot be told apart from schools without support"
    assert off_words(said.finding("P", replace(SEEN, answer="weak design"))) == []


def test_what_is_looked_at() -> None:
    start = "Mathematics: expected standard. Chosen on 2022/23, support from 2023/24."
    assert said.line(MEASURE, 202223, 202324, 12, 60) == f"{start} 12 schools with support beside 60 schools without."
    assert said.line(MEASURE, 202223, 202324, 1, 0) == f"{start} 1 school with support."
    assert said.line(MEASURE, 202223, 202324, 0, 0) == start
    assert said.line("gone", 202223, 202324, 0, 0).startswith("A measure that is no longer known. Chosen on")


@pytest.mark.parametrize(
    ("on", "known", "told"),
    [
        (date(2023, 6, 30), True, "The comparison was set down on 30 June 2023, before any result that could show it."),
        (date(2024, 6, 30), None, "The comparison was set down on 30 June 2024, before any result that could show it."),
        (
            date(2024, 7, 1),
            True,
            "The comparison was set down on 1 July 2024, after the first results that could show it were known.",
        ),
        (
            date(2026, 11, 22),
            False,
            "The comparison was set down on 22 November 2026, before any result that could show it.",
        ),
        (
            date(2024, 7, 1),
            None,
            "The comparison was set down on 1 July 2024, when results that could show it may have been known.",
        ),
        (None, None, ""),
    ],
)
def test_whether_it_was_set_down_before_results(on: date | None, known: bool | None, told: str) -> None:
    assert said.set_down(on, 202324, known) == told


def test_how_the_comparison_was_chosen() -> None:
    assert said.design_lines(DESIGN, "trust") == (
        "Two schools without support stand beside each of the 2: 4 schools of the same phase outside our trust, alike in earlier "
        "results, in 2022/23, in what their intake leads one to expect and in size. 40 were near enough to choose from.",
        "Earlier years looked at: 2017/18 and 2018/19.",
        "1 school of the programme is left out, for figures that the comparison needs are missing.",
    )
    assert said.design_lines(DESIGN, "trust", ["Elm"])[2].endswith("are missing: Elm.")
    drawn = said.design_lines(replace(DESIGN, by_draw=True, until=202324, left_out=(), weak="Only one."), "trust")
    assert drawn == (
        "The comparison is 4 schools that the draw did not take: nothing but chance parts them from those that it took.",
        "Earlier years looked at: 2017/18 and 2018/19.",
        "Comparison schools start later themselves, so nothing after 2023/24 is compared.",
        "Only one.",
    )
    assert said.design_lines(replace(DESIGN, sets=(), refused="No."), "trust") == ()


def test_sets_of_several_sizes_and_schools_unlike_any_are_said() -> None:
    one, two = DESIGN.sets
    several = replace(DESIGN, sets=(one, replace(two, comparison=(7, 8, 9))), unlike=(5,), left_out=())
    lines = said.design_lines(several, "trust", (), ["Elm"])
    assert lines[0].startswith("Two to three schools without support stand beside each of the 2: 5 schools of")
    assert lines[2] == (
        "1 school of the programme is left out, for there are too few schools like it to compare with, of the same phase and as "
        "selective: Elm."
    )


def test_the_number_of_the_smallest_effect_is_that_of_its_sentence() -> None:
    assert (said.smallest_number(7.01, MEASURE), said.smallest_number(1.3, MEASURE)) == ("8", "2")
    assert said.smallest_number(2.13, "ks4_attainment8") == "2.2"


def test_other_partnerships_say_what_they_have() -> None:
    assert said.elsewhere("Coast", 0, 1) == "Coast (one mission)"
    assert said.elsewhere("Coast", 2, 1) == "Coast (two programmes and one mission)"


def test_chance_is_a_number_of_times_in_a_hundred() -> None:
    assert said.chance(SEEN).endswith("give a difference as large as this one 1 time in a hundred.")
    assert "12 times in a hundred" in said.chance(replace(SEEN, p=0.118))
    assert "fewer than once in a hundred" in said.chance(replace(SEEN, p=0.0002))
    assert said.chance(replace(SEEN, p=None)) == ""


@pytest.mark.parametrize(
    ("value", "told"), [(3.14, "+3.1"), (-0.44, "\u22120.4"), (0.04, "0.0"), (-0.04, "0.0"), (1234.0, "+1,234.0")]
)
def test_differences_carry_their_sign(value: float, told: str) -> None:
    assert said.amount(value) == told


def test_tables_name_every_year_and_its_side() -> None:
    points = (EventPoint(-1, 202223, 0.5, -1.5, 2.5, 12, True), EventPoint(0, None, 6.0, 2.0, 10.0, 12, False))
    table = said.event_table(points)
    assert table.to_numpy().tolist() == [
        ["2022/23", "before", "+0.5", "\u22121.5", "+2.5", 12], ["year 1 with support", "with support", "+6.0", "+2.0", "+10.0", 12]
    ]  # fmt: skip
    assert said.event_words(points) == (
        "Before support, supported schools less comparison schools: 2022/23 +0.5. "
        "With support, supported schools less comparison schools: year 1 with support +6.0."
    )
    assert said.event_words(()) == "There is nothing to draw yet."
    waves = [WavePoint(202324, 202324, 1, 202425, 1.26, 6), WavePoint(202425, 202627, 0, None, -2.0, 7)]
    assert said.wave_table(waves).to_numpy().tolist() == [
        ["2023/24", "2024/25", "+1.3", 6],
        ["2024/25 to 2026/27", "year 1 with support", "\u22122.0", 7],
    ]
    assert said.made_up_table((-2.0, 0.0, 2.0), (1, 3)).to_numpy().tolist() == [
        ["\u22122.0", "0.0", 1],
        ["0.0", "+2.0", 3],
    ]


def test_schools_stand_by_wave_then_name_with_when_they_start() -> None:
    rows = [
        ("B", "supported", 1, None),
        ("C", "compared", 2, None),
        ("A", "later", 2, 202425),
        ("A2", "supported", None, None),
    ]
    assert said.school_table(rows, 202324).to_numpy().tolist() == [
        ["A2", "gets support", "2023/24"], ["B", "gets support", "2023/24"], ["A", "drawn to start later", "2024/25"],
        ["C", "drawn as comparison", "not started"],
    ]  # fmt: skip


def test_the_draw_says_its_number_and_whom_it_left() -> None:
    told = said.draw_words(2023, 0, 1)
    assert "drawn by lot with the number 2023, which is kept" in told
    assert told.endswith(" 1 school drawn as comparison.")


def test_made_up_programmes_in_words() -> None:
    assert said.made_up_words(Placebo((-1.0, 1.0), -4.2, 3.9, 0.1, 5.0, "")) == (
        "2 made-up programmes: 19 in 20 of their differences lie between \u22124.2 and +3.9."
    )
    assert said.made_up_words(Placebo((), None, None, None, None, "")) == "There is nothing to draw."


def test_standing_texts_have_no_word_that_must_not_be_there() -> None:
    texts = (
        said.SHOWS,
        said.DOES_NOT,
        said.NONE_YET,
        said.OTHERS_UNNAMED,
        said.NOT_YET_COMPARED,
        said.MOVED,
        said.WITH_A_DRAW,
    )
    assert off_words(" ".join((*texts, *said.PARTS.values()))) == []

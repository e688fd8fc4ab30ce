"""The first block of a school of each kind, and its published figures beside similar schools: words made from the data."""

from __future__ import annotations

import pytest

from analytics.facts.circumstances import KINDS_OF_PAGE
from analytics.similar.beside import Beside
from data.catalogue import MEASURES
from data.catalogue.vocabulary import FORBIDDEN_WORDS
from pages.components import kind_blocks
from tests.unit.test_finding_sentences import school


def lines(kind: str, **changes: object) -> str:
    phase = kind if kind in ("special", "nursery", "sixteen_plus", "all_through", "secondary") else "primary"
    return " ".join(kind_blocks.kind_lines(school(kind_of_page=kind, phase=phase, **changes), phase))


@pytest.mark.parametrize("kind", [kind for kind in KINDS_OF_PAGE if kind not in ("primary", "secondary")])
def test_every_kind_has_words_of_its_own_and_no_forbidden_ones(kind: str) -> None:
    said = lines(kind)
    assert said and "{" not in said
    assert not [word for word in FORBIDDEN_WORDS if word in said.casefold().split()]


def test_infants_are_told_what_is_not_due_and_what_one_pupil_is_worth() -> None:
    said = lines("infant", high_age=7, cohort=None, pupils=180.0)
    assert "Pupils leave at 7, before key stage 2: no results are due." in said
    assert "Which schools they move on to is not published" in said
    assert "Of 180 pupils on roll, one pupil = 0.6 points of any share." in said


def test_one_pupil_of_very_many_is_not_told() -> None:
    assert "of any share" not in lines("sixteen_plus", cohort=None, pupils=2200.0)


def test_juniors_carry_the_caveat_of_their_start() -> None:
    assert "its start was judged by the schools they came from" in lines("junior", low_age=7)


@pytest.mark.parametrize(
    ("stages", "phase", "words"),
    [
        ("primary|secondary", "secondary", "Each phase is looked at by itself: here the secondary one."),
        ("primary", "primary", "Its primary phase alone is compared: no recent results of another one are published."),
        ("", "all_through", "No phase is compared: no recent results at 11 or 16 are published."),
    ],
)
def test_an_all_through_school_is_told_which_of_its_phases_are_compared(stages: str, phase: str, words: str) -> None:
    said = kind_blocks.kind_lines(school(kind_of_page="all_through", phase="all_through", stages=stages), phase)
    assert said[0].startswith(words)


@pytest.mark.parametrize(("low", "taught"), [(8, "three years"), (9, "two years"), (10, "one year")])
def test_middle_schools_say_how_long_they_taught(low: int, taught: str) -> None:
    assert f"this school had taught them for {taught}." in lines("middle", low_age=low, high_age=13)


def test_plain_primaries_and_secondaries_have_no_block() -> None:
    assert lines("primary") == lines("secondary", selective_area_pct=9.9) == ""


def test_schools_in_selective_areas_carry_a_note_and_selective_ones_another() -> None:
    said = lines("secondary", selective_area_pct=23.4, la_name="Chilvershire", selective=False)
    assert said.startswith("In a selective area: 23% of the secondary pupils of Chilvershire are in selective schools")
    assert lines("secondary", selective_area_pct=23.4, selective=True) == kind_blocks.SELECTIVE
    assert lines("primary", selective_area_pct=23.4) == ""  # primaries choose nobody
    assert kind_blocks.SELECTIVE not in lines("independent", selective=True)
    assert (
        kind_blocks.selecting(0, 0) == "" and kind_blocks.selecting(0, 1) == "; one of theirs chooses pupils by a test"
    )
    assert kind_blocks.selecting(5, 2) == "; five of our schools and two of theirs choose pupils by a test"


def test_a_sixth_form_says_why_its_points_carry_no_flag() -> None:
    said = kind_blocks.kind_lines(school(kind_of_page="secondary", phase="secondary"), "sixteen_plus")
    assert said[0].startswith("The sixth form, by itself. Points at A level") and "choose their students" in said[0]


def test_measures_beside_are_those_of_the_phase_that_no_score_rests_on() -> None:
    secondary = school(kind_of_page="secondary", phase="secondary", stages="secondary|sixteen_plus")
    found = kind_blocks.beside_measures(secondary, "secondary", {"absence_overall_pct", "absence_persistent_pct"})
    assert "ks4_triple_science_entry_pct" in found and "absence_severe_pct" in found
    assert "absence_overall_pct" not in found and not [key for key in found if key.startswith("ks5_")]
    sixth = kind_blocks.beside_measures(secondary, "sixteen_plus", ())
    assert {"ks5_alevel_points_per_entry", "ks5_alevel_value_added"} <= set(sixth)
    assert {MEASURES[key].area for key in sixth} == {"sixth_form"}  # the rest stands on the school's other page
    special = kind_blocks.beside_measures(school(kind_of_page="special", phase="special", stages=""), "special", ())
    assert not [key for key in special if key.startswith(("ks2_", "ks4_"))] and "absence_overall_pct" in special
    assert all(MEASURES[key].role != "kept" for key in (*found, *sixth, *special))


def test_the_table_puts_marks_in_words_and_says_why_nothing_is_flagged() -> None:
    rows = (
        Beside("ks4_triple_science_entry_pct", 202425, 31.0, "ok", 12.0, 28.0, 40),
        Beside("ks4_language_entry_pct", 202425, None, "suppressed", 30.0, 55.0, 40),
        Beside("workforce_pupil_teacher_ratio", 202425, 17.0, "ok", None, None, 2),
    )
    assert kind_blocks.beside_table(rows).to_numpy().tolist() == [
        ["Breadth of curriculum", "Entered for three separate sciences", "31%", "12% to 28%", "higher than most", "2024/25"],
        ["Breadth of curriculum", "Entered for a language", "withheld by the publisher (too few pupils)", "30% to 55%", "", "2024/25"],
        ["Workforce", "Pupils per teacher", "17.0", "too few to say", "", "2024/25"],
    ]  # fmt: skip
    first, second = kind_blocks.beside_notes(rows)
    assert "neither good nor bad" in first and "arts" in first and second.startswith("Staff say")

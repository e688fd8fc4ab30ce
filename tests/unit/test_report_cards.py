"""Report cards: in the inspectorate's own words, the latest speaks, and never taken for a grade."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from analytics import results
from analytics.results.judgements import Inspection, InspectionStanding
from pages.components import inspection_words, need_blocks
from tests.unit.test_finding_sentences import NEED, VISIT

CARD = Inspection(
    1, "report_card", "E3", date(2026, 1, 13), 0.4, 1, False, None, None, None, None, None, None, None, "Met", None, None,
    inclusion="Strong standard", curriculum_and_teaching="Expected standard", achievement="Needs attention",
    attendance_and_behaviour="Expected standard", personal_development_and_wellbeing="Exceptional",
    leadership_and_governance="Expected standard", early_years_card="Strong standard",
    judged_on=json.dumps({"achievement": "2026-02-03"}),
)  # fmt: skip


def test_the_areas_stand_in_the_publishers_order_and_words() -> None:
    assert inspection_words.inspection_line(CARD) == (
        "Report card, 13 January 2026, under this school's number, under a year old."
    )
    assert inspection_words.parts(CARD) == (
        "Inclusion: Strong standard", "Curriculum and teaching: Expected standard",
        "Achievement: Needs attention (judged 3 February 2026)", "Attendance and behaviour: Expected standard",
        "Personal development and wellbeing: Exceptional", "Early years: Strong standard",
        "Leadership and governance: Expected standard", "Safeguarding standards: Met",
    )  # fmt: skip
    assert inspection_words.parts(replace(CARD, safeguarding="Not met", category_of_concern="RSI"))[-2:] == (
        "Category of concern: requires significant improvement", "Safeguarding standards: Not met",
    )  # fmt: skip
    assert [len(rows) for _, _, rows in inspection_words.by_era([VISIT, CARD])] == [1, 0, 1]


def test_a_need_from_inspection_rests_on_the_latest_judgement_whatever_its_era() -> None:
    leading = replace(NEED, area="leadership", basis="inspection", p=None)
    assert need_blocks.Evidence([], [], [VISIT, replace(CARD, leadership_and_governance="Needs attention")]).sentence(
        leading
    ) == (
        "Leadership: Needs attention for leadership and governance, 13 January 2026, under this school's number, "
        "under a year old."
    )
    assert need_blocks.Evidence([], [], [VISIT]).sentence(leading) == (
        "Leadership: Requires improvement for leadership and management, 14 March 2019, under this school's number, "
        "7 years old."
    )
    both = replace(
        CARD, attendance_and_behaviour="Needs attention", personal_development_and_wellbeing="Urgent improvement"
    )
    assert inspection_words.practice_line(both, "behaviour").startswith(
        "Needs attention for attendance and behaviour and Urgent improvement for personal development and wellbeing, 13 "
    )
    assert inspection_words.practice_line(both, "send").startswith("Strong standard for inclusion, 13 January 2026")
    ungraded = replace(VISIT, event="ungraded", start_date=date(2026, 3, 3))
    blank = Inspection(1, "report_card", "E3", date(2026, 5, 1), 0.1, *(None,) * 12)
    assert inspection_words.speaking([VISIT, CARD, ungraded, blank]) == CARD  # neither a visit nor an empty card speaks
    assert inspection_words.speaking([ungraded]) is None


def standing(**change: object) -> InspectionStanding:
    row = InspectionStanding(1, "primary", "graded", "E1", date(2019, 3, 14), "support_indicated", "era_rule", 42, 30)
    return replace(row, **change)  # type: ignore[arg-type]


def test_beside_a_judgement_stands_how_common_it_is() -> None:
    assert inspection_words.standing_lines(standing(), VISIT) == (
        "Alongside's support signal, not an Ofsted grade: support indicated, a judgement asks for support (judgements under the framework of the time).",
        "30 of 42 similar schools with a grade under the same framework have this grade or a better one.",
    )
    card = standing(era="E3", tier="met", reasons="", similar_judged=1, similar_as_good=1)
    assert inspection_words.standing_lines(card, CARD) == (
        "Alongside's support signal, not an Ofsted grade: met, no judgement asks for support.",
        "Only 1 similar school has a report card: too few to say how common this is.",
    )
    none = inspection_words.standing_lines(standing(similar_judged=0, similar_as_good=0), VISIT)[1]
    assert none == "No similar school has a grade under the same framework, so there is nothing to put beside it."
    assert inspection_words.standing_lines(None, None) == ()
    strong = standing(tier="strength_to_share", reasons="")
    assert "strength to share, recent, and clearly above" in inspection_words.standing_lines(strong, CARD)[0]
    old = inspection_words.standing_lines(strong, VISIT)[0]  # seven years old today, not so when the files were made
    assert old.endswith("strength to share, as the files stood, clearly above what is expected.")


@pytest.mark.parametrize(
    ("better", "share"), [(0, "Few"), (3, "Few"), (4, "Some"), (8, "Some"), (9, "Most"), (12, "Most")]
)
def test_a_card_is_never_given_a_place_among_others(better: int, share: str) -> None:
    card = standing(era="E3", tier="met", reasons="", similar_judged=12, similar_as_good=better)
    assert inspection_words.standing_lines(card, CARD)[1] == (
        f"{share} of 12 similar schools with a report card have judgements like these or better."
    )


@pytest.mark.parametrize(
    ("start", "word"), [(date(2012, 8, 31), "Satisfactory"), (date(2012, 9, 1), "Requires improvement")]
)
def test_grade_three_had_another_word_before_september_2012(start: date, word: str) -> None:
    row = replace(VISIT, start_date=start, overall=3.0, leadership_and_management=3.0)
    assert inspection_words.headline(row) == word
    assert f"Leadership and management: {word}" in inspection_words.parts(row)


def test_figures_made_before_report_cards_can_still_be_read() -> None:
    table = results.frame([VISIT], Inspection).drop(columns=["inclusion", "judged_on"])
    (row,) = results.rows(Inspection, table)
    assert row == VISIT
    assert results.rows(Inspection, results.frame([CARD], Inspection)) == (CARD,)
    with pytest.raises(KeyError, match="overall"):
        results.rows(Inspection, table.drop(columns="overall"))

"""Report cards: in the inspectorate's own words, in no score, and never taken for a grade."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics import results
from analytics.results.judgements import Inspection
from analytics.scores import inspection
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


def test_a_need_from_inspection_rests_on_the_grade_not_on_the_card() -> None:
    """The card is newer; the need says what the last graded inspection said."""
    leading = replace(NEED, area="leadership", basis="inspection", p=None)
    assert need_blocks.Evidence([], [], [VISIT, CARD]).sentence(leading) == (
        "Leadership: Requires improvement for leadership and management, 14 March 2019, under this school's number, "
        "7 years old."
    )
    assert need_blocks.Evidence([], [], [CARD]).sentence(leading) == (
        "Leadership: no graded inspection is in the files."
    )


def test_a_card_is_no_graded_inspection() -> None:
    rows = [
        {"urn": 1, "event": "report_card", "start_date": pd.Timestamp("2026-01-13"), "category_of_concern": "RSI"},
        {"urn": 1, "event": "graded", "start_date": pd.Timestamp("2019-03-14"), "overall": 2},
        {"urn": 2, "event": "report_card", "start_date": pd.Timestamp("2026-01-13"), "category_of_concern": "SM"},
    ]
    grades = {name: pd.Series(pd.NA, index=range(3), dtype="Int64") for name in inspection.AREAS}
    table = pd.DataFrame(rows).astype({"overall": "Int64"}).assign(**grades)
    latest = inspection.latest_graded(table)
    assert latest[["urn", "event", "overall"]].values.tolist() == [[1, "graded", 2]]
    assert latest["category_of_concern"].isna().all()


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

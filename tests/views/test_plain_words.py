"""What forms and fields say: no marks of markup in lists of choices, sentences that begin as sentences, advice that helps."""

from __future__ import annotations

from datetime import date

import pytest

from data.access.scope import everything
from data.register import boards, rows
from tests.views import drive, region
from tests.views.signed_in import Person, opened


def test_a_question_stands_in_the_list_as_it_was_asked(person: Person) -> None:
    said = {"question": "Why *this* [year] <now>?", "asked_on": date(2026, 7, 10)}
    rows.add(everything(), opened(), boards.QUESTION, said, uid=region.TRUST, now=person.now)
    at = person.opens("board_questions")
    assert at.selectbox(key="answer_which").options == ["Why *this* [year] <now>?"]


def test_a_question_that_is_missing_is_said_in_a_sentence(person: Person) -> None:
    at = person.opens("board_questions")
    next(one for one in at.button if one.label == "Keep this question").click().run()
    assert "This question of a board cannot be kept as it is. Question: it is needed." in drive.text(at)


@pytest.mark.parametrize(("typed", "advice"), [("q", "Type more letters"), ("qqqqqqqq", "Try fewer letters")])
def test_who_typed_little_is_told_to_type_more(typed: str, advice: str, person: Person) -> None:
    at = person.opens("my_school", school="900001")
    field = next(one for one in at.text_input if one.label == "Find another school")
    assert advice in drive.text(field.set_value(typed).run())


def test_with_nobody_chosen_compare_trusts_asks_whom(person: Person) -> None:
    at = person.opens("overview_trusts")
    at.multiselect(key="pick_beside").set_value([]).run()
    assert "choose whom to set beside our schools" in drive.text(at)

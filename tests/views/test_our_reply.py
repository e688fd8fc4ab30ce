"""A school answers what is said of it: states and words beside needs, replies beside numbers, questions, notes, visitors."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import rows
from data.store.schema_private import audit
from tests.views import drive, region
from tests.views.signed_in import Person, opened

HEAD = {"school": "900004"}
AGREE, DIFFER = "agree-mathematics-contextual-primary", "differ-mathematics-contextual-primary"
WORDS = "words-mathematics-contextual-primary"


def button(at: AppTest, key: str) -> None:
    next(one for one in at.button if one.key == key).click().run()
    assert not at.exception, at.exception


def open_to_all(person: Person) -> None:
    person.is_("director", uid=region.TRUST)
    button(person.opens("support").checkbox(key="schools_told").check().run(), "show_to_schools")
    person.later(10)


def page(person: Person) -> AppTest:
    person.is_("headteacher", urn=900004)
    return person.opens("our_reply", **HEAD)


def test_a_need_that_the_school_agrees_to_says_so_everywhere(person: Person) -> None:
    open_to_all(person)
    at = page(person)
    assert "Oxleigh Road: one need is said of it, not yet answered" in drive.text(at)
    button(at, AGREE)
    shown = drive.text(at)
    assert "Kept: you agree." in shown and "Oxleigh Road: one need is said of it, answered" in shown
    assert "You agreed on 1 December 2026." in shown
    assert "You agreed on 1 December 2026." in person.sees("my_school", **HEAD)
    person.is_("director", uid=region.TRUST)
    support = person.sees("support")
    assert "May need support; agreed by the school on 1 December 2026." in support
    assert "Agreed by the school on 1 December 2026" in support  # in the table and its download
    assert "agreed with Oxleigh Road Primary School" in person.sees("board")


def test_a_school_that_sees_it_differently_has_its_words_beside_it(person: Person) -> None:
    open_to_all(person)
    at = page(person)
    at.text_area(key=WORDS).set_value("Half the class joined in May.")
    button(at, DIFFER)
    assert "You see it differently." in drive.text(at)
    person.is_("director", uid=region.TRUST)
    support = person.sees("support")
    assert "May need support; the school sees it differently." in support
    assert "The school says: Half the class joined in May." in support
    assert any(b"The school says" in one and b"Half the class joined in May." in one for one in person.files)
    assert "Oxleigh" not in person.sees("board")


def test_a_second_answer_is_a_version_of_the_first(person: Person) -> None:
    at = page(person)
    button(at, DIFFER)
    button(at, AGREE)
    (one,) = rows.entries(everything(), opened(), "need_state")
    assert (one.version, one.values["state"], one.urn, one.uid) == (2, "agreed", 900004, None)
    assert [version.values["state"] for version in rows.history(everything(), opened(), one.entry_id)] == [
        "differs",
        "agreed",
    ]


def test_a_reply_stands_beside_its_number_until_it_is_taken_back(person: Person) -> None:
    at = page(person)
    at.selectbox(key="reply_about").select("mathematics")
    at.selectbox(key="reply_year").select(202425)
    at.text_area(key="reply_words").set_value("A new scheme began in <b>June</b>.")
    button(at, "reply_send")
    said = "Mathematics, 2024/25. The school says: A new scheme began in <b>June</b>."
    assert said in drive.text(at)
    assert "<b>June" not in drive.html(at)
    assert said in drive.text(person.opens("my_school", **HEAD))
    person.is_("governor", uid=region.TRUST)
    assert said in drive.text(person.opens("my_school", **HEAD))
    person.is_("director", uid=region.SECOND)
    assert "A new scheme" not in person.sees("my_school", **HEAD)
    at = page(person)
    (one,) = rows.entries(everything(), opened(), "reply")
    button(at, f"take-back-{one.entry_id}")
    assert "A new scheme" not in drive.text(at)


def test_an_empty_reply_is_refused_in_words(person: Person) -> None:
    at = page(person)
    button(at, "reply_send")
    assert "this reply cannot be kept as it is" in drive.text(at)
    assert rows.entries(everything(), opened(), "reply") == ()


@pytest.mark.parametrize(
    ("key", "answer", "said"), [("yes", "yes", "You said yes."), ("no", "declined", "You said: not now.")]
)
def test_a_question_is_answered_without_a_reason(person: Person, key: str, answer: str, said: str) -> None:
    director = person.is_("director", uid=region.TRUST)
    values = {"area": "reading", "days": 2, "words": "Two mornings?"}
    ask = rows.add(director, opened(), "ask", values, uid=region.TRUST, urn=900004, other_urn=900005, now=person.now)
    at = page(person)
    shown = drive.text(at)
    assert (
        "Could you help Great Quennet Primary School with reading, about 2 days? Asked by Dora Hale on 21 November 2026."
        in shown
    )
    button(at, f"{key}-{ask.entry_id}")
    assert said in drive.text(at)
    assert rows.entry(everything(), opened(), ask.entry_id).values["answer"] == answer
    person.is_("headteacher", urn=900003)
    assert "Two mornings?" not in person.sees("our_reply", school="900004")


def test_a_head_reads_notes_about_the_school(person: Person) -> None:
    director = person.is_("director", uid=region.TRUST)
    rows.add(director, opened(), "note", {"words": "Visited."}, uid=region.TRUST, urn=900004, now=person.now)
    shown = drive.text(page(person))
    assert "21 November 2026, Dora Hale. Visited." in shown


def visits() -> list[tuple[str, int]]:
    with opened().connect() as connection:
        found = connection.execute(select(audit).where(audit.c.action == "opened_school")).all()
    return [(row.subject, row.urn) for row in found]


def test_who_opened_its_private_pages_is_there_for_the_head_to_read(person: Person) -> None:
    person.sees("my_school", **HEAD)
    assert visits() == []  # an outsider's view is no private page
    open_to_all(person)
    at = person.opens("my_school", **HEAD)
    at.run()
    person.sees("why", **HEAD)
    assert visits() == [("my_school", 900004), ("why", 900004)]
    shown = drive.text(page(person))
    assert "Dora Hale Director My school" in shown and "Dora Hale Director Why does it say this?" in shown
    assert visits() == [("my_school", 900004), ("why", 900004)]  # a head's own visits are nobody's business
    person.later(1)
    person.is_("director", uid=region.TRUST)
    at.run()
    assert visits()[-1] == ("my_school", 900004) and len(visits()) == 3
    assert "Who opened our private pages" not in person.sees("our_reply", **HEAD)


def test_others_read_the_reply_page_but_answer_nothing(person: Person) -> None:
    open_to_all(person)
    at = person.opens("our_reply", **HEAD)
    assert {one.key for one in at.button if one.key} == set()
    assert "May need support; shown on 21 November 2026." in drive.text(at)
    person.is_("headteacher", urn=900003)
    shown = person.sees("our_reply", **HEAD)
    assert "shown to its own partnership only" in shown
    assert "Mathematics: 53%" not in shown


def test_whoever_is_at_this_computer_answers_for_any_school(person: Person) -> None:
    person.is_here()
    at = person.opens("our_reply", **HEAD)
    button(at, AGREE)
    assert "You agreed on 21 November 2026." in drive.text(at)
    (one,) = rows.entries(everything(), opened(), "showing")
    assert (one.urn, one.uid, one.values["how"]) == (900004, None, "told")  # so a board may be told of it from now on
    assert "agreed with Oxleigh Road Primary School" in person.sees("board")
    person.is_("governor", uid=region.TRUST)
    assert "agreed with Oxleigh Road Primary School" in person.sees("board")

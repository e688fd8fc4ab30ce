"""A school answers what is said of it: states and words beside needs, replies beside numbers, questions, notes, visitors."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import rows
from data.store.schema_private import audit
from pages.shell import menu, session
from pages.shell.registry import BY_KEY
from tests.views import drive, region
from tests.views.signed_in import Person, opened

HEAD = {"school": "900004"}
FORM = "900004-mathematics-contextual-primary"
AGREE, DIFFER, WORDS = f"agree-{FORM}", f"differ-{FORM}", f"words-{FORM}"


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
    assert "One question about your school: not answered yet" in drive.text(at)
    button(at, AGREE)
    shown = drive.text(at)
    assert "Kept: you agree." in shown and "One question about your school: answered" in shown
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
    at.text_area(key=WORDS).set_value("Half the class joined in May.")
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


@pytest.mark.parametrize(
    ("about", "heading"), [("finance", "Money"), ("behaviour", "Inspection, each in its own words")]
)
def test_a_reply_about_money_or_inspection_stands_there(about: str, heading: str, person: Person) -> None:
    rows.add(everything(), opened(), "reply", {"about": about, "words": "Much is new."}, urn=900002, now=person.now)
    person.is_("headteacher", urn=900002)
    shown = drive.text(person.opens("my_school", school="900002"))
    assert shown.count("The school says: Much is new.") == 1
    assert shown.index(heading) < shown.index("Much is new.") < shown.index("People, and what else is published")
    person.is_("director", uid=region.SECOND)
    assert "Much is new." not in person.sees("my_school", school="900002")


def test_before_the_click_it_says_what_agreeing_means(person: Person) -> None:
    shown = drive.text(page(person))
    assert "If you agree, directors, advisers and governors of every partnership that your school is in (" in shown
    assert "Chilver Vale Learning Trust" in shown.split("that your school is in (")[1].split(")")[0]
    person.is_("director", uid=region.TRUST)
    assert "If you agree" not in person.sees("our_reply", **HEAD)


def test_seeing_it_differently_needs_words(person: Person) -> None:
    at = page(person)
    button(at, DIFFER)
    assert "The school's words: say in a few words how you see it. Change it and save again." in drive.text(at)
    assert rows.entries(everything(), opened(), "need_state") == ()


def both_windows(person: Person, first: str, second: str, *, before: bool) -> AppTest:
    """Two windows of one school; both are open when the first answers. `before`: an answer stands there already."""
    if before:
        rows.add(everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=person.now)  # fmt: skip
    one, two = page(person), page(person)
    one.text_area(key=WORDS).set_value("Half the class joined in May.")
    two.text_area(key=WORDS).set_value("Yes, please.")
    button(one, first)
    button(two, second)
    return two


@pytest.mark.parametrize("before", [False, True])
def test_of_two_windows_the_second_is_told_and_sees_both(person: Person, before: bool) -> None:
    at = both_windows(person, DIFFER, AGREE, before=before)
    shown = drive.text(at)
    assert "Nothing of yours was saved. Here are both versions." in shown and "Theirs was saved by " in shown
    assert "Half the class joined in May." in shown and "Yes, please." in shown
    (kept,) = rows.entries(everything(), opened(), "need_state")
    assert (kept.values["state"], kept.values["words"]) == ("differs", "Half the class joined in May.")
    button(at, "register_theirs")
    assert "Theirs was kept." in drive.text(at)
    assert at.text_area(key=WORDS).value == "Half the class joined in May."
    assert rows.entries(everything(), opened(), "need_state") == (kept,)


@pytest.mark.parametrize("before", [False, True])
def test_the_second_window_saves_over_the_first_knowing_it(person: Person, before: bool) -> None:
    at = both_windows(person, DIFFER, AGREE, before=before)
    button(at, "register_mine")
    assert "Kept: you agree." in drive.text(at)
    (kept,) = rows.entries(everything(), opened(), "need_state")
    assert (kept.values["state"], kept.values["words"], kept.version) == ("agreed", "Yes, please.", 3 if before else 2)
    button(at, AGREE)  # the form stands at what is there now
    assert "Kept: you agree." in drive.text(at)


def test_a_window_that_looked_away_still_answers_what_was_on_its_page(person: Person) -> None:
    one, two = page(person), page(person)
    one.text_area(key=WORDS).set_value("Half the class joined in May.")
    button(one, DIFFER)
    two.run()  # drawn anew, for another reason
    assert "Somebody in your school answered this since you opened the page." in drive.text(two)
    button(two, AGREE)
    assert "Here are both versions." in drive.text(two)


def test_an_answer_withdrawn_meanwhile_can_be_said_anew(person: Person) -> None:
    made = rows.add(everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=person.now)  # fmt: skip
    at = page(person)
    rows.withdraw(everything(), opened(), made.entry_id, version=1, now=person.now)
    button(at, AGREE)
    assert "Here are both versions." in drive.text(at)
    button(at, "register_mine")
    (kept,) = rows.entries(everything(), opened(), "need_state")
    assert kept.entry_id != made.entry_id and kept.values["state"] == "agreed"


def test_a_question_that_another_window_answered_is_not_answered_over(person: Person) -> None:
    director = person.is_("director", uid=region.TRUST)
    values = {"area": "reading", "days": 2, "words": "Two mornings?"}
    ask = rows.add(director, opened(), "ask", values, uid=region.TRUST, urn=900004, other_urn=900005, now=person.now)
    one, two = page(person), page(person)
    button(one, f"no-{ask.entry_id}")
    button(two, f"yes-{ask.entry_id}")
    assert (
        "Somebody answered this question since you opened the page, so yours was not saved. You chose: yes, we could."
        in drive.text(two)
    )
    assert "You said: not now." in drive.text(two)
    assert rows.entry(everything(), opened(), ask.entry_id).values["answer"] == "declined"


def test_a_reply_that_changed_is_not_taken_back(person: Person) -> None:
    made = rows.add(everything(), opened(), "reply", {"about": "mathematics", "words": "One."}, urn=900004, now=person.now)  # fmt: skip
    at = page(person)
    rows.change(everything(), opened(), made.entry_id, {"words": "Two."}, version=1, now=person.now)
    button(at, f"take-back-{made.entry_id}")
    assert "It was left as it is." in drive.text(at) and "The school says: Two." in drive.text(at)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ten pu\u200bpils.", "it has a hidden character (zero width space, U+200B) as character 7 of 12: type that place again"),
        ("Ten\x07 pupils.", "it has a control character (U+0007) as character 4 of 12: type that place again"),
        ("x" * 2_001, "it is 2,001 characters long; 2,000 are the most"),
        ("", "The school's words: it is needed"),
    ],
)  # fmt: skip
def test_a_refused_reply_says_why_and_keeps_the_words(person: Person, text: str, said: str) -> None:
    at = page(person)
    at.text_area(key="reply_words").set_value(text)
    assert not at.text_area(key="reply_words").max_chars  # a box with a most drops a long paste without a word
    button(at, "reply_send")
    assert said in drive.text(at)
    assert at.text_area(key="reply_words").value == text
    at.text_area(key="reply_words").set_value("Ten pupils.\n\nNine of them new.")
    button(at, "reply_send")
    assert "Your reply is kept." in drive.text(at)
    assert at.text_area(key="reply_words").value == ""
    assert "Ten pupils.\n\nNine of them new." in drive.html(at)  # drawn with its lines: `white-space` of the style
    assert len(rows.entries(everything(), opened(), "reply")) == 1


def test_an_empty_reply_is_refused_in_words(person: Person) -> None:
    at = page(person)
    button(at, "reply_send")
    assert "This reply cannot be kept as it is" in drive.text(at)
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


def test_reading_a_need_by_name_elsewhere_stands_there_too(person: Person) -> None:
    open_to_all(person)
    assert visits() == []  # masked: nothing of a school was read by name
    person.sees("support", hide="1")
    assert visits() == []
    at = person.opens("support")
    at.run()
    assert ("support", 900004) in visits() and ("support", 900003) in visits()
    assert len(visits()) == len(set(visits()))
    rows.add(everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=person.now)  # fmt: skip
    person.is_("governor", uid=region.TRUST)
    person.sees("board")
    assert [one for one in visits() if one[0] == "board"] == [("board", 900004)]
    shown = drive.text(page(person))
    assert "Dora Hale Director Where support could go" in shown
    assert "Gita Rowe Governor or trustee Board page" in shown


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
    assert "What you enter here is kept as the school's own word" in drive.text(at)
    button(at, AGREE)
    assert "You agreed on 21 November 2026." in drive.text(at)
    (one,) = rows.entries(everything(), opened(), "showing")
    assert (one.urn, one.uid, one.values["how"]) == (900004, None, "told")  # so a board may be told of it from now on
    assert "agreed with Oxleigh Road Primary School" in person.sees("board")
    person.is_("governor", uid=region.TRUST)
    assert "agreed with Oxleigh Road Primary School" in person.sees("board")
    assert "is kept as the school's own word" not in drive.text(page(person))


@pytest.mark.parametrize("nature", ["own", "sample"])
@pytest.mark.parametrize("key", ["my_school", "similar_schools", "our_reply", "why"])
def test_a_link_without_a_school_opens_the_head_s_own(
    person: Person, monkeypatch: pytest.MonkeyPatch, key: str, nature: str
) -> None:
    monkeypatch.setattr(session, "stored_nature", lambda _: nature)
    person.is_("headteacher", urn=900004)
    assert person.opens(key).query_params["school"] in ("900004", ["900004"])
    assert person.opens(key, school="900003").query_params["school"] in ("900003", ["900003"])


def test_the_page_is_reached_from_my_school_and_stands_in_no_menu(person: Person) -> None:
    """A head's menu has four pages (LOOK.md); the reply is a view inside My school."""
    head = person.is_("headteacher", urn=900004)
    assert not menu.listed(BY_KEY["our_reply"], head) and menu.listed(BY_KEY["agreed"], head)
    shown = drive.text(person.opens("my_school", **HEAD))
    assert "What is said of us, and our reply" in shown
    assert "Asked of us, offered by us, what we get, give and buy" in shown

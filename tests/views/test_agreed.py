"""Agreed support in pages: where agreements stand, the two answers in order, the log, pause and end, two windows, by role."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import agreements, rows
from data.store.engine import engine, place
from pages.shell.door import identity
from tests.views import drive, region
from tests.views import support_register as made
from tests.views.signed_in import Person, opened
from tests.views.support_register import GIVER, NOW, OTHER, RECEIVER

TITLE = "Lower Quennet supports Tolverton with mathematics"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "now", lambda: NOW)


@pytest.fixture
def store(filled_home: Path) -> Engine:
    return engine(place("sample"))


def page(key: str, **params: str) -> AppTest:
    at = drive.view(key, **params)
    assert not at.exception, at.exception
    return at


def one_page(number: int, **params: str) -> AppTest:
    return page("agreed_one", agreement=str(number), **params)


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def test_an_empty_register_says_so(filled_home: Path) -> None:
    shown = drive.text(page("agreed"))
    assert "No support has been agreed yet" in shown
    assert "Proposals become agreements on Plan with our days." in shown
    assert "No support has been agreed yet" in drive.text(page("agreed_one"))
    assert "No services have been entered yet" in drive.text(page("services"))


def test_agreements_stand_under_what_they_ask_for(store: Engine) -> None:
    running = made.agreed(store)
    made.logged(store, running, date(2026, 11, 3), 1.5)
    made.proposed(store, OTHER)
    paused = made.agreed(store, OTHER, area="reading")
    agreements.pause(everything(), store, paused, reason="The head has left", now=NOW)
    made.agreed(store, OTHER, area="writing", starts="2026-01-05", ends="2026-07-20")
    over = made.agreed(store, 900008, area="reading")
    agreements.end(everything(), store, over, on=date(2026, 11, 20), outcome="A plan for phonics", now=NOW)
    declined = made.proposed(store, 900008, area="writing")
    agreements.answer(everything(), store, declined, side="giver", says="declined", now=NOW)
    shown = drive.text(page("agreed"))
    assert "One agreement is under way, one waits for an answer, one is paused and one is past its last day" in shown
    heads = [line.strip() for line in shown.splitlines()]
    order = [heads.index(one) for one in ("Something is asked", "Under way or about to begin", "Earlier")]
    assert order == sorted(order)
    assert "Mathematics: coaching, 1 October 2026 to 31 March 2027. Under way, 1.5 of 4 days used." in shown
    assert "Next: Nettlecombe Cross Primary School says yes or not this time; it is asked first." in shown
    assert "Paused, 0 of 4 days used. The head has left. Next: go on with it, or end it." in shown
    assert "It was to end on 20 July 2026" not in shown  # said by its heading and its next step
    assert "Next: say what came of it, or agree a later last day." in shown
    assert "ended on 20 November 2026, 0 of 2 days used. A plan for phonics" in shown
    assert "not this time. Nobody is asked why." in shown
    assert drive.off_words(shown) == []
    hidden = drive.text(page("agreed", hide="1"))
    assert "The head has left" not in hidden and "A plan for phonics" not in hidden
    assert "School A" in hidden and "Lower Quennet" not in hidden


def test_an_agreement_stands_in_the_same_words_on_every_page(store: Engine) -> None:
    one = made.proposed(store)
    for who, words in (
        ("giver", "the supporting school is asked"),
        ("receiver", "the school that would be supported is asked"),
        ("", "under way"),
    ):
        for key in ("agreed", "agreed_one", "agreed_map", "my_support", "support"):
            assert words in drive.text(page(key, school=str(GIVER))).lower(), (key, words)
        one = one if not who else agreements.answer(everything(), store, one, side=who, says="yes", now=NOW)  # type: ignore[arg-type]


def test_one_agreement_says_what_was_agreed_why_and_what_was_used(store: Engine) -> None:
    offer = made.offered(store)
    one = made.agreed(store, offer=offer.entry_id, figures=region.PUBLICATION)
    made.logged(store, one, date(2026, 11, 3), 1.5, "Watched <b>a lesson</b>")
    at = one_page(one.entry_id)
    shown = drive.text(at)
    assert f"{TITLE}: under way, 1.5 of 4 days used" in shown
    for said in (
        "Objectives: More pupils reach the standard", "Milestones: not said yet", "Why: Near, and strong for its intake",
        "Decided by: Trust board", "Offer: 4 days a term for mathematics, offered", "It rested on the figures of 21 November 2026.",
        "1.5 days used. Watched <b>a lesson</b> Entered by the person at this computer.", "Autumn 2026/27 2 1.5 Spring 2026/27 2 0",
        "Nothing has been published yet of Tolverton Junior School for the years since it began.",
        "These cannot show that the support did it", "Lower Quennet Primary School, mathematics, as published",
    ):  # fmt: skip
        assert said in shown, said
    assert "<b>a lesson" not in drive.html(at)
    assert "35% and 70%" in shown  # 15 of 28 pupils, 2023/24
    assert drive.off_words(shown) == []
    hidden = drive.text(one_page(one.entry_id, hide="1"))
    assert "More pupils reach" not in hidden and "Watched" not in hidden and "Trust board" not in hidden


def test_the_giving_school_answers_first_then_the_other(person: Person) -> None:
    one = made.proposed(opened())
    person.is_("headteacher", urn=RECEIVER)
    at = person.opens("agreed_one", agreement=str(one.entry_id))
    assert "Only its head answers" in drive.text(at) and not _buttons(at, "yes")
    person.is_("headteacher", urn=GIVER)
    at = person.opens("agreed_one", agreement=str(one.entry_id))
    click(at, f"agreed_giver_yes_{one.entry_id}")
    assert "The school that would be supported is asked next." in drive.text(at)
    assert not _buttons(at, "yes")
    person.is_("headteacher", urn=RECEIVER)
    assert "Next for you: say yes or not this time." in drive.text(person.opens("agreed"))
    at = person.opens("agreed_one", agreement=str(one.entry_id))
    click(at, f"agreed_receiver_yes_{one.entry_id}")
    assert "Kept: both schools said yes. It is agreed." in drive.text(at)
    assert f"{TITLE}: under way" in drive.text(at)


def _buttons(at: AppTest, what: str) -> list[str]:
    return [one.key for one in at.button if f"_{what}_" in str(one.key)]


def test_who_reads_which_agreement(person: Person) -> None:
    one = made.agreed(opened(), GIVER, 900008)
    person.is_("headteacher", urn=RECEIVER)  # of neither school
    assert "No support has been agreed yet" in drive.text(person.opens("agreed"))
    at = person.opens("agreed_one", agreement=str(one.entry_id))
    assert "The link asks for an agreement" not in drive.text(at)  # nothing here at all
    assert "Cattering" not in "".join(line for line in drive.text(at).splitlines() if "supports" in line)
    person.is_("headteacher", urn=GIVER)
    assert "One agreement is under way" in drive.text(person.opens("agreed"))
    person.is_("director", uid=region.SECOND)
    assert "No support has been agreed yet" in drive.text(person.opens("agreed", partnership=region.SECOND))
    person.is_("governor", uid=region.TRUST)
    assert "Lower Quennet" not in drive.text(person.opens("agreed"))
    person.is_("director", uid=region.TRUST)
    at = person.opens("agreed_one", agreement="99999")
    assert "The link asks for an agreement that is not here, or not yours to read." in drive.text(at)


def test_a_day_is_logged_and_a_day_outside_is_refused_in_words(store: Engine) -> None:
    one = made.agreed(store)
    at = one_page(one.entry_id)
    at.number_input(key=f"agreed-log-days-{one.entry_id}").set_value(0.5)
    at.text_area(key=f"agreed-log-words-{one.entry_id}").set_value("Planned together")
    click(at, f"agreed_log_send_{one.entry_id}")
    shown = drive.text(at)
    assert "Kept: the line stands in the log." in shown and "0.5 days used. Planned together" in shown
    assert at.text_area(key=f"agreed-log-words-{one.entry_id}").value == ""
    at.date_input(key=f"agreed-log-day-{one.entry_id}").set_value(date(2026, 9, 1))
    at.number_input(key=f"agreed-log-days-{one.entry_id}").set_value(1)
    click(at, f"agreed_log_send_{one.entry_id}")
    assert "it lies outside the time of the agreement" in drive.text(at)
    assert at.number_input(key=f"agreed-log-days-{one.entry_id}").value == 1
    assert len(rows.entries(everything(), store, "log")) == 1


@pytest.mark.parametrize("key", ["agreed_one", "registers"])
def test_what_was_agreed_is_paused_or_ended_and_not_withdrawn(store: Engine, key: str) -> None:
    def buttons(number: int) -> set[str]:
        at = page(key, agreement=str(number), register="agreement", row=str(number))
        return {one.key for one in at.button} & {"register_change", "register_withdraw"}

    one = made.proposed(store)
    assert buttons(one.entry_id) == {"register_change", "register_withdraw"}
    one = agreements.answer(everything(), store, one, side="giver", says="yes", now=NOW)
    assert buttons(one.entry_id) == {"register_change", "register_withdraw"}  # the other school is asked
    agreements.answer(everything(), store, one, side="receiver", says="yes", now=NOW)
    assert buttons(one.entry_id) == {"register_change"}


def test_pause_needs_a_reason_and_no_days_are_used_meanwhile(store: Engine) -> None:
    one = made.agreed(store)
    at = one_page(one.entry_id)
    click(at, f"agreed_pause_send_{one.entry_id}")
    assert "say why it is paused" in drive.text(at)
    at.text_input(key=f"agreed-pause-reason-{one.entry_id}").set_value("The head has left")
    click(at, f"agreed_pause_send_{one.entry_id}")
    shown = drive.text(at)
    assert "Paused. Its days stay promised" in shown and f"{TITLE}: paused" in shown
    assert "days used" not in at.selectbox(key=f"agreed-log-what-{one.entry_id}").options
    click(at, f"agreed_resume_{one.entry_id}")
    assert f"{TITLE}: under way" in drive.text(at)


def test_a_day_is_not_logged_on_what_another_window_paused(store: Engine) -> None:
    one = made.agreed(store)
    at = one_page(one.entry_id)
    agreements.pause(everything(), store, one, reason="The head has left", now=NOW)
    at.number_input(key=f"agreed-log-days-{one.entry_id}").set_value(1)
    click(at, f"agreed_log_send_{one.entry_id}")
    assert "the agreement is paused: days are used only while it runs" in drive.text(at)
    assert rows.entries(everything(), store, "log") == ()


def test_ending_needs_what_came_of_it(store: Engine) -> None:
    one = made.agreed(store)
    at = one_page(one.entry_id)
    click(at, f"agreed_end_send_{one.entry_id}")
    assert "say what came of it" in drive.text(at)
    at.text_area(key=f"agreed-end-outcome-{one.entry_id}").set_value("Two teachers plan together")
    click(at, f"agreed_end_send_{one.entry_id}")
    shown = drive.text(at)
    assert "Lower Quennet supported Tolverton with mathematics: ended" in shown
    assert "Outcome: Two teachers plan together" in shown
    assert not _buttons(at, "send")
    assert rows.entry(everything(), store, one.entry_id).values["ended_on"] == NOW.date()


@pytest.mark.parametrize("keep", ["theirs", "mine"])
def test_two_windows_of_one_agreement(store: Engine, keep: str) -> None:
    one = made.agreed(store)
    first, second = one_page(one.entry_id), one_page(one.entry_id)
    first.text_input(key=f"agreed-pause-reason-{one.entry_id}").set_value("The head has left")
    click(first, f"agreed_pause_send_{one.entry_id}")
    second.text_area(key=f"agreed-end-outcome-{one.entry_id}").set_value("Done early")
    click(second, f"agreed_end_send_{one.entry_id}")
    shown = drive.text(second)
    assert "Nothing of yours was saved. Here are both versions." in shown
    assert "Done early" in shown and "paused" in shown
    assert rows.entry(everything(), store, one.entry_id).values["state"] == "paused"
    click(second, f"register_{keep}")
    state = rows.entry(everything(), store, one.entry_id).values["state"]
    assert state == ("paused" if keep == "theirs" else "ended")
    assert ("Theirs was kept." if keep == "theirs" else "Ended.") in drive.text(second)


def test_two_windows_change_the_words(store: Engine) -> None:
    one = made.agreed(store)
    at = click(one_page(one.entry_id), "register_change")
    rows.change(everything(), store, one.entry_id, {"objectives": "Theirs"}, version=one.version, now=NOW)
    key = f"change-{one.entry_id}-{one.version}-objectives"
    at.text_area(key=key).set_value("Mine")
    click(at, "register_save")
    shown = drive.text(at)
    assert "Here are both versions." in shown and "Theirs" in shown and "Mine" in shown
    click(at, "register_mine")
    assert rows.entry(everything(), store, one.entry_id).values["objectives"] == "Mine"


def test_a_new_head_asks_for_a_look(person: Person) -> None:
    one = made.agreed(opened())
    kept = rows.entry(everything(), opened(), one.entry_id)
    rows.change(
        everything(), opened(), one.entry_id, {"head_then": f"{RECEIVER}:999999"}, version=kept.version, now=NOW
    )
    at = person.opens("agreed_one", agreement=str(one.entry_id))
    assert "The school that is supported has a new head." in drive.text(at)
    click(at, f"agreed_review_send_{one.entry_id}")
    assert "say in a few words what was agreed" in drive.text(at)
    at.text_area(key=f"agreed-review-words-{one.entry_id}").set_value("It goes on")
    click(at, f"agreed_review_send_{one.entry_id}")
    shown = drive.text(at)
    assert "has a new head" not in shown and "Last review: It goes on" in shown and "Review. It goes on" in shown


def republished(store: Engine, *, needed: bool) -> None:
    """Newer figures, in which Oxleigh Road's need in mathematics stands or does not."""
    from data.store import publish

    tables = region.tables()
    if not needed:
        tables["need"] = tables["need"][tables["need"]["urn"] != 900004]
    publish.write(store, "newer", datetime(2026, 11, 22, 8, tzinfo=UTC).isoformat(), {"inputs": []}, tables)


@pytest.mark.parametrize("needed", [True, False])
def test_a_need_that_new_figures_no_longer_show_is_asked_about(store: Engine, needed: bool) -> None:
    one = made.agreed(store, GIVER, 900004, figures=region.PUBLICATION)
    republished(store, needed=needed)
    at = one_page(one.entry_id)
    asked = "no longer point to a need in mathematics at Oxleigh Road Primary School" in drive.text(at)
    assert asked is (not needed)
    if asked:
        at.text_area(key=f"agreed-keep-words-{one.entry_id}").set_value("We go on until Easter")
        click(at, f"agreed_keep_send_{one.entry_id}")
        shown = drive.text(at)
        assert "no longer point to a need" not in shown and "We go on until Easter" in shown


def test_nobody_is_asked_about_a_need_that_the_school_stated_itself(store: Engine) -> None:
    one = made.agreed(store, GIVER, 900004, figures=region.PUBLICATION)
    made.stated(store, 900004)
    republished(store, needed=False)
    assert "no longer point" not in drive.text(one_page(one.entry_id))


def test_whoever_may_not_be_told_of_the_need_is_not_told_that_it_is_gone(person: Person) -> None:
    one = made.agreed(opened(), GIVER, 900004, figures=region.PUBLICATION)
    republished(opened(), needed=False)
    person.is_("headteacher", urn=GIVER)
    assert "no longer point" not in drive.text(person.opens("agreed_one", agreement=str(one.entry_id)))
    person.is_("headteacher", urn=900004)
    assert "no longer point" in drive.text(person.opens("agreed_one", agreement=str(one.entry_id)))


def test_a_time_without_visits_is_said(store: Engine) -> None:
    one = made.agreed(store)
    rule = {
        "kind": "window",
        "starts": "2026-11-01",
        "ends": "2026-12-18",
        "cause": "inspection",
        "why": "An inspection is due",
    }
    rows.add(everything(), store, "constraint", rule, uid=region.TRUST, urn=RECEIVER, now=NOW)
    past = {**rule, "starts": "2026-01-01", "ends": "2026-02-01", "why": "Long over"}
    rows.add(everything(), store, "constraint", past, uid=region.TRUST, urn=RECEIVER, now=NOW)
    shown = drive.text(one_page(one.entry_id))
    assert "No visits at Tolverton Junior School until 18 December 2026. An inspection is due." in shown
    assert "Long over" not in shown


def test_an_area_without_published_results_says_that_nothing_can_be_followed(store: Engine) -> None:
    one = made.agreed(store, area="science")
    shown = drive.text(one_page(one.entry_id))
    assert "Nothing is published of these schools in science, so there are no results to follow here." in shown
    assert "These cannot show" not in shown


def test_results_one_year_after_stand_beside_those_before(store: Engine) -> None:
    """Support in 2023/24: 2024/25 is one year after, two earlier years stand before it."""
    one = made.agreed(store, starts="2023-10-01", ends="2024-07-01")
    shown = drive.text(one_page(one.entry_id))
    assert "2024/25 one year after 54% 36% and 71% 28 pupils" in shown
    assert "2023/24 while it ran 53%" in shown
    assert "2022/23 before 52%" in shown and "2018/19 before 51%" in shown and "2017/18" not in shown

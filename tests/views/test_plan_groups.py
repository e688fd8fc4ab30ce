"""Working groups: what the figures suggest becomes a group, its schools say for themselves, a head reads of others only who said yes."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.support import groups as suggested
from analytics.support.groups import Group, Member
from data.access.scope import Grant, Scope, everything
from data.register import rows
from pages.shell.planning import planned
from tests.views import drive, plan_region, region
from tests.views.plan_region import NOW, enter, entered, store
from tests.views.signed_in import Person

SUGGESTED = Group(
    "mathematics", "primary", 202425, "ks2_mathematics_expected_pct", None, None, "pct", True,
    (Member(900001, "leads", "strong", 2.0, 1), Member(900002, "leads", "strong", 2.0, 2)),
    (Member(900008, "hosts", "days", 10.0, 3),),
    (Member(900003, "joins", "derived"), Member(900004, "joins", "both"), Member(900005, "joins", "unsure")),
    "Mathematics is inconsistent across our nine schools.", "A group would reach them all at once. Days could come from {0}.",
)  # fmt: skip


@pytest.fixture
def here(person: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    plan_region.prepare(person, monkeypatch)
    return person


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def test_what_is_suggested_names_who_leads_hosts_and_joins_and_why(
    here: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned, "groups", lambda *_: (SUGGESTED,))
    shown = drive.text(here.opens("support_groups"))
    assert "No working group yet" in shown
    assert "Mathematics is inconsistent across our nine schools." in shown
    assert "Days could come from Cattering Park Primary School." in shown
    line = "Lower Quennet Primary School and Nettlecombe Cross Primary School could lead; Cattering Park Primary School could give days and room; three schools could join."
    assert line in shown
    assert "Great Quennet Primary School Joins mixed evidence, leaning low: ask" in shown
    assert "Oxleigh Road Primary School Joins may need support, and says itself that help is welcome" in shown
    assert drive.off_words(shown) == []


def test_the_suggestion_is_worked_out_from_the_figures_and_the_offers(here: Person) -> None:
    shown = drive.text(here.opens("support_groups"))
    assert "Lower Quennet Primary School and Nettlecombe Cross Primary School could lead" in shown
    assert "Cattering Park Primary School could give days and room" in shown


def test_what_was_worked_out_once_follows_what_is_offered_afterwards(here: Person) -> None:
    host = "Cattering Park Primary School could give days and room"
    assert host in drive.text(here.opens("support_groups"))
    rows.change(everything(), store(), 3, {"standing": "withdrawn", "reason": "no time"}, version=2, now=NOW)
    shown = drive.text(here.opens("support_groups"))
    assert "Lower Quennet Primary School and Nettlecombe Cross Primary School could lead" in shown and host not in shown


def test_a_suggestion_becomes_a_group_whose_schools_are_asked(here: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "groups", lambda *_: (SUGGESTED,))
    at = press(here.opens("support_groups"), "group_make")
    assert at.text_input(key="group-venue").value == "Cattering Park Primary School"
    at.multiselect(key="group-part-joins").set_value([900003, 900004])
    at.text_area(key="group-purpose").set_value("One way of teaching number")
    press(at, "group_send")
    (group,) = entered("working_group")
    said = group.values
    assert (said["name"], said["area"], said["state"], group.uid) == (
        "Mathematics group",
        "mathematics",
        "planned",
        region.TRUST,
    )
    made = {(one.urn, one.values["role"], one.values["days"], one.values["says"]) for one in entered("group_school")}
    assert made == {
        (900001, "leads", 2.0, "waiting"), (900002, "leads", 2.0, "waiting"), (900008, "hosts", 10.0, "waiting"),
        (900003, "joins", None, "waiting"), (900004, "joins", None, "waiting"),
    }  # fmt: skip
    assert "Kept as planned. 5 schools are asked; each says for itself." in drive.text(at)
    assert "One working group is planned" in drive.text(at)
    assert "There is a group for it already: Mathematics group." in drive.text(at)


def test_a_group_that_cannot_be_kept_leaves_nothing_half_done(here: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "groups", lambda *_: (SUGGESTED,))
    at = press(here.opens("support_groups"), "group_make")
    at.text_input(key="group-name").set_value("")
    press(at, "group_send")
    assert "Name: it is needed" in drive.text(at)
    assert entered("working_group") == () and entered("group_school") == ()


def group_of(parts: dict[int, str]) -> int:
    """A planned group in mathematics with these schools; its number."""
    made = enter(
        "working_group", {"name": "Number", "area": "mathematics", "state": "planned", "venue": "Cattering Park"}
    )
    for urn, part in parts.items():
        enter("group_school", {"working_group": made.entry_id, "role": part}, urn=urn)
    return made.entry_id


def says(urn: int, word: str) -> None:
    head = Scope(98, "Head", (Grant("headteacher", None, urn),), mark="m")
    (own,) = rows.entries(head, store(), "group_school", urn=urn)
    rows.change(head, store(), own.entry_id, {"says": word}, version=own.version, now=NOW, entered=True)


def test_a_head_answers_for_their_school_and_reads_of_others_only_who_said_yes(here: Person) -> None:
    group_of({900001: "leads", 900003: "joins", 900004: "joins", 900005: "joins"})
    says(900001, "yes")
    says(900005, "declined")
    here.is_("headteacher", urn=900003)
    at = here.opens("support_groups")
    shown = drive.text(at)
    assert (
        "Leads: Lower Quennet Primary School; said yes." in shown and "Joins: Tolverton Junior School; asked" in shown
    )
    assert "2 more schools were asked." in shown
    assert "Oxleigh Road" not in shown and "Great Quennet" not in shown
    assert "What the figures suggest" not in shown
    (waiting,) = [button.key for button in at.button if button.key and button.key.startswith("group-yes-")]
    press(at, waiting)
    assert "Kept: yes." in drive.text(at) and "Joins: Tolverton Junior School; said yes." in drive.text(at)
    here.is_("headteacher", urn=900007)
    assert "No working group yet" in here.sees("support_groups")  # whose school has no part in it
    here.is_("headteacher", urn=900005)
    assert "Tolverton" not in here.sees("support_groups")  # said not this time


def test_meetings_schools_and_state_are_kept_by_whoever_runs_the_group(here: Person) -> None:
    number = group_of({900001: "leads", 900003: "joins"})
    here.is_("director", uid=region.TRUST)
    at = press(here.opens("support_groups"), f"group-open-{number}")
    at.text_area(key="meeting-words").set_value("Looked at books")
    at.number_input(key="meeting-trained").set_value(12)
    at.text_input(key="meeting-who").set_value("Subject leads")
    at.text_input(key="meeting-materials").set_value("javascript:alert(1)")
    press(at, "meeting_send")
    assert entered("group_meeting") == ()
    at.text_input(key="meeting-materials").set_value("https://share.example/number")
    at.text_area(key="meeting-words").set_value("Looked at books")
    press(at, "meeting_send")
    (meeting,) = entered("group_meeting")
    assert (meeting.values["trained"], meeting.values["working_group"]) == (12, number)
    assert 'href="https://share.example/number"' in drive.html(at) and "12 people: Subject leads" in drive.text(at)
    at.selectbox(key="group-school-urn").select(900004)
    press(at, "group_school_send")
    assert "Oxleigh Road Primary School is asked." in drive.text(at)
    at.selectbox(key="group-state").select("running")
    press(at, "group_state_send")
    assert "One working group is running" in drive.text(at)
    assert [one.values["state"] for one in entered("working_group")] == ["running"]


def test_a_director_cannot_answer_for_a_school(here: Person) -> None:
    group_of({900001: "leads"})
    here.is_("director", uid=region.TRUST)
    at = here.opens("support_groups")
    assert not [button.key for button in at.button if button.key and button.key.startswith("group-yes")]


def test_groups_of_another_partnership_are_not_there(here: Person) -> None:
    group_of({900001: "leads"})
    here.is_("director", uid=region.SECOND)
    shown = here.sees("support_groups", partnership=region.SECOND)
    assert "No working group yet" in shown and "Lower Quennet" not in shown


def test_of_schools_that_are_shown_first_nothing_goes_into_a_suggestion(
    here: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[dict[str, Any], Any]] = []

    def noted(tables: dict[str, Any], *of: Any, **more: Any) -> Any:
        given.append((tables, more["spread"]))
        return worked_out(tables, *of, **more)

    worked_out = suggested.groups
    monkeypatch.setattr(suggested, "groups", noted)
    planned._groups.clear()
    here.is_("director", uid=region.TRUST)
    shown = here.sees("support_groups")
    ((tables, spread),) = given
    assert not set(tables["need"]["urn"]) & region.MEMBERS and spread == {}
    assert "Tolverton" not in shown and "Oxleigh" not in shown

"""Forms of the registers of support: rows that name others, schools that may be missing, whose word it is; two at one agreement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import rows
from data.register.declared import REGISTERS
from data.register.exchange import csv_out
from data.store.engine import engine, place
from pages.shell.entered.register_rows import IN_LIST
from tests.views import drive, region
from tests.views.signed_in import Person

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ELM, OAK, TRUST = 900001, 900003, region.TRUST  # Lower Quennet, Tolverton Junior
FAR = 900013  # of the other trust
OWNER = everything()
AGREED: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4,
    "giver_says": "yes", "receiver_says": "yes", "state": "open",
}  # fmt: skip
OFFER = {"giver": "organisation", "who": "Reading Hub", "area": "reading", "kind": "training", "days": 6, "standing": "offered"}  # fmt: skip
PROGRAMME = {
    "name": "Number Sense", "sort": "programme", "aim": "More reach it", "area": "mathematics", "rule": "The lowest",
    "measure": "ks2_mathematics_expected_pct", "selection_year": 202324, "first_year": 202425,
}  # fmt: skip


@pytest.fixture
def store(person: Person) -> Engine:
    person.is_here()
    return engine(place("own"))


def shown(register: str, **params: str) -> AppTest:
    at = drive.view("registers", register=register, partnership=TRUST, **params)
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def keys(at: AppTest, start: str) -> list[str]:
    """The fields that a form asks for, by their keys."""
    drawn = (at.selectbox, at.text_input, at.text_area, at.date_input)
    return [str(one.key).removeprefix(start) for kind in drawn for one in kind if str(one.key).startswith(start)]


def options(at: AppTest, key: str) -> list[str]:
    return list(at.selectbox(key=key).options)


def typed(at: AppTest, key: str, text: str) -> None:
    """As the browser sends what is typed into a list and is none of it."""
    box = at.selectbox(key=key)
    box.options.append(text)
    box.set_value(text)


def made(store: Engine, register: str) -> rows.Entry:
    return max(rows.entries(OWNER, store, register), key=lambda one: one.entry_id)


def add(store: Engine, register: str, said: dict[str, Any], **where: Any) -> rows.Entry:
    return rows.add(OWNER, store, register, said, now=NOW, **where)


def agreement(store: Engine, giver: int | None = OAK, receiver: int = ELM, **said: Any) -> rows.Entry:
    return add(store, "agreement", {**AGREED, **said}, uid=TRUST, urn=giver, other_urn=receiver)


def test_a_line_of_the_log_is_about_the_schools_of_its_agreement(store: Engine) -> None:
    none = shown("log")
    assert "There is no agreement here yet that a line of the log could belong to. Add one first." in drive.text(none)
    first, second = agreement(store), agreement(store, ELM, OAK)
    waits = agreement(store, area="writing", giver_says="waiting", receiver_says="waiting")
    rows.withdraw(OWNER, store, waits.entry_id, version=1, now=NOW)
    add(store, "agreement", AGREED, uid=region.SECOND, urn=FAR, other_urn=900014)
    at = shown("log")
    assert "urn-0" not in keys(at, "")
    assert options(at, "add-0-agreement") == [
        f"{second.entry_id}: Lower Quennet Primary School for Tolverton Junior School, Reading, coaching",
        f"{first.entry_id}: Tolverton Junior School for Lower Quennet Primary School, Reading, coaching",
    ]
    at.selectbox(key="add-0-agreement").select(first.entry_id)
    at.date_input(key="add-0-day").set_value(date(2026, 11, 20))
    at.selectbox(key="add-0-what").select("visit")
    click(at, "add_log")
    assert "Days: say how many days of support were used" in drive.text(at)
    at.text_input(key="add-0-days").input("1.5")
    click(at, "add_log")
    line = made(store, "log")
    assert (line.uid, line.urn, line.other_urn, line.values["days"]) == (TRUST, OAK, ELM, 1.5)
    listed = drive.html(at).split("</table>")[0]
    assert f">{first.entry_id}, Reading, coaching<" in listed and ">Supporting school<" in listed


def test_an_organisation_gives_without_a_school(store: Engine) -> None:
    at = shown("offer")
    for key, value in (("giver", "organisation"), ("area", "reading"), ("kind", "training"), ("standing", "offered")):
        at.selectbox(key=f"add-0-{key}").select(value)
    at.text_input(key="add-0-days").input("6")
    click(at, "add_offer")
    assert "say what it is called: no school is named" in drive.text(at)
    at.text_input(key="add-0-who").input("Reading Hub")
    click(at, "add_offer")
    offer = made(store, "offer")
    assert (offer.uid, offer.urn, offer.values["standing"]) == (TRUST, None, "offered")
    told = drive.text(at)
    assert "The offer was added." in told and "no school named" in told and "nan" not in told.lower().split()
    assert f"{offer.entry_id}: Reading Hub" in told
    agreement(store, None, offer=offer.entry_id)
    told = drive.text(shown("agreement", row=str(made(store, "agreement").entry_id)))
    assert "an organisation for Lower Quennet Primary School" in told
    assert f"{offer.entry_id}: Reading Hub, Reading, training" in told


def test_a_school_s_own_offer_belongs_to_the_school(store: Engine) -> None:
    at = shown("offer")
    at.selectbox(key="urn-0").select(OAK)
    for key, value in (("giver", "school"), ("area", "reading"), ("kind", "coaching")):
        at.selectbox(key=f"add-0-{key}").select(value)
    at.text_input(key="add-0-days").input("6")
    click(at, "add_offer")
    offer = made(store, "offer")
    assert (offer.uid, offer.urn, offer.values["standing"]) == (None, OAK, "waiting")


def test_a_director_speaks_for_an_organisation_and_for_no_school(person: Person, store: Engine) -> None:
    person.is_("director", uid=TRUST)
    at = shown("offer")
    for key, value in (("giver", "team"), ("area", "reading"), ("kind", "training"), ("standing", "offered")):
        at.selectbox(key=f"add-0-{key}").select(value)
    at.text_input(key="add-0-days").input("6")
    at.text_input(key="add-0-who").input("Our reading team")
    at.selectbox(key="urn-0").select(OAK)
    click(at, "add_offer")
    assert "Where it stands: only the head of the school says this" in drive.text(at)
    at.selectbox(key="urn-0").set_value(None)
    click(at, "add_offer")
    offer = made(store, "offer")
    assert (offer.urn, offer.values["standing"]) == (None, "offered")
    own = add(store, "offer", {**OFFER, "giver": "school", "standing": "waiting"}, urn=OAK)
    assert "standing" in keys(click(shown("offer", row=str(offer.entry_id)), "register_change"), f"change-{offer.entry_id}-1-")  # fmt: skip
    assert "standing" not in keys(click(shown("offer", row=str(own.entry_id)), "register_change"), f"change-{own.entry_id}-1-")  # fmt: skip


@pytest.mark.parametrize(("register", "word"), [("offer", "offered"), ("stated_need", "stated")])
def test_a_head_who_enters_it_says_so_with_it(person: Person, store: Engine, register: str, word: str) -> None:
    person.is_("headteacher", urn=OAK)
    at = shown(register)
    assert options(at, "urn-0") == ["Tolverton Junior School"]
    assert at.selectbox(key="add-0-standing").value == word
    if register == "offer":
        at.selectbox(key="urn-0").select(OAK)
        at.selectbox(key="add-0-giver").select("school")
        at.selectbox(key="add-0-kind").select("coaching")
        at.text_input(key="add-0-days").input("4")
    else:
        at.selectbox(key="add-0-size").select("pressing")
    at.selectbox(key="add-0-area").select("reading")
    click(at, f"add_{register}")
    row = made(store, register)
    assert (row.uid, row.urn, row.values["standing"], row.created_by) == (None, OAK, word, person.scope.account_id)


def test_each_head_answers_for_one_side(person: Person, store: Engine) -> None:
    asked = agreement(store, giver_says="waiting", receiver_says="waiting")
    for urn, theirs, other in ((OAK, "giver_says", "receiver_says"), (ELM, "receiver_says", "giver_says")):
        person.is_("headteacher", urn=urn)
        form = click(shown("agreement", row=str(asked.entry_id)), "register_change")
        found = keys(form, f"change-{asked.entry_id}-1-")
        assert theirs in found and other not in found and "figures" not in found and "head_then" not in found
    form.selectbox(key=f"change-{asked.entry_id}-1-receiver_says").select("yes")
    click(form, "register_save")
    assert "the supporting school answers first" in drive.text(form)
    assert rows.entry(OWNER, store, asked.entry_id) == asked


def test_the_history_says_who_is_asked_again(person: Person, store: Engine) -> None:
    row = agreement(store)
    director = person.is_("director", uid=TRUST)
    rows.change(director, store, row.entry_id, {"days": 40}, version=1, now=NOW, entered=True)
    told = drive.text(shown("agreement", row=str(row.entry_id)))
    again = "to “asked again, for what it had answered has changed”"
    assert "Days a term changed from “4” to “40”" in told and told.count(again) == 2


def test_two_at_one_agreement_see_both_versions(person: Person, store: Engine) -> None:
    row = agreement(store, objectives="Fluency")
    key = f"change-{row.entry_id}-1-"
    person.is_("headteacher", urn=ELM)
    mine = click(shown("agreement", row=str(row.entry_id)), "register_change")
    mine.text_input(key=f"{key}days").input("6")
    mine.selectbox(key=f"{key}offer").set_value(None)
    director = person.is_("director", uid=TRUST)
    said = {"days": 2, "objectives": "Fluency in Year 2", "state": "paused", "pause_reason": "A new head"}
    rows.change(director, store, row.entry_id, said, version=1, now=NOW, entered=True)
    person.is_("headteacher", urn=ELM)
    click(mine, "register_save")
    told = drive.text(mine)
    assert "Somebody saved this agreement while you were changing it. Nothing of yours was saved." in told
    table = [one for one in drive.html(mine).split("<table") if "Theirs, saved" in one]
    assert len(table) == 1 and ">Days a term<" in table[0] and ">2<" in table[0] and ">6<" in table[0]
    assert rows.entry(OWNER, store, row.entry_id).version == 2
    click(mine, "register_mine")
    now = rows.entry(OWNER, store, row.entry_id).values
    assert (now["days"], now["objectives"], now["state"]) == (6.0, "Fluency in Year 2", "paused")


def test_what_stands_in_a_row_stays_where_it_can_no_longer_be_chosen(store: Engine) -> None:
    """A school that is none of ours, an offer that was withdrawn: the form does not blank them by drawing."""
    offer = add(store, "offer", OFFER, uid=TRUST)
    row = agreement(store, None, offer=offer.entry_id)
    rows.withdraw(OWNER, store, offer.entry_id, version=1, now=NOW)
    rule = add(store, "constraint", {"kind": "not_with", "other": FAR, "why": "x"}, uid=TRUST, urn=OAK)
    for register, one, key, value in (("agreement", row, "days", "5"), ("constraint", rule, "why", "y")):
        at = click(shown(register, row=str(one.entry_id)), "register_change")
        field = f"change-{one.entry_id}-1-{key}"
        (at.text_area(key=field) if register == "constraint" else at.text_input(key=field)).input(value)
        click(at, "register_save")
        assert "Saved." in drive.text(at)
    assert rows.entry(OWNER, store, row.entry_id).values["offer"] == offer.entry_id
    assert f"{offer.entry_id}: Reading Hub, Reading, training, withdrawn" in drive.text(shown("agreement", row=str(row.entry_id)))  # fmt: skip
    assert rows.entry(OWNER, store, rule.entry_id).values["other"] == FAR


def test_another_school_may_be_typed_by_its_number(store: Engine) -> None:
    at = shown("constraint")
    at.selectbox(key="urn-0").select(OAK)
    at.selectbox(key="add-0-kind").select("conflict")
    at.text_area(key="add-0-why").input("The authority commissions both.")
    typed(at, "add-0-other", "12")
    click(at, "add_constraint")
    assert "The other school: a school's URN has six digits" in drive.text(at)
    typed(at, "add-0-other", str(FAR))
    click(at, "add_constraint")
    assert made(store, "constraint").values["other"] == FAR
    assert region.NAMES[FAR] in drive.text(at)


def test_a_programme_names_its_measure_in_words(store: Engine) -> None:
    at = shown("programme")
    assert "ks2_" not in drive.text(at)
    for key in ("name", "rule", "aim"):
        (at.text_input(key="add-0-name") if key == "name" else at.text_area(key=f"add-0-{key}")).input(PROGRAMME[key])
    for key in ("sort", "area", "measure"):
        at.selectbox(key=f"add-0-{key}").select(PROGRAMME[key])
    at.text_input(key="add-0-selection_year").input("2024/25")
    at.text_input(key="add-0-first_year").input("2024/25")
    click(at, "add_programme")
    assert "it does not lie after the year that schools were chosen on" in drive.text(at)
    at.text_input(key="add-0-selection_year").input("2023/24")
    click(at, "add_programme")
    programme = made(store, "programme")
    assert (programme.urn, programme.values["measure"], programme.values["design"]) == (
        None,
        PROGRAMME["measure"],
        None,
    )
    told = drive.text(at)
    assert "Number Sense" in told and "ks2_" not in told and "Comparison schools:" not in told


def test_whoever_may_not_read_a_row_reads_its_number_alone(person: Person, store: Engine) -> None:
    programme = add(store, "programme", PROGRAMME, uid=TRUST)
    add(store, "programme_school", {"programme": programme.entry_id, "part": "supported"}, uid=TRUST, urn=OAK)
    person.is_("headteacher", urn=OAK)
    told = drive.text(shown("programme_school"))
    assert f"programme {programme.entry_id}, which is not yours to read" in told
    assert "Number Sense" not in told
    person.is_("director", uid=TRUST)
    assert f"{programme.entry_id}: Number Sense" in drive.text(shown("programme_school"))


def test_groups_and_their_schools(person: Person, store: Engine) -> None:
    group = add(
        store, "working_group", {"name": "Mathematics group", "area": "mathematics", "state": "planned"}, uid=TRUST
    )
    other = add(
        store, "working_group", {"name": "Theirs", "area": "mathematics", "state": "planned"}, uid=region.SECOND
    )
    at = shown("group_school")
    assert options(at, "add-0-working_group") == [f"{group.entry_id}: Mathematics group"]
    at.selectbox(key="urn-0").select(ELM)
    at.selectbox(key="add-0-working_group").select(group.entry_id)
    at.selectbox(key="add-0-role").select("leads")
    at.selectbox(key="add-0-says").select("yes")  # whoever is alone at this computer speaks for all
    click(at, "add_group_school")
    assert (made(store, "group_school").urn, made(store, "group_school").values["says"]) == (ELM, "yes")
    meeting = shown("group_meeting")
    meeting.selectbox(key="add-0-working_group").select(group.entry_id)
    meeting.date_input(key="add-0-day").set_value(date(2026, 11, 12))
    meeting.text_input(key="add-0-materials").input("https://materials.example/maths")
    click(meeting, "add_group_meeting")
    assert (made(store, "group_meeting").urn, made(store, "group_meeting").values["trained"]) == (None, None)
    person.is_("director", uid=TRUST)
    assert "says" not in keys(shown("group_school"), "add-0-")
    assert f"{other.entry_id}: Theirs" not in drive.text(shown("working_group"))


def test_a_long_row_is_listed_by_what_it_must_have_and_shown_whole(store: Engine) -> None:
    row = agreement(store, objectives="Fluency in Year 2", decided_by="Trust board")
    listed = drive.html(shown("agreement")).split("</table>")[0]
    assert ">Days a term<" in listed and "Trust board" not in listed and "one by itself shows more" in listed
    assert all(set(wanted) <= set(REGISTERS[key].shown) for key, wanted in IN_LIST.items())
    told = drive.text(shown("agreement", row=str(row.entry_id)))
    assert "Trust board" in told and "Fluency in Year 2" in told
    assert b"Trust board" in csv_out(REGISTERS["agreement"], [row])

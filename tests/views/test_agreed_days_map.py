"""Days by term, the map of support with places out of reach, and what one school gets, gives and buys: in pages, by role."""

from __future__ import annotations

from datetime import date
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


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "now", lambda: NOW)


@pytest.fixture
def store(filled_home: Path) -> Engine:
    """The sample store without the offers that every test of pages has."""
    opened = engine(place("sample"))
    for one in rows.entries(everything(), opened, "offer"):
        rows.withdraw(everything(), opened, one.entry_id, version=one.version, now=NOW)
    return opened


def page(key: str, **params: str) -> AppTest:
    at = drive.view(key, **params)
    assert not at.exception, at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def test_an_empty_ledger_says_so(store: Engine) -> None:
    assert "Autumn 2026/27: no days have been offered or agreed" in drive.text(page("agreed_days"))
    assert "No support between schools to draw yet" in drive.text(page("agreed_map"))
    assert "No school has offered days yet, so nothing can be said about reach." in drive.text(page("agreed_map"))
    shown = drive.text(page("my_support", school=str(GIVER)))
    assert "Lower Quennet, Autumn 2026/27: no support given or received yet" in shown
    assert "Nothing waits for an answer." in shown


def test_days_are_held_against_the_offer_term_by_term(store: Engine) -> None:
    offer = made.offered(store, days=4)
    one = made.agreed(store, offer=offer.entry_id)
    made.logged(store, one, date(2026, 11, 3), 1.5)
    made.proposed(store, GIVER, OTHER, days=3, starts="2027-01-04")
    autumn = drive.text(page("agreed_days"))
    assert "Autumn 2026/27: 2 of the 4 days offered are agreed, 1.5 used" in autumn
    assert "2 days of one supporter are still free." in autumn
    assert "more promised" not in autumn
    spring = drive.text(page("agreed_days", term="202627-spring"))
    assert "Spring 2026/27: 2 of the 4 days offered are agreed, 3 more asked for, 0 used" in spring
    assert "Lower Quennet Primary School: 1 day more promised for mathematics than offered for it." in spring
    assert "Nettlecombe Cross Primary School 0 3 0" in spring  # agreed, asked for, used
    assert drive.off_words(spring) == []
    assert "5 of 4 days" in drive.pictures(page("agreed_days", term="202627-spring"))
    assert "This term is shown." in drive.text(page("agreed_days", term="199900-autumn"))
    hidden = page("agreed_days", hide="1")
    assert "Quennet" not in drive.text(hidden) + drive.pictures(hidden)


def test_days_for_groups_and_of_other_partnerships_are_counted(store: Engine) -> None:
    """An offer has its days once; of other partnerships the number is told and nothing else."""
    offer = made.offered(store, days=4)
    made.offered(store, OTHER, days=2)
    theirs = {
        "area": "mathematics", "kind": "coaching", "days": 3, "starts": "2026-10-01", "ends": "2027-03-31", "offer": offer.entry_id,
    }  # fmt: skip
    agreements.propose(everything(), store, uid="LA991", giver=GIVER, receiver=900013, figures="", now=NOW, **theirs)
    group = {"name": "Number", "area": "mathematics", "state": "running"}
    number = rows.add(everything(), store, "working_group", group, uid=region.TRUST, now=NOW).entry_id
    for urn, says in ((OTHER, "yes"), (GIVER, "waiting")):
        part = {"working_group": number, "role": "leads", "days": 2, "says": says}
        rows.add(everything(), store, "group_school", part, uid=region.TRUST, urn=urn, now=NOW)
    shown = drive.text(page("agreed_days"))
    assert (
        "0 of the 6 days offered are agreed, 2 more promised to working groups, 3 more promised elsewhere, 0 used"
        in shown
    )
    assert "1 day of one supporter is still free." in shown
    assert "Nettlecombe Cross Primary School Autumn 2026/27 2 0 0 0 2 0 within what was offered" in shown
    assert region.NAMES[900013] not in shown
    own = drive.text(page("my_support", school=str(OTHER)))
    assert "2 days a term; 2 days promised." in own and "none promised yet" not in own
    assert "of 2 days offered; 0 used so far; 2 days for working groups beside" in own
    assert drive.off_words(shown + own) == []


def test_days_used_beyond_what_was_agreed_have_a_word_everywhere(store: Engine) -> None:
    offer = made.offered(store, days=4)
    one = made.agreed(store, offer=offer.entry_id)  # 2 days a term, in two terms
    made.logged(store, one, date(2026, 11, 3), 9)
    shown = drive.text(page("agreed_days"))
    assert "Lower Quennet Primary School: 7 days more used than were agreed." in shown
    assert "within what was offered; 7 days more used than were agreed" in shown
    assert "9 used so far, 7 days more than were agreed" in drive.text(page("my_support", school=str(GIVER)))
    alone = drive.text(page("agreed_one", agreement=str(one.entry_id)))
    assert "5 days more used than were agreed." in alone and "4 days agreed in all, 9 used: 0 days left." in alone
    assert "9 of 4 days used. 5 days more used than were agreed." in drive.text(page("agreed"))


def test_a_reason_with_its_own_stop_gets_no_second_one(store: Engine) -> None:
    offer = made.offered(store)
    gone = {"standing": "paused", "reason": "The lead is away (until May.)"}
    rows.change(everything(), store, offer.entry_id, gone, version=offer.version, now=NOW)
    one = made.agreed(store)
    agreements.pause(everything(), store, one, reason="A new head (since May.)", now=NOW)
    shown = drive.text(page("my_support", school=str(GIVER))) + drive.text(page("agreed"))
    assert "(until May.)" in shown and "(since May.)" in shown and ".)." not in shown


def test_an_offer_taken_back_leaves_its_agreement_without_days(store: Engine) -> None:
    offer = made.offered(store, days=4)
    made.agreed(store, offer=offer.entry_id)
    gone = {"standing": "withdrawn", "reason": "The mathematics lead has left"}
    rows.change(everything(), store, offer.entry_id, gone, version=offer.version, now=NOW)
    shown = drive.text(page("agreed_days"))
    assert "2 days agreed, none offered" in shown
    assert "2 days more promised for mathematics than offered for it." in shown


def test_the_map_draws_arcs_and_says_what_lies_out_of_reach(store: Engine) -> None:
    made.offered(store)
    made.agreed(store)
    made.proposed(store, OTHER, RECEIVER, days=5)
    made.stated(store, RECEIVER, "science")
    at = page("agreed_map")
    shown = drive.text(at)
    assert "One school supports one other with 2 days a term; 5 days more are asked for" in shown
    assert "Tolverton Junior School: mathematics, 2 days a term, under way" in shown
    assert drive.pictures(at).count('"name":"support"') == 2
    assert "Tolverton Junior School Science nobody has offered" in shown
    assert "not within 40 km" not in shown
    journey = {"kind": "travel", "km": 97, "why": "A ferry"}
    rows.add(everything(), store, "constraint", journey, uid=region.TRUST, urn=RECEIVER, now=NOW)
    rule = {"kind": "remote", "why": "An island"}
    rows.add(everything(), store, "constraint", rule, uid=region.TRUST, urn=RECEIVER, now=NOW)
    shown = drive.text(page("agreed_map"))
    assert "One school is not within 40 km by road of an offer" in shown
    assert "Tolverton Junior School any Lower Quennet Primary School 97 km" in shown
    assert "Reached by remote help only, as entered: Tolverton Junior School." in shown
    assert drive.off_words(shown) == []
    hidden = page("agreed_map", hide="1")
    assert "Quennet" not in drive.text(hidden) and "Tolverton" not in drive.text(hidden)


def test_out_of_reach_is_what_a_plan_would_count_and_a_pause_is_no_support(store: Engine) -> None:
    made.offered(store, area="reading")
    for area in ("science", "writing"):
        made.stated(store, RECEIVER, area)
    made.agreed(store, OTHER, RECEIVER, area="science")
    shown = drive.text(page("agreed_map"))
    assert "Tolverton Junior School Writing nobody has offered" in shown
    assert "Tolverton Junior School Science nobody has offered" not in shown  # supported already
    assert "Tolverton Junior School Mathematics nobody has offered" in shown
    differs = {"area": "mathematics", "state": "differs", "words": "One hard year"}
    rows.add(everything(), store, "need_state", differs, urn=RECEIVER, now=NOW)
    assert "Tolverton Junior School Mathematics nobody has offered" not in drive.text(page("agreed_map"))
    one = made.agreed(store)
    assert "Two schools support one other with 4 days a term" in drive.text(page("agreed_map"))
    agreements.pause(everything(), store, one, reason="A new head", now=NOW)
    assert "One school supports one other with 2 days a term; one more agreement is paused" in drive.text(
        page("agreed_map")
    )


def test_offers_and_rules_out_of_their_days_say_nothing_of_reach(store: Engine) -> None:
    made.stated(store, RECEIVER, "science")
    made.offered(store, area="science", starts="2029-01-01")
    shown = drive.text(page("agreed_map"))
    assert "No school has offered days yet" in shown and "Science nobody has offered" in shown
    made.offered(store)
    for days in ({"ends": "2020-07-31"}, {"starts": "2029-01-01"}):
        rule = {"kind": "travel", "km": 97, "why": "A bridge that is closed", **days}
        rows.add(everything(), store, "constraint", rule, uid=region.TRUST, urn=RECEIVER, now=NOW)
        afar = {"kind": "remote", "why": "The same bridge", **days}
        rows.add(everything(), store, "constraint", afar, uid=region.TRUST, urn=RECEIVER, now=NOW)
    shown = drive.text(page("agreed_map"))
    assert "not within 40 km" not in shown and "remote help only" not in shown


def test_help_from_afar_between_two_schools_is_not_said_of_all(store: Engine) -> None:
    made.offered(store)
    for said in ({"kind": "travel", "km": 97}, {"kind": "remote", "other": OTHER}):
        rows.add(
            everything(), store, "constraint", {**said, "why": "The ferry"}, uid=region.TRUST, urn=RECEIVER, now=NOW
        )
    shown = drive.text(page("agreed_map"))
    assert "Tolverton Junior School any Lower Quennet Primary School 97 km" in shown
    assert "remote help only" not in shown  # of one other school only


def test_the_map_names_no_need_that_may_not_be_told(person: Person) -> None:
    """Oxleigh Road may need mathematics and was not shown that yet: nobody offers it, and the director is not told."""
    for one in rows.entries(everything(), opened(), "offer"):
        rows.withdraw(everything(), opened(), one.entry_id, version=one.version, now=NOW)
    made.offered(opened(), area="reading")
    assert "Oxleigh" not in drive.text(person.opens("agreed_map"))
    rows.add(everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=NOW)
    person.is_here()
    assert "Oxleigh Road Primary School Mathematics nobody has offered" in drive.text(person.opens("agreed_map"))


def test_one_school_gets_gives_and_buys(store: Engine) -> None:
    offer = made.offered(store, ends="2027-07-20")
    one = made.agreed(store, offer=offer.entry_id)
    made.logged(store, one, date(2026, 11, 3), 1.5)
    made.agreed(store, OTHER, GIVER, area="reading", days=1)
    made.proposed(store, GIVER, OTHER, days=3, starts="2027-01-04")
    made.service(store)
    asked = {"area": "reading", "days": 2}
    rows.add(everything(), store, "ask", asked, uid=region.TRUST, urn=GIVER, other_urn=900004, now=NOW)
    shown = drive.text(page("my_support", school=str(GIVER)))
    assert "Lower Quennet, Autumn 2026/27: gives 2 days and gets 1 day; two questions wait for an answer" in shown
    assert "Would you support Nettlecombe Cross Primary School with mathematics?" in shown
    assert "1 days we get this term 0 used so far" in shown
    assert "2 days we give this term of 4 days offered; 1.5 used so far" in shown
    assert "£12k what we buy in a year one service" in shown
    assert "Mathematics: coaching, 4 days a term until 20 July 2027; 2 days promised. Offered." in shown
    assert "Spring 2026/27 4 2 0 1 0" in shown
    assert drive.off_words(shown) == []


def test_a_head_offers_days_and_asks_for_support(person: Person) -> None:
    person.is_("headteacher", urn=GIVER)
    at = person.opens("my_support", school=str(GIVER))
    click(at, "own_offer_send")
    assert "it is needed" in drive.text(at)
    at.selectbox(key="own-offer-0-area").select("reading")
    at.selectbox(key="own-offer-0-kind").select("visits")
    at.text_input(key="own-offer-0-days").set_value("3")
    click(at, "own_offer_send")
    assert "Kept: these days are offered." in drive.text(at)
    assert "Reading: visits, 3 days a term; none promised yet. Offered." in drive.text(at)
    at.selectbox(key="own-stated_need-1-area").select("science")
    at.selectbox(key="own-stated_need-1-size").select("pressing")
    click(at, "own_stated_need_send")
    assert "Science: we need help now. Stated by the school." in drive.text(at)
    offer = rows.entries(everything(), opened(), "offer")[-1]
    assert (offer.uid, offer.urn, offer.values["standing"], offer.values["giver"]) == (None, GIVER, "offered", "school")


def test_what_a_director_enters_waits_for_the_schools_word(person: Person) -> None:
    at = person.opens("my_support", school=str(GIVER))
    at.selectbox(key="own-offer-0-area").select("reading")
    at.selectbox(key="own-offer-0-kind").select("visits")
    at.text_input(key="own-offer-0-days").set_value("3")
    click(at, "own_offer_send")
    assert "It waits for the school's word" in drive.text(at)
    offer = rows.entries(everything(), opened(), "offer")[-1]
    assert offer.values["standing"] == "waiting"
    assert not [one for one in at.button if str(one.key).startswith("say-")]
    person.is_("headteacher", urn=GIVER)
    at = person.opens("my_support", school=str(GIVER))
    click(at, f"say-offered-{offer.entry_id}")
    assert rows.entry(everything(), opened(), offer.entry_id).values["standing"] == "offered"


def test_a_word_on_what_somebody_changed_meanwhile_is_not_kept(person: Person) -> None:
    need = made.stated(opened(), GIVER)
    person.is_("headteacher", urn=GIVER)
    at = person.opens("my_support", school=str(GIVER))
    rows.change(everything(), opened(), need.entry_id, {"size": "pressing"}, version=1, now=NOW)
    click(at, f"say-met-{need.entry_id}")
    assert "Somebody changed this since you opened the page, so yours was not saved." in drive.text(at)
    assert rows.entry(everything(), opened(), need.entry_id).values["standing"] == "stated"


def test_another_schools_page_shows_nothing_of_its_own(person: Person) -> None:
    made.service(opened())
    one = made.agreed(opened())
    agreements.pause(everything(), opened(), one, reason="A secret reason", now=NOW)
    person.is_("headteacher", urn=OTHER)
    shown = drive.text(person.opens("my_support", school=str(GIVER)))
    assert "£12k" not in shown and "Tolverton Junior School with" not in shown and "secret" not in shown
    assert "Offer days" not in [one.label for one in person.opens("my_support", school=str(GIVER)).button]


@pytest.mark.parametrize("key", ["my_support", "services", "agreed", "agreed_days", "agreed_one"])
def test_of_a_school_that_is_not_ones_own_nothing_false_is_said(person: Person, key: str) -> None:
    """It offers days, supports another school and buys energy: none of that may be denied to somebody who may not read it."""
    made.agreed(opened())
    made.service(opened())
    person.is_("headteacher", urn=OTHER)
    shown = drive.text(person.opens(key, school=str(GIVER)))
    assert "Lower Quennet Primary School: support is shown to its own partnership only" in shown
    for denied in (
        "No support",
        "no support",
        "none promised",
        "No help",
        "No services",
        "waits",
        "free",
        "0 days",
        "of the",
    ):
        assert denied not in shown.split("Find another school")[1].split("That says nothing")[0], denied
    person.is_("headteacher", urn=GIVER)
    assert "own partnership only" not in drive.text(person.opens(key, school=str(GIVER)))
    person.is_here()
    assert "own partnership only" not in drive.text(person.opens(key, school=str(GIVER)))


def test_the_page_speaks_to_the_school_or_of_it(person: Person) -> None:
    assert "Asked of the school" in drive.text(person.opens("my_support", school=str(GIVER)))
    person.is_("headteacher", urn=GIVER)
    assert "Asked of us" in drive.text(person.opens("my_support", school=str(GIVER)))
    person.is_here()
    assert "Asked of us" in drive.text(person.opens("my_support", school=str(GIVER), who="head"))
    assert "Asked of the school" in drive.text(person.opens("my_support", school=str(GIVER), who="director"))


def test_who_leads_one_school_sees_that_school_under_agreed_support(store: Engine) -> None:
    made.agreed(store)
    made.agreed(store, 900008, OTHER)
    assert "Two agreements are under way" in drive.text(page("agreed"))
    shown = drive.text(page("agreed", who="head", school=str(GIVER)))
    assert "One agreement is under way" in shown and "Cattering" not in shown.split("Find another school")[1]

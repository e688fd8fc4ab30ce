"""The board moves with what people ask: days, distance, pairs; rules, agreements and needs stated count; proposals become agreements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.access.scope import Grant, Scope
from data.register import agreements, rows
from pages.reports.columns import dictionary
from tests.views import drive, plan_region, region
from tests.views.plan_region import GIVERS, NEEDY, NOW, enter, entered, store
from tests.views.signed_in import Person

PAIR = "900003-mathematics-900001"
FINDING = "Three proposals use 10 of the 20 days offered a term; one need is not met"


@pytest.fixture
def here(person: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Whoever is at this computer, with something to plan."""
    plan_region.prepare(person, monkeypatch)
    return person


def finding(at: AppTest) -> str:
    assert not at.exception, at.exception
    (first,) = re.findall(r'<h1 class="al-h1">(.*?)</h1>', drive.html(at))
    return str(first)


def proposed(at: AppTest) -> list[tuple[str, str]]:
    """Supporting school and school, of every card."""
    return re.findall(r"● (.+?) → (.+?) {1,2}\d", drive.text(at))


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def param(at: AppTest, name: str) -> str:
    """What the address says."""
    found = at.query_params.get(name, "")
    return found[0] if isinstance(found, list) else found


# What is moved.


def test_the_board_says_who_could_support_whom_and_what_is_left(here: Person) -> None:
    at = here.opens("support_plan")
    assert finding(at) == FINDING
    assert proposed(at)[:2] == [(GIVERS[900001], NEEDY[900003]), (GIVERS[900002], NEEDY[900004])]
    shown = drive.text(at)
    assert "Three needs have a line to three supporting schools; one has none." in shown
    assert "Tolverton Junior School: No school has offered days for attendance." in shown
    assert "Days in Spring 2026/27" in shown and "Cattering Park, mathematics 0 of 10 days" in shown
    assert drive.off_words(shown) == []


def test_days_that_are_moved_change_the_plan_and_stand_in_the_link(here: Person) -> None:
    at = here.opens("support_plan")
    at.number_input(key="move-days-1").set_value(0.0).run()
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)
    assert GIVERS[900008] in {giver for giver, _ in proposed(at)}  # who had days left
    assert param(at, "days") == "1.0"
    assert f"You moved something. Without it: {FINDING[0].lower()}{FINDING[1:]}." in drive.text(at)
    again = here.opens("support_plan", days="1.0")  # the link alone says the same
    assert proposed(again) == proposed(at)
    press(at, "plan_start_again")
    assert proposed(at)[0] == (GIVERS[900001], NEEDY[900003]) and param(at, "days") == ""


def test_a_shorter_reach_leaves_needs_without_anybody(here: Person) -> None:
    at = here.opens("support_plan", km="5")
    assert "You moved something" in drive.text(at)
    at.slider(key="move-km").set_value(40).run()
    assert "You moved something" not in drive.text(at) and param(at, "km") == ""
    for factor, value in (("strength", 0), ("travel", 100)):
        at.slider(key=f"move-{factor}").set_value(value).run()
    assert param(at, "counts") == "0-20-100-10-10"
    assert not at.exception


def test_a_pair_is_kept_left_out_and_let_go(here: Person) -> None:
    at = press(here.opens("support_plan"), f"apart-{PAIR}")
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)
    assert param(at, "apart") == "900003.mathematics.900001"
    assert "Lower Quennet Primary School → Tolverton Junior School, mathematics: left out." in drive.text(at)
    press(at, f"let-go-{PAIR}")
    assert (GIVERS[900001], NEEDY[900003]) in proposed(at) and param(at, "apart") == ""
    at.selectbox(key="own-need").select((900003, "mathematics")).run()
    at.selectbox(key="own-giver").select(900002).run()
    press(at, "own_keep")
    assert (GIVERS[900002], NEEDY[900003]) in proposed(at)
    assert "You keep this pair." in drive.text(at) and param(at, "keep") == "900003.mathematics.900002"


def test_a_school_may_get_two_supporting_schools_on_request(here: Person) -> None:
    at = here.opens("support_plan", days="2.40")  # four days at Nettlecombe Cross: for two schools
    at.multiselect(key="move-twice").select((900003, "mathematics")).run()
    assert sum(receiver == NEEDY[900003] for _, receiver in proposed(at)) == 2
    assert param(at, "twice") == "900003.mathematics"


@pytest.mark.parametrize(
    "params",
    [
        {"km": "-3", "days": "x", "keep": "900003.moon.900001", "apart": "a.b", "twice": "1.2", "counts": "1-2"},
        {"km": "99999999999", "days": "1.99999999", "counts": "0-0-0-0-0", "keep": "<script>alert(1)</script>"},
        {"keep": "123456.mathematics.900001,900003.mathematics.900003", "term": "199900-winter"},
    ],
    ids=["words", "far-out", "not-ours"],
)
def test_what_a_link_asks_for_and_cannot_be_is_left_out_with_a_sentence(here: Person, params: dict[str, str]) -> None:
    at = here.opens("support_plan", **params)
    assert finding(at) == FINDING
    assert "was left out" in drive.text(at) and "<script>alert" not in drive.html(at)


def test_what_cannot_go_together_is_a_sentence_and_the_plan_stands(here: Person) -> None:
    enter("constraint", {"kind": "not_with", "other": 900001, "why": "Sisters lead both"}, urn=900003)
    at = here.opens("support_plan", keep="900003.mathematics.900001")
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)
    problems = [block.value for block in at.html if 'role="alert"' in block.value]
    assert len(problems) == 1 and "Tolverton Junior School" in problems[0]


def test_one_area_narrows_what_is_shown_and_not_the_plan(here: Person) -> None:
    at = here.opens("support_plan")
    at.selectbox(key="pick_area").select("attendance").run()
    assert finding(at) == FINDING and proposed(at) == []
    assert "Tolverton Junior School: No school has offered days for attendance." in drive.text(at)


def test_hidden_names_are_in_no_board_form_or_picture(here: Person) -> None:
    enter("constraint", {"kind": "not_with", "other": 900001, "why": "A reason"}, urn=900003)
    enter("constraint", {"kind": "window", "starts": "2026-11-01", "ends": "2027-02-01", "why": "Busy"}, urn=900004)
    at = here.opens("support_plan", hide="1", keep="900003.mathematics.900002")
    press(at, "agree-900003-mathematics-900002")
    press(at, "plan_later")
    shown = (drive.text(at) + drive.pictures(at)).replace("Kelderby Partnership Trust", "")
    assert [name for name in region.NAMES.values() if name in shown or name.rsplit(" ", 2)[0] in shown] == []


def test_every_column_of_the_board_s_download_has_a_meaning(here: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(table: pd.DataFrame, about: Mapping[str, str] | None = None) -> pd.DataFrame:
        made = dictionary(table, about)
        asked.extend(made["Column"] + ": " + made["Meaning"])
        return made

    monkeypatch.setattr("pages.components.downloads.dictionary", noted)
    here.opens("support_plan")
    assert [line for line in asked if "See How it works" in line] == []
    assert any(line.startswith("Could be supported by: ") for line in asked)


# What people entered.


def test_a_rule_is_kept_out_of_a_pair_and_holds_for_everybody(here: Person) -> None:
    at = press(here.opens("support_plan"), f"apart-{PAIR}")
    press(at, f"rule-{PAIR}")
    press(at, "rule_send")
    assert "Why: it is needed" in drive.text(at) and entered("constraint") == ()
    at.text_input(key="rule-why").set_value("Their heads are married")
    press(at, "rule_send")
    (rule,) = entered("constraint")
    assert (rule.urn, rule.values["kind"], rule.values["other"]) == (900003, "not_with", 900001)
    assert "The rule is kept." in drive.text(at) and param(at, "apart") == ""
    fresh = here.opens("support_plan")
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(fresh)
    line = "Tolverton Junior School and Lower Quennet Primary School do not support each other. Why: Their heads are married"
    assert line in drive.text(fresh)


def test_a_time_without_visits_keeps_a_school_out_while_it_lasts(here: Person) -> None:
    values = {
        "kind": "window",
        "starts": "2026-11-01",
        "ends": "2027-01-15",
        "cause": "inspection",
        "why": "A call is due",
    }
    enter("constraint", values, urn=900003)
    at = here.opens("support_plan")
    assert NEEDY[900003] not in {receiver for _, receiver in proposed(at)}
    line = "No visits: Tolverton Junior School: from 1 November 2026 to 15 January 2027 (an inspection is due)."
    assert line in drive.text(at)
    later = here.opens("support_plan", term="202627-summer")
    assert NEEDY[900003] in {receiver for _, receiver in proposed(later)}


def test_a_journey_that_people_know_wins_over_the_map(here: Person) -> None:
    enter("constraint", {"kind": "travel", "other": 900001, "km": 90, "minutes": 150, "why": "The ferry"}, urn=900003)
    at = here.opens("support_plan")
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)
    assert "are 90 km and 150 minutes apart. Why: The ferry" in drive.text(at)


def test_what_an_agreement_meets_is_left_out_and_its_days_are_taken(here: Person) -> None:
    said = {
        "area": "mathematics",
        "kind": "visits",
        "days": 2,
        "starts": "2027-01-01",
        "ends": "2027-07-31",
        "offer": 1,
    }
    agreements.propose(
        here.scope, store(), uid=region.TRUST, giver=900001, receiver=900003, figures="", now=NOW, **said
    )
    at = here.opens("support_plan")
    assert (NEEDY[900003], "mathematics") not in proposed(at) and "Two proposals use 8 of the 18 days" in finding(at)
    shown = drive.text(at)
    line = "Asked already: Tolverton Junior School, mathematics: Lower Quennet Primary School, 2 days a term; the supporting school is asked."
    assert line in shown


def test_a_need_that_a_school_states_counts_and_one_that_waits_does_not(here: Person) -> None:
    values = {"area": "mathematics", "size": "pressing", "words": "Our subject lead left"}
    enter("stated_need", {**values, "standing": "stated"}, urn=900005, uid=None)
    enter("stated_need", values, urn=900007, uid=None)
    at = here.opens("support_plan")
    receivers = {receiver for _, receiver in proposed(at)}
    assert region.NAMES[900005] in receivers and region.NAMES[900007] not in receivers
    assert "Great Quennet Primary School says itself that it needs help now in mathematics." in drive.text(at)
    needs = drive.text(here.opens("support"))
    assert "Stated by the school on 22 November 2026: we need help now. In its words: Our subject lead left" in needs
    assert "it counts once its head has said so" in needs and "One school says that help would be welcome." in needs


def test_a_need_that_a_school_sees_differently_waits_unless_it_is_asked_for(here: Person) -> None:
    values = {"area": "mathematics", "state": "differs", "words": "One hard year, and it is over"}
    enter("need_state", values, urn=900003, uid=None)
    at = here.opens("support_plan")
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)
    line = "Tolverton Junior School sees mathematics differently. The school says: One hard year, and it is over"
    assert line in drive.text(at)
    at.checkbox(key="plan_differs").check().run()
    assert NEEDY[900003] in {receiver for _, receiver in proposed(at)} and param(at, "differs") == "1"


def test_days_promised_to_a_working_group_are_kept_back_until_they_are_let_go_of(here: Person) -> None:
    group = enter("working_group", {"name": "Number", "area": "mathematics", "state": "planned"})
    member = {"working_group": group.entry_id, "role": "leads", "days": 2}
    one = enter("group_school", member, urn=900001)
    enter("group_school", {**member, "role": "hosts", "days": 10}, urn=900008)
    at = here.opens("support_plan")
    assert (GIVERS[900001], NEEDY[900003]) in proposed(at)  # asked is not promised
    assert "Lower Quennet Primary School, mathematics: 2 days a term asked for, no answer yet." in drive.text(at)
    rows.change(here.scope, store(), one.entry_id, {"says": "yes"}, version=one.version, now=NOW)
    at = here.opens("support_plan")
    shown = drive.text(at)
    assert GIVERS[900001] not in {giver for giver, _ in proposed(at)}
    assert "2 days a term that schools promised to working groups are kept back." in shown
    assert "Lower Quennet Primary School, mathematics: 2 days a term promised." in shown
    assert "Lower Quennet, mathematics 0 of 2 days; 2 taken already" in shown
    at.checkbox(key="plan_groups").uncheck().run()
    assert (GIVERS[900001], NEEDY[900003]) in proposed(at) and param(at, "groups") == "1"


def test_more_days_than_are_free_are_asked_for_with_a_word_only(here: Person) -> None:
    at = press(here.opens("support_plan"), f"agree-{PAIR}")
    assert "Lower Quennet Primary School has 2 days a term free of those in this plan." in drive.text(at)
    at.number_input(key="agree-days").set_value(150.0)
    for box, said in ((at.text_area, "objectives"), (at.text_input, "decided")):
        box(key=f"agree-{said}").set_value("Pupils are sure of number")
    press(at, "agree_send")
    assert "150 days a term are more than Lower Quennet Primary School has free (2 days)." in drive.text(at)
    assert entered("agreement") == ()
    at.checkbox(key="agree-more").check()
    press(at, "agree_send")
    assert "the offer has 2 days a term in all" in drive.text(at)  # no word makes an offer larger
    assert entered("agreement") == ()
    at.number_input(key="agree-days").set_value(2.0)
    press(at, "agree_send")
    (one,) = entered("agreement")
    assert one.values["days"] == 2
    shown = drive.text(at)
    assert "Lower Quennet, mathematics 0 of 2 days; 2 taken already" in shown and "agreed already" not in shown
    assert "asked for until somebody answers" in shown


def test_days_that_another_partnership_agreed_are_taken_and_its_need_is_known(here: Person) -> None:
    """Numbers only: neither who is supported there nor by which partnership is told."""
    said = {"area": "mathematics", "kind": "visits", "starts": "2027-01-01", "ends": "2027-07-31"}
    other = "LA991"
    for giver, receiver, days, offer in ((900001, 900013, 2, 1), (900014, 900003, 1, None)):
        agreements.propose(
            here.scope,
            store(),
            uid=other,
            giver=giver,
            receiver=receiver,
            figures="",
            now=NOW,
            days=days,
            offer=offer,
            **said,
        )
    at = here.opens("support_plan")
    shown = drive.text(at)
    assert GIVERS[900001] not in {giver for giver, _ in proposed(at)}
    assert "Lower Quennet, mathematics 0 of 2 days; 2 taken already" in shown
    assert NEEDY[900003] not in {receiver for _, receiver in proposed(at)}
    assert (
        "Supported already: Tolverton Junior School, mathematics: under an agreement of another partnership." in shown
    )
    assert region.NAMES[900013] not in shown and region.NAMES[900014] not in shown
    assert "under an agreement of another partnership" in drive.text(here.opens("support"))


def test_an_organisation_gives_days_too_by_its_name(here: Person) -> None:
    values = {
        "giver": "organisation",
        "who": "Fenland Hub",
        "area": "attendance",
        "kind": "coaching",
        "days": 6,
        "standing": "offered",
    }
    enter("offer", values)
    at = here.opens("support_plan")
    assert ("Fenland Hub", NEEDY[900003]) in proposed(at)
    for key in ("support_plan", "support_who"):
        hidden = drive.text(here.opens(key, hide="1"))
        assert "Fenland Hub" not in hidden and "A partner organisation" in hidden
    who = drive.text(here.opens("support_who", area="attendance"))
    assert "Partner organisations and specialists Who Area Days a term What it is Fenland Hub Attendance 6" in who
    offer = max(one.entry_id for one in entered("offer"))
    press(at, f"agree-900003-attendance--{offer}")
    press(at, "agree_send")
    (made,) = entered("agreement")
    assert (made.urn, made.other_urn, made.values["offer"]) == (None, 900003, offer)


def test_an_offer_that_begins_later_is_no_help_now(here: Person) -> None:
    said = {"giver": "organisation", "area": "attendance", "kind": "coaching", "days": 6, "standing": "offered"}
    for who, days in (
        ("Late Hub", {"starts": "2029-01-01"}),
        ("Past Hub", {"ends": "2026-11-21"}),
        ("Hub of today", {"starts": "2026-11-22", "ends": "2026-11-22"}),
    ):
        enter("offer", {**said, "who": who, **days})
    shown = drive.text(here.opens("support_who", area="attendance"))
    assert "Hub of today" in shown and "Late Hub" not in shown and "Past Hub" not in shown


# What is worked out when somebody asks.


def test_other_ways_and_how_well_each_holds_come_when_asked_for(here: Person) -> None:
    at = here.opens("support_plan")
    assert "of 100 trials" not in drive.text(at)
    press(at, "plan_later")
    shown = drive.text(at)
    assert shown.count("of 100 trials") == 3 and "Trying the plan" not in shown
    assert shown.count("Or Cattering Park Primary School") == 2 and shown.count("Or Lower Quennet Primary School") == 1
    taken = next(button.key for button in at.button if button.key and button.key.startswith("take-900003"))
    other = int(taken.split("-")[3])
    press(at, taken)
    assert (region.NAMES[other], NEEDY[900003]) in proposed(at)
    assert "of 100 trials" not in drive.text(at)  # of another plan nothing was asked yet


# A proposal becomes an agreement.


def test_both_schools_are_asked_the_giving_one_first(here: Person) -> None:
    at = press(here.opens("support_plan"), f"agree-{PAIR}")
    assert at.date_input(key="agree-starts").value == date(2027, 1, 1)
    at.text_area(key="agree-objectives").set_value("Pupils are sure of number")
    at.text_input(key="agree-decided").set_value("Trust board")
    press(at, "agree_send")
    (made,) = entered("agreement")
    assert (made.urn, made.other_urn, made.uid) == (900001, 900003, region.TRUST)
    said = made.values
    assert (said["giver_says"], said["receiver_says"], said["state"]) == ("waiting", "waiting", "open")
    assert (said["days"], said["offer"], said["kind"], said["figures"]) == (2.0, 1, "visits", "plan")
    assert "about 14 points above" in str(said["why"]) and said["decided_by"] == "Trust board"
    assert "Lower Quennet Primary School is asked first." in drive.text(at)
    assert (GIVERS[900001], NEEDY[900003]) not in proposed(at)  # its days are promised, and the need is met


def test_dates_turned_round_are_refused_in_words_and_what_was_typed_stays(here: Person) -> None:
    at = press(here.opens("support_plan"), f"agree-{PAIR}")
    at.date_input(key="agree-ends").set_value(date(2026, 12, 1))
    at.text_area(key="agree-objectives").set_value("Kept")
    press(at, "agree_send")
    assert "it lies before the first day" in drive.text(at) and entered("agreement") == ()
    assert at.text_area(key="agree-objectives").value == "Kept"


def as_head(urn: int) -> Scope:
    return Scope(99, "Head", (Grant("headteacher", None, urn),), mark="m")


def test_a_director_asks_only_once_the_school_has_said_that_help_is_welcome(here: Person) -> None:
    here.is_("director", uid=region.TRUST)
    at = here.opens("support")
    at.checkbox(key="schools_told").check().run()
    press(at, "show_to_schools")
    here.later(12)
    at = here.opens("support_plan")
    assert f"agree-{PAIR}" not in [button.key for button in at.button]
    assert "The school itself has to say first that help is welcome here" in drive.text(at)
    rows.add(as_head(900003), store(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900003, now=NOW)
    at = press(here.opens("support_plan"), f"agree-{PAIR}")
    press(at, "agree_send")
    assert [one.created_by for one in entered("agreement")] == [here.accounts["director"]]


def test_a_director_states_a_need_that_waits_for_the_school_s_word(here: Person) -> None:
    here.is_("director", uid=region.TRUST)
    at = press(here.opens("support"), "state_need_open")
    press(at, "state_need_send")
    assert "Choose which school it is." in drive.text(at)
    at.selectbox(key="state_need-school").select(900007)
    at.selectbox(key="state_need-area").select("mathematics")
    at.selectbox(key="state_need-size").select("important")
    press(at, "state_need_send")
    (made,) = entered("stated_need")
    assert (made.urn, made.values["standing"]) == (900007, "waiting")
    assert "It waits for the school's own word." in drive.text(at)
    assert "Withenby Primary School" not in {receiver for _, receiver in proposed(here.opens("support_plan"))}
    head = as_head(900007)
    rows.change(head, store(), made.entry_id, {"standing": "stated"}, version=1, now=NOW, entered=True)
    assert "Withenby Primary School" in {receiver for _, receiver in proposed(here.opens("support_plan"))}


@pytest.mark.parametrize("role", ["governor", "headteacher", "auditor"])
@pytest.mark.parametrize("key", ["support_plan", "support_asked", "support_who"])
def test_plans_are_not_for_everybody(here: Person, role: str, key: str) -> None:
    here.is_(
        role, **({"urn": 900003} if role == "headteacher" else {"uid": region.TRUST} if role == "governor" else {})
    )  # type: ignore[arg-type]
    shown = here.sees(key)
    assert not [name for name in (*NEEDY.values(), *GIVERS.values()) if name in shown]

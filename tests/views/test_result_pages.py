"""The five pages of results, on the small made-up publication: what they say, for odd schools and odd links too."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.support.plans import Plan, Proposal, SupporterLoad, Unmatched
from data.catalogue.vocabulary import TIERS
from pages.components.cards import short_name
from pages.shell.planning import planned as plans_of_pages
from tests.views import drive, region

PAGES = ("overview", "support", "support_who", "support_plan", "support_asked", "my_school", "similar_schools", "board")
NEEDED = ("Oxleigh Road Primary School", "Tolverton Junior School")
PLAN = Plan(
    "offers",
    (
        Proposal(
            900003,
            "mathematics",
            "primary",
            0.9,
            900001,
            "offers",
            0.8,
            0.97,
            0.9,
            0.7,
            1.0,
            0.8,
            3.2,
            2.0,
            "{supporter} is lastingly above its intake. Its circumstances are close to those of {need}.",
        ),
    ),
    (Unmatched(900004, "mathematics", "primary", 0.8, "every place is taken. One at {0} would meet it.", (900013,)),),
    (SupporterLoad(900001, "mathematics", "offers", 2, 1, 2.0),),
)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(*_: Any, **__: Any) -> Plan:
        return PLAN

    monkeypatch.setattr(plans_of_pages, "plan", plan)


def finding(at: AppTest) -> str:
    assert not at.exception, at.exception
    (first,) = re.findall(r'<h1 class="al-h1">(.*?)</h1>', drive.html(at))
    return unescape(first)


@pytest.mark.parametrize("key", PAGES)
def test_every_page_has_finding_caveat_and_source(key: str, filled_home: object) -> None:
    at = drive.view(key)
    shown = drive.text(at)
    assert finding(at)
    assert "What this shows:" in shown and "What it does not show:" in shown
    assert "Sample data: fictional schools." in shown and "Figures of 21 November 2026." in shown
    assert drive.off_words(shown) == []


@pytest.mark.parametrize("key", PAGES)
@pytest.mark.parametrize(
    "params",
    [
        {
            "partnership": "nobody",
            "phase": "moon",
            "year": "1066",
            "school": "1",
            "part": "x",
            "area": "y",
            "hide": "?",
        },
        {"school": "<script>alert(1)</script>", "partnership": "LA991", "phase": "secondary", "year": "202324"},
        {"partnership": region.SECOND, "school": "900019", "area": "mathematics"},
    ],
)
def test_odd_links_still_open(key: str, params: dict[str, str], filled_home: object) -> None:
    at = drive.view(key, **params)
    assert finding(at)
    assert "<script>alert" not in drive.html(at)


@pytest.mark.parametrize("key", PAGES)
def test_hidden_names_are_nowhere(key: str, filled_home: object, planned: None) -> None:
    for part in ("list", "kinds"):
        shown = drive.text(drive.view(key, hide="1", part=part))
        short = {short_name(region.NAMES[urn]) for urn in region.MEMBERS}
        where = [name for name in {*region.NAMES.values(), *short} if name in shown]
        assert where == [], (key, part)
        assert "900003" not in shown


@pytest.mark.parametrize("key", PAGES)
def test_markup_in_a_name_stays_text(key: str, filled_home: object) -> None:
    drawn = "".join(block.value for block in drive.view(key, school="900006").html)
    assert "St <b>Mark" not in drawn


def test_overview_says_what_stands_out(filled_home: object) -> None:
    at = drive.view("overview")
    shown = drive.text(at)
    assert finding(at) == "Three of our nine primary schools could share a strength; two may need support"
    assert "10 of 12 schools inspected since joining Two not, by the files" in shown
    assert "Mathematics: Lower Quennet Primary School and Nettlecombe Cross Primary School have a strength" in shown
    assert "Not in this picture: 3 schools of other phases." in shown


def test_overview_table_has_every_tier_s_word(filled_home: object) -> None:
    shown = drive.text(drive.view("overview"))
    missing = [words for key, words in TIERS.items() if words not in shown and key != "low_in_line"]
    assert missing == []
    assert TIERS["low_in_line"] in drive.text(drive.view("overview", partnership=region.TRUST))


def test_too_few_schools_have_no_gap(filled_home: object) -> None:
    shown = drive.text(drive.view("overview_gap", phase="secondary"))
    assert (
        "2 schools with results of enough pupils: too few schools to say how much they differ. At least eight are needed."
        in shown
    )


def test_choosing_another_phase_changes_the_finding(filled_home: object) -> None:
    at = drive.view("overview")
    at.selectbox(key="pick_phase").select("secondary").run()
    assert finding(at) == "One of our two secondary schools could share a strength; one may need support"


def test_needs_are_questions_with_their_range(filled_home: object) -> None:
    at = drive.view("support")
    shown = drive.text(at)
    assert finding(at) == "Two schools may need support, most often in mathematics"
    assert (
        "Mathematics: 53% reached the expected standard over three years (84 pupils; likely between 45% and 61%). "
        "Schools with a similar intake reach about 63%." in shown
    )
    assert "May need support; not yet discussed with the school." in shown
    assert "Mixed evidence in mathematics: Great Quennet Primary School." in shown
    assert "Not enough data in mathematics: Withenby Primary School." in shown
    assert "About 1 in 25 of these is expected to be chance" in shown  # p = 0.96 for each


def test_each_list_of_strengths_says_how_many_are_expected_to_be_chance(filled_home: object) -> None:
    shown = drive.text(drive.view("support_who"))
    assert shown.count("About 1 in 33 of these is expected to be chance") == 2  # p = 0.97 for each, ours and near
    attendance = drive.text(drive.view("support_who", area="attendance"))
    assert attendance.count("expected to be chance") == 1  # nobody near has that strength


def needs_in_order(at: AppTest) -> list[str]:
    (table,) = re.findall(r"<caption><span>Needs</span></caption>(.*?)</table>", drive.html(at), re.S)
    return re.findall(r'<th scope="row">([^<]+)</th>', table)


def test_needs_stand_by_name_unless_the_largest_first_is_asked_for(filled_home: object) -> None:
    at = drive.view("support")
    trust = "The trust&#x27;s own accounts"  # one need of the trust, after the schools'
    assert needs_in_order(at) == [NEEDED[0], NEEDED[1], NEEDED[1], trust]  # two needs of the second
    at.selectbox(key="pick_order").select("size").run()
    assert at.query_params["order"] in ("size", ["size"])
    assert needs_in_order(at) == [NEEDED[1], NEEDED[0], NEEDED[1], trust]  # differences of 11, 10 and 9


def test_a_trusts_money_is_the_trusts(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900011"))
    assert "Chilver Vale Learning Trust as a whole, 12 schools with accounts: the trust's reserve was −£200k" in shown
    assert "The reserve is below nought: a question to the trust, not to this school." in shown
    assert "the published accounts ask a question" not in shown  # no need of the school's own
    of_another = drive.text(drive.view("support", partnership="90002"))
    assert "The trust's own accounts" not in of_another
    assert "The trust's own accounts ask a question" in drive.text(drive.view("board"))


def test_needs_of_other_partnerships_are_never_named(filled_home: object) -> None:
    for key in PAGES:
        shown = drive.text(drive.view(key, partnership=region.SECOND, school="900003"))
        assert "Where help might be welcome" not in shown or "Shown to the school's own partnership only." in shown
        assert "to look at together" not in shown
    assert not [name for name in NEEDED if name in drive.text(drive.view("support", partnership=region.SECOND))]


def test_an_area_narrows_the_needs(filled_home: object) -> None:
    at = drive.view("support")
    at.selectbox(key="pick_area").select("attendance").run()
    shown = drive.text(at)
    assert "Attendance: pupils missed" in shown
    assert "Mathematics: 53% reached" not in shown


def test_no_need_is_not_called_met(filled_home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any, **__: Any) -> Plan:
        return Plan("offers", (), (), ())

    monkeypatch.setattr(plans_of_pages, "plan", nothing)
    shown = drive.text(drive.view("support_plan"))
    assert "Every need here has a proposal." not in shown
    assert "There is no need here to plan for." in shown


def test_each_view_inside_support_says_its_own_finding(filled_home: object, planned: None) -> None:
    at = drive.view("support_who")
    assert finding(at) == "Three of our schools have a strength in what may be needed"
    assert "Millbrace Primary School" in drive.text(at)  # near, outside the trust
    assert (
        finding(drive.view("support_plan")) == "One proposal uses 2 of the 4 days offered a term; one need is not met"
    )


def test_each_view_inside_support_leads_to_the_others(filled_home: object, planned: None) -> None:
    for key in ("support", "support_who", "support_plan"):
        shown = drive.html(drive.view(key))
        others = {"support", "support-who", "support-plan", "support-asked"} - {key.replace("_", "-")}
        assert not [path for path in others if f'href="./{path}?' not in shown]
    assert "Next: who could help" in drive.html(drive.view("support"))


def test_a_plan_gives_reasons_days_and_what_binds(filled_home: object, planned: None) -> None:
    shown = drive.text(drive.view("support_plan"))
    assert "Lower Quennet Primary School → Tolverton Junior School 2 days a term" in shown
    assert "Its circumstances are close to those of Tolverton Junior School." in shown
    assert "A proposal: both schools agree or decline." in shown
    assert "Oxleigh Road Primary School: every place is taken. One at Millbrace Primary School would meet it." in shown
    assert "2 of 4 days" in shown


def test_who_could_be_asked_is_kept_apart(filled_home: object, planned: None) -> None:
    shown = drive.text(drive.view("support_asked"))
    assert "If each could spare the days shown; not yet asked." in shown
    assert "2 days if it could spare them" in shown
    assert "Open Lower Quennet Primary School" in shown  # with its phone and website
    assert "Days used of days offered" not in shown


def test_my_school_has_both_lists(filled_home: object) -> None:
    at = drive.view("my_school", school="900001")
    assert finding(at) == "Lower Quennet: mathematics to share"
    shown = drive.text(at)
    assert "Mathematics: 77% reached the expected standard over three years" in shown
    assert "Where you could help" in shown and "Mathematics: two schools within 25 km may need support." in shown
    assert not [name for name in NEEDED if f"{name} may" in shown]


def test_my_school_asks_the_school_itself(filled_home: object) -> None:
    at = drive.view("my_school", school="900004")
    assert finding(at) == "Oxleigh Road: mathematics to look at together"
    assert "Not yet discussed with you." in drive.text(at)


def test_inspection_stands_in_three_blocks(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900001"))
    for heading in ("Since November 2025", "September 2024 to November 2025", "To summer 2024"):
        assert heading in shown
    assert "No report card in the files." in shown
    assert "Good, 14 March 2019, under this school's number, 7 years old." in re.sub(r"\s+", " ", shown)


@pytest.mark.parametrize("urn", [region.INFANT, region.SPECIAL, 900007])
def test_no_page_of_an_odd_school_is_empty(urn: int, filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school=str(urn)))
    assert "Money" in shown and "Inspection, each in its own words" in shown
    words = {
        900007: "Not enough data in mathematics: fewer than 30 pupils",
        region.INFANT: "What is published about this school",
    }
    assert words.get(urn, "What is published about this school") in shown


def test_similar_schools_say_why_and_how_to_reach_them(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003")
    shown = drive.text(at)
    assert finding(at) == "Tolverton: four of 12 similar schools have a strength to share"
    assert "Does well: mathematics." in shown and re.search(r"Alike in .* here, .* there", shown)
    assert 'href="tel:01632960002"' in drive.html(at)
    assert "They are a fair match" in shown


def test_who_does_well_what_is_hard_stands_first(filled_home: object) -> None:
    shown = drive.text(drive.view("similar_schools", school="900003"))
    assert shown.index("Nettlecombe Cross Primary School") < shown.index("Oxleigh Road Primary School")


def test_kinds_of_school_are_a_view_inside(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003")
    at.segmented_control(key="similar_part").set_value("kinds").run()
    assert finding(at) == "Tolverton's kind of school: larger schools, more pupils eligible for free meals"
    assert "Second nearest: smaller schools" in drive.text(at)


def test_a_school_without_similar_ones_says_what_it_would_need(filled_home: object) -> None:
    at = drive.view("similar_schools", school=str(region.SPECIAL))
    assert finding(at) == "Larkhythe: no close match among the schools in these figures"
    assert "It would need published census figures" in drive.text(at)


def test_the_board_reads_counts_never_names(filled_home: object) -> None:
    at = drive.view("board")
    shown = drive.text(at)
    assert finding(at) == (
        "Four schools could share a strength; two primary schools may need support; "
        "for two secondary schools see the part with names"
    )
    assert "Mathematics: two primary schools may need support; not yet discussed with the schools." in shown
    assert [name for name in region.NAMES.values() if name in shown] == []
    assert "@media print" in "".join(block.value for block in at.html)


def test_years_before_the_newest_can_be_looked_at(filled_home: object) -> None:
    shown = drive.text(drive.view("overview", year="202324"))
    assert "two years to 2023/24" in shown

"""My school and why: each statement leads to its reasons, an offer and a reply end the page, one page of paper tells no more."""

from __future__ import annotations

import re

import pytest

from analytics.results import Strength
from data.access.scope import everything
from data.register import rows
from pages.components import downloads, school_statements
from pages.shell.school import one_page
from tests.views import drive, region
from tests.views.signed_in import Person, opened

MONEY = Strength(900001, "primary", "finance", 202425, None, "finance", False, 3, None)
NEEDED = {"school": "900004", "partnership": region.TRUST}


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_each_statement_leads_to_its_own_reasons(filled_home: object) -> None:
    html = drive.html(drive.view("my_school", **NEEDED))
    links = re.findall(r'href="(\./why\?[^"]*)"[^>]*>Why does it say this of [a-z ,]+\?', html)
    assert links and all("area=mathematics" in link or "area=" in link for link in links)
    assert any("area=mathematics" in link and "school=900004" in link for link in links)


def test_the_page_keeps_its_calm_order(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900001", partnership=region.TRUST))
    order = (
        "What you could share", "Where help might be welcome", "You beside", "Over the years", "Inspection, each in its own words", "Money",
        "Who is worth a call", "What you can offer, and what you would say", "Tell us what you can offer", "Reply to any number on this page",
        "What this shows",
    )  # fmt: skip
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


def test_who_is_worth_a_call_has_a_reason_a_distance_and_a_phone(filled_home: object) -> None:
    at = drive.view("my_school", **NEEDED)
    html, shown = drive.html(at), one_line(drive.text(at))
    calls = shown.split("Who is worth a call")[1].split("What you can offer")[0]
    assert "Does well what is hard here: mathematics." in calls and " km" in calls and html.count('href="tel:') == 3
    hidden = drive.html(drive.view("my_school", **NEEDED, hide="1"))
    assert 'href="tel:' not in hidden and "Pellworth" not in hidden


def test_why_is_narrowed_to_the_area_of_the_link(filled_home: object) -> None:
    at = drive.view("why", **NEEDED, area="mathematics")
    assert not at.exception and at.selectbox(key="pick_why").value == "mathematics"
    shown = drive.text(at)
    assert "May need support: about 4 in 5 sure, at least" in shown and drive.off_words(shown) == []
    at.selectbox(key="pick_why").set_value("together").run()
    assert at.query_params["area"] in ("together", ["together"]) and not at.exception
    lost = drive.text(drive.view("why", **NEEDED, area="<b>nothing"))
    assert "The link asks about an area in which nothing is said of this school." in lost


def test_an_offer_is_made_from_the_page(person: Person) -> None:
    person.is_("headteacher", urn=900004)
    before = {one.entry_id for one in rows.entries(everything(), opened(), "offer")}
    at = person.opens("my_school", **NEEDED)
    at.selectbox(key="own-offer-0-area").select("mathematics")
    at.selectbox(key="own-offer-0-kind").select("visits")
    at.text_input(key="own-offer-0-days").set_value("2")
    next(one for one in at.button if one.key == "own_offer_send").click().run()
    assert not at.exception
    (one,) = [row for row in rows.entries(everything(), opened(), "offer") if row.entry_id not in before]
    assert (one.urn, one.values["area"], one.values["standing"]) == (900004, "mathematics", "offered")


def test_there_is_one_door_to_offering_days(person: Person) -> None:
    person.is_("headteacher", urn=900004)
    html = drive.html(person.opens("my_school", **NEEDED))
    assert '<a href="#what-you-can-offer" target="_self">Offer days</a>' in html and 'id="what-you-can-offer"' in html
    person.is_("governor", uid=region.TRUST)  # who may not offer is led to no form
    assert "what-you-can-offer" not in drive.html(person.opens("my_school", **NEEDED)).replace(
        'id="what-you-can-offer"', ""
    )


@pytest.mark.parametrize("role", ["director", "governor"])
def test_paper_tells_no_more_of_a_masked_school_than_the_screen(person: Person, role: str) -> None:
    person.is_(role, uid=region.TRUST)  # type: ignore[arg-type]
    shown = person.sees("my_school", school="900004")
    (paper,) = [one.decode() for one in person.files if one.startswith(b"SchoolSummary(")]
    assert "Shown to the school first." in shown or "own partnership only" in shown
    for told in ("to look at together", "may need", "Mixed evidence", "Not enough data", "picture=Ranges"):
        assert told not in paper


def test_names_hidden_are_hidden_on_paper(person: Person) -> None:
    person.is_here()
    person.sees("my_school", school="900004", hide="1")
    (paper,) = [one.decode() for one in person.files if one.startswith(b"SchoolSummary(")]
    assert [name for name in region.NAMES.values() if name in paper] == [] and "Pellworth" not in paper
    assert "01632" not in paper and ".example" not in paper


def test_the_paper_says_what_the_screen_says(person: Person) -> None:
    person.is_here()
    at = person.opens("my_school", school="900001")
    (paper,) = [one.decode() for one in person.files if one.startswith(b"SchoolSummary(")]
    assert (
        drive.text(at).count("Lower Quennet: mathematics to share") == 1
        and "finding='Lower Quennet: mathematics to share'" in paper
    )
    assert one_page.AXIS[1] in paper and drive.off_words(paper.replace("publication", "")) == []


@pytest.mark.parametrize("hide", ["0", "1"])
def test_no_school_is_put_into_a_trust_that_it_is_not_in(person: Person, hide: str) -> None:
    person.is_here()
    for urn, its_own in ((900013, "Kelderby Partnership Trust"), (900004, "Chilver Vale Learning Trust")):
        person.sees("my_school", school=str(urn), partnership=region.TRUST, hide=hide)
        (paper,) = [one.decode() for one in person.files if one.startswith(b"SchoolSummary(")]
        assert ("Chilver Vale" in paper) == (hide == "0" and urn in region.MEMBERS)
        assert (its_own in paper) == (hide == "0")


@pytest.mark.parametrize("page", ["my_school", "why"])
def test_hidden_names_hide_numbers_and_predecessors_in_words_and_in_names_of_files(
    page: str, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = list[str]()
    monkeypatch.setattr(downloads, "button", lambda label, make, file, *rest, **over: files.append(file))
    person.is_here()
    html = drive.html(person.opens(page, school="900001", partnership=region.TRUST, hide="1"))
    assert [name for name in files if "9000" in name or "quennet" in name] == [] and (files or page == "why")
    assert "URN 9" not in html and ", row " not in html


def test_a_school_looked_at_from_outside_is_no_dead_end(person: Person) -> None:
    person.is_here()
    html = drive.html(person.opens("my_school", school="900013", partnership=region.TRUST))
    assert "It is not in Chilver Vale Learning Trust, which is looked at now." in html
    assert (
        "This is our school: see it with Kelderby Partnership Trust" in html and f"partnership={region.SECOND}" in html
    )
    assert "This is our school: say which schools are ours" in html
    inside = drive.html(person.opens("my_school", school="900004", partnership=region.TRUST))
    assert "This is our school" not in inside
    person.is_("director", uid=region.TRUST)
    asked = drive.html(person.opens("my_school", school="900013"))
    assert "Whoever looks after Alongside for you can give you a role for it." in asked and "see it with" not in asked


def test_the_paper_keeps_telephones_whole_says_where_less_lies_and_sends_nobody_to_what_it_lacks(
    person: Person,
) -> None:
    person.is_here()
    person.opens("my_school", school="900001")
    (paper,) = [one.decode() for one in person.files if one.startswith(b"SchoolSummary(")]
    assert "01632\\xa0" in paper and "01632 " not in paper
    assert "Absence (less is to the right)" in paper and "below." not in school_statements._basis(MONEY, None)

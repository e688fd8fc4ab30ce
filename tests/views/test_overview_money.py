"""The views inside Overview and Money on the small made-up publication: findings, the way down to a school and the plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.register import rows
from data.store import publish
from data.store.engine import engine, place
from pages.shell.fair import fairness
from tests.views import drive, region
from tests.views.signed_in import Person

VIEWS = ("overview_area", "overview_gap", "overview_inspection", "money", "money_spend", "money_small")


def finding(at: AppTest) -> str:
    assert not at.exception, at.exception
    (first,) = re.findall(r'<h1 class="al-h1">(.*?)</h1>', drive.html(at))
    return unescape(first)


def links(at: AppTest) -> str:
    """Every address that the page's own markup leads to."""
    return unescape(" ".join(re.findall(r'href="([^"]*)"', drive.html(at))))


@pytest.mark.parametrize("key", VIEWS)
def test_odd_links_still_open(key: str, filled_home: object) -> None:
    odd = {
        "partnership": "nobody",
        "phase": "moon",
        "year": "1066",
        "area": "<b>",
        "measure": "x",
        "show": "y",
        "look": "z",
    }
    assert finding(drive.view(key, **odd))


def test_overview_leads_to_an_area_to_its_schools_and_to_the_plan(filled_home: object) -> None:
    at = drive.view("overview")
    assert "./overview-area?" in links(at) and "area=mathematics" in links(at)
    assert "Where our schools are" not in drive.text(at) and "Our schools together" not in drive.text(
        at
    )  # in the views inside
    area = drive.view("overview_area", area="mathematics")
    assert finding(area) == "Mathematics: two of our nine primary schools could share a strength; two may need support"
    shown = drive.text(area)
    assert "Lower Quennet Primary School" in shown and "Next: plan support in mathematics" in shown
    assert (
        "Open Oxleigh Road Primary School" in shown and "my-school?" in links(area) and "school=900004" in links(area)
    )
    assert "./support-plan?" in links(area)
    assert "too few pupils to say" in drive.pictures(area)


def test_what_a_school_agreed_is_not_called_undiscussed(filled_home: object) -> None:
    for key in ("overview", "overview_area"):
        shown = drive.text(drive.view(key, area="mathematics"))
        assert "has not yet been asked" not in shown and "not yet discussed with the school" in shown.lower()
    assert "Two not yet discussed with the schools" in drive.text(drive.view("overview"))
    agreed = {"area": "mathematics", "state": "agreed"}
    rows.add(
        everything(), engine(place("sample")), "need_state", agreed, urn=900004, now=datetime(2026, 9, 28, tzinfo=UTC)
    )
    assert "One agreed; one not yet discussed with the school" in drive.text(drive.view("overview"))
    assert "Agreed by the school on 28 September 2026." in drive.text(drive.view("overview_area", area="mathematics"))


def test_an_area_without_results_falls_back_with_a_sentence(filled_home: object) -> None:
    at = drive.view("overview_area", area="ebacc")
    assert "The link asks for an area in which these schools have no results. Another one is shown." in drive.text(at)
    assert finding(at).startswith("Reading: ")


def test_an_area_s_rows_stand_by_name(filled_home: object) -> None:
    spec = drive.pictures(drive.view("overview_area", area="mathematics"))
    names = [
        name
        for name in ("Cattering Park", "Great Quennet", "Lower Quennet", "Nettlecombe", "Oxleigh Road", "Withenby")
        if name in spec
    ]
    assert [spec.index(name) for name in names] == sorted(spec.index(name) for name in names) and len(names) == 6


def test_a_measure_can_be_asked_for_on_the_page_of_gaps(filled_home: object) -> None:
    at = drive.view("overview_gap")
    assert finding(at) == "Our schools differ more in mathematics than in reading"
    one = drive.view("overview_gap", measure="ks2_writing_expected_pct")
    assert "writing" in finding(one).lower() and "Mathematics in" not in drive.text(one)
    few = drive.view("overview_gap", phase="secondary")
    assert finding(few) == "How much our schools differ cannot be told"
    assert "At least eight are needed." in drive.text(few)


def test_inspection_counts_block_by_block_and_converts_nothing(filled_home: object) -> None:
    at = drive.view("overview_inspection")
    assert finding(at) == "One of our 12 schools has four judgements, nine have older grades"
    shown = drive.text(at)
    assert "Report cards (0)" in shown and "Four judgements (1)" in shown and "Older grades (9)" in shown
    assert "Outstanding: quality of education and personal development. Good: the other three judgements." in shown
    assert "Nine of nine: good or better overall." in shown
    assert "2 schools without one in the files." in shown


def test_ages_of_inspections_are_counted_to_the_day_of_the_page(
    filled_home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for year in (2026, 2029):
        monkeypatch.setattr(fairness, "now", lambda year=year: datetime(year, 11, 22, tzinfo=UTC))
        ages = re.findall(r"(\d+) years old", drive.text(drive.view("overview_inspection")))
        seen.append([int(age) for age in ages])
    assert min(seen[0]) + 3 in seen[1] and max(seen[0]) + 3 == max(seen[1])


def test_a_judgement_from_before_joining_stands_apart(filled_home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = region.tables()
    tables["member"].loc[tables["member"]["urn"].eq(900003) & tables["member"]["uid"].eq(region.TRUST), "joined"] = (
        pd.Timestamp("2022-01-01")
    )
    publish.write(engine(place("sample")), "later", "2026-11-22T09:30:00", {"inputs": []}, tables)
    at = drive.view("overview_inspection")
    assert finding(at).endswith("; one was not inspected since joining")
    assert "Not inspected since joining (1)" in drive.text(at)


def test_money_says_the_trust_s_reserve_once_and_asks_by_link(filled_home: object) -> None:
    at = drive.view("money")
    assert finding(at) == "All of our 12 schools have a reserve under 5% of income"
    shown = drive.text(at)
    assert shown.count("The trust's reserve was") == 1 and "−0.7% of its income" in shown
    assert "That is below nought" in shown
    assert "show=under_5" in links(at) and "Years" not in finding(at)
    none = drive.view("money", show="over_20")
    assert finding(none) == "None of our 12 schools has a reserve over 20% of income"
    assert "show=all" in links(none) and "None of these schools." in drive.text(none)


@pytest.mark.parametrize(("key", "asked"), [("money", {"show": "under_5"}), ("money_small", {})])
def test_a_school_is_listed_once_beside_its_picture_and_opens_from_the_table(
    key: str, asked: dict[str, str], person: Person
) -> None:
    html = drive.html(person.opens(key, **asked))
    opened = re.findall(
        r'<th scope="row"><a href="\./my-school\?[^"]*school=(\d+)[^"]*" target="_self">([^<]+)</a>', html
    )
    assert opened and all(region.NAMES[int(urn)] == unescape(name) for urn, name in opened)
    assert "Open a school:" not in html and html.count(f">{opened[0][1]}</a>") == 1
    person.files.clear()
    person.opens(key, **asked)
    assert any(
        opened[0][1].encode() in one and b"href" not in one for one in person.files if one.startswith(b"\xef\xbb\xbf")
    )


def test_money_keeps_what_is_looked_at_in_its_links(filled_home: object) -> None:
    at = drive.view("money", look="staff_pct", show="under_5")
    assert "look=staff_pct" in links(at)
    at.selectbox(key="pick_look").set_value("balance_pct").run()
    assert at.query_params["look"] == "balance_pct" and at.query_params["show"] == "under_5"


def test_results_beside_spending_needs_enough_schools(filled_home: object) -> None:
    at = drive.view("money_spend")
    assert finding(at) == "Too few schools to say whether spending more goes with better results"
    assert "at least 10 are needed" in drive.text(at) and "Money follows need" in drive.text(at)
    assert finding(drive.view("money_spend", year="202324")).startswith(
        "Results and spending cannot be set side by side"
    )


def test_small_schools_are_listed_with_what_one_pupil_weighs(filled_home: object) -> None:
    at = drive.view("money_small")
    assert re.fullmatch(r"\w+ of our 12 schools are small; together they have \d+ pupils", finding(at))
    assert finding(at).startswith("Five of") and "Withenby" in drive.text(at) and "Lower Quennet" in drive.text(at)
    assert "points" in drive.text(at) and "Our small schools taken together" in drive.text(at)


def test_without_accounts_money_says_where_they_come_from(filled_home: object) -> None:
    tables = region.tables()
    for name in ("finance", "trust_finance"):
        tables[name] = tables[name].head(0)
    publish.write(engine(place("sample")), "later", "2026-11-22T09:30:00", {"inputs": []}, tables)
    at = drive.view("money")
    assert finding(at) == "No accounts of our schools are in the files"
    assert "With one of those files in" in drive.text(at) and "Show:" not in drive.text(at)
    assert finding(drive.view("money_spend")).startswith("Results and spending cannot be set side by side")
    assert "no accounts of its own" in drive.text(drive.view("money_small"))

"""Our partnership: who we are by the register; nothing that places a school where names are hidden; nobody's account is told."""

from __future__ import annotations

from pathlib import Path

from data.store import publish
from data.store.engine import engine, place
from tests.views import drive, own_region, region
from tests.views.signed_in import Person


def test_the_page_says_who_we_are(filled_home: Path) -> None:
    shown = drive.text(drive.view("partnership"))
    assert "Our trust: 12 schools" in shown
    assert "Primary (9)" in shown and "Secondary (2)" in shown and "Special (1)" in shown
    assert "1 January 2018" in shown and "01632 960001" in shown
    assert "No results of tests or exams: 2 schools (Larkhythe School and Swanholt Infant School)." in shown


def test_the_phone_stands_next_to_the_name_as_people_read_it(filled_home: Path) -> None:
    shown = drive.text(drive.view("partnership"))
    assert "School Phone Town" in shown and "01632 960001" in shown and "01632960001" not in shown
    assert 'href="tel:01632960001"' in drive.html(drive.view("partnership"))  # tapped on a phone


def test_hidden_names_hide_what_would_place_a_school(filled_home: Path) -> None:
    shown = drive.text(drive.view("partnership", hide="1"))
    assert "School A" in shown and "they would name a school" in shown
    assert not [part for part in ("01632", "Pellworth", "Stanmere", "1 January 2018", ".example") if part in shown]


def test_nobody_reads_who_has_an_account(person: Person) -> None:
    shown = person.sees("partnership")
    assert region.NAMES[900001] in shown
    assert [one.name for one in own_region.PEOPLE.values() if one.name in shown] == [] and "@" not in drive.text(person.opens("partnership"))  # fmt: skip


def test_a_partnership_called_after_a_school_of_its_own_is_not_named_while_names_are_hidden(filled_home: Path) -> None:
    tables = region.tables()
    named = tables["partnership"]["uid"].astype(str) == region.TRUST
    tables["partnership"] = tables["partnership"].assign(
        name=tables["partnership"]["name"].where(~named, "Lower Quennet Learning Trust")
    )
    publish.write(engine(place("sample")), "renamed", "2026-12-03T09:30:00", {"inputs": []}, tables)
    for key in ("partnership", "support", "did_it_help", "board", "overview_changed"):
        at = drive.view(key, partnership=region.TRUST, hide="1")
        assert "Lower Quennet" not in drive.text(at), key
        assert "Lower Quennet" not in str([one.options for one in at.selectbox]), key


def test_an_authoritys_schools_are_those_it_looks_after(filled_home: Path) -> None:
    tables = region.tables()
    private = tables["school"]["urn"] == 900005
    tables["school"] = tables["school"].assign(sector=tables["school"]["sector"].where(~private, "independent"))
    publish.write(engine(place("sample")), "private", "2026-12-03T09:30:00", {"inputs": []}, tables)
    shown = drive.text(drive.view("partnership", partnership=region.AUTHORITY))
    assert f"Our authority: {len(region.NAMES) - 1} schools" in shown and region.NAMES[900005] not in shown
    assert "Independent schools in the area are not counted." in shown
    trust = drive.text(drive.view("partnership", partnership=region.TRUST))
    assert region.NAMES[900005] in trust and "Independent schools" not in trust

"""Did it help?, with sign-in: who reads programmes, who reads their schools, who sets them down; the same numbers for all."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from data.access.scope import Grant, Scope, everything
from data.catalogue import PermissionDenied
from data.register import rows
from data.store.engine import engine, place
from data.store.schema import school
from pages.shell.programmes import looking, reading, setting_down
from pages.shell.programmes.setting_down import Draft
from tests.views import drive, programme_region, region
from tests.views.programme_region import LOW, NOW, OURS, SAID, view_of
from tests.views.signed_in import Person


@pytest.fixture
def signed(person: Person) -> Person:
    programme_region.fill(place("own"))
    entry = rows.add(everything(), engine(place("own")), "programme", SAID, uid=region.TRUST, now=NOW)
    for urn in sorted(region.MEMBERS):
        part = {"programme": entry.entry_id, "part": "supported"}
        rows.add(everything(), engine(place("own")), "programme_school", part, uid=region.TRUST, urn=urn, now=NOW)
    return person


def test_a_governor_reads_the_programme_and_no_school(signed: Person) -> None:
    signed.is_("governor", uid=region.TRUST)
    for key in ("did_it_help", "programme"):
        told = signed.sees(key)
        assert "Number talk" in told
        assert [name for name in region.NAMES.values() if name in told] == []
        assert "Its schools" not in told
        assert "Set the comparison down now" not in told
    assert "What it is for" not in signed.sees("programme_new")


def test_a_director_reads_its_schools_and_no_other_partnership_does(signed: Person) -> None:
    assert "Its schools" in signed.sees("programme")
    assert "Schools that would take part" in signed.sees("programme_new")
    assert "Lower Quennet Primary School" in signed.sees("programme")
    signed.is_("director", uid=region.SECOND)
    for key in ("did_it_help", "programme"):
        assert "Number talk" not in signed.sees(key, partnership=region.SECOND)
        assert "Number talk" not in signed.sees(key, partnership=region.TRUST)


@pytest.mark.parametrize("role", ["headteacher", "administrator", "auditor"])
@pytest.mark.parametrize("key", ["did_it_help", "programme", "programme_new"])
def test_the_pages_are_not_for_others(signed: Person, role: Any, key: str) -> None:
    signed.is_(role, **({"urn": 900003} if role == "headteacher" else {}))
    assert "Number talk" not in signed.sees(key)
    assert "What it is for" not in signed.sees(key)


def test_nobody_sets_a_programme_down_for_another_partnership(signed: Person) -> None:
    second = Scope(7, "d", (Grant("director", uid=region.SECOND, members=frozenset(range(900013, 900017))),), mark="m")
    own = dataclasses.replace(view_of(scope=second), place=place("own"))
    draft = Draft({**SAID, "name": "Not theirs"}, frozenset(LOW), None)
    before = rows.entries(everything(), engine(place("own")), "programme")
    with pytest.raises(PermissionDenied):
        setting_down.keep(own, region.TRUST, OURS, draft, None, now=NOW)
    assert rows.entries(everything(), engine(place("own")), "programme") == before


def test_everybody_reads_the_same_numbers(signed: Person) -> None:
    director = dataclasses.replace(view_of(scope=signed.scope), place=place("own"))
    governor = dataclasses.replace(director, scope=signed.is_("governor", uid=region.TRUST))
    draft = Draft({**SAID, "name": "By the owner"}, frozenset(LOW), None)
    owner = dataclasses.replace(view_of(), place=place("own"))
    setting_down.keep(owner, region.TRUST, OURS, draft, None, now=NOW)
    told = [
        looking.evaluation(
            who, next(one for one in reading.programmes(who, region.TRUST) if one.design), region.MEMBERS
        )
        for who in (director, governor)
    ]
    assert told[0] == told[1]
    assert told[0] is not None and told[0].effect.estimate is not None


def test_a_director_takes_no_school_of_others_in(signed: Person) -> None:
    at = signed.opens("programme_new", partnership=region.TRUST)
    with engine(place("own")).begin() as connection:
        values = {
            "urn": 800200,
            "name": programme_region.name(800200),
            "status": "open",
            "la_code": 992,
            "source_file_id": 1,
        }
        connection.execute(school.insert().values({**values, "as_at": date(2026, 9, 1), "phase": "primary"}))
    at.text_area(key="new_lines").input("900001\n800200").run(timeout=60)
    assert not at.exception
    assert "Not taken, for they are no school of ours with figures in this measure: 800200." in drive.text(at)
    assert "1 school chosen." in drive.text(at)

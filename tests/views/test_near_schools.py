"""Near me: nearest schools of any phase to the school or to a postcode, and nothing that names one while names are hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pages.shell import session
from tests.views import drive, region


def finding(at: drive.AppTest) -> str:
    assert not at.exception, at.exception
    return next(shown.value for shown in at.html if "<h1" in shown.value).split(">")[1].split("<")[0]


def test_nearest_to_the_school(filled_home: Path) -> None:
    """Each school of the made-up region lies (0.9, 0.7) km from the one before it: 1.14 km."""
    at = drive.view("near_schools", school="900001")
    assert (
        finding(at)
        == "The school nearest to Lower Quennet Primary School is Nettlecombe Cross Primary School, 1.1 km away"
    )
    shown = drive.html(at)
    assert 'href="tel:01632960002"' in shown and "01632 960002" in shown and 'href="https://school2.example"' in shown
    assert "school=900002" in shown


def test_nearest_to_a_postcode_and_of_a_phase(filled_home: Path) -> None:
    at = drive.view("near_schools", school="900001", near="zz111aa")
    assert finding(at) == "The school nearest to ZZ11 1AA is Thornwell School, under 0.1 km away"
    at.selectbox(key="pick_near_phase").select("special").run()
    assert finding(at) == "The school nearest to ZZ11 1AA is Larkhythe School, 1.1 km away"
    assert at.query_params["near_phase"] == "special"


@pytest.mark.parametrize("near", ["ZZ99 9ZZ", "nowhere", "ZZ1"])
def test_an_unknown_postcode_falls_back_with_a_sentence(filled_home: Path, near: str) -> None:
    at = drive.view("near_schools", school="900001", near=near)
    assert "No school is at that postcode or near it" in drive.text(at)
    assert "Lower Quennet" in finding(at)


def test_a_postcode_of_no_school_says_what_is_used(filled_home: Path) -> None:
    at = drive.view("near_schools", school="900001", near="ZZ11 9ZZ")
    assert "No school has the postcode ZZ11 9ZZ, so its place is not known." in drive.text(at)
    assert finding(at) == "The school nearest to the middle of ZZ11 is Thornwell School, under 0.1 km away"


def test_hidden_names_hide_the_way_to_reach_them(filled_home: Path) -> None:
    at = drive.view("near_schools", school="900001", hide="1", near="ZZ11 1AA")
    shown = drive.text(at) + drive.html(at).replace("school=9000", "")
    assert not [name for name in region.NAMES.values() if name in shown]
    assert "01632" not in shown and "school2.example" not in shown and "ZZ1" not in shown
    assert finding(at) == "The school nearest to School A is School B, 1.1 km away"


@pytest.mark.parametrize("hide", ["0", "1"])
def test_a_school_without_a_place_is_no_dead_end(filled_home: Path, monkeypatch: pytest.MonkeyPatch, hide: str) -> None:
    real = session.chosen_school

    def placeless(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        return replace(found, school=replace(found.school, easting=None, northing=None))

    monkeypatch.setattr(session, "chosen_school", placeless)
    at = drive.view("near_schools", school="900001", hide=hide)
    shown = drive.text(at)
    assert finding(at) == "The register does not say where this school is" and "not known" not in shown
    assert "A newer register of schools may have the place." in shown
    assert ("by name" in shown) is (hide == "0") and ("Stanmere" in shown) is (hide == "0")

"""The command line sets the sample's comparisons down as the page would: the same schools are compared, whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics import years
from analytics.programmes.results import Design
from data.access.scope import everything
from data.register import rows
from data.register.rows import Entry
from data.sample.entered import moment, programme_days
from data.store.engine import engine, place
from pages.shell.programmes import reading, setting_down
from pages.terminal import comparing
from tests.views import programme_region
from tests.views.programme_region import LOW, NOW, OURS, SAID, UID, kept, view_of


@pytest.fixture
def store(filled_home: Path) -> Engine:
    programme_region.fill(place("sample"))
    return engine(place("sample"))


def entered(store: Engine) -> Entry:
    """A programme of the sample's names, without a comparison yet."""
    name, day = programme_days()[0]
    made = rows.add(everything(), store, "programme", {**SAID, "name": name}, uid=UID, now=moment(day))
    for urn in LOW:
        part = {"programme": made.entry_id, "part": "supported"}
        rows.add(everything(), store, "programme_school", part, uid=UID, urn=urn, now=moment(day))
    return made


@pytest.mark.parametrize("answer", ["waiting", "declined", "yes"])
def test_page_and_command_line_find_the_same_comparison(
    store: Engine, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(
        comparing.read, "members", lambda *_: frozenset(OURS)
    )  # the store of this region holds no schools
    first = kept(name="To see who is near")
    near = Design.from_text(str(first.values["design"])).comparison
    for row in (first, *rows.entries(everything(), store, "programme_school")):
        rows.withdraw(everything(), store, row.entry_id, version=1, now=NOW)
    asked = {
        "area": "reading", "kind": "coaching", "starts": "2022-09-01", "ends": "2023-07-20", "days": 2, "giver_says": "yes",
        "receiver_says": answer, "state": "open",
    }  # fmt: skip
    rows.add(everything(), store, "agreement", asked, uid=UID, urn=900001, other_urn=near[0], now=NOW)
    made = entered(store)
    one = reading.programme(made, rows.entries(everything(), store, "programme_school"))
    by_page = setting_down.comparison_of(view_of(), one, OURS)
    assert comparing.set_down(store) == 1
    by_command = Design.from_text(str(rows.entry(everything(), store, made.entry_id).values["design"]))
    assert by_command == by_page
    assert (near[0] in by_page.comparison) == (answer == "declined")


@pytest.mark.parametrize("year", [199900, 200001, 201920, 202425])
def test_the_year_before_is_that_whose_next_one_it_is(year: int) -> None:
    assert years.following(years.preceding(year)) == year

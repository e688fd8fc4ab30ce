"""The draw of a programme: made once, whatever it is called, withdrawn or changed; names that stand already are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.access.scope import everything
from data.catalogue import AlongsideError
from data.register import rows
from data.register.rows import Entry
from data.store.engine import engine, place
from pages.shell.programmes.setting_down import Places
from tests.views import programme_region, region
from tests.views.programme_region import MEASURE, NOW, OURS, SAID, UID, kept

HALF = Places(12, later=False)
DRAWN = OURS[:24]


@pytest.fixture
def store(filled_home: Path) -> Engine:
    programme_region.fill(place("sample"))
    return engine(place("sample"))


def first_draw() -> Entry:
    return kept(DRAWN, seed=7, places=HALF)


def programmes(store: Engine) -> tuple[Entry, ...]:
    return rows.entries(everything(), store, "programme", withdrawn=True)


@pytest.mark.parametrize("schools", [DRAWN, DRAWN[:-2], OURS[:30]], ids=["the same", "two fewer", "six more"])
def test_the_same_schools_are_not_drawn_again(store: Engine, schools: tuple[int, ...]) -> None:
    first_draw()
    with pytest.raises(AlongsideError, match=r"in Number talk\. That order holds: it is the one that the number 7 gives"):
        kept(schools, seed=8, places=Places(10, later=True), name="Drawn twice")
    assert len(programmes(store)) == 1


def test_a_draw_that_was_withdrawn_stays_known(store: Engine) -> None:
    first = first_draw()
    for one in rows.entries(everything(), store, "programme_school"):
        rows.withdraw(everything(), store, one.entry_id, version=1, now=NOW)
    rows.withdraw(everything(), store, first.entry_id, version=1, now=NOW)
    with pytest.raises(AlongsideError, match="in Number talk, which was withdrawn since"):
        kept(DRAWN, seed=8, places=HALF)


def test_a_draw_whose_entry_was_changed_stays_known(store: Engine) -> None:
    first = first_draw()
    other = {"measure": "ks2_reading_expected_pct", "selection_year": 201819, "first_year": 202223}
    rows.change(everything(), store, first.entry_id, other, version=1, now=NOW)
    with pytest.raises(AlongsideError, match="drawn already for all of these schools"):
        kept(DRAWN, seed=8, places=HALF, name="Drawn twice")


def test_other_schools_other_years_and_programmes_without_a_draw_are_kept(store: Engine) -> None:
    first_draw()
    kept(OURS[12:40], seed=8, places=HALF, name="Sixteen others")
    kept(DRAWN, seed=9, places=HALF, name="Another year", selection_year=201718, first_year=201819)
    kept(DRAWN[:12], name="Nobody drawn")
    assert len(programmes(store)) == 4


def test_a_name_that_stands_already_in_the_partnership_is_refused_everywhere(store: Engine) -> None:
    kept()
    with pytest.raises(AlongsideError, match="a programme of this name is here already"):
        kept(name=" number  TALK")
    with pytest.raises(AlongsideError, match="a programme of this name is here already"):
        rows.add(everything(), store, "programme", SAID, uid=UID, now=NOW, entered=True)
    second = kept(name="Word talk")
    with pytest.raises(AlongsideError, match="a programme of this name is here already"):
        rows.change(everything(), store, second.entry_id, {"name": "Number talk"}, version=1, now=NOW, entered=True)
    kept_name = rows.change(everything(), store, second.entry_id, {"name": "Word Talk"}, version=1, now=NOW)
    assert kept_name.values["name"] == "Word Talk"
    rows.add(everything(), store, "programme", SAID, uid=region.TRUST, now=NOW, entered=True)  # another partnership's
    assert kept_name.values["measure"] == MEASURE


def test_the_name_of_a_withdrawn_programme_may_be_used_again(store: Engine) -> None:
    first = kept()
    rows.withdraw(everything(), store, first.entry_id, version=1, now=NOW)
    assert kept().values["name"] == "Number talk"

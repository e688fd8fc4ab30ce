"""The draw of a programme: made once, whatever it is called, withdrawn or changed; names that stand already are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.programmes.results import Design
from data.access.scope import everything
from data.catalogue import AlongsideError
from data.register import rows
from data.register.rows import Entry
from data.store.engine import engine, place
from data.store.schema import school
from pages.shell.programmes import setting_down
from pages.shell.programmes.setting_down import Draft, Places
from tests.views import drive, programme_region, region
from tests.views.programme_region import MEASURE, NOW, OURS, SAID, UID, kept, view_of

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
    with pytest.raises(
        AlongsideError, match=r"in Number talk\. That order holds: it is the one that the number 7 gives"
    ):
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


NEW = 900001  # its figures begin in 2017/18 and have a year withheld


@pytest.mark.parametrize("later", [True, False], ids=["later", "compared"])
@pytest.mark.parametrize("first", [6, 7])
def test_what_is_told_before_a_draw_is_of_the_kind_that_is_kept(store: Engine, first: int, later: bool) -> None:
    schools, places = (*OURS[:13], NEW), Places(first, later=later)
    draft = Draft(SAID, frozenset(schools), places)
    kinds = set()
    for seed in range(6):
        order, design = setting_down.foreseen(view_of(), OURS, draft, seed)
        assert NEW not in {one.urn for one in order} and design.left_out == ()
        kinds.add((design.by_draw, len(design.sets), len(design.comparison)))
    assert len(kinds) == 1
    entry = kept(schools, seed=5, places=places)
    design = Design.from_text(str(entry.values["design"]))
    assert {(design.by_draw, len(design.sets), len(design.comparison))} == kinds
    assert NEW not in {one.urn for one in rows.entries(everything(), store, "programme_school")}


def test_places_for_all_that_can_be_compared_need_no_draw(store: Engine) -> None:
    with pytest.raises(AlongsideError, match="only 5 of these schools have the figures that a comparison needs"):
        kept((*OURS[:5], NEW), seed=5, places=Places(5, later=True))


def test_the_form_names_who_is_not_in_the_draw_and_says_about(store: Engine) -> None:
    with store.begin() as connection:
        for urn, name in (
            (NEW, "Lower Quennet Primary School"),
            *((one, programme_region.name(one)) for one in OURS[:13]),
        ):
            values = {"urn": urn, "name": name, "status": "open", "la_code": 991, "source_file_id": 1}
            connection.execute(school.insert().values({**values, "as_at": date(2026, 9, 1), "phase": "primary"}))
    at = drive.app("programme_new", data="sample", partnership=UID)
    at.selectbox(key="new_area").select("mathematics").run()
    at.selectbox(key="new_selection").select(202223).run()
    at.selectbox(key="new_first").select(202324).run()
    at.text_area(key="new_lines").input("\n".join(map(str, (NEW, *OURS[:13])))).run(timeout=60)
    at.checkbox(key="new_short").check().run(timeout=60)
    told = drive.text(at)
    assert "1 school is not in the draw, for figures that a comparison needs are missing: Lower Quennet" in told
    assert "The numbers above are about what will be set down" in told

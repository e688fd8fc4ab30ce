"""Did it help?: programmes set down, drawn, looked at; who reads what; nothing told of too few schools or of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from analytics.programmes.results import Design
from data.access.scope import everything
from data.catalogue import AlongsideError
from data.register import rows
from data.register.rows import Entry
from data.store.engine import engine, place
from data.store.schema import school
from pages.shell.programmes import looking, reading, setting_down
from pages.shell.programmes.setting_down import Draft, Places
from tests.views import drive, programme_region, region
from tests.views.programme_region import EVERY, LOW, NOW, OURS, SAID, UID, kept, shown, view_of


@pytest.fixture
def store(filled_home: Path) -> Engine:
    programme_region.fill(place("sample"))
    return engine(place("sample"))


def design_of(entry: Entry) -> Design:
    return Design.from_text(str(entry.values["design"]))


def filled_in(at: AppTest, schools: tuple[int, ...] = LOW) -> AppTest:
    """The form of a programme that looks back, filled in as a person would."""
    at.text_input(key="new_name").input("Number talk")
    at.text_area(key="new_aim").input("More pupils reach it")
    at.text_area(key="new_rule").input("The lowest of 2022/23")
    at.selectbox(key="new_area").select("mathematics").run()
    at.selectbox(key="new_selection").select(202223).run()
    at.selectbox(key="new_first").select(202324).run()
    at.multiselect(key="new_schools").set_value(list(schools)).run(timeout=60)
    assert not at.exception, at.exception
    return at


def test_nothing_set_down_says_what_to_do_and_where_there_is_something(store: Engine) -> None:
    told = drive.text(shown("did_it_help"))
    assert "No programme has been set down here yet" in told
    assert "Before support starts, set down here which schools get it" in told
    assert "Next: set down a programme before it starts" in told
    kept()
    elsewhere = drive.text(shown("did_it_help", partnership=region.TRUST))
    assert "No programme has been set down here yet" in elsewhere
    assert "Chilvershire (one programme)" in elsewhere
    assert "Elsewhere" not in drive.text(shown("did_it_help"))


def test_a_programme_that_changed_nothing_cannot_be_told_apart_though_its_schools_rose(store: Engine) -> None:
    entry = kept()
    looked = looking.evaluation(view_of(), programme(entry), OURS)
    assert looked is not None
    assert looked.effect.answer == "cannot be told apart"
    assert (looked.effect.own_change or 0) > 5  # chosen for one low year, they come back by themselves
    at = shown("programme", programme=str(entry.entry_id))
    told = drive.text(at)
    assert "Number talk: cannot be told apart from schools without support" in told
    assert "12 schools with support beside 24 schools without" in told
    assert "the smallest effect that could be seen" in told
    assert "With support, supported schools less comparison schools: 2023/24" in told
    assert "times in a hundred" in told
    assert len(at.get("plotly_chart")) == 1
    assert drive.off_words(told) == []
    listed = drive.text(shown("did_it_help"))
    assert "One programme: cannot be told apart from schools without support" in listed
    assert "Look at Number talk" in listed


def test_a_large_effect_is_seen_and_made_up_programmes_stand_beside_it(filled_home: Path) -> None:
    programme_region.fill(place("sample"), dict.fromkeys(LOW, 15.0))
    entry = kept()
    at = shown("programme", programme=str(entry.entry_id))
    assert "Number talk: a difference is seen, about" in drive.text(at)
    at.toggle(key="made_up").set_value(True).run(timeout=60)
    assert not at.exception
    assert "500 made-up programmes: 19 in 20 of their differences lie between" in drive.text(at)
    assert "this programme" in drive.pictures(at)
    assert drive.off_words(drive.text(at)) == []


def test_of_five_schools_no_figure_is_shown_anywhere(store: Engine) -> None:
    entry = kept(LOW[:5])
    for key, params in (("programme", {"programme": str(entry.entry_id)}), ("did_it_help", {})):
        at = shown(key, **params)
        told = drive.text(at)
        assert "Five schools are too few to test" in told
        assert not at.get("plotly_chart")
        assert not [one for one in at.toggle if one.key == "made_up"]
        for word in ("percentage points", "likely between", "in a hundred", "points higher", "points lower"):
            assert word not in told


def test_a_comparison_knows_neither_our_schools_nor_those_supported_elsewhere(store: Engine) -> None:
    outside = [urn for urn in EVERY if urn not in OURS]
    first = design_of(kept())
    helped = first.comparison[0]
    agreement = {
        "area": "reading", "kind": "coaching", "starts": "2022-09-01", "ends": "2023-07-20", "days": 2, "giver_says": "yes",
        "receiver_says": "yes", "state": "open",
    }  # fmt: skip
    rows.add(everything(), store, "agreement", agreement, uid=UID, urn=900001, other_urn=helped, now=NOW)
    again = design_of(kept(name="Number talk, again"))
    assert set(first.comparison) <= set(outside)
    assert helped in first.comparison
    assert helped not in again.comparison
    assert not set(again.comparison) & set(OURS)


def test_what_was_set_down_is_not_changed_by_new_figures(store: Engine) -> None:
    entry = kept()
    before = design_of(entry)
    programme_region.fill(place("sample"), dict.fromkeys(LOW, 15.0), publication_id="later-figures")
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert "Number talk: a difference is seen" in told
    (after,) = rows.entries(everything(), store, "programme")
    assert (after.version, design_of(after)) == (1, before)
    with pytest.raises(AlongsideError, match="set down for this programme already"):
        setting_down.complete(view_of(), programme(after), OURS, now=NOW)


def test_a_programme_entered_by_hand_is_compared_once_somebody_sets_it_down(store: Engine) -> None:
    made = rows.add(everything(), store, "programme", SAID, uid=UID, now=NOW)
    for urn in LOW:
        part = {"programme": made.entry_id, "part": "supported"}
        rows.add(everything(), store, "programme_school", part, uid=UID, urn=urn, now=NOW)
    at = shown("programme", programme=str(made.entry_id))
    assert "Number talk: the comparison has not been set down yet" in drive.text(at)
    assert not at.get("plotly_chart")
    at.button(key="programme_complete").click().run(timeout=60)
    told = drive.text(at)
    assert "The comparison was set down. It stays as it is, whatever figures come." in told
    assert "after the first results that could show it were known" in told
    (after,) = rows.entries(everything(), store, "programme")
    assert (after.values["comparison"], after.values["figures"]) == (2, programme_region.PUBLICATION)
    assert design_of(after).supported == tuple(sorted(LOW))


def test_the_form_sets_a_programme_down_with_everything_that_belongs_to_it(store: Engine) -> None:
    at = drive.app("programme_new", data="sample", partnership=UID)
    told = drive.text(filled_in(at))
    assert "Results of 2023/24 are published already, so this looks back." in told
    assert "the smallest true effect we would notice four times in five" in told
    assert (
        "Two schools without support stand beside each of the 12: 24 schools of the same phase outside our authority"
        in told
    )
    assert rows.entries(everything(), store, "programme") == ()  # looking keeps nothing
    at.button(key="programme_keep").click().run(timeout=60)
    assert not at.exception
    (entry,) = rows.entries(everything(), store, "programme")
    schools = rows.entries(everything(), store, "programme_school")
    assert {one.urn for one in schools} == set(LOW)
    assert {one.values["part"] for one in schools} == {"supported"}
    assert (entry.uid, entry.values["name"], entry.values["seed"]) == (UID, "Number talk", None)
    assert entry.values["detectable"] == pytest.approx(design_of(entry).detectable, abs=1e-6)
    assert "Number talk: cannot be told apart" in drive.text(at)
    assert "It was set down. The comparison stays as it is, whatever figures come." in drive.text(at)


def test_what_is_missing_is_named_and_nothing_can_be_kept(store: Engine) -> None:
    at = shown("programme_new")
    at.selectbox(key="new_area").select("mathematics").run()
    assert not [one for one in at.button if one.key == "programme_keep"]  # no schools yet
    at.multiselect(key="new_schools").set_value(list(LOW)).run(timeout=60)
    assert "Still needed: Name, Aim and How schools were chosen." in drive.text(at)
    assert at.button(key="programme_keep").disabled


def test_years_without_years_before_them_are_refused_in_words(store: Engine) -> None:
    at = filled_in(shown("programme_new"))
    at.selectbox(key="new_selection").select(201617).run(timeout=60)
    told = drive.text(at)
    assert "There are too few earlier years: no results in Mathematics before 2016/17" in told
    assert at.button(key="programme_keep").disabled
    with pytest.raises(AlongsideError, match="too few earlier years"):
        kept(selection_year=201617, first_year=201718)
    assert rows.entries(everything(), store, "programme") == ()


def test_one_earlier_year_is_said_to_rest_on_too_little_and_answers_nothing(store: Engine) -> None:
    entry = kept(selection_year=201718, first_year=201819)
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert "Number talk: a comparison that rests on too little to decide" in told
    assert "Only one earlier year of results (2016/17)" in told
    assert drive.off_words(told) == []


def test_pasted_schools_are_taken_and_others_named(store: Engine) -> None:
    with store.begin() as connection:
        for urn in (LOW[0], 800200, 800999):
            values = {
                "urn": urn,
                "name": programme_region.name(urn),
                "status": "open",
                "la_code": 991,
                "source_file_id": 1,
            }
            connection.execute(school.insert().values({**values, "as_at": date(2026, 9, 1), "phase": "primary"}))
    at = shown("programme_new")
    at.selectbox(key="new_area").select("mathematics").run()
    at.text_area(key="new_lines").input(f"{LOW[0]}\n800200\n800999\nNowhere School").run(timeout=60)
    told = drive.text(at)
    assert "2 schools chosen." in told  # at this computer one of another partnership, too
    assert "Not taken, for they are no school with figures in this measure: 800999 and Nowhere School." in told


def test_schools_that_the_measure_does_not_compare_cannot_be_chosen(store: Engine) -> None:
    """The infant school and the special one of the trust have no results that could be looked at."""
    at = shown("programme_new", partnership=region.TRUST)
    at.selectbox(key="new_area").select("mathematics").run()
    options = at.multiselect(key="new_schools").options
    assert "Lower Quennet Primary School" in options
    assert not {"Swanholt Infant School", "Larkhythe School", "Thornwell School"} & set(options)


def test_a_school_without_earlier_figures_is_left_out_by_name(store: Engine) -> None:
    new = 900001  # its figures begin in 2017/18 and have a year withheld
    entry = kept((*LOW, new))
    assert design_of(entry).left_out == (new,)
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert (
        "1 school of the programme is left out, for figures that the comparison needs are missing: Lower Quennet Primary School."
        in told
    )


def test_a_draw_is_made_once_when_it_is_kept_and_anybody_can_repeat_it(store: Engine) -> None:
    at = filled_in(drive.app("programme_new", data="sample", partnership=UID), OURS[:24])
    at.checkbox(key="new_short").check().run(timeout=60)
    at.number_input(key="new_places").set_value(12).run(timeout=60)
    at.radio(key="new_others").set_value("compared").run(timeout=60)
    assert "Nobody can draw again until the order suits them." in drive.text(at)
    at.button(key="programme_keep").click().run(timeout=60)
    (entry,) = rows.entries(everything(), store, "programme")
    seed = entry.values["seed"]
    assert isinstance(seed, int)
    schools = {one.urn: one.values for one in rows.entries(everything(), store, "programme_school")}
    order = setting_down.starts(Draft(SAID, frozenset(OURS[:24]), Places(12, later=False)), seed)
    assert {one.urn: one.part for one in order} == {urn: values["part"] for urn, values in schools.items()}
    assert [values["part"] for values in schools.values()].count("supported") == 12
    found = design_of(entry)
    assert found.by_draw
    assert set(found.comparison) == {urn for urn, values in schools.items() if values["part"] == "compared"}
    told = drive.text(at)
    assert f"drawn by lot with the number {seed}, which is kept" in told
    assert "12 schools drawn as comparison." in told
    assert "The comparison schools are not named" not in told  # these are our own


def test_later_waves_start_a_year_apart_and_are_compared_until_they_do(store: Engine) -> None:
    entry = kept(OURS[:36], seed=7, places=Places(12, later=True))
    waves = {one.urn: one.values for one in rows.entries(everything(), store, "programme_school")}
    begin = sorted({(values["wave"], values["from_year"]) for values in waves.values()}, key=str)
    assert begin == [(1, None), (2, 202425), (3, 202526)]
    found = design_of(entry)
    assert (found.by_draw, found.until) == (True, 202324)
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert "nothing after 2023/24 is compared" in told
    assert "24 schools drawn to start later." in told


def test_where_the_draw_left_too_few_all_waves_are_compared_with_schools_elsewhere(store: Engine) -> None:
    found = design_of(kept(LOW, seed=7, places=Places(8, later=True)))
    assert not found.by_draw
    assert {one.first_year for one in found.sets} == {202324, 202425}
    assert not set(found.comparison) & set(OURS)


def test_all_or_nothing_is_kept(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = rows.add_within, []

    def fails(*args: Any, **more: Any) -> Entry:
        calls.append(args)
        if len(calls) > 3:
            raise AlongsideError("the store is full")
        return real(*args, **more)

    monkeypatch.setattr(rows, "add_within", fails)
    with pytest.raises(AlongsideError, match="full"):
        kept()
    assert rows.entries(everything(), store, "programme") == ()
    assert rows.entries(everything(), store, "programme_school") == ()


def test_an_entry_that_was_changed_later_says_so_and_is_looked_at_as_set_down(store: Engine) -> None:
    entry = kept()
    rows.change(everything(), store, entry.entry_id, {"first_year": 202425}, version=1, now=NOW, entered=True)
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert "was changed after its comparison was set down" in told
    assert "support from 2023/24" in told


def test_hidden_names_stay_hidden(store: Engine) -> None:
    entry = kept()
    for key in ("programme", "programme_new", "did_it_help"):
        at = shown(key, hide="1", programme=str(entry.entry_id))
        told = drive.html(at) + drive.pictures(at)
        assert [urn for urn in EVERY if programme_region.name(urn) in told] == []
    told = drive.text(shown("programme", hide="1", programme=str(entry.entry_id)))
    assert "School A" in told and f"Programme {entry.entry_id}: " in told and "Number talk" not in told
    assert "The lowest of 2022/23" not in told  # free words may name a school
    assert "The lowest of 2022/23" in drive.text(shown("programme", programme=str(entry.entry_id)))


@pytest.mark.parametrize("number", ["999", "abc", "0"])
def test_a_link_to_a_programme_that_is_not_there_says_so(store: Engine, number: str) -> None:
    told = drive.text(shown("programme", programme=number))
    assert "The link asks for a programme that is not here, or not yours to read." in told
    assert "No programme has been set down here yet" in told
    assert "Another one is shown." not in told
    kept()
    assert "or not yours to read. Another one is shown." in drive.text(shown("programme", programme=number))


def test_a_name_full_of_markup_stays_text(store: Engine) -> None:
    entry = kept(name=region.NASTY, aim="<script>x</script>")
    for key in ("programme", "did_it_help"):
        drawn = drive.html(shown(key, programme=str(entry.entry_id)))
        assert "<script>" not in drawn
        assert "<b>Mark" not in drawn


def programme(entry: Entry) -> reading.Programme:
    schools = rows.entries(everything(), engine(place("sample")), "programme_school")
    return reading.programme(entry, schools)

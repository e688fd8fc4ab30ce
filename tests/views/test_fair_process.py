"""A school is shown first what is said of it: who reads its name beside what is derived of it, from when, and who never."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select, update

from analytics import results
from data.access.scope import everything
from data.catalogue import AREAS
from data.register import rows
from data.store import publish
from data.store.engine import engine, place
from data.store.schema_private import audit, role_grant
from pages.components.words import NOT_SHOWN_YET
from pages.shell.fair import fairness, masks
from pages.shell.planning import planned
from pages.shell.planning.planned import Asked
from tests.views import drive, region
from tests.views.signed_in import Person, opened

NEEDY = {900003: "Tolverton Junior School", 900004: "Oxleigh Road Primary School"}
FIRST = "shown to the school first"
AREA_ONLY = ("", *(re.sub(r"\W", "", area.label) for area in AREAS.values()))
FIGURES = ("53% reached", "45% to 61%", "53%", "54%")  # of 900004 and 900003 in mathematics
HELD = "what is said of nine schools is shown to them first"


def told(person: Person) -> None:
    """The director shows every school what is said of it; ten days go by."""
    at = person.opens("support")
    at.checkbox(key="schools_told").check().run()
    at.button(key="show_to_schools").click().run()
    assert not at.exception
    person.later(10)


def names_of_needs(shown: str) -> set[str]:
    """Schools beside whose name the tables of a page say anything but that it is shown to the school first."""
    cells = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', shown)
    said = {(name, re.sub(r"<[^>]+>", "|", rest)) for name, rest in cells if name in NEEDY.values()}
    return {
        name
        for name, rest in said
        if re.sub(r"\W|□", "", rest.replace("shown to the school first", "")) not in AREA_ONLY
    }


# Which numbers may be told, and what a masked row still holds.


def test_a_number_is_told_only_where_it_names_nobody() -> None:
    assert [masks.names_nobody(1, among) for among in (0, 1, 2, 3, 9)] == [False, False, False, True, True]
    assert [masks.names_nobody(number, 4) for number in (0, 1, 3, 4)] == [False, True, True, False]


def scores_of(tiers: dict[int, str]) -> list[results.AreaScore]:
    row = region._area_score(900005, "mathematics", "ks2_mathematics_expected_pct", 202425)
    return [replace(row, urn=urn, tier=tier) for urn, tier in tiers.items()]


def need_of(urn: int, area: str = "mathematics") -> results.Need:
    return results.Need(urn, "primary", area, 202425, "contextual", 0.5, 0.9, False, "school", "")


@pytest.mark.parametrize(
    ("needy", "held", "told"),
    [
        ((1, 2), (), (2, True, {"mathematics": 2})),  # nobody is shown first
        ((1, 2), (1, 2, 3, 4), (2, True, {"mathematics": 2})),  # two of four: names nobody
        ((1, 2), (1,), (1, False, {"mathematics": 1})),  # school 2 may be named, and school 1 would be
        ((1,), (1,), (0, False, {})),
        ((), (1,), (0, False, {})),  # one school without a need reads like one with
        ((1, 2, 3), (1, 2, 3), (0, False, {})),  # all of them
        ((), (1, 2, 3), (0, False, {})),  # none of them reads like all
        ((1, 2, 4), (1, 2, 3), (3, True, {"mathematics": 3})),  # one had its days, two of three did not
        ((9,), (1, 2, 3, 9), (0, False, {})),  # school 9 has too few pupils: any need of it is none of results
    ],
)
def test_counts_tell_of_nobody_who_is_shown_first(
    needy: tuple[int, ...], held: tuple[int, ...], told: tuple[int, bool, dict[str, int]]
) -> None:
    tiers = {urn: "may_need_support" if urn in needy else "as_expected" for urn in (1, 2, 3, 4)} | {
        9: "not_enough_data"
    }
    needs = [need_of(urn) for urn in needy]
    assert masks.need_counts(needs, masks.could(scores_of(tiers)), held, lambda urn, _: urn not in held) == told


def test_numbers_taken_together_tell_of_nobody_either() -> None:
    held, areas = (1, 2, 3), {"mathematics": (1, 2), "writing": (3,)}
    scores = [
        replace(row, area=area, tier="may_need_support" if row.urn in urns else "as_expected")
        for area, urns in areas.items() for row in scores_of(dict.fromkeys(held, ""))
    ]  # fmt: skip
    needs = [need_of(urn, area) for area, urns in areas.items() for urn in urns]
    # Each of the three has a need, so the whole is not told; two in mathematics beside that would tell it.
    assert masks.need_counts(needs, masks.could(scores), held, lambda *_: False) == (0, False, {})
    # School 3 agreed to be named in writing; one more of two would be too few.
    assert masks.need_counts(needs, masks.could(scores), held, lambda urn, area: area == "writing" and urn == 3) == (
        1,
        False,
        {"writing": 1},
    )


def test_two_areas_that_would_tell_of_the_one_school_in_both_are_not_both_counted() -> None:
    """Of 1 to 5 one has a need; it is one of 1, 2, 3 in mathematics and one of 3, 4, 5 in writing: that is school 3."""
    held = (1, 2, 3, 4, 5)
    scores = scores_of(dict.fromkeys(held[:3], "as_expected"))
    scores += [replace(row, area="writing") for row in scores_of(dict.fromkeys(held[2:], "as_expected"))]
    needs = [need_of(3), need_of(3, "writing")]
    assert masks.need_counts(needs, masks.could(scores), held, lambda *_: False) == (1, True, {"writing": 1})


def test_a_masked_row_says_the_same_whatever_it_was() -> None:
    rows_of = [
        region._area_score(urn, "mathematics", "ks2_mathematics_expected_pct", 202425)
        for urn in (900004, 900005, 900007)
    ]
    seen = {replace(masks.masked(row), urn=1) for row in rows_of}
    assert len(seen) == 1 and next(iter(seen)).tier == NOT_SHOWN_YET


def test_averages_from_which_one_school_could_be_worked_out_are_not_told() -> None:
    scores = pd.DataFrame({"measure": ["a"] * 4 + ["b"] * 4, "urn": [1, 2, 3, 4, 1, 5, 6, 7]})
    assert masks.told_measures(scores, ()) == {"a", "b"}
    assert masks.told_measures(scores, (1, 2, 3)) == {"a"}
    assert masks.told_measures(scores, (8,)) == {"a", "b"}


# What is said of a school, as a mark.


def changed(**tables: pd.DataFrame) -> None:
    publish.write(opened(), "later", "2026-11-30T09:30:00", {"inputs": []}, {**region.tables(), **tables})


def test_figures_that_say_the_same_have_the_same_mark_and_others_another(person: Person) -> None:
    before = fairness.said(region.PUBLICATION, region.MEMBERS)
    scores = region.tables()["area_score"]
    moved = scores.assign(m=scores["m"] + 0.01, score=scores["score"] + 0.1, value=scores["value"] + 0.2)
    other = scores["urn"].eq(900005) & scores["area"].eq("mathematics") & scores["time_period"].eq(202425)
    moved.loc[other, "tier"] = "as_expected"
    changed(area_score=moved)
    after = fairness.said("later", region.MEMBERS)
    assert {urn for urn in before if before[urn] != after[urn]} == {900005}
    assert len(set(before.values())) > 3
    assert fairness.said(region.PUBLICATION, [900003]) == {900003: before[900003]}


@pytest.mark.parametrize("name", ["need", "inspection_standing", "came_through", "domain_score"])
def test_every_table_that_says_something_is_in_the_mark(person: Person, name: str) -> None:
    before = fairness.said(region.PUBLICATION, region.MEMBERS)
    table = region.tables()[name]
    rows_now = results.rows(results.TABLES[name], table)
    changes: dict[str, dict[str, Any]] = {
        "need": {"basis": "absolute"}, "came_through": {"standing": "came_through"}, "domain_score": {"tier": "mixed_evidence"},
    }  # fmt: skip
    if name == "inspection_standing":
        from datetime import date

        rows_now = [results.InspectionStanding(900004, "primary", "graded", "E1", date(2019, 3, 14), "met", "", 9, 5)]
    else:
        rows_now = [replace(row, **changes[name]) if row.urn == 900004 else row for row in rows_now]
    changed(**{name: results.frame(rows_now, results.TABLES[name])})
    after = fairness.said("later", region.MEMBERS)
    assert {urn for urn in before if before[urn] != after[urn]} == {900004}


# A director, before and after.


def test_before_schools_were_shown_a_director_reads_counts_and_no_name(person: Person) -> None:
    overview = person.sees("overview")
    # Two of the nine primary schools, of which eight have results: the count names nobody.
    assert "Three of our nine primary schools could share a strength; two may need support" in overview
    assert names_of_needs(overview) == set()
    assert "□ shown to the school first" in overview
    needs = person.sees("support")
    assert "Two schools may need support" in needs
    assert not [name for name in NEEDY.values() if name in needs]
    for shown in (overview, needs):
        assert not [figure for figure in FIGURES if figure in shown]
    assert "Mixed evidence in mathematics" not in needs and "Not enough data in" not in needs


def test_ten_days_after_they_were_shown_their_names_open(person: Person) -> None:
    at = person.opens("support")
    assert "None of 12 schools were shown what is said of them now." in drive.text(at)
    at.checkbox(key="schools_told").check().run()
    at.button(key="show_to_schools").click().run()
    shown = drive.text(at)
    assert "12 schools noted as shown today." in shown
    assert "All 12 schools were shown what is said of them now." in shown
    assert "The next 12 schools: on 1 December 2026." in shown
    person.later(9)
    assert not [name for name in NEEDY.values() if name in person.sees("support")]
    person.later(1)
    shown = person.sees("support")
    assert set(NEEDY.values()) <= {name for name in NEEDY.values() if name in shown}
    assert "May need support; shown on 21 November 2026." in shown
    assert FIRST not in person.sees("overview")


def test_only_schools_whose_head_can_look_are_noted_as_shown(person: Person) -> None:
    found = engine(place("own"))
    with found.begin() as connection:
        connection.execute(update(role_grant).where(role_grant.c.urn.in_([900004, 900005])).values(ended="2026-11-01"))
    at = person.opens("support")
    assert "2 schools have no head with an account yet, so nobody there could read it." in drive.text(at)
    assert at.checkbox(key="schools_told").label == "The heads of these 10 schools know that it is there"
    assert at.button(key="show_to_schools").disabled
    at.checkbox(key="schools_told").check().run()
    at.button(key="show_to_schools").click().run()
    assert "10 schools noted as shown today." in drive.text(at)
    assert {one.urn for one in rows.entries(everything(), opened(), "showing")} == region.MEMBERS - {900004, 900005}


def test_one_click_is_taken_back_by_one_click(person: Person) -> None:
    person.is_("headteacher", urn=900004)
    person.sees("my_school", school="900004")
    person.is_("director", uid=region.TRUST)
    at = person.opens("support")
    assert "show_take_back" not in {one.key for one in at.button}
    at.checkbox(key="schools_told").check().run()
    at.button(key="show_to_schools").click().run()
    assert len(rows.entries(everything(), opened(), "showing")) == 12
    at.button(key="show_take_back").click().run()
    shown = drive.text(at)
    assert not at.exception and "Taken back: 11 schools noted as shown by mistake." in shown
    (left,) = rows.entries(everything(), opened(), "showing")
    assert (left.urn, left.values["how"]) == (900004, "looked")  # what its head saw was seen
    assert "show_take_back" not in {one.key for one in at.run().button}
    assert at.button(key="show_to_schools").disabled  # and the whole of it can be done again


def test_days_can_be_set(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_DAYS_FOR_THE_SCHOOL", "0")
    at = person.opens("support")
    at.checkbox(key="schools_told").check().run()
    at.button(key="show_to_schools").click().run()
    assert NEEDY[900004] in drive.text(at)


def test_showing_twice_writes_nothing(person: Person) -> None:
    told(person)
    first = rows.entries(everything(), opened(), "showing")
    assert len(first) == 12 and {one.uid for one in first} == {region.TRUST}
    assert [button.key for button in person.opens("support").button if button.key == "show_to_schools"] == []


def test_new_figures_that_say_the_same_keep_names_open_and_others_close_them(person: Person) -> None:
    told(person)
    scores = region.tables()["area_score"]
    moved = scores.assign(score=scores["score"] + 0.1, m=scores["m"] + 0.01)
    moved.loc[scores["urn"].eq(900004) & scores["area"].eq("reading") & scores["time_period"].eq(202425), "tier"] = (
        "mixed_evidence"
    )
    changed(area_score=moved)
    shown = person.sees("support")
    assert NEEDY[900003] in shown
    assert NEEDY[900004] not in shown  # something else is said of it now, for better or worse
    assert "One school may need support; what is said of one school is shown to it first" in shown


def test_another_partnership_s_people_read_nothing_of_it(person: Person) -> None:
    told(person)
    person.is_("director", uid=region.SECOND)
    for key in ("overview", "support", "board", "overview_funnel"):
        shown = person.sees(key)
        assert not [name for name in NEEDY.values() if name in shown], key
    school = person.sees("my_school", school="900004")
    assert "Shown to the school's own partnership only." in school
    assert "may need support" not in school.lower().replace("schools within 25 km may need support", "")


def test_an_adviser_reads_as_a_director_does(person: Person) -> None:
    person.is_("adviser", uid=region.TRUST)
    assert names_of_needs(person.sees("overview")) == set()
    told(person)
    assert NEEDY[900004] in person.sees("support")


# Counts of few schools.


def test_of_two_schools_of_a_phase_no_number_is_told(person: Person) -> None:
    shown = person.sees("overview", phase="secondary")
    assert (
        "One of our two secondary schools could share a strength; what is said of two schools is shown to them first"
        in shown
    )
    assert '<span class="al-number">–</span><span>may need support</span>' in shown
    assert not re.search(r"(one|two|1|2)( school)?s? (that )?may need support", shown.lower())
    board = person.sees("board")
    assert not re.search(r"(one|two) secondary schools? may need support", board.lower())
    assert "what is said of two secondary schools is shown to them first" in board


def test_an_average_is_not_told_where_it_would_tell_of_one_school(person: Person) -> None:
    shown = person.sees("overview_gap", phase="secondary")
    assert "averages and gaps would tell what is said of them" in shown


# A governor.


def test_a_governor_is_told_names_only_where_the_school_agreed(person: Person) -> None:
    told(person)
    person.is_("governor", uid=region.TRUST)
    board = person.sees("board")
    assert "Mathematics: two primary schools may need support" in board
    assert not [name for name in region.NAMES.values() if name in board]
    assert names_of_needs(person.sees("overview")) == set()
    said = {"area": "mathematics", "state": "agreed"}
    rows.add(everything(), opened(), "need_state", said, urn=900004, now=person.now)
    board = person.sees("board")
    assert (
        f"Mathematics: two primary schools may need support; agreed with {NEEDY[900004]}; the other is not named."
        in board
    )
    overview = person.sees("overview")
    assert names_of_needs(overview) == {NEEDY[900004]}
    assert FIRST in overview


def test_what_a_school_agreed_to_before_new_figures_is_not_what_it_agrees_to_now(person: Person) -> None:
    told(person)
    rows.add(
        everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=person.now
    )
    scores = region.tables()["area_score"]
    scores.loc[scores["urn"].eq(900004) & scores["area"].eq("reading") & scores["time_period"].eq(202425), "tier"] = (
        "mixed_evidence"
    )
    changed(area_score=scores)
    person.is_("governor", uid=region.TRUST)
    assert NEEDY[900004] not in person.sees("board")


def test_a_governor_gets_no_page_with_needs(person: Person) -> None:
    person.is_("governor", uid=region.TRUST)
    for key in ("support", "why", "our_reply"):
        assert "This page is not among yours" in person.sees(key, school="900004")
    assert "Shown to the school's own partnership only." in person.sees("my_school", school="900004")
    assert "Small numbers: nothing can be drawn for these schools" in person.sees("overview_funnel")


# The school itself.


def test_a_head_reads_their_own_school_at_once_and_looking_is_kept_once(person: Person) -> None:
    person.is_("headteacher", urn=900004)
    shown = person.sees("my_school", school="900004")
    assert "Oxleigh Road: mathematics to look at together" in shown
    assert "Shown to you on 21 November 2026; you have not said yet how you see it." in shown
    person.sees("my_school", school="900004")
    person.sees("why", school="900004")
    (one,) = rows.entries(everything(), opened(), "showing")
    assert (one.urn, one.uid, one.values["how"]) == (900004, None, "looked")
    other = person.sees("my_school", school="900003")
    assert "Shown to the school's own partnership only." in other
    assert "to look at together" not in other
    assert len(rows.entries(everything(), opened(), "showing")) == 1


def test_a_head_s_look_opens_the_name_to_their_partnership_ten_days_later(person: Person) -> None:
    person.is_("headteacher", urn=900004)
    person.sees("my_school", school="900004")
    person.later(10)
    person.is_("director", uid=region.TRUST)
    shown = person.sees("support")
    assert NEEDY[900004] in shown and NEEDY[900003] not in shown


def test_my_school_of_a_member_not_yet_shown_is_an_outsider_s_view(person: Person) -> None:
    for urn in (900003, 900004, 900005, 900006, 900007):
        shown = person.sees("my_school", school=str(urn))
        assert "Shown to the school first." in shown
        for word in ("to look at together", "Not enough data in", "Mixed evidence in", "Low for its pupils", "too few pupils to say",
                     "Less strong", "You beside", "Weigh it otherwise", "To say more of"):  # fmt: skip
            assert word not in shown, (urn, word)
        assert "shown to the school first" in person.sees("why", school=str(urn))
        assert "shown to the school first" in person.sees("our_reply", school=str(urn))


def test_numbers_of_needs_near_are_for_the_head_alone(person: Person) -> None:
    """Two of a director's schools with circles that differ by one school would name it, of whatever partnership."""
    told(person)
    shown = person.sees("my_school", school="900001")
    assert "You beside" in shown and "Where you could help" not in shown
    person.is_("headteacher", urn=900001)
    assert "Where you could help" in person.sees("my_school", school="900001")


def test_schools_that_are_hard_to_tell_apart_stand_in_one_order(person: Person) -> None:
    """Whom a school should phone begins with who does well what it finds hard: not for those who may not know what that is."""

    def order() -> list[str]:
        return re.findall(r"● ([A-Z]\w+)", drive.text(person.opens("similar_schools", school="900004")))

    # 900004 finds mathematics hard: Cattering Park, nearer, does well in attendance, Millbrace in mathematics
    assert order() == ["Nettlecombe", "Lower", "Cattering", "Millbrace"]
    told(person)
    assert order() == ["Nettlecombe", "Lower", "Millbrace", "Cattering"]


# Funnels, plans, downloads.


def test_a_funnel_holds_only_schools_that_may_be_named(person: Person) -> None:
    assert "nothing can be drawn" in person.sees("overview_funnel")
    person.is_("headteacher", urn=900004)
    person.sees("my_school", school="900004")
    person.later(10)
    person.is_("director", uid=region.TRUST)
    shown = person.sees("overview_funnel")
    assert "Oxleigh Road" in shown
    assert "Not in this picture: 8 schools that are shown first what is said of them." in shown
    assert not [name for urn, name in region.NAMES.items() if urn != 900004 and name in shown]


@pytest.mark.parametrize("key", ["support_plan", "support_asked"])
def test_needs_of_schools_shown_first_are_in_no_plan(person: Person, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    told_of: list[frozenset[int] | None] = []

    def plan(asked: Asked) -> Any:
        told_of.append(asked.told)
        from analytics.support.plans import Plan

        return Plan("offers", (), (), ())

    monkeypatch.setattr(planned, "plan", plan)
    shown = person.sees(key)
    assert told_of == [frozenset()]
    # No number: the plan is of all phases, and less what is told of primary schools it would be that of two others.
    assert "What is said of 12 schools is shown to them first. Nothing that they may need is in this plan yet." in shown
    assert not [name for name in NEEDY.values() if name in shown]
    told(person)
    assert "in this plan yet" not in person.sees(key)
    assert told_of[-1] == region.MEMBERS


@pytest.mark.parametrize("key", ["support_plan", "support_asked"])
def test_what_a_school_agreed_to_is_planned_for_at_once(
    person: Person, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    given: list[tuple[frozenset[int] | None, frozenset[tuple[int, str]]]] = []

    def plan(asked: Asked) -> Any:
        given.append((asked.told, asked.agreed))
        from analytics.support.plans import Plan

        return Plan("offers", (), (), ())

    monkeypatch.setattr(planned, "plan", plan)
    person.is_("headteacher", urn=900004)
    at = person.opens("our_reply", school="900004")
    at.button(key="agree-900004-mathematics-contextual-primary").click().run()
    assert not at.exception
    person.is_("director", uid=region.TRUST)
    shown = person.sees(key)
    assert given == [(frozenset(), frozenset({(900004, "mathematics")}))]
    assert "What is said of 12 schools is shown to them first." in shown
    assert "Of what they may need only what a school agreed to is in this plan." in shown


# For the person at this computer nothing is masked.


def test_the_person_at_this_computer_reads_everything_and_states_beside_it(person: Person) -> None:
    person.is_here()
    assert FIRST not in person.sees("overview")
    shown = person.sees("support")
    assert "May need support; not yet discussed with the school." in shown and NEEDY[900004] in shown
    told(person)
    assert "May need support; shown on 21 November 2026." in person.sees("support")
    with opened().connect() as connection:
        assert "opened_school" not in {row.action for row in connection.execute(select(audit))}
    assert place("own").kind == "own"

"""What packs of the sample's partnerships say is true of them, and no number in them names a school, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.board import money
from analytics.results import AreaScore, Finance, School
from analytics.scores import money_years
from pages.components import board_topics
from pages.reports.sheets import Pack, Ranges
from pages.shell import cached
from pages.shell.boardroom import discussing, packing, results
from pages.shell.boardroom.reading import Room, Stage
from pages.shell.fair import aloud
from pages.shell.session import View
from tests.sample import rooms

FEW = 3


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with rooms.sample_view() as found:
        yield found


@pytest.fixture(scope="module")
def every(view: View) -> tuple[Room, ...]:
    with pytest.MonkeyPatch.context() as patch:  # averages are not looked at here and take their time
        patch.setattr(cached, "together", lambda *_: None)
        return tuple(rooms.room(view, uid) for uid in rooms.uids(view))


def words(pack: Pack) -> str:
    sheets = "\n".join("\n".join((one.title, *one.lines, one.alt)) for one in pack.sheets)
    return sheets + "\n".join(f"{one.question} {one.why}" for one in pack.questions)


def test_a_trust_with_one_secondary_is_told_nothing_of_its_needs(view: View) -> None:
    room = rooms.room(view, "90138")
    assert [len(stage.found.urns) for stage in room.stages] == [3, 1]
    assert any(need.phase == "secondary" for need in room.stages[1].found.needs)  # there is something to be told
    said = words(packing.pack(room))
    assert "one secondary school may need support" not in said
    assert "For one secondary school see the part with names" in said
    assert {one.kind for one in discussing.asks(room)} == {"primary"}


def test_a_federation_of_two_schools_counts_no_need(view: View) -> None:
    room = rooms.room(view, "90012")
    assert len(room.schools) == 2 and discussing.asks(room) == ()
    assert "may need support" not in words(packing.pack(room))
    assert "may need support" not in discussing.page_finding(room)


def _could_be(room: Room, stage: Stage, area: str) -> frozenset[int]:
    """Schools that a number of needs in the area could be about: not agreed, enough data, no strength that anybody may read."""
    tiers = {
        row.urn: row.tier
        for row in cached.rows(
            room.view.publication_id, AreaScore, urn=stage.found.urns, phase=stage.phase, time_period=stage.time_period
        )
        if row.area == area
    }
    there = {urn for urn, tier in tiers.items() if tier not in ("not_enough_data", "strength_to_share")}
    return frozenset(urn for urn in (there if tiers else stage.found.urns) if not aloud.agreed(stage.found, urn, area))


def test_no_number_of_any_pack_names_a_school(every: tuple[Room, ...]) -> None:
    told = 0
    for room in every:
        for stage in room.stages:
            now = stage.aloud
            needs = stage.found.needs
            for area, number in now.areas.items():
                named = {one.urn for one in needs if one.area == area and aloud.agreed(stage.found, one.urn, area)}
                rest, among = number - len(named), _could_be(room, stage, area)
                assert rest == 0 or (len(among) >= FEW and 0 < rest < len(among)), (room.choice.partnership.uid, area)
                told += rest > 0
            named = {one.urn for one in needs if aloud.agreed(stage.found, one.urn, one.area)}
            rest, quiet = now.needs - len(named), now.with_results - len(named)
            assert rest == 0 or (quiet >= FEW and 0 < rest < quiet), room.choice.partnership.uid
    assert told > 50


@pytest.mark.parametrize("uid", ["90001", "90004", "90012", "90138", "LA993"])
def test_money_of_the_pack_is_the_money_of_the_page(view: View, uid: str) -> None:
    """Counted anew from what the page Money reads, school by school."""
    room = rooms.room(view, uid)
    found = money.accounts(cached.rows(view.publication_id, Finance, urn=room.urns), room.urns)
    assert found is not None
    page = money_years.school_money(cached.rows(view.publication_id, Finance, urn=room.urns))
    for one in found.kinds:
        now = [
            school
            for school in page
            if school.year_type == one.year_type and school.last.time_period == one.time_period
        ]
        mine = [school for school in now if school.of_trust == one.of_trust]
        assert one.under == sum(money_years.answers(school, "under_5") is True for school in mine)
        assert one.below == sum(money_years.answers(school, "below_0") is True for school in mine)
        assert one.schools == len(mine)
    assert len(page) - found.counted == sum(
        school.last.time_period < max(other.last.time_period for other in page if other.year_type == school.year_type)
        for school in page
    )


def test_of_two_schools_no_comparison_is_shown(view: View) -> None:
    """90012: two schools; 90004: two secondaries beside seven primaries."""
    pack = packing.pack(rooms.room(view, "90012"))
    by = {sheet.key: sheet for sheet in pack.sheets}
    assert "similar intakes" not in words(pack) and by["outcomes"].picture is None
    assert list(by["outcomes"].table.columns) == ["Measure", "Our average", "Schools"]  # type: ignore[union-attr]
    assert set(by["attendance"].table["Similar intake"]) == {"not known"}  # type: ignore[index]
    room = rooms.room(view, "90004")
    shown = {sheet.key: sheet for sheet in packing.pack(room).sheets}["outcomes"].picture
    assert isinstance(shown, Ranges)
    kinds = {(row.value is None) for row in shown.rows if row.label.startswith(("EBacc", "Attainment 8"))}
    assert kinds == {True} and any(row.value is not None for row in shown.rows)


def test_no_title_of_any_pack_names_a_side_over_nought(view: View) -> None:
    for uid in ("90001", "90004", "90007", "90138", "LA991"):
        room = rooms.room(view, uid)
        clear = [one for stage in room.stages for one in stage.by_pupils if board_topics.is_clear(one)]
        title = results.outcomes(room).title
        assert clear or "cannot be told" in title, uid
        assert "cannot be told" in title or " lie " in title


@pytest.mark.parametrize(
    "kind, number", [("special", 3), ("special", 1), ("infant", 3)], ids=["special", "one", "infant"]
)
def test_schools_without_results_that_can_be_compared_have_a_pack(view: View, kind: str, number: int) -> None:
    """Nothing is compared, nothing is counted, and every sentence still holds."""
    mine = [one.urn for one in cached.rows(view.publication_id, School) if one.kind_of_page == kind][:number]
    room = rooms.of(view, "90012", frozenset(mine))
    said = words(packing.pack(room))
    assert "no published results of our schools can be compared" in discussing.page_finding(room).lower()
    assert discussing.asks(room) == () and "none of one" not in said and "of 1 " not in said

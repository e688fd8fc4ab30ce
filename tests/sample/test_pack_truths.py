"""What packs of the sample's partnerships say is true of them, and no number in them names a school, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.results import AreaScore
from pages.reports.sheets import Pack
from pages.shell import cached
from pages.shell.boardroom import discussing, packing
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
    assert "What more is said of one secondary school stands in the part with names only" in said
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
            now = discussing.standing(room, stage)
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

"""What people ask of a plan is kept to, or said why not: on the six schools of test_matching."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.support import givers, matching, needed
from analytics.support.plans import Plan
from analytics.support.wishes import Journey, Wishes
from tests.unit.test_matching import NOW, offers, tables

# 1 needs mathematics (.5); 2 (two places), 3 and 6 have offered; 13 km from each school to the next
OFFERS = offers((2, 12, None, "offered"), (3, 4, 4, "offered"), (6, 6, None, "offered"))
MATHS = "mathematics"


def planned(
    data: dict[str, pd.DataFrame] | None = None,
    wishes: Wishes | None = None,
    offered: pd.DataFrame = OFFERS,
    **more: object,
) -> Plan:
    members = frozenset({1, 4, 5})
    return matching.plan(
        tables() if data is None else data,
        members,
        offered,
        time_period=NOW,
        scenario="offers",
        wishes=wishes or Wishes(),
        **more,
    )  # type: ignore[arg-type]


def pairs(plan: Plan) -> list[tuple[int, str, int]]:
    return [(one.need_urn, one.area, one.supporter_urn) for one in plan.proposals]


def stated(*rows: tuple[int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["urn", "area", "size"])


def test_a_locked_pair_is_planned_though_another_fits_better() -> None:
    assert pairs(planned()) == [(1, MATHS, 2)]
    found = planned(wishes=Wishes(locked=frozenset({(1, MATHS, 3)})))
    assert pairs(found) == [(1, MATHS, 3)] and found.proposals[0].locked and found.clashes == ()


def test_two_locks_for_one_need_are_two_supporters() -> None:
    found = planned(wishes=Wishes(locked=frozenset({(1, MATHS, 3), (1, MATHS, 2)})))
    assert pairs(found) == [(1, MATHS, 2), (1, MATHS, 3)] and found.unmatched == ()


def test_a_forbidden_pair_and_schools_apart_are_not() -> None:
    assert pairs(planned(wishes=Wishes(forbidden=frozenset({(1, MATHS, 2)})))) == [(1, MATHS, 3)]
    for both in ((1, 2), (2, 1)):
        assert pairs(planned(wishes=Wishes(apart=frozenset({both})))) == [(1, MATHS, 3)]
    nobody = planned(wishes=Wishes(apart=frozenset({(1, 2)}), forbidden=frozenset({(1, MATHS, 3)})))
    assert nobody.unmatched[0].reason == (
        "Of the 3 that could help with mathematics, 1 is left out of this plan for it, 1 is not to work with it and "
        "1 is further than 40 km away."
    )


def test_together_leaves_nobody_else_where_that_supporter_gives() -> None:
    assert pairs(planned(wishes=Wishes(together=frozenset({(1, 3)})))) == [(1, MATHS, 3)]
    assert pairs(planned(wishes=Wishes(together=frozenset({(1, 5)})))) == [(1, MATHS, 2)]  # 5 gives nothing here


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes(locked=frozenset({(1, MATHS, 2)}), forbidden=frozenset({(1, MATHS, 2)})),
         "{need} and {supporter} are asked for and left out at once, in mathematics. They are left out."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), apart=frozenset({(2, 1)})),
         "{need} and {supporter} are not to work together, by a rule of ours. The rule holds."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), closed=frozenset({1})), "{need} has no visits at the moment."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), closed=frozenset({2})), "{supporter} has no visits at the moment."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), together=frozenset({(1, 3)})),
         "{need} is to work with another school in mathematics, by a rule of ours. The rule holds."),
        (Wishes(locked=frozenset({(1, MATHS, 6)})),
         "{supporter} is further than 40 km from {need}: allow a longer journey, or enter the journey as it is."),
        (Wishes(locked=frozenset({(1, MATHS, 4)})), "There are no days of {supporter} for mathematics to plan with."),
        (Wishes(locked=frozenset({(4, MATHS, 2)})), "Nothing is asked for at {need} in mathematics, so there is nothing to plan there."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), supported=frozenset({(1, MATHS)})), "An agreement supports {need} in mathematics already."),
        (Wishes(locked=frozenset({(1, MATHS, 2)}), days={1: 5.0}),
         "The days of {supporter} for mathematics make no place: 5 of the 6 a term that one takes."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence_and_the_plan_stands(wishes: Wishes, words: str) -> None:
    found = planned(wishes=wishes)
    assert [one.reason for one in found.clashes] == [words]
    assert not any(one.locked for one in found.proposals)


def test_locks_over_capacity_keep_the_gravest() -> None:
    data = tables()
    data["need"] = pd.concat([data["need"], data["need"].iloc[[0]].assign(urn=[4], severity=[0.6])], ignore_index=True)
    data["area_score"] = data["area_score"][data["area_score"]["urn"] != 4]
    found = planned(data, Wishes(locked=frozenset({(1, MATHS, 3), (4, MATHS, 3)})))
    assert [(one.need_urn, one.supporter_urn, one.locked) for one in found.proposals] == [(1, 2, False), (4, 3, True)]
    assert [(one.need_urn, one.supporter_urn) for one in found.clashes] == [(1, 3)]


def test_no_visits_now_neither_gives_nor_receives() -> None:
    assert pairs(planned(wishes=Wishes(closed=frozenset({2})))) == [(1, MATHS, 3)]
    shut = planned(wishes=Wishes(closed=frozenset({1})))
    assert shut.proposals == ()
    assert shut.unmatched[0].reason == "No visits there at the moment, so nothing is planned for it."


def test_an_entered_journey_wins_over_the_map_whichever_way_round() -> None:
    for ends in ((1, 2), (2, 1)):
        found = planned(wishes=Wishes(journeys={ends: Journey(km=38, minutes=45)}))
        assert pairs(found) == [(1, MATHS, 3)]  # 26 km by the map, and 38 to school 2
    far = planned(wishes=Wishes(journeys={(1, 2): Journey(km=38, minutes=45), (3, None): Journey(km=41)}))
    (one,) = far.proposals
    assert (one.supporter_urn, one.km, one.minutes, one.travel) == (2, 38, 45, pytest.approx(np.exp(-1.9)))
    assert one.reason.endswith("About 38 km and 45 minutes each way, as somebody who knows the journey entered it.")
    near = planned(wishes=Wishes(journeys={(1, 6): Journey(km=1), (1, None): Journey(km=39)}))
    assert [(p.supporter_urn, p.km) for p in near.proposals] == [(6, 1)]  # two schools by name before one and everybody


def test_help_from_afar_reaches_everybody_and_counts_as_the_longest_journey() -> None:
    found = planned(wishes=Wishes(journeys={(1, None): Journey(minutes=75, remote=True), (6, 1): Journey(remote=True)}))
    (one,) = found.proposals
    assert one.remote and one.travel == pytest.approx(np.exp(-2))
    assert "Help from afar only" in one.reason
    alone = planned(
        wishes=Wishes(journeys={(1, 6): Journey(remote=True)}, forbidden=frozenset({(1, MATHS, 2), (1, MATHS, 3)}))
    )
    assert [(p.supporter_urn, p.travel) for p in alone.proposals] == [(6, pytest.approx(np.exp(-2)))]


def slots(wishes: Wishes, offered: pd.DataFrame = OFFERS) -> dict[int, int]:
    found = givers.givers(tables(), offered, time_period=NOW, scenario="offers", wishes=wishes)
    return dict(zip(found["offer"].tolist(), found["slots"].tolist(), strict=True))


def test_days_moved_and_days_taken_make_the_places() -> None:
    assert slots(Wishes()) == {1: 2, 2: 1, 3: 1}
    assert slots(Wishes(days={1: 18.0, 2: 3.9})) == {1: 3, 2: 0, 3: 1}
    assert slots(Wishes(taken={1: 6.5, 3: 6.0})) == {1: 0, 2: 1, 3: 0}  # 5.5 days left of 12 are no place of six
    assert slots(Wishes(taken={(2, MATHS): 6.0, (6, "reading"): 6.0})) == {1: 1, 2: 1, 3: 1}
    # two offers of one school: what names none comes off the first, then the second
    two = offers((2, 6, None, "offered"), (2, 12, None, "offered"))
    assert slots(Wishes(taken={(2, MATHS): 12.0}), two) == {1: 0, 2: 1}
    assert slots(Wishes(taken={(2, MATHS): 99.0}), two) == {1: 0, 2: 0}


def test_an_offer_without_a_place_left_is_named_as_what_would_help() -> None:
    found = planned(wishes=Wishes(taken={1: 12.0}, closed=frozenset({3})))
    assert (
        found.unmatched[0].reason
        == "What is agreed, asked for or promised to a group uses the days for mathematics within reach. One more place at {0} would meet it."
    )
    assert found.unmatched[0].others == (2,)
    (load,) = found.supporters
    assert (load.urn, load.offer, load.slots, load.used, load.days, load.taken) == (2, 1, 0, 0, 12.0, 12.0)


def test_an_offer_that_ended_is_over_on_the_day_after() -> None:
    ended = OFFERS.assign(ends=pd.to_datetime([None, "2026-11-21", "2026-11-22"]))
    assert set(slots(Wishes(day=date(2026, 11, 22)), ended)) == {1, 3}
    assert set(slots(Wishes(), ended)) == {1, 2, 3}


def test_a_need_under_agreement_has_no_place_left() -> None:
    found = planned(wishes=Wishes(supported=frozenset({(1, MATHS)})))
    assert (found.proposals, found.unmatched, found.supported) == ((), (), ((1, MATHS),))
    two = planned(wishes=Wishes(supported=frozenset({(1, MATHS)}), twice=frozenset({(1, MATHS)})))
    assert len(two.proposals) == 1  # it would like two and has one


def test_a_need_that_would_like_two() -> None:
    # school 3 fits worse than the only pair of the plan: the floor holds for a second supporter too, and that is said
    found = planned(wishes=Wishes(twice=frozenset({(1, MATHS)})))
    assert pairs(found) == [(1, MATHS, 2)]
    (one,) = found.clashes
    assert (one.need_urn, one.supporter_urn) == (1, 2)
    assert one.reason.startswith("{need} would like two to support it in mathematics. Beside {supporter} nobody")
    # with another need whose only pair fits worse still, the second supporter comes in
    data = tables()
    data["need"] = pd.concat([data["need"], data["need"].iloc[[0]].assign(urn=[5], severity=[0.1])], ignore_index=True)
    data["area_score"] = data["area_score"][data["area_score"]["urn"] != 5]
    two = planned(data, Wishes(twice=frozenset({(1, MATHS)}), forbidden=frozenset({(5, MATHS, 2), (5, MATHS, 3)})))
    assert pairs(two) == [(1, MATHS, 2), (1, MATHS, 3), (5, MATHS, 6)] and two.clashes == ()


def test_a_need_that_the_school_sees_differently_waits_unless_asked_for() -> None:
    other = Wishes(differs=frozenset({(1, MATHS)}))
    found = planned(wishes=other)
    assert (found.proposals, found.unmatched, found.differs) == ((), (), ((1, MATHS),))
    asked = planned(wishes=Wishes(differs=frozenset({(1, MATHS)}), locked=frozenset({(1, MATHS, 3)})))
    assert pairs(asked) == [(1, MATHS, 3)] and asked.differs == ()
    # where it states a need itself, its own word counts alone
    own = planned(wishes=other, stated=stated((1, MATHS, "welcome")))
    assert [(p.severity, p.need_basis) for p in own.proposals] == [(0.25, "stated")] and own.differs == ()


@pytest.mark.parametrize(
    ("size", "severity", "basis"), [("welcome", 0.5, "both"), ("important", 0.5, "both"), ("pressing", 1.0, "both")]
)
def test_the_larger_of_derived_and_stated_counts(size: str, severity: float, basis: str) -> None:
    (one,) = planned(stated=stated((1, MATHS, size))).proposals
    assert (one.severity, one.need_basis) == (severity, basis)
    assert one.reason.startswith("{need} says itself that ")


def test_a_need_that_only_the_school_states() -> None:
    found = planned(stated=stated((4, MATHS, "welcome"), (4, MATHS, "important"), (6, MATHS, "pressing")))
    mine = [one for one in found.proposals if one.need_urn == 4]
    assert [(one.severity, one.need_basis, one.phase) for one in mine] == [(0.5, "stated", "primary")]  # 6 is no member
    # who states a need in an area does not give in it
    assert pairs(planned(offered=offers((4, 6, None, "offered")))) == [(1, MATHS, 4)]
    assert pairs(planned(offered=offers((4, 6, None, "offered")), stated=stated((4, MATHS, "welcome")))) == []


def test_severities_of_stated_needs() -> None:
    assert needed.STATED == {"welcome": 0.25, "important": 0.5, "pressing": 1.0}


def test_an_organisation_supports_by_the_number_of_its_offer() -> None:
    outside = offers((2, 6, None, "offered"), (3, 6, None, "offered")).assign(
        urn=pd.array([2, pd.NA], dtype="Int64"), who=["", "Mathematics Hub"], offer=[31, 32]
    )
    found = planned(offered=outside, wishes=Wishes(forbidden=frozenset({(1, MATHS, 2)})))
    (one,) = found.proposals
    assert (one.supporter_urn, one.offer, one.km, found.called) == (-32, 32, None, {-32: "Mathematics Hub"})
    # strength, likeness and travel count half, coming through difficulty is not held against it
    assert (one.strength, one.similarity, one.travel, one.came_through, one.sureness) == (0.5, 0.5, 0.5, 1.0, 0.5)
    assert one.fit == pytest.approx(0.5**0.9, abs=1e-6)
    locked = planned(offered=outside, wishes=Wishes(locked=frozenset({(1, MATHS, -32)})))
    assert pairs(locked) == [(1, MATHS, -32)]


def test_organisations_come_after_schools_where_nothing_else_decides() -> None:
    both = offers((2, 6, None, "offered"), (3, 6, None, "offered")).assign(
        urn=pd.array([pd.NA, pd.NA], dtype="Int64"), who=["B", "A"], offer=[8, 7]
    )
    assert pairs(planned(offered=both)) == [(1, MATHS, -7)]


def test_nothing_to_plan_from_nothing() -> None:
    data = tables()
    data["need"] = data["need"].head(0)
    found = planned(data, offered=OFFERS.head(0))
    assert (found.proposals, found.unmatched, found.supporters) == ((), (), ())


def test_who_offers_and_may_not_be_asked() -> None:
    moving = tables(roll_change_pct=[0.0, -25, -25, 0, 0, -25])
    (unmet,) = planned(moving).unmatched
    assert unmet.reason.startswith("Those who offer days for mathematics have a difficulty")
    over = OFFERS.assign(ends=pd.to_datetime(["2026-11-21"] * 3))
    (late,) = planned(offered=over, wishes=Wishes(day=date(2026, 11, 22))).unmatched
    assert late.reason == "No school has offered days for mathematics."
    (own,) = planned(offered=offers((1, 6, None, "offered"))).unmatched
    assert own.reason == "No other school has offered days for mathematics."

"""A school with a need of its own never gives in it, whoever knows of it; a pair under agreement is not planned anew."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.support import matching
from analytics.support.plans import Plan
from analytics.support.wishes import Wishes
from tests.unit.test_matching import NOW, offers, tables

MATHS = "mathematics"
BOTH = offers((2, 12, None, "offered"), (3, 12, None, "offered"))
TWICE = frozenset({(1, MATHS)})


def planned(
    members: frozenset[int] = frozenset({1, 2}),
    *,
    offered: pd.DataFrame = BOTH,
    wishes: Wishes | None = None,
    stated: pd.DataFrame | None = None,
) -> Plan:
    return matching.plan(
        tables(), members, offered, time_period=NOW, scenario="offers", wishes=wishes or Wishes(), stated=stated
    )


def pairs(plan: Plan) -> list[tuple[int, int]]:
    return [(one.need_urn, one.supporter_urn) for one in plan.proposals]


@pytest.mark.parametrize("members", [frozenset({1, 2}), frozenset({1})], ids=["ours", "another's"])
@pytest.mark.parametrize("supported", [frozenset(), frozenset({(2, MATHS)})], ids=["open", "under agreement"])
def test_who_states_a_need_does_not_give_there(members: frozenset[int], supported: frozenset[tuple[int, str]]) -> None:
    own = pd.DataFrame({"urn": [2], "area": [MATHS], "size": ["welcome"]})
    wishes = Wishes(supported=supported)
    assert pairs(planned(members, wishes=wishes)) == [(1, 2)]  # nearer than 3
    found = planned(members, wishes=wishes, stated=own)
    assert (1, 2) not in pairs(found) and (1, 3) in pairs(found)
    alone = planned(members, offered=BOTH.head(1), wishes=wishes, stated=own)
    assert alone.unmatched[0].reason == "The one that could help with mathematics may need support in it too."


def test_the_second_supporter_is_another_one() -> None:
    under = Wishes(supported=TWICE, twice=TWICE, agreed=frozenset({(1, MATHS, 2)}), taken={1: 6.0})
    assert pairs(planned(wishes=under)) == [(1, 3)]
    alone = planned(offered=BOTH.head(1), wishes=under)
    assert pairs(alone) == []
    assert alone.unmatched[0].reason == "The one that could help with mathematics supports it in this already."


def test_a_pair_under_agreement_that_is_asked_for_is_said() -> None:
    under = Wishes(supported=TWICE, twice=TWICE, agreed=frozenset({(1, MATHS, 2)}), locked=frozenset({(1, MATHS, 2)}))
    found = planned(wishes=under)
    assert pairs(found) == [(1, 3)]
    assert [one.reason for one in found.clashes] == [
        "{supporter} supports {need} in mathematics already, by an agreement."
    ]


def test_an_organisation_under_agreement_is_not_the_second_either() -> None:
    hub = BOTH.assign(urn=pd.array([pd.NA, 3], dtype="Int64"), who=["Mathematics Hub", ""])
    under = Wishes(supported=TWICE, twice=TWICE, agreed=frozenset({(1, MATHS, -1)}))
    assert pairs(planned(offered=hub, wishes=under)) == [(1, 3)]
    assert pairs(planned(offered=hub.head(1), wishes=under)) == []

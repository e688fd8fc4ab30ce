"""Minutes that people enter count as kilometres; a newest reserve that is missing bars nobody, and is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.support import candidates, givers, matching
from analytics.support.plans import Plan
from analytics.support.wishes import Journey, Wishes
from tests.unit.test_matching import NOW, offers, tables

MATHS = "mathematics"
NEXT = offers((2, 6, None, "offered"))  # 13 km by the map
KNOWN = "each way, as somebody who knows the journey entered it"


def planned(journey: Journey, *, locked: bool = False) -> Plan:
    asked = frozenset({(1, MATHS, 2)}) if locked else frozenset()
    wishes = Wishes(journeys={(1, 2): journey}, locked=asked)
    return matching.plan(tables(), frozenset({1}), NEXT, time_period=NOW, scenario="offers", wishes=wishes)


@pytest.mark.parametrize(
    ("journey", "counts", "words"),
    [
        (Journey(minutes=45), 30.0, f"About 45 minutes {KNOWN}; it counts as 30 km."),
        (Journey(minutes=6), 4.0, f"About 6 minutes {KNOWN}; it counts as 4 km."),
        (Journey(km=13, minutes=54), 36.0, f"About 13 km and 54 minutes {KNOWN}; it counts as 36 km."),
        (Journey(km=13, minutes=12), 13.0, f"About 13 km and 12 minutes {KNOWN}."),
        (Journey(km=20), 20.0, f"About 20 km {KNOWN}."),
    ],
    ids=["minutes", "few minutes", "slow", "fast", "km"],
)
def test_the_longer_of_kilometres_and_minutes_counts(journey: Journey, counts: float, words: str) -> None:
    (one,) = planned(journey).proposals
    assert one.travel == pytest.approx(np.exp(-counts / 20)) and one.reason.endswith(words)


def test_three_hours_for_thirteen_kilometres_are_too_long() -> None:
    found = planned(Journey(km=13, minutes=180), locked=True)
    assert [one.reason for one in found.unmatched] == [
        "The one that could help with mathematics has too long a journey by the minutes entered."
    ]
    assert [one.reason for one in found.clashes] == [
        "The minutes entered for {supporter} and {need} count as more than 40 km: allow a longer journey, or help from afar."
    ]
    afar = planned(Journey(km=13, minutes=180, remote=True)).proposals
    assert [one.travel for one in afar] == [pytest.approx(np.exp(-2))]


def test_of_two_entered_for_everybody_the_longer_counts() -> None:
    wishes = Wishes(journeys={(1, None): Journey(minutes=45), (2, None): Journey(km=20)})
    (one,) = matching.plan(
        tables(), frozenset({1}), NEXT, time_period=NOW, scenario="offers", wishes=wishes
    ).proposals  # fmt: skip
    assert one.travel == pytest.approx(np.exp(-1.5))


def test_forty_kilometres_an_hour() -> None:
    assert pytest.approx(40) == candidates.MINUTE_KM * 60


MISSING = " Its newest reserve is not published, so that a deficit cannot be ruled out."


@pytest.mark.parametrize(
    ("reserves", "gives", "said"),
    [([-5.0, np.nan], True, True), ([3.0, np.nan], True, True), ([-5.0, 2.0], True, False), ([np.nan, -5.0], False, False), ([], True, False)],
    ids=["older deficit", "older surplus", "sound", "deficit", "no accounts"],
)  # fmt: skip
@pytest.mark.parametrize("whose", ["school", "trust"])
def test_a_missing_newest_reserve_is_neither_a_deficit_nor_sound(
    whose: str, reserves: list[float], gives: bool, said: bool
) -> None:
    data = tables(trust_uid=["7", "9", "8", "8", "8", "8"])
    years = [202223, 202324][: len(reserves)]
    if whose == "school":
        data["finance"] = pd.DataFrame({"urn": 2, "time_period": years, "reserve_pct": np.array(reserves, dtype=float)})
    else:
        data["trust_finance"] = pd.DataFrame(
            {"uid": "9", "time_period": years, "reserve_pct": np.array(reserves, dtype=float)}
        )
    found = matching.plan(data, frozenset({1}), NEXT, time_period=NOW, scenario="offers")
    assert [one.supporter_urn for one in found.proposals] == ([2] if gives else [])
    assert [MISSING in one.reason for one in found.proposals] == ([said] if gives else [])
    assert givers.untold(data) == ({2} if said else set())


def test_the_reserve_of_an_academy_is_its_trusts() -> None:
    data = tables(trust_uid=["7", "9", "8", "8", "8", "8"])
    data["finance"] = pd.DataFrame({"urn": 2, "time_period": [202324], "reserve_pct": [np.nan]})
    assert givers.untold(data) == {2}
    data["trust_finance"] = pd.DataFrame({"uid": "9", "time_period": [202324], "reserve_pct": [3.0]})
    assert givers.untold(data) == set()

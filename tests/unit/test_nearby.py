"""Distances on the grid and the middle half of similar schools."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.similar import nearby

SCHOOLS = pd.DataFrame(
    {"urn": [1, 2, 3, 4], "easting": [0.0, 3000.0, 0.0, None], "northing": [0.0, 4000.0, 60000.0, None]}
)


def test_within_gives_km_to_the_nearest() -> None:
    assert nearby.within(SCHOOLS, {1}, 40) == {1: 0.0, 2: 5.0}  # 3-4-5 triangle; 60 km away is out


def test_several_starting_schools_give_the_nearest_of_them() -> None:
    assert nearby.within(SCHOOLS, {1, 3}, 100) == {1: 0.0, 2: 5.0, 3: 0.0}


def test_a_school_without_a_place_is_near_nothing() -> None:
    assert nearby.within(SCHOOLS, {4}, 100) == {}


def test_middle_half_needs_four_schools_and_leaves_missing_out() -> None:
    values = pd.DataFrame(
        {"time_period": [202324] * 3 + [202425] * 6, "value": [1.0, 2.0, 3.0, 10.0, 20.0, 30.0, 40.0, 50.0, None]}
    )
    found = nearby.middle_half(values)
    assert found.to_dict("records") == [{"time_period": 202425, "low": 20.0, "high": 40.0, "schools": 5}]


PLACED = pd.DataFrame(
    [(11, "ZZ1 1AA", 0.0, 0.0), (12, "zz11aa", 2000.0, 0.0), (13, "ZZ1 1AB", 4000.0, 0.0), (14, "ZZ1 2AA", 0.0, 8000.0),
     (15, "ZZ12 1AA", 90000.0, 0.0), (16, None, 1.0, 1.0), (17, "ZZ9 9ZZ", None, None)],
    columns=["urn", "postcode", "easting", "northing"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("zz1 1aa", ("ZZ1 1AA", 1000.0, 0.0, "postcode", 2, 1.0)),  # the middle of two, each 1 km from it
        ("ZZ11AB", ("ZZ1 1AB", 4000.0, 0.0, "postcode", 1, 0.0)),
        ("ZZ1 1ZZ", ("ZZ1 1ZZ", 2000.0, 0.0, "sector", 3, 2.0)),
        ("ZZ1 9ZZ", ("ZZ1 9ZZ", 1500.0, 2000.0, "district", 4, 36.0**0.5 + 0.1846584)),  # hypot(1.5, 6) km
    ],
)
def test_a_postcode_lies_where_its_schools_are(postcode: str, expected: tuple[object, ...]) -> None:
    found = nearby.spot(PLACED, postcode)
    assert found is not None
    assert (found.code, found.easting, found.northing, found.by, found.schools) == expected[:5]
    assert found.off == pytest.approx(expected[5], abs=1e-6)


@pytest.mark.parametrize("postcode", ["", "ZZ1", "ZZ9 9ZZ", "QQ1 1AA", "1ZZ 1AA", "a" * 400])
def test_a_postcode_that_nobody_has_is_not_placed(postcode: str) -> None:
    assert nearby.spot(PLACED, postcode) is None


def test_nearest_first_and_the_lower_number_of_two() -> None:
    twice = pd.concat([PLACED, PLACED.assign(urn=PLACED["urn"] - 10)])
    assert nearby.nearest(twice, 0.0, 0.0, limit=3, without=(16, 6)) == ((1, 0.0), (11, 0.0), (2, 2.0))
    assert nearby.nearest(PLACED.iloc[5:], 1.0, 1.0, limit=9) == ((16, 0.0),)


def test_schools_of_a_town_stand_by_name_without_the_school_itself() -> None:
    schools = pd.DataFrame({"urn": [3, 1, 2, 4], "name": ["Oak", "Elm", "Ash", "Fir"], "town": ["A", "A", "A", None]})
    assert nearby.of_town(schools, 1, "A") == (2, 3)
    assert nearby.of_town(schools, 4, None) == ()

"""Distances on the grid and the middle half of similar schools."""

from __future__ import annotations

import pandas as pd

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

"""Services that end soon and what they come to; places out of reach; published results beside an agreement."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.support.followed import followed, measures_of
from analytics.support.reach import Place, out_of_reach, places
from analytics.support.services import Service, Total, ending, later, past, running, totals

TODAY = date(2026, 11, 22)


def service(number: int, until: date | None, price: float | None = 100.0, sort: str = "bought_in") -> Service:
    return Service(number, f"Service {number}", sort, None, None, price, None, until)  # type: ignore[arg-type]


def test_what_ends_first_stands_first_and_what_is_over_stands_apart() -> None:
    every = [
        service(1, None), service(2, date(2027, 11, 22)), service(3, date(2027, 3, 31)), service(4, TODAY),
        service(5, date(2026, 11, 21)), service(6, date(2027, 11, 23)), service(7, date(2026, 1, 1)),
    ]  # fmt: skip
    assert [one.number for one in running(every, TODAY)] == [4, 3, 2, 6, 1]
    assert [one.number for one in ending(every, TODAY)] == [4, 3, 2]
    assert [one.number for one in past(every, TODAY)] == [5, 7]


def test_a_price_that_was_not_said_is_not_nothing() -> None:
    # 100 + 250 pounds bought; one more without a price; 40 shared
    every = [service(1, None), service(2, None, 250.0), service(3, None, None), service(4, None, 40.0, "shared")]
    assert totals(every) == (Total("bought_in", 3, 350.0, 1, 0.0), Total("shared", 1, 40.0, 0, 0.0))
    assert totals([]) == ()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)), (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)  # fmt: skip
def test_months_later(day: date, months: int, then: date) -> None:
    assert later(day, months) == then


SCHOOLS = pd.DataFrame(
    {"urn": [1, 2, 3, 4], "easting": [0.0, 10_000, 40_000, None], "northing": [0.0, 0, 0, None]}
)  # 1 to 2: 10 km straight, 13 by road; 1 to 3: 52; 2 to 3: 39; 4 is nowhere known


def test_the_nearest_offer_by_road() -> None:
    found = places(
        SCHOOLS, [(1, "reading"), (2, "reading"), (3, "reading"), (1, "science")], [(3, "reading"), (1, "reading")]
    )
    assert found == (Place(1, "reading", 3, 52.0), Place(1, "science", None, None), Place(2, "reading", 1, 13.0), Place(3, "reading", 1, 52.0))  # fmt: skip
    assert out_of_reach(found) == (found[0], found[1], found[3])


def test_any_offer_counts_where_no_area_is_named_and_an_entered_journey_wins() -> None:
    offers = [(2, "reading"), (3, "science")]
    assert places(SCHOOLS, [(1, "")], offers) == (Place(1, "", 2, 13.0),)
    assert places(SCHOOLS, [(1, "")], offers, {(2, 1): 75.0}) == (Place(1, "", 3, 52.0),)
    assert places(SCHOOLS, [(1, "")], offers, {(1, None): 97.0}) == (Place(1, "", 2, 97.0),)
    assert places(SCHOOLS, [(1, "")], offers, {(1, None): 97.0, (1, 2): 30.0}) == (Place(1, "", 2, 30.0),)


def test_a_place_that_is_not_known_is_not_called_far() -> None:
    (one,) = places(SCHOOLS, [(4, "")], [(1, "reading")])
    assert one == Place(4, "", 1, None)
    assert out_of_reach([one]) == ()


def test_the_only_school_that_offers_is_not_out_of_reach_of_itself() -> None:
    found = places(SCHOOLS, [(1, ""), (2, ""), (1, "reading")], [(1, "reading")])
    assert found == (Place(1, "", None, None), Place(1, "reading", None, None), Place(2, "", 1, 13.0))
    assert out_of_reach(found) == (Place(1, "reading", None, None),)


def values(**by_year: float | None) -> pd.DataFrame:
    rows = [
        (1, "ks2_mathematics_expected_pct", int(year[1:]), value, "ok" if value is not None else "suppressed", 20.0, "final", False)
        for year, value in by_year.items()
    ]  # fmt: skip
    columns = ["urn", "measure", "time_period", "value", "status", "pupils", "release", "as_predecessor"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "float64"})


def test_years_before_during_and_after() -> None:
    frame = values(y202122=40, y202223=50, y202324=None, y202425=60, y202526=65, y202627=70)
    found = followed(frame, "mathematics", date(2024, 10, 1), date(2025, 7, 1))
    assert [(one.time_period, one.when, one.value) for one in found] == [
        (202223, "before", 50.0), (202324, "before", None), (202425, "during", 60.0), (202526, "one_after", 65.0),
        (202627, "two_after", 70.0),
    ]  # fmt: skip
    low, high = found[0].low, found[0].high
    assert low is not None and high is not None
    assert (round(low, 1), round(high, 1)) == (29.9, 70.1)  # Wilson, 10 of 20
    assert (found[1].low, found[1].status) == (None, "suppressed")


def test_an_area_without_a_published_measure_is_followed_by_none() -> None:
    frame = values(y202425=60)
    assert measures_of(frame, "science") == ()
    assert followed(frame, "science", date(2024, 10, 1), date(2025, 7, 1)) == ()
    assert measures_of(frame, "mathematics") == ("ks2_mathematics_expected_pct",)

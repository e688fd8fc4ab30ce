"""Terms: every day lies in exactly one, they follow one another without a hole, and they read as people say them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from data.catalogue.terms import Term, term_of, terms_between


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 1), "Autumn 2026/27"), (date(2026, 12, 31), "Autumn 2026/27"), (date(2027, 1, 1), "Spring 2026/27"),
        (date(2027, 3, 31), "Spring 2026/27"), (date(2027, 4, 1), "Summer 2026/27"), (date(2027, 8, 31), "Summer 2026/27"),
        (date(2027, 9, 1), "Autumn 2027/28"), (date(1999, 10, 1), "Autumn 1999/00"),
    ],
)  # fmt: skip
def test_the_term_of_a_day(day: date, words: str) -> None:
    found = term_of(day)
    assert found.words == words
    assert found.first_day <= day <= found.last_day


def test_every_day_of_five_years_lies_in_one_term() -> None:
    day, known = date(2023, 9, 1), terms_between(date(2023, 9, 1), date(2028, 8, 31))
    assert len(known) == 15
    while day <= date(2028, 8, 31):
        assert [term for term in known if term.first_day <= day <= term.last_day] == [term_of(day)]
        day += timedelta(days=1)


def test_terms_between_are_in_order_and_follow_one_another() -> None:
    found = terms_between(date(2026, 11, 22), date(2027, 9, 1))
    assert [term.key for term in found] == ["202627-autumn", "202627-spring", "202627-summer", "202728-autumn"]
    assert [b.first_day - a.last_day for a, b in pairwise(found)] == [timedelta(days=1)] * 3
    assert sorted(found, key=lambda term: term.place) == list(found)
    assert terms_between(date(2026, 11, 22), date(2026, 8, 31)) == ()


def test_a_time_touches_a_term_from_its_first_to_its_last_day() -> None:
    spring = Term(202627, "spring")
    assert spring.touches(date(2027, 3, 31), date(2027, 7, 1))
    assert spring.touches(date(2026, 9, 1), date(2027, 1, 1))
    assert spring.touches(None, None)
    assert not spring.touches(date(2027, 4, 1), None)
    assert not spring.touches(None, date(2026, 12, 31))

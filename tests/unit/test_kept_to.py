"""What rows of the registers say to a plan: the days of a rule, pairs, journeys that add up, who gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.register import kept_to
from data.register.rows import Entry

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
OAK, ELM, ASH = 100001, 100002, 100003


def row(urn: int | None, **said: Any) -> Entry:
    blank = dict.fromkeys(("kind", "other", "km", "minutes", "starts", "ends", "offer"))
    return Entry(1, "constraint", "1", urn, None, {**blank, **said}, 1, "live", "", None, "", None)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (None, None, True), (LAST, None, True), (None, FIRST, True), (date(2027, 2, 1), date(2027, 2, 1), True),
        (date(2027, 4, 1), None, False), (None, date(2026, 12, 31), False), (date(2020, 1, 1), date(2030, 1, 1), True),
    ],
)  # fmt: skip
def test_a_row_holds_on_its_days_and_is_open_where_it_names_none(
    starts: date | None, ends: date | None, holds: bool
) -> None:
    assert kept_to.holds(row(OAK, starts=starts, ends=ends), FIRST, LAST) is holds


def test_pairs_of_a_kind_are_named_as_the_rule_names_them() -> None:
    rules = [
        row(OAK, kind="not_with", other=ELM),
        row(ELM, kind="conflict", other=ASH),
        row(OAK, kind="remote", other=ASH),
    ]
    assert kept_to.pairs(rules, *kept_to.APART) == {(OAK, ELM), (ELM, ASH)}
    assert kept_to.pairs(rules, "must_with") == frozenset()


def test_what_is_said_twice_of_a_journey_adds_up_and_the_later_number_stands() -> None:
    rules = [
        row(OAK, kind="travel", km=38.0, minutes=75.0), row(OAK, kind="remote"), row(OAK, kind="travel", km=40.0),
        row(OAK, kind="travel", other=ELM, km=3.0), row(ELM, kind="remote", other=OAK, minutes=20.0), row(ELM, kind="window"),
    ]  # fmt: skip
    assert kept_to.journeys(rules) == {
        (OAK, None): (40.0, 75.0, True), (OAK, ELM): (3.0, None, False), (ELM, OAK): (None, 20.0, True),
    }  # fmt: skip


def test_who_gives_is_the_school_else_the_offer() -> None:
    assert [kept_to.giver_of(row(urn, offer=offer)) for urn, offer in ((OAK, 7), (None, 7), (None, None))] == [
        OAK,
        -7,
        None,
    ]

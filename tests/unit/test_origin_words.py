"""Whose results stand for a school's earlier years, in sentences."""

from __future__ import annotations

from datetime import date

from analytics.results import Origin
from pages.components.origin_words import origin_lines


def origin(old: int, name: str | None, reason: str = "", when: date | None = None) -> Origin:
    return Origin(urn=1, old_urn=old, old_name=name, established=when, joined=not reason, reason=reason)


CAME = [
    origin(100001, "Oak Primary", when=date(2018, 1, 1)),
    origin(100002, "Ash Infant", "several_into_one", date(2014, 9, 1)),
    origin(100003, None, "several_into_one"),
]


def test_a_conversion_and_a_merger() -> None:
    found = origin_lines(CAME, hidden=False)
    assert found == [
        "Marked as a predecessor's: results of Oak Primary (URN 100001), which this school continues since 1 January 2018.",
        "Not joined: results of Ash Infant (URN 100002, 1 September 2014) and a school that the register does not list "
        "(URN 100003), for several schools became this one, so nobody can say whose results theirs would be.",
    ]
    assert origin_lines([], hidden=False) == []


def test_hidden_names_no_school_no_number_and_no_day() -> None:
    assert origin_lines(CAME, hidden=True) == [
        "Marked as a predecessor's: results of an earlier school, which this school continues.",
        "Not joined: results of other schools, for several schools became this one, so nobody can say whose results "
        "theirs would be.",
    ]

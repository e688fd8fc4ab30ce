"""Two partnerships of one person, one inside the other: no number of the schools shown first is told of either."""

from __future__ import annotations

import pytest

from data.access.scope import Grant, Scope, everything
from pages.shell.fair import masks

TRUST, LA = frozenset((1, 2, 3)), frozenset((1, 2, 3, 4, 5, 6))


def scope(*held: tuple[str, frozenset[int]]) -> Scope:
    return Scope(1, "Dora", tuple(Grant("director", uid, members=members) for uid, members in held))


@pytest.mark.parametrize(
    ("who", "fewest"),
    [
        (everything(), masks.FEWEST),
        (scope(("T", TRUST)), masks.FEWEST),
        (scope(("T", TRUST), ("F", frozenset((7, 8)))), masks.FEWEST),  # no school in both
        (scope(("T", TRUST), ("O", TRUST)), masks.FEWEST),  # the same schools: nothing to subtract
        (scope(("T", TRUST), ("LA850", LA)), masks.NEVER),
        (scope(("T", TRUST), ("O", frozenset((3, 9)))), masks.NEVER),
    ],
)
def test_overlapping_partnerships_tell_no_numbers(who: Scope, fewest: int) -> None:
    assert masks.fewest_of(who, "T", TRUST) == fewest


def test_where_numbers_are_never_told_counts_hold_the_named_only() -> None:
    assert not masks.names_nobody(2, 5, fewest=masks.NEVER)
    assert masks.names_nobody(2, 5)

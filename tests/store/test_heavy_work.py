"""Heavy work: so much for each person in a window that moves; the person at this computer has no limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.access import limits
from data.access.limits import KINDS, Limit
from data.access.scope import Scope, everything, nobody
from data.catalogue import PermissionDenied
from data.store.schema_private import heavy_work
from tests.store.people import minutes

ANN, BEA = Scope(1), Scope(2)


@pytest.fixture(autouse=True)
def two_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KINDS", {**KINDS, "download": Limit(2, timedelta(hours=1), "downloaded")})


def take(store: Engine, who: Scope, at: float, kind: str = "download") -> bool:
    try:
        limits.take(store, who, kind, now=minutes(at))
    except PermissionDenied:
        return False
    return True


def test_the_window_moves_and_is_each_persons_and_kinds_own(store: Engine) -> None:
    assert [take(store, ANN, at) for at in (0, 30, 59, 59.9)] == [True, True, False, False]
    assert take(store, BEA, 59) and take(store, ANN, 59, "upload")
    assert take(store, ANN, 60)  # the first is an hour old
    assert not take(store, ANN, 89.9)
    assert take(store, ANN, 90)


def test_it_says_when_to_try_again(store: Engine) -> None:
    take(store, ANN, 0)
    take(store, ANN, 30)
    with pytest.raises(PermissionDenied) as caught:
        limits.take(store, ANN, "download", now=minutes(45))
    assert str(caught.value) == (
        "you have downloaded often just now (2 times are the most in an hour). Try again after 10:00 UTC."
    )


def test_no_limit_at_this_computer_and_nothing_for_nobody(store: Engine) -> None:
    assert all(take(store, everything(), 0) for _ in range(5))
    assert not take(store, nobody(), 0)
    with pytest.raises(ValueError, match="no kind"):
        limits.take(store, everything(), "sing", now=minutes(0))


def test_a_clock_that_was_wrong_does_not_block_for_ever(store: Engine) -> None:
    assert take(store, ANN, 10_000) and take(store, ANN, 10_000) and not take(store, ANN, 10_000)
    assert take(store, ANN, 0)
    assert take(store, ANN, -1)  # a little back: what came later still counts
    assert not take(store, ANN, -1)


def test_nothing_is_kept_of_what_is_long_past(store: Engine) -> None:
    take(store, ANN, 0)
    take(store, ANN, 0, "upload")
    take(store, BEA, 120, "edit")
    with store.connect() as connection:
        assert connection.execute(select(func.count()).select_from(heavy_work)).scalar() == 1

"""The pack's table and the words for its picture say of an average what Overview says: both ways of counting, or that they differ."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from pages.shell.boardroom import results
from tests.unit.test_together_words import PUPIL, SCHOOL


def test_a_side_on_which_only_one_way_of_counting_lies_is_no_side() -> None:
    stage = cast(Any, SimpleNamespace(means=(PUPIL, SCHOOL), kind="", placed=()))
    assert (PUPIL.side, SCHOOL.side) == ("above", "cannot_tell")
    (said,) = results.mean_table([(stage, PUPIL)])["What can be said"]
    assert said == "cannot be told: above expectation only if each pupil counts once"
    assert "cannot be told from expectation" in results._alt([(stage, PUPIL)])

"""Which partnership a page opens at where nothing was asked for."""

from __future__ import annotations

from analytics.results import Partnership
from pages.shell.choice import usual
from pages.shell.sample_region import CHILVER_VALE_UID, MISSION

VALE = str(CHILVER_VALE_UID)


def of(*told: tuple[str, str, int]) -> dict[str, tuple[Partnership, frozenset[int]]]:
    return {uid: (Partnership(uid, uid, kind, size), frozenset(range(size))) for uid, kind, size in told}


def test_the_sample_opens_at_its_main_trust_and_not_at_its_mission() -> None:
    sample = of((MISSION, "own", 40), (VALE, "mat", 25), ("7", "mat", 31))
    assert usual(sample, sample=True) == VALE
    assert usual(sample | of(("own-mine", "own", 3)), sample=True) == "own-mine"


def test_ones_own_comes_first_then_the_largest_trust_then_the_largest() -> None:
    assert usual(of((MISSION, "own", 4), ("7", "mat", 31)), sample=False) == MISSION
    assert usual(of(("LA991", "la", 330), ("7", "mat", 31), ("6", "mat", 31)), sample=False) == "6"
    assert usual(of(("LA991", "la", 330), ("LA992", "la", 210)), sample=False) == "LA991"

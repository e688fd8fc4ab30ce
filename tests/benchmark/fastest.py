"""Two ways of doing the same work, timed in turn on a machine that others use: the fastest of each counts."""

from __future__ import annotations

import time
from collections.abc import Callable

LEAST, MOST = 3, 8
BETTER = 0.97  # a round that is no faster than this by either way ends the measuring


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fastest(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """The least that each returns (seconds of a run), in turn, three times or until neither gets faster."""
    best = one(), other()
    for done in range(2, MOST + 1):
        now = one(), other()
        steady = all(new > BETTER * old for new, old in zip(now, best, strict=True))
        best = min(best[0], now[0]), min(best[1], now[1])
        if done >= LEAST and steady:
            break
    return best

"""How an effect that could just be noticed is written: rounded up, never down to one that would usually be missed."""

from __future__ import annotations

from math import ceil, floor, log10

SLACK = 1e-9  # what a double adds to a round number


def least(value: float, percentage: bool) -> str:
    """Percentage points: whole from 1 up, one decimal below; else two figures. `value` above nought."""
    if percentage:
        return f"{_up(value, 0):.0f}" if value > 0.9 else f"{_up(value, 1):.1f}"
    digits = 1 - floor(log10(value))
    return f"{_up(value, digits):g}"


def _up(value: float, digits: int) -> float:
    return ceil(value * 10**digits - SLACK) / 10**digits

"""Academic years as numbers: 202425 for 2024/25. Standard library only."""

from __future__ import annotations


def starting(begins: int) -> int:
    """The academic year that begins in a calendar year: 2026 -> 202627, 1999 -> 199900."""
    return begins * 100 + (begins + 1) % 100


def following(time_period: int) -> int:
    """The next academic year: 201819 -> 201920."""
    return starting(time_period // 100 + 1)


def preceding(time_period: int) -> int:
    """The academic year before: 201920 -> 201819."""
    return starting(time_period // 100 - 1)


def shown(time_period: int) -> str:
    """A year as people write it: 202425 -> 2024/25."""
    return f"{time_period // 100}/{time_period % 100:02d}"

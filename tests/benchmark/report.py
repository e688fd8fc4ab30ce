"""Figures beside their bars, and plain tables: what the benchmark prints. Computes nothing but whether a bar is met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a figure should lie; None leaves a side open. A figure without a bar is printed for information."""

    low: float | None = None
    high: float | None = None
    decimals: int = 3

    def words(self) -> str:
        low, high = (None if end is None else f"{end:g}" for end in (self.low, self.high))
        if low and high:
            return f"{low} to {high}"
        return f">= {low}" if low else f"<= {high}" if high else "-"

    def met(self, seen: float) -> bool | None:
        """None where there is no bar or no figure."""
        if math.isnan(seen) or (self.low is None and self.high is None):
            return None
        return (self.low is None or seen >= self.low) and (self.high is None or seen <= self.high)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, where it should lie, and what was seen in each column of the table."""

    what: str
    bar: Bar
    seen: tuple[float, ...]

    def verdict(self, columns: Sequence[str]) -> str:
        """`passed` where every column meets the bar, else `not:` and the columns that do not; `-`: nothing to judge."""
        met = [self.bar.met(one) for one in self.seen]
        short = [name for name, one in zip(columns, met, strict=True) if one is False]
        return "not: " + ", ".join(short) if short else "passed" if True in met else "-"


def figures_table(title: str, columns: Sequence[str], figures: Sequence[Figure]) -> str:
    """Figures with bars: what, bar, one `seen` column each, and the verdict."""
    head = ("", "bar", *(f"seen: {name}" for name in columns), "")
    rows = [
        (one.what, one.bar.words(), *(_number(x, one.bar.decimals) for x in one.seen), one.verdict(columns))
        for one in figures
    ]
    return plain_table(title, head, rows)


def plain_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned text: the first column to the left, the others to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join((title, "", _line(head, widths), rule, *(_line(row, widths) for row in rows)))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
    return "  ".join((row[0].ljust(widths[0]), *cells[1:])).rstrip()


def _number(value: float, decimals: int) -> str:
    return "none" if math.isnan(value) else f"{value:.{decimals}f}"

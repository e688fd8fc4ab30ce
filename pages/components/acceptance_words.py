"""What the long run of the methods found, in sentences and tables. Every figure comes from the run's own file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.acceptance import INFORMATION, NOT, PASSED, Seen
from pages.components.words import count, day

TRIED = (
    "The methods are tried where the truth is known: on made-up regions of schools, and on England's own results, where two "
    "years must say what the third will show. Each check says where its figure should lie: the methods say so beforehand; for "
    "several measures together, money and inspection, an earlier run of the same kind does. What does not lie there is listed, "
    "not left out."
)
VERDICTS = {PASSED: "as it should", INFORMATION: "for information"}


def parts(rows: Sequence[Seen]) -> tuple[str, ...]:
    """The parts of the run, in its order."""
    return tuple(dict.fromkeys(row.part for row in rows))


def summary(rows: Sequence[Seen]) -> str:
    """How many of the figures that have a bar lie where they should."""
    judged = [row for row in rows if row.verdict != INFORMATION]
    good = sum(row.verdict == PASSED for row in judged)
    rest = "" if good == len(judged) else " The others:"
    return f"{good} of {count(len(judged), 'figure')} with a place to lie in lie there.{rest}"


def missed(rows: Sequence[Seen]) -> tuple[str, ...]:
    """One sentence for each figure that lies elsewhere."""
    return tuple(
        f"{row.column}, {row.check}: {row.seen}, should be {bar(row.bar)}." for row in rows if row.verdict == NOT
    )


def bar(text: str) -> str:
    """ ">= 0.95" -> "0.95 or more"; "0.94 to 0.96" stays; "-" -> "for information"."""
    if text == "-":
        return VERDICTS[INFORMATION]
    sign, _, number = text.partition(" ")
    return f"{number} or {'more' if sign == '>=' else 'less'}" if sign in (">=", "<=") else text


def table(rows: Sequence[Seen], part: str) -> pd.DataFrame:
    """One row a check, one column a measure, and whether all of them lie where they should."""
    mine = [row for row in rows if row.part == part]
    columns = list(dict.fromkeys(row.column for row in mine))
    found: dict[str, dict[str, str]] = {}
    for row in mine:
        line = found.setdefault(row.check, {"Check": row.check, "Should be": bar(row.bar)})
        line[row.column] = row.seen + (" (not)" if row.verdict == NOT else "")
    return pd.DataFrame(list(found.values()), columns=["Check", "Should be", *columns])


def stamp(rows: Sequence[Seen]) -> str:
    """When and on which state of the program the figures were made, and how to make them again."""
    runs = dict.fromkeys((row.made, row.commit) for row in rows)
    made = "; ".join(f"{day(when)}, commit {commit}" for when, commit in runs)
    return f"Made on {made}, by python -m tests.benchmark --soak. The same figures stand in docs/SOAK.md."

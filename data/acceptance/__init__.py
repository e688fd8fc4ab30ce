"""Figures of the last long run, for How it works: what the methods promise, where it should lie, what was seen.

`figures.csv` is written by `python -m tests.benchmark --soak` and by nothing else. It stands apart from the catalogue, for
it decides no number: a new long run leaves the identity of what was published as it is. Reads that one file.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from io import StringIO
from pathlib import Path

PLACE = Path(__file__).parent / "figures.csv"
PASSED, NOT, INFORMATION = "passed", "not", "-"


@dataclass(frozen=True, slots=True)
class Seen:
    """One figure as printed: the `part` it belongs to, the check, its bar ("-": none) and the column it was seen in.

    `verdict`: passed, not, or "-" where there is nothing to judge. `made` is an ISO date; `commit` with a plus where the
    code had changed since.
    """

    part: str
    check: str
    bar: str
    column: str
    seen: str
    verdict: str
    made: str
    commit: str


def seen() -> tuple[Seen, ...]:
    """The rows of `figures.csv` in their order; none where the file is missing."""
    if not PLACE.is_file():
        return ()
    with PLACE.open(encoding="utf-8", newline="") as file:
        return tuple(Seen(**row) for row in csv.DictReader(file))


def text(rows: Sequence[Seen]) -> str:
    """The same rows as the text of `figures.csv`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Seen)])
    writer.writerows(astuple(row) for row in rows)
    return out.getvalue()

"""Is a file sound? Shares of what was left out, refused, withheld and matched, beside what its source shows as a rule.

Counts only: whether to go on in spite of a finding is decided by whoever gives a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from data.catalogue import MEASURES, SourceFormatError
from data.catalogue.years import shown

LEAST_ROWS = 50  # shares of fewer rows say nothing
MOST_DIFFER = 0.5  # of the schools of a file that comes again: publishers mend some, never most
SAME = 0.9  # of a measure's values equal to another year's: between two real years a few in a hundred are
OTHER_PLACE = 0.1  # of an authority's schools that the register has elsewhere
NATIONAL = "england"


class Range(Protocol):
    """What a sound file shows (data.formats.extract.Expected is one). Shares 0-1."""

    @property
    def left_out(self) -> float: ...
    @property
    def refused(self) -> float: ...
    @property
    def withheld(self) -> float: ...
    @property
    def matched(self) -> float: ...
    @property
    def change(self) -> float: ...


class OutsideRange(SourceFormatError):
    """A file that reads well but does not look like a sound one. It is taken in only with a reason."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What was seen of a file, shares 0-1; None where there is nothing to tell it by."""

    left_out: float | None
    refused: float | None
    withheld: float | None
    matched: float | None
    change: float | None
    differ: float | None = None  # of the schools that it shares with the file whose place it takes


@dataclass(frozen=True, slots=True)
class Seen:
    """What the shares are counted from. `matched` counts schools by phase; `covered`: the register is a national one;
    `twin` is another year with the same values; `authorities` counts its schools by the register's authority."""

    tables: Mapping[str, pd.DataFrame]
    rejects: pd.DataFrame
    rows_read: int
    rows_kept: int
    scope: str
    matched: Mapping[str, int] | None
    covered: bool
    previous: Mapping[str, Any] | None
    differ: float | None = None
    twin: int | None = None
    authorities: Mapping[int, int] = field(default_factory=dict)


def shares(seen: Seen, *, not_in_register: str) -> Shares:
    """The shares of one file. `matched` and `change` only of national files."""
    facts = seen.tables.get("measurement")
    refused = withheld = matched = change = None
    if facts is not None and len(facts):
        cells = int(seen.rejects["column"].notna().sum())
        refused = cells / (cells + len(facts))
        withheld = float((facts["status"] == "suppressed").mean())
    if seen.scope == NATIONAL and seen.matched and seen.covered:
        matched = 1 - seen.matched.get(not_in_register, 0) / sum(seen.matched.values())
    before = (seen.previous or {}).get("rows_kept") or 0
    if before >= LEAST_ROWS:
        change = seen.rows_kept / before - 1
    left_out = 1 - seen.rows_kept / seen.rows_read if seen.rows_read else None
    return Shares(left_out, refused, withheld, matched, change, seen.differ)


def findings(found: Shares, expected: Range, seen: Seen) -> tuple[str, ...]:
    """A sentence for each share outside the source's range, and for whatever else no sound file shows; () for a sound
    file and for one too small to judge."""
    if seen.rows_read < LEAST_ROWS:
        return ()
    said = [*_values(seen), *_place(seen)]
    for share, most, what in (
        (found.left_out, expected.left_out, "of its rows were left out"),
        (found.refused, expected.refused, "of its cells could not be read or are out of range"),
        (found.withheld, expected.withheld, "of its values are withheld"),
    ):
        if share is not None and share > most:
            said.append(f"{_percent(share)} {what}, where at most {_percent(most)} is usual")
    if found.matched is not None and found.matched < expected.matched:
        least = _percent(expected.matched)
        said.append(f"{_percent(found.matched)} of its schools are in the register, where at least {least} is usual")
    if found.change is not None and abs(found.change) > expected.change:
        way = "more" if found.change > 0 else "fewer"
        usual = f"where {_percent(expected.change)} is the most usual"
        said.append(f"it has {_percent(abs(found.change))} {way} rows than the one before, {usual}")
    if found.differ is not None and found.differ > MOST_DIFFER:
        said.append(f"{_percent(found.differ)} of its schools differ from the file whose place it would take")
    return tuple(said)


def _values(seen: Seen) -> list[str]:
    """Values that are another year's, and percentages that are fractions."""
    said = []
    if seen.twin is not None:
        said.append(f"its values are those of {shown(seen.twin)}")
    facts = seen.tables.get("measurement")
    if facts is None or facts.empty:
        return said
    pct = [key for key, measure in MEASURES.items() if measure.unit == "pct" and measure.role in ("scored", "shown")]
    numbers = facts[facts["measure"].isin(pct) & facts["value"].gt(0)].groupby("measure")["value"].agg(["count", "max"])
    small = numbers[(numbers["count"] >= LEAST_ROWS) & (numbers["max"] <= 1)]
    said += [f"no percentage of {MEASURES[str(key)].label} is over 1, as if they were fractions" for key in small.index]
    return said


def _place(seen: Seen) -> list[str]:
    """A national file of one authority's schools, or an authority's with others' among them, by the register."""
    total = sum(seen.authorities.values())
    if total < LEAST_ROWS:
        return []
    if seen.scope == NATIONAL:
        one = next(iter(seen.authorities)) if len(seen.authorities) == 1 and seen.covered else None
        return [f"it is named as England's, and all its schools are of the authority {one}"] if one else []
    apart = total - seen.authorities.get(int(seen.scope), 0)
    return [f"{_percent(apart / total)} of its schools are of other authorities"] if apart > OTHER_PLACE * total else []


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


def refusal(said: tuple[str, ...], file_name: str, rejects: pd.DataFrame) -> OutsideRange:
    """The error for a file with findings and no reason given; it says what was left out most often, and where first."""
    most = ""
    if len(rejects):
        reason = str(rejects["reason"].value_counts().sort_index().idxmax())
        first = rejects[rejects["reason"] == reason].iloc[0]
        column = "" if pd.isna(first["column"]) else f", column {first['column']}"
        most = f" Most often left out: {reason} (first in row {first['row']}{column})."
    return OutsideRange(
        f"this does not look like a sound file: {'; '.join(said)}.{most} Nothing was taken in.", where=file_name,
        remedy="Check that it is whole and the right one. To take it in all the same, give a reason (on the command line --accept REASON).",
    )  # fmt: skip

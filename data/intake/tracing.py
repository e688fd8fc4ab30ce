"""What a store has taken in, taking a file back, and where a figure comes from, down to the cell as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from data.access import audit
from data.access.permissions import rule_of
from data.access.scope import Scope
from data.catalogue import MEASURES, SourceFormatError, StoreError
from data.formats.extract import RawFile, normalised
from data.formats.tables import read_table
from data.store import explain, read
from data.store.engine import StorePlace, engine
from data.store.explain import Trace
from data.store.undo import Undone
from data.store.undo import undo as store_undo


@dataclass(frozen=True, slots=True)
class Explanation:
    """One stored fact and the cell it was made from, read again from the kept file; `cell` is None where that is gone."""

    trace: Trace
    cell: str | None


def history(where: StorePlace) -> pd.DataFrame:
    """Every file the store has taken in, newest first, with its number, state (live, superseded, undone) and report."""
    return read.history(engine(where))


def undo(scope: Scope, where: StorePlace, source_file_id: int, *, rehearsal: bool = False) -> Undone:
    """Take a file back: the store is as if it had never come in. StoreError: no such file, or it cannot be; PermissionDenied.

    With `rehearsal` nothing is kept: it says which files would be in use again. What was taken back stands in the audit.
    """
    scope.demand(rule_of("undo_file"), what="take files back")
    undone = store_undo(engine(where), source_file_id, rehearsal=rehearsal)
    if not rehearsal:
        audit.record(engine(where), scope, "undone", f"file {source_file_id}", now=datetime.now(UTC))
    return undone


def explanations(where: StorePlace, urn: int, measure: str, time_period: int | None = None) -> tuple[Explanation, ...]:
    """Every stored fact of a school and measure with its published cell. StoreError: unknown measure or school, or no fact."""
    if measure not in MEASURES:
        near = [
            key for key in MEASURES if measure.casefold() in key or measure.casefold() in MEASURES[key].label.casefold()
        ]
        told = f" Did you mean {', '.join(near[:5])}?" if near else ""
        raise StoreError(f"no measure has the key {measure}.{told}", remedy="How it works lists every measure.")
    if time_period is not None and (time_period // 100 + 1) % 100 != time_period % 100:
        raise StoreError(f"{time_period} is no year", remedy="Write both halves of it, such as 201819 for 2018/19.")
    found = explain.traces(engine(where), urn, measure, time_period)
    if not found:
        name = explain.known_school(engine(where), urn)
        school = f"{name} (URN {urn})" if name else f"the school with URN {urn}, which the register does not list"
        left_out = explain.left_out(engine(where), urn)
        raise StoreError(
            f"no file in the store says anything of {MEASURES[measure].label} for {school}{_earlier(where, urn)}",
            remedy=left_out
            or "No row is not zero: the publisher may have left the school out, or the file is not here yet.",
        )
    return tuple(Explanation(trace, _cell(where, trace)) for trace in found)


def files_behind(where: StorePlace, urns: Sequence[int], measures: Iterable[str]) -> dict[tuple[str, int], Trace]:
    """The fact in use of each measure and year, by measure and period, of the first of `urns` that has one."""
    found: dict[tuple[str, int], Trace] = {}
    for measure in measures:
        for urn in urns:
            for trace in explain.traces(engine(where), urn, measure):
                if trace.used and not trace.firmer:
                    found.setdefault((measure, trace.time_period), trace)
    return found


def _earlier(where: StorePlace, urn: int) -> str:
    before = explain.predecessors(engine(where), urn)
    return f"; its predecessor has the URN {', '.join(map(str, before))}" if before else ""


def _cell(where: StorePlace, trace: Trace) -> str | None:
    """The cell in the raw file as it was received."""
    kept = where.home / trace.raw_path
    if trace.row is None or not kept.is_file():
        return None
    try:
        table = read_table(RawFile(trace.file_name, (), kept.read_bytes()), [trace.column], extra_fields=True)
    except (OSError, SourceFormatError):
        return None
    cells = table.frame[normalised(trace.column)]
    return str(cells.loc[trace.row]) if trace.row in cells.index else None

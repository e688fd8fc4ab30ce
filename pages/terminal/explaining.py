"""Where a figure comes from, in words for the command line: value, mark, file, row, column, release and rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from data.catalogue import MEASURES, Measure
from data.catalogue.vocabulary import STATUS_WORDS
from data.catalogue.years import shown

UNITS: Mapping[str, str] = {
    "pct": "a percentage, 0 to 100", "score": "points", "gbp": "pounds", "count": "a number",
}  # fmt: skip
STATES: Mapping[str, str] = {
    "live": "not used: another file in use has it, of the measure's own source or newer",
    "superseded": "replaced by a newer file",
}  # fmt: skip


class Traced(Protocol):
    """A stored fact and its published cell (data.intake.Explanation is one)."""

    @property
    def trace(self) -> Any: ...
    @property
    def cell(self) -> str | None: ...


def lines(measure: str, found: Sequence[Traced]) -> list[str]:
    """The measure's rule, then a block for every fact, newest period first."""
    known = MEASURES[measure]
    said = [f"{known.label} ({measure}): {known.definition}.", f"Rule: {rule(known)}."]
    for one in found:
        trace = one.trace
        period = shown(trace.time_period)
        said += [
            "",
            f"{period} {trace.release}: {_value(trace)}{_counts(trace)} [{_state(trace)}]",
            f"    published as: {_cell(one)}",
            f"    file: {trace.file_name}, row {trace.row}, column {trace.column} ({trace.source}, {trace.scope})",
            f"    received: {trace.received[:10]}, sha256 {trace.sha256}, kept as {trace.raw_path}",
        ]
        said += [f"    from: {trace.url}"] if trace.url else []
        if trace.corrected:
            value, reason, link = trace.corrected
            said.append(f"    corrected to {value}: {reason} ({link}); figures use the correction")
        if known.segment(trace.time_period) is None:
            said.append("    not compared: before the first year that can be compared")
    return said


def rule(known: Measure) -> str:
    """How a published cell becomes a figure, and which years stand beside each other."""
    parts = [f"{UNITS[known.unit]}, from the column {' or '.join(known.columns)}"]
    if known.denominator:
        named = [MEASURES[part[1:]].label if part.startswith("@") else part for part in known.denominator]
        parts.append(f"pupils counted in {' or '.join(named)}")
    if known.numerator:
        parts.append(f"missing wherever the count {known.numerator} is missing")
    parts.append("a mark is never a number")
    starts = ", ".join(shown(year) for year in known.segments)
    parts.append(f"comparable runs of years begin {starts}" if starts else "no two years are compared")
    parts.append(
        "a revised or final figure is used before a provisional one; a newer file of the same release replaces"
    )
    return "; ".join(parts)


def _state(trace: Any) -> str:
    if trace.used and trace.firmer:
        return f"kept; the {trace.firmer} figures are used where they are nearly complete"
    return "in use" if trace.used else STATES.get(trace.state, trace.state)


def _value(trace: Any) -> str:
    if trace.value is None:
        return f"no value: {STATUS_WORDS[trace.status]}"
    return f"{trace.value:g}" + ("" if trace.status == "ok" else f" ({STATUS_WORDS[trace.status]})")


def _counts(trace: Any) -> str:
    counts = [f"{trace.numerator:g} pupils in it"] if trace.numerator is not None else []
    counts += [f"of {trace.denominator:g}"] if trace.denominator is not None else []
    return f" ({' '.join(counts)})" if counts else ""


def _cell(one: Traced) -> str:
    if one.cell is None:
        return "the kept file cannot be read again here"
    return f'"{one.cell}"' if one.cell.strip() else "a blank cell"

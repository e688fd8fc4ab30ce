"""What became of each file: the quality report a person reads after an import. Counts and sentences only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.catalogue.years import shown

Outcome = Literal["loaded", "unchanged", "previewed", "refused", "not_recognised", "not_tried"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file's import. `matched` counts its schools by phase of the register (None: it names no school)."""

    file: str
    outcome: Outcome
    source: str | None = None
    title: str | None = None
    time_period: int | None = None
    as_at: date | None = None
    release: str | None = None
    scope: str | None = None
    rows_read: int = 0
    kept: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    matched: Mapping[str, int] | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    error: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)  # reason -> single cells not read, and where the first is
    store: Literal["sample", "own"] | None = None  # where it went
    source_file_id: int | None = None  # its number in the store, by which it can be taken back
    changes: str | None = None  # how it differs from the file whose place it takes
    findings: tuple[str, ...] = ()  # where it does not look like a sound file of its source
    passed_over: str = ""  # why a known file that holds nothing to read was passed over
    accepted: str | None = None  # the reason given for taking it in all the same

    @property
    def sentence(self) -> str:
        """One plain sentence for the screen or the command line."""
        if self.error is not None:
            return self.error
        if self.outcome == "not_recognised":
            why = self.passed_over.rstrip(".") or "not recognised as a published file that Alongside reads"
            return f"{self.file}: {why}; passed over."
        if self.outcome == "not_tried":
            return f"{self.file}: not read, because the work stopped before it."
        if self.outcome == "unchanged":
            return f"{self.file}: already loaded; nothing changed."
        about = f"{self.title} {self.when}".strip()
        counts = f"{self.rows_read:,} rows read, {self.kept:,} kept, {self.rejected:,} left out."
        refused = (
            " It would be refused unless a reason is given." if self.outcome == "previewed" and self.findings else ""
        )
        return f"{self.file}: {about}: {counts}{refused}"

    @property
    def details(self) -> tuple[str, ...]:
        """What else is worth saying, a line each: rows left out with the reason, cells not read with the place."""
        rows = (f"{count:,} left out: {why}" for why, count in self.reasons.items() if why not in self.cells)
        odd = [f"unusual for such a file: {finding}" for finding in self.findings]
        odd += [f"taken in all the same: {self.accepted}"] if self.findings and self.accepted else []
        return (*([self.changes] if self.changes else []), *odd, *self.notes, *rows, *self.cells.values())

    @property
    def when(self) -> str:
        """The period or date in words."""
        if self.time_period is not None:
            return f"{shown(self.time_period)} ({self.release})"
        return f"as at {self.as_at:%d %B %Y}" if self.as_at else ""

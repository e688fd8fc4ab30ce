"""Files that were taken in, in words and rows: what each is, its state, what was made of its rows, why any were left out.

Frames are those of `read.history` and `read.source_files`. No streamlit, no store. What a file's report does not hold (older
files) is left out, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from data.catalogue.vocabulary import PHASES
from data.formats.extract import Expected
from data.intake.files import MAX_ARCHIVE, MAX_FILE, MAX_MEMBERS
from data.store.changes import Changes
from pages.components import words
from pages.shell.files.kinds import title, when

NAMED: Mapping[str, str] = {
    **PHASES, "sixteen_plus": "for ages 16 to 19", "not known": "of a phase that is not known",
}  # fmt: skip
STATES: Mapping[str, str] = MappingProxyType(
    {"live": "in use", "superseded": "replaced by a newer file", "undone": "taken back"}
)
COLUMNS = (
    "number", "source", "title", "time_period", "as_at", "release", "scope", "file_name", "received", "state",
    "rows_read", "rows_kept", "rows_rejected", "schools_matched", "accepted", "sha256", "url",
)  # fmt: skip
REJECTED = {"row": "Row", "urn": "URN", "column": "Column", "raw": "As published", "reason": "Reason"}  # on the screen
LIMITS = (
    f"Each file may have up to {MAX_FILE >> 20} MB. A zip may hold up to {MAX_MEMBERS:,} files and {MAX_ARCHIVE >> 30} GB once it "
    "is unpacked. A zip with a password, or inside another zip, is not opened."
)


def named(file: Any) -> str:
    """One file: "Key stage 2 results 2017/18 (final)"."""
    release = f" ({file.release})" if not pd.isna(file.time_period) else ""
    return f"{title(file.source)} {when(file.time_period, file.as_at)}{release}"


def one_line(text: str) -> str:
    """Words that stay in one line of a narrow column."""
    return text.replace(" ", "\u00a0")


def breakable(name: str) -> str:
    """A file's name that may go over several lines of a narrow column, at its underscores and slashes."""
    return re.sub(r"(?<=[_/])", "\u200b", name)


def history_rows(files: pd.DataFrame) -> pd.DataFrame:
    """Every file for the screen: number, what it is, its state, when it came in, its name."""
    return pd.DataFrame(
        {
            "Number": [str(number) for number in files["source_file_id"]],
            "What": [named(file) for file in files.itertuples()],
            "State": [one_line(STATES[state]) if state == "live" else STATES[state] for state in files["state"]],
            "Taken in": [one_line(words.day(text)) for text in files["received"]],
            "File": [breakable(name) for name in files["file_name"]],
        }
    )


def download_rows(files: pd.DataFrame) -> pd.DataFrame:
    """Every file for a download, under names that stay the same."""
    told = files.assign(title=files["source"].map(title)).rename(columns={"source_file_id": "number"})
    return told[list(COLUMNS)]


def reasons(report: str) -> dict[str, int]:
    """Reason -> rows and cells left out for it."""
    found: dict[str, int] = json.loads(report).get("reasons", {})
    return found


def reason_rows(files: pd.DataFrame) -> pd.DataFrame:
    """Why rows and cells were left out, by kind of file and reason, over all files."""
    counted: dict[tuple[str, str], int] = {}
    for source, report in zip(files["source"], files["report"], strict=True):
        for reason, count in reasons(report).items():
            counted[title(source), reason] = counted.get((title(source), reason), 0) + int(count)
    return pd.DataFrame(
        [(*pair, count) for pair, count in sorted(counted.items())], columns=["What", "Reason", "Times"]
    )


def matched_words(matched: Mapping[str, int] | None) -> str:
    """ "Its schools: 4 primary, 1 secondary and 2 not in the register." """
    if matched is None:
        return "It names no school."
    order = [*PHASES, *(key for key in matched if key not in PHASES)]
    said = [f"{matched[key]:,} {NAMED.get(key, key).lower()}" for key in order if key in matched]
    return f"Its schools: {words.listing(said) or 'none'}."


def share(value: float) -> str:
    """A share of 0-1 as a percentage, with one decimal below 10."""
    return "0%" if value == 0 else f"{100 * value:.0f}%" if abs(value) >= 0.1 else f"{100 * value:.1f}%"


def quality_rows(report: Mapping[str, Any], expected: Expected | None) -> pd.DataFrame:
    """What was seen of a file beside what is usual for its kind; no row where there was nothing to tell it by."""
    seen = {key: value for key, value in (report.get("shares") or {}).items() if value is not None}
    rows = []
    for key, what, most in (
        ("left_out", "Rows left out", True),
        ("refused", "Cells not read, or out of range", True),
        ("withheld", "Values withheld by the publisher", True),
        ("matched", "Schools found in the register", False),
        ("change", "Rows beside the one before", True),
    ):
        if key in seen:
            value = _more(seen[key]) if key == "change" else share(seen[key])
            rows.append((what, value, _usual(getattr(expected, key, None), most=most, either=key == "change")))
    return pd.DataFrame(rows, columns=["What", "This file", "Usual"])


def _more(change: float) -> str:
    return f"{share(abs(change))} {'more' if change > 0 else 'fewer'}" if change else "as many"


def _usual(bound: float | None, *, most: bool, either: bool) -> str:
    if bound is None or (bound >= 1 if most else bound <= 0):
        return "any"
    return f"{'at most' if most else 'at least'} {share(bound)}{' either way' if either else ''}"


def change_words(report: Mapping[str, Any]) -> str:
    """How it differs from the file whose place it took; "" where it took nobody's."""
    found = report.get("changes")
    return Changes(**{**found, "urns": tuple(found["urns"])}).sentence if found else ""


def before_words(report: Mapping[str, Any]) -> str:
    """ "The one before was of 2016/17, with 16,000 rows kept."; "" where there is none."""
    before = report.get("previous")
    if not before:
        return ""
    return (
        f"The one before was of {when(before['time_period'], before['as_at'])}, with {before['rows_kept']:,} rows kept."
    )


def state_line(file: Any) -> str:
    """ "england_ks2final.csv, number 12, taken in on 21 November 2026; in use." """
    origin = "" if pd.isna(file.url) else f", fetched from {file.url}"
    return (
        f"{file.file_name}, number {file.source_file_id}, taken in on {words.day(file.received)}{origin}; "
        f"{STATES.get(file.state, file.state)}."
    )


def rows_line(file: Any) -> str:
    """ "1,500 rows read, 1,480 kept, 20 left out." """
    return f"{file.rows_read:,} rows read, {file.rows_kept:,} kept, {file.rows_rejected:,} left out."


def finding_words(file: Any, report: Mapping[str, Any]) -> str:
    """What does not look sound about a file that was taken in all the same, with the reason that was given."""
    why = "" if pd.isna(file.accepted) else f" Taken in all the same: {file.accepted}"
    return f"It does not look as such files usually do: {'; '.join(report['findings'])}.{why}"


def undo_question(file_name: str, restored: Sequence[str]) -> str:
    """What taking a file back would do, before it is done."""
    back = (
        f"{_earlier(file_name, restored)} will be in use again"
        if restored
        else "no other file takes its place, and what it says is missing"
    )
    return f"If you take back {file_name}, {back}. The figures stay as they are until you make them again."


def undone_words(file_name: str, restored: Sequence[str]) -> str:
    """What taking a file back did."""
    back = f" In use again: {_earlier(file_name, restored)}." if restored else " No other file takes its place."
    return f"{file_name} was taken back.{back}"


def _earlier(file_name: str, restored: Sequence[str]) -> str:
    """Names of files; one of the same name is the earlier one."""
    return words.listing(f"the earlier {name}" if name == file_name else name for name in restored)

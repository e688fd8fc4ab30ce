"""Words about rows that people enter: who did what when, what became of a field, who reads a register. Plain values in.

Repeats what people wrote as they wrote it: whoever draws it escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import pandas as pd

from pages.components import words

NOT_SAID = "not said"
ASKED_AGAIN = "asked again, for what it had answered has changed"
NO_SCHOOL = "no school named"
GIVER = "Supporting school"
AN_ORGANISATION = "an organisation"
LONGEST = 160  # characters of a cell in a list; a row by itself shows all
READERS: Mapping[tuple[str, str], str] = {
    ("director", "partnership"): "directors of the partnership", ("director", "author"): "the director who entered it",
    ("headteacher", "own"): "the heads of the schools that it is about", ("governor", "partnership"): "governors of the partnership",
    ("adviser", "partnership"): "advisers of the partnership", ("adviser", "author"): "the adviser who entered it",
}  # fmt: skip


def when(at: str) -> str:
    """ISO text in UTC as "22 November 2026, 09:30 UTC"."""
    return f"{words.day(at)}, {datetime.fromisoformat(at):%H:%M} UTC"


def who_may(verb: str, rule: Iterable[tuple[str, str]]) -> str:
    """ "Read by directors of the partnership and the heads of the schools that it is about." """
    named = [READERS.get((role, reach), f"{role}s") for role, reach in rule if reach != "none"]
    return f"{verb} by {words.listing(named)}." if named else f"{verb} by nobody."


def unread(one: str, number: int) -> str:
    """A row that somebody may not read, where theirs names it."""
    return f"{one} {number}, which is not yours to read"


def named_row(title: str, more: Iterable[str], withdrawn: bool) -> str:
    """ "3: Oak Junior School for Elm Primary School, Mathematics, coaching"."""
    return ", ".join([title, *(one for one in more if one != NOT_SAID), *(["withdrawn"] if withdrawn else [])])


def which_schools(schools: str, belongs: str, one: str) -> tuple[str, str]:
    """What the first and the second school of a new row are asked for as."""
    if schools == "two":
        return "The school that is asked", "The school that would be helped"
    if schools == "second":
        return "The supporting school (leave it open for an organisation)", "The school that is supported"
    if belongs == "either":
        return "Which school gives (leave it open for an organisation)", ""
    return ("Which school (leave it open for all of them)" if schools == "may" else "Which school"), ""


def short(text: str) -> str:
    """The text, cut at a word where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def became(label: str, before: str, after: str) -> str:
    """ "Days changed from “3” to “2”"."""
    return f"{label} changed from {_quoted(before)} to {_quoted(after)}"


def _quoted(text: str) -> str:
    return text if text == NOT_SAID else f"“{text}”"


def version_words(number: int, withdrawn: bool, changes: Iterable[str]) -> str:
    """What one version of a row did."""
    told = "; ".join(changes)
    if withdrawn:
        return "Withdrawn."
    return f"Entered. {told}" if number == 1 else told


def history_line(at: str, who: str, what: str) -> str:
    return f"{when(at)}, {who}: {what}"


def beside(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Two versions side by side: (field, theirs, yours)."""
    return pd.DataFrame(list(rows), columns=["What", "Theirs, saved", "Yours, not saved"])


def bad_cells(bad: Iterable[tuple[int, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(str(row), column or "the whole row", what) for row, column, what in bad], columns=["Row", "Column", "What is wrong"]
    )  # fmt: skip


def preview(rows: Sequence[tuple[int, str, str]]) -> pd.DataFrame:
    """(row of the file, which row it is, what would change)."""
    table = [(str(row), which, what) for row, which, what in rows]
    return pd.DataFrame(table, columns=["Row of the file", "Which", "What would change"])

"""Tables of what changed, school by school: figures with what they were and the row they rest on, moves, and all in one for download."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.results import Inspection
from analytics.since.change import Change, What
from pages.components import changed_words, inspection_words
from pages.components.measure_words import area_label
from pages.components.names import Names
from pages.components.tables import Link
from pages.components.words import day, tier, year

Rows = Mapping[tuple[int, int, str], int]
Leads = Callable[[int], str]  # number of a file -> address of its page, "" where it may not be opened
CHANGED: tuple[What, ...] = ("reissued", "firmer", "corrected")
HAPPENED: Mapping[What, str] = MappingProxyType(
    {
        "new": "new year", "earlier": "earlier year came in", "read": "read from a file that was there", "reissued": "published again",
        "firmer": "later release", "corrected": "corrected", "gone": "no longer there", "inspected": "new inspection",
        "inspection_differs": "inspection reads otherwise", "inspection_gone": "inspection no longer there", "joined": "joined",
        "left": "left", "opened": "new in these figures", "closed": "no longer open", "renamed": "another name", "moved": "moved",
    }
)  # fmt: skip
BEHIND_HIDDEN = "not shown while school names are hidden"
FILE_COLUMNS = {
    "What happened": "What kind of change it is, in words",
    "Subject": "The measure, area of practice or inspection that it is about",
    "Was": "What stood in the earlier figures", "Is": "What stands in these figures",
    "Why": "Why what is said moved; of a correction its reason",
    "File": "Name of the file, as it was received, that the figure rests on now", "Row": "Row of that file, its heading counted as row 1; empty where it is not known",
    "Release": "Whether the file is provisional, revised or final", "Received": "Day on which the file was taken in",
    "Kind": "Results, attendance, inspection, money, staff, pupils and intake, who we are, or what we say of schools",
    "Year": "School year of the figure, or the year that the answer is for",
}  # fmt: skip


def moved_table(found: Sequence[Change], names: Names) -> pd.DataFrame:
    """Moves of tiers, by school and area."""
    rows = [
        {
            "School": names.label(one.urn or 0), "Area": area_label(one.subject), "Was": tier(one.was) if one.was else "not told",
            "Is": tier(one.now), "Why": changed_words.why_words(one),
        }
        for one in found
        if one.what == "moved"
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["School", "Area", "Was", "Is", "Why"])
    return table.sort_values(["School", "Area"], kind="stable", ignore_index=True)


def moved_counts(found: Sequence[Change]) -> pd.DataFrame:
    """How many moves of each kind there are, and in how many schools; the most frequent first."""
    rows = [(tier(one.was) if one.was else "not told", tier(one.now), one.urn) for one in found if one.what == "moved"]
    table = pd.DataFrame(rows, columns=["Was", "Is", "urn"]).groupby(["Was", "Is"], as_index=False, sort=True)
    counted = table.agg(Moves=("urn", "size"), Schools=("urn", "nunique"))
    return counted.sort_values("Moves", ascending=False, kind="stable", ignore_index=True)


def first_of(found: Sequence[Change], names: Names, most: int) -> tuple[Change, ...]:
    """Changes with figures that differ, by the school's name, as many as `most` figures take."""
    shown = sorted((one for one in found if one.what in CHANGED and one.figures), key=lambda one: _name(one, names))
    kept, number = [], 0
    for one in shown:
        if number >= most:
            break
        kept.append(one)
        number += len(one.figures)
    return tuple(kept)


def figure_table(found: Sequence[Change], names: Names, rows: Rows, leads: Leads) -> pd.DataFrame:
    """Published figures that are not what they were: measure, year, was, is, and the row of the file behind it."""
    made = []
    for one in found:
        for figure in one.figures if one.what in CHANGED else ():
            was, now = changed_words.was_now(figure)
            made.append(
                {
                    "School": _name(one, names), "Measure": changed_words.measure_label(figure.measure), "Year": year(one.time_period),
                    "Was": was, "Is": now, "Rests on": _rests(one, rows.get(_cell(one, figure.measure)), leads, names),
                }
            )  # fmt: skip
    table = pd.DataFrame(made, columns=["School", "Measure", "Year", "Was", "Is", "Rests on"])
    return table.sort_values(["School", "Year", "Measure"], kind="stable", ignore_index=True)


def _name(one: Change, names: Names) -> str:
    if one.urn is None:
        return "The trust itself"
    return names.label(one.urn) if names.hide or one.urn in names.names else one.was or names.label(one.urn)


def _cell(one: Change, measure: str) -> tuple[int, int, str]:
    return one.file.source_file_id if one.file else 0, one.urn or 0, measure


def _rests(one: Change, row: int | None, leads: Leads, names: Names) -> str | Link:
    if one.what == "corrected":
        return f"A correction: {names.free(one.note)}"
    if one.file is None:
        return "not known of one file"
    if names.hide:  # one look into that row of the file would name the school
        return BEHIND_HIDDEN
    text = f"{one.file.file_name}{f', row {row:,}' if row else ''}"
    where = leads(one.file.source_file_id)
    return Link(text, where) if where else text


def inspection_lines(found: Sequence[Change], visits: Sequence[Inspection], names: Names) -> tuple[str, ...]:
    """ "Lower Quennet: report card, inspected on 12 May 2026. Inclusion: Strong standard. ..." in the inspectorate's words."""
    by = {(row.urn, str(row.start_date)[:10]): row for row in visits}
    lines = []
    for one in (one for one in found if one.kind == "inspection"):
        row = by.get((one.urn or 0, str(one.on)))
        said = inspection_words.headline(row).lower() if row is not None and one.what != "inspection_gone" else ""
        parts = f" {'; '.join(inspection_words.parts(row))}." if row is not None and said else ""
        how = {"inspection_gone": "no longer in the files", "inspection_differs": f"reads otherwise now: {said}"}
        lines.append(f"{names.label(one.urn or 0)}, inspected on {day(one.on)}: {how.get(one.what, said)}.{parts}")
    return tuple(sorted(lines))


def school_lines(found: Sequence[Change], names: Names) -> tuple[str, ...]:
    """Who joined, left, opened, closed or has another name, a sentence each."""
    lines = []
    for one in (one for one in found if one.kind == "schools"):
        on = f" on {day(one.on)}" if one.on else ""
        before = names.free(one.was)
        called = f"was called {before}" if not names.hide else "has another name"
        words = {"joined": f"joined{on}", "left": "left", "opened": "is new in these figures", "closed": "is no longer open", "renamed": called}  # fmt: skip
        lines.append(f"{_name(one, names) if one.what != 'renamed' else names.label(one.urn or 0)} {words[one.what]}.")
    return tuple(lines)


def every_change(found: Sequence[Change], names: Names, rows: Rows) -> pd.DataFrame:
    """Everything as one table for download: a row for each figure that differs, and one for each other change."""
    made = []
    for one in found:
        for figure in one.figures or (None,):
            was, now = ("", "") if figure is None else changed_words.was_now(figure)
            row = rows.get(_cell(one, figure.measure)) if figure else None
            made.append(
                {
                    "School": _name(one, names), "URN": None if names.hide else one.urn, "Kind": changed_words.FILTERS[one.kind],
                    "What happened": HAPPENED[one.what], "Year": year(one.time_period) if one.time_period else "",
                    "Subject": _subject(one, figure.measure if figure else ""), "Was": was or _said(one, one.was, names),
                    "Is": now or _said(one, one.now, names), "Why": _why(one, names),
                    "File": one.file.file_name if one.file and not names.hide else "", "Row": None if names.hide else row, "Release": one.file.release if one.file else "",
                    "Received": day(one.file.received) if one.file else "",
                }
            )  # fmt: skip
    columns = ["School", "URN", "Kind", "What happened", "Year", "Subject", "Was", "Is", "Why", "File", "Row", "Release", "Received"]  # fmt: skip
    return pd.DataFrame(made, columns=columns).astype({"URN": "Int64", "Row": "Int64"})


def _subject(one: Change, measure: str) -> str:
    if measure:
        return changed_words.measure_label(measure)
    if one.kind == "inspection":
        return f"inspected on {day(one.on)}"
    return area_label(one.subject) if one.subject else ""


def _said(one: Change, text: str, names: Names) -> str:
    """A tier or a release in words; names of schools only where they are not hidden."""
    if one.what == "moved":
        return tier(text) if text else "not told"
    return names.free(text) if one.kind == "schools" else text


def _why(one: Change, names: Names) -> str:
    return changed_words.why_words(one) if one.what == "moved" else names.free(one.note)

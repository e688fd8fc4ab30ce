"""Year, release, date and scope from a file's name or its folders, where the file itself does not say. Never the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.catalogue.vocabulary import RELEASES, Release
from data.formats.extract import RawFile

_YEARS = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_WORDS = re.compile(r"(?<![A-Za-z])at[ _](\d{1,2})[ _]([A-Za-z]+)[ _](20\d\d)", re.IGNORECASE)


def time_period(file: RawFile, texts: Iterable[str] = ()) -> int:
    """Academic or financial year as 201819, from the name, then the folders (nearest first), then `texts`."""
    for text in (file.name, *reversed(file.folders), *texts):
        for start, end in _YEARS.findall(text):
            if (int(start) + 1) % 100 == int(end):
                return int(start) * 100 + int(end)
    raise SourceFormatError(
        "the file does not say which year it is of, nor does its name or folder.",
        where=file.name, remedy="Put it in a folder named after the year, such as 2018-19.",
    )  # fmt: skip


def year(text: str) -> int | None:
    """A cell that says a year (2025/26, 2025-26, 202526) as 202526; None where it is nothing of the kind."""
    found = _YEARS.fullmatch(text.strip())
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return int(found[1]) * 100 + int(found[2])


def release(file: RawFile) -> Release:
    """Provisional, revised or final: the three have one layout, so only name and folder tell them apart."""
    said = release_said(file)
    if said is None:
        raise SourceFormatError(
            "the name does not say whether the figures are provisional, revised or final, nor does its folder.",
            where=file.name, remedy="Give the file its published name, such as england_ks2final.csv.",
        )  # fmt: skip
    return said


def release_said(file: RawFile) -> Release | None:
    """The release in the name, else in a folder (nearest first) that says it in a whole word; None where none does."""
    for word in RELEASES:
        if word in file.name.casefold():
            return word
    for folder in reversed(file.folders):
        for word in RELEASES:
            if re.search(rf"(?<![a-z]){word}(?![a-z])", folder.casefold()):
                return word
    return None


def as_at(file: RawFile) -> date | None:
    """The date in the name (20180901, as_at_31_August_2018, at_30_Sept_2026); None where there is none."""
    for year, month, day in _COMPACT.findall(file.name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    for day, month, year in _WORDS.findall(file.name):
        try:
            return datetime.strptime(f"{day} {month[:3]} {year}", "%d %b %Y").date()
        except ValueError:
            continue
    return None


def scope(file: RawFile, la: pd.Series) -> str:
    """`england`, or the LA code of a one-LA extract: by the name, else by the LA column's values of the school rows."""
    found = re.match(r"(\d{3})_", file.name)
    if found:
        return found.group(1)
    if "england" in file.name.casefold():
        return "england"
    codes = la.str.strip().unique()
    return str(codes[0]) if len(codes) == 1 and re.fullmatch(r"\d{3}", codes[0]) else "england"

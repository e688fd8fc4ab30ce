"""Where the publishers keep their files: one row of `addresses.csv` per published file, with when it was last checked.

Asks nobody: it only says what would be asked for. Refuses a row that is not whole. `checked` is the day on which a person
saw the address work, or `never`, and goes wherever the address goes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from data.catalogue import CatalogueError, SourceFormatError

# stable: the address stays; date-stamped: it holds the day; landing: a link on a page, which changes; by hand: only the
# page is known, or a program cannot read it.
Kind = Literal["stable", "date-stamped", "landing", "by hand"]
Content = Literal["csv", "xlsx", "zip", "json", ""]
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MAX_BYTES = 300_000_000  # of any file; the largest of these is about 62 MB
KB, MB = 1_000, 1_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]*")


@dataclass(frozen=True, slots=True)
class Address:
    """One published file. `sources` are keys of data.sources, several for an archive; sizes are in bytes.

    `address` and `name` may hold {date:%Y%m%d}, {date.day}, {month}, {date.year} and {period}, filled from the day, or
    from what `find` (a pattern over the links of the landing page, by address or text) names day, month, year or period.
    """

    key: str
    folder: str
    sources: tuple[str, ...]
    title: str
    publisher: str
    kind: Kind
    address: str
    find: str
    landing_page: str
    name: str
    period: str
    content: Content
    least: int
    most: int
    due: str
    checked: str
    current: bool
    note: str

    @property
    def by_hand(self) -> str:
        """What a person can do without the program."""
        return f"Download it by hand: {self.landing_page} (address checked: {self.checked})"

    def url(self, day: date | None) -> str:
        """The address on that day."""
        return self.address.format(date=day) if self.kind == "date-stamped" else self.address

    def file_name(self, day: date | None = None, period: str = "") -> str:
        """The name to keep, from which year and release can be read. Never what a server calls the file."""
        month = MONTHS[day.month - 1] if day else ""
        return self.name.format(date=day, month=month, period=period)

    def row(self) -> dict[str, str]:
        """For showing: what, where, when checked and when the next one is due."""
        return {
            "key": self.key, "title": self.title, "publisher": self.publisher, "kind": self.kind,
            "address": self.address, "find": self.find, "landing_page": self.landing_page, "due": self.due,
            "checked": self.checked, "current": "yes" if self.current else "no", "note": self.note,
        }  # fmt: skip


def read(path: Path) -> tuple[Address, ...]:
    """The rows of a registry. Raises CatalogueError for one that does not hold together."""
    with path.open(encoding="utf-8", newline="") as handle:
        found = tuple(_address(row) for row in csv.DictReader(handle))
    keys = [one.key for one in found]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise CatalogueError("the key stands twice.", where=f"{path.name}: {twice}", remedy="Give each row its own.")
    for one in found:
        wrong = fault(one)
        if wrong:
            raise CatalogueError(wrong, where=f"{path.name}: {one.key}", remedy="Mend the row.")
    return found


def chosen(keys: Sequence[str] | None, registry: Sequence[Address]) -> tuple[Address, ...]:
    """The rows of these keys, in the registry's order; with None those that are current.

    The name of a folder or source stands for its current files, or for all where none is. A key goes first. Raises SourceFormatError for a word that is none of them.
    """
    if keys is None:
        return tuple(one for one in registry if one.current)
    known = {word for one in registry for word in (one.key, one.folder, *one.sources)}
    for key in keys:
        if key not in known:
            raise SourceFormatError(
                "no published file is registered under this name.", where=key,
                remedy=f"Known: {', '.join(dict.fromkeys(one.folder for one in registry))}.",
            )  # fmt: skip
    wanted = {one.key for one in registry} & set(keys)
    for word in set(keys) - wanted:
        all_of_it = [one for one in registry if word in (one.folder, *one.sources)]
        wanted |= {one.key for one in ([one for one in all_of_it if one.current] or all_of_it)}
    return tuple(one for one in registry if one.key in wanted)


def fault(one: Address) -> str | None:
    """What is wrong with a row, or None."""
    needs = one.kind != "by hand"
    day = date(2000, 1, 1)
    for wrong, what in (
        (one.kind not in get_args(Kind) or one.content not in get_args(Content), "the kind is none of the known."),
        (not re.fullmatch(r"[a-z0-9_-]+", one.folder), "the folder is not a plain word."),
        (urlsplit(one.landing_page).scheme != "https", "the landing page has no https address."),
        (needs and not one.content, "it is not said what to expect of the file."),
        (one.kind in ("stable", "date-stamped") and not one.address, "the address is missing."),
        (one.kind == "landing" and not one.find, "it is not said which link to look for."),
        (one.kind == "by hand" and bool(one.address), "an address is given, and yet it is to be fetched by hand."),
        (needs and not _NAME.fullmatch(one.file_name(day, "2000-01")), "the name to keep is no plain file name."),
        (needs and not 0 < one.least < one.most <= MAX_BYTES, f"the sizes are not within {MAX_BYTES // MB} MB."),
        (one.checked != "never" and not _is_day(one.checked), "`checked` is neither a day nor `never`."),
    ):
        if wrong:
            return what
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _address(row: dict[str, str]) -> Address:
    return Address(
        key=row["key"], folder=row["folder"], sources=tuple(row["sources"].split()), title=row["title"],
        publisher=row["publisher"], kind=row["kind"],  # type: ignore[arg-type]
        address=row["address"], find=row["find"], landing_page=row["landing_page"], name=row["name"],
        period=row["period"], content=row["content"],  # type: ignore[arg-type]
        least=int(row["least_kb"] or 0) * KB, most=int(row["most_mb"] or 0) * MB, due=row["due"],
        checked=row["checked"], current=row["current"] == "yes", note=row["note"],
    )  # fmt: skip


ADDRESSES: tuple[Address, ...] = read(Path(__file__).parent / "addresses.csv")

"""The registry of published files in words, for `pipeline.py fetch --list`. Asks nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def listing_words(rows: Iterable[Mapping[str, str]]) -> str:
    """A paragraph per file: what it is, where it is, when the address was last checked, when the next one is due."""
    return "\n".join(line for row in rows for line in _lines(row))


def _lines(row: Mapping[str, str]) -> list[str]:
    past = "" if row["current"] == "yes" or row["kind"] == "by hand" else ", by name only"
    lines = [f"{row['key']}: {row['title']} ({row['publisher']}; {row['kind']}{past})"]
    where = row["address"] or row["landing_page"]
    lines.append(f"    {where} (address checked: {row['checked']})")
    if row["find"]:
        lines.append(f"    the newest link on it that fits {row['find']}")
    if row["due"]:
        lines.append(f"    next due: {row['due']}")
    if row["note"]:
        lines.append(f"    {row['note']}")
    return lines

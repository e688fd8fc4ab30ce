"""Whether what came is what was promised: a web page, an error message or a stub in place of data is refused with words.

Looks at the bytes, never at what the server calls them. Reads no rows: the sources do that.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from data.catalogue import SourceFormatError
from data.intake.fetch.addresses import Content

TOP = 4096
WORDS = {"csv": "a CSV file", "xlsx": "an Excel workbook", "zip": "a zip archive", "json": "a map (JSON)"}


def check(path: Path, content: Content, least: int) -> None:
    """Raises SourceFormatError where the file is not of that kind or is smaller than `least` bytes."""
    wanted = WORDS[content]
    with path.open("rb") as handle:
        top = handle.read(TOP)
    seen = _seen(top)
    fits = {
        "csv": seen == "text" and _has_columns(top),
        "xlsx": seen == "zip" and _is_zip(path, "[Content_Types].xml"),
        "zip": seen == "zip" and _is_zip(path, None),
        "json": seen == "json",
    }[content]
    if not fits:
        what = _web_page(top) if seen == "web page" else f"what came is not {wanted}"
        raise SourceFormatError(f"{what}; {wanted} was expected, so nothing is kept.")
    size = path.stat().st_size
    if size < least:
        raise SourceFormatError(f"only {size:,} bytes came, at least {least:,} were expected; nothing is kept.")


def _seen(top: bytes) -> str:
    start = top.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")) or b"<html" in start:
        return "web page"
    if start.startswith(b"pk"):
        return "zip"
    if start.startswith((b"{", b"[")):
        return "json"
    return "other" if b"\0" in top or not start else "text"


def _has_columns(top: bytes) -> bool:
    """A comma, semicolon or tab in one of the first lines: a file may begin with a title."""
    return any(mark in top for mark in (b",", b";", b"\t"))


def _web_page(top: bytes) -> str:
    title = re.search(rb"<title[^>]*>(.*?)</title", top, re.IGNORECASE | re.DOTALL)
    named = " ".join(title.group(1).decode("utf-8", "replace").split())[:80] if title else ""
    return f"a web page came, titled “{named}”" if named else "a web page came"


def _is_zip(path: Path, member: str | None) -> bool:
    try:
        with zipfile.ZipFile(path) as opened:
            names = opened.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return bool(names) and (member is None or member in names)

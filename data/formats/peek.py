"""A first look at a file: what kind it is and what stands at its top. Decides nothing; the sources recognise."""

from __future__ import annotations

import json

from data.catalogue.errors import SourceFormatError
from data.formats.extract import Peek, RawFile
from data.formats.text import decoded, encoded, first_rows, unpacked
from data.formats.workbook import is_workbook, top_rows

ROWS = 8


def peek(file: RawFile) -> Peek:
    """The first rows (of each sheet of a workbook), or the keys of a JSON object.

    SourceFormatError: empty, cut off, or neither CSV, workbook nor JSON.
    """
    content = unpacked(file)
    if is_workbook(content):
        return Peek(file.name, file.folders, "workbook", top_rows(file, ROWS))
    text = encoded(file)
    if content[text.start : text.start + 4096].lstrip()[:1] == b"{":
        return Peek(file.name, file.folders, "json", {}, _keys(file, decoded(file)))
    if b"\0" in content[:4096]:
        raise SourceFormatError(
            "the file is neither CSV, workbook nor map.", where=file.name, remedy="Use the file as it was published."
        )
    return Peek(file.name, file.folders, "csv", {"": first_rows(text, ROWS)})


def _keys(file: RawFile, text: str) -> tuple[str, ...]:
    """Top keys, and `type=...` for what a map says of itself."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceFormatError(
            "the JSON is cut off or damaged.", where=file.name, remedy="Download it again."
        ) from error
    keys = (*whole, f"type={whole.get('type')}")
    return tuple(key.encode(errors="replace").decode() for key in keys)  # half a character cannot be shown

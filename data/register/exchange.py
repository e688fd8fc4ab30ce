"""A register's rows as CSV and XLSX, and such tables sent in (`data.register.upload`, named here too).

Text that a spreadsheet might run as a formula is made harmless, so that it reads back the same. Reads no store.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

from data.register import values
from data.register.books import harmless
from data.register.declared import RESERVED, Register
from data.register.rows import Entry
from data.register.upload import NAMES, Change, Upload, UploadRefused, apply, read_upload

__all__ = [
    "Change", "Upload", "UploadRefused", "apply", "columns", "csv_out", "meaning", "read_upload", "xlsx_out",
]  # fmt: skip
WIDE, USUAL = 60, 16
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes every time
ABOUT = {
    "row": "The row's number; leave it blank for a new row", "version": "The version that you start from; leave it as it is",
    "partnership": "The partnership that the row belongs to, by its number; blank for a school's own",
    "school": "The school it is about, by its URN", "other_school": "The other school, by its URN",
    "school_name": "To read only", "other_school_name": "To read only",
}  # fmt: skip
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def columns(register: Register, *, named: bool = False) -> tuple[str, ...]:
    """The columns of a register's table, in order."""
    place = [name for name in RESERVED if name != "other_school" or register.two_schools]
    if named:
        place.insert(place.index("school") + 1, "school_name")
        place += ["other_school_name"] if register.two_schools else []
    return (*place, *register.shown)


def meaning(register: Register) -> Mapping[str, str]:
    """What each column means."""
    said = {key: f"{field.label}. {field.about}{_how(register, key)}" for key, field in register.shown.items()}
    return {**ABOUT, **said}


def csv_out(register: Register, entries: Iterable[Entry], names: Mapping[int, str] | None = None) -> bytes:
    """UTF-8 with a byte order mark, CRLF. Numbers plain, days as ISO text; text that a spreadsheet might run, harmless."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(columns(register, named=names is not None))
    for row in _table(register, entries, names):
        writer.writerow(["" if one is None else harmless(one) if isinstance(one, str) else one for one in row])
    return made.getvalue().encode("utf-8-sig")


def xlsx_out(register: Register, entries: Iterable[Entry], names: Mapping[int, str] | None = None) -> bytes:
    """A workbook of two sheets: the table, and what its columns mean. The same bytes every time."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title, page.freeze_panes = "Rows", "A2"
    head = columns(register, named=names is not None)
    for at, name in enumerate(head, start=1):
        field = register.fields.get(name)
        wide = name in NAMES or (field is not None and field.kind in ("text", "link"))
        page.column_dimensions[get_column_letter(at)].width = WIDE if wide else USUAL
    for line, row in enumerate([head, *_table(register, entries, names)], start=1):
        for at, one in enumerate(row, start=1):
            if one is not None:
                cell = page.cell(line, at, _escaped(harmless(one)) if isinstance(one, str) else one)
                if isinstance(one, str):
                    cell.data_type, cell.number_format = "s", "@"
    second = book.create_sheet("About")
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 24, 110
    for name in head:
        second.append([name, _escaped(harmless(meaning(register)[name]))])
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    saved = io.BytesIO()
    book.save(saved)
    return _timeless(saved.getvalue())


def _table(
    register: Register, entries: Iterable[Entry], names: Mapping[int, str] | None
) -> list[list[str | int | float | None]]:
    table = []
    for one in entries:
        called = {"row": one.entry_id, "version": one.version, "partnership": one.uid, "school": one.urn, "other_school": one.other_urn}  # fmt: skip
        if names is not None:
            called |= {
                "school_name": names.get(one.urn or 0),
                "other_school_name": names.get(one.other_urn or 0),
            }
        said = {key: values.cell(field, one.values[key]) for key, field in register.shown.items()}
        both = {**called, **said}
        table.append([both[name] for name in columns(register, named=names is not None)])
    return table


def _how(register: Register, key: str) -> str:
    field = register.fields[key]
    by = {
        "own": " Only the head of the school sets it.", "other": " Only the head of the other school sets it.",
        "server": " Alongside itself sets it.", "": "",
    }[field.by]  # fmt: skip
    choices = f" One of: {', '.join(field.choices.values())}." if field.choices else ""
    return f"{'.' if not field.about.endswith('.') else ''}{choices}{' Needed.' if field.required else ''}{by}"


def _escaped(text: str) -> str:
    """Workbooks write odd characters as _x000D_: text that looks so already has its first sign written so."""
    return _LIKE_ESCAPED.sub("_x005F_", text)


def _timeless(content: bytes) -> bytes:
    """The same workbook without the hour at which it was zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            text = made.read(name)
            fixed.writestr(
                part, _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", text) if name == "docProps/core.xml" else text
            )
    return out.getvalue()

"""Values of a register's fields: out of cells and forms, into the store's JSON and back. Pure; reads no store.

Refuses rather than mends: text with characters that hide or turn what is read, numbers out of range, words that are no
choice. Each refused value is named with its field and what is wrong with it.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from data.catalogue import AREAS, MEASURES, AlongsideError
from data.catalogue.years import shown
from data.formats.extract import normalised
from data.register.declared import Field, Kind, Register

Value = str | int | float | bool | date | None
Bad = tuple[str, str]  # field, what is wrong
LONGEST_CELL = 20_000  # characters looked at, before any field's own most
DECIMALS = 6  # of a number: finer ones mean nothing here, and might not come back from a spreadsheet as they went
FIRST_YEAR, LAST_YEAR = 1990, 2099
# Not control characters by name, but unseen or turning the order of what is seen: overrides and isolates, zero-width
# marks, tags, and what no text may hold. Joiners (U+200C, U+200D) stay: names in some scripts need them.
HIDDEN = frozenset(
    [*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x200B, 0x180E, 0xFEFF, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029,
     0xFFFC, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
)  # fmt: skip
YES_NO: Mapping[str, bool] = MappingProxyType({"yes": True, "no": False, "true": True, "false": False})
_WHOLE = re.compile(r"[+-]?\d{1,12}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,3})?\Z", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})\s*[/-]?\s*(\d{2}|\d{4})\Z", re.ASCII)
_DAYS = (("%Y-%m-%d", re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)), ("%d/%m/%Y", re.compile(r"\d{1,2}/\d{1,2}/\d{4}\Z", re.ASCII)))  # fmt: skip


class BadValues(AlongsideError):
    """Values that cannot be kept; `bad` lists each with its field's key and what is wrong."""

    def __init__(self, register: Register, bad: tuple[Bad, ...]) -> None:
        self.bad = bad
        labels = {key: field.label for key, field in register.fields.items()}
        said = "; ".join(f"{labels.get(key, key)}: {what}" for key, what in bad)
        super().__init__(f"This {register.one} cannot be kept as it is. {said}", remedy="Change it and save again.")


class Refused(Exception):
    """One value that is no such value; says what is wrong."""


def typed(field: Field, given: object) -> Value:
    """The value that a cell's text, or a value of Python's, stands for; None where it is blank. Raises Refused.

    Text in NFC with its ends stripped and lines ended by one newline; a day as `date`, a year as 202425, a number as float.
    """
    if given is None or (isinstance(given, float) and math.isnan(given)):
        return None
    if isinstance(given, str):
        if len(given) > LONGEST_CELL:
            raise Refused(f"it is {len(given):,} characters long")
        if field.kind != "text":
            given = given.strip()
        if not given.strip():
            return None
    if isinstance(given, int) and abs(given) > 10**15:
        raise Refused("the number is too large")
    return _READ[field.kind](field, given)


def typed_all(register: Register, given: Mapping[str, object]) -> tuple[dict[str, Value], tuple[Bad, ...]]:
    """The values given, typed, and what is wrong with the others: a field that the register lacks, too."""
    found: dict[str, Value] = {}
    bad: list[Bad] = []
    for key, value in given.items():
        if key not in register.fields:
            bad.append((str(key)[:60], "there is no such field"))
            continue
        try:
            found[key] = typed(register.fields[key], value)
        except Refused as no:
            bad.append((key, str(no)))
    return found, tuple(bad)


def missing(register: Register, whole: Mapping[str, Value]) -> tuple[Bad, ...]:
    """Fields that a row must have and this one lacks."""
    return tuple(
        (key, "it is needed") for key, field in register.fields.items() if field.required and whole.get(key) is None
    )


def kept(values: Mapping[str, Value]) -> str:
    """The values as the store keeps them: JSON of what is not blank, days as ISO text."""
    said = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value is not None
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, allow_nan=False)


def read_back(register: Register, data: str) -> Mapping[str, Value]:
    """Every field of the register, None where blank. What a newer declaration no longer allows is given as it was kept."""
    held: dict[str, Any] = json.loads(data)
    return MappingProxyType({key: _back(field, held.get(key)) for key, field in register.fields.items()})


def cell(field: Field, value: Value) -> str | int | float | None:
    """The value as a table for people and spreadsheets has it: years as 2024/25, yes and no in words, days as ISO text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if field.kind == "year" and isinstance(value, int):
        return shown(value)
    return value


def urn_in(given: object) -> int | None:
    """A school's number, out of a cell; None for a blank one. Raises Refused."""
    text = str(given).strip() if given is not None else ""
    if not text:
        return None
    if not re.fullmatch(r"[1-9][0-9]{5}", text):
        raise Refused("a school's URN has six digits")
    return int(text)


def _back(field: Field, held: Any) -> Value:
    if field.kind == "day" and isinstance(held, str):
        return date.fromisoformat(held)
    if field.kind == "number" and isinstance(held, int) and not isinstance(held, bool):
        return float(held)
    found: Value = held
    return found


def _check_characters(text: str) -> None:
    for at, one in enumerate(text, start=1):
        code = ord(one)
        if one in "\n\t":
            continue
        if unicodedata.category(one) in ("Cc", "Cs") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            raise Refused(f"it has a control character (U+{code:04X}){_where(text, at)}")
        if code in HIDDEN:
            called = unicodedata.name(one, "").lower()
            raise Refused(
                f"it has a hidden character ({f'{called}, ' if called else ''}U+{code:04X}){_where(text, at)}"
            )


def _where(text: str, at: int) -> str:
    """Where in a text the character `at` stands, counted from 1: nobody can see it."""
    return f" as character {at:,} of {len(text):,}: type that place again" if len(text) > 1 else ""


def _text(field: Field, given: object) -> str:
    if not isinstance(given, str):
        raise Refused("it is no text")
    text = unicodedata.normalize("NFC", given.replace("\r\n", "\n").replace("\r", "\n")).strip()
    _check_characters(text)
    if len(text) > field.most:
        raise Refused(f"it is {len(text):,} characters long; {field.most:,} are the most")
    return text


def _link(field: Field, given: object) -> str:
    text = _text(field, given)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused("it is no web address") from None
    host = parts.hostname or ""
    if parts.scheme != "https" or "." not in host or parts.username is not None or port not in (None, 443):
        raise Refused("a link begins with https:// and names a site")
    if re.search(r"[\s\"'<>\\^`{|}]", text) or not text.isascii():
        raise Refused("it has characters that no web address has")
    return text


def _whole(field: Field, given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool):
        found = given
    elif isinstance(given, float) and given.is_integer():
        found = int(given)
    elif isinstance(given, str) and _WHOLE.match(text := re.sub(r"\.0+\Z", "", given)):
        found = int(text)
    else:
        raise Refused("it is no whole number")
    if not 0 <= found <= field.most:
        raise Refused(f"it lies outside 0 to {field.most:,}")
    return found


def _number(field: Field, given: object) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool):
        found = float(given) if abs(given) < 1e15 else math.inf
    elif isinstance(given, str) and _NUMBER.match(given):
        found = float(given)
    else:
        raise Refused("it is no number")
    if not 0 <= found <= field.most:
        raise Refused(f"it lies outside 0 to {field.most:,}")
    return round(found, DECIMALS) + 0.0  # -0.0 is 0


def _day(_field: Field, given: object) -> date:
    if isinstance(given, datetime):
        found = given.date()
    elif isinstance(given, date):
        found = given
    else:
        found = _day_of(str(given))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"it lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def _day_of(text: str) -> date:
    for form, shape in _DAYS:
        if shape.match(text):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                break
    raise Refused("it is no day; write it like 2026-11-21 or 21/11/2026")


def _year(_field: Field, given: object) -> int:
    """202425, "2024/25" or "2024-2025"."""
    said = _YEAR.match(str(int(given)) if isinstance(given, float) and given.is_integer() else str(given))
    if said is None or int(said[2][-2:]) != (int(said[1]) + 1) % 100 or (
        len(said[2]) == 4 and int(said[2]) != int(said[1]) + 1
    ) or not FIRST_YEAR <= int(said[1]) <= LAST_YEAR:  # fmt: skip
        raise Refused("it is no school year; write it like 2024/25")
    return int(said[1]) * 100 + int(said[2][-2:])


def _yes_no(_field: Field, given: object) -> bool:
    found = given if isinstance(given, bool) else YES_NO.get(normalised(str(given)))
    if found is None:
        raise Refused("write yes or no")
    return found


def _choice(field: Field, given: object) -> str:
    said = normalised(str(given))
    for key, words in field.choices.items():
        if said in (key, normalised(words)):
            return key
    raise Refused(f"it is none of: {', '.join(field.choices.values())}")


def _area(_field: Field, given: object) -> str:
    said = normalised(str(given))
    for key, area in AREAS.items():
        if said in (key, normalised(area.label)):
            return key
    raise Refused("there is no such area")


def _measure(_field: Field, given: object) -> str:
    said = normalised(str(given))
    for key, measure in MEASURES.items():
        if said in (key, normalised(measure.label)):
            return key
    raise Refused("there is no such measure")


def _urn(_field: Field, given: object) -> int:
    found = urn_in(int(given) if isinstance(given, float) and given.is_integer() else given)
    if found is None:
        raise Refused("a school's URN has six digits")
    return found


_READ: Mapping[Kind, Callable[[Field, object], Value]] = MappingProxyType(
    {
        "text": _text, "link": _link, "whole": _whole, "number": _number, "day": _day, "year": _year, "yes_no": _yes_no,
        "choice": _choice, "area": _area, "measure": _measure, "urn": _urn, "ref": _whole,
    }
)  # fmt: skip

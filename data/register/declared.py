"""Registers as typed rows of `registers.csv`: what their fields are and who may read and write. Refuses a row that does
not hold together. Reads no store.

A field is one line of the cell `fields`: key | kind | how | label | what it means. `kind` is text(most), link, whole(most),
number(most), day, year, yes_no, choice(key=words/key=words), area, measure (a published one), urn or ref(register), the number of a row there; `how` is
required, and own, other, server or nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from data.access.permissions import Permission, permissions, rule
from data.access.scope import ROLES, Rule
from data.catalogue import CatalogueError

TABLE = Path(__file__).with_name("registers.csv")
Kind = Literal["text", "link", "whole", "number", "day", "year", "yes_no", "choice", "area", "measure", "urn", "ref"]
By = Literal["", "own", "other", "server"]
Schools = Literal["may", "one", "two", "second"]
Belongs = Literal["partnership", "school", "either"]
MOST: Mapping[str, int] = MappingProxyType(
    {"text": 500, "link": 500, "whole": 1_000_000_000, "number": 1_000_000_000, "ref": 2**31 - 1}
)
# Columns of every register's table that are no fields of it.
RESERVED = ("row", "version", "partnership", "school", "other_school")
_KIND = re.compile(r"(\w+)(?:\((.+)\))?\Z", re.DOTALL)
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """`choices`: key -> words. `most`: longest text in characters, or largest number; 0 where neither is meant.

    `by`: "" who may write the row; "own" only the head of the row's school; "other" only the head of its second school;
    "server" the program alone. `of`: the register whose row a ref names.
    """

    key: str
    label: str
    kind: Kind
    required: bool
    choices: Mapping[str, str]
    most: int
    by: By
    about: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """`title` of many, `one` of them. `belongs`: rows are a partnership's, or a school's own (for each of its partnerships),
    or either: the school's own where they name one.

    `schools`: rows may name the school they are about, must name one, or two (`urn` and `other_urn`), or two of which only
    the `second` must be named. `personal`: what is written in it may be about a person.
    """

    key: str
    title: str
    one: str
    about: str
    fields: Mapping[str, Field]
    read: Rule
    write: Rule
    belongs: Belongs
    schools: Schools
    personal: bool

    @property
    def two_schools(self) -> bool:
        return self.schools in ("two", "second")

    @property
    def placed_by(self) -> Field | None:
        """The field whose row says which two schools a row is about: a line of the log is about those of its agreement."""
        fields = self.fields.values() if self.schools == "second" else ()
        return next((field for field in fields if field.required and field.of), None)

    @property
    def a_one(self) -> str:
        """ "a note", "an offer"."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    @property
    def typed_by_people(self) -> tuple[Field, ...]:
        """The fields that a person can set; none where the program writes the whole row."""
        return tuple(field for field in self.fields.values() if field.by != "server")

    @property
    def shown(self) -> Mapping[str, Field]:
        """The fields that people are shown: a text that the program writes is a mark of its own, and theirs to guess from."""
        return {key: field for key, field in self.fields.items() if field.by != "server" or field.kind != "text"}


def read_registers(lines: Iterable[str]) -> Mapping[str, Register]:
    """Registers by key, from the lines of a CSV. Raises CatalogueError with the register and the field."""
    found: dict[str, Register] = {}
    for row in csv.DictReader(lines):
        if row["key"] in found:
            raise _wrong("the key stands twice", row["key"])
        found[row["key"]] = _register(row)
    for one in found.values():
        for field in one.fields.values():
            if field.kind == "ref" and field.of not in found:
                raise _wrong(f"there is no register {field.of!r} to name a row of", one.key, field.key)
            if field.by == "other" and not one.two_schools:
                raise _wrong("there is no second school", one.key, field.key)
    return MappingProxyType(found)


def permission_table() -> tuple[Permission, ...]:
    """Every line of who may see and do what: pages, actions, and the reading and writing of each register."""
    lines = [
        Permission(f"{kind}:{one.key}", cast(Literal["read", "write"], kind), f"{verb}: {one.title.lower()}", given)
        for one in REGISTERS.values()
        for kind, verb, given in (("read", "read", one.read), ("write", "add, change and withdraw", one.write))
    ]
    return (*permissions().values(), *lines)


def _register(row: Mapping[str, str]) -> Register:
    key = row["key"]
    for name, allowed in (("belongs", get_args(Belongs)), ("schools", get_args(Schools)), ("personal", ("yes", "no"))):  # fmt: skip
        if row[name] not in allowed:
            raise _wrong(f"{row[name]!r} is not one of {', '.join(allowed)}", key, name)
    if row["belongs"] == "school" and row["schools"] == "may":
        raise _wrong("a school's own row names its school", key, "schools")
    if not (_KEY.match(key) and row["title"] and row["one"] and row["about"]):
        raise _wrong("key, title, one and about are needed", key)
    fields = [_field(line, key) for line in row["fields"].splitlines() if line.strip()]
    if not fields or len({field.key for field in fields}) < len(fields):
        raise _wrong("fields are missing, or one stands twice", key, "fields")
    return Register(
        key=key, title=row["title"], one=row["one"], about=row["about"],
        fields=MappingProxyType({field.key: field for field in fields}),
        read=_rule(row["read"], key, "read"), write=_rule(row["write"], key, "write"),
        belongs=cast(Belongs, row["belongs"]), schools=cast(Schools, row["schools"]),
        personal=row["personal"] == "yes",
    )  # fmt: skip


def _rule(cell: str, key: str, name: str) -> Rule:
    """ "director partnership, headteacher own": whoever is not named reaches nothing."""
    given = dict(part.split(" ", 1) for part in cell.split(", ") if " " in part)
    if not given.keys() <= set(ROLES) or len(given) != len([part for part in cell.split(", ") if part]):
        raise _wrong(f"{cell!r} is no list of roles and reaches", key, name)
    return rule({role: given.get(role, "none") for role in ROLES}, f"registers.csv, {key}, {name}")


def _field(line: str, register: str) -> Field:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 5 or not _KEY.match(parts[0]) or parts[0] in RESERVED or not (parts[3] and parts[4]):
        raise _wrong("a field is written: key | kind | how | label | what it means", register, line)
    key, kind, how, label, about = parts
    said = _KIND.match(kind)
    if said is None or said[1] not in get_args(Kind):
        raise _wrong(f"{kind!r} is no kind of field", register, key)
    flags = how.split()
    by = [flag for flag in flags if flag != "required"]
    if len(by) > 1 or not set(by) <= set(get_args(By)):
        raise _wrong(f"{how!r} is not how a field is set", register, key)
    of = said[2] or "" if said[1] == "ref" else ""
    choices, most = _extent(said[1], "" if of else said[2] or "", register, key)
    return Field(key, label, cast(Kind, said[1]), "required" in flags, choices, most, cast(By, "".join(by)), about, of)


def _extent(kind: str, inside: str, register: str, key: str) -> tuple[Mapping[str, str], int]:
    """The choices of a choice, and the most of a text or number."""
    if kind == "choice":
        pairs = [part.strip().partition("=") for part in inside.split("/")]
        if any(not (_KEY.match(one) and words) for one, _, words in pairs) or len(pairs) < 2:
            raise _wrong("choices are written key=words/key=words", register, key)
        return MappingProxyType({one: words for one, _, words in pairs}), 0
    if inside and (kind not in MOST or not inside.isdigit() or not 0 < int(inside) <= 1_000_000_000):
        raise _wrong(f"{inside!r} is no most of a field of kind {kind}", register, key)
    return MappingProxyType({}), int(inside) if inside else MOST.get(kind, 0)


def _wrong(what: str, register: str, where: str = "") -> CatalogueError:
    return CatalogueError(what, where=", ".join(part for part in ("registers.csv", register, where) if part))


def _declared() -> Mapping[str, Register]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return read_registers(file)


REGISTERS: Mapping[str, Register] = _declared()

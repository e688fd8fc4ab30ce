"""Layouts that are known and not read, each with the reason and what to use instead. Recognised by content, like sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.catalogue.errors import SourceFormatError
from data.formats.extract import Peek

FEWEST_NAMES = 5  # lines with one name each that make a list of names: the shortest published header has five columns
REGISTER = "Use the whole register, edubasealldataYYYYMMDD.csv."


class KnownLayout(SourceFormatError):
    """A published file that is known and holds nothing Alongside reads: among others it may be passed over."""


class UnknownLayout(SourceFormatError):
    """Nothing like any published file: among others it may be passed over in silence."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A layout that is known. `reason` is one sentence; `instead` says what to use."""

    key: str
    fits: Callable[[Peek], bool]
    reason: str
    instead: str


def refusal(seen: Peek) -> Refusal | None:
    """Why a file that no source reads is not read; None where its layout is not known."""
    return next((known for known in REFUSALS if known.fits(seen)), None)


def _has(*headers: tuple[str, ...]) -> Callable[[Peek], bool]:
    return lambda seen: any(seen.header(*names) is not None for names in headers)


def _cut(seen: Peek) -> bool:
    """Schools by status and type as words alone: the extracts of state-funded schools and of academies."""
    names = ("URN", "EstablishmentNumber", "TypeOfEstablishment (name)", "EstablishmentStatus (name)")
    return seen.kind == "csv" and seen.header(*names, "ReasonEstablishmentOpened (name)") is not None


def _centres(seen: Peek) -> bool:
    """Places with a type and status but without an establishment number, which every school has."""
    names = ("URN", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)")
    return seen.kind == "csv" and seen.header(*names) is not None and seen.header("URN", "EstablishmentNumber") is None


def _abbreviations(seen: Peek) -> bool:
    return any(
        cell.strip().casefold().startswith("abbreviations used")
        for rows in seen.sheets.values() for row in rows for cell in row
    )  # fmt: skip


def _names_alone(seen: Peek) -> bool:
    """One cell a line, nothing beside it: names of columns, not a table. (A name may hold a comma now and then.)"""
    rows = seen.sheets.get("", ())
    alone = sum(len(row) == 1 and bool(row[0].strip()) for row in rows)
    return seen.kind == "csv" and len(rows) >= FEWEST_NAMES and alone >= 0.75 * len(rows) and len(rows[0]) == 1


REFUSALS: tuple[Refusal, ...] = (
    Refusal(
        "governance", _has(("Role", "Surname", "Date of appointment"), ("Role", "Forename 1", "Appointing body")),
        "this is the governance extract: it names governors and trustees, and Alongside reads no person's name.",
        "Nothing is lost: no screen needs it.",
    ),
    Refusal(
        "register_cut", _cut,
        "this is a cut of the register (state-funded schools, or academies) without places, ages and group numbers.",
        REGISTER,
    ),
    Refusal(
        "childrens_centres", _centres,
        "this is the extract of children's centres, which are no schools and have no published results.",
        REGISTER,
    ),
    Refusal(
        "descriptions",
        _has(
            ("Column", "Field Name"), ("Metafile heading", "Metafile description"), ("Variable", "Label", "Type"),
            ("Field Reference", "Field Name", "Data Format"), ("col_name", "col_type", "label"),
        ),
        "this describes the columns of a data file and holds no figures.",
        "Use the data file that it came with.",
    ),
    Refusal(
        "abbreviations", _abbreviations,
        "this is the publisher's list of marks and abbreviations and holds no figures.",
        "Nothing is lost: the marks are known (data/catalogue/marks.csv).",
    ),
    Refusal(
        "authority_codes", _has(("LEA", "LA Name", "REGION", "REGION NAME")),
        "this is a look-up of authorities and regions and holds no figures.",
        "The register says which authority and region each school is in.",
    ),
    Refusal(
        "establishment_types", _has(("establishment-type-group-code", "type-of-establishment-code")),
        "this is a look-up of the register's types of school and holds no school.",
        REGISTER,
    ),
    Refusal(
        "profile", _has(("file", "column", "values", "suppressed", "min", "max")),
        "this is a profile of other files (counts and ranges by column), not a data file.",
        "Use the files that it describes.",
    ),
    Refusal(
        "offers", _has(("URN", "area", "kind", "days_per_term", "state")),
        "this is a file of offers as Alongside once took them in: offers of support are entered now, by those who give.",
        "Enter them under What people have entered, Offers of support; its table goes out and comes in as CSV or Excel.",
    ),
    Refusal(
        "names_of_columns", _names_alone,
        "this is a list with one name a line, such as the names of a file's columns, and holds no figures.",
        "Use the data file itself.",
    ),
)  # fmt: skip

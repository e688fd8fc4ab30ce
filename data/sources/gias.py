"""The register of schools, full extract (`edubasealldataYYYYMMDD.csv`, 140 or 135 columns). No personal names."""

from __future__ import annotations

from data.formats import listing, naming, register
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows, without_repeats
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.formats.values import DAY_FIRST_DASH

KEY = "gias"
NAMES = ("URN", "EstablishmentName", "EstablishmentStatus (name)", "PhaseOfEducation (name)", "Easting", "Northing")
CODES = ("TypeOfEstablishment (code)", "EstablishmentStatus (code)", "PhaseOfEducation (code)")  # not in a search


def recognise(peek: Peek) -> bool:
    """The register's names with its code columns."""
    return peek.kind == "csv" and any(peek.header(*NAMES, code) is not None for code in CODES)


def read(file: RawFile) -> Extract:
    """See `register_extract`."""
    return register_extract(file, KEY)


def register_extract(file: RawFile, key: str, *, extra_fields: bool = False) -> Extract:
    """`school`, with the groups and memberships the register states.

    The date is in the name only; without one it is that of the latest change in the file, with a note. A duplicate URN
    keeps neither row unless they are the same.
    """
    table = csv_table(file, register.REQUIRED, register.OPTIONAL, extra_fields=extra_fields)
    rejects = Rejects()
    urn = without_repeats(school_rows(table, rejects), table.frame, rejects)
    urn = register.in_england(table, urn, rejects)
    as_at, notes = naming.as_at(file), list(table.notes)
    form = register.date_form(table)
    if form != DAY_FIRST_DASH:
        notes.append(f"dates are written {listing.shown(form)} throughout this file, and read so")
    if as_at is None:
        as_at = register.last_changed(table)
        notes.append(f"no date in the name: taken as of the latest change in the file ({as_at or 'not given either'})")
    school = register.schools(table, urn, rejects, as_at)
    group, membership = register.implied_groups(table, school, urn)
    return Extract(
        source=key, release="final", scope=naming.scope(file, table.column("LA (code)").loc[urn.index]),
        time_period=None, as_at=as_at, tables={"school": school, "group": group, "membership": membership},
        rejects=rejects.frame(), notes=tuple(notes), rows_read=table.rows_read, rows_kept=len(school),
    )  # fmt: skip


SOURCE = Source(
    KEY, "Register of schools (GIAS)", "Department for Education",
    "https://get-information-schools.service.gov.uk/Downloads",
    "columns URN, EstablishmentName, TypeOfEstablishment (code), Easting", recognise, read,
    # In March 2026 2,931 of 52,278 rows were in Wales, on islands or overseas; a register hardly changes in a year.
    Expected(left_out=0.1, refused=0.001, withheld=0.0, matched=0.99, change=0.2), "every day",
)  # fmt: skip

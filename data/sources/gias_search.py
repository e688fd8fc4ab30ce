"""The register's search-results download (111 columns, no code columns, rows that run on past the header).

It names trusts without their UID, so it gives schools but no groups.
"""

from __future__ import annotations

from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.sources import gias

KEY = "gias_search"


def recognise(peek: Peek) -> bool:
    """The register's names without its code columns."""
    return (
        peek.kind == "csv"
        and peek.header(*gias.NAMES, "TypeOfEstablishment (name)") is not None
        and not gias.recognise(peek)
    )


def read(file: RawFile) -> Extract:
    """`school` of the schools searched for; `group` and `membership` are empty."""
    return gias.register_extract(file, KEY, extra_fields=True)


SOURCE = Source(
    KEY, "Register of schools (GIAS), search results", "Department for Education",
    "https://get-information-schools.service.gov.uk/Search",
    "columns URN, EstablishmentName, TypeOfEstablishment (name), Easting, without code columns", recognise, read,
    # Two searches are two sets of schools: their sizes say nothing of each other.
    Expected(left_out=0.1, refused=0.001, withheld=0.0, matched=0.9, change=1000), "whenever it is searched",
)  # fmt: skip

"""16 to 18 results by multi-academy trust (performance tables `ks5-mats-performance`). See `data.formats.trusts`."""

from __future__ import annotations

from data.formats import trusts
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

REQUIRED = ("TALLPPE_ACAD_1618",)


def recognise(peek: Peek) -> bool:
    """The trust's UID beside its points per academic entry."""
    return peek.header("TRUST_UID", *REQUIRED) is not None


def read(file: RawFile) -> Extract:
    """See `trusts.read`. The mark of a trust is `SUPPM` here."""
    return trusts.read(file, "ks5_mats", REQUIRED)


SOURCE = Source(
    "ks5_mats", "16 to 18 results of trusts", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns TRUST_UID, TALLPPE_ACAD_1618", recognise, read,
    expected=Expected(left_out=0.01), due="February, for the summer before",
)  # fmt: skip

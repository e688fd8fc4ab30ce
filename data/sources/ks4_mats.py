"""Key stage 4 results by multi-academy trust (performance tables `ks4-mats-performance`). See `data.formats.trusts`."""

from __future__ import annotations

from data.formats import trusts
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

REQUIRED = ("ATT8SCR_WGTAVG",)


def recognise(peek: Peek) -> bool:
    """The trust's UID beside its average Attainment 8."""
    return peek.header("TRUST_UID", *REQUIRED) is not None


def read(file: RawFile) -> Extract:
    """See `trusts.read`. Progress 8 is `NA` in years without one."""
    return trusts.read(file, "ks4_mats", REQUIRED)


SOURCE = Source(
    "ks4_mats", "Key stage 4 results of trusts", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns TRUST_UID, ATT8SCR_WGTAVG", recognise, read,
    expected=Expected(left_out=0.01), due="February, for the summer before",
)  # fmt: skip

"""Key stage 2 results by multi-academy trust (performance tables `ks2-mats-performance`). See `data.formats.trusts`."""

from __future__ import annotations

from data.formats import trusts
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

REQUIRED = ("PRWM_EXP_WGTAVG",)


def recognise(peek: Peek) -> bool:
    """The trust's UID beside its average at the expected standard."""
    return peek.header("TRUST_UID", *REQUIRED) is not None


def read(file: RawFile) -> Extract:
    """See `trusts.read`. Trusts with few disadvantaged pupils have `SUPPMAT`."""
    return trusts.read(file, "ks2_mats", REQUIRED)


SOURCE = Source(
    "ks2_mats", "Key stage 2 results of trusts", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns TRUST_UID, PRWM_EXP_WGTAVG", recognise, read,
    expected=Expected(left_out=0.01), due="December, for the summer before",
)  # fmt: skip

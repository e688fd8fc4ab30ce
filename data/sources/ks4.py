"""Key stage 4 results by school (performance tables): provisional, revised and final, told apart by name alone.

The A*-C measures of 2016 and before are not the 9-5 measures and are not read. In 2020-21 there were entries for the
English Baccalaureate only (31 columns, `ks4-ebacc-entries`), in one release.
"""

from __future__ import annotations

from dataclasses import replace

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.peek import peek

# RECTYPE: 1 mainstream, 2 special; 4 LA, 5 England all schools, 7 England state-funded.
FAMILY = performance.Family(
    source="ks4", la="LEA", required=("URN", "RECTYPE", "TPUP"), rectypes=frozenset({"1", "2"}), names_release=True
)
RESULTS = ("URN", "RECTYPE", "TPUP", "ATT8SCR")
ENTRIES = ("URN", "RECTYPE", "TPUP", "PTEBACC_E_PTQ_EE")


def recognise(peek: Peek) -> bool:
    """RECTYPE and URN beside the pupils at the end of key stage 4 and Attainment 8, or entries for the EBacc."""
    return peek.header(*RESULTS) is not None or peek.header(*ENTRIES) is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`. In the provisional file `NA` means not published yet: kept as not available."""
    results = peek(file).header(*RESULTS) is not None
    return performance.read(file, replace(FAMILY, names_release=results))


SOURCE = Source(
    "ks4", "Key stage 4 results", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, RECTYPE, TPUP, ATT8SCR", recognise, read,
    expected=Expected(left_out=0.08), due="October (provisional), February (revised) and April (final), for the summer before",
)  # fmt: skip

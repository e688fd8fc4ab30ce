"""School census by school (performance tables `census`). Takes no percentage whose count is missing for a number.

False zeros: in 2020-21 independent schools have 0 and 0% for first language though it was not collected; in 2024-25
`PNUMFSMEVER` is 0.00% where `NUMFSMEVER` is NA; in 2022-23 it is 0.0% of no pupils (`NORFSMEVER` 0: most nurseries), and
so is every share of a school without pupils, where 2018-19 has NA.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.formats import performance
from data.formats.extract import Extract, Peek, RawFile, Source
from data.formats.text import TextTable
from data.formats.values import numbers

LANGUAGE = ("NUMEAL", "NUMENGFL", "NUMUNCFL")
OF_AGE = "NORFSMEVER"  # the pupils whom free school meals were looked up for; not in every year


def uncollected(table: TextTable) -> Mapping[str, pd.Series]:
    """Rows whose share is of no pupils, or whose pupils have no first language, English, another or unknown."""
    *language, pupils, of_age = (
        numbers(table.column(name), unit="count", low=0).value for name in (*LANGUAGE, "NOR", OF_AGE)
    )
    empty = pupils == 0
    none = (language[0] == 0) & ~(language[1] > 0) & ~(language[2] > 0)
    return {"PNUMEAL": none | empty, "PNUMFSMEVER": (of_age == 0) | empty, "PSENELSE": empty, "PSENELK": empty}


FAMILY = performance.Family(
    source="census",
    la="LA",
    required=("URN", "NOR", "PNUMEAL", "PNUMFSMEVER"),
    extra=(*LANGUAGE, OF_AGE),
    uncollected=uncollected,
)


def recognise(peek: Peek) -> bool:
    """Pupils on roll by language and free school meals beside URN and SCHOOLTYPE."""
    return peek.header("URN", "SCHOOLTYPE", "NOR", "PNUMEAL", "PNUMFSMEVER") is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final. Values over 100 (`PSENELSE` to 104.2) are kept and counted in a note."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "census", "School census", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    "columns URN, SCHOOLTYPE, NOR, PNUMEAL, PNUMFSMEVER", recognise, read,
    due="with each year's performance tables",
)  # fmt: skip

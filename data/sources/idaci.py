"""Income deprivation affecting children, by small area (indices of deprivation of 2015, 2019 and 2025; CSV or workbook).

Reads the decile (1 = most deprived) and, where the file has it, the score (0-1, share of children): the two run opposite
ways. Vintages are never mixed: small areas of 2011 and of 2021 are not the same, nor are deciles of two vintages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import listing
from data.formats.extract import Expected, Extract, Peek, RawFile, Source, normalised
from data.formats.peek import peek
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable
from data.formats.values import number

LSOA = "lsoa code ("
DECILE = "income deprivation affecting children index (idaci) decile"
SCORE = "income deprivation affecting children index (idaci) score"
DISTRICT = "local authority district code ("
VINTAGES: Mapping[int, int] = {2013: 2015, 2019: 2019, 2024: 2025}  # the year of the districts -> of the indices
AREAS_OF_2021 = 2025  # the first indices by small areas of 2021
NAMED = re.compile(r"(?:iod|imd|id)[ _-]?(2015|2019|2025)", re.IGNORECASE)


def _column(header: tuple[str, ...], start: str) -> str | None:
    return next((cell for cell in header if normalised(cell).startswith(start)), None)


def _header(seen: Peek) -> tuple[str, ...]:
    """The first row, in any sheet, with a small area's code beside the children's index; () where there is none."""
    rows = (row for rows in seen.sheets.values() for row in rows)
    return next((row for row in rows if _column(row, LSOA) and _column(row, DECILE)), ())


def recognise(peek: Peek) -> bool:
    """A small area's code beside the children's index."""
    return bool(_header(peek))


def vintage(file: RawFile, header: tuple[str, ...]) -> int:
    """The year of the indices: by the year of the districts in the header, else by the name, else by that of the areas."""
    district = re.search(r"\((20\d\d)\)", _column(header, DISTRICT) or "")
    if district and int(district.group(1)) in VINTAGES:
        return VINTAGES[int(district.group(1))]
    named = NAMED.search(file.name)
    if named:
        return int(named.group(1))
    if "(2021)" in (_column(header, LSOA) or ""):
        return AREAS_OF_2021
    raise SourceFormatError(
        "the file does not say which indices of deprivation it is of (2015, 2019 or 2025).",
        where=file.name, remedy="Give it its published name, such as File_3_IoD2019.",
    )  # fmt: skip


def read(file: RawFile) -> Extract:
    """`deprivation`: lsoa, vintage, idaci_score (NaN where the file has none), idaci_decile."""
    header = _header(peek(file))
    area, decile, score = (_column(header, start) for start in (LSOA, DECILE, SCORE))
    if area is None or decile is None:
        raise SourceFormatError(
            "the small area or the decile is missing.", where=file.name, remedy="Download it again."
        )
    year = vintage(file, header)
    table = read_table(file, (area, decile), (score,) if score else ())
    rejects = Rejects()
    code = table.column(area).str.strip()
    good = code.str.fullmatch(r"[A-Z]\d{8}").astype(bool)
    rejects.others(code[~good], "not the code of a small area")
    place = _values(table.column(decile)[good])
    bad = ~place.isin(range(1, 11))
    rejects.others(code[good][bad], "the decile is not 1 to 10: " + table.column(decile)[good])
    kept = place.index[~bad]
    frame = pd.DataFrame({"lsoa": code.loc[kept], "vintage": year})
    frame["idaci_score"] = _score(table, score, kept, rejects) if score else float("nan")
    frame["idaci_decile"] = place.loc[kept].astype("int64")
    frame = listing.once(frame, ["lsoa"], rejects, "area")
    notes = (f"indices of {year}", *(() if score else ("the file has deciles only, no scores",)), *table.notes)
    return Extract(
        source="idaci", release="final", scope="england", time_period=None, as_at=None,
        tables={"deprivation": frame.reset_index(drop=True)}, rejects=rejects.frame(), notes=notes,
        rows_read=table.rows_read, rows_kept=len(frame),
    )  # fmt: skip


def _score(table: TextTable, column: str, kept: pd.Index, rejects: Rejects) -> pd.Series:
    """Shares of children from 0 to 1; a cell that is none is rejected and left missing."""
    text = table.column(column).loc[kept]
    found = _values(text)
    bad = ~found.between(0, 1)
    unknown = pd.Series(pd.NA, index=kept, dtype="str")
    rejects.cells(text[bad], unknown, table.raw(column), "the score is not a share from 0 to 1")
    return found.mask(bad)


def _values(text: pd.Series) -> pd.Series:
    codes, cells = pd.factorize(text)
    found = pd.Series([number(cell, "score") for cell in cells], dtype="float64")
    return pd.Series(found.to_numpy()[codes], index=text.index)


SOURCE = Source(
    "idaci", "Income deprivation affecting children", "Ministry of Housing, Communities and Local Government",
    "https://www.gov.uk/government/collections/english-indices-of-deprivation",
    "columns LSOA code (year), Income Deprivation Affecting Children Index (IDACI) Decile", recognise, read,
    Expected(left_out=0.001, refused=0.001, withheld=0.0, matched=0.0, change=0.1),
    "every four to six years; the last in October 2025",
)  # fmt: skip

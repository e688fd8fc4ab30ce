"""Income deprivation affecting children, by small area (indices of deprivation, CSV). Vintages are never mixed.

Reads the decile (1 = most deprived) and, where the file has it, the score (0-1, share of children).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import listing
from data.formats.extract import Extract, Peek, RawFile, Source, normalised
from data.formats.rejects import Rejects
from data.formats.text import csv_table, decoded, first_rows
from data.formats.values import number

LSOA = "lsoa code ("
DECILE = "income deprivation affecting children index (idaci) decile"
SCORE = "income deprivation affecting children index (idaci) score"
DISTRICT = "local authority district code ("
VINTAGES: Mapping[int, int] = {2013: 2015, 2019: 2019, 2024: 2025}  # the year of the districts -> of the indices


def _column(header: tuple[str, ...], start: str) -> str | None:
    return next((cell for cell in header if normalised(cell).startswith(start)), None)


def recognise(peek: Peek) -> bool:
    """A small area's code beside the children's index."""
    row = next(iter(peek.sheets.get("", ())), ())
    return peek.kind == "csv" and _column(row, LSOA) is not None and _column(row, DECILE) is not None


def vintage(file: RawFile, header: tuple[str, ...]) -> int:
    """The year of the indices: from the name (IoD2019), else from the year of the districts in the header."""
    found = re.search(r"(?:iod|imd)[ _-]?(20\d\d)", file.name, re.IGNORECASE)
    if found:
        return int(found.group(1))
    year = re.search(r"\((20\d\d)\)", _column(header, DISTRICT) or "")
    if year and int(year.group(1)) in VINTAGES:
        return VINTAGES[int(year.group(1))]
    raise SourceFormatError(
        "the file does not say which indices of deprivation it is of (2015, 2019 or 2025).",
        where=file.name, remedy="Give it its published name, such as File_3_IoD2019.",
    )  # fmt: skip


def read(file: RawFile) -> Extract:
    """`deprivation`: lsoa, vintage, idaci_score (NaN where the file has none), idaci_decile."""
    header = first_rows(decoded(file), 1)[0]
    year = vintage(file, header)
    area, decile, score = (_column(header, start) for start in (LSOA, DECILE, SCORE))
    if area is None or decile is None:
        raise SourceFormatError(
            "the small area or the decile is missing.", where=file.name, remedy="Download it again."
        )
    table = csv_table(file, (area, decile), (score,) if score else ())
    rejects = Rejects()
    code = table.column(area).str.strip()
    good = code.str.fullmatch(r"[A-Z]\d{8}").astype(bool)
    rejects.others(code[~good], "not the code of a small area")
    place = _values(table.column(decile)[good])
    bad = ~place.isin(range(1, 11))
    rejects.others(code[good][bad], "the decile is not 1 to 10: " + table.column(decile)[good])
    kept = place.index[~bad]
    frame = pd.DataFrame({"lsoa": code.loc[kept], "vintage": year})
    frame["idaci_score"] = _values(table.column(score).loc[kept]) if score else float("nan")
    frame["idaci_decile"] = place.loc[kept].astype("int64")
    frame = listing.once(frame, ["lsoa"], rejects, "area")
    return Extract(
        source="idaci", release="final", scope="england", time_period=None, as_at=None,
        tables={"deprivation": frame.reset_index(drop=True)}, rejects=rejects.frame(),
        notes=(f"indices of {year}", *table.notes), rows_read=table.rows_read, rows_kept=len(frame),
    )  # fmt: skip


def _values(text: pd.Series) -> pd.Series:
    codes, cells = pd.factorize(text)
    found = pd.Series([number(cell, "score") for cell in cells], dtype="float64")
    return pd.Series(found.to_numpy()[codes], index=text.index)


SOURCE = Source(
    "idaci", "Income deprivation affecting children", "Ministry of Housing, Communities and Local Government",
    "https://www.gov.uk/government/collections/english-indices-of-deprivation",
    "columns LSOA code (year), Income Deprivation Affecting Children Index (IDACI) Decile", recognise, read,
)  # fmt: skip

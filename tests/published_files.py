"""Small published files for tests of intake and of the command line: real headers cut to what recognition needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

from data.formats.register import REQUIRED


def csv_file(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


KS2_HEADER = (
    "RECTYPE",
    "LEA",
    "ESTAB",
    "URN",
    "SCHNAME",
    "TELIG",
    "PTRWM_EXP",
    "PTREAD_EXP",
    "PTMAT_EXP",
    "PTGPS_EXP",
    "PTWRITTA_EXP",
)


def ks2_rows(values: dict[int, str]) -> bytes:
    rows = [
        [1, 850, 2000 + at, urn, "A", 20, value, value, value, value, value]
        for at, (urn, value) in enumerate(values.items())
    ]
    return csv_file(KS2_HEADER, rows)


def register(names: dict[int, str], la: int = 850) -> bytes:
    header = [*REQUIRED, "TypeOfEstablishment (code)", "Town"]
    filled = {
        "LA (code)": la, "LA (name)": "Hampshire", "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (name)": "Primary", "TypeOfEstablishment (name)": "Community school", "Town": "Petersfield",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools", "EstablishmentNumber": 2000,
    }  # fmt: skip
    rows = [
        [{"URN": urn, "EstablishmentName": name, **filled}.get(column, "") for column in header]
        for urn, name in names.items()
    ]
    return csv_file(header, rows)


def workbook(sheet: str, rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

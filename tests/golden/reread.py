"""Published files read a second time, by another route than the importers': plain Python, row by row, no pandas.

The csv module on text decoded here, gzip, and openpyxl for workbooks; the header is found by its key column. What a cell
means is worked out from marks.csv and the rules of FORMATS, one cell at a time. Knows the catalogue's column names and
nothing else of the importers. It is for comparing samples of cells: no rejects, no notes, no repairs.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from data.catalogue.measures import Published, published_in

MARKS_CSV = Path(__file__).resolve().parents[2] / "data/catalogue/marks.csv"
with MARKS_CSV.open(encoding="utf-8", newline="") as _handle:
    MARKS = {row["raw"]: row["status"] for row in csv.DictReader(_handle)}
URN = re.compile(r"[1-9][0-9]{5}")
RECTYPES = {"ks2": "12", "ks4": "12", "ks4_destinations": "12", "ks5": "1"}  # the values of schools' rows
KEYS = {"ks2_mats": "trust_uid", "ks4_mats": "trust_uid", "ees_ks4_information": "school_urn"}
Cell = tuple[float | None, str, str | None]  # value, status, mark as published


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file as text; `head` is the position of the header. Row numbers count from 1, header included."""

    rows: tuple[tuple[str, ...], ...]
    head: int
    places: dict[str, int]

    def at(self, number: int, name: str) -> str:
        """The cell of a column in row `number`, ends stripped; "" where the row is shorter or the column missing."""
        place = self.places.get(bare(name))
        row = self.rows[number - 1]
        return "" if place is None or place >= len(row) else row[place].strip()

    def numbers(self) -> range:
        """The numbers of the rows under the header."""
        return range(self.head + 2, len(self.rows) + 1)


def bare(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().lower()


def sheet(path: Path, key: str) -> Sheet:
    """The table whose header has the cell `key`, among the first eight rows of a CSV or of any sheet."""
    content = path.read_bytes()
    content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    tables = _sheets(content) if content[:2] == b"PK" else [_lines(content)]
    for rows in tables:
        for head, row in enumerate(rows[:8]):
            names = [bare(cell) for cell in row]
            if bare(key) in names:
                return Sheet(tuple(rows), head, {name: names.index(name) for name in names})
    raise AssertionError(f"{path.name}: no header with {key}")


def _lines(content: bytes) -> list[tuple[str, ...]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _sheets(content: bytes) -> list[list[tuple[str, ...]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [
        [tuple(_text(cell) for cell in row) for row in page.iter_rows(values_only=True)] for page in book.worksheets
    ]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    whole = isinstance(cell, float) and cell == int(cell)
    return str(int(cell)) if whole else cell.isoformat() if isinstance(cell, date) else str(cell)  # type: ignore[call-overload]


def figure(text: str) -> float | None:
    """The number in a cell, freed of percent and pound signs, thousands separators and spaces; None where it is none."""
    try:
        return float(re.sub(r"[%£,\s]", "", text))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Reread:
    """A file of measurements. `key` is the column that says whose figures a row has."""

    source: str
    sheet: Sheet
    key: str
    schools: tuple[int, ...]
    others: tuple[int, ...]
    columns: dict[str, str]  # measure -> the column it stands in, of those that are not blank throughout

    def whose(self, number: int) -> str:
        """The URN (or the trust's UID) of a row."""
        return self.sheet.at(number, self.key)

    def cell(self, number: int, measure: str) -> Cell | None:
        """Value, status and mark of one school and measure; None where the cell must be refused."""
        one = measures(self.source)[measure]
        text = self.sheet.at(number, self.columns[measure])
        if self.source == "cfr" and all(figure(self.sheet.at(number, total)) == 0 for total in CFR_TOTALS):
            return None, "not_submitted", text
        value = figure(text)
        if value is None:
            return None, MARKS[text], text
        if _impossible(one, value):
            return None
        missing = self._uncounted(number, one, value)
        return (None, missing, text) if missing else (value, "ok", None)

    def _uncounted(self, number: int, one: Published, value: float) -> str | None:
        """The status of a percentage that is none: its count is marked or missing, or nothing was collected."""
        if self.source == "census" and one.measure.unit == "pct" and self._of_nobody(number, one.measure.key):
            return "not_available"
        if not one.numerator:
            return None
        if not any(self.sheet.at(row, one.numerator) for row in self.schools):
            return "not_available" if value == 0 else None
        count = self.sheet.at(number, one.numerator)
        return MARKS[count] if figure(count) is None else None

    def _of_nobody(self, number: int, measure: str) -> bool:
        """A share of no pupils: an empty school, one with nobody of an age for free meals in six years (nurseries), or
        one of whose pupils none is counted under any language (independents in 2020-21)."""
        pupils, ever, *language = (figure(self.sheet.at(number, name)) for name in COUNTS)
        none = {"census_fsm6_pct": ever == 0, "census_eal_pct": language[0] == 0 and not any(language)}
        return pupils == 0 or none.get(measure, False)


COUNTS = ("NOR", "NORFSMEVER", "NUMEAL", "NUMENGFL", "NUMUNCFL")
CFR_TOTALS = ("Total Income", "Total Expenditure")


def _impossible(one: Published, value: float) -> bool:
    """Out of the measure's range; a percentage over 100 is kept as the publisher prints it."""
    low, high = one.measure.low, one.measure.high
    return (low is not None and value < low) or (high is not None and value > high and one.measure.unit != "pct")


@cache
def measures(source: str) -> dict[str, Published]:
    return {one.measure.key: one for one in published_in(source)}


def reread(path: Path, source: str) -> Reread:
    """The file at `path`, read again as one of `source`."""
    key = KEYS.get(source, "urn")
    table = sheet(path, key)
    if source == "cfr":  # the totals' names go up to their codes
        places = {name.split(":")[0]: place for name, place in reversed(table.places.items())}
        places |= {
            name.split()[0]: place for name, place in table.places.items() if re.match(r"e\d\d[ab]? ", name, re.I)
        }
        table = Sheet(table.rows, table.head, places)
    schools = tuple(number for number in table.numbers() if _is_school(table, number, source, key))
    kept = set(schools)
    others = tuple(number for number in table.numbers() if number not in kept)
    columns = {}
    for measure, one in measures(source).items():
        filled = (name for name in one.columns if any(table.at(number, name) for number in schools))
        column = next(filled, None)
        if column is not None:
            columns[measure] = column
    return Reread(source, table, key, schools, others, columns)


def _is_school(table: Sheet, number: int, source: str, key: str) -> bool:
    """By the publisher's rule for summary rows (FORMATS 1), and by the six digits of the URN."""
    whose = table.at(number, key)
    if key == "trust_uid":
        return whose.isdigit()
    if source in RECTYPES and table.at(number, "RECTYPE") not in tuple(RECTYPES[source]):
        return False
    if source == "cfr_tables" and not table.at(number, "LA").isdigit():
        return False
    if source.startswith("ees_") and table.at(number, "geographic_level") != "School":
        return False
    return URN.fullmatch(whose) is not None


def sampled(count: int, columns: Sequence[str], seed: str, cells: int = 500) -> list[tuple[int, str]]:
    """Positions of random cells, different ones: (row position, column), the same for the same seed."""
    chosen = random.Random(seed).sample(range(count * len(columns)), min(cells, count * len(columns)))
    return [(at // len(columns), columns[at % len(columns)]) for at in chosen]

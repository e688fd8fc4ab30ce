"""The same table in another shape: other order, spelling, line ends, encoding, name, packing, and rows that are no schools.

Knows how tables are shaped and named, and no source. The facts in it must not change.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import zipfile
from dataclasses import dataclass

from hypothesis import strategies as st
from openpyxl import Workbook

from data.catalogue.vocabulary import RELEASES
from data.formats.extract import RawFile, normalised
from data.formats.text import decoded

YEAR = re.compile(r"(?<!\d)(20\d\d)[-_]?(?:20)?(\d\d)(?!\d)[-_]?")
STRANGERS = ("Unheard of", "NOTE_1", "zz top", "Column1", "%", "x" * 60)
FILLINGS = ("", "1", "49.5%", "NAT", "SUPP", 'two "words", quoted', "900001", "2018-19", "line\nbreak")


@dataclass(frozen=True)
class Table:
    """A CSV in its parts: rows above the header, the header, the rows under it (as long as the header at least)."""

    name: str
    folders: tuple[str, ...]
    above: list[list[str]]
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Shape:
    """How a table is written; the defaults leave it as it is. Seeds draw what has many ways."""

    columns: int | None = None
    spelling: int | None = None
    strangers: int = 0
    inserted: int = 0
    eol: str = "\n"
    coding: str = "utf-8"
    quote_all: bool = False
    last_line_ends: bool = True
    naming: str = "as it is"
    packing: str = "plain"
    workbook: bool = False


SEEDS = st.none() | st.integers(0, 10_000)
SHAPES = st.builds(
    Shape, columns=SEEDS, spelling=SEEDS, strangers=st.integers(0, 3), inserted=st.integers(0, 4),
    eol=st.sampled_from(["\n", "\r\n", "\r"]), coding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    quote_all=st.booleans(), last_line_ends=st.booleans(),
    naming=st.sampled_from(["as it is", "copy", "numbered", "in folders", "capitals"]),
    packing=st.sampled_from(["plain", "gz", "zip"]), workbook=st.sampled_from([False, False, False, True]),
)  # fmt: skip


def table(file: RawFile) -> Table:
    """The parts of a CSV: the header is the fullest of the first rows."""
    rows = [row for row in csv.reader(io.StringIO(decoded(file), newline="")) if row]
    at = max(range(min(6, len(rows))), key=lambda number: sum(bool(cell.strip()) for cell in rows[number]))
    width = len(rows[at])
    body = [row + [""] * (width - len(row)) for row in rows[at + 1 :]]
    return Table(file.name, file.folders, rows[:at], rows[at], body)


def shaped(whole: Table, shape: Shape) -> RawFile:
    """The table written in that shape."""
    rng = random.Random(f"{shape.columns} {shape.spelling} {shape.strangers} {shape.inserted}")
    header, rows = list(whole.header), [list(row) for row in whole.rows]
    for _ in range(shape.inserted):
        rows.insert(rng.randrange(len(rows) + 1), no_school(header, rng))
    for number in range(shape.strangers):
        at = rng.randrange(len(header) + 1)
        header.insert(at, f"{rng.choice(STRANGERS)} {number}")
        for row in rows:
            if row:
                row.insert(at, rng.choice(FILLINGS))
    if shape.columns is not None:
        header, rows = reordered(header, rows, random.Random(shape.columns))
    if shape.spelling is not None:
        header = [spelt(name, random.Random(f"{shape.spelling} {name}")) for name in header]
    name, folders = renamed(whole, shape.naming)
    if shape.workbook:
        return RawFile(name.removesuffix(".csv") + ".xlsx", folders, sheet([*whole.above, header, *rows]))
    return packed(name, folders, written([*whole.above, header, *rows], shape), shape.packing)


def without(whole: Table, dropped: set[str]) -> Table:
    """The table without the columns of those names."""
    kept = [at for at, name in enumerate(whole.header) if name not in dropped]
    width = len(whole.header)
    rows = [[row[at] for at in kept] + row[width:] for row in whole.rows]
    return Table(whole.name, whole.folders, whole.above, [whole.header[at] for at in kept], rows)


def no_school(header: list[str], rng: random.Random) -> list[str]:
    """A blank line, a row of blanks, or a summary row as the families have them (FORMATS 1); none without a URN."""
    names = [normalised(name) for name in header]
    key = next((at for at, name in enumerate(names) if name in ("urn", "school_urn", "school urn")), None)
    if key is None or rng.random() < 0.4:
        return rng.choice(([], [""] * len(header)))
    row = [rng.choice(("", "50", "49.5%", "1,200", "SUPP")) for _ in header]
    row[key] = rng.choice(("", "NAT", "Waltham Forest", "NA"))
    for name, cells in (
        ("rectype", ("4", "LA", "NAT", "5")), ("geographic_level", ("National", "Local authority")),
        ("la", ("NAT", "")), ("lea", ("", "320")), ("estab", ("PRI", "SEC", "SPE", "")),
    ):  # fmt: skip
        if name in names:
            row[names.index(name)] = rng.choice(cells)
    return row


def reordered(header: list[str], rows: list[list[str]], rng: random.Random) -> tuple[list[str], list[list[str]]]:
    """The columns in another order; of two with one name the first stays first; fields beyond the header stay last."""
    order = rng.sample(range(len(header)), len(header))
    seen: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        seen.setdefault(normalised(name), []).append(at)
    places = {name: iter(sorted(found)) for name, found in seen.items()}
    order = [next(places[normalised(header[at])]) for at in order]
    width = len(header)
    return [header[at] for at in order], [[row[at] for at in order] + row[width:] if row else [] for row in rows]


def spelt(name: str, rng: random.Random) -> str:
    """The name in other case, with more spaces between its words and at its ends."""
    name = rng.choice((str.upper, str.lower, str.swapcase, str))(name)
    if name.casefold() != name.lower():
        return name  # a letter whose capitals are two
    name = name.replace(" ", rng.choice((" ", "  ", "   ", " \u00a0")))
    return rng.choice(("", "", " ")) + name + rng.choice(("", "", " ", "  "))


def renamed(whole: Table, way: str) -> tuple[str, tuple[str, ...]]:
    """Another name with the same year, release and date in it, or in the folders above."""
    stem, _, ending = whole.name.rpartition(".")
    if way == "copy":
        return f"{stem} - Copy.{ending}", whole.folders
    if way == "numbered":
        return f"{stem} (1).{ending}", whole.folders
    if way == "capitals":
        return f"{stem.upper()}.{ending.upper()}", whole.folders
    if way == "in folders":
        found = next((hit for hit in YEAR.finditer(stem) if (int(hit[1]) + 1) % 100 == int(hit[2])), None)
        folders = whole.folders
        if found:
            stem, folders = stem.replace(found[0], ""), (*folders, f"{found[1]}-{found[2]}")
        word = next((word for word in RELEASES if word in stem), None)
        if word:
            stem, folders = stem.replace(word, ""), (*folders, word)
        return f"{stem or 'data'}.{ending}", folders
    return whole.name, whole.folders


def written(rows: list[list[str]], shape: Shape) -> bytes:
    """CSV bytes; cp1252 only where every character has a place in it."""
    text = "".join(line(row, shape.quote_all) + shape.eol for row in rows)
    text = text if shape.last_line_ends else text.removesuffix(shape.eol)
    try:
        return text.encode(shape.coding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def line(row: list[str], quote_all: bool) -> str:
    """One row. Written apart from its line end, for Python quotes a line break only where it is the line end's own."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerow(row)
    return out.getvalue().removesuffix("\r\n")


def packed(name: str, folders: tuple[str, ...], content: bytes, way: str) -> RawFile:
    """As it is, as gz, or in a zip with folders of its own."""
    if way == "gz":
        return RawFile(name + ".gz", folders, gzip.compress(content, mtime=0))
    if way == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("/".join((*folders, name)), content)
        return RawFile("download.zip", (), out.getvalue())
    return RawFile(name, folders, content)


def sheet(rows: list[list[str]]) -> bytes:
    """A workbook with one sheet: numbers as numbers where that changes nothing, the rest as text."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(cell: str) -> object:
    if not re.fullmatch(r"-?(0|[1-9]\d{0,9})(\.\d{0,4}[1-9])?", cell):
        return cell or None
    return float(cell) if "." in cell else int(cell)

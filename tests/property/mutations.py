"""Ways in which a file goes wrong on its way: cut downloads, spreadsheets saved again, slips of the hand, malice.

Each mutation takes bytes and a random.Random and gives bytes; the same seed gives the same file. None knows a source.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from data.formats.extract import RawFile
from data.formats.limits import BROKEN

Mutation = Callable[[bytes, random.Random], bytes]
CELLS = (
    "", " ", "SUPP", "NA", "NULL", "LOWCOV", "NaN", "inf", "-inf", "1e999", "-1e999", "1e308", "-1e-400", "9" * 400, "0x10",
    "1_000", "１２", "٣", "−5", "1,0,0", "£", "%", "100%%", "999999999999999999999", "-100000", "100000.0", "1e5", "０12345",
    "31-02-2019", "01-01-0001", "99/99/9999", "01-01-99999", "31/12/9999", "2018-13-01", "TRUE", "#REF!", "#N/A", "=1+1",
    "\u200b", "\ufeff", "a\nb", "a\rb", 'a"b', "a,b", "\u2028", "é", "\x1b[0m", "None", "{}", "1" + "0" * 30, "..", "-",
)  # fmt: skip
LARGEST = 20 << 20  # bytes
CODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "latin-1", "utf-7", "cp037")


def mutated(file: RawFile, rng: random.Random) -> RawFile:
    """One to three mutations of the file, by its kind; now and then the result is packed as gz or zip."""
    content = file.content
    kinds = TEXT
    if content[:2] == b"PK":
        kinds = BOOK
    elif content.lstrip()[:1] == b"{":
        kinds = MAP
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        content = rng.choice(kinds)(content, rng)[:LARGEST]  # a million characters, five hundred times, is another test
    return packed(RawFile(file.name, file.folders, content), rng)


def packed(file: RawFile, rng: random.Random) -> RawFile:
    """The file as it is nine times of ten; else gz, gz in gz, gz cut off, or in a zip."""
    way = rng.randrange(50)
    if way == 0:
        return RawFile(file.name + ".gz", file.folders, gzip.compress(file.content))
    if way == 1:
        return RawFile(file.name + ".gz", file.folders, gzip.compress(gzip.compress(file.content)))
    if way == 2:
        whole = gzip.compress(file.content)
        return RawFile(file.name + ".gz", file.folders, whole[: rng.randrange(len(whole))])
    if way == 3:
        whole = gzip.compress(file.content) + gzip.compress(file.content)
        return RawFile(file.name + ".gz", file.folders, flipped(whole, rng) if rng.random() < 0.5 else whole)
    if way == 4:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"2018-19/{file.name}", file.content)
        whole = out.getvalue()
        return RawFile("all.zip", file.folders, flipped(whole, rng) if rng.random() < 0.5 else whole)
    return file


def flipped(content: bytes, rng: random.Random) -> bytes:
    """Some bits turned over."""
    made = bytearray(content or b"\0")
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def cut(content: bytes, rng: random.Random) -> bytes:
    """Only its beginning, or without its beginning."""
    at = rng.randrange(len(content) + 1)
    return content[:at] if rng.random() < 0.8 else content[at:]


def zeroed(content: bytes, rng: random.Random) -> bytes:
    """NUL bytes put in, or a stretch made NUL as on a damaged disk."""
    at = rng.randrange(len(content) + 1)
    count = rng.choice((1, 2, 16, 4096))
    return content[:at] + b"\0" * count + content[at + rng.choice((0, count)) :]


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True) or [b""]


def lines_lost(content: bytes, rng: random.Random) -> bytes:
    """A stretch of lines is not there."""
    lines = _lines(content)
    at = rng.randrange(len(lines))
    return b"".join(lines[:at] + lines[at + rng.choice((1, 1, 2, len(lines))) :])


def lines_twice(content: bytes, rng: random.Random) -> bytes:
    """A line stands many times, or the lines stand in another order."""
    lines = _lines(content)
    if rng.random() < 0.3:
        rng.shuffle(lines)
        return b"".join(lines)
    at = rng.randrange(len(lines))
    copies = min(rng.choice((2, 2, 3, 500)), 2 + LARGEST // max(1, len(lines[at])))
    return b"".join(lines[:at] + [lines[at]] * copies + lines[at + 1 :])


def quote_opened(content: bytes, rng: random.Random) -> bytes:
    """Quotation marks where none belong."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(content) + 1)
        content = content[:at] + b'"' + content[at:]
    return content


def other_coding(content: bytes, rng: random.Random) -> bytes:
    """Saved again in another encoding, or with bytes that no encoding has."""
    text = content.decode("utf-8-sig", errors="replace")
    if rng.random() < 0.3:
        at = rng.randrange(len(content) + 1)
        return (
            content[:at] + rng.choice((b"\x81", b"\xff\xfe", b"\xc3\x28", b"\xef\xbb\xbf", b"\x9d\x8f")) + content[at:]
        )
    return text.encode(rng.choice(CODINGS), errors="replace")


def _grid(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "")
    csv.field_size_limit(1 << 27)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    finally:
        csv.field_size_limit(131072)
    return [row for row in rows if row] or [[""]]


def _saved(rows: list[list[str]], rng: random.Random) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=rng.choice(("\r\n", "\n"))).writerows(rows)
    return out.getvalue().encode("utf-8", errors="replace")


def cells_swapped(content: bytes, rng: random.Random) -> bytes:
    """Cells that changed places, rows longer and shorter than the header."""
    rows = _grid(content)
    for _ in range(rng.choice((1, 3, 10))):
        one, other = rng.choice(rows), rng.choice(rows)
        a, b = rng.randrange(len(one)), rng.randrange(len(other))
        one[a], other[b] = other[b], one[a]
        if rng.random() < 0.2:
            one += ["1"] * rng.choice((1, 50))
        if rng.random() < 0.2 and len(other) > 1:
            del other[rng.randrange(1, len(other)) :]
    return _saved(rows, rng)


def cells_replaced(content: bytes, rng: random.Random) -> bytes:
    """Numbers replaced by marks, giant exponents, dates that are none, other scripts' digits."""
    rows = _grid(content)
    for _ in range(rng.choice((1, 2, 5, 40))):
        row = rows[rng.randrange(len(rows))] if len(rows) == 1 or rng.random() < 0.1 else rng.choice(rows[1:])
        row[rng.randrange(len(row))] = rng.choice(CELLS)
    return _saved(rows, rng)


def column_replaced(content: bytes, rng: random.Random) -> bytes:
    """A whole column of one such cell."""
    rows = _grid(content)
    at, cell = rng.randrange(max(len(row) for row in rows)), rng.choice(CELLS)
    for row in rows[1:]:
        if len(row) > at:
            row[at] = cell
    return _saved(rows, rng)


def field_huge(content: bytes, rng: random.Random) -> bytes:
    """One cell of a hundred thousand characters or a million."""
    rows = _grid(content)
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = rng.choice(("x", "9", "é", " ", '"', ",")) * rng.choice(
        (100_000, 140_000, 1_000_000)
    )
    return _saved(rows, rng)


def header_changed(content: bytes, rng: random.Random) -> bytes:
    """The header twice as wide, twice, torn, with names lost or the same; or columns taken away."""
    rows = _grid(content)
    at = rng.randrange(min(2, len(rows)))
    way = rng.randrange(6)
    if way == 0:
        rows = [row + row for row in rows]
    elif way == 1:
        rows.insert(rng.randrange(len(rows) + 1), list(rows[at]))
    elif way == 2:
        rows[at] = rows[at] * rng.choice((2, 40))
    elif way == 3:
        rows[at][rng.randrange(len(rows[at]))] = rng.choice((*rows[at], *CELLS))
    elif way == 4:
        gone = rng.randrange(max(1, len(rows[at])))
        rows = [row[:gone] + row[gone + 1 :] or [""] for row in rows]
    else:
        rows = [["A title, and a note"], [], *rows][rng.randrange(2) :] if rng.random() < 0.5 else [["x"]] * 6 + rows
    return _saved(rows, rng)


def emptied(content: bytes, rng: random.Random) -> bytes:
    """Nothing left, or the header alone, or blanks."""
    lines = _lines(content)
    return rng.choice(
        (
            b"",
            b" \n" * 3,
            lines[0],
            b"".join(lines[:2]),
            b"\xef\xbb\xbf",
            b",,,\n" * 5,
            b"<html><body>404</body></html>",
        )
    )


def map_bent(content: bytes, rng: random.Random) -> bytes:
    """A value somewhere in the JSON is of another kind, or gone."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return flipped(content, rng)
    holders: list[Any] = []
    todo = [whole]
    while todo:
        here = todo.pop()
        if isinstance(here, dict | list) and here:
            holders.append(here)
            todo += here.values() if isinstance(here, dict) else here
    for _ in range(rng.choice((1, 1, 3))):
        if not holders:
            break
        holder = rng.choice(holders)
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            continue
        key = rng.choice(keys)
        if rng.random() < 0.2:
            del holder[key]
        else:
            holder[key] = rng.choice(
                (None, -1, 10**30, 1e308, float("inf"), float("nan"), "\ud800", "", [], {}, [[]], [[[]]], True, "type", 99999, -99999, [0], [[0, 0]])
            )  # fmt: skip
    return json.dumps(whole).encode("utf-8", errors="surrogatepass")


def map_deep(content: bytes, rng: random.Random) -> bytes:
    """Brackets within brackets."""
    depth = rng.choice((50, 2_000, 100_000))
    inner = b"[" * depth + b"]" * depth
    return (
        re.sub(rb"\[[^\[\]]*\]", lambda found: inner, content, count=1)
        if rng.random() < 0.5
        else b'{"type":' + inner + b"}"
    )


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: book.read(name) for name in book.namelist()}
    except BROKEN:  # damaged by the mutation before
        return {}


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, member in members.items():
            book.writestr(name, member)
    return out.getvalue()


def member_damaged(content: bytes, rng: random.Random) -> bytes:
    """One file inside the workbook is damaged, cut, emptied or missing; the zip itself is sound."""
    members = _members(content)
    if not members:
        return flipped(content, rng)
    name = rng.choice(sorted(members))
    ways: tuple[Mutation, ...] = (flipped, cut, zeroed, emptied, quote_opened)
    if rng.random() < 0.2:
        del members[name]
    else:
        members[name] = rng.choice(ways)(members[name], rng)
    return _zipped(members)


def sheet_bent(content: bytes, rng: random.Random) -> bytes:
    """Cells of a sheet with other references, kinds and values than a spreadsheet program writes."""
    members = _members(content)
    sheets = [name for name in sorted(members) if "worksheets/" in name or name.endswith("sharedStrings.xml")]
    if not sheets:
        return flipped(content, rng)
    name = rng.choice(sheets)
    text = members[name]
    swaps: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
        (rb'r="[A-Z]+\d+"', (b'r="XFD1048576"', b'r="A1048576"', b'r="ZZZZ1"', b'r="A0"', b'r="A99999999999"', b'r="1"', b'r=""', b"", b'r="XFD1"')),
        (rb't="[a-z]+"', (b't="s"', b't="e"', b't="b"', b't="d"', b't="str"', b't="inlineStr"', b't="n"', b't="?"', b"")),
        (rb"<v>[^<]*</v>", (b"<v>99999999</v>", b"<v>-1</v>", b"<v>1e999</v>", b"<v>NaN</v>", b"<v></v>", b"<v>#REF!</v>", b"<v>\xff</v>", b"<v/>", b"<v>1E+300</v>")),
        (rb"<dimension[^>]*>", (b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="A1"/>', b'<dimension ref="B2:A1"/>', b'<dimension ref="?"/>')),
        (rb"<row [^>]*>", (b'<row r="1048576">', b'<row r="0">', b"<row>", b'<row r="4294967296">', b"")),
        (rb's="\d+"', (b's="999"', b's="-1"', b's="1"')),
        (rb"<t[^>]*>[^<]*</t>", (b"<t>&lt;</t>", b"<t>&bad;</t>", b"<t></t>", b"<t/>", b"<t>" + b"x" * 40_000 + b"</t>", b"<t>_x0000_</t>")),
    )  # fmt: skip
    for _ in range(rng.choice((1, 2, 4))):
        pattern, others = rng.choice(swaps)
        found = list(re.finditer(pattern, text))
        if found:
            hit = rng.choice(found)
            text = text[: hit.start()] + rng.choice(others) + text[hit.end() :]
    members[name] = text
    return _zipped(members)


TEXT: tuple[Mutation, ...] = (
    flipped, cut, zeroed, lines_lost, lines_twice, quote_opened, other_coding, cells_swapped, cells_replaced, cells_replaced,
    column_replaced, field_huge, header_changed, emptied,
)  # fmt: skip
MAP: tuple[Mutation, ...] = (flipped, cut, zeroed, map_bent, map_bent, map_bent, map_deep, emptied, other_coding)
BOOK: tuple[Mutation, ...] = (flipped, cut, zeroed, member_damaged, member_damaged, sheet_bent, sheet_bent, sheet_bent)

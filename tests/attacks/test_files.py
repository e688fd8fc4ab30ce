"""Hostile files: their names, their contents, every cell of the tables that people fill in. Refused in a sentence, or harmless."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from data import intake
from data.access import people_table
from data.access.scope import everything
from data.catalogue import MEASURES, AlongsideError
from data.catalogue.seen import seen
from data.formats.extract import RawFile
from data.register import exchange
from data.register.declared import REGISTERS
from data.register.upload import read_upload
from data.sources import corrections, own_figures
from data.store.engine import engine, place
from data.store.schema import correction, measurement, own_figure, source_file
from pages.shell.files import filing
from tests.attacks import drawn
from tests.attacks.conftest import unchanged
from tests.attacks.inputs import EVERY, FILES, GOOD, SHORT
from tests.published_files import csv_file

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
MEMORY = 700 << 10  # kilobytes; none of these is a file that needs so much
PATIENCE = 20  # seconds of the processor for one file; most take a hundredth


@pytest.fixture
def bounded() -> Iterator[None]:
    """A file that asks for all the memory, or never ends, fails its test and not the machine."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    held = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    )  # drawing in a pack reserves a lot
    resource.setrlimit(resource.RLIMIT_AS, (held + (8 << 30), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began, grown = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.alarm(4 * PATIENCE)
    yield
    signal.alarm(0)
    assert time.process_time() - began < PATIENCE, f"{what}: it took too long"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < MEMORY, f"{what}: it took too much memory"


def previewed(*files: RawFile) -> list[intake.FileReport]:
    return intake.preview(everything(), files, place("own"))


def sentence(report: intake.FileReport) -> None:
    """What is said of a file: words, of no more than a paragraph, that move no cursor; and a page can draw it."""
    said = report.error or report.sentence
    assert 10 < len(said) < 3_000 and "Traceback" not in said, said[:300]
    assert seen(report.file) == report.file
    filing.report_rows([report])
    filing.detail_lines(report)


@pytest.mark.parametrize("kind", FILES)
def test_no_file_breaks_anything(kind: str, one_home: Path, bounded: None) -> None:
    name, made = FILES[kind]
    content = made()
    outside = strays(one_home)
    with unchanged(), timed(kind):
        reports = previewed(RawFile(name, (), content))
        for report in reports:
            sentence(report)
            assert report.outcome in ("refused", "not_recognised", "previewed")
    assert strays(one_home) == outside
    for report in intake.load(everything(), [RawFile(name, (), content)], place("own")):
        sentence(report)
    finite()


def strays(home: Path) -> list[Path]:
    """Files that an archive's names would lead to, were they followed."""
    return [
        path for folder in (Path("/tmp"), home.parent, home, home / "own") for path in sorted(folder.glob("*evil*"))
    ]


def finite() -> None:
    with engine(place("own")).connect() as connection:
        values = connection.execute(select(measurement.c.value, measurement.c.denominator)).all()
    assert all(one is None or math.isfinite(one) for row in values for one in row)


@pytest.mark.parametrize(
    "kind", ["a.csv", "2023-2024_england_abs.csv", "a.json", "a.csv.gz", "a.zip", "a.xlsx", "a.ods"]
)
def test_no_content_breaks_anything_under_another_name(kind: str, own_home: Path, bounded: None) -> None:
    small = [(name, made()) for name, (_, made) in FILES.items() if "bomb" not in name and "many" not in name]
    with unchanged(), timed(kind):
        for report in previewed(*(RawFile(kind, ("2023-2024",), content[: 1 << 16]) for _, content in small)):
            sentence(report)


def test_no_name_of_a_file_breaks_anything(own_home: Path) -> None:
    """As uploaded: alone, with a known ending, and as a folder's name."""
    files = [RawFile(name, (), GOOD) for name in EVERY]
    files += [RawFile(f"{name}.csv", (name,), GOOD) for name in SHORT] + [
        RawFile(f"{name}.xlsx", (name,), GOOD) for name in SHORT[::9]
    ]
    with unchanged():
        reports = previewed(*files)
    assert len(reports) >= len(files)
    for report in reports:
        sentence(report)
    below = {path.relative_to(own_home).parts[0] for path in own_home.rglob("*")}
    intake.load(everything(), files[::7], place("own"))
    assert {path.relative_to(own_home).parts[0] for path in own_home.rglob("*")} <= below | {"own"}
    with engine(place("own")).connect() as connection:
        for name, path in connection.execute(select(source_file.c.file_name, source_file.c.raw_path)):
            assert seen(name) == name and len(name) <= 201
            assert path == "none" or (own_home / "own" / path).resolve().is_relative_to(own_home / "own" / "raw")


def test_files_on_disk_whose_names_are_no_text(own_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("odd")
    for name in (b"\xff\xfe.csv", b"a\x1b[2J.csv", b"a\nb.csv", "\u202evsc.exe".encode(), b"-rf", b"$(id).csv"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(GOOD)
    for report in intake.load(everything(), [folder], place("own")):
        sentence(report)
        report.sentence.encode()  # no half characters: it can be printed and kept


REAL = re.compile(r"\+?[1-8]\d{5}(\.0)?")  # a real school, among the made-up ones


def table(names: tuple[str, ...], usual: Callable[[int], tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A row for each input in each column, the others as they should be; no two rows are about the same figure."""
    tried = [(at, text) for at in range(len(names)) for text in EVERY if len(text) < 30_000]
    tried = [
        (at, text) for at, text in tried if at or not REAL.fullmatch(text.strip())
    ]  # else all of it is refused at once
    found = []
    for number, (at, text) in enumerate(tried):
        row = usual(number)
        found.append((*row[:at], text, *row[at + 1 :]))
    return found


def own(number: int) -> tuple[str, ...]:
    return (
        str(900001 + number % 19),
        f"Check {number}",
        "2024/25",
        "62",
        "Share of pupils",
        "percentage",
        "40",
        "The office",
    )


PERCENTAGES = [key for key, measure in MEASURES.items() if measure.unit == "pct"]


def corrected(number: int) -> tuple[str, ...]:
    year, key = 2015 + number // 19 % 8, PERCENTAGES[number // 152 % len(PERCENTAGES)]
    return (
        str(900001 + number % 19),
        key,
        f"{year}{year % 100 + 1}",
        "final",
        "62",
        "late results",
        "https://x.example/a",
    )


def test_every_cell_of_our_own_figures(own_home: Path) -> None:
    content = csv_file(own_figures.NAMES, table(own_figures.NAMES, own))
    with timed("own figures"):
        (report,) = intake.load(everything(), [RawFile("own.csv", (), content)], place("own"), accept="a test")
        sentence(report)
    with engine(place("own")).connect() as connection:
        kept = connection.execute(select(own_figure)).mappings().all()
        assert len(kept) > 50  # measures named by the inputs, which are text
        for row in kept:
            assert row["value"] is None or (math.isfinite(row["value"]) and abs(row["value"]) < 1e12)
            assert row["denominator"] is None or row["denominator"] >= 6
            assert not set(f"{row['label']}{row['definition']}{row['supplied_by']}") & set("\0\x1b\u202e\u2066\u200b")
    assert_drawn("my_school", "data_history", "data_corrections")


def test_every_cell_of_corrections(own_home: Path) -> None:
    content = csv_file(corrections.NAMES, table(corrections.NAMES, corrected))
    with timed("corrections"):
        (report,) = intake.load(everything(), [RawFile("corrections.csv", (), content)], place("own"), accept="a test")
        sentence(report)
    with engine(place("own")).connect() as connection:
        kept = connection.execute(select(correction)).mappings().all()
        assert len(kept) > 100
        for row in kept:
            assert row["value"] is None or 0 <= row["value"] <= 100
            assert drawn.LINKS.match(row["link"]) and row["link"].isprintable()
            assert not set(row["reason"]) & set("\0\x1b\u202e\u2066\u200b")
    assert_drawn("data_history", "data_corrections")


def assert_drawn(*keys: str) -> None:
    from tests.attacks.test_links import opened

    for key in keys:
        assert drawn.faults(opened(key)) == [], key


@pytest.mark.parametrize("key", list(REGISTERS))
def test_every_cell_of_a_registers_table(key: str, own_home: Path) -> None:
    """Straight CSV and a workbook, each input in each column; a bad cell is listed and then nothing is taken in."""
    own = engine(place("own"))
    (header, *_) = csv.reader(io.StringIO(exchange.csv_out(REGISTERS[key], ()).decode("utf-8-sig")))
    texts = SHORT[::3]
    rows = [
        [text if column == at else "" for column in range(len(header))] for at in range(len(header)) for text in texts
    ]
    for content, name in ((sheet(header, rows[::7]), "a.xlsx"), (written(header, rows), "a.csv")):
        with unchanged(), timed(key):
            try:
                found = read_upload(everything(), own, key, name, content, now=NOW)
            except AlongsideError as error:
                assert 10 < len(str(error)) < 3_000
                continue
            assert found.bad and all(what and len(what) < 500 for _, _, what in found.bad)


def written(header: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode("utf-8", "replace")


def sheet(header: list[str], rows: list[list[str]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in [header, *rows]:
        if not any(
            (ord(letter) < 32 and letter not in "\n\t\r") or letter in "\ufffe\uffff" for cell in row for letter in cell
        ):
            book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", FILES)
def test_no_file_breaks_an_upload_to_a_register_or_of_people(kind: str, one_home: Path, bounded: None) -> None:
    name, made = FILES[kind]
    own, content = engine(place("own")), made()
    with unchanged(), timed(kind):
        for file in (name, "a.csv", "a.xlsx"):
            try:
                read_upload(everything(), own, "note", file, content, now=NOW)
            except AlongsideError as error:
                assert 10 < len(str(error)) < 3_000
        try:
            people_table.take_in(everything(), own, content, now=NOW)
        except AlongsideError as error:
            assert 10 < len(str(error)) < 3_000


def test_every_cell_of_a_table_of_people(own_home: Path) -> None:
    own = engine(place("own"))
    rows = [
        [text if column == at else usual for column, usual in enumerate(("a@x.example", "A", "auditor", "", ""))]
        for at in range(5) for text in SHORT
    ]  # fmt: skip
    content = written(["email", "name", "role", "partnership", "school"], rows)
    with unchanged(), timed("people"):
        try:
            people_table.take_in(everything(), own, content, now=NOW)
        except AlongsideError as error:
            assert len(str(error)) > 10

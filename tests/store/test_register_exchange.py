"""Tables of registers out and in: the same values come back, formulas run nowhere, and a bad table changes nothing."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, func, select

from data.catalogue import AREAS, PermissionDenied, SourceFormatError
from data.formats.extract import RawFile
from data.register import books, exchange, rows, values
from data.register.declared import REGISTERS, Field, Register
from data.register.exchange import UploadRefused, csv_out, read_upload, xlsx_out
from data.register.rows import Entry
from data.store.schema_private import audit, entry, entry_version
from tests.store.conftest import Writer, register
from tests.store.register_people import (  # fmt: skip
    ADVISER,
    DIRECTOR,
    ELM,
    ELM_HEAD,
    FAR,
    GOVERNOR,
    NOW,
    OAK,
    OAK_HEAD,
    OURS,
    OWNER,
    STRANGER,
    later,
)
from tests.store.test_register_round_trip import read

OUT: Mapping[str, Callable[..., bytes]] = {"csv": csv_out, "xlsx": xlsx_out}
NOTES = REGISTERS["note"]
KINDS = Register(
    "kinds", "Kinds", "kind", "Every kind of field", {
        key: Field(key, key.capitalize(), kind, False, {"a": "one", "b": "two words"} if kind == "choice" else {}, most, "", "")
        for key, kind, most in (
            ("text", "text", 300), ("link", "link", 200), ("whole", "whole", 10**9), ("number", "number", 10**9), ("day", "day", 0),
            ("year", "year", 0), ("yes", "yes_no", 0), ("choice", "choice", 0), ("area", "area", 0), ("urn", "urn", 0),
        )
    }, {}, {}, "partnership", "two", False,
)  # fmt: skip


def texts() -> st.SearchStrategy[str | None]:
    started = st.builds(
        lambda start, rest: start + rest, st.sampled_from(["=", "+", "-", "@", "'", "'=", "''+", "\t", "\r", "_x0041_", '"', "＝"]),
        st.text(max_size=20),
    )  # fmt: skip
    return st.one_of(st.none(), st.text(max_size=40), started).map(_kept)


def _kept(text: str | None) -> Any:
    try:
        return values.typed(KINDS.fields["text"], text)
    except values.Refused:
        return "refused"


EVERY: dict[str, st.SearchStrategy[Any]] = {
    "text": texts(), "link": st.sampled_from([None, "https://a.example/?b=1&c=%20"]), "whole": st.none() | st.integers(0, 10**9),
    "number": st.none() | st.floats(0, 10**9).map(lambda one: round(one, 6) + 0.0), "day": st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    "year": st.none() | st.integers(1990, 2099).map(lambda one: one * 100 + (one + 1) % 100), "yes": st.none() | st.booleans(),
    "choice": st.sampled_from([None, "a", "b"]), "area": st.sampled_from([None, *AREAS]), "urn": st.none() | st.integers(100_000, 999_999),
}  # fmt: skip


def made(number: int, said: Mapping[str, Any], register: Register = KINDS) -> Entry:
    whole = {key: said.get(key) for key in register.fields}
    return Entry(number, register.key, OURS, ELM, OAK if register.two_schools else None, whole, 3, "live", "", None, "", None)  # fmt: skip


@pytest.mark.parametrize("kind", OUT)
@settings(max_examples=120, deadline=None)
@given(st.lists(st.fixed_dictionaries(EVERY), min_size=1, max_size=3))
@example([{"text": "=1+1", "whole": 0}, {"text": "'=1"}, {"text": "-1"}, {"text": "_x000D_a_x0041_"}, {"text": "a\n=b\tc"}, {"text": "#N/A"}])  # fmt: skip
@example([{"text": "a,b;c\t\"d\"\n\"", "number": 1e-06}, {"text": "2024/25", "number": 999999999.123457}, {"text": "TRUE"}, {"text": "1e5"}])  # fmt: skip
def test_every_value_comes_back_as_it_went(kind: str, said: list[dict[str, Any]]) -> None:
    went = [made(number, one) for number, one in enumerate(said, start=1)]
    content = OUT[kind](KINDS, went, {ELM: "=Elm"})
    assert read(content, KINDS) == [dict(one.values) for one in went]


@pytest.mark.parametrize("kind", OUT)
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "'=1", "＝1", "=cmd|' /C calc'!A0", '=HYPERLINK("https://x")']
)
def test_no_cell_begins_as_a_formula_does(kind: str, text: str) -> None:
    said = [made(1, {"text": text}), made(2, {"words": text}, NOTES)]
    for one, of in zip(said, (KINDS, NOTES), strict=True):
        content = OUT[kind](of, [one], {ELM: text})
        if kind == "csv":
            cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
        else:
            book = load_workbook(io.BytesIO(content))
            assert {cell.data_type for page in book for row in page for cell in row} <= {"s", "n"}
            cells = [str(cell.value) for page in book for row in page for cell in row if cell.data_type == "s"]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_a_download_is_the_same_bytes_every_time() -> None:
    for out in OUT.values():
        assert out(NOTES, [made(1, {"words": "x"}, NOTES)]) == out(NOTES, [made(1, {"words": "x"}, NOTES)])
    assert csv_out(NOTES, [made(1, {"words": "x", "day": date(2026, 1, 2)}, NOTES)], {ELM: "Elm"}).decode("utf-8-sig") == (
        f"row,version,partnership,school,school_name,day,words\r\n1,3,{OURS},{ELM},Elm,2026-01-02,x\r\n"
    )  # fmt: skip
    assert set(exchange.meaning(KINDS)) >= set(exchange.columns(KINDS, named=True))


def fill(store: Engine) -> dict[str, list[Entry]]:
    """A row or two in each register, with words that a spreadsheet might run."""
    day = date(2026, 11, 20)
    return {
        "showing": [rows.add(OWNER, store, "showing", {"said": "=x", "how": "told", "shown_on": day}, uid=OURS, urn=ELM, now=NOW)],
        "need_state": [rows.add(ELM_HEAD, store, "need_state", {"area": "reading", "state": "differs", "words": "-5 is wrong"}, urn=ELM, now=NOW)],
        "reply": [rows.add(ELM_HEAD, store, "reply", {"about": "@x", "year": 202425, "words": "+\n=1"}, urn=ELM, now=NOW)],
        "ask": [rows.add(DIRECTOR, store, "ask", {"area": "reading", "days": 2.5}, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)],
        "note": [rows.add(DIRECTOR, store, "note", {"words": one, "day": day}, uid=OURS, urn=ELM, now=NOW) for one in ("'=1", "a \"b\", c")],
    }  # fmt: skip


def contents(store: Engine) -> list[Any]:
    with store.connect() as connection:
        return [connection.execute(select(func.count()).select_from(audit)).scalar()] + [
            sorted(map(tuple, connection.execute(select(table)).all())) for table in (entry, entry_version)
        ]


@pytest.mark.parametrize("kind", OUT)
def test_each_register_sent_back_as_it_came_changes_nothing(store: Engine, kind: str) -> None:
    held = fill(store)
    before = contents(store)
    for key, listed in held.items():
        for scope in (OWNER, ELM_HEAD if key in ("reply", "need_state") else DIRECTOR):
            upload = read_upload(
                scope, store, key, f"a.{kind}", OUT[kind](REGISTERS[key], listed, {ELM: "Elm"}), now=NOW
            )
            assert (upload.bad, upload.changes, upload.unchanged) == ((), (), len(listed)), key
            assert exchange.apply(scope, store, upload, now=NOW) == ()
    assert contents(store) == before


@pytest.mark.parametrize("kind", OUT)
def test_changed_and_new_rows_are_seen_first_then_taken_in(store: Engine, kind: str) -> None:
    first, second = fill(store)["note"]
    before = contents(store)
    content = sheet(kind, [
        ("Row", "version", "school", "partnership", "Note"),
        (first.entry_id, 1, ELM, OURS, books.harmless("'=1")), (second.entry_id, 1, "", "", "'=changed"),
        ("", "", OAK, OURS, "'=new"), ("", "", ELM, "", "other"), ("", "", "", "", " "),
    ])  # fmt: skip
    upload = read_upload(DIRECTOR, store, "note", f"notes.{kind}", content, now=NOW)
    assert upload.bad == ()
    assert upload.unchanged == 1
    assert [(one.row, one.entry_id, dict(one.values), one.place.urn) for one in upload.changes] == [
        (3, second.entry_id, {"words": "=changed"}, ELM), (4, None, {"words": "=new"}, OAK), (5, None, {"words": "other"}, ELM),
    ]  # fmt: skip
    assert upload.changes[0].before == second.values
    assert contents(store) == before
    done = exchange.apply(DIRECTOR, store, upload, now=later(1))
    assert [(one.version, one.values["words"], one.uid) for one in done] == [(2, "=changed", OURS), (1, "=new", OURS), (1, "other", OURS)]  # fmt: skip
    assert done[0].values["day"] == date(2026, 11, 20)  # its column was left out
    assert len(rows.entries(DIRECTOR, store, "note")) == 4


def sheet(kind: str, table: list[tuple[Any, ...]], **more: Any) -> bytes:
    if kind == "csv":
        made_text = io.StringIO(newline="")
        csv.writer(made_text).writerows(table)
        return made_text.getvalue().encode()
    book = Workbook()
    for row in table:
        book.active.append([None if cell == "" else cell for cell in row])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_bad_table_changes_nothing_and_names_each_cell(store: Engine, write: Writer) -> None:
    write(register({ELM: "Elm", OAK: "Oak", FAR: "Far"}, date(2026, 1, 1)))
    first, second = fill(store)["note"]
    rows.change(ADVISER, store, second.entry_id, {"words": "newer"}, version=1, now=later(1))
    gone = rows.withdraw(DIRECTOR, store, rows.add(DIRECTOR, store, "note", {"words": "x"}, uid=OURS, urn=ELM, now=NOW).entry_id, version=1, now=NOW)  # fmt: skip
    before = contents(store)
    table = [
        ("row", "version", "partnership", "school", "day", "words", "colour"),
        (first.entry_id, 1, "", "", "31/02/2026", "a\x00b", ""),
        (second.entry_id, 1, "", "", "2026-11-20", "mine", ""),
        (first.entry_id, 1, "2002", OAK, "2026-11-20", "x", ""),
        (9999, 1, "", "", "", "x", ""),
        ("", "", OURS, 123, "", "x", ""), ("", "", OURS, 100777, "", "x", ""),
        (gone.entry_id, 2, "", "", "", "back", ""), (first.entry_id, "", "", "", "2026-11-20", "no version", ""),
    ]  # fmt: skip
    upload = read_upload(DIRECTOR, store, "note", "bad.csv", sheet("csv", table) + b",,,,,,,stray\r\n", now=NOW)
    assert upload.changes == ()
    assert [one for one in upload.bad if one[2] != "this row stands twice in the table"] == [
        (1, "colour", "there is no such column"),
        (2, "day", "it is no day; write it like 2026-11-21 or 21/11/2026"),
        (2, "words", "it has a control character (U+0000) as character 2 of 3: type that place again"),
        (3, "version", "somebody changed this row after you downloaded it: download the table again"),
        (4, "partnership", "a row stays where it is; add a new one instead"),
        (4, "school", "a row stays where it is; add a new one instead"),
        (5, "row", "there is no such row; leave it blank for a new one"),
        (6, "school", "a school's URN has six digits"),
        (7, "school", "the register of schools has no such school"),
        (8, "row", "this row was withdrawn"),
        (9, "version", "the version is missing: start from a downloaded table"),
        (10, "column 8", "there is no heading over it"),
    ]
    assert [one[0] for one in upload.bad if one[2] == "this row stands twice in the table"] == [4, 9]
    with pytest.raises(
        UploadRefused, match=r"nothing of the table was taken in\. Row 1, colour: there is no such column"
    ):
        exchange.apply(DIRECTOR, store, upload, now=NOW)
    assert contents(store) == before


NOT_AGREED = "that school has not agreed that help is welcome in this area, so it cannot be named to another one"


def test_what_the_form_refuses_a_table_cannot_do(store: Engine) -> None:
    held = fill(store)
    before = contents(store)
    for scope, key, table, said in (
        (DIRECTOR, "ask", [("school", "other_school", "area", "answer"), (OAK, ELM, "reading", "yes")], (2, "", NOT_AGREED)),
        (DIRECTOR, "ask", [("row", "version", "answer"), (held["ask"][0].entry_id, 1, "declined")], (2, "answer", "only the head of the school says this")),
        (DIRECTOR, "showing", [("row", "version", "shown_on"), (held["showing"][0].entry_id, 1, "2020-01-01")], (2, "shown_on", "only Alongside itself sets this")),
        (DIRECTOR, "showing", [("school", "how", "shown_on"), (ELM, "told", "2020-01-01")], (2, "how", "only Alongside itself sets this")),
        (DIRECTOR, "showing", [("row", "version", "said", "how"), (held["showing"][0].entry_id, 1, "=x", "told")], (1, "said", "there is no such column")),
        (DIRECTOR, "note", [("school", "words"), (FAR, "x")], (2, "", "you may not add a note here")),
        (DIRECTOR, "note", [("school", "partnership", "words"), (FAR, "2002", "x")], (2, "", "you may not add a note here")),
        (OWNER, "note", [("school", "words"), (ELM, "x")], (2, "school", "say which partnership it belongs to")),
        (STRANGER, "note", [("row", "version", "words"), (held["note"][0].entry_id, 1, "x")], (2, "row", "there is no such row; leave it blank for a new one")),
        (OAK_HEAD, "reply", [("school", "about", "words"), (ELM, "x", "y")], (2, "", "you may not add a reply here")),
        (ELM_HEAD, "reply", [("school", "about", "words"), (ELM, "x", "")], (2, "words", "it is needed")),
    ):  # fmt: skip
        upload = read_upload(scope, store, key, "a.csv", sheet("csv", table), now=NOW)  # type: ignore[arg-type]
        assert upload.changes == ()
        assert said in upload.bad, (key, upload.bad)
    for scope, key in ((GOVERNOR, "note"), (ELM_HEAD, "note"), (DIRECTOR, "reply"), (GOVERNOR, "reply")):
        with pytest.raises(PermissionDenied, match="you may not"):
            read_upload(scope, store, key, "a.csv", b"words\r\nx\r\n", now=NOW)
    assert contents(store) == before


def test_what_moved_on_between_the_look_and_the_yes_stops_all_of_it(store: Engine) -> None:
    first, second = fill(store)["note"]
    table = [("row", "version", "words"), (first.entry_id, 1, "one"), (second.entry_id, 1, "two")]
    upload = read_upload(DIRECTOR, store, "note", "a.csv", sheet("csv", table), now=NOW)
    assert len(upload.changes) == 2
    rows.change(ADVISER, store, second.entry_id, {"words": "newer"}, version=1, now=later(1))
    before = contents(store)
    with pytest.raises(UploadRefused) as caught:
        exchange.apply(DIRECTOR, store, upload, now=later(2))
    assert caught.value.bad == ((3, "version", "somebody changed this row after you downloaded it: download the table again"),)  # fmt: skip
    assert contents(store) == before


def part(content: bytes, name: str, change: Callable[[bytes], bytes] = bytes, *, text: bytes = b"") -> bytes:
    """The workbook with one part changed, or put in its place, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for one in book.namelist():
            if one != name:
                changed.writestr(one, book.read(one))
        changed.writestr(name, text or change(book.read(name)) if name in book.namelist() else text)
    return out.getvalue()


def hidden(state: str) -> bytes:
    book = Workbook()
    book.active.append(["words"])
    book.create_sheet("Secret").sheet_state = state
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


GOOD = sheet("xlsx", [("school", "partnership", "words"), (ELM, OURS, "x")])
FIRST = "xl/worksheets/sheet1.xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'


def declared(text: bytes) -> bytes:
    return DTD + text.split(b"?>", 1)[-1] if text.startswith(b"<?xml") else DTD + text


def turned(text: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-16"?>'.decode().encode("utf-16") + declared(text).decode().split("?>", 1)[1].encode("utf-16")[2:]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"), (b"   ", "empty"), (b"\xff\xfe\x00w", "UTF-16"), (b"\x81\x8d\x00\xff" * 9, "neither UTF-8"),
        (b"colour\r\nred\r\n", "this is no table of notes about schools"), (b'words\r\n"open', "cannot be told apart"),
        (b"words\r\n" + b"x" * 200_000, "cannot be told apart"), (b"words\r\n" + b"x\r\n" * 2_001, "more than 2,000 rows"),
        (b"words" + b",a" * 60 + b"\r\n", "more than 60 columns"), (b"words\r\n" + b"x" * (2 << 20), "larger than 2 MB"),
        (b"\x1f\x8b" + b"0" * 40, "this kind of file is not read"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "this kind of file"),
        (b"PK\x03\x04rubbish", "cannot be opened"), (GOOD[:-60], "cannot be opened"), (hidden("hidden"), "hidden sheet"),
        (hidden("veryHidden"), "hidden sheet"), (part(GOOD, "xl/vbaProject.bin", text=b"x"), "macros"),
        (part(GOOD, "xl/externalLinks/externalLink1.xml", text=b"<a/>"), "macros or links"), (part(GOOD, "../up.xml", text=b"<a/>"), "not named"),
        (part(GOOD, FIRST, declared), "document type"), (part(GOOD, FIRST, turned), "document type"),
        (part(GOOD, "xl/styles.xml", declared), "document type"), (part(GOOD, "xl/workbook.xml", declared), "document type"),
        (part(GOOD, FIRST, lambda text: text[:-30]), "damaged"), (part(GOOD, FIRST, lambda text: text.replace(b'r="A2"', b'r="XFD1048576"')), "a cell lies beyond"),
        (part(GOOD, FIRST, lambda text: text.replace(b'r="A2"', b'r="A99999999999"')), "a cell lies beyond"),
        (part(GOOD, FIRST, lambda text: text.replace(b"</row>", b"<c/>" * 150_000 + b"</row>", 1)), "a cell lies beyond"),
        (part(GOOD, "xl/media/image1.png", text=b"0" * (40 << 20)), "unpacks to far more"), (part(GOOD, "a.xml", text=b"<a>" + b" " * (33 << 20) + b"</a>"), "unpacks"),
        (part(GOOD, "xl/workbook2.xml", text=b"<a/>").replace(b"xl/workbook.xml", b"xl/workbooq.xml"), "no workbook"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_files_that_are_no_such_table_are_refused_whole(tmp_path: Any, content: bytes, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        _looked_at(content)


def _looked_at(content: bytes) -> None:
    found = books.cells(RawFile("sent.xlsx", (), content))
    from data.register.upload import _header

    _header(NOTES, found.header, "sent.xlsx")


def test_a_formula_is_named_by_its_cell(store: Engine) -> None:
    table = [("school", "partnership", "words"), (ELM, OURS, "fine"), (ELM, OURS, "=1+1"), ("=A2", OURS, "x")]
    upload = read_upload(DIRECTOR, store, "note", "a.xlsx", sheet("xlsx", table), now=NOW)
    said = "a formula; give the value itself"
    assert [one for one in upload.bad if one[2] == said] == [(3, "words", said), (4, "school", said)]
    assert upload.changes == ()


def test_a_spreadsheet_of_another_country_and_an_old_windows_file_are_read(store: Engine) -> None:
    for content in (
        f"school;partnership;words\r\n{ELM};{OURS};caf\xe9\r\n".encode("cp1252"),
        f"school\tpartnership\twords\r\n{ELM}\t{OURS}\tcaf\xe9\r\n".encode(),
        f"SCHOOL,Partnership,note\n{ELM},{OURS},caf\xe9".encode("utf-8-sig"),
    ):
        upload = read_upload(DIRECTOR, store, "note", "a.csv", content, now=NOW)
        assert [dict(one.values) for one in upload.changes] == [{"words": "café"}], upload.bad


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_table_or_are_refused(noise: bytes, inside: bool) -> None:
    content = part(GOOD, FIRST, text=noise) if inside else noise
    with contextlib.suppress(SourceFormatError):
        books.cells(RawFile("sent.xlsx", (), content))

"""Every register through CSV and XLSX: whatever its fields hold comes back as it went; a table sent back changes nothing; a table
that changes every field changes every field; the same rows can be sent in anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.catalogue import AREAS, MEASURES
from data.formats.extract import RawFile
from data.register import books, exchange, rows, values
from data.register.declared import REGISTERS, Field, Register
from data.register.exchange import csv_out, read_upload, xlsx_out
from data.register.rows import Entry
from tests.store.register_filled import RISKY, Region, filled, whole_row
from tests.store.register_people import ELM, NOW, OAK, OURS, OWNER, later

OUT: Mapping[str, Callable[..., bytes]] = {"csv": csv_out, "xlsx": xlsx_out}
OURS_HERE = Region(OURS, OAK, ELM)
EVERY = [pytest.param(key, kind, id=f"{key}-{kind}") for key in REGISTERS for kind in OUT]


def kept_text(field: Field) -> st.SearchStrategy[Any]:
    """Texts that the field keeps, as it keeps them; many that a spreadsheet would rather run or turn into something else."""

    def typed(text: str) -> Any:
        try:
            return values.typed(field, text[: field.most])
        except values.Refused:
            return None

    return st.one_of(st.sampled_from(RISKY), st.text(max_size=60)).map(typed)


def any_value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "text":
        return kept_text(field)
    whole = st.integers(0, field.most)
    found: dict[str, st.SearchStrategy[Any]] = {
        "link": st.sampled_from(["https://a.example/?b=1&c=%20", "https://materials.example/x;y,z"]), "whole": whole, "ref": whole,
        "number": st.floats(0, field.most).map(lambda one: round(one, values.DECIMALS) + 0.0),
        "day": st.dates(date(1990, 1, 1), date(2099, 12, 31)), "yes_no": st.booleans(), "area": st.sampled_from([*AREAS]), "measure": st.sampled_from([*MEASURES]),
        "year": st.integers(1990, 2099).map(lambda one: one * 100 + (one + 1) % 100), "urn": st.integers(100_000, 999_999),
        "choice": st.sampled_from([*field.choices] or ["none"]),
    }  # fmt: skip
    return found[field.kind]


def read(content: bytes, register: Register) -> list[dict[str, Any]]:
    """What the file's cells stand for, by the register's own reading."""
    found = books.cells(RawFile("a", (), content))
    assert found.formulas == ()
    table = []
    for _, row in found.rows:
        said = {name: books.as_meant(cell) for name, cell in zip(found.header, row, strict=False)}
        typed, bad = values.typed_all(register, {key: said.get(key, "") for key in register.shown})
        assert bad == ()
        table.append(typed)
    return table


@pytest.mark.parametrize(("key", "kind"), EVERY)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_a_row_holds_comes_back(key: str, kind: str, data: st.DataObject) -> None:
    register = REGISTERS[key]
    each = st.fixed_dictionaries({name: st.none() | any_value(field) for name, field in register.shown.items()})
    said = data.draw(st.lists(each, min_size=1, max_size=3))
    other = OAK if register.two_schools else None
    went = [
        Entry(number, key, OURS, ELM, other, {**dict.fromkeys(register.fields), **one}, 3, "live", "", None, "", None)
        for number, one in enumerate(said, start=1)
    ]
    assert read(OUT[kind](register, went, {ELM: "=Elm", OAK: "Oak"}), register) == said


@pytest.mark.parametrize(("key", "kind"), EVERY)
def test_a_table_sent_back_changes_nothing(store: Engine, key: str, kind: str) -> None:
    row, _ = filled(store, key, OURS_HERE, now=NOW)
    upload = read_upload(OWNER, store, key, f"a.{kind}", OUT[kind](REGISTERS[key], [row], {ELM: "Elm"}), now=NOW)
    assert (upload.bad, upload.changes, upload.unchanged) == ((), (), 1)
    assert rows.entry(OWNER, store, row.entry_id) == row


@pytest.mark.parametrize(("key", "kind"), [one for one in EVERY if one.values[0] != "showing"])
def test_a_table_that_changes_every_field_changes_every_field(store: Engine, key: str, kind: str) -> None:
    row, named = filled(store, key, OURS_HERE, now=NOW)
    wanted = {**row.values, **whole_row(key, 1, named, OURS_HERE)}
    same = [name for name, field in REGISTERS[key].fields.items() if field.by != "server" and not field.of and row.values[name] == wanted[name]]  # fmt: skip
    assert same in ([], ["area", "state"], ["what"]), "the table would change less than every field"
    content = OUT[kind](REGISTERS[key], [Entry(row.entry_id, key, row.uid, row.urn, row.other_urn, wanted, 1, "live", "", None, "", None)])  # fmt: skip
    upload = read_upload(OWNER, store, key, f"a.{kind}", content, now=NOW)
    assert upload.bad == ()
    (done,) = exchange.apply(OWNER, store, upload, now=later(1))
    assert (dict(done.values), done.version) == (wanted, 2)


@pytest.mark.parametrize(("key", "kind"), [one for one in EVERY if one.values[0] != "showing"])
def test_the_same_rows_can_be_sent_in_anew(store: Engine, key: str, kind: str) -> None:
    row, _ = filled(store, key, OURS_HERE, now=NOW)
    if key in ("programme", "board_pack"):  # one name stands once, and so does a pack at its meeting
        rows.withdraw(OWNER, store, row.entry_id, version=row.version, now=NOW)
    upload = read_upload(OWNER, store, key, f"a.{kind}", anew(row, kind), now=NOW)
    assert upload.bad == ()
    (done,) = exchange.apply(OWNER, store, upload, now=later(1))
    assert dict(done.values) == dict(row.values)
    assert (done.entry_id > row.entry_id, done.version, done.uid, done.urn, done.other_urn) == (True, 1, row.uid, row.urn, row.other_urn)  # fmt: skip


def anew(row: Entry, kind: str) -> bytes:
    """The row's table without its number and version, as somebody makes it in a spreadsheet."""
    register = REGISTERS[row.register]
    if kind == "csv":
        table = list(csv.reader(io.StringIO(csv_out(register, [row]).decode("utf-8-sig"), newline="")))
        for at in (table[0].index("row"), table[0].index("version")):
            table[1][at] = ""
        text = io.StringIO(newline="")
        csv.writer(text).writerows(table)
        return text.getvalue().encode()
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(xlsx_out(register, [row])))
    page = book["Rows"]
    for at in range(1, page.max_column + 1):
        if page.cell(1, at).value in ("row", "version"):
            page.cell(2, at).value = None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()

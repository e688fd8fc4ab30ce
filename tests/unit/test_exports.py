"""Exports: six significant digits, nothing a spreadsheet would run, proposals named and the plan from offers first."""

from __future__ import annotations

import io

import numpy as np
import openpyxl
import pandas as pd

from pages.reports import exports, tables


def test_six_significant_digits_without_powers_of_ten() -> None:
    values = np.array([1 / 3, 1234567.8, -0.00123456789, 0.0, -0.0, np.nan, 100.0])
    assert [str(value) for value in tables.significant(values)] == [
        "0.333333", "1234570.0", "-0.00123457", "0.0", "0.0", "nan", "100.0",
    ]  # fmt: skip


def test_text_that_would_run_is_made_harmless_and_numbers_are_not() -> None:
    table = pd.DataFrame(
        {"name": ["=1+1", "@x", "Oak - Ash", None], "value": [-1.5, 2.0, None, 3.0], "n": [1.0, 2.0, None, -3.0]}
    )
    assert tables.csv_bytes(table).decode("utf-8-sig").split("\r\n") == [
        "name,value,n", "'=1+1,-1.5,1", "'@x,2.0,2", "Oak - Ash,,", ",3.0,-3", "",
    ]  # fmt: skip


def test_every_way_to_begin_a_formula_is_made_harmless_in_cells_and_headings() -> None:
    risky = ["=1", "+1", "-x", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\u200b=1", "＝1", "＋1", "－1", "＠1", "\nx"]
    found = tables.printed(pd.DataFrame({"=name": [*risky, "a=1", "a\x00\x1bb"]}))
    assert list(found.columns) == ["'=name"]
    assert found["'=name"].tolist() == [*(f"'{one}" for one in risky), "a=1", "a\ufffd\ufffdb"]


def test_what_no_workbook_can_hold_is_replaced() -> None:
    assert tables.xlsx_bytes(pd.DataFrame({"name": ["a\x00b\x0c\ufffe"]}), [], sheet="x")[:2] == b"PK"


def test_proposals_name_both_schools_the_plan_from_offers_first() -> None:
    schools = pd.DataFrame({"urn": [1, 2, 3], "name": ["Oak", "Ash", "Elm"]})
    proposed = pd.DataFrame(
        {
            "need_urn": [1, 1, 1],
            "area": ["reading", "reading", "reading"],
            "supporter_urn": [2, 3, -9],
            "scenario": ["could_be_asked", "offers", "offers"],
            "reason": ["{supporter} could help {need}", "{supporter} offers help", "{supporter} offers help"],
            "called": [None, None, "Reading Hub"],
        }
    )
    found = exports.exported_table("proposals", lambda name: schools, {1}, lambda: proposed)
    assert found[["scenario", "need_name", "supporter_name", "reason"]].values.tolist() == [
        ["offers", "Oak", "Reading Hub", "Reading Hub offers help"],
        ["offers", "Oak", "Elm", "Elm offers help"],
        ["could_be_asked", "Oak", "Ash", "Ash could help Oak"],
    ]


def test_a_partnerships_export_has_its_schools_only() -> None:
    published = {
        "school": pd.DataFrame({"urn": [1, 2], "name": ["Oak", "Ash"]}),
        "strength": pd.DataFrame({"urn": [2, 1], "area": ["reading", "reading"]}),
    }
    found = exports.exported_table("strengths", published.__getitem__, {2}, pd.DataFrame)
    assert found.values.tolist() == [[2, "Ash", "reading"]]


def test_a_trusts_need_is_exported_as_the_trusts_and_only_with_the_whole_trust() -> None:
    need = pd.DataFrame(
        {"urn": [1, 2], "area": ["finance", "reading"], "scope": ["trust", "school"], "uid": ["90001", None]}
    )
    published = {
        "school": pd.DataFrame({"urn": [1, 2, 3], "name": ["Oak", "Ash", "Elm"], "trust_uid": ["90001", "90001", None]}),
        "need": need, "partnership": pd.DataFrame({"uid": ["90001"], "name": ["Vale Trust"]}),
    }  # fmt: skip
    found = exports.exported_table("needs", published.__getitem__, {1, 2}, pd.DataFrame)
    assert found[["name", "area", "scope"]].values.tolist() == [
        ["Ash", "reading", "school"],
        ["Vale Trust", "finance", "trust"],
    ]
    assert tables.csv_bytes(found).decode("utf-8-sig").split("\r\n")[2] == ",Vale Trust,finance,trust,90001"
    part = exports.exported_table("needs", published.__getitem__, {1, 3}, pd.DataFrame)
    assert part.empty
    assert "See How it works" not in exports.meanings(found).values()


def test_a_workbook_has_the_table_its_sources_and_what_its_columns_mean() -> None:
    table = pd.DataFrame(
        {"School": ["Oak", "=1+1"], "Value": [52.25, np.nan], "Pupils": pd.array([90, None], dtype="Int64")}
    )
    about, columns = [("Table", "=x"), ("Source", "DfE")], {"School": "Its name", "Value": "@mean"}
    content = tables.xlsx_bytes(table, about, sheet="Table", columns=columns)
    assert tables.xlsx_bytes(table, about, sheet="Table", columns=columns) == content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Table", "About", "Columns"]
    assert [list(row) for row in book["Table"].values] == [
        ["School", "Value", "Pupils"],
        ["Oak", 52.25, 90],
        ["'=1+1", None, None],
    ]
    assert [list(row) for row in book["About"].values] == [["Table", "'=x"], ["Source", "DfE"]]
    assert [list(row) for row in book["Columns"].values] == [
        ["Column", "Meaning"],
        ["School", "Its name"],
        ["Value", "'@mean"],
    ]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}

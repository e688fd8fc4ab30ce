"""What is offered beside a table: CSV, a workbook with the page's source lines, the column dictionary; each noted when clicked."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
import streamlit as st

from pages.components import downloads, words

FRAME = pd.DataFrame({"School": ["Oak", "=HYPERLINK(1)"], "Value": [52.0, None]})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any, str, str]]:
    """Every button drawn: its label, what makes its file, the file's name, its key; and a page that has just been opened."""
    buttons: list[tuple[str, Any, str, str]] = []
    state: dict[str, Any] = {downloads.WITNESS: lambda key: lambda: None}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(
        st,
        "download_button",
        lambda label, make, file, kind, *, key, on_click, type: buttons.append((label, make, file, key)),
    )
    monkeypatch.setattr(st, "html", lambda text: None)
    return buttons


def test_a_table_is_offered_as_csv_as_a_workbook_and_with_its_dictionary(
    drawn: list[tuple[str, Any, str, str]],
) -> None:
    downloads.csv_button(FRAME, "Needs, Chilver Vale", key="needs", label="Download the needs (CSV)")
    assert [(label, file, key) for label, _, file, key in drawn] == [
        ("Download the needs (CSV)", "needs-chilver-vale.csv", "download-needs"),
        ("Download the needs (Excel)", "needs-chilver-vale.xlsx", "download-xlsx-needs"),
        ("What its columns mean (CSV)", "needs-chilver-vale-columns.csv", "download-columns-needs"),
    ]  # fmt: skip


def test_a_workbook_says_what_the_page_says_of_its_sources_even_at_its_foot(
    drawn: list[tuple[str, Any, str, str]],
) -> None:
    downloads.csv_button(FRAME, "Needs", key="needs", about={"Value": "Share of pupils"})
    words.source_line("DfE, final, 2024/25", created="2026-11-21", sample=True)
    book = openpyxl.load_workbook(io.BytesIO(drawn[1][1]()))
    assert [list(row) for row in book["About"].values] == [
        ["Table", "Needs"], ["Source", "DfE, final, 2024/25"], ["Figures", "Figures of 21 November 2026."],
        ["Data", "Sample data: fictional schools."],
    ]  # fmt: skip
    assert [list(row) for row in book["Table"].values] == [["School", "Value"], ["Oak", 52], ["'=HYPERLINK(1)", None]]
    assert [list(row) for row in book["Columns"].values][2] == ["Value", "Share of pupils"]


def test_another_page_begins_with_nothing_said(drawn: list[tuple[str, Any, str, str]]) -> None:
    words.source_line("one page", created=None, sample=False)
    assert [name for name, _ in downloads.sources_said()] == ["Source", "Licence"]
    st.session_state[downloads.WITNESS] = lambda key: lambda: None
    assert downloads.sources_said() == []


def test_a_workbook_is_not_made_where_the_witness_refuses(drawn: list[tuple[str, Any, str, str]]) -> None:
    def refuses() -> None:
        raise PermissionError("this sign-in has ended")

    st.session_state[downloads.WITNESS] = lambda key: refuses
    downloads.csv_button(FRAME, "Needs", key="needs")
    for _, make, _, _ in drawn:
        with pytest.raises(PermissionError):
            make()

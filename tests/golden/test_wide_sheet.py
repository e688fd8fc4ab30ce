"""A damaged sheet that claims more columns than a workbook can have is refused at once, and not laid out cell by cell."""

from __future__ import annotations

import pytest

from data.catalogue import SourceFormatError
from data.formats import workbook
from data.formats.extract import RawFile
from data.formats.peek import peek
from tests.published_files import workbook as made


def test_more_columns_than_a_sheet_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_COLUMNS", 3)
    assert peek(RawFile("a.xlsx", (), made("A", [["URN", "b", "c"]]))).sheets["A"][0] == ("URN", "b", "c")
    with pytest.raises(SourceFormatError, match="4 columns, where a workbook has 3 at most"):
        peek(RawFile("a.xlsx", (), made("A", [["URN", "b", "c", "d"]])))

"""Every file under `../shared/realdata` and `../shared/formats` is read or refused, as the table beside this file says.

`every_real_file.csv` has a row for each: its source and rows, with the reason and number of all that was left out, or
`refused` and words of the message. A file without a row fails, and a row without a file.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import Extract, RawFile
from data.sources import read
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
FOLDERS = ("realdata", "formats")
with (Path(__file__).parent / "every_real_file.csv").open(encoding="utf-8", newline="") as table:
    ROWS = {row.pop("path"): row for row in csv.DictReader(table)}
# Fixtures whose own names say no year, read under a published name. Each sheet has 60 rows: academies and trusts, schools.
RENAMED = [
    ("formats/ebis_synthetic_academy_ar.xlsx", "AAR_2021-22_download.xlsx", "aar", 120, 120, 0),
    ("formats/ebis_synthetic_ks4.xlsx", "2018-2019_england_ks4final.xlsx", "ks4", 60, 60, 0),
]


def shared(name: str) -> RawFile:
    assert SHARED
    return RawFile.from_path(SHARED / name)


def told(found: Extract) -> dict[str, str]:
    """A file that was read as a row of the table."""
    count = found.rejects["reason"].value_counts()
    return {
        "source": found.source, "rows_read": str(found.rows_read), "kept": str(found.rows_kept),
        "left_out": str(found.rows_read - found.rows_kept),
        "note": "; ".join(f"{reason} {count[reason]}" for reason in sorted(count.index)),
    }  # fmt: skip


def test_the_table_and_the_folders_name_the_same_files() -> None:
    assert SHARED
    there = {
        file.relative_to(SHARED).as_posix()
        for folder in FOLDERS
        for file in (SHARED / folder).rglob("*")
        if file.is_file()
    }
    assert sorted(there) == sorted(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_each_file_is_read_or_refused_as_the_table_says(name: str) -> None:
    expected = ROWS[name]
    if expected["source"] != "refused":
        assert told(read(shared(name))) == expected
        return
    with pytest.raises(SourceFormatError) as refused:
        read(shared(name))
    assert expected["note"] in str(refused.value)
    assert (expected["note"] != "", expected["rows_read"], expected["kept"], expected["left_out"]) == (True, "", "", "")


@pytest.mark.parametrize(("name", "published", "source", "rows", "kept", "left_out"), RENAMED)
def test_fixtures_without_a_year_are_read_under_a_published_name(
    name: str, published: str, source: str, rows: int, kept: int, left_out: int
) -> None:
    found = read(replace(shared(name), name=published, folders=()))
    assert (found.source, found.rows_read, found.rows_kept, found.rows_read - found.rows_kept) == (
        source, rows, kept, left_out,
    )  # fmt: skip
    whole = found.rejects["column"].isna()
    assert int(whole.sum()) == left_out

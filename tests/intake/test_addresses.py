"""The registry of addresses holds together, and the names it keeps say year and day as the readers want them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.catalogue import CatalogueError, SourceFormatError
from data.formats import naming
from data.formats.extract import RawFile
from data.intake.fetch.addresses import ADDRESSES, Address, chosen, fault, read
from data.intake.fetch.fetching import listing
from data.sources import SOURCES
from pages.terminal.fetching import listing_words

BY_KEY = {one.key: one for one in ADDRESSES}


def test_every_address_says_that_nobody_has_checked_it() -> None:
    assert {one.checked for one in ADDRESSES} == {"never"}
    words = listing_words(listing())
    assert words.count("(address checked: never)") == len(ADDRESSES)
    assert all(one.address in words and one.title in words for one in ADDRESSES)


def test_every_row_is_of_a_source_that_reads_it() -> None:
    assert {source for one in ADDRESSES for source in one.sources} <= {source.key for source in SOURCES}


@pytest.mark.parametrize("one", [one for one in ADDRESSES if one.kind == "date-stamped"], ids=lambda one: one.key)
def test_the_day_stands_in_the_address_and_in_the_name(one: Address) -> None:
    day = date(2026, 1, 9)
    assert one.url(day).endswith("20260109.csv") and one.url(day).rpartition("/")[2] == one.file_name(day)
    assert naming.as_at(RawFile(one.file_name(day), (), b"")) == day


def test_ofsteds_name_says_the_month_in_full() -> None:
    name = BY_KEY["ofsted_mi"].file_name(date(2026, 9, 30))
    assert name.endswith("_latest_inspections_as_at_30_September_2026.csv")
    assert naming.as_at(RawFile(name, (), b"")) == date(2026, 9, 30)
    assert naming.as_at(RawFile(BY_KEY["ofsted_mi_2025-08"].name, (), b"")) == date(2025, 8, 31)


@pytest.mark.parametrize(
    "one",
    [one for one in ADDRESSES if one.folder in ("cfr", "aar", "performance_tables") and one.name],
    ids=lambda one: one.key,
)
def test_the_year_stands_in_the_name_or_the_folder(one: Address) -> None:
    period = one.period or "2024-25"
    found = naming.time_period(RawFile(one.file_name(None, period), (one.folder, period), b""))
    assert found == int(period[:4] + period[5:])


def test_a_source_stands_for_its_current_files_and_a_key_for_itself() -> None:
    assert [one.key for one in chosen(["ks2"], ADDRESSES)] == ["performance_tables_2024-25"]
    assert [one.key for one in chosen(["idaci"], ADDRESSES)] == ["idaci_2025", "idaci_2019"]
    assert [one.key for one in chosen(["cfr_2022-23", "gias"], ADDRESSES)] == ["gias", "cfr_2022-23"]
    assert [one.key for one in chosen(["gias_search"], ADDRESSES)] == ["gias_search"]
    assert all(one.current and one.kind != "by hand" for one in chosen(None, ADDRESSES))
    with pytest.raises(SourceFormatError, match="ks9: no published file is registered"):
        chosen(["ks9"], ADDRESSES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "sometimes"}, "none of the known"), ({"content": "pdf"}, "none of the known"),
        ({"folder": "../up"}, "not a plain word"), ({"landing_page": "http://a.example"}, "no https address"),
        ({"content": ""}, "what to expect"), ({"address": ""}, "address is missing"),
        ({"kind": "landing"}, "which link to look for"), ({"kind": "by hand"}, "to be fetched by hand"),
        ({"name": "../a.csv"}, "no plain file name"), ({"name": ".hidden"}, "no plain file name"),
        ({"most": 400_000_000}, "not within 300 MB"), ({"least": 0}, "not within 300 MB"),
        ({"checked": "last week"}, "neither a day nor"), ({"checked": "2026-11-21"}, None),
    ],
)  # fmt: skip
def test_a_row_that_is_not_whole(change: dict[str, object], words: str | None) -> None:
    found = fault(replace(BY_KEY["idaci_2025"], **change))  # type: ignore[arg-type]
    assert found is None if words is None else words in (found or "")


def test_a_registry_with_a_fault_is_not_read(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "data/intake/fetch/addresses.csv").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text(text.replace(",never,", ",soon,", 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"a\.csv: gias: `checked` is neither"):
        read(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"b\.csv: gias: the key stands twice"):
        read(tmp_path / "b.csv")

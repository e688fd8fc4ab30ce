"""Not tuned to the files at hand: every golden table says the same in any order, spelling, encoding, name and packing.

And without its optional columns nothing that is left may change. A new source's golden files are here by themselves.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.catalogue import SourceFormatError
from data.catalogue.measures import published_in
from data.formats.extract import Extract, RawFile, normalised
from data.intake.files import items
from data.sources import census, peek, recognised
from tests.golden.originals import originals
from tests.property.shapes import SHAPES, Shape, Table, shaped, table, without

TABLES = {one.label: one for one in originals() if one.file.content.lstrip()[:1] not in (b"{", b"P")}
NO_SHRINKING = (Phase.explicit, Phase.generate)  # a shape is eleven words: not worth minutes to make them fewer
fast = settings(max_examples=8, deadline=None, derandomize=True, phases=NO_SHRINKING, report_multiple_bugs=False)
long = settings(fast, max_examples=300)
every = pytest.mark.parametrize("label", TABLES)
# Columns that only rule out: part-years, federation members, returns not supplied, short inspections that became full ones,
# closed schools, a unit that is not the catalogue's. A file without them says nothing of the kind: its rows stand.
RULE_OUT = {
    "aar": {"period covered by return", "did not supply flag", "date left or closed if in period", "date joined or opened if in period"},
    "cfr": {"period covered by return (months)", "did not supply flag", "federation", "lead school in federation", "laestab"},
    "ofsted_mi": {
        "did the latest short inspection convert to a full inspection?", "did the latest ungraded inspection convert to a graded inspection?",
    },
    "own_figures": {"unit"},
    "school_information": {"opendate", "closedate", "nftype"},  # a status as at a day, a phase by type
    "trust_members": {"group status", "establishmentstatus (name)"},
}  # fmt: skip


def read(file: RawFile) -> Extract:
    """As any received file is: unpacked, looked at, recognised, read."""
    (item,) = items([file])
    received = item.open()
    return recognised(peek(received)).read(received)


@cache
def plain(label: str) -> tuple[Table, Extract]:
    """A golden table as it is, and read."""
    whole = table(TABLES[label].file)
    return whole, read(shaped(whole, Shape()))


def facts(extract: Extract) -> dict[str, pd.DataFrame]:
    """The tables without row numbers, names of columns as compared, sorted by everything."""
    found = {}
    for name, frame in extract.tables.items():
        plain = frame.drop(columns="row", errors="ignore")
        if "column" in plain.columns:
            plain = plain.assign(column=plain["column"].map(normalised))
        order = sorted(range(len(plain)), key=list(map(repr, plain.itertuples(index=False, name=None))).__getitem__)
        found[name] = plain.iloc[order].reset_index(drop=True)
    return found


def refused(extract: Extract) -> list[tuple[str, ...]]:
    """Refused cells and rows: URN, column, text, reason; the count of a row's fields is no matter."""
    columns = extract.rejects.drop(columns="row").fillna("").astype(str)
    columns["column"] = columns["column"].map(normalised)
    columns["reason"] = columns["reason"].str.replace(r"the row has \d+ fields.*", "fields", regex=True)
    return sorted(columns.itertuples(index=False, name=None))


def same(label: str, shape: Shape) -> None:
    whole, base = plain(label)
    file = shaped(whole, shape)
    if shape.workbook and not TABLES[label].source.recognise(peek(file)):
        return  # never published as a workbook
    found = read(file)
    about = ("source", "release", "time_period", "as_at", "scope", "rows_kept")
    assert {name: getattr(found, name) for name in about} == {name: getattr(base, name) for name in about}
    before, after = facts(base), facts(found)
    assert sorted(after) == sorted(before)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(after[name], frame, obj=name)
    more = list(refused(found))
    for reject in refused(base):
        if shape.workbook and reject[-1] == "the row is empty":
            continue  # a workbook keeps no blank rows at its end
        assert reject in more, f"no longer refused: {reject}"
        more.remove(reject)
    assert not [reject for reject in more if reject[1]], "cells refused in rows that are no schools"


@every
@given(shape=SHAPES)
@fast
def test_any_shape_has_the_same_facts(label: str, shape: Shape) -> None:
    same(label, shape)


@pytest.mark.soak
@every
@given(shape=SHAPES)
@long
def test_any_shape_has_the_same_facts_at_length(label: str, shape: Shape) -> None:
    same(label, shape)


def needs(source: str, measure: str, gone: set[str]) -> bool:
    """Whether a measure of a source rests on one of the columns `gone` (normalised; finance names go on after the first words)."""
    names: set[str] = set()
    for one in published_in(source):
        if one.measure.key == measure:
            names |= {normalised(name) for name in (*one.columns, *one.denominator, one.numerator) if name}
    names |= set(map(normalised, census.LANGUAGE)) if measure == "census_eal_pct" else set()
    names |= {normalised(census.OF_AGE)} if measure == "census_fsm6_pct" else set()
    return any(column.startswith(name) for column in gone for name in names)


def poorer(label: str, dropped: set[str]) -> None:
    """Read without columns: refused, or what does not rest on them is the same; what does may only be missing."""
    gone, source = {normalised(name) for name in dropped}, TABLES[label].source
    if gone & RULE_OUT.get(source.key, set()):
        return
    whole, base = plain(label)
    file = shaped(without(whole, dropped), Shape())
    if not source.recognise(peek(file)):
        return  # another layout, or none: said so elsewhere
    try:
        found = source.read(file)
    except SourceFormatError:
        return  # the column is needed
    before, after = facts(base), facts(found)
    repeats = base.rejects.loc[base.rejects["reason"].str.contains("more than once"), "urn"]  # told apart by the column
    for tables in (before, after):
        for name, frame in tables.items():
            if "urn" in frame.columns:
                tables[name] = frame[~frame["urn"].astype(str).isin(repeats)].reset_index(drop=True)
    for name, frame in after.items():
        if name in ("measurement", "group_figure"):
            measures_kept(source.key, before[name], frame, gone)
        elif len(frame):
            rows_kept(before[name], frame.drop(columns="judged_on", errors="ignore"), name)
    assert len(after.get("school", ())) == len(before.get("school", ()))


def measures_kept(source: str, before: pd.DataFrame, after: pd.DataFrame, gone: set[str]) -> None:
    key = [name for name in ("urn", "uid", "time_period", "measure") if name in before.columns]
    for measure in sorted(set(before["measure"]) | set(after["measure"])):
        old, new = (frame[frame["measure"] == measure].reset_index(drop=True) for frame in (before, after))
        if not needs(source, measure, gone):
            pd.testing.assert_frame_equal(new, old, obj=measure)
            continue
        both = new.merge(old, on=key, how="left", suffixes=("", "_old"), validate="1:1", indicator=True)
        assert (both["_merge"] == "both").all(), f"{measure}: rows that were not there"
        there = both[both["value"].notna() & (both["column"] == both["column_old"])]
        base_gone = measure == "census_fsm6_pct" and normalised(census.OF_AGE) in gone  # other years never had it
        unproved = there["value_old"].isna() & ((there["value"] != 0) | base_gone)  # as published, its count not there
        assert ((there["value"] == there["value_old"]) | unproved).all(), (
            f"{measure}: another value without {sorted(gone)}"
        )


def rows_kept(before: pd.DataFrame, after: pd.DataFrame, name: str) -> None:
    """Every cell that is left stands in one row of the fuller reading."""
    full = [tuple(row) for row in before[list(after.columns)].astype(object).itertuples(index=False)]
    for row in after.astype(object).itertuples(index=False):
        known = [(at, cell) for at, cell in enumerate(row) if not pd.isna(cell)]
        fits = any(all(other[at] == cell for at, cell in known) for other in full)
        assert fits, f"{name}: a row that the whole file does not give: {row}"


def filled(label: str) -> list[str]:
    """The columns of a golden table that hold anything."""
    whole = table(TABLES[label].file)
    return [
        name for at, name in enumerate(whole.header) if name and any(len(row) > at and row[at] for row in whole.rows)
    ]


@every
@given(data=st.data())
@fast
def test_without_some_columns_nothing_else_changes(label: str, data: st.DataObject) -> None:
    poorer(label, data.draw(st.sets(st.sampled_from(filled(label)), min_size=1, max_size=3)))


@pytest.mark.soak
@every
def test_without_any_one_column_nothing_else_changes(label: str) -> None:
    for name in filled(label):
        poorer(label, {name})

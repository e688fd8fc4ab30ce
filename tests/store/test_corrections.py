"""A correction stands in the published figure's place where facts are read; undone, the published figure is there again."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, select

from data.formats.extract import Extract
from data.store import corrections, read, undo
from data.store.schema import measurement
from tests.store.conftest import Writer, facts, snapshot

READING = "ks2_reading_expected_pct"
LINK = "https://example.org/notes"


def correcting(*listed: tuple[int, float | None, str, str], release: str = "final", period: int = 202324) -> Extract:
    frame = pd.DataFrame(listed, columns=["urn", "value", "status", "reason"])
    frame = frame.assign(measure=READING, time_period=period, release=release, link=LINK, row=2)
    frame = frame.assign(raw=frame["status"].map({"not_available": "NA"}), value=frame["value"].astype("float64"))
    return snapshot("corrections", None, {"correction": frame}, scope="own")


def values(store: Engine) -> list[tuple[object, ...]]:
    found = read.inputs(store).measurement
    return list(found[["urn", "release", "value", "status"]].fillna(-1.0).itertuples(index=False, name=None))


def test_value_and_status_are_replaced_where_all_four_agree(store: Engine, write: Writer) -> None:
    write(facts({100001: 60.0, 100002: 70.0, 100003: 80.0}))
    write(facts({100001: 50.0}, release="provisional"))
    write(correcting((100001, 64.0, "ok", "Late results"), (100002, None, "not_available", "Another school's cohort")))
    write(correcting((100003, 10.0, "ok", "Another year"), period=202223))
    assert values(store) == [
        (100001, "provisional", 50.0, "ok"),
        (100001, "final", 64.0, "ok"),
        (100002, "final", -1.0, "not_available"),
        (100003, "final", 80.0, "ok"),
    ]


def test_a_withheld_figure_can_be_corrected_to_a_number(store: Engine, write: Writer) -> None:
    write(facts({100001: "SUPP"}))
    write(correcting((100001, 64.0, "ok", "Published again by the school")))
    assert values(store) == [(100001, "final", 64.0, "ok")]
    assert corrections.listing(store)[["published", "published_status"]].fillna(-1.0).values.tolist() == [
        [-1.0, "suppressed"]
    ]


def test_no_correction_tells_of_one_to_five_pupils(store: Engine, write: Writer) -> None:
    few = facts({100001: "SUPP", 100002: 60.0})
    few.tables["measurement"]["denominator"] = [4.0, 6.0]
    write(few)
    write(correcting((100001, 50.0, "ok", "The school says so"), (100002, 50.0, "ok", "Late results")))
    assert values(store) == [(100001, "final", -1.0, "suppressed"), (100002, "final", 50.0, "ok")]
    assert corrections.listing(store)[["value", "status"]].fillna(-1.0).values.tolist() == [
        [-1.0, "suppressed"],
        [50.0, "ok"],
    ]


def test_the_published_figure_stays_in_the_store(store: Engine, write: Writer) -> None:
    write(facts({100001: 60.0}))
    write(correcting((100001, 64.0, "ok", "Late results")))
    with store.connect() as connection:
        assert connection.execute(select(measurement.c.value)).scalars().all() == [60.0]


def test_the_listing_says_what_was_published_and_whether_anything_was(store: Engine, write: Writer) -> None:
    write(facts({100001: 60.0}))
    write(facts({100001: 61.0}, scope="850"))  # the authority's own file is the newer: it is the figure in use
    write(correcting((100001, 64.0, "ok", "Late results"), (100009, 30.0, "ok", "A school that is not there")))
    listed = corrections.listing(store)
    assert listed.columns.tolist() == corrections.LISTED
    assert listed[["urn", "value", "published", "reason", "link", "file_name"]].fillna(-1.0).values.tolist() == [
        [100001, 64.0, 61.0, "Late results", LINK, "a.csv"],
        [100009, 30.0, -1.0, "A school that is not there", LINK, "a.csv"],
    ]
    assert listed["published_status"].isna().tolist() == [False, True]
    assert values(store) == [(100001, "final", 64.0, "ok")]


def test_undone_the_published_figure_is_there_again(store: Engine, write: Writer) -> None:
    write(facts({100001: 60.0}))
    write(correcting((100001, 64.0, "ok", "Late results")))
    second = write(correcting((100001, 65.0, "ok", "Later results")))
    assert values(store) == [(100001, "final", 65.0, "ok")]
    undo.undo(store, second.source_file_id)
    assert values(store) == [(100001, "final", 64.0, "ok")]
    undo.undo(store, 2)
    assert values(store) == [(100001, "final", 60.0, "ok")]
    assert corrections.listing(store).empty


def test_an_empty_store_has_none(store: Engine) -> None:
    assert corrections.listing(store).columns.tolist() == corrections.LISTED
    assert read.inputs(store).measurement.empty

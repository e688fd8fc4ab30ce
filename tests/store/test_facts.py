"""Facts: the same bytes change nothing, a newer file supersedes, releases stand side by side, one authority wins there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, func, select

from data.catalogue import CatalogueError, SourceFormatError
from data.store import read
from data.store.explain import traces
from data.store.schema import measure, measurement, metadata, reject, series, series_row, source_file, source_row
from tests.store.conftest import Writer, facts, register, rejects, snapshot


def held(store: Engine) -> list[tuple[object, ...]]:
    frame = read.inputs(store).measurement
    chosen = frame[["urn", "time_period", "release", "value", "status", "source_file_id"]]
    return list(chosen.astype(object).where(chosen.notna(), None).itertuples(index=False, name=None))


def dump(store: Engine) -> dict[str, list[str]]:
    """Every row of every table."""
    with store.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)).all())) for name, table in metadata.tables.items()
        }


def test_a_file_is_read_back_as_it_was_loaded(store: Engine, write: Writer) -> None:
    write(facts({100002: 61.5, 100001: "SUPP"}))
    assert held(store) == [(100001, 202324, "final", None, "suppressed", 1), (100002, 202324, "final", 61.5, "ok", 1)]
    frame = read.inputs(store).measurement
    assert frame["denominator"].tolist() == [20.0, 20.0]
    assert frame["numerator"].isna().all()
    assert str(frame.dtypes["measure"]) == "category"


def test_the_same_bytes_change_nothing(store: Engine, write: Writer) -> None:
    first = write(facts({100001: 50.0}), sha256="a" * 64)
    before = dump(store)
    again = write(facts({100001: 50.0}), sha256="a" * 64)
    assert (first.changed, again.changed, again.source_file_id) == (True, False, 1)
    assert dump(store) == before


def test_a_newer_file_supersedes_the_older_one(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0, 100002: 60.0}))
    write(facts({100001: 51.0}))
    assert held(store) == [(100001, 202324, "final", 51.0, "ok", 2)]  # 100002 is not in the newer file
    with store.connect() as connection:
        assert connection.execute(select(source_file.c.state)).scalars().all() == ["superseded", "live"]
        assert connection.execute(select(series.c.state)).scalars().all() == ["superseded", "live"]


def test_releases_and_years_stand_beside_each_other(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0}, release="provisional"))
    write(facts({100001: 51.0}, release="final"))
    write(facts({100001: 40.0}, period=202223))
    assert held(store) == [
        (100001, 202223, "final", 40.0, "ok", 3),
        (100001, 202324, "provisional", 50.0, "ok", 1),
        (100001, 202324, "final", 51.0, "ok", 2),
    ]


def test_one_authority_wins_for_its_own_schools_only(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0, 100002: 60.0}))
    write(facts({100002: 66.0, 100003: 70.0}, scope="850"))
    assert held(store) == [
        (100001, 202324, "final", 50.0, "ok", 1),
        (100002, 202324, "final", 66.0, "ok", 2),
        (100003, 202324, "final", 70.0, "ok", 2),
    ]
    with store.connect() as connection:
        assert connection.execute(select(series.c.state)).scalars().all() == ["live", "live"]


def test_a_later_national_file_wins_over_an_earlier_extract(store: Engine, write: Writer) -> None:
    write(facts({100002: 66.0}, scope="850"))
    write(facts({100001: 50.0, 100002: 60.0}))
    assert [row[3] for row in held(store)] == [50.0, 60.0]


def test_every_row_and_reject_keeps_its_place_in_the_file(store: Engine, write: Writer) -> None:
    extract = facts({100001: 50.0})
    bad = rejects((3, "10000X", None, "10000X", "not a URN"), (4, "100004", "PTREAD_EXP", "abc", "not a number"))
    loaded = write(
        type(extract)(
            **{**{name: getattr(extract, name) for name in extract.__slots__}, "rejects": bad, "rows_read": 3}
        )
    )
    assert loaded.reasons == {"not a URN": 1, "not a number": 1}
    listed = read.rejects(store, 1)
    assert listed["reason"].tolist() == ["not a URN", "not a number"]
    with store.connect() as connection:
        assert connection.execute(select(source_row)).all() == [(1, 100001, 2)]
        row = connection.execute(select(source_file)).one()
    assert (row.rows_read, row.rows_kept, row.rows_rejected) == (3, 1, 2)


def test_a_long_files_rows_are_kept_where_they_differ_from_the_schools_first(store: Engine, write: Writer) -> None:
    reading = facts({100001: 50.0, 100002: 60.0}).tables["measurement"].assign(row=[9, 4])
    mathematics = facts({100001: 40.0, 100002: 70.0}, measure="ks2_mathematics_expected_pct").tables["measurement"]
    both = pd.concat([reading, mathematics.assign(row=[2, 4])])
    write(
        replace(facts({}), tables={"measurement": both}, rows_kept=2)
    )  # 100001 stands in rows 9 and 2, 100002 in row 4 alone
    with store.connect() as connection:
        rows = connection.execute(select(source_row).order_by(source_row.c.school_id)).all()
        columns = (measure.c.key, series_row.c.school_id, series_row.c.row)
        named = select(*columns).where(
            series.c.series_id == series_row.c.series_id, measure.c.measure_id == series.c.measure_id
        )
        differing = connection.execute(named).all()
    assert rows == [(1, 100001, 2), (1, 100002, 4)]
    assert differing == [("ks2_reading_expected_pct", 100001, 9)]


def test_schools_are_matched_by_phase(store: Engine, write: Writer) -> None:
    write(register({100001: "Oak", 100002: "Ash"}, date(2024, 9, 1)))
    loaded = write(facts({100001: 50.0, 100009: 60.0}))
    assert loaded.matched == {"not in the register": 1, "primary": 1}


@pytest.mark.parametrize(
    ("extract", "error"),
    [
        (facts({100001: 50.0}, measure="no_such_measure"), CatalogueError),
        (
            snapshot("ks2", None, {"measurement": pd.concat([facts({100001: 50.0}).tables["measurement"]] * 2)}),
            SourceFormatError,
        ),
    ],
)
def test_a_refused_file_leaves_the_store_as_before(store: Engine, write: Writer, extract: object, error: type) -> None:
    write(facts({100001: 50.0}))
    before = dump(store)
    with pytest.raises(error):
        write(extract)  # type: ignore[arg-type]
    assert dump(store) == before


def test_a_failure_half_way_leaves_the_store_as_before(
    store: Engine, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(facts({100001: 50.0}))
    before = dump(store)

    def broken(*arguments: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("data.store.load.settle", broken)
    with pytest.raises(RuntimeError):
        write(facts({100001: 99.0}))
    assert dump(store) == before
    with store.connect() as connection:
        for table in (measurement, series, source_file):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(reject)).scalar() == 0


def test_a_value_beside_a_mark_is_a_fault_of_the_source(write: Writer) -> None:
    extract = facts({100001: 50.0})
    wrong = extract.tables["measurement"].assign(status="suppressed")
    with pytest.raises(ValueError, match="a value beside a status"):
        write(type(extract)("ks2", "final", "england", 202324, None, {"measurement": wrong}, rejects(), (), 1, 1))


def test_the_measures_own_source_wins_over_one_that_has_it_as_well(store: Engine, write: Writer) -> None:
    """A tidy file loaded after the tables has no counts of pupils: it must not take them away."""
    write(facts({100001: 50.0}))
    tidy = facts({100001: 51.0, 100002: 61.0})
    write(replace(tidy, source="ees_ks2_attainment"))
    found = read.inputs(store).measurement
    assert found[["urn", "value"]].values.tolist() == [[100001, 50.0], [100002, 61.0]]
    told = traces(store, 100001, "ks2_reading_expected_pct")
    assert [(one.source, one.value, one.used) for one in told] == [
        ("ees_ks2_attainment", 51.0, False),
        ("ks2", 50.0, True),
    ]

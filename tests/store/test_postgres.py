"""PostgreSQL beside SQLite: the same files give the same frames, and what a server adds (locks, rights, a lost line) is a sentence."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from sqlalchemy import Engine, create_engine, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite

from data import intake
from data.access.scope import everything
from data.catalogue import StoreError
from data.sample import generate
from data.store import dialect, read
from data.store import load as loading
from data.store.engine import StorePlace, engine
from data.store.schema import inspection, measurement, reject, source_file
from data.store.summary import summary
from tests.store.conftest import Databases, Writer, facts, rejects, snapshot

ROOT = Path(__file__).parents[2]
only_postgresql = pytest.mark.parametrize("where", ["postgresql"], indirect=True)


@contextmanager
def beside(store: Engine) -> Iterator[psycopg.Connection]:
    """Another program's connection to the same database."""
    with psycopg.connect(str(make_url(store.url).set(drivername="postgresql"))) as other:
        yield other


def count(store: Engine) -> int:
    with store.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(measurement)).scalar_one())


def test_the_sample_is_read_alike_from_both(tmp_path: Path, databases: Databases) -> None:
    files = generate(tmp_path / "files", seed=1)
    with databases.another() as address:
        places = [
            StorePlace("sample", tmp_path / "a", f"sqlite:///{tmp_path}/a/x"),
            StorePlace("sample", tmp_path / "b", address),
        ]
        reports = [intake.load(everything(), [files.first], place) for place in places]
        ours, theirs = (engine(place) for place in places)
        assert [(one.file, one.outcome, one.kept) for one in reports[0]] == [
            (one.file, one.outcome, one.kept) for one in reports[1]
        ]
        left, right = read.inputs(ours), read.inputs(theirs)
        assert (len(left.school), left.measurement["value"].notna().sum()) == (
            len(right.school),
            right.measurement["value"].notna().sum(),
        )
        for field in fields(left):
            assert_alike(getattr(left, field.name), getattr(right, field.name))
        assert summary(ours) == summary(theirs)
        for number in left.source_file["source_file_id"]:
            pd.testing.assert_frame_equal(read.rejects(ours, number), read.rejects(theirs, number))
        theirs.dispose()


def assert_alike(left: pd.DataFrame, right: pd.DataFrame) -> None:
    moments = [name for name in ("received",) if name in left.columns]  # when a file came in differs between two loads
    pd.testing.assert_frame_equal(left.drop(columns=moments), right.drop(columns=moments))


def test_text_is_kept_letter_by_letter(store: Engine, write: Writer) -> None:
    awkward = ["\\N", "a\tb\nc\r\nd", 'say "no", \\ %s', "", "Ysgol Tŷ’r", "\\."]
    rows = [(at, "10000X", None, raw, "not a URN") for at, raw in enumerate(awkward, start=2)]
    extract = facts({100001: 50.0})
    kept = {name: getattr(extract, name) for name in extract.__slots__}
    write(type(extract)(**{**kept, "rejects": rejects(*rows), "rows_read": 7}))
    assert read.rejects(store, 1)["raw"].tolist() == awkward


def test_the_order_is_the_same_missing_first(store: Engine, write: Writer) -> None:
    frame = pd.DataFrame({"urn": 100001, "event": "graded", "number": ["b", "a", "B", None], "row": range(2, 6)})
    write(
        snapshot(
            "ofsted_mi",
            date(2024, 9, 1),
            {"inspection": frame.assign(start_date=pd.to_datetime(["2024-01-01"] * 3 + [None]))},
        )
    )
    numbers = read.inputs(store).inspection["number"]
    assert numbers.astype(object).where(numbers.notna(), None).tolist() == [None, "B", "a", "b"]


def test_text_is_ordered_by_code_point_whatever_the_database_was_made_for(store: Engine) -> None:
    with store.connect() as connection:
        text_order, number_order = dialect.ascending(connection, inspection.c.number, inspection.c.urn)
    spoken = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}[store.dialect.name]
    collated = {"sqlite": "", "postgresql": ' COLLATE "C"'}[store.dialect.name]
    assert str(text_order.compile(dialect=spoken)) == f"inspection.number{collated} ASC NULLS FIRST"
    assert str(number_order.compile(dialect=spoken)) == "inspection.urn ASC NULLS FIRST"


def test_a_reader_sees_one_moment(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0}))
    with store.connect() as reader:
        counted = select(func.count()).select_from(measurement)
        assert reader.execute(counted).scalar() == 1
        write(facts({100001: 60.0}, period=202223))
        assert reader.execute(counted).scalar() == 1
    assert count(store) == 2


def test_two_writers_at_once_take_turns(store: Engine, write: Writer) -> None:
    files = [facts({100001: float(at)}, period=at) for at in range(201011, 201017)]
    threads = [
        threading.Thread(target=write, args=(one,), kwargs={"sha256": f"{at:064x}"}) for at, one in enumerate(files)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(store) == 6
    with store.connect() as connection:
        assert connection.execute(select(func.count()).where(source_file.c.state == "live")).scalar() == 6


@only_postgresql
def test_a_store_locked_by_another_is_a_sentence(store: Engine, write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    write(facts({100001: 50.0}))
    monkeypatch.setattr(dialect, "BUSY_MILLISECONDS", 50)
    store.dispose()  # connections made before have the long wait
    with beside(store) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (dialect.LOCK,))
        with pytest.raises(StoreError, match="locked by another program"):
            write(facts({100001: 60.0}))
        assert count(store) == 1  # readers never wait
    write(facts({100001: 60.0}, period=202223))
    assert count(store) == 2


@only_postgresql
def test_a_line_lost_half_way_is_a_sentence_and_the_next_load_works(
    store: Engine, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(connection: object, *more: object) -> None:
        with beside(store) as other:
            gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            other.execute(gone)
        monkeypatch.undo()
        settle(connection, *more)

    settle = loading.settle
    monkeypatch.setattr(loading, "settle", cut)
    with pytest.raises(StoreError, match="cannot be reached"):
        write(facts({100001: 50.0}))
    assert count(store) == 0
    write(facts({100001: 50.0}))
    assert count(store) == 1


def test_a_server_that_is_not_there_is_a_sentence_without_the_password(tmp_path: Path) -> None:
    nowhere = StorePlace("own", tmp_path, "postgresql+psycopg://me:secret@127.0.0.1:1/none")
    with pytest.raises(StoreError, match="cannot be reached") as said:
        engine(nowhere)
    assert "secret" not in str(said.value)


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path, databases: Databases) -> None:
    address = make_url(databases.address).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match=r"cannot be reached.*Check ALONGSIDE_DATABASE_URL"):
        engine(StorePlace("own", tmp_path, address))


def test_another_driver_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"names no database.*postgresql\+psycopg://"):
        engine(StorePlace("own", tmp_path, "postgresql+psycopg_async://server/x"))


def test_a_user_without_rights_is_a_sentence(tmp_path: Path, databases: Databases) -> None:
    with databases.another(empty=True) as address:
        opened = create_engine(address, isolation_level="AUTOCOMMIT")
        with opened.connect() as connection:
            connection.execute(text("CREATE ROLE guest LOGIN"))
        opened.dispose()
        guest = make_url(address).set(username="guest").render_as_string(hide_password=False)
        with pytest.raises(StoreError, match="may not do this"):
            engine(StorePlace("own", tmp_path, guest))


@pytest.mark.parametrize(
    ("state", "words"),
    [("55P03", "locked"), ("40P01", "locked"), ("53100", "disk is full"), ("58030", "disk cannot be read"),
     ("42501", "may not do this"), ("28P01", "refuses the sign-in"), ("3D000", "refuses the sign-in"),
     ("53300", "cannot be reached"), ("57P01", "cannot be reached"), ("08006", "cannot be reached")],
)  # fmt: skip
def test_the_server_is_known_by_its_codes_not_its_language(state: str, words: str) -> None:
    found = dialect.store_error(psycopg.errors.lookup(state)("auf Deutsch"), "the place")
    assert isinstance(found, StoreError) and words in found.what


def test_what_nobody_can_mend_stays_the_error_it_is() -> None:
    unknown = psycopg.errors.lookup("42601")("syntax error")
    assert dialect.store_error(unknown, "the place") is unknown


@only_postgresql
def test_a_character_that_it_cannot_keep_is_a_sentence(store: Engine, write: Writer) -> None:
    with pytest.raises(StoreError, match="character that PostgreSQL cannot keep"):
        write(facts({100001: "SU\0PP"}))
    with store.connect() as connection:
        assert connection.execute(select(func.count()).select_from(source_file)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(reject)).scalar() == 0


def test_several_programs_may_bring_a_database_up_to_date_at_once(databases: Databases, tmp_path: Path) -> None:
    code = "from data.store.engine import *; import sys; engine(place('own')); sys.stdout.write('made')"
    with databases.another(empty=True) as address:
        there = {"ALONGSIDE_HOME": str(tmp_path), "ALONGSIDE_DATABASE_URL": address, "PATH": ""}
        children = [
            subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=there, stdout=subprocess.PIPE)
            for _ in range(3)
        ]
        assert [child.communicate()[0] for child in children] == [b"made"] * 3

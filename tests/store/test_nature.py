"""Sample and real schools never meet in one store."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data.catalogue import SourceFormatError
from data.store import engine as stores
from data.store import read
from data.store.nature import MixedNature, stored_nature
from tests.store.conftest import Writer, facts, register

DAY = date(2025, 9, 1)


@pytest.mark.parametrize(("first", "second", "nature"), [(100001, 900001, "real"), (900001, 100001, "sample")])
def test_the_first_load_fixes_the_nature(store: Engine, write: Writer, first: int, second: int, nature: str) -> None:
    write(facts({first: 50.0}))
    assert stored_nature(store) == nature
    with pytest.raises(MixedNature, match="never mixed"):
        write(facts({second: 50.0}))
    assert read.inputs(store).measurement["urn"].tolist() == [first]


def test_the_samples_place_takes_no_real_school_even_when_empty() -> None:
    opened = stores.engine(stores.place("sample"))
    with pytest.raises(MixedNature, match="never mixed"):
        Writer(opened, "sample")(facts({100001: 50.0}))
    assert stored_nature(opened) is None


def test_a_file_with_both_is_refused(write: Writer) -> None:
    with pytest.raises(SourceFormatError, match="mixes schools"):
        write(facts({100001: 50.0, 900001: 50.0}))


def test_a_real_school_in_an_authority_of_the_sample_is_refused(write: Writer) -> None:
    with pytest.raises(SourceFormatError, match="mixes schools"):
        write(register({100001: "Oak"}, DAY, la_code=991))


def test_a_copy_of_the_region_has_authorities_of_its_own(write: Writer, store: Engine) -> None:
    write(register({900001: "Quenby"}, DAY, la_code=715))
    assert stored_nature(store) == "sample"


def test_our_own_store_opens_with_its_first_file(write: Writer) -> None:
    assert stores.default_place().kind == "sample"
    write(register({100001: "Oak"}, DAY))
    assert stores.default_place().kind == "own"

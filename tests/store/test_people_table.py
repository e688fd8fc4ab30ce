"""The table of people: out and in again changes nothing; in whole or not at all, with each bad cell named."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data.access import accounts, audit
from data.access.people_table import TableRefused, csv_out, take_in
from data.access.scope import Grant, Scope, everything
from data.catalogue import PermissionDenied
from tests.store.conftest import Writer
from tests.store.people import NOW, fill

OWNER = everything()
GOOD = """email,name,role,partnership,school
Ann@ash.org,Ann Lée,director,10,
ann@ash.org,,adviser,LA850,
bea@ash.org,"Bea, Head",headteacher,,100001
cal@ash.org,,,,
root@ash.org,,administrator,,
"""


@pytest.fixture
def filled(store: Engine, write: Writer) -> Engine:
    fill(write)
    return store


def refused(store: Engine, content: str | bytes) -> list[tuple[int, str]]:
    """Rows and columns of the bad cells; nothing must have changed."""
    before = (accounts.people(OWNER, store), len(audit.entries(OWNER, store)))
    with pytest.raises(TableRefused) as caught:
        take_in(OWNER, store, content.encode() if isinstance(content, str) else content, now=NOW)
    assert (accounts.people(OWNER, store), len(audit.entries(OWNER, store))) == before
    assert all(what for _, _, what in caught.value.bad)
    return [(row, column) for row, column, _ in caught.value.bad]


def test_a_table_invites_people_and_gives_roles(filled: Engine) -> None:
    taken = take_in(OWNER, filled, GOOD.encode(), now=NOW)
    assert (taken.invited, taken.given) == (4, 4)
    found = accounts.people(OWNER, filled)
    assert [(one.email, one.name, [(held.role, held.uid, held.urn) for held in one.holds]) for one in found] == [
        ("ann@ash.org", "Ann Lée", [("director", "10", None), ("adviser", "LA850", None)]),
        ("bea@ash.org", "Bea, Head", [("headteacher", None, 100001)]),
        ("cal@ash.org", "", []),
        ("root@ash.org", "", [("administrator", None, None)]),
    ]


def test_out_and_in_again_changes_nothing(filled: Engine) -> None:
    take_in(OWNER, filled, GOOD.encode(), now=NOW)
    closed = accounts.invite(OWNER, filled, "old@ash.org", now=NOW)
    accounts.close(OWNER, filled, closed.account_id, now=NOW)
    before, content = accounts.people(OWNER, filled), csv_out(OWNER, filled)
    assert b"old@ash.org" not in content and content.startswith(b"\xef\xbb\xbfemail,name,role,partnership,school\r\n")
    taken = take_in(OWNER, filled, content, now=NOW)
    assert (taken.invited, taken.given, accounts.people(OWNER, filled)) == (0, 0, before)
    semicolons = content.decode("utf-8-sig").replace('"Bea, Head"', "Bea").replace(",", ";").encode()
    assert take_in(OWNER, filled, semicolons, now=NOW).given == 0


def test_one_bad_cell_and_nothing_is_taken_in(filled: Engine) -> None:
    bad = GOOD + (
        "аnn@ash.org,,auditor,,\n"  # row 7: a Cyrillic letter
        "dan@ash.org,a\u202eb,auditor,,\n"
        "dan@ash.org,,king,,\n"
        "dan@ash.org,,director,,\n"
        "dan@ash.org,,director,99,\n"
        "dan@ash.org,,headteacher,,12\n"
        "dan@ash.org,,headteacher,,999999\n"
        "dan@ash.org,,auditor,10,\n"
        "dan@ash.org,,,10,\n"
        "dan@ash.org,,auditor,,,more\n"
        ",,auditor,,\n"
        "x,=cmd|' /C calc'!A0,auditor,,١٢٣٤٥٦\n"
        f"{'x' * 501}@ash.org,,auditor,,\n"
    )
    assert refused(filled, bad) == [
        (7, "email"), (8, "name"), (9, "role"), (10, "partnership"), (11, "partnership"), (12, "school"), (13, "school"),
        (14, "partnership"), (15, "role"), (16, ""), (17, "email"), (18, "email"), (18, "name"), (18, "school"), (19, "email"),
    ]  # fmt: skip


def test_a_role_for_a_closed_account_is_a_bad_cell(filled: Engine) -> None:
    closed = accounts.invite(OWNER, filled, "ann@ash.org", now=NOW)
    accounts.close(OWNER, filled, closed.account_id, now=NOW)
    assert refused(filled, GOOD) == [(2, "email"), (3, "email")]


@pytest.mark.parametrize(
    ("content", "bad"),
    [
        (b"", [(1, "email"), (1, "role")]),
        (b"name\nAnn\n", [(1, "email"), (1, "role")]),
        (b"email,role,email\na@b.org,,\n", [(1, "email")]),
        (b"email,role,password\na@b.org,,x\n", [(1, "password")]),
        (b"PK\x03\x04\0\0", [(1, "")]),
        (b"\xff\xfee\0m\0", [(1, "")]),
        ("email,role,name\na@b.org,,Lée\n".encode("cp1252"), [(1, "")]),
        (b"email,role\n\"a@b.org,\n", [(1, "")]),
        (b"email,role\n" + b"a@b.org,\n" * 5_001, [(5002, "")]),
        (b"email,role\n" + b"a" * 1_000_000, [(1, "")]),
    ],
)  # fmt: skip
def test_files_that_are_no_table_of_people(store: Engine, content: bytes, bad: list[tuple[int, str]]) -> None:
    assert refused(store, content) == bad


def test_only_who_manages_people_may(store: Engine) -> None:
    director = Scope(1, grants=(Grant("director", uid="10"), Grant("auditor")))
    with pytest.raises(PermissionDenied):
        csv_out(director, store)
    with pytest.raises(PermissionDenied):
        take_in(director, store, GOOD.encode(), now=NOW)

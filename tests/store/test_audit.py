"""The audit: what a row may hold, who may read it, and that neither database lets a row be changed or removed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from data.access import accounts, audit, sign_ins
from data.access.names import HERE
from data.access.scope import Grant, Scope, everything, nobody
from data.catalogue import PermissionDenied
from data.store import dialect
from tests.store.people import NOW, invited, minutes

OWNER = everything()


def rows(store: Engine) -> list[tuple[object, ...]]:
    with store.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM audit ORDER BY audit_id"))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'nothing'",
        "UPDATE audit SET detail = '{}' WHERE audit_id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE audit_id = 2",
        "TRUNCATE audit",
        "TRUNCATE audit CASCADE",
        "INSERT OR REPLACE INTO audit VALUES (1, 'x', NULL, '', 'x', 'x', NULL, NULL, '{}')",
        "INSERT INTO audit VALUES (1, 'x', NULL, '', 'x', 'x', NULL, NULL, '{}') "
        "ON CONFLICT (audit_id) DO UPDATE SET action = 'x'",
    ],
)
def test_no_row_is_changed_or_removed(store: Engine, statement: str) -> None:
    for subject in ("one", "two"):
        audit.record(store, OWNER, "edited", subject, now=NOW)
    before = rows(store)
    with pytest.raises(DatabaseError), dialect.writing(store) as connection:
        connection.execute(text(statement))
    assert rows(store) == before and len(before) == 2


def test_a_row_goes_with_the_callers_transaction(store: Engine) -> None:
    with pytest.raises(RuntimeError), dialect.writing(store) as connection:
        audit.record(store, OWNER, "edited", "one", now=NOW, connection=connection)
        raise RuntimeError
    assert rows(store) == []


def test_addresses_and_unseen_characters_are_left_out(store: Engine) -> None:
    detail = {
        "file": "for ann@ash.org.csv",
        "n": 3,
        "keys": ["a", "b@c.d"],
        "long": "x" * 999,
        "none": None,
        "yes": True,
    }
    audit.record(
        store, OWNER, "imported", "file\u202e 1\0\n<ann@ash.org>", uid="10", urn=100001, detail=detail, now=NOW
    )
    found = audit.entries(OWNER, store).iloc[0]
    assert (found["uid"], found["urn"]) == ("10", 100001) and found["subject"].endswith(audit.LEFT_OUT)
    assert (
        "@" not in found["subject"] + found["detail"]
        and "\0" not in found["subject"]
        and "\u202e" not in found["subject"]
    )
    assert '"n": 3' in found["detail"] and '"keys": ["a", "(left out)"]' in found["detail"]
    assert '"none": null' in found["detail"] and '"yes": true' in found["detail"] and "x" * 201 not in found["detail"]
    with pytest.raises(ValueError, match="no action"):
        audit.record(store, OWNER, "nothing", "x", now=NOW)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zone"):
        audit.record(store, OWNER, "edited", "x", now=NOW.replace(tzinfo=None))


def test_entries_are_found_by_day_and_action_the_newest_first(store: Engine) -> None:
    for at, action in ((0, "edited"), (10, "downloaded"), (20, "edited")):
        audit.record(store, OWNER, action, f"at {at}", now=minutes(at))  # type: ignore[arg-type]
    found = audit.entries(OWNER, store)
    assert found["subject"].tolist() == ["at 20", "at 10", "at 0"] and tuple(found.columns) == audit.COLUMNS
    assert audit.entries(OWNER, store, since=minutes(10))["subject"].tolist() == ["at 20", "at 10"]
    assert audit.entries(OWNER, store, until=minutes(10))["subject"].tolist() == ["at 0"]
    assert audit.entries(OWNER, store, action="edited", limit=1)["subject"].tolist() == ["at 20"]
    assert audit.entries(OWNER, store, action="' OR 1=1 --").empty


def test_administrators_and_auditors_read_the_audit_and_nobody_else(store: Engine) -> None:
    for role, over in (("director", {"uid": "10"}), ("headteacher", {"urn": 1}), ("governor", {"uid": "10"}), ("adviser", {"uid": "10"})):  # fmt: skip
        with pytest.raises(PermissionDenied):
            audit.entries(Scope(1, grants=(Grant(role, **over),)), store)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        audit.entries(nobody(), store)
    assert all(audit.entries(Scope(1, grants=(Grant(role),)), store).empty for role in ("administrator", "auditor"))  # type: ignore[arg-type]


def test_a_head_reads_who_opened_their_own_schools_pages(store: Engine) -> None:
    made = invited(store, "ann@ash.org", "auditor")
    adviser = sign_ins.scope_of(store, made.account_id)
    audit.record(store, adviser, "opened_school", "my_school", urn=100001, now=NOW)
    audit.record(store, OWNER, "opened_school", "why", urn=100001, now=minutes(1))
    audit.record(store, OWNER, "opened_school", "why", urn=100002, now=minutes(1))
    audit.record(store, OWNER, "downloaded", "why", urn=100001, now=minutes(1))
    head = Scope(9, grants=(Grant("headteacher", urn=100001),))
    found = audit.opened(head, store, 100001)
    assert found.drop(columns="at").to_numpy().tolist() == [[HERE, "", "why"], ["account 1", "auditor", "my_school"]]
    with pytest.raises(PermissionDenied):
        audit.opened(head, store, 100002)
    with pytest.raises(PermissionDenied):
        audit.opened(Scope(9, grants=(Grant("director", uid="10", members=frozenset({100001})),)), store, 100001)
    accounts.close(OWNER, store, made.account_id, now=NOW)
    assert audit.opened(head, store, 100001)["who"].tolist()[1] == "account 1"

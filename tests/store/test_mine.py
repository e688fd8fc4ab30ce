"""What a person keeps for themselves: nobody else's role reaches it, removing removes, exporting and erasing take it along."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, select

from data.access import audit, persons, sign_ins
from data.access.scope import Scope, everything, nobody
from data.access.settings import Settings
from data.catalogue import AlongsideError, PermissionDenied
from data.register import mine, rows
from data.register.declared import REGISTERS
from data.register.free_text import free_text
from data.register.rows import NoSuchEntry
from data.register.values import BadValues
from data.store.schema_private import entry, entry_version
from tests.store.conftest import Writer
from tests.store.people import NOW, fill, identity, invited, minutes

OWNER = everything()
SECRET = "keep=100001-100003"
VIEW = {"name": "Reading: three to visit", "page": "support_plan", "query": f"data=own&{SECRET}", "figures": "abc"}


@pytest.fixture
def filled(store: Engine, write: Writer) -> Engine:
    """An administrator, a director of trust 10, its auditor, and two heads of one school."""
    fill(write)
    invited(store, "root@ash.org", "administrator")
    invited(store, "ann@ash.org", "director", uid="10")
    invited(store, "eye@ash.org", "auditor")
    for email in ("head@ash.org", "other@ash.org"):
        invited(store, email, "headteacher", urn=100001)
    return store


def scope(store: Engine, email: str) -> Scope:
    return sign_ins.open_scope(store, identity(email, name="Somebody"), Settings(), now=NOW)


def stored(store: Engine) -> str:
    with store.connect() as connection:
        tables = [connection.execute(select(table)).all() for table in (entry, entry_version)]
    return "\n".join(str(tuple(row)) for table in tables for row in table)


def test_kept_read_and_removed(filled: Engine) -> None:
    ann = scope(filled, "ann@ash.org")
    made = mine.keep(ann, filled, "saved_view", VIEW, now=NOW)
    assert dict(made.values) == VIEW
    assert mine.keep(ann, filled, "saved_view", VIEW, now=minutes(1)).entry_id == made.entry_id  # once
    assert [one.entry_id for one in mine.kept(ann, filled, "saved_view")] == [made.entry_id]
    mine.remove(ann, filled, "saved_view", made.entry_id, now=minutes(2))
    assert mine.kept(ann, filled, "saved_view") == ()
    assert SECRET not in stored(filled)


@pytest.mark.parametrize("email", ["root@ash.org", "eye@ash.org", "head@ash.org", "other@ash.org", ""])
def test_nobody_else_reads_or_removes_it(filled: Engine, email: str) -> None:
    made = mine.keep(scope(filled, "ann@ash.org"), filled, "watch", {"watched": 100001}, now=NOW)
    other = scope(filled, email) if email else OWNER  # "": whoever sits at the computer itself, or its command line
    assert mine.kept(other, filled, "watch") == ()
    with pytest.raises(NoSuchEntry):
        mine.remove(other, filled, "watch", made.entry_id, now=NOW)
    with pytest.raises(NoSuchEntry):
        rows.entry(other, filled, made.entry_id)
    with pytest.raises(NoSuchEntry):
        rows.withdraw(other, filled, made.entry_id, version=1, now=NOW)
    with pytest.raises(PermissionDenied):
        rows.entries(other, filled, "mine:watch")
    assert len(mine.kept(scope(filled, "ann@ash.org"), filled, "watch")) == 1


def test_no_table_of_entries_lists_it() -> None:
    assert not mine.KINDS.keys() & REGISTERS.keys()


def test_at_this_computer_and_by_nobody(filled: Engine) -> None:
    mine.keep(OWNER, filled, "watch", {"watched": 100003}, now=NOW)
    assert [one.values["watched"] for one in mine.kept(OWNER, filled, "watch")] == [100003]
    assert mine.kept(scope(filled, "ann@ash.org"), filled, "watch") == ()
    for refused in (nobody(), Scope(99, "without a role")):
        with pytest.raises(PermissionDenied):
            mine.kept(refused, filled, "watch")
        with pytest.raises(PermissionDenied):
            mine.keep(refused, filled, "watch", {"watched": 100003}, now=NOW)


def test_what_is_wrong_is_refused_and_writes_nothing(filled: Engine) -> None:
    for values in ({"name": "", "page": "x"}, {"name": "a" * 81, "page": "x"}, {**VIEW, "query": "q" * 4001}, {}):
        with pytest.raises(BadValues):
            mine.keep(OWNER, filled, "saved_view", values, now=NOW)
    with pytest.raises(NoSuchEntry):
        mine.kept(OWNER, filled, "note")
    assert mine.kept(OWNER, filled, "saved_view") == ()


def test_there_is_an_end_to_what_one_person_keeps(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "MOST", 2)
    for urn in (100001, 100002):
        mine.keep(OWNER, filled, "watch", {"watched": urn}, now=NOW)
    with pytest.raises(AlongsideError, match="which is the most"):
        mine.keep(OWNER, filled, "watch", {"watched": 100003}, now=NOW)
    ann = scope(filled, "ann@ash.org")
    assert mine.keep(ann, filled, "watch", {"watched": 100003}, now=NOW).values["watched"] == 100003


def test_the_audit_says_that_and_never_what(filled: Engine) -> None:
    ann = scope(filled, "ann@ash.org")
    made = mine.keep(ann, filled, "watch", {"watched": 100001}, now=NOW)
    mine.remove(ann, filled, "watch", made.entry_id, now=NOW)
    told = audit.entries(scope(filled, "root@ash.org"), filled)
    told = told[told["subject"] == f"watch {made.entry_id}"]
    assert len(told) == 2
    assert told["urn"].isna().all()
    assert "100001" not in told.to_csv()


def test_exported_with_the_person_and_with_nobody_else(filled: Engine) -> None:
    ann, head = scope(filled, "ann@ash.org"), scope(filled, "head@ash.org")
    mine.keep(ann, filled, "saved_view", VIEW, now=NOW)
    mine.keep(head, filled, "watch", {"watched": 100003}, now=NOW)
    hers = json.dumps(persons.export_person(ann, filled, ann.account_id or 0, now=NOW))
    assert SECRET in hers and "100003}" not in hers.replace(SECRET, "")
    theirs = json.dumps(persons.export_person(head, filled, head.account_id or 0, now=NOW))
    assert SECRET not in theirs and '"watched": 100003' in theirs


def test_erased_whole_with_the_person(filled: Engine) -> None:
    ann, head = scope(filled, "ann@ash.org"), scope(filled, "head@ash.org")
    mine.keep(ann, filled, "saved_view", VIEW, now=NOW)
    mine.keep(ann, filled, "watch", {"watched": 100002}, now=NOW)
    mine.keep(head, filled, "watch", {"watched": 100003}, now=NOW)
    persons.erase_person(scope(filled, "root@ash.org"), filled, ann.account_id or 0, now=NOW, free_text=free_text())
    left = stored(filled)
    assert SECRET not in left and "Reading" not in left and "100002" not in left
    assert "100003" in left

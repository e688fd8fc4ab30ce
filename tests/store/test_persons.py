"""A person's data: everything kept is declared, exported whole, and gone once the person is erased, but for a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import SQLAlchemyError

from data.access import accounts, audit, limits, persons, sign_ins
from data.access.names import ERASED
from data.access.people_cells import PersonRefused
from data.access.persons import ERASED_WORDS, NOT_PERSONAL, PERSONAL
from data.access.scope import Scope, everything
from data.access.settings import Settings
from data.catalogue import PermissionDenied, StoreError
from data.register import rows as registers
from data.register.declared import REGISTERS
from data.register.free_text import free_text
from data.store import schema_private
from tests.store.conftest import Writer
from tests.store.people import NOW, fill, identity, invited, minutes

OWNER = everything()


@pytest.fixture
def filled(store: Engine, write: Writer) -> Engine:
    """Two directors of trust 10, and an administrator who is in."""
    fill(write)
    invited(store, "root@ash.org", "administrator")
    for email in ("ann@ash.org", "bea@ash.org"):
        invited(store, email, "director", uid="10")
    return store


def scope(store: Engine, email: str) -> Scope:
    return sign_ins.open_scope(store, identity(email, name="Ann Secret-Name"), Settings(), now=NOW)


def everything_in(store: Engine) -> str:
    """All that the private tables hold, as text."""
    with store.connect() as connection:
        return "\n".join(
            str(tuple(row))
            for name in schema_private.metadata.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        )


def test_every_column_of_the_private_tables_is_declared() -> None:
    declared = [(one.table, one.column) for one in PERSONAL]
    declared += [(table, column) for table, columns in NOT_PERSONAL.items() for column in columns]
    there = [(table.name, column.name) for table in schema_private.metadata.tables.values() for column in table.columns]
    assert sorted(declared) == sorted(there)
    assert all(one.what and one.why and one.how_long for one in PERSONAL)


def test_free_text_is_what_people_type() -> None:
    assert (
        free_text()["note"] == {"words"} and free_text()["ask"] == {"words"} and free_text()["showing"] == frozenset()
    )
    assert free_text().keys() == REGISTERS.keys()


def test_an_export_has_everything_of_the_person_and_nothing_of_others(filled: Engine) -> None:
    ann, bea = scope(filled, "ann@ash.org"), scope(filled, "bea@ash.org")
    registers.add(ann, filled, "note", {"words": "Ann wrote this."}, uid="10", urn=100001, now=NOW)
    registers.add(bea, filled, "note", {"words": "Bea wrote that."}, uid="10", urn=100001, now=NOW)
    limits.take(filled, ann, "download", now=NOW)
    found = persons.export_person(ann, filled, 2, now=minutes(1))
    whole = json.dumps(found)
    assert found["account"]["email"] == "ann@ash.org" and found["account"]["subject"] == "ann@ash.org"
    assert [row["role"] for row in found["roles"]] == ["director"] and len(found["sign_ins"]) == 1
    assert {row["kind"] for row in found["heavy_work"]} == {"download", "export_person"}
    assert [(row["register"], row["urn"], row["data"]["words"]) for row in found["entered"]] == [
        ("note", 100001, "Ann wrote this.")
    ]
    assert [row["action"] for row in found["done_by_the_person"]] == ["signed_in", "edited"]
    assert [row["action"] for row in found["done_to_the_account"]] == ["people_changed", "people_changed"]
    assert "bea" not in whole.lower() and "root" not in whole
    assert audit.entries(OWNER, filled, action="exported_person")["subject"].tolist() == ["account 2"]


def test_others_are_exported_and_erased_by_administrators_only(filled: Engine) -> None:
    ann, root = scope(filled, "ann@ash.org"), scope(filled, "root@ash.org")
    with pytest.raises(PermissionDenied):
        persons.export_person(ann, filled, 3, now=NOW)
    for account_id in (2, 3):  # not even oneself
        with pytest.raises(PermissionDenied):
            persons.erase_person(ann, filled, account_id, now=NOW)
    assert persons.export_person(root, filled, 3, now=NOW)["account"]["email"] == "bea@ash.org"
    for refused in (
        lambda: persons.export_person(root, filled, 77, now=NOW),
        lambda: persons.erase_person(root, filled, 77, now=NOW),
    ):
        with pytest.raises(StoreError):
            refused()


def test_an_erased_person_is_a_number(filled: Engine) -> None:
    ann, bea, root = (scope(filled, f"{name}@ash.org") for name in ("ann", "bea", "root"))
    words = "Mrs Hill told me in confidence."
    first = registers.add(ann, filled, "note", {"words": words, "day": "2026-05-01"}, uid="10", urn=100001, now=NOW)
    changed = registers.change(
        ann, filled, first.entry_id, {"words": "Second words of hers, rather long."}, version=1, now=NOW
    )
    carried = {"words": f"{changed.values['words']} And what Bea adds."}
    registers.change(bea, filled, first.entry_id, carried, version=2, now=NOW)
    second = registers.add(bea, filled, "note", {"words": "Bea's own."}, uid="10", urn=100001, now=NOW)
    registers.change(ann, filled, second.entry_id, {"day": "2026-06-01"}, version=1, now=NOW)
    limits.take(filled, ann, "download", now=NOW)
    before = len(audit.entries(OWNER, filled, limit=None))
    persons.erase_person(root, filled, 2, now=minutes(1), free_text=free_text())

    found = accounts.person(OWNER, filled, 2)
    assert (found.email, found.name, found.state, found.grants) == ("", "", "erased", ())
    whole = everything_in(filled)
    for gone in ("ann@ash.org", "mark ann", "Mrs Hill", "confidence", "Second words", "rather long"):
        assert gone not in whole, gone
    note = registers.entry(bea, filled, first.entry_id)
    assert note.values["words"] == f"{ERASED_WORDS} And what Bea adds." and note.values["day"] is not None
    history = registers.history(bea, filled, first.entry_id)
    assert [one.values["words"] for one in history[:2]] == [ERASED_WORDS, ERASED_WORDS]
    assert registers.entry(bea, filled, second.entry_id).values["words"] == "Bea's own."  # she only changed its day
    after = audit.entries(OWNER, filled, limit=None)
    assert len(after) == before + 1 and after["action"].iloc[0] == "erased_person" and (after["account_id"] == 2).any()
    assert accounts.names_of(filled, [2]) == {2: ERASED}
    with pytest.raises(PersonRefused):
        accounts.reopen(OWNER, filled, 2, now=NOW)
    with pytest.raises(PersonRefused):
        accounts.give(OWNER, filled, 2, "auditor", now=NOW)
    with pytest.raises(PersonRefused):
        accounts.close(OWNER, filled, 2, now=NOW)
    assert persons.export_person(root, filled, 2, now=NOW)["account"]["email"] is None


def test_the_files_of_the_store_hold_nothing_of_an_erased_person(filled: Engine) -> None:
    if filled.url.database is None or filled.dialect.name != "sqlite":
        pytest.skip("the files of a PostgreSQL server are its own")
    ann = scope(filled, "ann@ash.org")
    made = registers.add(
        ann, filled, "note", {"words": "Quokka. " + "abcd " * 700}, uid="10", urn=100001, now=NOW
    )  # fmt: skip
    registers.change(ann, filled, made.entry_id, {"words": "Quokka. " * 400}, version=1, now=NOW)
    assert ann.account_id is not None
    persons.erase_person(OWNER, filled, ann.account_id, now=NOW, free_text=free_text())
    files = [Path(filled.url.database + end) for end in ("", "-wal", "-journal")]
    held = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"SQLite" in held
    assert [word for word in (b"Quokka", b"ann@ash", b"Secret-Name") if word in held] == []


def test_an_error_of_the_store_holds_no_row(filled: Engine) -> None:
    with pytest.raises(SQLAlchemyError) as caught, filled.begin() as connection:
        row = {"email": "ann@ash.org", "name": "Ann Secret-Name", "state": "invited", "created": "x"}
        connection.execute(insert(schema_private.account).values(row))
    assert "Secret-Name" not in str(caught.value)


def test_without_a_list_of_free_fields_every_text_of_theirs_goes(filled: Engine) -> None:
    ann = scope(filled, "ann@ash.org")
    made = registers.add(ann, filled, "note", {"words": "Hers", "day": "2026-05-01"}, uid="10", urn=100001, now=NOW)
    persons.erase_person(OWNER, filled, 2, now=NOW)
    with filled.connect() as connection:
        data = json.loads(connection.execute(text("SELECT data FROM entry")).scalar())  # type: ignore[arg-type]
    assert made.entry_id and set(data.values()) == {ERASED_WORDS}


@pytest.mark.parametrize(
    ("held", "said", "left"),
    [
        ("ok", "ok", ERASED_WORDS),
        ("It looks fine", "ok", "It looks fine"),  # two letters of hers in a word of somebody else's
        ("Before. Mrs Hill left. After.", "Mrs Hill left.", f"Before. {ERASED_WORDS} After."),
        (
            "Mrs Hill told me in comfidence",
            "Mrs Hill told me in confidence",
            ERASED_WORDS,
        ),  # a letter mended by another
        ("Something else altogether", "Mrs Hill told me in confidence", "Something else altogether"),
    ],
)
def test_words_carried_on_by_others_go_too(held: str, said: str, left: str) -> None:
    assert persons._blanked(held, said) == left


def test_the_last_administrator_is_not_erased(filled: Engine) -> None:
    root = scope(filled, "root@ash.org")
    for by in (root, OWNER):
        with pytest.raises(PersonRefused, match="last administrator"):
            persons.erase_person(by, filled, 1, now=NOW)
    assert accounts.person(OWNER, filled, 1).email == "root@ash.org"

"""The commands about people: one sentence each, our own store always, and nothing changed by what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import pipeline
from data.access import accounts, audit
from data.access.scope import everything
from data.store.engine import engine, place


@pytest.fixture(autouse=True)
def alongside_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(pipeline.app, ["people", *(str(argument) for argument in arguments)])


def test_people_are_added_listed_closed_and_opened_again() -> None:
    assert "Nobody has an account yet" in run("list").stdout
    assert run("add", "Ann@Ash.org", "--role", "administrator", "--name", "Ann Lee").stdout == (
        "Ann Lee, ann@ash.org (invited): administrator\n"
    )
    assert run("add", "bea@ash.org").stdout == "bea@ash.org (invited): no role\n"
    assert run("add", "bea@ash.org", "--role", "auditor").stdout == "bea@ash.org (invited): auditor\n"
    assert run("close", "BEA@ash.org").stdout == "bea@ash.org (closed): auditor\n"
    assert run("reopen", "bea@ash.org").stdout == "bea@ash.org (invited): auditor\n"
    told = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [one["email"] for one in told] == ["ann@ash.org", "bea@ash.org"]
    assert told[1]["roles"] == [{"role": "auditor", "partnership": None, "school": None}]
    assert not place("sample").home.exists()
    assert set(audit.entries(everything(), engine(place("own")))["account_id"].isna()) == {True}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nonsense"), "This is no email address"),
        (
            ("add", "а@ash.org"),
            "The email address has a character that is not a plain letter (cyrillic small letter a)",
        ),
        (("add", "x@ash.org", "--role", "king"), "'king' is no role"),
        (("add", "x@ash.org", "--role", "director"), "The role director needs a partnership"),
        (
            ("add", "x@ash.org", "--role", "director"),
            "The role director needs a partnership. Choose it by its name on the page, or give its number, such as 2044 or LA850.",
        ),
        (
            ("add", "x@ash.org", "--role", "headteacher"),
            "The role headteacher needs a school. Choose it by its name on the page, or give its URN, six digits such as 100001.",
        ),
        (("add", "x@ash.org", "--role", "director", "--partnership", "99"), "No partnership has the number '99'"),
        (("add", "x@ash.org", "--school", "100001"), "There is no role"),
        (("close", "x@ash.org"), "Nobody has the address x@ash.org"),
        (("close", "ann@ash.org"), "This is the last administrator"),
        (("import", "nowhere.csv"), "nowhere.csv: the file cannot be read"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(arguments: tuple[str, ...], said: str) -> None:
    run("add", "ann@ash.org", "--role", "administrator")
    done = run(*arguments)
    assert done.exit_code == 1 and done.stderr.startswith(said), done.output
    assert "Traceback" not in done.output
    assert [one.email for one in accounts.people(everything(), engine(place("own")))] == ["ann@ash.org"]


def test_a_table_goes_in_whole_or_not_at_all_and_comes_out_again(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("email,role\nann@ash.org,administrator\nbea@ash.org,king\n")
    done = run("import", table)
    assert done.exit_code == 1 and "row 3, role: 'king' is no role" in done.stderr and "1 cell" in done.stderr
    assert accounts.people(everything(), engine(place("own"))) == ()
    table.write_text("email,role\nann@ash.org,administrator\nbea@ash.org,auditor\n")
    assert run("import", table).stdout == "Invited: 2. Roles given: 2.\n"
    out = tmp_path / "out.csv"
    assert run("export", "--out", out).exit_code == 0
    assert out.read_bytes() == run("export").stdout_bytes
    assert run("import", out).stdout == "Invited: 0. Roles given: 0.\n"

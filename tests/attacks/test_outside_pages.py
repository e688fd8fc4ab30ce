"""The command line, the environment and a provider's claims, with every input: a sentence and an exit code, never a fault."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from data.access import settings, sign_ins
from data.catalogue import AlongsideError
from data.register import values
from data.register.declared import REGISTERS, Field
from data.store import engine as stores
from data.store.engine import engine, place
from data.store.schema_private import account, audit
from pages.shell.door import claims
from pipeline import app
from tests.attacks.conftest import unchanged
from tests.attacks.inputs import EVERY, SHORT

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ARGUMENTS: tuple[Callable[[str], list[str]], ...] = (
    lambda text: ["import", text], lambda text: ["import", "--dry-run", text], lambda text: ["import", "a.csv", "--accept", text],
    lambda text: ["import", "a.csv", "--store", text], lambda text: ["undo", text], lambda text: ["explain", "--urn", text, "--measure", "ks2_reading_expected_pct"],
    lambda text: ["explain", "--urn", "900001", "--measure", text], lambda text: ["explain", "--urn", "900001", "--score", text],
    lambda text: ["explain", "--urn", "900001", "--score", "outcomes", "--phase", text],
    lambda text: ["explain", "--urn", "900001", "--measure", "ks2_reading_expected_pct", "--period", text],
    lambda text: ["export", text], lambda text: ["export", "needs", "--partnership", text], lambda text: ["export", "scores", "--format", text],
    lambda text: ["export", "strengths", "--store", text], lambda text: ["fetch", "--dry-run", text], lambda text: ["fetch", "--into", text, "--dry-run"],
    lambda text: ["explain", "--urn", text, "--score", "outcomes"], lambda text: ["choose", "--store", "nothing", "--seed", text], lambda text: ["status", "--store", text],
    lambda text: ["people", "add", text, "--role", "nothing"], lambda text: ["people", "add", "a@x.example", "--role", f"x{text}"],
    lambda text: ["people", "close", text], lambda text: ["people", "import", text], lambda text: [text], lambda text: ["status", text],
)  # fmt: skip
VARIABLES = (settings.IDLE, settings.LONGEST, settings.AHEAD, settings.OPEN_TO_ALL, settings.TRUSTED)


@pytest.mark.parametrize("form", range(len(ARGUMENTS)))
def test_no_argument_breaks_the_command_line(form: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command with a sixth of the inputs (all of them in the soak); every input comes to several commands."""
    run(ARGUMENTS[form], EVERY[form % 6 :: 6], home, monkeypatch)


@pytest.mark.soak
@pytest.mark.parametrize("form", range(len(ARGUMENTS)))
def test_no_argument_breaks_the_command_line_at_length(form: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(ARGUMENTS[form], EVERY, home, monkeypatch)


def run(words: Callable[[str], list[str]], texts: tuple[str, ...], home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    files = sorted(home.rglob("*"))
    for text in texts:
        for json_too in ([], ["--json"]) if len(text) < 40 and words("x")[0] not in ("x", "export") else ([],):
            result = CliRunner().invoke(app, [*words(text), *json_too])
            case = f"{words(text)!r}: {result.output[-500:]}"[:1500]
            assert result.exit_code in (0, 1, 2), case
            assert isinstance(result.exception, SystemExit | None), case
            assert "Traceback" not in result.output and "Something went wrong" not in result.output, case
            if result.exit_code != 2:  # a wrong call repeats what was typed, as Click does
                assert "\x1b[2J" not in result.output and "\x07" not in result.output and "\u202e" not in result.output
    assert [
        path
        for path in sorted(home.rglob("*"))
        if path not in files and path.suffix not in (".sqlite-shm", ".sqlite-wal")
    ] == []


def test_no_output_file_breaks_an_export(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only names that stay in the folder at hand: whoever types a path at a terminal may mean it."""
    monkeypatch.chdir(tmp_path)
    for text in (text for text in EVERY[::2] if not text.startswith(("/", "~")) and ".." not in text):
        result = CliRunner().invoke(app, ["export", "strengths", "--out", text])
        assert result.exit_code in (0, 1, 2) and "Traceback" not in result.output, repr(text)


@pytest.mark.parametrize("name", VARIABLES)
def test_no_setting_opens_more_than_it_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = settings.Settings()
    for text in (text for text in EVERY if "\0" not in text):
        monkeypatch.setenv(name, text)
        try:
            found = settings.settings()
        except AlongsideError as error:
            assert name in str(error) and len(str(error)) < 300
            continue
        assert not found.open_to_all
        assert 1 <= found.idle.total_seconds() / 60 <= 24 * 60 and 1 <= found.longest.total_seconds() / 3600 <= 24 * 7
        assert 0 <= found.days_ahead <= 365
        if name == settings.TRUSTED:
            assert all(not set(one) & set(" \t\r\n") for one in found.trusted_issuers)
        elif text.strip():
            assert found != usual or text.strip() in ("0", "10", "30", "12", "no")


@pytest.mark.parametrize("name", ["ALONGSIDE_DATABASE_URL", "ALONGSIDE_HOME"])
def test_no_address_of_a_store_is_a_fault(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    outside = sorted(tmp_path.parent.iterdir())
    texts = [
        text
        for text in EVERY
        if "\0" not in text and not (name == "ALONGSIDE_HOME" and (text.startswith("/") or ".." in text))
    ]
    for text in texts[:: 1 if name == "ALONGSIDE_DATABASE_URL" else 8]:
        monkeypatch.setenv(name, text)
        stores._engine.cache_clear()
        try:
            engine(place("own")).dispose()
        except AlongsideError as error:
            assert 10 < len(str(error)) < 120_000
    assert sorted(tmp_path.parent.iterdir()) == outside
    stores._engine.cache_clear()


FIELDS = tuple((key, field) for key, one in REGISTERS.items() for field in one.fields.values())


@pytest.mark.parametrize(("key", "field"), FIELDS, ids=[f"{key} {field.key}" for key, field in FIELDS])
def test_no_value_of_a_register_is_kept_that_is_not_what_it_says(key: str, field: Field) -> None:
    register = REGISTERS[key]
    odd: tuple[Any, ...] = (
        *EVERY,
        math.nan,
        math.inf,
        -math.inf,
        -0.0,
        1e308,
        10**400,
        -1,
        True,
        b"x",
        [],
        {},
        object(),
        NOW,
    )
    for given in odd:
        found, bad = values.typed_all(register, {field.key: given})
        assert all(len(what) < 500 for _, what in bad)
        value = found.get(field.key)
        kept = values.kept({field.key: value})
        assert values.read_back(register, kept)[field.key] == value and json.loads(kept) is not None
        if isinstance(value, float):
            assert math.isfinite(value) and math.copysign(1, value) > 0
        if isinstance(value, str):
            assert len(value) <= max(field.most, 200) and not set(value) & set("\0\x1b\r\u202e\u2066\u200b\ufeff\u2028")


SOUND = {"iss": "https://issuer.example", "sub": "s1", "email": "auditor@trust.example", "email_verified": True, "name": "A",
         "nonce": "n1", "iat": NOW.timestamp(), "exp": NOW.timestamp() + 600}  # fmt: skip


@pytest.mark.parametrize("claim", SOUND)
def test_no_claim_of_a_provider_lets_anybody_else_in(claim: str, own_home: Path) -> None:
    """Each claim in turn is every input, and what is no text; nobody comes in but the person invited, bound to the provider."""
    own = engine(place("own"))
    odd: tuple[Any, ...] = (
        *EVERY,
        None,
        0,
        -1,
        1e308,
        math.nan,
        math.inf,
        10**30,
        [],
        ["a"],
        {},
        {"a": 1},
        True,
        False,
    )
    with unchanged(but=("audit", "sign_in", "account")):
        for given in odd:
            said = {**SOUND, claim: given}
            try:
                identity = claims.identity_of(said)
                sign_ins.open_scope(own, identity, settings.Settings(), now=NOW)
            except AlongsideError as error:
                assert 10 < len(str(error)) < 500
                continue
            assert claim in ("name", "nonce", "iat", "exp", "sub", "iss", "email_verified", "email")
            assert isinstance(identity.issuer, str) and isinstance(identity.subject, str) and identity.mark
    with own.connect() as connection:
        bound = connection.execute(select(account).where(account.c.subject.is_not(None))).mappings().all()
        assert len(bound) <= 1
        for row in bound:
            assert row["email"] == "auditor@trust.example" and row["name"].isprintable()
        for detail in connection.execute(select(audit.c.detail, audit.c.subject).where(audit.c.action.like("sign%"))):
            assert "@" not in "".join(detail) and len("".join(detail)) < 1_000
        assert connection.execute(select(func.count()).select_from(account)).scalar_one() == 6


def test_no_garbled_token_is_an_identity(own_home: Path) -> None:
    with unchanged(but=("audit",)):
        for text in SHORT:
            for given in (
                {},
                {"iss": text},
                {text: text},
                {"iss": text, "sub": text},
                {"iss": [text], "sub": {text: 1}, "nonce": text},
            ):
                with pytest.raises(AlongsideError):
                    sign_ins.open_scope(engine(place("own")), claims.identity_of(given), settings.Settings(), now=NOW)

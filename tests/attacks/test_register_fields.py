"""Hostile words in every field of every register, kept or refused, and drawn as text on every page that draws what people entered."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access.scope import everything
from data.catalogue import AlongsideError
from data.register import exchange, rows
from data.register.declared import REGISTERS
from data.store.engine import engine, place
from pages.shell.registry import PAGES
from tests.attacks import drawn
from tests.attacks.inputs import EVERY, MARKDOWN, MARKUP
from tests.attacks.test_links import opened
from tests.store.register_filled import Region, named_rows, whole_row
from tests.views import drive, region

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
VALE = Region(region.TRUST, 900001, 900003)
FEW = 40  # rows of a register for the pages: what is drawn of each is the same, and the texts go round over all of them
BY_PEOPLE = [key for key, one in REGISTERS.items() if one.typed_by_people]
FIELDS = {
    key: [field.key for field in REGISTERS[key].typed_by_people if field.kind in ("text", "link")]
    for key in BY_PEOPLE
}  # fmt: skip


def sown(store: Engine, key: str, texts: tuple[str, ...], named: dict[str, int]) -> list[int]:
    """Rows of a register with a hostile text in one field after the other; the numbers of those that were kept."""
    kept, sound = [], whole_row(key, 0, named, VALE)
    for at, text in enumerate(texts):
        field = REGISTERS[key].fields[FIELDS[key][at % len(FIELDS[key])]]
        said = {**sound, field.key: text[: field.most] if field.kind == "text" else text}
        with contextlib.suppress(AlongsideError):
            kept.append(rows.add(everything(), store, key, said, now=NOW, entered=True, **VALE.place(key)).entry_id)
    return kept


@pytest.fixture(scope="module")
def sown_home(_one_home: Path) -> Path:
    """One home with some hostile rows in each register."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(_one_home))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        store = engine(place("own"))
        marks = (*MARKUP, *MARKDOWN)
        for at, key in enumerate(one for one in BY_PEOPLE if FIELDS[one]):
            named = named_rows(store, key, VALE, now=NOW)
            texts = tuple((*marks, *EVERY)[(at * 7 + step) % (len(marks) + len(EVERY))] for step in range(FEW))
            assert len(sown(store, key, texts, named)) > FEW / 3, key
    return _one_home


def test_every_text_that_people_type_is_tried() -> None:
    assert sum(map(len, FIELDS.values())) >= 34
    assert [key for key in BY_PEOPLE if not FIELDS[key]] == ["group_school", "programme_school"]  # choices and numbers


@pytest.mark.parametrize("key", [key for key in BY_PEOPLE if FIELDS[key]])
def test_every_input_is_kept_as_harmless_text_or_refused(key: str, own_home: Path) -> None:
    store = engine(place("own"))
    named = named_rows(store, key, VALE, now=NOW)
    numbers = sown(store, key, EVERY, named)
    assert len(EVERY) / 4 < len(numbers) < len(EVERY)
    held = [one for one in rows.entries(everything(), store, key) if one.entry_id in set(numbers)]
    said = "".join(str(one.values[name]) for one in held for name in FIELDS[key])
    assert not set(said) & {"\0", "\x1b", "\u202e", "\u2066", "\u200b"}
    for name in FIELDS[key]:
        if REGISTERS[key].fields[name].kind == "link":
            assert all(str(one.values[name] or "https://").startswith("https://") for one in held)
    for name, out in (("a.csv", exchange.csv_out), ("a.xlsx", exchange.xlsx_out)):
        content = out(REGISTERS[key], held)
        if len(content) < 2 << 20:
            sent = exchange.read_upload(everything(), store, key, name, content, now=NOW)
            assert (sent.bad, sent.changes, sent.unchanged) == ((), (), len(held)), name


@pytest.mark.parametrize("key", BY_PEOPLE)
def test_what_was_kept_is_drawn_as_text_in_its_register(key: str, sown_home: Path, one_home: Path) -> None:
    at = shown("registers", register=key)
    numbers = [one.entry_id for one in rows.entries(everything(), engine(place("own")), key)]
    for number in numbers[:: max(len(numbers) // 4, 1)][-4:]:
        at.query_params["row"] = str(number)
        assert drawn.faults(at.run()) == [], number
        change = [one for one in at.button if one.key == "register_change"]
        if change:
            assert drawn.faults(change[0].click().run()) == [], number
            at.button(key="register_leave").click().run()


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_what_was_kept_is_drawn_as_text_on_every_page(key: str, sown_home: Path, one_home: Path) -> None:
    shown(key)


@pytest.mark.parametrize(("key", "param"), [("agreed_one", "agreement"), ("programme", "programme")])
def test_what_was_kept_is_drawn_as_text_where_one_row_has_a_page(
    key: str, param: str, sown_home: Path, one_home: Path
) -> None:
    numbers = [one.entry_id for one in rows.entries(everything(), engine(place("own")), param)]
    for number in numbers[:: max(len(numbers) // 8, 1)]:
        at = shown(key, **{param: str(number)})
        assert "The link asks for" not in drive.text(at), number


def shown(page: str, **more: str) -> AppTest:
    at = opened(page)
    for name, value in more.items():
        at.query_params[name] = value
    assert drawn.faults(at.run()) == [], page
    return at

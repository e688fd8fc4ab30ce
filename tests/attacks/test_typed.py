"""Everything that can be typed on any page, with hostile text: looked for, or written where it may be, and drawn again as text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import accounts
from data.access.scope import everything
from data.catalogue import AlongsideError
from data.intake import find_schools, save_partnership
from data.register import rows
from data.register.declared import REGISTERS
from data.store.engine import engine, place
from pages.shell.registry import PAGES
from tests.attacks import drawn
from tests.attacks.conftest import unchanged
from tests.attacks.inputs import EVERY, OVERSIZED, SHORT, rotated
from tests.attacks.test_links import opened
from tests.views import region

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
RUNS = 10
# Pages by what stands in their address when each of their forms is open.
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    *((spec.key, {}) for spec in PAGES),
    *(("registers", {"register": key}) for key, one in REGISTERS.items() if one.typed_by_people),
    ("similar_schools", {"part": "spending"}), ("similar_schools", {"part": "beside"}),
)  # fmt: skip


def fields(at: AppTest) -> list[object]:
    return [*at.text_input, *at.text_area]


@pytest.mark.parametrize(
    "form", range(len(FORMS)), ids=[f"{key} {' '.join(more.values())}".strip() for key, more in FORMS]
)
def test_what_is_typed_breaks_nothing_and_writes_nothing_by_itself(form: int, home: Path) -> None:
    key, more = FORMS[form]
    at = opened(key)
    for name, value in more.items():
        at.query_params[name] = value
    at.run()
    if not fields(at):
        return
    texts = (*SHORT, OVERSIZED[0], OVERSIZED[4])
    for given in rotated(texts, RUNS, len(fields(at)), start=form * RUNS):
        for one, value in zip(fields(at), given, strict=False):
            one.set_value(value)  # type: ignore[attr-defined]
        at.run()
        assert drawn.faults(at) == [], f"{key}: {given!r}"[:600]


def test_every_input_is_looked_for_and_found_nowhere(home: Path) -> None:
    """The search of the register and the pasted names, straight: all of them, in one list and one by one."""
    own = engine(place("own"))
    for text in (text for text in EVERY if "\n" in text or len(text) > 400):
        try:
            found = find_schools(own, text)
        except AlongsideError as error:
            assert "more than 1,000 lines" in str(error)
            continue
        assert set(found["found"]) <= {"none", "one", "several"}
        assert len(found) <= 10_000
    whole = find_schools(own, "\n".join(text for text in SHORT if "\n" not in text))
    assert not (whole["found"] == "one").any() or set(whole.loc[whole["found"] == "one", "urn"]) <= set(region.NAMES)


def test_names_of_partnerships_are_text_wherever_they_are_drawn(own_home: Path) -> None:
    """Saved under hostile names and shown: in the pickers, the headings, the files' names."""
    saved = []
    for text in SHORT[::2]:
        try:
            saved.append(save_partnership(everything(), place("own"), text, [900001, 900002]))
        except AlongsideError:
            continue
    assert len(saved) > 100
    for key in ("overview", "support", "my_school"):
        at = opened(key)
        for uid in saved[::90]:
            at.query_params["partnership"] = uid
            at.run()
            assert drawn.faults(at) == [], key


def test_words_in_registers_are_kept_and_drawn_as_text_or_refused(own_home: Path) -> None:
    kept = 0
    own = engine(place("own"))
    for text in EVERY:
        try:
            made = rows.add(
                everything(), own, "reply", {"about": text[:120], "words": text}, urn=900003, now=NOW, entered=True
            )
        except AlongsideError:
            continue
        kept += 1
        assert rows.entry(everything(), own, made.entry_id).values["words"] == made.values["words"]
        assert not set(str(made.values["words"])) & {"\0", "\x1b", "\u202e", "\u2066", "\u200b"}
    assert 180 < kept < len(EVERY)
    for key, more in (
        ("registers", {"register": "reply"}),
        ("our_reply", {"school": "900003"}),
        ("my_school", {"school": "900003"}),
    ):
        at = opened(key)
        for name, value in more.items():
            at.query_params[name] = value
        assert drawn.faults(at.run()) == [], key


def test_people_with_hostile_names_are_refused_or_drawn_as_text(own_home: Path) -> None:
    own, kept = engine(place("own")), 0
    for at, text in enumerate(EVERY):
        for email, name in ((f"p{at}@x.example", text), (text, "Name"), (f"{text}@x.example", "Name")):
            try:
                made = accounts.invite(everything(), own, email, name, now=NOW)
            except AlongsideError:
                continue
            kept += 1
            assert made.email.isascii() and made.email.isprintable() and len(made.email) < 255
            assert made.name.isprintable() and len(made.name) <= 100
    assert kept > 100
    for key in ("people", "audit", "privacy", "access_table"):
        assert drawn.faults(opened(key)) == [], key


def test_the_forms_that_write_say_no_in_a_sentence_or_write_it_as_text(own_home: Path) -> None:
    """Through the page itself, as a person would: a partnership's name, an invitation, a reply."""
    for text in SHORT[::30]:
        at = opened("people")
        at.text_input(key=next(one.key for one in at.text_input if "email" in str(one.key))).set_value(text)
        at.text_input(key=next(one.key for one in at.text_input if "name" in str(one.key))).set_value(text).run()
        button = [one for one in at.button if one.key == "people_invite"]
        if button and not button[0].disabled:
            button[0].click().run()
        assert drawn.faults(at) == [], repr(text)
    with unchanged(but=("membership", "group", "audit")):
        at = opened("own_schools")
        for text in SHORT[::70]:
            at.text_area(key="own_lines").set_value("900001\n900002").run()
            at.text_input(key="own_name").set_value(text).run()
            for one in [one for one in at.button if one.label.startswith("Save") and not one.disabled]:
                one.click().run()
            found = [one for one in drawn.faults(at) if "Could not find page" not in one]  # it goes on to the overview
            assert found == [], repr(text)
            at = opened("own_schools")

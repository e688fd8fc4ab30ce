"""A partnership called after a school of its own is named nowhere while names are hidden: not on a page, in a file or by its name."""

from __future__ import annotations

import pytest

from data.store import publish
from pages.components import downloads
from pages.reports.sheets import Pack
from pages.shell.boardroom import making
from tests.views import drive, region
from tests.views.signed_in import Person, opened

CALLED = "Oxleigh Road Learning Trust"
# Every page that says or writes whose schools it is about.
PAGES = (
    "overview_trusts", "agreed", "agreed_days", "agreed_map", "services", "did_it_help", "our_reply", "board", "board_present",
    "board_pack", "partnership",
)  # fmt: skip


@pytest.fixture
def files(person: Person, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were offered, of a trust that is called after a school of its own."""
    person.is_here()
    tables = region.tables()
    tables["partnership"].loc[tables["partnership"]["uid"].eq(region.TRUST), "name"] = CALLED
    publish.write(opened(), "later", "2026-12-01T09:30:00", {"inputs": []}, tables, keep=frozenset())
    names, button = list[str](), downloads.button

    def noted(label: str, make: object, file: str, *rest: object, **more: object) -> None:
        names.append(file)
        button(label, make, file, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(downloads, "button", noted)
    return names


def test_no_page_names_it_and_no_file_is_called_after_it(person: Person, files: list[str]) -> None:
    named = [key for key in PAGES if "Oxleigh" in person.sees(key, hide="1", school="900004")]
    assert not named and files and not [one for one in files if "oxleigh" in one]


def test_a_pack_made_while_names_are_hidden_is_our_trusts(
    person: Person, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Pack] = []

    def held(pack: Pack, apart: Pack | None, **_: object) -> making.Files:
        made.append(pack)
        return making.Files(b"", b"", b"", b"", 0.0)

    monkeypatch.setattr(making, "files", held)
    for hide, called, file in (("1", "our trust", "board-pack-our-trust-"), ("0", CALLED, "board-pack-oxleigh-road-")):
        at = person.opens("board_pack", hide=hide)
        files.clear()
        at.button(key="make_pack").click().run()
        assert not at.exception and f"A pack for the board of {called}" in drive.text(at)
        assert made[-1].title == called[:1].upper() + called[1:]
        assert files and all(one.startswith(file) for one in files)

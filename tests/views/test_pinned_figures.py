"""A link that names its figures: they are shown while they are kept, and said to be earlier; else the newest, with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from data.store import publish
from data.store.engine import engine, place
from data.store.publish import PublicationInfo
from data.store.schema import published
from pages.shell import pinning
from tests.views import drive, region
from tests.views.test_shell import page

LOOK = """
from pages.shell import session
from pages.components import words
view = session.guard("overview")
choice = session.chosen(view)
words.finding(f"{view.publication_id} {view.older}")
words.links({"Board": session.link("board"), "Own": session.link("overview", data="own")})
"""
NEWER, NEWER_MADE = "newer-publication", "2026-12-03T09:30:00"
EARLIER_SAID = "These are the figures of 21 November 2026, as the link asks. There are newer ones."
GONE_SAID = "The link was made on the figures of 21 November 2026, which are no longer kept. The newest are shown."


@pytest.fixture
def two(filled_home: Path) -> Path:
    publish.write(engine(place("sample")), NEWER, NEWER_MADE, {"inputs": []}, region.tables())
    return filled_home


def info(name: str, *, whole: bool = True) -> PublicationInfo:
    return PublicationInfo(name, NEWER_MADE, {}, ("school",) if whole else ())


@pytest.mark.parametrize(
    ("asked", "kept", "shown", "told"),
    [
        (None, None, "c", ""), ("c", None, "c", ""), ("b", None, "b", "earlier"), (None, "b", "b", "earlier"),
        ("a", None, "c", "gone"), (None, "a", "c", ""), ("x", None, "c", "unknown"), ("x", "b", "c", "unknown"),
        ("newest", "b", "c", ""), ("c", "b", "c", ""), (None, "x", "c", ""),
    ],
)  # fmt: skip
def test_which_figures_are_shown(asked: str | None, kept: str | None, shown: str, told: str) -> None:
    found, said, _ = pinning.settled((info("c"), info("b"), info("a", whole=False)), asked, kept)
    assert found is not None
    assert (found.publication_id, said) == (shown, told)
    assert pinning.settled((), asked, kept) == (None, "", None)


def test_earlier_figures_are_shown_and_stay_until_the_newest_are_asked_for(two: Path) -> None:
    at = page(LOOK, figures=region.PUBLICATION)
    shown = drive.text(at)
    assert f"{region.PUBLICATION} True" in shown
    assert EARLIER_SAID in shown
    assert (
        f'href="./board?data=sample&amp;partnership={region.TRUST}&amp;phase=primary&amp;year=202425&amp;figures={region.PUBLICATION}"'
        in drive.html(at)
    )
    assert "See the newest figures" in shown
    del at.query_params["figures"]  # the menu's links carry nothing
    at.run()
    assert f"{region.PUBLICATION} True" in drive.text(at)
    assert at.query_params["figures"] == region.PUBLICATION
    at.query_params["figures"] = "newest"
    at.run()
    assert f"{NEWER} False" in drive.text(at)
    assert EARLIER_SAID not in drive.text(at)


def test_other_data_have_other_figures(two: Path) -> None:
    markup = drive.html(page(LOOK, figures=region.PUBLICATION))
    assert 'href="./?data=own' in markup or 'href="./overview?data=own' in markup
    assert "figures" not in markup.split("data=own")[1].split('"')[0]


def test_figures_that_are_gone_are_said_to_be(two: Path) -> None:
    with engine(place("sample")).begin() as connection:
        connection.execute(delete(published).where(published.c.publication_id == region.PUBLICATION))
    at = page(LOOK, figures=region.PUBLICATION)
    shown = drive.text(at)
    assert f"{NEWER} False" in shown
    assert GONE_SAID in shown
    assert "figures=" not in drive.html(at)


def test_unknown_figures_are_said_to_be(two: Path) -> None:
    at = page(LOOK, figures="<script>")
    assert f"{NEWER} False" in drive.text(at)
    assert "The link asks for figures that are not kept here. The newest are shown." in drive.text(at)
    assert "figures" not in at.query_params  # else each reload, and each link sent on, would say it again


def test_schools_are_not_shown_what_earlier_figures_said(two: Path) -> None:
    """The button that records a showing would record one of what nobody says any more."""
    assert [b for b in drive.view("support").button if b.key == "show_to_schools"]
    assert not [b for b in drive.view("support", figures=region.PUBLICATION).button if b.key == "show_to_schools"]

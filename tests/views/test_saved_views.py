"""Save or send a view, watch a school, and the page that holds both: for the person alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from data.access.scope import Scope, everything
from data.register import mine
from data.store import publish
from data.store.engine import engine, place
from data.store.schema import published
from pages.components import watch_words
from pages.shell.door import identity
from pages.shell.registry import BY_KEY
from tests.views import drive, region
from tests.views.signed_in import Person

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NEWER, NEWER_MADE = "newer-publication", "2026-12-03T09:30:00"


def link_on(at: AppTest) -> dict[str, list[str]]:
    return parse_qs(urlsplit(at.text_input(key="keep_link").value).query)


def save(at: AppTest, name: str) -> AppTest:
    at.text_input(key="keep_name").input(name)
    next(button for button in at.button if button.label == "Save this view").click()
    return at.run()


def finding(at: AppTest) -> str:
    assert not at.exception, at.exception
    return next(shown.value for shown in at.html if "<h1" in shown.value).split(">")[1].split("<")[0]


def test_the_link_holds_everything_and_the_figures(filled_home: Path) -> None:
    at = drive.app("similar_schools", data="sample", school="900008", alike="own", use="pupils:5")
    link = link_on(at)
    assert link["school"] == ["900008"] and link["alike"] == ["own"] and link["use"] == ["pupils:5"]
    assert link["figures"] == [region.PUBLICATION]
    assert not (filled_home / "own").exists()


@pytest.mark.parametrize("key", ["welcome", "own_schools"])
def test_the_first_screens_are_no_views(filled_home: Path, key: str) -> None:
    assert "keep_link" not in [box.key for box in drive.app(key).text_input]


def test_a_view_is_saved_listed_opened_and_removed(filled_home: Path) -> None:
    at = save(drive.app("my_school", data="sample", school="900008"), "Cattering, <b>look</b>")
    assert "Saved, for you alone." in drive.text(at)
    (kept,) = mine.kept(everything(), engine(place("sample")), "saved_view")
    assert kept.values["page"] == "my_school" and "school=900008" in str(kept.values["query"])
    at = drive.app("saved", data="sample")
    assert finding(at) == "You have saved 1 view"
    assert "My school. Saved on " in drive.text(at)
    (link,) = [one for one in at.get("page_link") if "Cattering" in one.proto.label]
    assert link.proto.label == r"Cattering, \<b\>look\</b\>"
    assert "school=900008" in link.proto.query_string and f"figures={region.PUBLICATION}" in link.proto.query_string
    at.button(key=f"remove-{kept.entry_id}").click().run()
    assert finding(at) == "You watch no school and have saved no view yet"
    assert mine.kept(everything(), engine(place("sample")), "saved_view") == ()


def test_a_view_whose_figures_are_gone_opens_on_the_newest_and_says_so(filled_home: Path) -> None:
    save(drive.app("my_school", data="sample", school="900008"), "Cattering")
    store = engine(place("sample"))
    publish.write(store, NEWER, NEWER_MADE, {"inputs": []}, region.tables())
    assert "on the figures of 21 November 2026" in drive.text(drive.app("saved", data="sample"))
    with store.begin() as connection:
        connection.execute(delete(published).where(published.c.publication_id == region.PUBLICATION))
    at = drive.app("saved", data="sample")
    assert "Its figures are no longer kept: it opens on the newest." in drive.text(at)
    at = drive.app("my_school", data="sample", school="900008", figures=region.PUBLICATION)
    assert "The link was made on the figures of 21 November 2026, which are no longer kept." in drive.text(at)
    assert link_on(at)["figures"] == [NEWER]


def test_a_view_with_too_much_chosen_is_refused_in_words(filled_home: Path) -> None:
    at = drive.app("my_school", data="sample", school="900008", keep="x" * 4100)
    assert "4,000 are the most" in drive.text(save(at, "Too much"))
    assert mine.kept(everything(), engine(place("sample")), "saved_view") == ()


def test_a_school_is_watched_and_left_in_one_click(filled_home: Path) -> None:
    at = drive.app("my_school", data="sample", school="900008")
    at.button(key="watch-900008").click().run()
    assert at.button(key="watch-900008").label == "Stop watching this school"
    saved = drive.app("saved", data="sample")
    assert finding(saved) == "You watch 1 school"
    assert "Cattering Park Primary School" in drive.text(saved)
    saved.selectbox(key="unwatch").select(900008).run()
    saved.button(key="unwatch_it").click().run()
    assert finding(saved) == "You watch no school and have saved no view yet"


def test_what_is_new_of_the_watched_schools(filled_home: Path) -> None:
    """Of two watched schools one has a figure that was published again."""
    store = engine(place("sample"))
    for urn in (900001, 900008):
        mine.keep(everything(), store, "watch", {"watched": urn}, now=NOW)
    tables = region.tables()
    values = tables["value"]
    changed = (
        (values["urn"] == 900008)
        & (values["measure"] == "ks2_mathematics_expected_pct")
        & (values["time_period"] == 202425)
    )
    assert changed.sum() == 1
    tables["value"] = values.assign(value=values["value"].where(~changed, values["value"] + 3))
    publish.write(store, NEWER, NEWER_MADE, {"inputs": []}, tables)
    at = drive.app("saved", data="sample")
    assert finding(at) == "1 of the 2 schools that you watch has something new since the figures of 21 November 2026"
    assert "Results for 2024/25 changed" in drive.text(at)
    assert watch_words.NOTHING in drive.text(at)


def test_hidden_names_hide_watched_schools_and_names_of_views(filled_home: Path) -> None:
    save(drive.app("my_school", data="sample", school="900008"), "Cattering in trouble")
    mine.keep(everything(), engine(place("sample")), "watch", {"watched": 900008}, now=NOW)
    at = drive.app("saved", data="sample", hide="1")
    shown = drive.text(at)
    assert "Cattering" not in shown
    assert "Outside school 1" in shown and "My school, saved on" in shown
    assert BY_KEY["saved"].hidden
    ours = drive.text(drive.app("saved", data="sample", hide="1", partnership="90001"))
    assert "Outside school" not in ours and "School H" in ours


def test_signed_in_people_keep_their_own(person: Person) -> None:
    person.is_("headteacher", urn=900003)
    drive.view("my_school", data="own", school="900003").button(key="watch-900003").click().run()
    save(drive.app("my_school", data="own", school="900003"), "Ours")
    assert finding(person.opens("saved")) == "You watch 1 school and have saved 1 view"
    for role, over in (("director", {"uid": region.TRUST}), ("administrator", {}), ("governor", {"uid": region.TRUST})):
        person.is_(role, **over)  # type: ignore[arg-type]
        assert finding(person.opens("saved")) == "You watch no school and have saved no view yet"
    person.is_here()
    assert finding(person.opens("saved")) == "You watch no school and have saved no view yet"


def test_who_has_no_role_keeps_nothing(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "present", lambda: Scope(98, "nobody yet"))
    at = drive.app("privacy", data="own")
    assert not at.exception
    assert "keep_link" not in [box.key for box in at.text_input]


@pytest.mark.parametrize(
    ("watched", "views", "new", "said"),
    [
        (0, 0, None, "You watch no school and have saved no view yet"),
        (0, 3, None, "You have saved 3 views"),
        (1, 0, None, "You watch 1 school"),
        (2, 1, None, "You watch 2 schools and have saved 1 view"),
        (1, 0, 1, "The school that you watch has something new since D"),
        (1, 0, 0, "The school that you watch has nothing new since D"),
        (5, 0, 0, "None of the 5 schools that you watch has anything new since D"),
        (5, 2, 2, "2 of the 5 schools that you watch have something new since D"),
    ],
)
def test_the_finding_is_true(watched: int, views: int, new: int | None, said: str) -> None:
    assert watch_words.finding(watched, views, new, "D") == said

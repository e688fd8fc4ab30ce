"""The frame: guard by direct link, choices in the address, hidden names, errors as sentences, menus by audience."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, insert
from streamlit.testing.v1 import AppTest

from data.catalogue import SourceFormatError
from data.catalogue.vocabulary import TIERS
from data.store import dialect
from data.store.engine import engine, place
from data.store.schema import group, membership
from pages.components import downloads, names, tables, words
from pages.shell import menu, session
from pages.shell.registry import AUDIENCES, PAGES, PageSpec
from tests.views import drive, region

ROOT = Path(__file__).parents[2]
NEED_FIGURES = [spec for spec in PAGES if spec.needs_figures]
NOWHERE = {name: value for name, value in os.environ.items() if name != "ALONGSIDE_DATABASE_URL"}
# Each script in a process of its own with a home of its own. Only what is not ours was read before: half a second each, not three.
FRESH = """
import os, sys
from pathlib import Path
import openpyxl, pandas, plotly.graph_objects, pyproj, scipy.optimize, scipy.spatial, scipy.stats, sqlalchemy
from streamlit.testing.v1 import AppTest
for script in map(Path, sys.argv[2:]):
    if os.fork() == 0:
        home = Path(sys.argv[1], script.stem)
        home.mkdir()
        os.environ["ALONGSIDE_HOME"] = str(home)
        assert not {"app", "pages", "analytics", "data"} & set(sys.modules)
        at = AppTest.from_file(str(script), default_timeout=120).run()
        assert "app" not in sys.modules
        told = [f"EXCEPTIONS {[e.message for e in at.exception]}", *(h.value for h in at.html if "<style>" not in h.value)]
        home.with_suffix(".txt").write_text("\\n".join(told), encoding="utf-8")
        os._exit(0)
    os.wait()
"""
CHOICE = """
from pages.shell import session
from pages.components import words
view = session.guard("overview")
choice = session.chosen(view)
words.finding(f"{choice.partnership.uid} {choice.phase} {choice.time_period} {len(choice.members)} {choice.hide_names}")
words.paragraph(choice.names.label(900006))
words.links({"Support": session.link("support", area="mathematics", phase=None)})
"""
SCHOOL = """
from pages.shell import session
from pages.components import words
view = session.guard("my_school")
choice = session.chosen_school(view)
words.finding(f"{choice.urn} {choice.phase} {choice.time_period} {choice.names.label(choice.urn)}")
"""


def page(script: str, **params: str) -> AppTest:
    at = AppTest.from_string(script, default_timeout=30)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


def finding(at: AppTest) -> str:
    assert not at.exception, at.exception
    return next(shown.value for shown in at.html if "<h1" in shown.value).split(">")[1].split("<")[0]


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every page that needs figures left what it said, and its home, when it was asked for directly."""
    folder = tmp_path_factory.mktemp("direct")
    scripts = [str(spec.script) for spec in NEED_FIGURES]
    subprocess.run([sys.executable, "-c", FRESH, str(folder), *scripts], cwd=ROOT, env=NOWHERE, timeout=600, check=True)
    return folder


@pytest.mark.parametrize("spec", NEED_FIGURES, ids=lambda spec: spec.key)
def test_direct_link_in_a_fresh_process_meets_the_guard(spec: PageSpec, direct: Path) -> None:
    home = direct / spec.script.stem
    said = home.with_suffix(".txt").read_text(encoding="utf-8")
    assert "EXCEPTIONS []" in said
    assert "There are no figures yet." in said
    assert not any(home.iterdir())  # looking made no store


def test_every_script_is_registered_and_nothing_lies_directly_in_pages() -> None:
    scripts = {path.name for path in (ROOT / "pages" / "views").glob("*.py")} - {"__init__.py"}
    assert scripts == {spec.file for spec in PAGES}
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_a_view_begins_with_its_guard(spec: PageSpec) -> None:
    assert f'view = session.guard("{spec.key}")' in spec.script.read_text(encoding="utf-8")


def test_a_page_that_is_not_registered_is_refused(empty_home: Path) -> None:
    at = page('from pages.shell import session\nwith session.edge():\n    session.guard("secret")')
    assert "this page does not exist" in drive.text(at)


def test_the_sample_opens_at_its_trust(filled_home: Path) -> None:
    at = page(CHOICE)
    assert finding(at) == f"{region.TRUST} primary 202425 12 False"
    assert dict(at.query_params) == {
        "data": "sample",
        "partnership": region.TRUST,
        "phase": "primary",
        "year": "202425",
    }


def test_pickers_write_the_address_and_the_address_wins(filled_home: Path) -> None:
    at = page(CHOICE, phase="secondary", year="202324")
    assert finding(at) == f"{region.TRUST} secondary 202324 12 False"
    at.selectbox(key="pick_partnership").select(region.SECOND).run()
    assert finding(at) == f"{region.SECOND} secondary 202324 4 False"
    assert at.query_params["partnership"] == region.SECOND
    at.query_params["partnership"] = region.AUTHORITY
    assert finding(at.run()) == f"{region.AUTHORITY} secondary 202324 19 False"


@pytest.mark.parametrize("key", ["overview", "money_spend", "support", "board_questions", "agreed"])
def test_a_page_drawn_again_asks_the_store_nothing_until_somebody_writes(filled_home: Path, key: str) -> None:
    asked: list[str] = []

    def asks(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    at = drive.app(key).run()
    shown = drive.text(at)
    event.listen(Engine, "before_cursor_execute", asks)
    try:
        assert drive.text(at.run()) == shown
        assert asked == []
        opened = engine(place("sample"))
        with dialect.writing(opened) as connection:
            connection.execute(insert(group).values(uid="own-new", name="The new ones", kind="own"))
            connection.execute(insert(membership).values(uid="own-new", urn=min(region.MEMBERS)))
        asked.clear()
        at.run()
        assert asked and not at.exception
    finally:
        event.remove(Engine, "before_cursor_execute", asks)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"partnership": "zzz"}, "asks for a partnership that is not in these figures"),
        ({"partnership": "<script>alert(1)</script>"}, "asks for a partnership that is not in these figures"),
        ({"phase": "nursery"}, "asks for a phase"),
        ({"year": "next"}, "asks for a year"),
        ({"year": "99999999999999999999"}, "asks for a year"),
        ({"year": "²"}, "asks for a year"),
        ({"data": "elsewhere"}, "asks for data that Alongside does not keep"),
    ],
)
def test_a_bad_address_falls_back_with_a_sentence(filled_home: Path, params: dict[str, str], said: str) -> None:
    at = page(CHOICE, **params)
    assert finding(at) == f"{region.TRUST} primary 202425 12 False"
    assert said in drive.text(at)


@pytest.mark.parametrize("asked", ["nine", "123456", "-1", "900001.5"])
def test_an_unknown_school_falls_back_with_a_sentence(filled_home: Path, asked: str) -> None:
    at = page(SCHOOL, school=asked)
    assert finding(at) == "900001 primary 202425 Lower Quennet Primary School"
    assert "asks for a school that is not in these figures" in drive.text(at)


def test_another_school_is_found_by_town_or_urn(filled_home: Path) -> None:
    at = page(SCHOOL)
    at.text_input(key="find_school").input("dunHOLT").run()
    at.button(key="find-900012").click().run()
    assert finding(at) == "900012 secondary 202425 Dunholt School"
    assert at.query_params["school"] == "900012"
    at.text_input(key="find_school").input("no such place").run()
    assert "No school here matches" in drive.text(at)


def test_a_school_is_found_in_two_clicks_and_typing(filled_home: Path) -> None:
    """The field stands open on every page of one school: a click into it, typing, and a click on the school."""
    at = page(SCHOOL)
    at.text_input(key="find_school").input("zz12 1aa").run()
    at.button(key="find-900012").click().run()
    assert at.query_params["school"] == "900012"
    assert not [box for box in at.expander if "Find" in box.label]


def test_names_are_hidden_everywhere_on_the_page(filled_home: Path) -> None:
    at = page(CHOICE)
    at.toggle(key="pick_hide").set_value(True).run()
    assert at.query_params["hide"] == "1"
    assert "School F" in drive.text(at)  # 900006 is the sixth URN of the trust
    school = page(SCHOOL, hide="1")
    shown = drive.text(school)
    assert not [name for name in region.NAMES.values() if name in shown]
    assert "find_school" not in [box.key for box in school.text_input]


def test_a_link_keeps_the_choice_and_drops_what_is_none(filled_home: Path) -> None:
    shown = drive.html(page(CHOICE, year="202324"))
    assert f'href="./support?data=sample&amp;partnership={region.TRUST}&amp;year=202324&amp;area=mathematics"' in shown


def test_markup_in_a_name_stays_text(filled_home: Path) -> None:
    shown = drive.html(page(CHOICE))
    assert "<b>" not in shown
    assert "St &lt;b&gt;Mark&#x27;s&lt;/b&gt; *Junior*" in shown
    assert words.md("a *b* [c](d) :red[e] :smile:") == r"a \*b\* \[c\](d) " + ":\u200bred\\[e\\] :\u200bsmile:"


def test_the_page_edge_says_errors_in_words_and_logs_bugs(caplog: pytest.LogCaptureFixture) -> None:
    at = page(
        "from pages.shell import session\nfrom data.catalogue import StoreError\n"
        "with session.edge():\n    raise StoreError('the store is locked', remedy='Wait.')"
    )
    assert "the store is locked. Wait." in drive.text(at)
    at = page("from pages.shell import session\nwith session.edge():\n    1 / 0")
    assert not at.exception
    assert "ZeroDivisionError" not in drive.text(at)
    assert "Something went wrong in Alongside itself" in drive.text(at)
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(SystemExit), session.edge():
        raise SystemExit


@pytest.mark.parametrize(("who", "listed"), [("director", 11), ("head", 4), ("trustee", 3)])
def test_menus_by_audience(who: str, listed: int) -> None:
    assert who in AUDIENCES
    assert sum(who in spec.audience and not spec.hidden for spec in PAGES) == listed
    assert {spec.section for spec in PAGES} >= {"Our schools", "Support", "A school", "Board", "About"}
    assert menu.AUDIENCES is AUDIENCES


def test_names() -> None:
    many = names.Names.of(True, {}, range(100, 130))
    assert [many.label(urn) for urn in (100, 125, 126)] == ["School A", "School Z", "School AA"]
    assert many.label(7) == "another school"
    assert many.with_others([9, 7, 100]).label(7) == "Outside school 1"
    assert names.Names.of(False, {1: "One"}, [1]).label(2) == "a school that is not in these figures"


def test_tables_and_downloads() -> None:
    import pandas as pd

    frame = pd.DataFrame({"Name": ["<b>", "=1+1"], "N": [1234.0, None]})
    shown = tables.table_markup(frame, "A & B", numeric=("N",))
    assert "<caption><span>A &amp; B</span></caption>" in shown
    assert '<th scope="row">&lt;b&gt;</th><td class="al-num">1,234</td>' in shown
    assert '<td class="al-num">not known</td>' in shown
    linked = pd.DataFrame({"A": [tables.Link("x", "./y?a=1&b=2"), tables.Link("<z>", "javascript:alert(1)")]})
    shown = tables.table_markup(linked, "Links")
    assert '<a href="./y?a=1&amp;b=2" target="_self">x</a>' in shown
    assert "javascript" not in shown
    assert downloads.csv_bytes(frame) == "\ufeffName,N\r\n<b>,1234\r\n'=1+1,\r\n".encode()
    assert downloads.file_name("Needs, St Mark's") == "needs-st-mark-s.csv"


def test_words() -> None:
    assert words.day("2026-11-21T09:30:00") == "21 November 2026"
    assert words.year(202425) == "2024/25"
    assert words.count(1, "school") == "1 school"
    assert words.listing(["a", "b", "c"]) == "a, b and c"
    assert set(words.SHAPES) == set(TIERS)
    assert len({shape.glyph for shape in words.SHAPES.values()}) == len(TIERS)
    assert str(SourceFormatError("x.", where="f", remedy="Do y.")) == "f: x. Do y."

"""The pages about people: at this computer everything is done on them; signed in, each role does what the table says."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access import accounts, audit, sign_ins
from data.access.names import ERASED, HERE
from data.access.permissions import permissions
from data.access.persons import PERSONAL
from data.access.scope import ROLES, everything
from data.register.declared import permission_table
from data.store.engine import engine, place
from pages.components import people_words
from pages.components.privacy_words import COOKIES, TABLES
from pages.shell.files import kinds
from pages.shell.files.data_views import PEOPLE
from pages.shell.registry import BY_KEY
from tests.views import drive, own_region, region
from tests.views.test_door import AUTH

OWNER = everything()
NOBODY_YET = "Nobody has an account yet"


@pytest.fixture
def numbers(empty_home: Path) -> dict[str, int]:
    """Our own store, filled; role -> the number of its person's account."""
    return own_region.fill()


def store() -> Engine:
    return engine(place("own"))


def as_role(key: str, role: str, **params: str) -> AppTest:
    """A page by itself, as the person of that role sees it who signed in just now."""
    at = AppTest.from_file(str(BY_KEY[key].script), default_timeout=30)
    at.secrets["auth"] = AUTH
    at.user.clear()
    at.user.update(
        {
            "is_logged_in": True, "iat": int(time.time()), "iss": "https://id.example", "sub": role, "nonce": f"n {role}",
            "email": own_region.PEOPLE[role].email, "email_verified": True, "name": "",
        }
    )  # fmt: skip
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


def clicked(at: AppTest, key: str) -> AppTest:
    done = at.button(key=key).click().run()
    assert not done.exception, done.exception
    return done


def field(at: AppTest, kind: str, start: str) -> Any:
    """The widget of that kind whose key starts so: the rest counts what was done before."""
    return next(one for one in at.get(kind) if str(one.key).startswith(start))


@pytest.mark.parametrize("key", PEOPLE)
def test_looking_makes_no_store_and_the_words_are_plain(empty_home: Path, key: str) -> None:
    at = drive.view(key)
    assert not at.exception
    shown = drive.text(at)
    assert "What this shows:" in shown and "What it does not show:" in shown
    assert drive.off_words(shown) == [] and drive.html(at).count("<h1") == 1
    assert not any(empty_home.iterdir())


@pytest.mark.parametrize("key", PEOPLE)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(numbers: dict[str, int], key: str, role: str) -> None:
    at = as_role(key, role)
    assert not at.exception
    shown = drive.text(at)
    allowed = permissions()[key].rule[role] != "none"
    assert ("This page is not among yours" in shown) is not allowed
    if not allowed:
        assert not [one.name for one in own_region.PEOPLE.values() if one.role != role and one.name in shown]
    if key == "privacy":
        assert ("Download my data (JSON)" in shown) and (("asks for their data" in shown) is (role == "administrator"))


def test_an_administrator_invites_gives_and_closes(numbers: dict[str, int]) -> None:
    at = as_role("people", "administrator")
    assert "6 people have an account" in drive.text(at)
    assert "director of Chilver Vale Learning Trust" in drive.text(at)
    field(at, "text_input", "people_email").set_value("new@trust.example").run()
    field(at, "text_input", "people_name").set_value("<b>Nia</b> *Lowe*").run()
    field(at, "selectbox", "people_invite_role").set_value("governor").run()
    clicked(at, "people_invite")
    assert "The role governor needs a partnership" in drive.text(at)
    field(at, "text_input", "people_invite_0_uid_search").set_value("kelder").run()
    field(at, "selectbox", "people_invite_0_uid").set_value(region.SECOND).run()
    clicked(at, "people_invite")
    shown = drive.text(at)
    assert "7 people have an account" in shown and "<b>Nia</b> *Lowe*" in shown.replace("\n", " ")
    assert "governor or trustee of Kelderby Partnership Trust" in shown
    made = accounts.people(OWNER, store())[-1]
    assert (made.email, made.holds[0].role, made.holds[0].uid) == ("new@trust.example", "governor", region.SECOND)

    at.selectbox(key="people_who").set_value(made.account_id).run()
    field(at, "selectbox", f"people_give_{made.account_id}_role").set_value("headteacher").run()
    field(at, "text_input", f"people_give_{made.account_id}_1_urn_search").set_value("900004").run()
    field(at, "selectbox", f"people_give_{made.account_id}_1_urn").set_value(900004).run()
    clicked(at, "people_give")
    assert [held.role for held in accounts.people(OWNER, store())[-1].holds] == ["governor", "headteacher"]
    clicked(at, f"people_take_{made.holds[0].grant_id}")
    assert "is no longer governor or trustee of Kelderby Partnership Trust" in drive.text(at)
    field(at, "text_input", f"people_name_{made.account_id}").set_value("Nia Lowe-Hart").run()
    clicked(at, "people_correct")
    assert "Nia Lowe-Hart: put right." in drive.text(at)
    clicked(at, "people_close")
    assert accounts.people(OWNER, store())[-1].state == "closed" and "1 of them closed" in drive.text(at)
    clicked(at, "people_reopen")
    assert accounts.people(OWNER, store())[-1].state == "invited"
    found = audit.entries(OWNER, store(), action="people_changed", limit=6)
    assert set(found["account_id"]) == {numbers["administrator"]}


def test_a_look_alike_address_is_refused_in_words(numbers: dict[str, int]) -> None:
    at = drive.view("people", data="own")
    field(at, "text_input", "people_email").set_value("аnn@trust.example").run()  # a Cyrillic letter
    clicked(at, "people_invite")
    assert "cyrillic small letter a" in drive.text(at) and "6 people have an account" in drive.text(at)


def test_the_last_administrator_stays_on_the_page_too(numbers: dict[str, int]) -> None:
    at = as_role("people", "administrator")
    at.selectbox(key="people_who").set_value(numbers["administrator"]).run()
    clicked(at, "people_close")
    assert "This is the last administrator" in drive.text(at)
    assert accounts.person(OWNER, store(), numbers["administrator"]).state == "active"


def test_a_persons_sign_ins_are_ended_from_the_page(numbers: dict[str, int]) -> None:
    as_role("access_table", "auditor")
    at = as_role("people", "administrator")
    at.selectbox(key="people_who").set_value(numbers["auditor"]).run()
    clicked(at, "people_end")
    assert "Otto Penn is signed out everywhere" in drive.text(at)
    assert "Whoever looks after Alongside has signed you out" in drive.text(as_role("audit", "auditor"))


def test_a_table_goes_in_whole_or_lists_its_bad_cells(numbers: dict[str, int]) -> None:
    at = drive.view("people", data="own")
    bad = b"email,role\nok@trust.example,auditor\nx<script>,king\n"
    field(at, "file_uploader", "people_file").set_value(("people.csv", bad, "text/csv")).run()
    clicked(at, "people_take_in")
    shown = drive.text(at)
    assert "Nothing was taken in" in shown and "this is no email address" in shown and "6 people" in shown
    good = b"email,role\nok@trust.example,auditor\n"
    field(at, "file_uploader", "people_file").set_value(("people.csv", good, "text/csv")).run()
    clicked(at, "people_take_in")
    assert "1 person invited, 1 role given." in drive.text(at) and "7 people have an account" in drive.text(at)


def test_what_was_done_is_told_by_name_and_filtered(numbers: dict[str, int]) -> None:
    as_role("people", "director")
    at = as_role("audit", "auditor")
    shown = drive.text(at)
    assert "Otto Penn" in shown and "signed in" in shown and "changed an account" in shown and HERE in shown
    assert "role given; role: director" in shown and "Chilver Vale Learning Trust" in shown
    at.selectbox(key="audit_action").set_value("signed_in").run()
    assert "role given" not in drive.text(at) and "Dora Hale" in drive.text(at)
    at.date_input(key="audit_to").set_value(pd.Timestamp("2020-01-01").date()).run()
    assert "nothing to list" in drive.text(at)
    assert [one.proto.label for one in at.get("download_button")] == ["Download as CSV"]


def test_every_action_and_reach_has_words() -> None:
    assert tuple(people_words.ACTIONS) == audit.ACTIONS
    file = people_words.detail_words('{"source": "idaci", "rows": 6}', kinds.title)
    assert file == "source: Income deprivation affecting children; rows: 6"
    assert {reach for line in permission_table() for reach in line.rule.values()} <= people_words.REACHES.keys()
    assert {one.table for one in PERSONAL} == set(TABLES) and dict(people_words.WHO_EACH_IS).keys() == set(ROLES)


def test_the_table_of_access_is_the_programs_own(empty_home: Path) -> None:
    markup = drive.html(drive.view("access_table"))
    rows = [part for part in markup.split("<tr>") if part.startswith('<th scope="row"')]
    assert len(rows) == len(permission_table()) + len(ROLES)
    line = next(one for one in rows if "Notes about schools" in one)
    assert [cell.split("</td>")[0] for cell in line.split("<td>")[1:]] == [
        "own partnership", "own school", "no", "own partnership", "no", "no",
    ]  # fmt: skip


def test_privacy_says_that_nobody_has_an_account_where_nobody_has(empty_home: Path) -> None:
    shown = drive.text(drive.view("privacy"))
    assert "Sign-in is not set up and nobody has an account" in shown
    assert "Download my data" not in shown and "asks for their data" not in shown


def test_privacy_and_its_document_name_every_cookie_that_is_set(empty_home: Path) -> None:
    from streamlit.web.server.starlette import starlette_server_config as served

    set_by_streamlit = {value for name, value in vars(served).items() if name.endswith("_COOKIE_NAME")}
    assert {name for name, *_ in COOKIES} == set_by_streamlit
    shown = drive.text(drive.view("privacy"))
    document = (Path(__file__).parents[2] / "docs" / "PRIVACY.md").read_text(encoding="utf-8")
    for name in set_by_streamlit:
        assert name in shown and f"`{name}`" in document
    assert "Two cookies" not in shown


def test_a_person_is_erased_after_their_address_was_typed(numbers: dict[str, int]) -> None:
    as_role("privacy", "governor")
    at = as_role("privacy", "administrator")
    at.selectbox(key="privacy_who").set_value(numbers["governor"]).run()
    assert at.button(key="privacy_erase").disabled
    at.text_input(key=f"privacy_typed_{numbers['governor']}").set_value("somebody@else.example").run()
    assert at.button(key="privacy_erase").disabled
    at.text_input(key=f"privacy_typed_{numbers['governor']}").set_value("Governor@trust.example").run()
    clicked(at, "privacy_erase")
    assert "The person is erased here" in drive.text(at)
    assert accounts.person(OWNER, store(), numbers["governor"]).state == "erased"
    assert accounts.names_of(store(), [numbers["governor"]]) == {numbers["governor"]: ERASED}
    assert "Gita Rowe" not in drive.text(as_role("people", "administrator"))
    assert "but Alongside is not open to you" in drive.text(as_role("privacy", "governor"))


def test_ones_own_data_are_made_when_asked_for(numbers: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, bytes] = {}

    def shown(label: str, make: Any, *_: object, key: str, **__: object) -> None:
        made[key] = make()

    monkeypatch.setattr("pages.components.downloads.button", shown)
    as_role("privacy", "headteacher")
    found = json.loads(made["my-data"])
    assert found["account"]["name"] == "Hew Marsh" and found["roles"][0]["urn"] == own_region.HEAD_OF
    assert list(made) == ["my-data"]
    scope = sign_ins.scope_of(store(), numbers["administrator"])
    assert audit.entries(scope, store(), action="exported_person")["account_id"].tolist() == [numbers["headteacher"]]

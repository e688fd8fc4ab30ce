"""Six roles and what can be done on each page, in a browser: there for whom the table says, gone for everybody else.

Then each kind of action is done once, and what it leaves behind is looked at: in the store, in the audit, on others' pages.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from data.access.permissions import rule_of
from data.access.scope import ROLES, Rule, everything
from data.register import rows
from data.register.declared import REGISTERS
from data.store.engine import engine, place
from data.store.schema import source_file
from data.store.schema_private import account, audit, entry, sign_in
from pages.shell.door import identity
from tests.e2e import oidc
from tests.views import own_region, region

pytestmark = pytest.mark.browser
BEHIND = 77  # a file that came in after the figures were made: so they can be made anew
SECRET = "words of the second trust that nobody of the first may read"
REPLY = "We had a year without a mathematics lead."
# (action, page, what the address says besides, what stands there for whoever may do it)
CONTROLS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("import_files", "data_add", {}, "input[type=file]"),
    ("import_files", "own_schools", {}, "input[type=file]"),
    ("make_figures", "data_add", {}, "button:has-text('Make the figures')"),
    ("make_figures", "data_history", {}, "button:has-text('Make the figures')"),
    ("make_figures", "data_page", {}, "button:has-text('Make the figures')"),
    ("undo_file", "data_history", {"file": BEHIND}, "button:has-text('Take this file back')"),
    ("save_partnership", "own_schools", {}, "textarea[aria-label='Our schools, one name or URN per line']"),
    ("show_to_schools", "support", {}, "button:has-text('We have shown our schools')"),
    ("plan_support", "support_plan", {}, "text='Plan with our days'"),
    ("manage_people", "people", {}, "button:has-text('Invite')"),
    ("read_audit", "audit", {}, "table"),
    ("export_person", "privacy", {}, "h2:has-text('When somebody asks for their data')"),
    ("read_own_audit", "our_reply", {}, "h2:has-text('Who opened')"),
)


@pytest.fixture(scope="module")
def visitors(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, oidc.Visitor]]:
    """One signed-in browser for each role, over a store with rows of both trusts."""
    folder = tmp_path_factory.mktemp("actions")
    with pytest.MonkeyPatch.context() as patch, oidc.provider() as port:
        patch.setenv("ALONGSIDE_HOME", str(folder / "home"))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        own_region.fill()
        own_region.invite_heads()
        with engine(place("own")).begin() as connection:
            one = dict(connection.execute(select(source_file)).mappings().first() or {})
            later = {"source_file_id": BEHIND, "sha256": "f" * 64, "file_name": "later.csv"}
            connection.execute(insert(source_file).values(one | later))
        add("note", region.SECOND, 900013, words=SECRET)
        add("note", region.TRUST, 900001, words="A note about another school of the trust")
        add("reply", None, own_region.HEAD_OF, about="mathematics", words=REPLY)
        with oidc.served(folder, port) as server:
            found = {role: oidc.Visitor(browser, server) for role in ROLES}
            for role, visitor in found.items():
                visitor.sign_in(own_region.PEOPLE[role].email)
            yield found
            for visitor in found.values():
                visitor.close()


def add(register: str, uid: str | None, urn: int, **values: Any) -> None:
    rows.add(everything(), engine(place("own")), register, values, uid=uid, urn=urn, now=identity.now())


def pick(page: Any, label: str, typed: str, option: str) -> None:
    """Choose from a long list as a person does who types: only what fits on the screen of it is drawn."""
    sync_api = pytest.importorskip("playwright.sync_api")
    box = page.get_by_role("combobox", name=label)
    for _ in range(3):  # the list closes again where the page below it still moves
        box.focus()
        box.fill("")
        box.press_sequentially(typed)
        try:
            page.get_by_role("option", name=option).first.wait_for(timeout=10_000)
        except sync_api.TimeoutError:
            continue
        box.press("Enter")
        try:  # where it closed before Enter came, only what was typed stands there
            sync_api.expect(box).to_have_value(re.compile(re.escape(option)))
        except AssertionError:
            continue
        return
    raise AssertionError(f"{option} was not offered under {label}")


def reaches(rule: Rule, role: str) -> bool:
    return rule.get(role, "none") != "none"  # type: ignore[call-overload]


def numbers() -> dict[str, int]:
    """Role -> account."""
    with engine(place("own")).connect() as connection:
        by_email = dict(connection.execute(select(account.c.email, account.c.account_id)).tuples().all())
    return {role: by_email[one.email] for role, one in own_region.PEOPLE.items() if one.email in by_email}


def noted(action: str, role: str) -> list[Any]:
    """Rows of the audit of one person's action."""
    query = select(audit).where(audit.c.action == action, audit.c.account_id == numbers()[role])
    with engine(place("own")).connect() as connection:
        return list(connection.execute(query.order_by(audit.c.audit_id)))


@pytest.mark.parametrize("role", ROLES)
def test_each_control_is_there_for_whom_the_table_says(visitors: dict[str, oidc.Visitor], role: str) -> None:
    visitor, wrong = visitors[role], {}
    for action, key, params, control in CONTROLS:
        expected = reaches(rule_of(key), role) and reaches(rule_of(action), role)
        visitor.open(key, **params)
        if bool(visitor.page.locator(control).count()) is not expected:
            wrong[action, key] = f"expected {expected}: {visitor.text()[:300]}"
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_registers_are_read_and_written_as_declared(visitors: dict[str, oidc.Visitor], role: str) -> None:
    visitor, wrong = visitors[role], {}
    for key, register in REGISTERS.items():
        heading = visitor.open("registers", register=key)
        shown = heading.startswith(f"{register.title}:")
        if shown is not (reaches(register.read, role) and reaches(rule_of("registers"), role)):
            wrong[key, "read"] = heading
        adds = shown and bool(visitor.page.get_by_text(f"Add {register.a_one}", exact=True).count())
        if adds is not (shown and reaches(register.write, role) and bool(register.typed_by_people)):
            wrong[key, "write"] = adds
        if visitor.told(SECRET):
            wrong[key, "told"] = SECRET
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_words_of_schools_reach_whom_the_register_says(visitors: dict[str, oidc.Visitor], role: str) -> None:
    """The head of 900003 replied: its own people read that, the administrator and the auditor do not."""
    visitor = visitors[role]
    told = []
    for key in ("my_school", "our_reply", "registers", "board", "support", "overview", "privacy", "audit", "people"):
        visitor.open(key, school=own_region.HEAD_OF, register="reply")
        told += [REPLY] * len(visitor.told(REPLY))
        assert (
            visitor.told(SECRET, "A note about another school of the trust" if role == "headteacher" else SECRET) == []
        )
    assert bool(told) is reaches(REGISTERS["reply"].read, role)


def test_a_download_is_noted_before_it_is_made_and_ends_with_the_sign_in(visitors: dict[str, oidc.Visitor]) -> None:
    visitor = visitors["auditor"]
    visitor.open("data_history", file=1)
    visitor.page.locator("summary", has_text="Download the list").click()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download as CSV").click()
    table = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(table) == 3
    (row,) = noted("downloaded", "auditor")
    assert (row.subject, row.roles, row.uid, row.urn) == ("data_history, history", "auditor", None, None)
    with engine(place("own")).begin() as connection:
        connection.execute(
            update(sign_in)
            .where(sign_in.c.account_id == numbers()["auditor"])
            .values(ended="2026-01-01", how_ended="idle")
        )
    gone: list[Any] = []
    visitor.page.on("download", lambda file: gone.append(file))
    visitor.page.get_by_role("button", name="Download as CSV").click()
    visitor.page.wait_for_timeout(1500)
    assert gone == []
    assert len(noted("downloaded", "auditor")) == 1
    visitor.sign_in(own_region.PEOPLE["auditor"].email)


def test_what_a_director_adds_is_noted_read_by_the_head_and_by_nobody_else(visitors: dict[str, oidc.Visitor]) -> None:
    words = "Maths lead to visit in May."
    director = visitors["director"]
    director.open("registers", register="note")
    director.page.locator("summary", has_text="Add a note").click()
    pick(director.page, "Which school", "Tolverton", region.NAMES[own_region.HEAD_OF])
    box = director.page.get_by_role("textbox", name="Note", exact=False).last
    box.fill(words)
    box.press("Tab")  # what was typed is the page's own once the box is left
    director.page.get_by_role("button", name="Add this note").click()
    told = director.page.get_by_text("The note was added.").or_(director.page.get_by_role("alert"))
    told.first.wait_for()
    assert told.first.inner_text() == "The note was added.", director.page.locator("main").inner_text()
    (row,) = noted("edited", "director")
    assert row.urn == own_region.HEAD_OF
    assert words not in row.detail
    for role in ROLES:
        visitors[role].open("registers", register="note")
        assert bool(visitors[role].told(words)) is reaches(REGISTERS["note"].read, role), role


def test_an_adviser_shows_the_schools_what_is_said_of_them(visitors: dict[str, oidc.Visitor]) -> None:
    adviser = visitors["adviser"]
    adviser.open("support")
    adviser.page.get_by_text("The heads of these", exact=False).click()
    adviser.page.get_by_role("button", name="We have shown our schools").click()
    adviser.page.get_by_text("noted as shown today.").wait_for()
    showings = select(func.count(entry.c.urn.distinct())).where(
        entry.c.register == "showing"
    )  # a head may have looked before
    with engine(place("own")).connect() as connection:
        assert connection.execute(showings).scalar() == len(region.MEMBERS)
    adviser.open("support")
    assert adviser.page.get_by_role("button", name="We have shown our schools").count() == 0


def test_an_administrator_looks_at_taking_a_file_back_and_keeps_it(visitors: dict[str, oidc.Visitor]) -> None:
    administrator = visitors["administrator"]
    administrator.open("data_history", file=1)
    administrator.page.get_by_role("button", name="Take this file back").click()
    administrator.page.get_by_role("button", name="Keep it").click()
    administrator.page.get_by_role("button", name="Take this file back").wait_for()
    with engine(place("own")).connect() as connection:
        live = connection.execute(select(func.count()).select_from(source_file).where(source_file.c.state == "live"))
        assert live.scalar() == 3
    assert noted("undone", "administrator") == []


def test_an_administrator_invites_and_erases_a_person(visitors: dict[str, oidc.Visitor]) -> None:
    page = visitors["administrator"].page
    visitors["administrator"].open("people")
    page.get_by_label("Email address that they sign in with").fill("new@trust.example")
    page.get_by_label("Email address that they sign in with").press("Tab")
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_text("can sign in now").wait_for()
    visitors["administrator"].open("privacy")
    pick(page, "Who", "new@", "new@trust.example")
    typed = page.get_by_label("To erase, type the address")
    typed.fill("new@trust.example")
    typed.press("Tab")
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_text("The person is erased here.").wait_for()
    with engine(place("own")).connect() as connection:
        assert connection.execute(select(account).where(account.c.email == "new@trust.example")).first() is None
    assert [row.action for row in noted("erased_person", "administrator")] == ["erased_person"]
    kept = select(audit.c.detail, audit.c.subject)
    with engine(place("own")).connect() as connection:
        assert not [row for row in connection.execute(kept) if "new@" in row.detail + row.subject]

"""Six roles, every page and view, in a browser: allowed or refused exactly as `permissions.csv` says. Made from the table.

Whoever is refused must not be sent a school's name at all: neither on the page nor in what the server says to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from data.access import accounts
from data.access.permissions import permissions
from data.access.scope import ROLES, everything
from data.store.engine import engine, place
from data.store.schema_private import account, audit, sign_in
from pages.components.words import SAMPLE_WORDS
from pages.shell.door import identity
from pages.shell.registry import PAGES
from tests.e2e import oidc
from tests.e2e.conftest import Server, settled
from tests.views import own_region, region

pytestmark = pytest.mark.browser
NAMES = (*(name for name in region.NAMES.values() if name != region.NASTY), "Chilver Vale", "Kelderby")
SECOND_TRUST = tuple(region.NAMES[urn] for urn in range(900013, 900017))
NOT_YOURS, SIGN_IN = "This page is not among yours", "Sign in to Alongside"
FEW = ("overview", "my_school", "data_history", "welcome")  # where each page would say the same
WENT_WRONG = "Something went wrong in Alongside itself"


@dataclass
class Site:
    """The app, the port of its provider, and one signed-in browser for each role."""

    server: Server
    provider: int
    visitors: dict[str, oidc.Visitor]


@pytest.fixture(scope="module")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("signed-in")
    with pytest.MonkeyPatch.context() as patch, oidc.provider() as port:
        patch.setenv("ALONGSIDE_HOME", str(folder / "home"))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        own_region.fill()
        region.fill(place("sample"))
        with oidc.served(folder, port) as server:
            visitors = {role: oidc.Visitor(browser, server) for role in ROLES}
            for role, visitor in visitors.items():
                visitor.sign_in(own_region.PEOPLE[role].email)
            yield Site(server, port, visitors)
            for visitor in visitors.values():
                visitor.close()


@pytest.fixture
def come_in(browser: Any, site: Site) -> Iterator[Any]:
    """A browser of its own, for tests that end a sign-in: `come_in("adviser")`, or nobody yet: `come_in()`."""
    opened: list[oidc.Visitor] = []

    def visitor(role: str | None = None, server: Server | None = None) -> oidc.Visitor:
        opened.append(oidc.Visitor(browser, server or site.server))
        if role:
            opened[-1].sign_in(own_region.PEOPLE[role].email)
        return opened[-1]

    yield visitor
    for one in opened:
        one.close()


def sign_ins_of(role: str) -> list[Any]:
    """The sign-ins of a person, the newest last."""
    query = (
        select(sign_in)
        .join(account, account.c.account_id == sign_in.c.account_id)
        .where(account.c.email == own_region.PEOPLE[role].email)
        .order_by(sign_in.c.began)
    )
    with engine(place("own")).connect() as connection:
        return list(connection.execute(query))


def set_back(mark: str, **values: str) -> None:
    with engine(place("own")).begin() as connection:
        connection.execute(update(sign_in).where(sign_in.c.mark == mark).values(**values))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_allowed_or_refused_as_the_table_says(site: Site, role: str) -> None:
    visitor = site.visitors[role]
    wrong = {}
    for spec in PAGES:
        allowed = permissions()[spec.key].rule[role] != "none"  # type: ignore[index]
        heading = visitor.open(spec.key)
        if (heading == NOT_YOURS) is allowed or heading == SIGN_IN:
            wrong[spec.key] = heading
        elif WENT_WRONG in visitor.text():
            wrong[spec.key] = WENT_WRONG
        elif not allowed and (visitor.told(*NAMES) or visitor.page.get_by_test_id("stDownloadButton").count()):
            wrong[spec.key] = f"refused, but told {visitor.told(*NAMES)}"
        elif visitor.told(SAMPLE_WORDS):
            wrong[spec.key] = "the sample's data"
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_menu_lists_nothing_that_may_not_be_opened(site: Site, role: str) -> None:
    visitor = site.visitors[role]
    visitor.open("how_it_works")
    listed = visitor.page.get_by_test_id("stSidebarNavLink").all_inner_texts()
    allowed = {spec.title for spec in PAGES if permissions()[spec.key].rule[role] != "none"}  # type: ignore[index]
    assert set(map(str.strip, listed)) <= allowed
    assert "How it works" in {text.strip() for text in listed}
    assert f"{own_region.PEOPLE[role].name}:" in visitor.text()


def test_a_direct_link_in_a_fresh_process_shows_the_sign_in_page_and_nothing_else(
    site: Site, come_in: Any, tmp_path: Path
) -> None:
    """A server that has served nobody yet, a browser without a cookie."""
    home = Path(place("own").home).parent
    with oidc.served(tmp_path, site.provider, {"ALONGSIDE_HOME": str(home)}) as server:
        visitor = come_in(server=server)
        for spec in PAGES:
            assert visitor.open(spec.key, school=900001, partnership=region.TRUST, data="sample") == SIGN_IN, spec.key
            assert visitor.told(*NAMES) == [], spec.key
            assert visitor.page.get_by_test_id("stSidebarNavLink").count() == 0
            assert visitor.page.get_by_role("button").all_inner_texts() == ["Sign in"]


@pytest.mark.parametrize("uid", [region.SECOND, region.AUTHORITY, "' OR 1=1 --"])
@pytest.mark.parametrize("role", ["director", "governor", "adviser"])
def test_another_partnership_in_the_address_opens_nothing(site: Site, role: str, uid: str) -> None:
    visitor = site.visitors[role]
    for key in ("overview", "board"):
        visitor.open(key, partnership=uid)
        assert "Kelderby" not in visitor.page.inner_text("h1")
        assert visitor.told(*SECOND_TRUST) == [], key
        assert WENT_WRONG not in visitor.text()


@pytest.mark.parametrize("key", ["why", "our_reply"])
@pytest.mark.parametrize("school", [900004, 900013, "abc", -1])
def test_another_school_in_the_address_opens_nothing_of_it(site: Site, key: str, school: Any) -> None:
    """Its name may be chosen, as in any public table; what is said of its results stays with it."""
    visitor = site.visitors["headteacher"]
    heading = visitor.open(key, school=school, measure="ks2_maths_expected_pct", area="mathematics")
    if school in region.NAMES:
        assert heading.endswith("shown to its own partnership only")
        assert visitor.page.locator("table, [data-testid=stPlotlyChart], [data-testid=stDownloadButton]").count() == 0
    else:
        assert heading.startswith({"why": "Tolverton", "our_reply": "Two questions about your school"}[key])
    assert WENT_WRONG not in visitor.text()


@pytest.mark.parametrize("role", ROLES)
def test_the_sample_is_not_served_and_our_own_is(site: Site, role: str) -> None:
    visitor = site.visitors[role]
    for asked in ("sample", "own"):
        visitor.open("how_it_works", data=asked)
        assert visitor.told(SAMPLE_WORDS) == []
        assert ("The link asks for other data" in visitor.text()) == (asked != "own")
        visitor.page.wait_for_url("**data=own**")


def test_who_is_not_invited_is_told_so_and_can_sign_out(come_in: Any) -> None:
    visitor = come_in()
    assert visitor.sign_in(oidc.STRANGER) == "You are signed in, but Alongside is not open to you"
    for key in FEW:
        assert visitor.open(key) == "You are signed in, but Alongside is not open to you"
        assert visitor.told(*NAMES) == []
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/oauth2/end_session**")
    assert [one for one in visitor.context.cookies() if one["name"].startswith(oidc.COOKIE)] == []


def test_a_cookie_kept_from_before_signing_out_opens_nothing(come_in: Any) -> None:
    visitor = come_in("adviser")
    kept = visitor.context.cookies()
    assert visitor.open("overview") not in (SIGN_IN, NOT_YOURS)
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/oauth2/end_session**")
    assert sign_ins_of("adviser")[-1].how_ended == "signed_out"
    thief = come_in()
    thief.context.add_cookies(kept)
    for key in FEW:
        assert thief.open(key) == SIGN_IN
        assert "You have signed out" in thief.text()
        assert thief.told(*NAMES) == []
    visitor.sign_in(own_region.PEOPLE["adviser"].email)  # and signing in anew opens them again
    assert visitor.open("overview") not in (SIGN_IN, NOT_YOURS)
    assert thief.open("overview") == SIGN_IN


@pytest.mark.parametrize("edit", ["payload", "signature", "other", "unsigned", "long"])
def test_a_cookie_that_was_edited_or_made_up_opens_nothing(come_in: Any, site: Site, edit: str) -> None:
    found = next(one for one in site.visitors["director"].context.cookies() if one["name"] == oidc.COOKIE)
    value = found["value"]
    half = len(value) // 2
    forged = {
        "payload": value[: half - 1] + ("A" if value[half - 1] != "A" else "B") + value[half:],
        "signature": value[:-2] + ("AA" if value[-2:] != "AA" else "BB"),
        "other": oidc.signed_with("another-secret-of-forty-characters-00000", own_region.PEOPLE["director"].email, site.server.base),
        "unsigned": b'{"is_logged_in": true, "sub": "director@trust.example"}'.hex(),
        "long": "A" * 3500,
    }[edit]  # fmt: skip
    visitor = come_in()
    visitor.context.add_cookies([{"name": oidc.COOKIE, "value": forged, "url": site.server.base}])
    for key in FEW[:2]:
        assert visitor.open(key) == SIGN_IN
        assert visitor.told(*NAMES) == []


def test_a_cookie_of_another_sign_in_time_opens_nothing(come_in: Any, site: Site) -> None:
    """Even with the cookies' own secret: a token of an hour ago that was never seen here is not from a sign-in of now."""
    visitor = come_in()
    old = oidc.signed_with(oidc.SECRET, own_region.PEOPLE["director"].email, site.server.base, age=3600)
    visitor.context.add_cookies([{"name": oidc.COOKIE, "value": old, "url": site.server.base}])
    assert visitor.open("overview") == SIGN_IN
    assert "This sign-in is too old" in visitor.text()
    assert visitor.told(*NAMES) == []


def test_signing_out_in_one_tab_closes_the_other_at_its_next_click(come_in: Any) -> None:
    visitor = come_in("director")
    other = visitor.tab()
    assert visitor.open("overview", other) not in (SIGN_IN, NOT_YOURS)
    visitor.open("how_it_works")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/oauth2/end_session**")
    visitor.frames.clear()
    other.get_by_role("link", name="Where support could go").click()
    other.get_by_role("heading", name=SIGN_IN).wait_for()
    assert visitor.told(*NAMES) == []
    assert not [name for name in NAMES if name in other.inner_text("body")]


def test_a_page_left_open_is_taken_off_the_screen(come_in: Any) -> None:
    visitor = come_in("director")
    visitor.page.clock.install()
    visitor.open("overview")
    assert visitor.told("Chilver Vale") == ["Chilver Vale"]
    mark, before = sign_ins_of("director")[-1].mark, sign_ins_of("director")[-1].last_seen
    visitor.page.clock.run_for(61_000)  # the page looks; that is no activity
    visitor.page.wait_for_timeout(500)
    assert visitor.page.inner_text("h1") != SIGN_IN
    assert sign_ins_of("director")[-1].last_seen == before
    set_back(mark, last_seen="2026-01-01T09:00:00.000000+00:00")
    visitor.page.clock.run_for(61_000)
    visitor.page.get_by_role("heading", name=SIGN_IN).wait_for()
    settled(visitor.page)
    assert "You were away for a while" in visitor.text()
    assert not [name for name in NAMES if name in visitor.text()]
    assert sign_ins_of("director")[-1].how_ended == "idle"
    with engine(place("own")).connect() as connection:
        assert connection.execute(select(audit).order_by(audit.c.audit_id.desc())).first().action == "sign_in_ended"


def test_a_closed_account_is_out_and_stays_out(come_in: Any) -> None:
    visitor = come_in("governor")
    (number,) = {row.account_id for row in sign_ins_of("governor")}
    opened, now = engine(place("own")), identity.now()
    accounts.close(everything(), opened, number, now=now)
    try:
        visitor.page.get_by_role("link", name="How it works").click()
        visitor.page.get_by_role("heading", name="You are signed in, but Alongside is not open to you").wait_for()
        assert "Your account is closed." in visitor.text()
        again = come_in()
        assert again.sign_in(own_region.PEOPLE["governor"].email).startswith("You are signed in, but")
        assert again.told(*NAMES) == []
    finally:
        accounts.reopen(everything(), opened, number, now=identity.now())


@pytest.mark.parametrize("width", [1280, 390])
def test_the_door_fits_every_screen(browser: Any, site: Site, width: int) -> None:
    visitor = oidc.Visitor(browser, site.server, width)
    try:
        for heading in (visitor.open("overview"), visitor.sign_in(oidc.STRANGER)):
            assert heading
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
            assert visitor.page.locator("h1").count() == 1
    finally:
        visitor.close()

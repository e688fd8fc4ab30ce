"""Who may come in: the address that is asked for, claims of three kinds of provider, secrets that are half there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update
from streamlit.testing.v1 import AppTest

from data.access import accounts
from data.access.permissions import permissions
from data.access.scope import everything
from data.access.settings import OPEN_TO_ALL, TRUSTED
from data.access.times import text_of
from data.store.engine import engine, place
from data.store.schema_private import account, audit, sign_in
from pages.components.downloads import WITNESS
from pages.shell import menu
from pages.shell.door import identity, loopback
from pages.shell.door.claims import identity_of
from pages.shell.registry import BY_KEY, PAGES, PageSpec
from tests.views import drive, own_region, region

ADDRESS = "ada@trust.example"
AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "x" * 40, "client_id": "alongside",
    "client_secret": "s", "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}  # fmt: skip
TENANT = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
GOOGLE = {
    "iss": "https://accounts.google.com", "sub": "110169484474386276334", "aud": "alongside", "nonce": "n-0S6_WzA2Mj",
    "email": ADDRESS, "email_verified": True, "name": "Ada Lark", "given_name": "Ada", "family_name": "Lark",
}  # fmt: skip
ENTRA = {
    "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
    "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474", "tid": TENANT, "nonce": "bd7c", "uti": "u", "name": "Ada Lark",
    "preferred_username": ADDRESS, "ver": "2.0",
}  # fmt: skip
DFE = {
    "iss": "https://oidc.signin.education.gov.uk", "sub": "E9A1A1F2-08D3-4E4A-A3E1-8A1C9A2A1A11", "sid": "s-1",
    "email": ADDRESS, "email_verified": True, "given_name": "Ada", "family_name": "Lark",
    "organisation": {"id": "1", "name": "Chilver Vale Learning Trust", "uid": "90001"},
}  # fmt: skip
SHOWN_BY_NOBODY = (*(name for name in region.NAMES.values() if name != region.NASTY), "Chilver Vale", "Kelderby")
HUGE = "x" * 100_000
LISTENING = "Alongside listens for other computers"
ELSEWHERE = "This was asked for"


def fresh(claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The claims of somebody who signed in just now; None takes a claim away."""
    both = {"is_logged_in": True, "iat": int(time.time()), **claims, **more}
    return {key: value for key, value in both.items() if value is not None}


def with_sign_in(key: str, claims: dict[str, Any], *, auth: Any = AUTH, run: bool = True, **params: str) -> AppTest:
    """A page by itself as the person of these claims sees it, with sign-in set up."""
    at = AppTest.from_file(str(BY_KEY[key].script), default_timeout=30)
    at.secrets["auth"] = auth
    at.user.clear()
    at.user.update(claims)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run() if run else at


@pytest.fixture
def own_home(empty_home: Path) -> Path:
    """Our own store, filled, with a person for each role; Ada is invited as an administrator."""
    own_region.fill()
    own_region.invited(ADDRESS, "", "administrator")
    return empty_home


def rows(table: Any) -> list[Any]:
    with engine(place("own")).connect() as connection:
        return list(connection.execute(select(table)))


def shown_nothing(at: AppTest) -> str:
    """The page's text, which holds no school, no trust and no page of the menu."""
    assert not at.exception, at.exception
    shown = drive.text(at)
    assert [name for name in SHOWN_BY_NOBODY if name in shown] == []
    assert at.get("download_button") == []
    assert WITNESS not in at.session_state
    return shown


# Without sign-in: this computer only.


@pytest.mark.parametrize("here", ["localhost", "localhost:8501", "127.0.0.1", "127.8.0.1:80", "[::1]:8501", "::1",
                                  "::ffff:127.0.0.1", "http://localhost:8501", "LOCALHOST."])  # fmt: skip
def test_names_of_this_computer(here: str) -> None:
    assert loopback.is_this_computer(here)


@pytest.mark.parametrize("there", [
    "", "0.0.0.0", "::", "192.168.1.2", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example", "127.1",
    "2130706433", "0x7f.1", "localhost@evil.example", "http://evil.example/localhost", "localhost/x", "localhost:8a",
    "null", "[::1", "unix:///run/alongside.sock", "loc\u0430lhost", "localhost\u3002evil.example", "localhost evil.example",
])  # fmt: skip
def test_names_of_other_computers(there: str) -> None:
    assert not loopback.is_this_computer(there)


@pytest.mark.parametrize(("address", "headers", "sender", "said"), [
    ("localhost", {}, None, ""),
    ("127.0.0.1", {"Host": ["localhost:8501"], "Origin": ["http://localhost:8501"]}, None, ""),
    ("localhost", {"Host": ["127.0.0.1:8501"], "X-Forwarded-For": ["127.0.0.1, ::1"]}, "127.0.0.1", ""),
    ("localhost", {"Forwarded": ['for="[::1]:4711";host=localhost;proto=http']}, None, ""),
    (None, {}, None, LISTENING),  # Streamlit's own default is every address
    ("", {}, None, LISTENING),
    ("0.0.0.0", {"Host": ["localhost:8501"]}, None, LISTENING),
    ("::", {}, None, LISTENING),
    ("alongside.trust.example", {}, None, LISTENING),
    ("localhost", {}, "192.168.1.20", ELSEWHERE),
    ("localhost", {"Host": ["rebound.evil.example:8501"]}, None, ELSEWHERE),  # DNS rebinding
    ("localhost", {"Host": ["localhost", "evil.example"]}, None, ELSEWHERE),
    ("localhost", {"Host": ["localhost"], "Origin": ["https://alongside.trust.example"]}, None, ELSEWHERE),
    ("localhost", {"Host": ["localhost"], "X-Forwarded-For": ["203.0.113.9"]}, None, ELSEWHERE),
    ("localhost", {"Host": ["localhost"], "X-Forwarded-For": ["127.0.0.1, 203.0.113.9"]}, None, ELSEWHERE),
    ("localhost", {"X-Real-Ip": ["203.0.113.9"]}, None, ELSEWHERE),
    ("localhost", {"X-Forwarded-Host": ["alongside.trust.example"]}, None, ELSEWHERE),
    ("localhost", {"Forwarded": ["for=203.0.113.9"]}, None, ELSEWHERE),
    ("localhost", {"Forwarded": ["for=_hidden"]}, None, ELSEWHERE),
    ("localhost", {"Forwarded": ["proto=https"]}, None, ELSEWHERE),
])  # fmt: skip
def test_without_sign_in_only_this_computer_is_served(address: Any, headers: Any, sender: Any, said: str) -> None:
    assert loopback.elsewhere(address, headers, sender).startswith(said)
    assert bool(loopback.elsewhere(address, headers, sender)) == bool(said)


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_every_page_is_refused_on_another_address(
    filled_home: Path, monkeypatch: pytest.MonkeyPatch, spec: PageSpec
) -> None:
    monkeypatch.setattr(loopback, "elsewhere", lambda *_: LISTENING)
    shown = shown_nothing(drive.view(spec.key))
    assert "--server.address localhost" in shown
    assert OPEN_TO_ALL in shown


def test_open_to_all_must_be_said(filled_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback, "elsewhere", lambda *_: LISTENING)
    monkeypatch.setenv(OPEN_TO_ALL, "perhaps")
    assert "Write yes, or leave it out." in shown_nothing(drive.view("overview"))
    monkeypatch.setenv(OPEN_TO_ALL, "yes")
    assert "Lower Quennet Primary School" in drive.text(drive.view("overview"))


# Secrets that are half there never lead back to "everything is theirs".


@pytest.mark.parametrize(("auth", "said"), [
    ({}, "cookie_secret has to be 32 random characters or more"),
    ("yes", "[auth] is no table"),
    ({**AUTH, "cookie_secret": "short"}, "cookie_secret has to be 32 random characters or more"),
    ({**AUTH, "cookie_secret": "REPLACE WITH 32 OR MORE RANDOM CHARACTERS"}, "cookie_secret has to be"),
    ({**AUTH, "redirect_uri": "http://alongside.trust.example/oauth2callback"}, "redirect_uri has to begin with https://"),
    ({**AUTH, "redirect_uri": "https://alongside.trust.example/"}, "redirect_uri has to begin with https://"),
    ({**AUTH, "client_id": ""}, "each provider needs client_id"),
    ({key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}, "each provider needs client_id"),
    ({**{key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}, "trust": {"client_id": "a"}}, "each provider needs"),
])  # fmt: skip
def test_settings_that_are_not_sound_open_nothing(own_home: Path, auth: Any, said: str) -> None:
    shown = shown_nothing(with_sign_in("overview", fresh(GOOGLE), auth=auth))
    assert said in shown
    assert rows(sign_in) == []


def test_a_secrets_file_that_cannot_be_read_opens_nothing(
    filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit.runtime.secrets import Secrets

    (tmp_path / "secrets.toml").write_text("[auth\nredirect_uri = 1")
    monkeypatch.setattr("streamlit.secrets", Secrets())
    monkeypatch.setattr("pages.shell.door.identity.st.get_option", lambda name: [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr("streamlit.config.get_option", lambda name: [str(tmp_path / "secrets.toml")])
    with pytest.raises(Exception, match=r"secrets\.toml is there and is valid TOML"):
        identity.sign_in_configured()


def test_several_providers_have_a_button_each(own_home: Path) -> None:
    both = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    one = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
    at = with_sign_in("overview", {}, auth={**both, "entra": one, "google": one})
    assert [button.label for button in at.button] == ["Sign in with entra", "Sign in with google"]


# Nobody signed in.


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
@pytest.mark.parametrize(
    "claims", [{}, {"is_logged_in": False}, {**GOOGLE, "is_logged_in": "true"}, {"email": ADDRESS}]
)
def test_every_page_is_the_sign_in_page(own_home: Path, spec: PageSpec, claims: dict[str, Any]) -> None:
    at = with_sign_in(spec.key, claims, school="900001", data="sample")
    shown = shown_nothing(at)
    assert "Sign in to Alongside" in shown
    assert [button.label for button in at.button] == ["Sign in"]
    assert spec.key == "welcome" or spec.title not in shown.replace("Sign in to Alongside", "")
    assert rows(audit)[-1].action == "people_changed"  # nothing was noted, nobody came


# Claims.


@pytest.mark.parametrize(("claims", "subject", "name", "verified"), [
    (GOOGLE, GOOGLE["sub"], "Ada Lark", True),
    (ENTRA, f"oid:{ENTRA['oid']}", "Ada Lark", False),
    (DFE, DFE["sub"], "Ada Lark", True),
    ({**ENTRA, "email": "mail@trust.example", "email_verified": True}, f"oid:{ENTRA['oid']}", "Ada Lark", True),
    ({**ENTRA, "iss": "https://id.evil.example", "email": ADDRESS}, ENTRA["sub"], "Ada Lark", False),
    ({**GOOGLE, "email_verified": "false"}, GOOGLE["sub"], "Ada Lark", False),
    ({**GOOGLE, "email_verified": 1}, GOOGLE["sub"], "Ada Lark", False),
    ({**GOOGLE, "name": "A\u202eda\u2066 Lark\u200b"}, GOOGLE["sub"], "Ada Lark", True),
    ({**GOOGLE, "name": "Ada\nLark", "given_name": None, "family_name": 3}, GOOGLE["sub"], "", True),
])  # fmt: skip
def test_claims_of_each_kind_of_provider(claims: dict[str, Any], subject: str, name: str, verified: bool) -> None:
    found = identity_of(fresh(claims))
    assert (found.subject, found.name, found.email_verified) == (subject, name, verified)
    assert found.email == claims.get("email", ADDRESS)
    assert len(found.mark) == 64
    assert found.issued_at is not None


def test_only_entra_may_speak_of_preferred_usernames() -> None:
    assert identity_of(fresh(GOOGLE, email=None, preferred_username=ADDRESS, upn=ADDRESS)).email == ""
    for issuer in ("https://login.microsoftonline.com.evil.example/x", "http://login.microsoftonline.com/x",
                   "https://login.microsoftonline.com:444/x", "https://evil.example/login.microsoftonline.com"):  # fmt: skip
        found = identity_of(fresh(ENTRA, iss=issuer))
        assert (found.email, found.subject) == ("", ENTRA["sub"])
    assert identity_of(fresh(ENTRA, tid="another-tenant")).subject == ENTRA["sub"]


@pytest.mark.parametrize("odd", [None, "", 7, True, 1.5, ["a"], {"a": "b"}, HUGE, "a\x00b", "a\nb", "\ud800", b"x"])
@pytest.mark.parametrize("claim", ["iss", "sub", "nonce", "email", "name", "iat", "oid", "tid", "sid", "jti"])
@pytest.mark.parametrize("claims", [GOOGLE, ENTRA, DFE], ids=["google", "entra", "dfe"])
def test_claims_of_another_kind_count_as_missing(claims: dict[str, Any], claim: str, odd: Any) -> None:
    found = identity_of({**fresh(claims), claim: odd})
    texts = (found.issuer, found.subject, found.email, found.name, found.mark)
    assert all(isinstance(text, str) and len(text) <= 320 for text in texts)
    assert not any(letter in text for text in texts for letter in "\x00\n\ud800")
    if claim in ("iss", "sub"):
        assert found.mark == ""
        assert getattr(found, {"iss": "issuer", "sub": "subject"}[claim]) == ""


def test_marks_tell_sign_ins_apart() -> None:
    now = fresh(GOOGLE)
    marks = [identity_of(claims).mark for claims in (
        now, {**now, "nonce": "other"}, {**now, "sub": "other"}, {**now, "iss": "https://other.example"},
        {**now, "nonce": None, "jti": now["nonce"]}, fresh(DFE, iat=1), fresh(DFE, iat=2), {**now, "nonce": now["nonce"] + " "},
    )]  # fmt: skip
    assert len(set(marks)) == len(marks)
    assert identity_of({**now, "iat": 1, "name": "Other"}).mark == marks[0]
    assert identity_of(fresh(GOOGLE, nonce=None)).mark == ""


# Coming in, as the store sees it.


@pytest.mark.parametrize(
    ("claims", "trusted"), [(GOOGLE, ""), (ENTRA, ENTRA["iss"]), (DFE, "")], ids=["google", "entra", "dfe"]
)
def test_an_invited_person_comes_in(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any], trusted: str
) -> None:
    monkeypatch.setenv(TRUSTED, trusted)
    at = with_sign_in("data_page", fresh(claims))
    assert "Sign in" not in [button.label for button in at.button]
    assert "Figures of 21 November 2026." in drive.text(at)
    assert [row.action for row in rows(audit)][-1] == "signed_in"
    (bound,) = [row for row in rows(account) if row.email == ADDRESS]
    assert (bound.issuer, bound.state, bound.name) == (claims["iss"], "active", "Ada Lark")


UNKNOWN, NO_MARK = "nobody has invited you yet", "cannot be told from others"


@pytest.mark.parametrize(("provider", "other", "why"), [
    pytest.param(GOOGLE, {"email": "stranger@trust.example"}, UNKNOWN, id="stranger"),
    pytest.param(GOOGLE, {"email_verified": False}, UNKNOWN, id="unverified"),
    pytest.param(GOOGLE, {"email": None}, UNKNOWN, id="no address"),
    pytest.param(GOOGLE, {"email": [ADDRESS]}, UNKNOWN, id="a list of addresses"),
    pytest.param(ENTRA, {}, UNKNOWN, id="issuer not trusted"),
    pytest.param(GOOGLE, {"nonce": None}, NO_MARK, id="no nonce"),
    pytest.param(GOOGLE, {"sub": None}, NO_MARK, id="no subject"),
    pytest.param(GOOGLE, {"iss": ["https://accounts.google.com"]}, NO_MARK, id="a list of issuers"),
])  # fmt: skip
def test_who_may_not_come_in_is_told_why_and_can_sign_out(
    own_home: Path, provider: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    claims = fresh(provider, **other)
    at = with_sign_in("overview", claims)
    shown = shown_nothing(at)
    assert "You are signed in, but Alongside is not open to you" in shown
    assert why in shown.replace("Nobody", "nobody")
    assert [button.label for button in at.button] == ["Sign out"]
    assert rows(sign_in) == []
    assert rows(audit)[-1].action == "sign_in_refused"


@pytest.mark.parametrize("iat", [None, "now", 0, "an hour ago"])
def test_an_old_token_that_was_never_seen_opens_nothing(own_home: Path, iat: Any) -> None:
    iat = int(time.time()) - 3600 if iat == "an hour ago" else iat
    at = with_sign_in("overview", fresh(GOOGLE, iat=iat))
    assert "This sign-in is too old. Sign in again." in shown_nothing(at)
    assert [button.label for button in at.button] == ["Sign in"]


def change(**values: str) -> None:
    with engine(place("own")).begin() as connection:
        connection.execute(update(sign_in).values(**values))


def test_a_sign_in_ends(own_home: Path) -> None:
    claims = fresh(GOOGLE)
    at = with_sign_in("data_page", claims)
    assert "Figures of" in drive.text(at)
    change(last_seen=text_of(identity.now().replace(year=2020)), began=text_of(identity.now()))
    assert "You were away for a while, so you were signed out" in shown_nothing(at.run())
    assert [button.label for button in at.button] == ["Sign in"]
    assert rows(sign_in)[0].how_ended == "idle"
    # The cookie once more, in a new window: it opens nothing, and nothing more is noted.
    noted = len(rows(audit))
    assert "You were away for a while" in shown_nothing(with_sign_in("data_page", claims))
    assert len(rows(audit)) == noted


def test_a_closed_account_is_out_at_the_next_click(own_home: Path) -> None:
    at = with_sign_in("data_page", fresh(GOOGLE))
    (ada,) = [row.account_id for row in rows(account) if row.email == ADDRESS]
    accounts.close(everything(), engine(place("own")), ada, now=identity.now())
    shown = shown_nothing(at.run())
    assert "Your account is closed." in shown
    assert [button.label for button in at.button] == ["Sign out"]


def test_a_role_that_is_taken_back_closes_its_pages_at_the_next_click(own_home: Path) -> None:
    opened = engine(place("own"))
    ada = own_region.invited("eve@trust.example", "Eve", "director", uid=region.TRUST)
    at = with_sign_in("support", fresh(GOOGLE, email="eve@trust.example", sub="eve"))
    assert "Two schools may need support" in drive.text(at)
    (grant,) = accounts.person(everything(), opened, ada).holds
    accounts.take_back(everything(), opened, grant.grant_id, now=identity.now())
    shown = shown_nothing_but_witness(at.run())
    assert "You have no role here yet" in shown and "Ask whoever looks after Alongside for you to give you one" in shown
    assert "is for directors" not in shown


def shown_nothing_but_witness(at: AppTest) -> str:
    shown = drive.text(at)
    assert [name for name in SHOWN_BY_NOBODY if name in shown] == []
    return shown


def test_only_our_own_data_are_served(own_home: Path) -> None:
    region.fill(place("sample"))
    at = with_sign_in("data_page", fresh(GOOGLE), data="sample")
    assert "The link asks for other data than those of your schools." in drive.text(at)
    assert at.query_params["data"] in ("own", ["own"])


def test_menus_of_roles() -> None:
    from data.access.scope import Grant, Scope

    def listed(*grants: Grant) -> set[str]:
        return {spec.key for spec in PAGES if menu.listed(spec, Scope(1, "A", grants))}

    assert listed() == set()
    assert listed(Grant("headteacher", urn=1)) >= {"my_school", "similar_schools", "how_it_works"}
    assert not listed(Grant("headteacher", urn=1)) & {"overview", "support", "board", "data_page"}
    assert listed(Grant("governor", uid="1")) >= {"board", "how_it_works"}
    assert not listed(Grant("governor", uid="1")) & {"support", "my_school", "data_page"}
    assert listed(Grant("director", uid="1")) >= {"overview", "support", "my_school", "board", "data_page"}
    assert not listed(Grant("administrator")) & {"overview", "support", "my_school", "board"}
    assert menu.listed(BY_KEY["board"], None) is False


def test_a_click_costs_one_look_and_writes_nothing(own_home: Path) -> None:
    at = with_sign_in("how_it_works", fresh(GOOGLE)).run()
    asked: list[str] = []
    event.listen(engine(place("own")), "before_cursor_execute", lambda *sent: asked.append(sent[2]))
    at.run()
    private = [sent for sent in asked if any(name in sent for name in ("sign_in", "account", "role_grant", "audit"))]
    assert len(private) == 1, private
    assert private[0].lstrip().startswith("SELECT")


def test_every_page_has_its_line_in_the_table_of_permissions_and_every_line_its_page() -> None:
    assert {key for key, line in permissions().items() if line.kind == "page"} == {spec.key for spec in PAGES}

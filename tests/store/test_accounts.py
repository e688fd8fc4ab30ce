"""Accounts: who may be invited, what roles go with, the last administrator, and the schools that a role reaches."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, delete

from data.access import accounts, audit, sign_ins
from data.access.accounts import PersonRefused
from data.access.names import ERASED
from data.access.scope import Grant, Scope, everything, nobody
from data.access.settings import Settings
from data.catalogue import PermissionDenied, StoreError
from data.store import members, read
from data.store.schema import membership
from tests.store.conftest import Writer, register, snapshot
from tests.store.people import NOW, fill, identity, invited, minutes

OWNER = everything()


@pytest.fixture
def filled(store: Engine, write: Writer) -> Engine:
    fill(write)
    return store


def test_an_address_is_kept_in_small_letters_and_is_one_account_whatever_its_case(store: Engine) -> None:
    made = accounts.invite(OWNER, store, "  Ann.Lee@Ash.ORG ", "  Ann\u0301  Lee ", now=NOW)
    assert (made.email, made.name) == ("ann.lee@ash.org", "An\u0144 Lee")  # one composed letter
    assert (made.state, made.grants) == ("invited", ())
    with pytest.raises(PersonRefused, match="already"):
        accounts.invite(OWNER, store, "ANN.LEE@ash.org", now=NOW)
    assert len(accounts.people(OWNER, store)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "аnn@ash.org",  # Cyrillic a
        "ann@аsh.org",
        "ａnn@ash.org",  # full width
        "ann＠ash.org",
        "ann@ash。org",  # ideographic full stop: a dot to some resolvers
        "ſam@ash.org",  # long s: s when folded
        "ﬁn@ash.org",  # a ligature: fi under NFKC
        "\u212aim@ash.org",  # the Kelvin sign: k when lowered
        "ann\u200b@ash.org",
        "ann\u202e@ash.org",
        "ańn@ash.org",
    ],
)
def test_letters_that_look_alike_are_refused_not_folded(store: Engine, address: str) -> None:
    with pytest.raises(PersonRefused, match="not a plain letter"):
        accounts.invite(OWNER, store, address, now=NOW)
    assert accounts.people(OWNER, store) == ()


@pytest.mark.parametrize(
    "address",
    ["", " ", "ann", "ann@", "@ash.org", "ann@ash", "a nn@ash.org", "ann@@ash.org", "ann@ash..org", "ann@-ash.org",
     "ann@ash.org.", "a..b@ash.org", "a.@ash.org", "=1+1@ash.org", "-ann@ash.org", "+ann@ash.org", "'ann@ash.org",
     "ann@ash.org\nbcc:x@y.org", "ann@ash.org\0", '"ann"@ash.org', "ann@[127.0.0.1]", "ann@127.0.0.1",
     f"{'a' * 65}@ash.org", f"ann@{'a' * 64}.org", f"ann@{'a.' * 130}org", "ann@ash.org,bea@ash.org", "<ann@ash.org>"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(store: Engine, address: str) -> None:
    with pytest.raises(PersonRefused):
        accounts.invite(OWNER, store, address, now=NOW)


def test_addresses_that_differ_in_one_ascii_letter_are_two_people(store: Engine) -> None:
    one, other = (accounts.invite(OWNER, store, email, now=NOW) for email in ("kim@ash.org", "klm@ash.org"))
    dotted = accounts.invite(OWNER, store, "k.im@ash.org", now=NOW)
    assert len({one.account_id, other.account_id, dotted.account_id}) == 3


@pytest.mark.parametrize("name", ["a\u202eb", "a\0b", "a\u200bb", "=cmd()", "@ann", "＝1", "x" * 101])
def test_names_that_hide_or_calculate_are_refused(store: Engine, name: str) -> None:
    with pytest.raises(PersonRefused):
        accounts.invite(OWNER, store, "ann@ash.org", name, now=NOW)


@pytest.mark.parametrize(
    ("role", "over", "about"),
    [
        ("director", {}, "partnership"), ("director", {"urn": 100001}, "partnership"),
        ("director", {"uid": "10", "urn": 100001}, "school"), ("governor", {"uid": "99"}, "partnership"),
        ("adviser", {"uid": "LA999"}, "partnership"), ("headteacher", {}, "school"),
        ("headteacher", {"urn": 999999}, "school"), ("headteacher", {"urn": -1}, "school"),
        ("headteacher", {"urn": 2**40}, "school"), ("headteacher", {"uid": "10"}, "partnership"),
        ("administrator", {"uid": "10"}, "partnership"), ("auditor", {"urn": 100001}, "school"), ("king", {}, "role"),
        ("", {}, "role"),
    ],
)  # fmt: skip
def test_a_role_goes_with_what_it_is_over(filled: Engine, role: str, over: dict[str, object], about: str) -> None:
    made = accounts.invite(OWNER, filled, "ann@ash.org", now=NOW)
    with pytest.raises(PersonRefused) as caught:
        accounts.give(OWNER, filled, made.account_id, role, now=NOW, **over)  # type: ignore[arg-type]
    assert caught.value.about == about
    assert accounts.person(OWNER, filled, made.account_id).grants == ()


def test_a_role_given_twice_is_held_once_and_taken_back_for_good(filled: Engine) -> None:
    made = invited(filled, "ann@ash.org", "director", uid="10")
    assert accounts.give(OWNER, filled, made.account_id, "director", uid="10", now=minutes(1)) == made.grants[0]
    accounts.take_back(OWNER, filled, made.grants[0].grant_id, now=minutes(2))
    accounts.take_back(OWNER, filled, made.grants[0].grant_id, now=minutes(3))
    found = accounts.person(OWNER, filled, made.account_id)
    assert found.holds == () and found.grants[0].ended == "2026-09-01T09:02:00.000000+00:00"
    with pytest.raises(StoreError):
        accounts.take_back(OWNER, filled, 999, now=NOW)


def test_nobody_but_an_administrator_manages_people(filled: Engine) -> None:
    made = invited(
        filled, "ann@ash.org", "director", "headteacher", "governor", "adviser", "auditor", uid="10", urn=100001
    )
    admin = invited(filled, "bea@ash.org", "administrator")
    scopes = [nobody(), Scope(), sign_ins.scope_of(filled, made.account_id)]
    before = accounts.people(OWNER, filled)
    for scope in scopes:
        for refused in (
            lambda scope=scope: accounts.people(scope, filled),
            lambda scope=scope: accounts.person(scope, filled, admin.account_id),
            lambda scope=scope: accounts.invite(scope, filled, "eve@ash.org", now=NOW),
            lambda scope=scope: accounts.give(scope, filled, made.account_id, "administrator", now=NOW),
            lambda scope=scope: accounts.take_back(scope, filled, admin.grants[0].grant_id, now=NOW),
            lambda scope=scope: accounts.close(scope, filled, admin.account_id, now=NOW),
            lambda scope=scope: accounts.reopen(scope, filled, admin.account_id, now=NOW),
            lambda scope=scope: accounts.unbind(scope, filled, admin.account_id, now=NOW),
            lambda scope=scope: sign_ins.end_all(scope, filled, admin.account_id, now=NOW),
        ):
            with pytest.raises(PermissionDenied):
                refused()
    assert accounts.people(OWNER, filled) == before
    assert accounts.person(scopes[2], filled, made.account_id).email == "ann@ash.org"  # one's own
    assert len(accounts.people(sign_ins.scope_of(filled, admin.account_id), filled)) == 2


def signed_in(store: Engine, email: str, at: float = 0) -> Scope:
    return sign_ins.open_scope(store, identity(email, issued_at=minutes(at)), Settings(), now=minutes(at))


def test_the_last_administrator_stays(store: Engine) -> None:
    admin = invited(store, "ann@ash.org", "administrator")
    scope = signed_in(store, "ann@ash.org")
    losing = (
        lambda by: accounts.close(by, store, admin.account_id, now=NOW),
        lambda by: accounts.take_back(by, store, admin.grants[0].grant_id, now=NOW),
        lambda by: accounts.unbind(by, store, admin.account_id, now=NOW),
    )
    for by in (scope, OWNER):
        for lose in losing[: 2 if by.owner else 3]:  # at the command line the provider can be changed for everybody
            with pytest.raises(PersonRefused, match="last administrator"):
                lose(by)
    invited(store, "bea@ash.org", "administrator")
    for lose in losing:  # the other one has never come in: perhaps the address is wrong
        with pytest.raises(PersonRefused, match="last administrator"):
            lose(scope)
    signed_in(store, "bea@ash.org")
    accounts.close(scope, store, admin.account_id, now=NOW)
    with pytest.raises(PermissionDenied):
        signed_in(store, "ann@ash.org")


def test_at_the_command_line_an_invited_administrator_is_enough(store: Engine) -> None:
    admin = invited(store, "ann@ash.org", "administrator")
    signed_in(store, "ann@ash.org")
    invited(store, "bea@ash.org", "administrator")
    accounts.close(OWNER, store, admin.account_id, now=NOW)
    assert accounts.person(OWNER, store, admin.account_id).state == "closed"


def test_a_closed_account_keeps_its_roles_unused_and_can_be_opened_again(filled: Engine) -> None:
    made = invited(filled, "ann@ash.org", "director", uid="10")
    accounts.close(OWNER, filled, made.account_id, now=NOW)
    accounts.close(OWNER, filled, made.account_id, now=NOW)
    assert sign_ins.scope_of(filled, made.account_id) == Scope()
    with pytest.raises(PersonRefused, match="closed"):
        accounts.give(OWNER, filled, made.account_id, "auditor", now=NOW)
    with pytest.raises(PersonRefused, match="closed") as caught:
        accounts.invite(OWNER, filled, "ann@ash.org", now=NOW)
    assert caught.value.remedy == "Open it again."
    accounts.reopen(OWNER, filled, made.account_id, now=NOW)
    assert accounts.person(OWNER, filled, made.account_id).state == "invited"  # it never was anybody's
    assert sign_ins.scope_of(filled, made.account_id).roles == ("director",)


def test_a_name_and_an_address_are_put_right_and_the_account_stays_its_persons(store: Engine) -> None:
    made, _ = invited(store, "ann@ash.org", "auditor"), invited(store, "bea@ash.org")
    signed_in(store, "ann@ash.org")
    found = accounts.correct(OWNER, store, made.account_id, name="Ann Lowe", email="Ann.Lowe@ash.org", now=NOW)
    assert (found.name, found.email, found.state) == ("Ann Lowe", "ann.lowe@ash.org", "active")
    again = identity("ann@ash.org", mark="m2")
    assert sign_ins.open_scope(store, again, Settings(), now=NOW).account_id == made.account_id
    told = audit.entries(OWNER, store, limit=3)["detail"].tolist()
    assert '{"did": "name put right"}' in told and '{"did": "email put right"}' in told
    for email in ("bea@ash.org", "b\u0435a@ash.org", ""):
        with pytest.raises(PersonRefused):
            accounts.correct(OWNER, store, made.account_id, name="Ann", email=email, now=NOW)
    assert accounts.person(OWNER, store, made.account_id) == found
    with pytest.raises(PermissionDenied):
        accounts.correct(sign_ins.scope_of(store, 1), store, 1, name="Me", email="me@ash.org", now=NOW)


def test_each_change_of_people_stands_in_the_audit_by_number(filled: Engine) -> None:
    made = invited(filled, "ann@ash.org", "director", uid="10")
    accounts.take_back(OWNER, filled, made.grants[0].grant_id, now=NOW)
    accounts.close(OWNER, filled, made.account_id, now=NOW)
    found = audit.entries(OWNER, filled, action="people_changed")
    assert found["detail"].tolist()[::-1] == [
        '{"did": "invited"}', '{"did": "role given", "role": "director"}',
        '{"did": "role taken back", "role": "director"}', '{"did": "closed"}',
    ]  # fmt: skip
    assert set(found["subject"]) == {"account 1"} and found["uid"].tolist()[::-1][1] == "10"
    assert "ann" not in found.to_csv()


def test_names_for_histories(store: Engine) -> None:
    accounts.invite(OWNER, store, "ann@ash.org", "Ann Lee", now=NOW)
    accounts.invite(OWNER, store, "bea@ash.org", now=NOW)
    assert accounts.names_of(store, [1, 2, 2, 77]) == {1: "Ann Lee", 2: "account 2", 77: ERASED}
    assert accounts.names_of(store, []) == {}


def test_a_role_reaches_the_open_schools_of_now(filled: Engine) -> None:
    made = invited(filled, "ann@ash.org", "director", "headteacher", uid="10", urn=100002)
    accounts.give(OWNER, filled, made.account_id, "adviser", uid="LA850", now=NOW)
    assert sign_ins.scope_of(filled, made.account_id).grants == (
        Grant("director", uid="10", members=frozenset({100001})),  # Beech is closed
        Grant("headteacher", urn=100002),
        Grant("adviser", uid="LA850", members=frozenset({100001, 100003})),
    )
    with filled.begin() as connection:
        connection.execute(delete(membership).where(membership.c.uid == "10"))
    assert sign_ins.scope_of(filled, made.account_id).grants[0].members == frozenset()


def test_members_of_now_are_those_that_the_whole_store_says(filled: Engine, write: Writer) -> None:
    later = pd.DataFrame({"uid": ["20"], "urn": [100001]})  # Ash has moved; the older file still lists it
    named = pd.DataFrame({"uid": ["20", "30"], "name": ["Cedar Trust", "Ash and Cedar"], "kind": ["mat", "federation"]})
    both = pd.DataFrame({"uid": ["30", "30"], "urn": [100001, 100003]})
    write(snapshot("group_links", date(2026, 5, 1), {"group": named, "membership": pd.concat([later, both])}))
    write(register({100001: "Ash"}, date(2026, 2, 1), status="open", la_code=850, la_name="Hampshire", trust_uid=20))
    found = members.present(filled, ["10", "20", "30", "LA850", "LA999", "99", "own-x", "", "LA"])
    for uid in ("10", "20", "30", "LA850"):
        assert found[uid] == read.members(filled, uid) - {100002}, uid
    assert found["20"] >= {100001} and not found["10"]
    assert {uid: found[uid] for uid in ("LA999", "99", "own-x", "", "LA")} == dict.fromkeys(
        ("LA999", "99", "own-x", "", "LA"), frozenset()
    )

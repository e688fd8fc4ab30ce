"""Sign-ins: whose account it is, and when a sign-in opens nothing. Times are minutes after nine o'clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.access import accounts, audit, sign_ins
from data.access.scope import Scope, everything
from data.access.settings import Settings
from data.access.sign_ins import NotSignedIn
from data.catalogue import PermissionDenied, StoreError
from data.store import dialect
from data.store.schema_private import sign_in
from tests.store.people import ISSUER, NOW, identity, invited, minutes

OWNER = everything()
SET = Settings()  # idle 30 minutes, longest 12 hours


def enter(store: Engine, at: float = 0, settings: Settings = SET, **who: object) -> Scope:
    """Sign in at minute `at` with a token made then, unless `who` says otherwise."""
    return sign_ins.open_scope(store, identity(**({"issued_at": minutes(at)} | who)), settings, now=minutes(at))  # type: ignore[arg-type]


def reason(store: Engine, at: float = 0, settings: Settings = SET, **who: object) -> str:
    """Why nobody gets in."""
    with pytest.raises(NotSignedIn) as caught:
        enter(store, at, settings, **who)
    assert isinstance(caught.value, PermissionDenied) and "@" not in str(caught.value)
    return caught.value.reason


def test_the_first_verified_sign_in_has_the_account_and_no_other_ever(store: Engine) -> None:
    made = invited(store, "ann@ash.org", "auditor")
    assert enter(store, email="Ann@ASH.org", subject="s1", name="Ann Lee", mark="m1") == Scope(
        made.account_id, "Ann Lee", sign_ins.scope_of(store, 1).grants, mark="m1"
    )
    # The same address at the provider, another subject: a mailbox that was given to somebody else.
    assert reason(store, email="ann@ash.org", subject="s2", mark="m2") == "unknown"
    # The same subject at another provider.
    assert reason(store, issuer="https://evil.example", subject="s1", mark="m3") == "unknown"
    # The person's address changed at the provider: known by the subject; the account keeps its address.
    assert enter(store, 1, email="ann.new@ash.org", subject="s1", mark="m4").account_id == made.account_id
    assert accounts.person(OWNER, store, made.account_id).email == "ann@ash.org"


def test_an_address_that_moves_to_another_persons_invitation_binds_nothing(store: Engine) -> None:
    ann, bea = invited(store, "ann@ash.org"), invited(store, "bea@ash.org", "administrator")
    assert enter(store, subject="s1").account_id == ann.account_id
    # Ann's address at the provider becomes Bea's: she stays Ann, and Bea's invitation stays open.
    assert enter(store, 1, email="bea@ash.org", subject="s1", mark="m2").account_id == ann.account_id
    assert accounts.person(OWNER, store, bea.account_id).state == "invited"


def test_only_a_verified_address_binds_unless_the_provider_is_trusted(store: Engine) -> None:
    invited(store, "ann@ash.org")
    assert reason(store, email_verified=False) == "unknown"
    assert (
        reason(store, settings=Settings(trusted_issuers=frozenset({"https://other"})), email_verified=False)
        == "unknown"
    )
    trusting = Settings(trusted_issuers=frozenset({ISSUER}))
    assert enter(store, settings=trusting, email_verified=False).account_id == 1


@pytest.mark.parametrize(
    "email", ["", "аnn@ash.org", "ａnn@ash.org", "ann@ash.org.", "ann@ash.org\n@x", "\u212aim@ash.org", "x@ash.org"]
)
def test_an_address_that_only_looks_like_it_binds_nothing(store: Engine, email: str) -> None:
    invited(store, "ann@ash.org")
    invited(store, "kim@ash.org")
    assert reason(store, email=email, subject="s", mark="m") == "unknown"
    assert {one.state for one in accounts.people(OWNER, store)} == {"invited"}


def test_closed_and_erased_accounts_open_nothing(store: Engine) -> None:
    from data.access.persons import erase_person

    invited(store, "bea@ash.org", "administrator")
    made = invited(store, "ann@ash.org")
    enter(store)
    accounts.close(OWNER, store, made.account_id, now=NOW)
    assert reason(store) == "closed"  # the sign-in of before
    assert reason(store, mark="m2") == "closed"  # a new one
    accounts.reopen(OWNER, store, made.account_id, now=NOW)
    assert reason(store) == "closed"  # what has ended stays so
    assert enter(store, mark="m3").account_id == made.account_id
    erase_person(OWNER, store, made.account_id, now=NOW)
    assert reason(store, mark="m3") == "unknown" and reason(store, mark="m4") == "unknown"
    again = invited(store, "ann@ash.org")  # invited anew: another account, another number
    assert enter(store, mark="m5").account_id == again.account_id != made.account_id


def test_an_invitation_closed_before_it_was_used_binds_nothing(store: Engine) -> None:
    made = invited(store, "ann@ash.org")
    accounts.close(OWNER, store, made.account_id, now=NOW)
    assert reason(store) == "unknown"


def test_a_replayed_mark_opens_nothing(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    sign_ins.end(store, "mark ann@ash.org", "signed_out", now=minutes(1))
    assert reason(store, 1, issued_at=NOW) == "signed_out"
    assert reason(store, 600, issued_at=NOW) == "signed_out"
    # A copy of a cookie whose sign-in was never seen here: fine for ten minutes, then never.
    assert reason(store, 10.02, issued_at=NOW, mark="copied") == "old"
    assert reason(store, 60 * 24 * 365, issued_at=NOW, mark="copied") == "old"
    assert enter(store, 10, issued_at=NOW, mark="fresh").account_id == 1
    with store.connect() as connection:
        assert connection.execute(select(func.count()).select_from(sign_in)).scalar() == 2


def test_a_row_that_was_cleared_away_does_not_let_its_old_token_in(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    later = 91 * 24 * 60
    enter(store, later, mark="m2")  # clears what was last seen ninety days ago
    with store.connect() as connection:
        assert connection.execute(select(sign_in.c.mark)).scalars().all() == ["m2"]
    assert reason(store, later, issued_at=NOW) == "old"


def test_a_mark_is_nobody_elses(store: Engine) -> None:
    invited(store, "ann@ash.org")
    invited(store, "bea@ash.org")
    enter(store)
    assert reason(store, email="bea@ash.org", subject="bea", mark="mark ann@ash.org") == "no_mark"
    assert reason(store, mark="") == "no_mark" and reason(store, subject="", mark="x") == "no_mark"
    assert reason(store, issuer="", mark="x") == "no_mark"


@pytest.mark.parametrize(("away", "still"), [(29.99, True), (30, False), (30.01, False)])
def test_idle_ends_at_the_very_limit(store: Engine, away: float, still: bool) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    assert sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(away)) is still
    if still:
        assert enter(store, away, issued_at=NOW).account_id == 1
    else:
        assert reason(store, away, issued_at=NOW) == "idle"
        assert reason(store, 1, issued_at=NOW) == "idle"  # ended is ended, also for a clock that goes back


def test_looking_whether_it_is_open_is_no_activity_and_a_click_is(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    for at in range(1, 30):
        assert sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(at))
    assert not sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(30))
    enter(store, 29, issued_at=NOW)
    assert sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(58.9))


def test_activity_is_written_at_most_once_a_minute(store: Engine) -> None:
    invited(store, "ann@ash.org")
    seen = []
    for at in (0, 0.5, 0.99, 1, 1.5, 2.1):
        enter(store, at, issued_at=NOW)
        with store.connect() as connection:
            seen.append(connection.execute(select(sign_in.c.last_seen)).scalar()[14:19])
    assert seen == ["00:00", "00:00", "00:00", "01:00", "01:00", "02:06"]


def test_a_sign_in_ends_after_its_longest_whatever_is_clicked(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    for at in range(20, 720, 20):
        enter(store, at, issued_at=NOW)
    assert not sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(720))
    assert reason(store, 720, issued_at=NOW) == "too_long"


def test_a_clock_that_goes_back(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store, 100)
    assert enter(store, 99, issued_at=minutes(100)).account_id == 1  # two computers differ a little
    assert not sign_ins.still_open(store, "mark ann@ash.org", SET, now=minutes(97))
    # Set back by an hour: nobody can tell how long the person was away.
    assert reason(store, 40, issued_at=minutes(100)) == "too_long"


def test_a_token_from_the_future_or_without_a_time_opens_nothing(store: Engine) -> None:
    invited(store, "ann@ash.org")
    assert reason(store, issued_at=minutes(2.1)) == "clock"
    assert reason(store, issued_at=None) == "old"
    assert accounts.person(OWNER, store, 1).state == "invited"  # nothing was bound by them
    assert enter(store, issued_at=minutes(2)).account_id == 1


def test_an_unknown_mark_is_not_open_and_ends_quietly(store: Engine) -> None:
    assert not sign_ins.still_open(store, "never seen", SET, now=NOW)
    sign_ins.end(store, "never seen", "signed_out", now=NOW)
    with pytest.raises(ValueError, match="no way to end"):
        sign_ins.end(store, "never seen", "bored", now=NOW)


def test_roles_taken_back_are_gone_at_the_next_click(store: Engine) -> None:
    made = invited(store, "ann@ash.org", "auditor")
    assert enter(store).roles == ("auditor",)
    accounts.take_back(OWNER, store, made.grants[0].grant_id, now=NOW)
    assert enter(store, 1, issued_at=NOW).roles == ()


def test_an_administrator_ends_all_sign_ins_of_a_person(store: Engine) -> None:
    made = invited(store, "ann@ash.org")
    enter(store)
    enter(store, mark="phone")
    assert sign_ins.end_all(OWNER, store, made.account_id, now=minutes(1)) == 2
    assert reason(store, 1, issued_at=NOW) == reason(store, 1, mark="phone") == "ended"
    assert enter(store, 1, mark="m3").account_id == 1


def test_a_person_whose_provider_changed_signs_in_anew(store: Engine) -> None:
    made = invited(store, "ann@ash.org", "auditor")
    enter(store)
    accounts.unbind(OWNER, store, made.account_id, now=NOW)
    assert reason(store) == "closed"  # the sign-in of before
    assert enter(store, issuer="https://new.example", subject="n1", mark="m2").roles == ("auditor",)
    assert reason(store, mark="m3") == "unknown"  # the old identity has no account now


def test_sign_ins_stand_in_the_audit_by_number_and_a_refusal_once_in_ten_minutes(store: Engine) -> None:
    invited(store, "ann@ash.org")
    enter(store)
    sign_ins.end(store, "mark ann@ash.org", "signed_out", now=minutes(1))
    for at in (2, 3, 11, 12.5):
        assert reason(store, at, email="eve@ash.org", subject="eve", mark="e1") == "unknown"
    found = audit.entries(OWNER, store, since=NOW)[::-1]
    told = found[found["action"] != "people_changed"]
    assert told["action"].tolist() == ["signed_in", "signed_out", "sign_in_refused", "sign_in_refused"]
    assert told["account_id"].astype(object).where(told["account_id"].notna(), None).tolist() == [1, 1, None, None]
    assert told["detail"].tolist() == ["{}", '{"how": "signed_out"}', '{"why": "unknown"}', '{"why": "unknown"}']
    assert "@" not in found.to_csv() and "eve" not in found.drop(columns="subject").to_csv()


def test_a_store_held_by_a_long_import_still_lets_a_person_read_on(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(store, "ann@ash.org")
    enter(store)

    def held(_engine: Engine) -> object:
        raise StoreError("the store is locked by another program")

    monkeypatch.setattr(dialect, "writing", held)
    assert enter(store, 5, issued_at=NOW).account_id == 1
    assert timedelta(hours=24 * 7) < sign_ins.KEPT  # longer than any sign-in can be set to last

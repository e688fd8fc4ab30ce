"""People, schools and times for tests of registers: two partnerships that share no school, and one school in both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.access.scope import Grant, Scope, everything, nobody

ELM, OAK, ASH, FAR, BOTH = 100001, 100002, 100003, 100009, 100005
OURS, THEIRS = "1001", "2002"
MEMBERS = {OURS: frozenset({ELM, OAK, ASH, BOTH}), THEIRS: frozenset({FAR, BOTH})}
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def over(number: int, role: str, uid: str = OURS) -> Scope:
    return Scope(number, role, (Grant(role, uid=uid, members=MEMBERS[uid]),))  # type: ignore[arg-type]


def head(number: int, urn: int) -> Scope:
    return Scope(number, "head", (Grant("headteacher", urn=urn),))


OWNER, NOBODY = everything(), nobody()
DIRECTOR, OTHER_DIRECTOR, STRANGER = over(1, "director"), over(2, "director"), over(3, "director", THEIRS)
ADVISER, GOVERNOR = over(4, "adviser"), over(5, "governor")
ELM_HEAD, OAK_HEAD, FAR_HEAD = head(6, ELM), head(7, OAK), head(8, FAR)
ADMINISTRATOR = Scope(9, "admin", (Grant("administrator"),))
AUDITOR = Scope(10, "auditor", (Grant("auditor"),))
EVERYBODY = {
    "owner": OWNER, "nobody": NOBODY, "director": DIRECTOR, "other_director": OTHER_DIRECTOR, "stranger": STRANGER,
    "adviser": ADVISER, "governor": GOVERNOR, "elm_head": ELM_HEAD, "oak_head": OAK_HEAD, "far_head": FAR_HEAD,
    "administrator": ADMINISTRATOR, "auditor": AUDITOR,
}  # fmt: skip

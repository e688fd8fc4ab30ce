"""Who looks, and how far each role reaches. Deny by default: what no grant reaches is refused.

Pure: no store, no clock. `data.access.accounts` makes a scope from an account's grants; `everything()` is the scope of
the person at this computer and of the command line, where no sign-in is configured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from data.catalogue import PermissionDenied

Role = Literal["director", "headteacher", "governor", "adviser", "administrator", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
# none; author: rows that the person entered, while the role over their partnership lasts; own: rows about the person's school (either of a row's two schools);
# partnership: rows of the person's partnership about its schools; all: every row of the store.
Reach = Literal["none", "author", "own", "partnership", "all"]
REACHES: tuple[Reach, ...] = get_args(Reach)
Rule = Mapping[Role, Reach]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role: over a partnership (`uid`, with its `members` now), over a school (`urn`), or over neither."""

    role: Role
    uid: str | None = None
    urn: int | None = None
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """What a row belongs to, as far as permission asks. `uid` None: the school's own, for each of its partnerships."""

    uid: str | None = None
    urn: int | None = None
    other_urn: int | None = None
    author: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """`account_id` None and `owner`: the person at this computer. `mark`: the sign-in it rests on, "" for none."""

    account_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    owner: bool = False
    mark: str = ""

    @property
    def roles(self) -> tuple[Role, ...]:
        held = {grant.role for grant in self.grants}
        return tuple(role for role in ROLES if role in held)

    @property
    def uids(self) -> frozenset[str]:
        """Partnerships over which a role is held."""
        return frozenset(grant.uid for grant in self.grants if grant.uid)

    @property
    def schools(self) -> frozenset[int]:
        """Schools of which the person is head."""
        return frozenset(grant.urn for grant in self.grants if grant.urn is not None)

    def speaks_for(self, urn: int | None) -> bool:
        """Whether the person says what the school says: its head, or whoever is at this computer."""
        return self.owner or urn in self.schools

    def may(self, rule: Rule) -> bool:
        """Whether any grant reaches anything under the rule: for pages, and for actions that have no row yet."""
        return self.owner or any(_holds(grant, rule.get(grant.role, "none")) for grant in self.grants)

    def reaches(self, rule: Rule, row: Row) -> bool:
        """Whether the rule lets this person at the row."""
        return self.owner or any(
            _reaches(grant, rule.get(grant.role, "none"), row, self.account_id) for grant in self.grants
        )

    def demand(self, rule: Rule, row: Row | None = None, *, what: str) -> None:
        """Raises PermissionDenied where the person may not. `what` completes "You may not ..."; it names no data."""
        if not (self.may(rule) if row is None else self.reaches(rule, row)):
            raise PermissionDenied(f"you may not {what}", remedy=ASK)


ASK = "Ask whoever looks after Alongside for you if you need to."


def everything() -> Scope:
    """The person at this computer, or the command line: no sign-in is configured, and everything is theirs."""
    return Scope(name="the person at this computer", owner=True)


def nobody() -> Scope:
    """Nobody signed in: reaches nothing."""
    return Scope()


def _holds(grant: Grant, reach: Reach) -> bool:
    """A grant without the school or partnership that its reach speaks of opens nothing."""
    if reach == "own":
        return grant.urn is not None
    if reach == "partnership":
        return grant.uid is not None
    return reach in ("author", "all")


def _reaches(grant: Grant, reach: Reach, row: Row, account_id: int | None) -> bool:
    if reach == "all":
        return True
    if reach == "author":
        mine = account_id is not None and row.author == account_id
        return mine and row.uid in (grant.uid, None)  # not after the role over that partnership has ended
    if reach == "own":
        return grant.urn is not None and grant.urn in (row.urn, row.other_urn)
    if reach == "partnership":
        return _in_partnership(grant, row)
    return False


def _in_partnership(grant: Grant, row: Row) -> bool:
    """The partnership's own row, or a school's own row; about no school, or about one that is a member now."""
    if grant.uid is None or row.uid not in (grant.uid, None):
        return False
    return row.urn in grant.members if row.urn is not None else row.uid == grant.uid

"""Working groups as the head of a school in them reads them: wider than the table of roles says of rows, and no wider than this.

Of a group that their school was asked into a head reads what it is for and which schools said yes; once their own school
said yes, its meetings too. Declined or withdrawn, nothing. `Who may see what` and the threat model name this rule.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine

from data.access.scope import Scope, everything
from data.register import rows
from data.register.rows import Entry


@dataclass(frozen=True, slots=True)
class Joined:
    """One group for heads. `schools`: theirs and those that said yes; `unnamed`: how many more; `meetings`: none before a yes."""

    group: Entry
    schools: tuple[Entry, ...]
    unnamed: int
    meetings: tuple[Entry, ...]


def of_heads(scope: Scope, engine: Engine, urns: Collection[int]) -> tuple[Joined, ...]:
    """The groups in which these schools have a part; schools that the person does not lead are left aside. Newest first."""
    led = frozenset(urns) if scope.owner else frozenset(urns) & scope.schools
    mine = [one for urn in sorted(led) for one in rows.entries(scope, engine, "group_school", urn=urn)]
    asked = {one.values["working_group"] for one in mine if one.values["says"] != "declined"}
    joined = {one.values["working_group"] for one in mine if one.values["says"] == "yes"}
    found: list[Joined] = []
    for uid in sorted({one.uid for one in mine if one.uid}):
        schools = rows.entries(everything(), engine, "group_school", uid=uid)
        meetings = rows.entries(everything(), engine, "group_meeting", uid=uid)
        for group in rows.entries(everything(), engine, "working_group", uid=uid):
            if group.entry_id in asked:
                theirs = [row for row in schools if row.values["working_group"] == group.entry_id]
                named = tuple(row for row in theirs if row.urn in led or row.values["says"] == "yes")
                held = [row for row in meetings if row.values["working_group"] == group.entry_id]
                told = tuple(held) if group.entry_id in joined else ()
                found.append(Joined(group, named, len(theirs) - len(named), told))
    return tuple(sorted(found, key=lambda one: one.group.entry_id, reverse=True))

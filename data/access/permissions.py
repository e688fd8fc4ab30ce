"""The one table of who may see and do what: `permissions.csv` for pages and actions, the registers' own for their rows.

`data.register` adds a read and a write line for each register. The page "Who may see what" shows the table and the tests
are made from it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from data.access.scope import REACHES, ROLES, Reach, Role, Rule, Scope
from data.catalogue import CatalogueError

TABLE = Path(__file__).with_name("permissions.csv")
Kind = Literal["page", "action", "read", "write"]


@dataclass(frozen=True, slots=True)
class Permission:
    """One line: `words` complete "may open" (page) or stand alone (action); `rule` says how far each role reaches."""

    key: str
    kind: Kind
    words: str
    rule: Rule


@cache
def permissions() -> Mapping[str, Permission]:
    """Pages and actions by key, in the table's order. Raises CatalogueError for an unknown role or reach."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType({row["key"]: _permission(row) for row in rows})


def rule_of(key: str) -> Rule:
    """The rule of a page or action; an unknown one is nobody's."""
    found = permissions().get(key)
    return found.rule if found else {}


def may(scope: Scope, key: str) -> bool:
    """Whether the person may open the page or do the action at all."""
    return scope.may(rule_of(key))


def rule(cells: Mapping[str, str], where: str) -> Rule:
    """A rule from a cell for each role. Raises CatalogueError."""
    for role in ROLES:
        if cells.get(role) not in REACHES:
            raise CatalogueError(
                f"{cells.get(role)!r} is no reach", where=f"{where}, {role}", remedy=", ".join(REACHES)
            )
    return MappingProxyType({role: cast(Reach, cells[role]) for role in ROLES})


def _permission(row: Mapping[str, str]) -> Permission:
    if row["kind"] not in ("page", "action"):
        raise CatalogueError(f"{row['kind']!r} is no kind of permission", where=f"permissions.csv, {row['key']}")
    return Permission(row["key"], cast(Kind, row["kind"]), row["words"], rule(row, f"permissions.csv, {row['key']}"))


__all__ = ["Kind", "Permission", "Role", "may", "permissions", "rule", "rule_of"]

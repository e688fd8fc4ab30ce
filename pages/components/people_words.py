"""Accounts, roles and what was done, in words. Takes plain values; knows nothing of who may see them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

from pages.components import words
from pages.components.role_words import ONE

STATES: Mapping[str, str] = MappingProxyType(
    {
        "invited": "invited",
        "active": "in use",
        "closed": "closed",
        "erased": "erased",
    }
)
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "signed_in": "signed in",
        "signed_out": "signed out",
        "sign_in_ended": "sign-in ended by itself",
        "sign_in_refused": "sign-in refused",
        "opened_school": "opened a school's private page",
        "downloaded": "downloaded",
        "edited": "changed an entry",
        "imported": "added a file",
        "undone": "took a file back",
        "published": "made the figures",
        "people_changed": "changed an account",
        "exported_person": "exported a person's data",
        "erased_person": "erased a person",
        "partnership_saved": "saved a partnership",
    }
)
REACHES: Mapping[str, str] = MappingProxyType(
    {
        "none": "no",
        "author": "what they entered",
        "own": "own school",
        "partnership": "own partnership",
        "all": "yes",
    }
)
REACH_MEANINGS: tuple[str, ...] = (
    "yes: open, for every school; what is private on a page goes by the lines about reading.",
    "own partnership: the schools of the trust, authority or federation that the role was given for, as they are members today.",
    "own school: the school that the role was given for.",
    "what they entered: the entries that the person made.",
    "no: nothing of it. What is not in this table is open to nobody.",
)
BARE = ("did", "what", "how", "why")  # details that read without their key
WHO_EACH_IS: tuple[tuple[str, str], ...] = (
    ("director", "leads several schools: a trust's chief executive or director of education, or an authority's lead"),
    ("headteacher", "leads one school"),
    ("governor", "sits on a board, of a trust or another partnership"),
    ("adviser", "works with the schools of a partnership on improvement"),
    ("administrator", "looks after Alongside: people, files and figures; reads no school's private pages"),
    ("auditor", "reads what was done, and nothing that schools say"),
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the table of people: `roles` in words, `state` a key of STATES."""

    name: str
    email: str
    roles: tuple[str, ...]
    state: str


def role_over(role: str, over: str = "") -> str:
    """ "director of Ash Trust"; "auditor"."""
    return f"{ONE[role]} of {over}" if over else ONE[role]


def people_table(rows: Iterable[PersonRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (row.name or row.email.partition("@")[0], "; ".join(row.roles) or "none yet", STATES[row.state], row.email)
            for row in rows
        ],
        columns=["Person", "Roles", "Account", "Email"],
    )  # fmt: skip


def bad_cells(bad: Iterable[tuple[int, str, str]]) -> pd.DataFrame:
    """Cells that cannot be used, in the order of the file."""
    return pd.DataFrame(
        [(str(row), column or "the row", what) for row, column, what in bad],
        columns=["Row", "Column", "What is wrong"],
    )


def clock(at: str) -> str:
    """09:30."""
    return f"{datetime.fromisoformat(at):%H:%M}"


def with_roles(name: str, roles: str) -> str:
    """ "Ann Stoke, administrator": who it was and as what; `roles` as the audit keeps them."""
    held = words.listing(ONE.get(role, role) for role in roles.split())
    return f"{name}, {held}" if held else name


def detail_words(detail: str, kind_of_file: Callable[[str], str] = str) -> str:
    """The audit's JSON as "role given; role: director"; "" for nothing. What is "no" or missing is left out. `kind_of_file`:
    what a file's source is called.
    """
    found: dict[str, Any] = json.loads(detail)
    if "source" in found:
        found["source"] = kind_of_file(str(found["source"]))
    told = {key: said for key, value in found.items() if (said := _said(value))}
    return "; ".join(said if key in BARE else f"{_said(key)}: {said}" for key, said in told.items())


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")

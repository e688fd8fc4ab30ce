"""What roles are called on screen. Takes their keys and plain values; knows nothing of who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pages.components import words

ONE: Mapping[str, str] = MappingProxyType(
    {
        "director": "director", "headteacher": "headteacher", "governor": "governor or trustee", "adviser": "adviser",
        "administrator": "administrator", "auditor": "auditor",
    }
)  # fmt: skip
MANY: Mapping[str, str] = MappingProxyType(
    {**{key: f"{one}s" for key, one in ONE.items()}, "governor": "governors and trustees"}
)


def held(roles: Iterable[str]) -> str:
    """ "director and adviser"; "no role yet" for none."""
    return words.listing(ONE[role] for role in roles) or "no role yet"


def holders(roles: Iterable[str]) -> str:
    """ "directors, advisers and governors and trustees" put so that it reads: those of two words come last."""
    found = sorted(roles, key=lambda role: " and " in MANY[role])
    return words.listing((MANY[role] for role in found), "and" if "governor" not in found else "or")

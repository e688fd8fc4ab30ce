"""Where the sample region opens: its main trust and one of its small schools. Nothing where they are not there."""

from __future__ import annotations

from collections.abc import Mapping

TRUST = "Chilver Vale Learning Trust"
SCHOOL = "Lower Quennet"


def trust(named: Mapping[str, str]) -> str | None:
    """The uid of the trust that the first screen opens, from uid -> name."""
    return next((uid for uid, name in named.items() if name == TRUST), None)


def school(names: Mapping[int, str]) -> int | None:
    """The URN of the school that the first screen opens, from URN -> name."""
    return next((urn for urn, name in sorted(names.items()) if name.startswith(SCHOOL)), None)

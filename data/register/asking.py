"""Whom an agreement asks again. What both sides said yes to is what they said it to: when it changes, they are asked anew.

Pure; reads no store.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from data.access.scope import Row, Scope
from data.register.values import Value

TERMS = ("area", "kind", "starts", "ends", "days", "offer")  # what a side says yes to
GIVER, RECEIVER = "giver_says", "receiver_says"


def asked_again(
    scope: Scope, register: str, place: Row, before: Mapping[str, Value], given: Mapping[str, Value]
) -> Mapping[str, Value]:
    """The answers that a change of an agreement sets back to waiting: of each side that did not make it. `given`: what is saved.

    A side is its head. Whoever heads neither, the person at this computer among them, asks both again; what a side says anew
    in the very same save is its answer to what is saved.
    """
    if register != "agreement" or all(given.get(key, before[key]) == before[key] for key in TERMS):
        return MappingProxyType({})
    sides = {GIVER: place.urn, RECEIVER: place.other_urn}
    return MappingProxyType(
        {
            answer: "waiting" for answer, urn in sides.items()
            if (scope.owner or urn not in scope.schools) and given.get(answer, before[answer]) == before[answer]
        }
    )  # fmt: skip


def is_asked_again(key: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> bool:
    """Whether a version set this answer back because what was answered changed."""
    if key not in (GIVER, RECEIVER) or after.get(key) != "waiting" or before.get(key) in (None, "waiting"):
        return False
    return any(before.get(one) != after.get(one, before.get(one)) for one in TERMS)

"""An own choice of similar schools as parameters of a link, and back. Nonsense is dropped with a sentence, never an error.

`use` = "pupils:5,fsm6_pct:0", `same` = "la_code,gender", `km` = "20", `k` = "50".
"""

from __future__ import annotations

from collections.abc import Mapping

from analytics.similar.presets.listing import FILTERS, LEAST_K, MOST_K, MOST_KM, MOST_WEIGHT, OWN_VARIABLES, Own

PARAMS = ("use", "same", "km", "k")
LOST: Mapping[str, str] = {
    "use": "The link's choice of what counts cannot be read. The usual weights are used.",
    "same": "The link asks for schools that are the same in something Alongside does not know. That is left out.",
    "km": f"The link's distance is not a whole number from 1 to {MOST_KM}. No limit is used.",
    "k": f"The link's number of schools is not from {LEAST_K} to {MOST_K}. The usual number is used.",
}


def link_of(own: Own) -> dict[str, str]:
    """The parameters of an own choice; what is as usual is left empty."""
    return {
        "use": ",".join(f"{name}:{weight}" for name, weight in own.weights),
        "same": ",".join(own.same), "km": "" if own.km is None else str(own.km), "k": str(own.members),
    }  # fmt: skip


def own_of(given: Mapping[str, str | None]) -> tuple[Own, tuple[str, ...]]:
    """The own choice that parameters ask for, and a sentence for each that cannot be read."""
    usual, lost = Own(), []
    weights = _weights(given.get("use"))
    if weights is None:
        lost.append(LOST["use"])
    asked = [name for name in (given.get("same") or "").split(",") if name]
    same = tuple(name for name in FILTERS if name in asked)
    if len(same) < len(asked):
        lost.append(LOST["same"])
    numbers = {"km": (1, MOST_KM), "k": (LEAST_K, MOST_K)}
    found: dict[str, int | None] = {}
    for name, (least, most) in numbers.items():
        text = given.get(name) or ""
        found[name] = int(text) if text.isascii() and text.isdigit() and least <= int(text[:6]) <= most else None
        if text and found[name] is None:
            lost.append(LOST[name])
    own = Own(weights or usual.weights, same, found["km"], found["k"] or usual.members)
    return own, tuple(lost)


def _weights(text: str | None) -> tuple[tuple[str, int], ...] | None:
    """Weights in the order of the list; () for no text, None for text that cannot be read."""
    if not text:
        return ()
    found: dict[str, int] = {}
    for part in text.split(","):
        name, _, weight = part.partition(":")
        if name not in OWN_VARIABLES or name in found or not (weight.isascii() and weight.isdigit()):
            return None
        if len(weight) > 2 or int(weight) > MOST_WEIGHT:
            return None
        found[name] = int(weight)
    return tuple((name, found[name]) for name in OWN_VARIABLES if name in found)

"""What was worked out of a plan when somebody asked: how well a proposal holds, who else could do it, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.support.alternatives import Alternative, Move
from analytics.support.stability import Stability, Stable
from pages.components import words
from pages.components.figures import kilometres, rounded
from pages.components.measure_words import area_words
from pages.components.plan_blocks import Label

HOLDS: Mapping[str, str] = MappingProxyType(
    {
        "holds_up": "Holds up: proposed again in {share} when results and weights are a little other.",
        "one_of_several": "One of several equally good: proposed again in {share} when results and weights are a little other.",
        "local_knowledge": "Choose by local knowledge: proposed again in {share} only when results and weights are a little other.",
    }
)
NONE = "No other school with days left fits nearly as well."
LITTLE = 0.05  # points below which a loss is next to nothing
UNITS: Mapping[str, str] = MappingProxyType({"pct": "points", "score": "points"})


def holds(row: Stable) -> str:
    """ "Holds up: proposed again in 83 of 100 trials when ..."."""
    return HOLDS[row.label].format(share=f"{round(100 * row.share)} of 100 trials")


def trying(found: Stability | None) -> str:
    """How far the trials are."""
    return (
        "Trying the plan with other figures ..."
        if found is None
        else f"Trying the plan with other figures: {found.done} of {found.draws}."
    )


def other(row: Alternative, label: Label) -> str:
    """ "Or Elm Primary School, 6 km away: it fits nearly as well. The plan as a whole would lose ..."."""
    way = "" if row.km is None else f", {kilometres(row.km)} away"
    return " ".join(
        part
        for part in (f"Or {label(row.supporter_urn)}{way}.", _moves(row.moves, label), loss(row), _floor(row))
        if part
    )


def loss(row: Alternative) -> str:
    """What the plan as a whole would lose, in the need's own units where it has them."""
    if row.loss < 0:
        return "In sum the plan would fit a little better."
    if row.points is not None and row.unit in UNITS:
        if abs(row.points) < LITTLE:
            return "The plan would lose next to nothing."
        return f"The plan would lose what {rounded(abs(row.points), 1)} {UNITS[row.unit]} are worth to this school."
    share = round(100 * row.loss)
    return (
        "The plan would lose next to nothing."
        if share < 1
        else f"The plan would lose as much as if this support fitted {share} hundredths less well."
    )


def _moves(moves: tuple[Move, ...], label: Label) -> str:
    if not moves:
        return ""
    move = moves[0]
    if len(moves) > 1 or not (move.supporter_urn and move.to_urn):
        return f"{words.count(len(moves), 'other need')} would then be supported otherwise."
    return f"{label(move.to_urn)} would then support {label(move.need_urn)} in {area_words(move.area)} in its place."


def _floor(row: Alternative) -> str:
    return "" if row.floor is None else "It would be the least good fit in the plan."

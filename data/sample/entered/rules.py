"""Rules for planning in the sample: an island, times without visits, a conflict of interest, and neighbours who should not be paired.

The Isle of Scarra lies 9 km over water and a 75-minute crossing from the coast, which no map of roads knows.
"""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import BRENNOR, CHILVER_VALE, MISSION, URN, Cell, Sown

CROSSING_KM, CROSSING_MINUTES = 9, 75
ISLANDS = ("scarra_31", "scarra_58", "scarra_11_16")
COAST = "LA993"
_CROSSING = "The boat takes 75 minutes for 9 km and does not go in rough weather."
_ON_THE_ISLAND = "Both lie on the island: no crossing."


def _rule(on: date, uid: str, key: str, kind: str, **said: Cell) -> Sown:
    return Sown("constraint", on, {"kind": kind, **said}, uid=uid, urn=URN[key])


def _island(uid: str) -> tuple[Sown, ...]:
    """Every journey from the mainland is a crossing, so help comes from afar; between the island's own schools it is short."""
    on = date(2026, 6, 15)
    across = [
        rule
        for key in ISLANDS
        for rule in (
            _rule(on, uid, key, "travel", km=CROSSING_KM, minutes=CROSSING_MINUTES, why=_CROSSING),
            _rule(on, uid, key, "remote", why=f"Help by video and in writing. {_CROSSING}"),
        )
    ]
    pairs = (("scarra_31", "scarra_58", 3), ("scarra_31", "scarra_11_16", 3), ("scarra_58", "scarra_11_16", 1))
    near = [
        _rule(on, uid, one, "travel", other=URN[other], km=km, minutes=5 * km, why=_ON_THE_ISLAND)
        for one, other, km in pairs
    ]
    return (*across, *near)


def _conflict(uid: str) -> Sown:
    return _rule(
        date(2026, 9, 2), uid, "brennor_council_trust_6", "conflict", other=URN["brennor_council_trust_1"],
        why="The council set up the trust, commissions this support and would give it through the school that hosts its own "
        "team. Somebody who is neither decides who supports whom.",
    )  # fmt: skip


RULES: tuple[Sown, ...] = (
    *_island(COAST),
    *_island(MISSION),
    _conflict(BRENNOR),
    _conflict("LA996"),
    _rule(date(2026, 11, 2), CHILVER_VALE, "thornwell", "window", starts=date(2026, 11, 9), ends=date(2027, 2, 12),
          cause="inspection", why="The inspection is due; the school asks for no visits until it is over."),
    _rule(date(2026, 9, 1), CHILVER_VALE, "chilver_secondary_4", "window", starts=date(2026, 9, 1), ends=date(2027, 1, 15),
          cause="new_head", why="A new head began in September and is to have the autumn."),
)  # fmt: skip

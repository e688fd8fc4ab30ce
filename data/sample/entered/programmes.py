"""Programmes and a mission of the sample, with their schools. What they truly did is in `data.sample.truth`; nothing here says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np

from data.sample.entered.sown import CHILVER_VALE, MISSION, URN, Cell, Named, Sown
from data.sample.periods import SEED_PROGRAMME
from data.sample.planted import PLANTED

SET_DOWN, STARTED = date(2023, 7, 3), date(2023, 7, 10)
MISSION_SET_DOWN, MISSION_SEED, MISSION_PLACES = date(2026, 5, 18), 2026, 14
MISSION_SCHOOLS = 40
COAST_ROLES = ("saltings_cooperative", "tidewell", "scarra", "harrowfen_federation", "bexcombe")
PARTS: Mapping[str, str] = {"took part": "supported", "drawn as comparison": "compared", "": "supported"}


def _programme(name: str, on: date, uid: str, **said: Cell) -> Sown:
    return Sown("programme", on, {"name": name, **said}, uid=uid, name=name)


def _three() -> tuple[Sown, ...]:
    began: dict[str, Cell] = {"sort": "programme", "selection_year": 202223, "first_year": 202324}
    return (
        _programme(
            "Number Sense", SET_DOWN, CHILVER_VALE, area="mathematics", measure="ks2_mathematics_expected_pct", **began,
            aim="Pupils know number facts by heart by the end of Year 4 and use them in Year 6.",
            rule="The twelve schools of the six authorities that asked and whose results in mathematics were lowest in 2022/23.",
        ),
        _programme(
            "Reading Together", SET_DOWN, CHILVER_VALE, area="reading", measure="ks2_reading_expected_pct", **began,
            seed=SEED_PROGRAMME, aim="Every class reads a whole book together each half-term, with a coach in school once a week.",
            rule="Forty schools asked for it and there were places for twenty: a draw decided.",
        ),
        _programme(
            "Every Day Counts", SET_DOWN, CHILVER_VALE, area="attendance", measure="absence_persistent_pct", **began,
            aim="Families hear from school on the first day of absence and are visited in the first week.",
            rule="The five schools that had an attendance officer free in September 2023.",
        ),
    )  # fmt: skip


def _school(programme: str, on: date, uid: str, urn: int, part: str, wave: int, **said: Cell) -> Sown:
    values = {"programme": Named(programme), "part": part, "wave": wave, **said}
    return Sown("programme_school", on, values, uid=uid, urn=urn)


def _schools() -> tuple[Sown, ...]:
    titles = {
        "number_sense": "Number Sense",
        "reading_together": "Reading Together",
        "every_day_counts": "Every Day Counts",
    }
    found = []
    for school in PLANTED:
        if school.role in titles:
            part = PARTS[school.words]
            wave = 1 if part == "supported" else 2
            found.append(_school(titles[school.role], STARTED, CHILVER_VALE, school.urn, part, wave))
    return tuple(found)


PROGRAMMES: tuple[Sown, ...] = (*_three(), *_schools())


def coast(others: Collection[int]) -> tuple[int, ...]:
    """The forty schools of Mission Saltings Coast: those of groups on the coast, the island and the fen, then `others` by URN."""
    first = sorted(URN[school.key] for school in PLANTED if school.role in COAST_ROLES)
    return tuple((*first, *sorted(others))[:MISSION_SCHOOLS])


def mission(urns: Collection[int]) -> tuple[Sown, ...]:
    """Mission Saltings Coast and its schools: an order of start was drawn, fourteen begin in 2026/27, the others a year apart."""
    name, schools = "Mission Saltings Coast", sorted(urns)
    order = np.random.default_rng(MISSION_SEED).permutation(len(schools)).tolist()
    entry = _programme(
        name, MISSION_SET_DOWN, MISSION, sort="mission", area="attendance", measure="absence_persistent_pct",
        selection_year=202425, first_year=202627, seed=MISSION_SEED,
        aim="Fewer pupils of the coast and the fen miss a tenth of school or more; two councils and their trusts, one way of visiting.",
        rule="Forty schools of the two authorities asked. There are visitors for fourteen at a time: a draw decided who begins when.",
    )  # fmt: skip
    parts = [_in_mission(name, schools[at], place // MISSION_PLACES + 1) for place, at in enumerate(order)]
    return (entry, *sorted(parts, key=lambda row: row.urn or 0))


def _in_mission(name: str, urn: int, wave: int) -> Sown:
    """The first wave starts with the mission, each other a school year after the one before it."""
    later: dict[str, Cell] = {} if wave == 1 else {"from_year": 202627 + 101 * (wave - 1)}
    part = "supported" if wave == 1 else "later"
    return _school(name, MISSION_SET_DOWN, MISSION, urn, part, wave, **later)

"""What is true of the sample region, as data for tests and for the pages that open on it. Refuses to compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.sample.kinds import PlantedSchool
from data.sample.planted import CHILVER_VALE_UID, LOWER_QUENNET_URN, PLANTED, READING_TOGETHER_EFFECT

__all__ = ["CHILVER_VALE_UID", "GROUPS", "LOWER_QUENNET_URN", "MISSION_AUTHORITIES", "PROGRAMMES", "TRUSTS", "TRUTH",
           "PlantedGroup", "PlantedProgramme", "PlantedSchool"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlantedGroup:
    """A partnership with its schools. `type_code`: 01 federation, 02 trust, 06 and 10 academy trusts."""

    uid: int
    name: str
    role: str
    type_code: str
    opened: str  # dd/mm/yyyy
    urns: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlantedProgramme:
    """A programme that began in September 2023; `effect` is its true effect in points."""

    name: str
    area: str
    urns: tuple[int, ...]
    comparison: tuple[int, ...]
    effect: float
    words: str


def _urns(role: str, words: str | None = None) -> tuple[int, ...]:
    return tuple(s.urn for s in PLANTED if s.role == role and (words is None or s.words == words))


def _group(uid: int, name: str, role: str, type_code: str, opened: str, words: str = "") -> PlantedGroup:
    return PlantedGroup(uid, name, role, type_code, opened, _urns(role), words)


GROUPS: tuple[PlantedGroup, ...] = (
    _group(CHILVER_VALE_UID, "Chilver Vale Learning Trust", "chilver_vale", "06", "01/04/2012", "the default view"),
    _group(90002, "Kelderby Partnership Trust", "kelderby_partnership", "06", "01/09/2013", "reading gap 9.0 to 4.5"),
    _group(90003, "Copperley Academies", "copperley", "06", "01/09/2019", "six before 2022; founders -2 since growth"),
    _group(90004, "Saltings Co-operative Learning Trust", "saltings_cooperative", "02", "01/09/2011", "maintained"),
    _group(90005, "Brennor Council Schools Trust", "brennor_council_trust", "02", "01/09/2026", "all as predecessor"),
    _group(90006, "Wexmoor Diocesan Trust", "wexmoor_diocesan", "06", "01/02/2014", "mean roll 84"),
    _group(90007, "Marlcombe Trust", "marlcombe", "06", "01/08/2011", "high raw, -3 given intake"),
    _group(90008, "Bexcombe Trust", "bexcombe", "06", "01/03/2013"),
    _group(90009, "Tidewell Trust", "tidewell", "06", "01/01/2015", "absence"),
    _group(90010, "Hartsmoor Trust", "hartsmoor", "06", "01/09/2016", "disadvantaged figures nearly all withheld"),
    _group(90011, "Ravelstone Academy Trust", "ravelstone", "10", "01/07/2012"),
    _group(
        90012, "Harrowfen Rural Federation", "harrowfen_federation", "01", "01/09/2017", "one return under the lead"
    ),
)
TRUSTS: Mapping[str, PlantedGroup] = MappingProxyType({group.role: group for group in GROUPS})
TRUTH: Mapping[str, PlantedSchool] = MappingProxyType({school.key: school for school in PLANTED})
PROGRAMMES: Mapping[str, PlantedProgramme] = MappingProxyType(
    {
        "number_sense": PlantedProgramme("Number Sense", "mathematics", _urns("number_sense"), (), 0.0,
                                         "chosen for a low 2022/23: naive change about +9, cannot be told apart"),
        "reading_together": PlantedProgramme("Reading Together", "reading", _urns("reading_together", "took part"),
                                             _urns("reading_together", "drawn as comparison"), READING_TOGETHER_EFFECT,
                                             "twenty of forty by seeded draw: usually detectable"),
        "every_day_counts": PlantedProgramme("Every Day Counts", "attendance", _urns("every_day_counts"), (), 0.0,
                                             "too few to test"),
    }
)  # fmt: skip
MISSION_AUTHORITIES = (993, 994)  # Mission Saltings Coast: forty schools of these two (data.sample.entered)

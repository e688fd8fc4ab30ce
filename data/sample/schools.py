"""The schools of the region: planted ones first, then enough of every kind for each authority; their places and groups.

Gives plain rows (a frozen dataclass each); refuses to say anything about results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.sample.kinds import KINDS, PlantedSchool
from data.sample.places import AUTHORITIES, OFFSETS, ORIGIN, Authority, place_names
from data.sample.planted import PLANTED

TYPES: dict[int, tuple[str, int, str, str]] = {  # name, group code, group name, short code of the tables (NFTYPE)
    1: ("Community school", 4, "Local authority maintained schools", "CY"),
    2: ("Voluntary aided school", 4, "Local authority maintained schools", "VA"),
    3: ("Voluntary controlled school", 4, "Local authority maintained schools", "VC"),
    5: ("Foundation school", 4, "Local authority maintained schools", "FD"),
    7: ("Community special school", 5, "Special schools", "CYS"),
    11: ("Other independent school", 3, "Independent schools", "IND"),
    14: ("Pupil referral unit", 4, "Local authority maintained schools", "PRU"),
    15: ("Local authority nursery school", 4, "Local authority maintained schools", ""),
    28: ("Academy sponsor led", 10, "Academies", "AC"),
    34: ("Academy converter", 10, "Academies", "ACC"),
    35: ("Free schools", 11, "Free Schools", "F"),
    44: ("Academy special converter", 10, "Academies", "ACCS"),
    45: ("Academy 16-19 converter", 10, "Academies", ""),
}
ACADEMY_TYPES = frozenset({28, 34, 35, 44, 45})
_SAINTS = (
    "St Anne's",
    "St Bede's",
    "St Cuthbert's",
    "St Edmund's",
    "St Hilda's",
    "St Mark's",
    "St Oswald's",
    "St Wilfrid's",
)


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """One open school of the sample. Grid reference in metres; `meals` and `eal` are middle values in per cent."""

    urn: int
    estab: int
    authority: int  # position in the tuple of authorities
    kind: str
    name: str
    town: str
    place: int  # number of its small area
    easting: int
    northing: int
    type_code: int
    religion: str
    gender: int  # 1 boys, 2 girls, 3 mixed
    roll: int
    meals: float
    eal: float
    trust: int | None
    joined: str
    opened: str
    old_urn: int | None
    planted: PlantedSchool | None

    @property
    def academy(self) -> bool:
        """Whether it is an academy or free school."""
        return self.type_code in ACADEMY_TYPES


def authorities(scale: str, seed: int) -> tuple[Authority, ...]:
    """The six authorities, or for a national sample sixteen copies of the six with names and codes of their own."""
    if scale == "small":
        return AUTHORITIES
    found = list(AUTHORITIES)
    names = place_names(np.random.default_rng([seed, 12]))
    for copy, (dx, dy) in enumerate(OFFSETS[1:]):
        for position, model in enumerate(AUTHORITIES):
            towns = tuple(next(names) for _ in model.towns)
            name = f"{next(names)}shire" if position not in (1, 5) else towns[0]
            found.append(replace(model, code=700 + copy * 6 + position, name=name, towns=towns, dx=dx, dy=dy))
    return tuple(found)


def schools(places: tuple[Authority, ...], seed: int) -> tuple[SampleSchool, ...]:
    """All open schools in order of URN: the planted ones, then the rest by authority and kind."""
    rng = np.random.default_rng([seed, 13])
    names = place_names(np.random.default_rng([seed, 14]))
    taken = {town for authority in places for town in authority.towns}
    fresh = (name for name in names if name not in taken)
    maker = _Maker(places, rng, fresh)
    position = {authority.code: number for number, authority in enumerate(places)}
    found = [maker.school(position[planted.la], planted.kind, planted) for planted in PLANTED]
    used = Counter((planted.la, planted.kind) for planted in PLANTED)
    for number, authority in enumerate(places):
        for kind in sorted(authority.mix):
            for _ in range(authority.mix[kind] - used[(authority.code, kind)]):
                found.append(maker.school(number, kind, None))
    return tuple(found)


class _Maker:
    """Draws schools one after another, so that each takes the next URN, establishment number and place."""

    def __init__(self, places: tuple[Authority, ...], rng: np.random.Generator, names: Iterator[str]) -> None:
        self.places, self.rng, self.names = places, rng, names
        self.urn = PLANTED[0].urn - 1
        self.area = 0
        self.estab: Counter[tuple[int, int]] = Counter()
        self.spots: dict[str, tuple[int, float, float, str]] = {}

    def school(self, number: int, kind: str, planted: PlantedSchool | None) -> SampleSchool:
        authority, rng = self.places[number], self.rng
        self.urn += 1
        area, x, y, town = self._spot(authority, planted)
        type_code, religion = self._type(kind, planted)
        meals = float(np.clip(rng.normal(*authority.meals), 2, 75))
        if kind in ("grammar", "independent"):
            meals = 3.0
        if kind in ("special", "pru"):
            meals = min(75.0, meals + 22)
        eal = float(np.clip(authority.eal * np.exp(rng.normal(-0.15, 0.55)), 0.5, 88))
        gender = int(rng.choice([1, 2, 3], p=[0.4, 0.4, 0.2])) if kind == "grammar" else 3
        if kind == "secondary" and rng.random() < 0.06:
            gender = int(rng.integers(1, 3))
        middle, spread = KINDS[kind].roll or authority.roll
        roll = int(np.clip(middle * np.exp(rng.normal(0, spread)), 22, 2200))
        joined, opened = self._dates(type_code)
        school = SampleSchool(
            self.urn, self._establishment(authority.code, kind), number, kind, "", town, area,
            round(ORIGIN[0] + (authority.dx + x) * 1000), round(ORIGIN[1] + (authority.dy + y) * 1000), type_code,
            religion, gender, roll, meals, eal, None, joined, opened, None, planted,
        )  # fmt: skip
        if planted:
            school = _as_planted(school, planted)
        given = planted.name if planted and planted.name else None
        return replace(school, name=given or _name(next(self.names), school, rng))

    def _spot(self, authority: Authority, planted: PlantedSchool | None) -> tuple[int, float, float, str]:
        if planted and planted.place and planted.place in self.spots:
            area, x, y, town = self.spots[planted.place]
            return area, x + 0.35, y - 0.3, planted.town or town
        self.area += 1
        rng = self.rng
        left, low, right, high = authority.box
        in_town = rng.random() < authority.town_share
        which = int(rng.integers(len(authority.towns)))
        if planted and planted.town in authority.towns:
            in_town, which = True, authority.towns.index(planted.town)
        middle = authority.centres[which]
        drawn = (rng.normal(middle[0], 2.2), rng.normal(middle[1], 2.2))
        x, y = drawn if in_town else (rng.uniform(left, right), rng.uniform(low, high))
        x, y = float(np.clip(x, left, right)), float(np.clip(y, low, high))
        if planted and planted.at:
            x, y = planted.at
        spot = (self.area, x, y, planted.town if planted and planted.town else authority.towns[which])
        if planted and planted.place:
            self.spots[planted.place] = spot
        return spot

    def _type(self, kind: str, planted: PlantedSchool | None) -> tuple[int, str]:
        rng = self.rng
        draw, faith = rng.random(), rng.random()
        fixed = {"nursery": 15, "pru": 14, "independent": 11, "sixteen": 45}.get(kind)
        if fixed:
            return fixed, "None" if kind == "independent" else "Does not apply"
        if kind == "special":
            return (44 if draw < 0.4 else 7), "Does not apply"
        if kind in ("secondary", "upper", "grammar", "all_through", "middle"):
            return (
                34 if draw < 0.55 else 28 if draw < 0.75 else 35 if draw < 0.8 else 1 if draw < 0.92 else 5
            ), "Does not apply"
        religion = "Church of England" if faith < 0.24 else "Roman Catholic" if faith < 0.32 else "Does not apply"
        if draw < 0.42:
            return (34 if draw < 0.3 else 28 if draw < 0.39 else 35), religion
        if religion == "Roman Catholic":
            return 2, religion
        if religion == "Church of England":
            return (3 if draw < 0.8 else 2), religion
        return (1 if draw < 0.93 else 5), religion

    def _dates(self, type_code: int) -> tuple[str, str]:
        year, month = int(self.rng.integers(2011, 2024)), int(self.rng.choice([1, 4, 9]))
        when = f"01-{month:02d}-{year}"
        return (when, when) if type_code in ACADEMY_TYPES else ("", "")

    def _establishment(self, la: int, kind: str) -> int:
        start = {"nursery": 1000, "pru": 1100, "special": 7000, "independent": 6000, "sixteen": 8000}.get(kind)
        first = start or (4000 if KINDS[kind].ks4 or kind == "middle" else 2000)
        self.estab[(la, first)] += 1
        return first + self.estab[(la, first)]


def _as_planted(school: SampleSchool, planted: PlantedSchool) -> SampleSchool:
    given = {
        "roll": planted.roll, "meals": planted.fsm, "eal": planted.eal, "type_code": planted.type_code,
        "religion": planted.religion, "joined": planted.joined, "opened": planted.opened, "old_urn": planted.old_urn,
        "trust": planted.trust,
    }  # fmt: skip
    changed = replace(school, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    if planted.name:
        changed = replace(changed, religion=planted.religion or "Does not apply", gender=3)
    if not changed.academy and planted.opened is None:
        changed = replace(changed, joined="01-09-2011" if planted.trust else "", opened="")
    elif not changed.joined:
        changed = replace(changed, joined="01-09-2016", opened="01-09-2016")
    return changed


def _name(place: str, school: SampleSchool, rng: np.random.Generator) -> str:
    saint = _SAINTS[int(rng.integers(len(_SAINTS)))]
    plain = int(rng.integers(3))
    faith = {"Church of England": "CofE ", "Roman Catholic": "Catholic "}.get(school.religion, "")
    if school.kind in ("primary", "infant", "junior", "first"):
        word = {"primary": "Primary", "infant": "Infant", "junior": "Junior", "first": "First"}[school.kind]
        if faith == "Catholic ":
            return f"{saint} Catholic {word} School, {place}"
        if school.academy and plain == 0:
            return f"{place} {faith}{word} Academy"
        return f"{place} {saint + ' ' if faith and plain == 1 else ''}{faith}{word} School"
    ends = {
        "nursery": ("Nursery School",), "middle": ("Middle School",), "upper": ("Upper School", "High School"),
        "secondary": ("Academy",) if school.academy and plain == 0 else ("School", "High School", "Community School"),
        "grammar": ("Grammar School",), "all_through": ("Academy", "All-Through School"),
        "sixteen": ("Sixth Form College",),
        "special": ("School", "Special School"), "pru": ("Pupil Referral Unit",),
        "independent": ("House School", "College", "Preparatory School"),
    }[school.kind]  # fmt: skip
    return f"{place} {ends[int(rng.integers(len(ends)))]}"

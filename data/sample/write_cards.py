"""Report cards: Ofsted's management information a year on, in the 85-column layout of 2026.

About a fifth of the schools not inspected lately have a card, in five words over six areas and, where they apply, early
years and post-16; the others stand with the graded inspection that they had. A random stream of its own: no other number
of the region moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from data.sample.kinds import KINDS
from data.sample.leavers import has_sixth_form
from data.sample.periods import CARDS_DATE
from data.sample.region import Region
from data.sample.tables import Columns, layout, write
from data.sample.write_ofsted import Seen, latest_cells, shown

FILE_NAME = f"Management_information_-_state-funded_schools_-_latest_inspections_as_at_{CARDS_DATE}.csv"
WORDS = ("Urgent improvement", "Needs attention", "Expected standard", "Strong standard", "Exceptional")
_CUTS = (-2.7, -1.45, 0.55, 1.85)  # normal scores between the five words
_TOGETHER = 0.5  # correlation of the areas of one school
_FIRST, _DAYS = dt.date(2025, 11, 11), 240  # a Tuesday; to July 2026
_LATELY = dt.date(2023, 9, 1)  # a school graded since has no card yet
_SHARE = 0.3
AREAS = (
    "Inclusion", "Curriculum and teaching", "Achievement", "Attendance and behaviour", "Personal development and wellbeing",
    "Early years (where applicable)", "Post-16 provision (where applicable)", "Leadership and governance",
)  # fmt: skip
_EARLY, _POST_16 = AREAS[5], AREAS[6]
_EXPECTED = "Expected standard"


@dataclass(frozen=True, slots=True)
class Card:
    """One report card: the words by area of those that apply, safeguarding, and the category where there is one."""

    date: dt.date
    words: Mapping[str, str]
    safeguarding: str = "Met"
    category: str = "NULL"


def _strong(*areas: str) -> Mapping[str, str]:
    return MappingProxyType(dict.fromkeys(areas, "Strong standard"))


# What SAMPLE.md says of the five of Chilver Vale; the other areas are as expected.
_PLANTED: Mapping[str, tuple[dt.date, Mapping[str, str]]] = MappingProxyType(
    {
        "chilver_junior_2": (dt.date(2025, 12, 2), _strong("Personal development and wellbeing")),
        "thornwell": (dt.date(2026, 2, 3), _strong("Curriculum and teaching", "Inclusion", "Personal development and wellbeing")),
        "dunholt": (dt.date(2026, 3, 17), _strong("Achievement", "Inclusion")),
        "chilver_secondary_4": (dt.date(2026, 1, 13), MappingProxyType({"Leadership and governance": "Needs attention"})),
        "larkhythe": (dt.date(2026, 5, 19), _strong("Inclusion", "Personal development and wellbeing", "Leadership and governance")),
    }
)  # fmt: skip


def write_cards(folder: Path, region: Region, seen: Sequence[Seen]) -> int:
    """One row for each state-funded school. Returns the rows."""
    rng = np.random.default_rng([region.seed, 72])
    sixth = {school.urn for school, there in zip(region.schools, has_sixth_form(region), strict=True) if there}
    table: Columns = {name: [] for name in layout("ofsted_85")}
    for one in seen:
        card = _card(one, one.school.urn in sixth, rng)
        cells = one.cells | {"Web Link (opens in new window)": one.cells["Web link (opens in new window)"]}
        cells |= _card_cells(one, card) | _graded_cells(one) | _ungraded_cells(one)
        for name, column in table.items():
            column.append(cells.get(name, "NULL"))
    return write(folder / FILE_NAME, layout("ofsted_85"), table, encoding="cp1252")


def _card(one: Seen, sixth: bool, rng: np.random.Generator) -> Card | None:
    """Every school takes the same draws, whether it has a card or not."""
    lot, days, shared, own, unsafe = (
        rng.random(),
        int(rng.integers(0, _DAYS)),
        rng.normal(),
        rng.normal(size=8),
        rng.random(),
    )
    school = one.school
    there = [area for area in AREAS if area != _EARLY or KINDS[school.kind].low <= 4]
    there = [area for area in there if area != _POST_16 or sixth]
    key = school.planted.key if school.planted else ""
    if key in _PLANTED:
        date, words = _PLANTED[key]
        return Card(date, {area: words.get(area, _EXPECTED) for area in there})
    date = _FIRST + dt.timedelta(7 * (days // 7))
    opened = dt.date(int(school.opened[6:]), int(school.opened[3:5]), 1) if school.opened else dt.date(1900, 1, 1)
    if school.planted or lot > _SHARE or opened > date or (one.latest and one.latest.date >= _LATELY):
        return None
    place = np.sqrt(_TOGETHER) * shared + np.sqrt(1 - _TOGETHER) * own
    words = {area: WORDS[int(np.searchsorted(_CUTS, place[AREAS.index(area)]))] for area in there}
    urgent = [area for area in there if words[area] == WORDS[0]]
    met = "Not met" if unsafe < 0.01 else "Met"
    leading = AREAS[7] in urgent and len(urgent) > 1
    return Card(date, words, met, "SM" if leading else "RSI" if urgent or met == "Not met" else "NULL")


def _card_cells(one: Seen, card: Card | None) -> dict[str, str]:
    if card is None:
        return {}
    date, urn = shown(card.date), str(one.school.urn)
    cells = {
        "Inspection number of latest full inspection": f"{10400000 + one.school.urn}", "Inspection type": "S5 Inspection",
        "Inspection start date": date, "Publication date": shown(card.date + dt.timedelta(34)),
        "Does the latest full inspection relate to the URN of the current school?": "Yes",
        "URN at time of latest full inspection": urn, "Category of concern": card.category,
        "Safeguarding standards": card.safeguarding, "Safeguarding standards - date of judgement": date,
        "Most recent category of concern": card.category,
    }  # fmt: skip
    for area in AREAS:
        cells[area] = card.words.get(area, "Not applicable")
        if area in card.words:
            cells[f"{area.removesuffix(' (where applicable)')} - date of judgement"] = date
    return cells


def _graded_cells(one: Seen) -> dict[str, str]:
    """The last graded inspection, under this layout's names."""
    found = latest_cells(one.school, one.latest)
    named = {
        "Inspection number of latest OEIF graded inspection": "Inspection number of latest graded inspection",
        "Inspection type of latest OEIF graded inspection": "Inspection type",
        "Inspection start date of latest OEIF graded inspection": "Inspection start date",
        "Publication date of latest OEIF graded inspection": "Publication date",
        "Does the latest OEIF graded inspection relate to the URN of the current school?":
            "Does the latest graded inspection relate to the URN of the current school?",
        "URN at time of latest OEIF graded inspection": "URN at time of latest graded inspection",
        "Latest OEIF category of concern": "Category of concern", "Latest OEIF overall effectiveness": "Overall effectiveness",
        "Latest OEIF quality of education": "Quality of education",
        "Latest OEIF behaviour and attitudes": "Behaviour and attitudes",
        "Latest OEIF personal development": "Personal development",
        "Latest OEIF effectiveness of leadership and management": "Effectiveness of leadership and management",
        "Latest OEIF  safeguarding is effective?": "Safeguarding is effective?",
        "Latest OEIF early years provision (where applicable)": "Early years provision (where applicable)",
        "Latest OEIF sixth form provision (where applicable)": "Sixth form provision (where applicable)",
    }  # fmt: skip
    return {new: found[old] for new, old in named.items() if old in found}


def _ungraded_cells(one: Seen) -> dict[str, str]:
    same = set(layout("ofsted_85"))
    told = {name: cell for name, cell in one.ungraded.items() if name in same}
    number = one.ungraded.get("Latest ungraded inspection number since last graded inspection")
    return told | ({"Latest ungraded inspection number": number} if number else {})

"""The planted schools of the sample region, in order of URN. Data only: the generator must bring them about.

Realised differences are given where the statement about a school must hold in the published figures, not only in
truth; the rest is drawn. Points against expectation given intake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from data.sample.kinds import PlantedSchool, cohorts, years
from data.sample.periods import SEED_PROGRAMME

FIRST_URN = 900001
FIRST_OLD_URN = 950001
CHILVER_VALE_UID = 90001
LOWER_QUENNET_URN = 900001

Row = dict[str, Any]


# Normal scores of chance in reading for the key stage 2 schools of Chilver Vale, hardly related to their effects.
_CHANCE: tuple[float | None, ...] = (
    0.1, 0.5, 1.1, -0.4, -1.1, 0.2, 0.8, -0.8, None, -0.1, 0.4, 1.6, -0.6, 0.9, -0.9, -0.5, *(None,) * 9,
)  # fmt: skip


def _ks2(mathematics: float, reading: float) -> Mapping[str, float]:
    return {"mathematics": mathematics, "reading": reading, "writing": 0.6 * reading,
            "grammar": round(0.3 * mathematics + 0.3 * reading, 2)}  # fmt: skip


def _maths(*values: float) -> Mapping[str, Mapping[int, float]]:
    return {"mathematics": years(*values)}


def _chilver() -> list[Row]:
    base: Row = {"role": "chilver_vale", "la": 991, "trust": CHILVER_VALE_UID, "type_code": 34}
    rows: list[Row] = [
        {"key": "lower_quennet", "kind": "primary", "name": "Lower Quennet Primary School", "roll": 90, "fsm": 20,
         "cohorts": cohorts(12, 13, 14), "cohort": 13, "effects": _ks2(14, 3), "realised": _maths(25, 17, 18),
         "place": "Quennet", "words": "small strong school: mathematics clear over three years, in no single one"},
        {"key": "nettlecombe_cross", "kind": "primary", "name": "Nettlecombe Cross Primary School", "roll": 118,
         "fsm": 18, "cohorts": cohorts(16, 15, 18), "cohort": 16, "effects": _ks2(13, 2),
         "realised": _maths(19, 19, 19), "words": "small strong school: clear over three years, in no single one"},
        {"key": "cattering_park", "kind": "primary", "name": "Cattering Park Primary School", "roll": 625, "fsm": 14,
         "cohort": 88, "effects": _ks2(5, 1), "realised": _maths(6, 4, 5), "words": "three forms; days and venue"},
        {"key": "oxleigh_road", "kind": "primary", "name": "Oxleigh Road Primary School", "roll": 400, "fsm": 24,
         "cohort": 55, "effects": _ks2(-10, -2), "realised": _maths(-11, -9, -10), "words": "may need mathematics"},
        {"key": "great_quennet", "kind": "primary", "name": "Great Quennet Primary School", "roll": 205, "fsm": 15,
         "cohorts": cohorts(28, 28, 28), "effects": _ks2(-8, 2), "realised": _maths(-5, -9, -6), "place": "Quennet",
         "words": "mixed evidence in mathematics"},
        {"key": "sallowby_st_marks", "kind": "primary", "name": "Sallowby St Mark's CofE Primary School", "roll": 172,
         "fsm": 17, "cohorts": cohorts(24, 24, 24), "effects": _ks2(-9, -1), "realised": _maths(-9, -5, -8),
         "religion": "Church of England", "words": "mixed evidence in mathematics"},
        {"key": "withenby", "kind": "primary", "name": "Withenby Primary School", "roll": 96, "fsm": 13,
         "cohorts": cohorts(13, 4, 13), "effects": _ks2(-10, 0), "realised": _maths(-11, -10, -9),
         "words": "not enough data: one year withheld, 26 pupils pooled"},
        {"key": "hollinshaw_hill", "kind": "primary", "name": "Hollinshaw Hill Primary School", "roll": 415, "fsm": 5,
         "old_urn": 950009, "opened": "01-09-2019", "cohort": 58, "effects": _ks2(-8, 3),
         "realised": _maths(-10, -9, -9), "words": "affluent: 74% where 82% is expected"},
        {"key": "farrowby", "kind": "primary", "name": "Farrowby Academy", "roll": 410, "fsm": 38, "cohort": 58,
         "effects": {"mathematics": 2, "reading": 2, "writing": 2, "grammar": 2}, "old_urn": 950001,
         "early": {"mathematics": -12, "reading": -12, "writing": -12, "grammar": -12}, "opened": "01-01-2018",
         "realised": {s: {201516: -11, 201617: -13, 201718: -12, 201819: -12, **years(5, 7, 6)}
                      for s in ("mathematics", "reading", "writing", "grammar")}, "joined": "01-01-2018",
         "words": "came through difficulty"},
        {"key": "marrowby", "kind": "primary", "name": "Marrowby Primary School", "roll": 150, "fsm": 16,
         "cohorts": {201516: 21, 201617: 21, 201718: 21, 201819: 21, **cohorts(21, 21, 21)}, "effects": _ks2(0, 0),
         "realised": {"mathematics": {201516: 2, 201617: 1, 201718: 2, 201819: -23, **years(1, 0, -1)}},
         "words": "decoy: one bad year by chance"},
        {"key": "brackenhythe", "kind": "primary", "name": "Brackenhythe Primary School", "roll": 101, "fsm": 18,
         "cohorts": cohorts(16, 11, 15), "effects": _ks2(0, 0), "realised": _maths(14, -46, 18),
         "words": "false alarm: 3 of 11 in 2023/24"},
        {"key": "winterfold", "kind": "primary", "name": "Winterfold Primary Academy", "roll": 212, "fsm": 10,
         "cohort": 30, "effects": _ks2(-1, -1), "realised": _maths(-1, -2, 0), "old_urn": 950002,
         "opened": "01-09-2014", "words": "old grade: Outstanding 2013 under a predecessor"},
        {"key": "chilver_primary_13", "kind": "primary", "roll": 208, "fsm": 11, "old_urn": 950010,
         "opened": "01-04-2020", "joined": "01-04-2020", "effects": _ks2(4, 6)},
        {"key": "chilver_primary_14", "kind": "primary", "roll": 330, "fsm": 20, "effects": _ks2(6, -5)},
        {"key": "tolverton_junior", "kind": "junior", "name": "Tolverton Junior School", "roll": 345, "fsm": 15,
         "cohort": 85, "effects": _ks2(-9, -2), "realised": _maths(-10, -8, -9), "town": "Tolverton",
         "place": "Tolverton", "words": "may need mathematics, clear"},
        {"key": "chilver_junior_2", "kind": "junior", "roll": 240, "fsm": 12, "effects": _ks2(3, -4)},
        {"key": "swanholt_infant", "kind": "infant", "name": "Swanholt Infant School", "roll": 255, "fsm": 13,
         "town": "Tolverton", "place": "Tolverton", "words": "no key stage 2; feeds Tolverton Junior"},
        {"key": "chilver_infant_2", "kind": "infant", "roll": 178, "fsm": 12},
        {"key": "chilver_infant_3", "kind": "infant", "roll": 130, "fsm": 9},
        {"key": "thornwell", "kind": "secondary", "name": "Thornwell School", "fsm": 20, "roll": 905,
         "rolls": {202021: 1180, 202122: 1112, 202223: 1043, 202324: 972, 202425: 905},
         "effects": {"attainment8": 0}, "realised": {"attainment8": years(0.3, -0.4, 0.1)},
         "words": "falling roll; outcomes as expected"},
        {"key": "pellworth_grammar", "kind": "grammar", "name": "Pellworth Grammar School", "roll": 1080, "fsm": 3,
         "town": "Pellworth", "cohort": 155, "effects": {"attainment8": 0},
         "realised": {"attainment8": years(0.4, -0.3, 0.2)}, "words": "selection: Attainment 8 of 70, no strength"},
        {"key": "dunholt", "kind": "secondary", "name": "Dunholt School", "roll": 920, "fsm": 42, "cohort": 178,
         "effects": {"attainment8": 6}, "realised": {"attainment8": {202122: 6, **years(6, 6.4, 5.8), 202526: 6}},
         "words": "non-selective, Attainment 8 of 46 where 40 is expected"},
        {"key": "chilver_secondary_4", "kind": "secondary", "roll": 1240, "fsm": 13},
        {"key": "chilver_secondary_5", "kind": "secondary", "roll": 760, "fsm": 17},
        {"key": "larkhythe", "kind": "special", "name": "Larkhythe School", "roll": 142, "fsm": 36, "type_code": 44,
         "words": "special: outreach for special educational needs"},
    ]  # fmt: skip
    return [{**base, **_reading(row, chance)} for row, chance in zip(rows, _CHANCE, strict=True)]


def _reading(row: Row, chance: float | None) -> Row:
    """Reading as chance would have it; the chances of the sixteen together are as wide as they should be."""
    if chance is None or row["key"] == "farrowby":
        return row
    theta = row["effects"]["reading"]
    size = row.get("cohort") or row["roll"] / 7
    away = theta + chance * float(np.sqrt((1750 / size + 18) / 3))
    return {**row, "realised": {**row.get("realised", {}), "reading": years(away + 2, away - 3, away + 1)}}


def _block(role: str, la: int, kinds: Iterable[str], **common: Any) -> list[Row]:
    """Schools of one role without names of their own; list-valued entries give one value to each school."""
    rows = []
    for number, kind in enumerate(kinds, start=1):
        own = {key: value[number - 1] if isinstance(value, list) else value for key, value in common.items()}
        rows.append({"role": role, "la": la, "kind": kind, "key": f"{role}_{number}", **own})
    return rows


def _trusts() -> list[Row]:
    reading = [1.5, -1.5, 2, -2, 0, 1, -1, 2.5, -2.5]
    kelderby = _block("kelderby_partnership", 992, ["primary"] * 9 + ["infant"] + ["secondary"] * 3, trust=90002,
                      type_code=34, effects=[{"reading": value} for value in reading] + [{}] * 4)  # fmt: skip
    millbrace: Row = {
        "role": "kelderby_partnership", "la": 992, "kind": "primary", "key": "millbrace", "trust": 90002,
        "type_code": 34,
        "name": "Millbrace Primary School", "roll": 425, "cohort": 60, "fsm": 46, "eal": 61, "town": "Millbrace",
        "effects": {"reading": 13, "writing": 13, "mathematics": 12, "grammar": 10},
        "realised": {"reading": years(14, 13, 14), "writing": years(14, 14, 14), "mathematics": years(14, 13, 13)},
        "words": "hidden strength: 60% reach reading, writing and mathematics where 47 is expected",
    }  # fmt: skip
    founders: Row = {s: -2.0 for s in ("reading", "writing", "mathematics", "grammar")}
    copperley = _block("copperley", 996, ["primary"] * 13 + ["secondary"] * 4, trust=90003, type_code=28,
                       joined=["01-09-2019"] * 6 + ["01-09-2022"] * 5 + ["01-09-2023"] * 6,
                       effects=[founders] * 6 + [{}] * 11,
                       early=[dict.fromkeys(founders, 0.0)] * 6 + [{}] * 11)  # fmt: skip
    votes = [{"attendance": 5.0}] * 5 + [{"mathematics": -8.0}] * 4
    saltings = _block("saltings_cooperative", 993, ["secondary"] * 2 + ["primary"] * 7, trust=90004, type_code=5,
                      effects=votes, town="Tidewell")  # fmt: skip
    federation = _block("harrowfen_federation", 994, ["primary"] * 2, type_code=1, roll=[74, 52])
    brennor = _block("brennor_council_trust", 996, ["primary"] * 5 + ["secondary"], trust=90005, type_code=5,
                     opened="01-09-2026", joined="01-09-2026", old_urn=list(range(950003, 950009)))  # fmt: skip
    rolls = [41, 52, 58, 63, 70, 76, 82, 88, 95, 104, 112, 120, 131]
    return [
        millbrace, *kelderby, *copperley, *saltings, *federation, *brennor,
        *_block("wexmoor_diocesan", 995, ["primary"] * 13, trust=90006, type_code=34, roll=rolls,
                religion="Church of England"),
        *_block("marlcombe", 991, ["primary"] * 26 + ["secondary"] * 5, trust=90007, type_code=34, fsm=6,
                effects=[dict.fromkeys(founders, -3.0)] * 26 + [{"attainment8": -3.0}] * 5),
        *_block("bexcombe", 994, ["primary"] * 7 + ["secondary"], trust=90008, type_code=34),
        *_block("tidewell", 993, ["primary"] * 8 + ["secondary"] * 3, trust=90009, type_code=34, town="Tidewell",
                effects={"attendance": 6.0}),
        *_block("hartsmoor", 991, ["primary"] * 12, trust=90010, type_code=34, roll=150, fsm=5),
        {"role": "ravelstone", "key": "ravelstone", "la": 995, "kind": "secondary", "name": "Ravelstone Academy",
         "trust": 90011, "type_code": 34},
        {"role": "scarra", "key": "scarra_31", "la": 993, "kind": "primary", "name": "Scarra North Primary School",
         "roll": 31, "cohort": 4, "type_code": 1, "at": (98.5, 31.2), "town": "Scarra", "words": "always withheld"},
        {"role": "scarra", "key": "scarra_58", "la": 993, "kind": "primary", "name": "Scarra Primary School",
         "roll": 58,
         "cohort": 8, "type_code": 1, "at": (99.3, 29.4), "town": "Scarra"},
        {"role": "scarra", "key": "scarra_11_16", "la": 993, "kind": "secondary", "name": "Scarra School", "roll": 214,
         "type_code": 1, "at": (99.2, 29.6), "town": "Scarra"},
    ]  # fmt: skip


def _programmes() -> list[Row]:
    """Number Sense was chosen for a low 2022/23: the year before stands about 9 points under the two after."""
    las = [991, 993, 994, 996, 992, 995]
    number = np.array([-3, 1, -6, 0, -4, -2, -7, 2, -5, -1, -3, -4], dtype=float)
    rows = _block("number_sense", 991, ["primary"] * 12,
                  roll=[210, 240, 180, 300, 225, 260, 200, 310, 280, 190, 215, 250],
                  effects=[{"mathematics": float(value)} for value in number],
                  realised=[_maths(value - 8.5, value + 0.5 + (-1) ** i, value + 0.5 - (-1) ** i)
                            for i, value in enumerate(number)])  # fmt: skip
    drawn = set(np.random.default_rng(SEED_PROGRAMME).permutation(40)[:20].tolist())
    reading = _block("reading_together", 991, ["primary"] * 40, roll=315, cohort=45)
    for position, row in enumerate(reading):
        row["words"] = "took part" if position in drawn else "drawn as comparison"
    every = _block("every_day_counts", 991, ["primary"] * 5, roll=[210, 330, 190, 420, 240])
    return [{**row, "la": las[position % 6]} for block in (rows, reading, every) for position, row in enumerate(block)]


def _all() -> tuple[PlantedSchool, ...]:
    rows = [*_chilver(), *_trusts(), *_programmes()]
    return tuple(_frozen(PlantedSchool(urn=FIRST_URN + position, **row)) for position, row in enumerate(rows))


def _frozen(school: PlantedSchool) -> PlantedSchool:
    return replace(school, effects=MappingProxyType(dict(school.effects)), early=MappingProxyType(dict(school.early)),
                   realised=MappingProxyType(dict(school.realised)), cohorts=MappingProxyType(dict(school.cohorts)),
                   rolls=MappingProxyType(dict(school.rolls)))  # fmt: skip


PLANTED: tuple[PlantedSchool, ...] = _all()
READING_TOGETHER_EFFECT = 7.0  # points in reading from 2023/24 for those who took part

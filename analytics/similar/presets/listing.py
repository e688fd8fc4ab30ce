"""The ways of choosing similar schools that a page offers: one declared list, each with its vintage and what it lacks.

None of them changes a tier, a need, a proposal or the published table of similar schools: they are computed when asked
for, to look at. Circumstances only: no results, no inspection, no spending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from analytics.similar import similarity
from analytics.similar.presets import dfe_primary, fbit

Scale = Literal["spread", "range", "raw"]
Key = Literal["alongside", "fbit_pupil", "fbit_building", "dfe", "own"]
DFE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "idaci_score": "IdaciPupils", "ehcp_pct": "PercentageStatementOrEhp", "sen_support_pct": "PercentSchSupport",
        "fsm6_pct": "PPPerc", "eal_pct": "PercentEAL", "pupils": "NumberOfPupils",
    }
)  # fmt: skip
FBIT_WEIGHTS: Mapping[str, float] = MappingProxyType({"pupils": 0.5, "fsm6_pct": 0.4, "sen_pct": 0.1})
OWN_VARIABLES = (*similarity.VARIABLES, "roll_change_pct")
LEAST_K, MOST_K, MOST_WEIGHT, MOST_KM = 5, 100, 10, 200
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "sector": "same type of sector (maintained or academy)", "la_code": "same local authority", "region": "same region",
        "religious_character": "same religious character", "gender": "same: boys, girls or mixed",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """One way of choosing. `weights` by column of the `school` table; `lacks`: what its publisher uses and is not here.

    `scale`: `spread` by middle and middle half, winsorised (METHODS 9.1), `range` by the range of the group, `raw` as
    published. `phases`: () for all. `offered` false: `why_not` says why it cannot be computed from public files.
    """

    key: Key
    title: str
    vintage: str
    words: str
    scale: Scale
    weights: Mapping[str, float]
    members: int
    calliper: bool
    lacks: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    offered: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own choice: weights 0-10 by variable, what must be the same, within how many km, and how many schools."""

    weights: tuple[tuple[str, int], ...] = field(
        default_factory=lambda: tuple((one, 5) for one in similarity.VARIABLES)
    )
    same: tuple[str, ...] = ()
    km: int | None = None
    members: int = similarity.K


PRESETS: tuple[Preset, ...] = (
    Preset(
        "alongside", "Alongside", "our own, 2026",
        "Nearest in pupils, free school meals, language, plans, SEN support and deprivation, all counted alike. "
        "The answers rest on what intakes lead one to expect; these schools stand beside them, and say where that is unsure.",
        "spread", MappingProxyType(dict.fromkeys(similarity.VARIABLES, 1.0)), similarity.K, True,
    ),
    Preset(
        "fbit_pupil", "Financial benchmarking tool (FBIT), pupils", fbit.VINTAGE,
        "As the Department's financial benchmarking tool finds schools to compare spending with: half by pupils, two fifths by "
        "free school meals, a tenth by special needs; of the nearest 60, those of the same region first.",
        "range", FBIT_WEIGHTS, fbit.MEMBERS, False,
        ("free school meals today (the last six years are used)", "private finance contracts", "boarding", "part-year academies"),
        ("primary", "secondary", "all_through", "nursery", "alternative_provision", "sixteen_plus"),
    ),
    Preset(
        "fbit_building", "Financial benchmarking tool (FBIT), buildings", fbit.VINTAGE,
        "As the Department's financial benchmarking tool finds schools with buildings alike: floor area and age.",
        "range", MappingProxyType({}), fbit.MEMBERS, False, ("floor area", "age of the buildings"), offered=False,
        why_not="No public file holds the floor area or the age of a school's buildings, so this cannot be worked out here.",
    ),
    Preset(
        "dfe", "DfE characteristics, as far as published", dfe_primary.VINTAGE,
        "By the weights of the Department's own service for similar primary schools, with what of it is published by school.",
        "raw", MappingProxyType({column: dfe_primary.WEIGHTS[name] for column, name in DFE_COLUMNS.items()}),
        dfe_primary.NEIGHBOURS, False,
        (
            "results at key stage 1 of its pupils", "how many young people of the area go on to university (POLAR4)",
            "how many pupils stay from year to year", "deprivation of the pupils' homes (the school's neighbourhood is used)",
        ),
        ("primary",),
    ),
    Preset(
        "own", "Your own choice", "what you choose", "What counts, how much, and which schools may stand in it, chosen by you.",
        "spread", MappingProxyType({}), similarity.K, True,
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Preset] = MappingProxyType({str(preset.key): preset for preset in PRESETS})
DEFAULT: Key = "alongside"


def refusal(preset: Preset, phase: str | None, sector: str | None) -> str:
    """Why a preset cannot be used for a school of this phase and sector, as a sentence; "" where it can."""
    if not preset.offered:
        return preset.why_not
    if preset.key == "fbit_pupil" and phase == "special":
        return "For special schools it compares ten kinds of need, which no public file holds by school."
    if preset.key == "fbit_pupil" and sector == "independent":
        return "It compares state-funded schools only."
    if preset.phases and phase not in preset.phases:
        return (
            "Its weights are known for primary schools only." if preset.key == "dfe" else "It does not compare schools of this phase."
        )  # fmt: skip
    return ""

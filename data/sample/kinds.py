"""The kinds of school in the sample: ages, phase words and which files they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from data.sample.periods import WINDOW


@dataclass(frozen=True, slots=True)
class SchoolKind:
    """One kind. `years` are year groups on roll, `level` the census summary it counts in."""

    key: str
    phase_code: int
    phase: str
    low: int
    high: int
    years: int
    ks2: bool
    ks4: bool
    census: str
    level: str
    roll: tuple[float, float] | None  # median and spread; None: the authority's primaries


def _kind(key: str, phase: tuple[int, str], ages: tuple[int, int, int], tests: str, census: tuple[str, str],
          roll: tuple[float, float] | None) -> SchoolKind:  # fmt: skip
    return SchoolKind(key, *phase, *ages, "2" in tests, "4" in tests, *census, roll)


_PRIMARY, _SECONDARY, _OTHER = (2, "Primary"), (4, "Secondary"), (0, "Not applicable")
_PRI, _SEC = ("State-funded primary", "PRI"), ("State-funded secondary", "SEC")
_SPE = ("State-funded special school", "SPE")

KINDS: Mapping[str, SchoolKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            _kind("nursery", (1, "Nursery"), (2, 5, 2), "", ("State-funded nursery", ""), (80, 0.3)),
            _kind("infant", _PRIMARY, (4, 7, 3), "", _PRI, (180, 0.35)),
            _kind("junior", _PRIMARY, (7, 11, 4), "2", _PRI, (250, 0.35)),
            _kind("primary", _PRIMARY, (4, 11, 7), "2", _PRI, None),
            _kind("first", _PRIMARY, (4, 9, 5), "", _PRI, (95, 0.5)),
            _kind("middle", (5, "Middle deemed secondary"), (9, 13, 4), "2", _SEC, (420, 0.2)),
            _kind("secondary", _SECONDARY, (11, 16, 5), "4", _SEC, (940, 0.3)),
            _kind("upper", _SECONDARY, (13, 18, 4), "4", _SEC, (900, 0.2)),
            _kind("grammar", _SECONDARY, (11, 18, 6), "4", _SEC, (1050, 0.15)),
            _kind("all_through", (7, "All-through"), (4, 16, 12), "24", _SEC, (1150, 0.2)),
            _kind("sixteen", (6, "16 plus"), (16, 19, 2), "", ("", ""), (1500, 0.3)),
            _kind("special", _OTHER, (4, 19, 13), "24", _SPE, (130, 0.35)),
            _kind("pru", _OTHER, (11, 16, 4), "4", ("State-funded AP school", ""), (60, 0.3)),
            _kind("independent", _OTHER, (4, 18, 13), "4", ("Independent school", ""), (380, 0.5)),
        )
    }
)


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlantedSchool:
    """A school with known facts. None or absent means: drawn like any other.

    `effects` are lasting differences from what the intake leads one to expect, since 2022/23 (percentage points; for
    `attainment8` points of the score; for `attendance` points of persistent absence); `early` the same to 2018/19.
    `realised` are the differences that a year's published results show; `cohorts` pupils in the tested year group.
    """

    urn: int
    key: str
    role: str
    la: int
    kind: str
    name: str | None = None
    town: str | None = None
    place: str | None = None  # beside which named place it stands
    roll: int | None = None
    rolls: Mapping[int, int] = field(default_factory=_nothing)
    cohort: int | None = None
    cohorts: Mapping[int, int] = field(default_factory=_nothing)
    fsm: float | None = None
    eal: float | None = None
    type_code: int | None = None
    religion: str | None = None
    trust: int | None = None
    joined: str | None = None
    old_urn: int | None = None
    opened: str | None = None
    at: tuple[float, float] | None = None
    effects: Mapping[str, float] = field(default_factory=_nothing)
    early: Mapping[str, float] = field(default_factory=_nothing)
    realised: Mapping[str, Mapping[int, float]] = field(default_factory=_nothing)
    words: str = ""


def years(*values: float) -> Mapping[int, float]:
    """Differences for the three years of the window."""
    return MappingProxyType(dict(zip(WINDOW, values, strict=True)))


def cohorts(*values: int) -> Mapping[int, int]:
    """Pupils in the tested year group for the three years of the window."""
    return MappingProxyType(dict(zip(WINDOW, values, strict=True)))

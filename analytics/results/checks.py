"""Published rows of the checks: would other reasonable choices say the same? Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """Table `check`: one check over all schools of a phase and year. `outcome`: passed, not or unknown.

    `count` of `total` answers stood (or figures lay where they were foreseen); the bar is a share, `top` its upper end.
    """

    check: str
    phase: str
    time_period: int
    measure: str  # "" where the check is of all measures together
    count: int
    total: int
    share: float | None
    bar: float
    top: float | None
    outcome: str


@dataclass(frozen=True, slots=True)
class SchoolCheck:
    """Table `school_check`: one check of one school; `detail` names what decides, joined by |."""

    urn: int
    check: str
    phase: str
    time_period: int
    count: int
    total: int
    outcome: str
    detail: str

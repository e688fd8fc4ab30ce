"""Published rows about the nation as fitted, for How it works and for repeating a score by hand. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """Table `national`: what was fitted on all schools for one phase, measure and window (for How it works)."""

    phase: str
    measure: str
    time_period: int
    first_year: int
    years: int
    schools: int
    mode: str  # binomial | arcsine | mean
    mean: float
    tau: float
    omega: float
    phi: float
    sigma: float | None
    r2: float
    fifth: float  # national 20th percentile of lasting levels

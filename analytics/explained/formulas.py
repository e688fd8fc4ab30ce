"""Every formula of How it works, section by section. A test works each out beside the code."""

from __future__ import annotations

from analytics.explained import score_formulas
from analytics.explained.formula import Formula


def formulas() -> tuple[Formula, ...]:
    """All formulas, in the order of the sections' figures."""
    return (
        *score_formulas.expectation_and_noise(), *score_formulas.fitted_noise(), *score_formulas.spread_and_posterior(),
        *score_formulas.combined(),
    )  # fmt: skip


def of(section: str) -> tuple[Formula, ...]:
    """The formulas that stand in one section."""
    return tuple(one for one in formulas() if one.section == section)

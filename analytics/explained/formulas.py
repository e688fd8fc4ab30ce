"""Every formula of How it works, section by section. A test works each out beside the code."""

from __future__ import annotations

from functools import cache

from analytics.explained import finding_formulas, plan_chapter, programme_chapter, school_formulas, score_formulas
from analytics.explained.formula import Formula


@cache
def formulas() -> tuple[Formula, ...]:
    """All formulas, in the order in which a figure is made."""
    return (
        *score_formulas.expectation_and_noise(), *score_formulas.fitted_noise(), *score_formulas.spread_and_posterior(),
        *score_formulas.combined(), *finding_formulas.scores_and_tiers(), *school_formulas.inspection_and_money(),
        *school_formulas.likeness(), *finding_formulas.gaps(), *finding_formulas.averages(), *finding_formulas.recoveries(), *finding_formulas.foresight(),
        *school_formulas.limits(), *school_formulas.summers(), *plan_chapter.formulas(), *programme_chapter.formulas(),
    )  # fmt: skip


def of(section: str) -> tuple[Formula, ...]:
    """The formulas that stand in one section."""
    return tuple(one for one in formulas() if one.section == section)

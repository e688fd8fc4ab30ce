"""Schools at which money and results say different things, in sentences: what each says, with its years. Text only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.results import Inspection
from analytics.scores.money_years import DEFICIT_YEARS, SchoolMoney
from pages.components.figures import number_words, share
from pages.components.inspection_spread_words import in_short, when
from pages.components.money_together_words import percent
from pages.components.words import year


def conflict_heading(number: int) -> str:
    if number == 1:
        return "At one school money and results say different things"
    return f"At {number_words(number)} schools money and results say different things"


CONFLICT = (
    "Their money is tight: a reserve, or what the trust records under them, below nought after three years of spending more than "
    "they received. Their results are as expected after intake, or better. One does not cancel the other."
)


def conflict_lines(school: SchoolMoney, tier: str, inspected: Inspection | None) -> tuple[str, ...]:
    """What the accounts say, what the results say, what the inspectorate said; each with its years."""
    first = next((one for one in school.years if one.reserve_pct is not None), school.first)
    whose = "What the trust records under it" if school.of_trust else "Its reserve"
    moved = "fell" if (first.reserve_pct or 0.0) > (school.last.reserve_pct or 0.0) else "went"
    lines = [
        f"{whose} {moved} from {percent(first.reserve_pct)} of income in {year(first.time_period)} to {percent(school.last.reserve_pct)} "
        f"in {year(school.last.time_period)}. It spent more than it received in each of the last {number_words(DEFICIT_YEARS)} years."
    ]
    staff = school.figures("staff_pct")
    if len(staff) > 1:
        lines.append(
            f"Staff took {share(staff[0][1])} of spending in {year(staff[0][0])}, {share(staff[-1][1])} in {year(staff[-1][0])}."
        )
    lines.append(f"Results: {RESULTS[tier]}.")
    if inspected is not None:
        lines.append(f"Inspection, {when(inspected)}: {in_short(inspected)}")
    return tuple(lines)


RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "as_expected": "as expected after intake", "above_expectation": "above expectation after intake",
        "strength_to_share": "a strength to share",
    }
)  # fmt: skip

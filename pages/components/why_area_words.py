"""Why one statement about one area of a school stands: the rule behind it, the years it rests on, what shakes it.

Plain first: published figures beside what similar intakes reach. The sums come after, for those who want to repeat them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.explained.area_chain import AreaChain
from analytics.results import AreaScore, YearValue
from analytics.scores import screening
from analytics.scores.screening import REASONS
from analytics.scores.signals import STRENGTH_LAPSES
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS, TIERS
from pages.components.figures import chances, measure_value
from pages.components.measure_words import area_words
from pages.components.words import listing, year

RULES: Mapping[str, str] = {
    "strength_to_share": (
        f"A strength to share: {chances(screening.SURE_STRENGTH)} sure, at least, that it lies above what its intake leads one to expect; "
        f"above it in each of {screening.STRENGTH_YEARS} years, with at least {screening.STRENGTH_COHORT} pupils in each."
    ),
    "may_need_support": (
        f"May need support: {chances(screening.SURE_NEED)} sure, at least, that it lies below what its intake leads one to expect. A question, "
        "until the school has had its say."
    ),
    "as_expected": f"As expected: {chances(screening.SURE_TYPICAL)} sure, at least, that it lies where most schools with such an intake do.",
    "mixed_evidence": "Mixed evidence: it is not sure enough to lie above, below or among schools with such an intake.",
    "low_in_line": "Low for its pupils and in line with intake: what its intake leads one to expect is low too. Resources rather than practice.",
    "not_enough_data": f"Not enough data: fewer than {screening.POOLED_PUPILS} pupils over the years, or too little is published.",
}
INSPECTED = (
    f"By inspection an area is a strength to share where it was judged outstanding, or strong or exceptional on a report card, at most "
    f"{STRENGTH_LAPSES:.0f} years ago and under the school's own number. It may need support where the judgement itself asks for better."
)
ACCOUNTS = (
    "By the accounts a school may need support with a reserve below nought, a reserve below 5% of income with losses over three years, or figures that together lie below those of "
    "schools in similar circumstances. The reserve of an academy in a trust is the trust's, and then a question to the trust."
)
GONE = "its file is no longer in the store"
NUMERIC = ("Published", "Pupils", "Similar intake reaches")


def finding(name: str, area: str, tier: str, *, repeats: bool = True) -> str:
    """ "Lower Quennet, mathematics: strength to share, and every step can be worked out again"."""
    again = "and every step can be worked out again" if repeats else "but a step does not come out the same"
    return f"{name}, {area_words(area)}: {TIERS.get(tier, tier)}, {again}"


def judged_finding(name: str, area: str, *, shared: bool, accounts: bool) -> str:
    """ "Lower Quennet, early years: strength to share, by its latest inspection"; of a need, that a question is asked."""
    said = TIERS["strength_to_share"] if shared else TIERS["may_need_support"]
    return f"{name}, {area_words(area)}: {said}, by its {'published accounts' if accounts else 'latest inspection'}"


def shaken(row: AreaScore) -> tuple[str, ...]:
    """What holds it back, how many other reasonable ways agree, and the single measures that decide."""
    lines = []
    codes = [REASONS[code] for code in row.reasons.split("|") if code in REASONS]
    if codes:
        lines.append(f"Why it says no more: {listing(codes)}.")
    if row.agreement is not None:
        lines.append(f"Of other reasonable ways to combine the measures, {row.agreement:.0%} say the same.")
    decides = [MEASURES[part].short for part in row.sensitive_to.split("|") if part in MEASURES]
    if decides:
        lines.append(f"It hangs on {listing(decides)}: left out, the answer is another.")
    return tuple(lines)


def where(file_name: str, row: int | None, column: str, *, hidden: bool) -> str:
    """Where a figure was read. `hidden`: without its row, for one look into the file tells which school stands there. `row`
    None: its row was not kept.
    """
    return f"{file_name}, {'' if hidden or row is None else f'row {row}, '}column {column}"


def year_table(chain: AreaChain, values: Sequence[YearValue], files: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    """One row per measure and year behind the answer: published, pupils, what a similar intake reaches, and where it was read.

    `files`: (measure, year) -> file, row and column.
    """
    used = {(block.measure, block.time_period) for block in chain.blocks if block.time_period is not None}
    shown = sorted(
        (row for row in values if (row.measure, row.time_period) in used),
        key=lambda row: (row.measure, row.time_period),
    )
    return pd.DataFrame(
        [
            (
                MEASURES[row.measure].short, year(row.time_period),
                measure_value(row.measure, row.value) if row.value is not None else STATUS_WORDS.get(row.status, row.status),
                "" if row.pupils is None else f"{row.pupils:,.0f}", measure_value(row.measure, row.expected), files.get((row.measure, row.time_period), GONE),
            )
            for row in shown
        ],
        columns=["Figure", "Year", *NUMERIC, "Where it was read"],
    )  # fmt: skip

"""Money in sentences: of a school by its own accounts, and of a trust by those of the whole trust. Never a verdict.

The reserve of an academy in a trust of several is the trust's: what is recorded under the school is called a share of the
trust's reserve. Financial years (to March) and academic years (to August) are named and never set beside one another.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.results import Finance, TrustFinance
from analytics.scores.screening import REASONS
from pages.components.figures import money, number_words, sentence_start, share
from pages.components.words import count, listing, year

ENDS = {"financial": "March", "academic": "August"}


def money_lines(rows: Sequence[Finance], reasons: Sequence[str]) -> tuple[str, ...]:
    """Reserve, balance and staff cost of the latest year, with the way there; what is withheld says so."""
    if not rows:
        return ("No accounts of this school are in the files.", *reasons)
    last = max(rows, key=lambda row: row.time_period)
    same = [row for row in rows if row.year_type == last.year_type]
    lines = [_reserve(same, last)]
    if last.balance is not None:
        verb = "spent more than it received by" if last.balance < 0 else "received more than it spent by"
        lines.append(f"In {year(last.time_period)} it {verb} {money(abs(last.balance))}. {_three_years(same, last)}")
    if last.staff_pct is not None:
        lines.append(f"Staff take {share(last.staff_pct)} of income.{_staff_before(same, last)}")
    told = " ".join(lines)
    return tuple([*lines, *(one for one in reasons if one.rstrip(".") not in told)])


def _reserve(rows: Sequence[Finance], last: Finance) -> str:
    when = year(last.time_period)
    if last.reserve is not None:
        part = f", {share(last.reserve_pct, 1)} of income" if last.reserve_pct is not None else ""
        before = _first([(row.time_period, row.reserve_pct) for row in rows], last.time_period)
        return f"Reserve at the end of {when}: {money(last.reserve)}{part}.{_was(before)}"
    if last.reserve_share is None:
        return f"No reserve figure is published for {when}, so the school's reserves are not compared with others'."
    part = f", {share(last.reserve_share_pct, 1)} of its income" if last.reserve_share_pct is not None else ""
    before = _first([(row.time_period, row.reserve_share_pct) for row in rows], last.time_period)
    return (
        f"Share of trust reserve: the trust records {money(last.reserve_share)} under this school at the end of {when}"
        f"{part}. Reserves belong to the trust.{_was(before)}"
    )


def _first(values: Sequence[tuple[int, float | None]], last: int) -> tuple[int, float] | None:
    """The earliest year before `last` that has a figure."""
    there = [(period, value) for period, value in values if value is not None and period < last]
    return min(there, default=None)


def _was(before: tuple[int, float] | None) -> str:
    return f" It was {share(before[1], 1)} of income in {year(before[0])}." if before else ""


def _three_years(rows: Sequence[Finance], last: Finance) -> str:
    """The mean of three years where there is one: one year alone says little."""
    if last.balance_mean is None:
        return "One year alone says little."
    three = sorted(rows, key=lambda row: row.time_period)[-3:]
    short = sum(1 for row in three if row.balance is not None and row.balance < 0)
    years = {0: "none", 3: "all three"}.get(short, number_words(short))
    size = share(abs(last.balance_mean), 1)
    mean = f"spent {size} more than its income" if last.balance_mean < 0 else f"kept {size} of its income"
    return f"Over three years it {mean}, on average; in {years} of them it spent more than it received."


def _staff_before(rows: Sequence[Finance], last: Finance) -> str:
    before = _first([(row.time_period, row.staff_pct) for row in rows], last.time_period)
    return f" It was {share(before[1])} in {year(before[0])}." if before else ""


def trust_sentence(row: TrustFinance | None) -> str:
    """The trust's reserve and balance of the latest year; what cannot be told says so. Without a capital."""
    if row is None:
        return "no accounts of this trust are in the files."
    when = year(row.time_period)
    if row.reserve is None:
        start = f"no reserve figure of the trust is published for {when}"
    else:
        part = "" if row.reserve_pct is None else f", {share(row.reserve_pct, 1)} of its income"
        start = f"the trust's reserve was {money(row.reserve)} at the end of {when}{part}"
    if row.income is None:
        return (
            f"{start}; the accounts of its schools at hand do not add up to the whole trust, so nothing more is said."
        )
    if row.balance_mean is None:
        return f"{start}."
    size = share(abs(row.balance_mean), 1)
    mean = f"spent {size} more than its income" if row.balance_mean < 0 else f"kept {size} of its income"
    return f"{start}; over three years it {mean}, on average."


def trust_lines(rows: Sequence[TrustFinance], name: str, *, inside: bool) -> tuple[str, ...]:
    """The trust behind a school, in a line or two; what its accounts ask stays inside the partnership."""
    if not rows:
        return ()
    last = max(rows, key=lambda row: row.time_period)
    schools = count(last.schools, "school")
    lines = [f"{name} as a whole, {schools} with accounts: {trust_sentence(last)}"]
    why = listing(REASONS[code] for code in last.reasons.split("|") if code in REASONS and code != "no_comparison")
    if inside and last.tier == "may_need_support":
        lines.append(f"{sentence_start(why)}: a question to the trust, not to this school.")
    return tuple(lines)


def year_words(rows: Sequence[Finance]) -> str:
    """Which months a year of these accounts has; empty without any."""
    if not rows:
        return ""
    last = max(rows, key=lambda row: row.time_period)
    start = {"financial": "April", "academic": "September"}.get(last.year_type, "")
    return f"Years run from {start} to {ENDS[last.year_type]}." if start else ""

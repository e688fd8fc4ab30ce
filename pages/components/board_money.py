"""Findings for a board about money: whose reserve it is, of which kind of year, how many schools have no figure.

Text only. What a trust records under its schools is said as such; years to March and to August are never put together.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.board.money import LOW, Accounts, Kind
from analytics.results import TrustFinance
from pages.components.board_words import schools
from pages.components.figures import MINUS, money, number_words, sentence_start, share
from pages.components.money_words import ENDS
from pages.components.words import listing, year

TITLED = 2  # kinds of accounts in a title: the largest
LITTLE = "One year alone says little."
NO_ACCOUNTS = "No accounts of our schools are in the files"
ELSEWHERE = "Accounts of maintained schools and of academies are published apart: Data says which are here and where to get the others."


def trust_title(rows: Sequence[TrustFinance]) -> str:
    """ "The trust's reserve was 6.1% of income at the end of 2024/25; it was 8.9% in 2020/21"."""
    there = sorted((row for row in rows if row.reserve_pct is not None), key=lambda row: row.time_period)
    if not there:
        return "The trust's reserve is not in the files"
    first, last = there[0], there[-1]
    was = f"; it was {share(first.reserve_pct, 1)} in {year(first.time_period)}" if first is not last else ""
    text = share(last.reserve_pct, 1)
    said = f"below nought ({text} of income)" if text.startswith(MINUS) else f"{text} of income"
    return f"The trust's reserve was {said} at the end of {year(last.time_period)}{was}"


def trust_lines(rows: Sequence[TrustFinance]) -> tuple[str, ...]:
    """Reserve in pounds and the balance of the year and of three."""
    if not rows:
        return ()
    last = max(rows, key=lambda row: row.time_period)
    lines = []
    if last.reserve is not None:
        lines.append(f"The trust's reserve: {money(last.reserve)} at the end of {year(last.time_period)}.")
    if last.balance is not None:
        verb = "spent more than it received" if last.balance < 0 else "received more than it spent"
        lines.append(f"In {year(last.time_period)} the trust {verb} by {money(abs(last.balance))}.")
    if last.balance_mean is not None:
        verb = "spent" if last.balance_mean < 0 else "kept"
        of = "more than it received" if last.balance_mean < 0 else "of what it received"
        lines.append(f"Over three years it {verb} {share(abs(last.balance_mean), 1)} of its income a year {of}.")
    return tuple(lines)


def some(number: int) -> str:
    """ "none", "three", "12"."""
    return number_words(number) if number else "none"


def called(one: Kind, number: int, *, alone: bool) -> str:
    """ "schools" where all are of one kind; else "maintained schools", "academies"."""
    if alone:
        return "school" if number == 1 else "schools"
    if one.year_type == "financial":
        return "maintained school" if number == 1 else "maintained schools"
    return "academy" if number == 1 else "academies"


def money_title(found: Accounts | None) -> str:
    """Of schools that are no whole trust: reserves by kind, else balances by kind."""
    if found is None:
        return NO_ACCOUNTS
    kinds = sorted((one for one in found.kinds if one.with_reserve), key=lambda one: -one.with_reserve)[:TITLED]
    if not kinds:
        return (
            balance_line(found).removesuffix(f". {LITTLE}")
            or "The accounts of our schools give neither reserve nor balance"
        )
    alone = len(found.kinds) == 1
    told = [one for one in found.kinds if one in kinds]
    return sentence_start("; ".join(_reserve(one, alone=alone) for one in told))


def _reserve(one: Kind, *, alone: bool) -> str:
    """ "58 of 135 maintained schools had a reserve under 5% of income in March 2025"; of a trust's records whose they are."""
    of = f"{number_words(one.with_reserve)} {called(one, one.with_reserve, alone=alone)}"
    if one.of_trust and one.with_reserve == 1:
        return f"the trust records {'less than' if one.under else 'at least'} {share(LOW)} of income for our one {called(one, 1, alone=alone)} in {_end(one)}"
    if one.of_trust:
        return f"trusts record less than {share(LOW)} of income for {some(one.under)} of {of} in {_end(one)}"
    if one.with_reserve == 1:
        return f"our one {called(one, 1, alone=alone)} with a figure had a reserve {'under' if one.under else 'of at least'} {share(LOW)} of income in {_end(one)}"
    return f"{some(one.under)} of {of} had a reserve under {share(LOW)} of income in {_end(one)}"


def _end(one: Kind) -> str:
    """ "March 2025": when the newest year ended."""
    return f"{ENDS[one.year_type]} {2000 + one.time_period % 100}"


def balance_line(found: Accounts) -> str:
    """How many spent more than they received, by kind of year. "" where no school has a balance."""
    parts, kinds = [], [one for one in found.kinds if one.with_balance]
    types = list(dict.fromkeys(one.year_type for one in kinds))
    for kind in types:
        mine = [one for one in kinds if one.year_type == kind]
        number, whole = sum(one.overspent for one in mine), sum(one.with_balance for one in mine)
        name, they = called(mine[0], whole, alone=len(types) == 1), "it" if number <= 1 else "they"
        if whole == 1:
            parts.append(
                f"our one {name} with a figure {'spent' if number else 'did not spend'} more than it received in the year to {_end(mine[0])}"
            )
        else:
            parts.append(
                f"{some(number)} of {number_words(whole)} {name} spent more than {they} received in the year to {_end(mine[0])}"
            )
    return f"{sentence_start('; '.join(parts))}. {LITTLE}" if parts else ""


def accounts_lines(found: Accounts | None, *, whole_trust: bool) -> tuple[str, ...]:
    """Balances, reserves below nought and whose they are, schools without accounts."""
    if found is None:
        return (f"{NO_ACCOUNTS}." if whole_trust else ELSEWHERE,)
    titled = not whole_trust and not any(one.with_reserve for one in found.kinds)
    lines = [LITTLE if titled and balance_line(found) else balance_line(found)]
    alone = len(found.kinds) == 1
    for one in found.kinds:
        if not one.with_reserve:
            continue
        of = f"{number_words(one.with_reserve)} {called(one, one.with_reserve, alone=alone)}"
        if one.of_trust and whole_trust:
            lines.append(
                f"Reserves belong to the trust. It records less than {share(LOW)} of income for {some(one.under)} of {of}."
            )
        elif one.of_trust and one.with_reserve == 1:
            lines.append("An academy's reserve belongs to its trust.")
        elif one.of_trust:
            lines.append(
                f"Reserves of academies belong to their trusts: less than nothing is recorded for {some(one.below)} of {of}."
            )
        elif one.with_reserve > 1:
            had = (
                "had less than nothing in reserve"
                if alone or one.year_type == "financial"
                else "with a reserve of their own had less than nothing in it"
            )
            lines.append(f"{sentence_start(some(one.below))} of {of} {had}.")
    if found.without:
        lines.append(f"{sentence_start(schools(found.without))}: no accounts of the newest year in the files.")
    return tuple(line for line in lines if line)


def coverage(found: Accounts | None) -> str:
    """ "135 maintained schools to March 2025 and 175 academies to August 2025 with accounts, two without." """
    if found is None:
        return "No school with accounts in the files."
    whole: dict[tuple[str, str], tuple[int, Kind]] = {}
    for one in found.kinds:
        key = (one.year_type, _end(one))
        whole[key] = (whole.get(key, (0, one))[0] + one.schools, one)
    parts = [
        f"{number_words(number)} {called(one, number, alone=len(whole) == 1)} with accounts to {_end(one)}"
        for number, one in whole.values()
    ]
    return f"{sentence_start(listing(parts))}, {some(found.without)} without."


def bars(found: Accounts | None) -> dict[str, float]:
    """Schools by their accounts, each counted once; {} where nothing is known. Of several kinds each by its own bars."""
    if found is None:
        return {}
    alone, told = len(found.kinds) == 1, dict[str, float]()
    reserves = any(one.with_reserve for one in found.kinds)
    for one in found.kinds:
        whose = (
            "" if alone else "Trusts' records, " if one.of_trust else f"{sentence_start(called(one, 2, alone=False))}, "
        )
        if not reserves:
            told |= {f"{whose}spent more": one.overspent, f"{whose}did not": one.with_balance - one.overspent}
        elif one.with_reserve:
            told |= {
                f"{whose}under nothing": one.below,
                f"{whose}up to {share(LOW)}": one.low,
                f"{whose}{share(LOW)} or more": one.with_reserve - one.under,
            }
    known = sum(one.with_reserve if reserves else one.with_balance for one in found.kinds)
    if not known:
        return {}
    return {
        sentence_start(label): float(number) for label, number in {**told, "no figure": found.schools - known}.items()
    }


def counts(found: Accounts) -> list[tuple[str, str, int]]:
    """Rows for a table: whose year, what, how many schools."""
    rows = []
    for one in found.kinds:
        whose = f"{sentence_start(called(one, 2, alone=False))}, year to {_end(one)}"
        reserve = "Reserve recorded by the trust" if one.of_trust else "Reserve of their own"
        rows += [
            (whose, "With accounts", one.schools), (whose, "Spent more than received", one.overspent), (whose, reserve, one.with_reserve),
        ]  # fmt: skip
        if one.with_reserve:
            rows += [
                (whose, "Under nothing", one.below),
                (whose, f"From nothing to under {share(LOW)} of income", one.low),
            ]
    return rows

"""Money of a partnership's schools in sentences: what is asked of the accounts, what answers, what two answers conflict.

Text only. The reserve of an academy in a trust is the trust's, and each sentence says whose money it is. Years to March and
years to August are named and never mixed. Never a verdict: a small reserve may be planned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import pandas as pd

from analytics.results import TrustFinance
from analytics.scores.finance import HIGH_RESERVE, LOW_RESERVE
from analytics.scores.money_years import Question, SchoolMoney, answers
from pages.charts.money_rows import MoneyRow
from pages.components.figures import money, number_words, rounded, sentence_start, share
from pages.components.money_words import ENDS
from pages.components.words import count, year

Looked = Literal["reserve_pct", "balance_pct", "staff_pct"]
MEASURES: Mapping[Looked, str] = MappingProxyType(
    {
        "reserve_pct": "Reserve, % of income",
        "balance_pct": "In-year balance, % of income",
        "staff_pct": "Staff, % of spending",
    }
)
QUESTION_WORDS: Mapping[Question, str] = MappingProxyType(
    {
        "all": "Every school", "under_5": "Reserves under 5%", "below_0": "Reserves below nought",
        "deficits": "Three years of spending more than received", "over_20": "Reserves over 20%",
    }
)  # fmt: skip
LOOKED_UP: Mapping[Question, str] = MappingProxyType(
    {
        "under_5": f"Reserves under {LOW_RESERVE:.0f}% of income", "below_0": "Reserves below nought",
        "deficits": "More spent than received three years in a row", "over_20": f"Reserves over {HIGH_RESERVE:.0f}% of income",
    }
)  # fmt: skip
DRAWN = 40  # rows of a picture
KINDS: Mapping[str, str] = MappingProxyType(
    {"academic": "Academies: years to August", "financial": "Maintained schools: years to March"}
)
SHARE_NOTE = (
    "Reserves of academies belong to their trust. What stands beside an academy is what the trust records under it; it is no need "
    "of that school's."
)
APART_NOTE = "Years to March and years to August are five months apart: the two pictures are not one scale."
NONE, SILENT = "None of these schools.", "The accounts in these figures do not say this of any of them."
NO_ACCOUNTS = (
    "The Department publishes accounts of maintained schools and of academies once a year. With one of those files in, reserve, balance and "
    "staff of each school stand here, year by year."
)
TOO_MANY = "These are too many for one picture. Ask one of the questions above, or read the table."
READING = (
    "Dot: the newest year. Ring: the first year here. Grey bar: from the lowest to the highest of the years. By name."
)
OPENS = "The table beneath opens each school."
LOOK_UP = "Dot: the newest year. Ring: the first year here. Grey bar: from the lowest to the highest of the years. Smallest first."


def looked(text: str) -> Looked | None:
    """A figure to look at by its key; None for any other text."""
    return next((one for one in MEASURES if one == text), None)


def first_published(schools: Sequence[SchoolMoney]) -> Looked:
    """What is looked at where nothing was chosen: the reserve, or the first figure that any of the schools has."""
    return next(
        (key for key in MEASURES if any(getattr(one, key) is not None for school in schools for one in school.years)),
        "reserve_pct",
    )


def of_kind(schools: Sequence[SchoolMoney], kind: str) -> tuple[SchoolMoney, ...]:
    return tuple(school for school in schools if school.year_type == kind)


def finding(schools: Sequence[SchoolMoney], question: Question, trust: TrustFinance | None = None) -> str:
    """How many schools answer the question; of every school, how many have less than 5%, after what the trust keeps itself."""
    if not schools:
        return "No accounts of our schools are in the files"
    asked: Question = question
    if question == "all":  # without any reserve, what is known of balances
        asked = "under_5" if any(answers(school, "under_5") is not None for school in schools) else "deficits"
    known = [school for school in schools if answers(school, asked) is not None]
    number = sum(answers(school, asked) is True for school in known)
    if not known:
        return "The accounts do not say enough to answer this of our schools"
    if len({school.year_type for school in known}) > 1:
        return _by_kind(known, asked)
    if asked != "deficits" and all(school.of_trust for school in known):
        return _recorded(known, schools, asked, number, trust)
    if len(known) == 1:
        start, has = "Our one school with a figure", "has" if number else "does not have"
    else:
        some = sentence_start(number_words(number)) if number else "None"
        start = f"{'All' if number == len(known) else some} of our {_of(known, schools)}"
        has = "has" if number <= 1 else "have"
    if asked == "deficits":
        return f"{start} {'spent' if number or len(known) > 1 else 'did not spend'} more than {'it' if number <= 1 else 'they'} received three years in a row"
    return f"{start} {has} {_whose(known)} {LIMITS[asked]}"


LIMITS: Mapping[Question, str] = MappingProxyType(
    {
        "under_5": f"under {LOW_RESERVE:.0f}% of income", "below_0": "below nought",
        "over_20": f"over {HIGH_RESERVE:.0f}% of income",
    }
)  # fmt: skip
RECORDED: Mapping[Question, str] = MappingProxyType(
    {
        "under_5": f"less than {LOW_RESERVE:.0f}% of income", "below_0": "a reserve below nought",
        "over_20": f"more than {HIGH_RESERVE:.0f}% of income",
    }
)  # fmt: skip


def _recorded(
    known: Sequence[SchoolMoney],
    schools: Sequence[SchoolMoney],
    asked: Question,
    number: int,
    trust: TrustFinance | None,
) -> str:
    """Of academies whose reserve is their trust's: for how many of them it records so much, after what it keeps itself."""
    some = "all" if number == len(known) > 1 else number_words(number) if number else "none"
    of = f"{some} of {_of(known, schools)}" if len(known) > 1 else "our one school with a figure"
    if trust is not None and trust.reserve_pct is not None and asked == "under_5" and len(known) > 1:
        keeps = f"Our trust keeps {share(trust.reserve_pct, 1)} of its income in reserve"
        if trust.reserve_pct < 0:
            keeps = f"Our trust's reserve is below nought ({share(trust.reserve_pct, 1)} of income)"
        return f"{keeps}; it records less than {LOW_RESERVE:.0f}% for {of}"
    who, does = ("Our trust", "records") if trust is not None else ("Trusts", "record")
    if len(known) == 1 and not number:
        does = f"{'does' if trust is not None else 'do'} not record"
    return f"{who} {does} {RECORDED[asked]} for {of}"


def _by_kind(known: Sequence[SchoolMoney], asked: Question) -> str:
    """Two kinds of years, counted apart: "Reserves under 5% of income: 58 of 137 maintained schools have one, and trusts record one
    for 86 of 175 academies".
    """
    told = {}
    for kind, words in (("financial", "maintained school"), ("academic", "academy")):
        mine = of_kind(known, kind)
        number = sum(answers(school, asked) is True for school in mine)
        many = words if len(mine) == 1 else "academies" if words == "academy" else f"{words}s"
        told[kind] = number, f"{number_words(number) if number else 'none'} of {number_words(len(mine))} {many}"
    (own, maintained), (_, academies) = told["financial"], told["academic"]
    if asked == "deficits":
        return f"{LOOKED_UP[asked]}: {academies} and {maintained}"
    return f"{LOOKED_UP[asked]}: {maintained} {'have' if own > 1 else 'has'} one, and trusts record one for {academies}"


def counts(schools: Sequence[SchoolMoney]) -> tuple[str, ...]:
    """Of schools too many for a picture: how many answer each question, how many have no figure for it."""
    found = []
    theirs = bool(schools) and all(school.of_trust for school in schools)
    for asked, looked_up in LOOKED_UP.items():
        words = (
            f"Recorded by trusts, {looked_up[:1].lower()}{looked_up[1:]}"
            if theirs and asked != "deficits"
            else looked_up
        )
        known = [answer for school in schools if (answer := answers(school, asked)) is not None]
        if known:
            found.append(f"{words}: {sum(known)} of {count(len(known), 'school')} with a figure.")
    return tuple(found)


def _of(known: Sequence[SchoolMoney], schools: Sequence[SchoolMoney]) -> str:
    """ "25 schools"; where some have no figure "24 schools with a figure"."""
    return f"{number_words(len(known))} schools{' with a figure' if len(known) < len(schools) else ''}"


def _whose(schools: Sequence[SchoolMoney]) -> str:
    """What the reserve of these schools is called: their own, or for some what a trust records for them."""
    return (
        "a reserve, or one that a trust records for it," if any(school.of_trust for school in schools) else "a reserve"
    )


def line(schools: Sequence[SchoolMoney], members: int) -> str:
    """Which years, of how many schools, how many without accounts."""
    if not schools:
        return f"{count(members, 'school')}."
    parts = []
    for kind in KINDS:
        mine = of_kind(schools, kind)
        if mine:
            first, last = min(one.first.time_period for one in mine), max(one.last.time_period for one in mine)
            parts.append(f"{count(len(mine), 'school')}, years to {ENDS[kind]} from {year(first)} to {year(last)}")
    left = members - len(schools)
    without = (
        f" {sentence_start(number_words(left))} without accounts of {'its' if left == 1 else 'their'} own."
        if left > 0
        else ""
    )
    return f"{sentence_start('; '.join(parts))}.{without}"


def older(number: int) -> str:
    """That schools whose newest accounts are of an earlier year stand in tables and in no count; "" for none."""
    if not number:
        return ""
    who = f"{sentence_start(number_words(number))} without accounts of the newest year"
    return (
        f"{who} {'stands' if number == 1 else 'stand'} in the tables and {'is' if number == 1 else 'are'} not counted."
    )


def silent(names: Sequence[str]) -> str:
    """Why schools of a federation may have no accounts; "" for none."""
    if not names:
        return ""
    who = "It is" if len(names) == 1 else "They are"
    return (
        f"No accounts of their own: {', '.join(names)}. {who} in a federation, which reports once, under its lead school: what stands "
        "there is of the whole federation."
    )


def trust_question(row: TrustFinance) -> str:
    """What one may ask of the trust's reserve: an agreed plan above a fifth, the way back below a twentieth; else ""."""
    if row.reserve_pct is None:
        return ""
    if row.reserve_pct > HIGH_RESERVE:
        return f"That is over {HIGH_RESERVE:.0f}%: has a plan for it been agreed?"
    if row.reserve_pct < 0:
        return "That is below nought: who agreed the plan to recover, and by when?"
    return (
        f"That is under {LOW_RESERVE:.0f}%: what would use it up, and is that planned?"
        if row.reserve_pct < LOW_RESERVE
        else ""
    )


def trust_before(rows: Sequence[TrustFinance]) -> str:
    """ "It was 8.9% in 2020/21."; "" where no earlier year has a figure."""
    there = sorted((row.time_period, row.reserve_pct) for row in rows if row.reserve_pct is not None)
    return f"It was {share(there[0][1], 1)} in {year(there[0][0])}." if len(there) > 1 else ""


def trust_table(rows: Sequence[TrustFinance]) -> pd.DataFrame:
    """One row per year of the trust as a whole."""
    table = [
        (
            year(row.time_period),
            money(row.income),
            money(row.reserve),
            percent(row.reserve_pct),
            percent(row.balance_pct),
            row.schools,
        )
        for row in sorted(rows, key=lambda one: one.time_period)
    ]
    return pd.DataFrame(
        table, columns=["Year", "Income", "Reserve", "Reserve, % of income", "In-year balance, % of income", "Schools"]
    )


def percent(value: float | None) -> str:
    """ "4.98%", "not known": with as many decimals as keep it off a limit that it does not reach."""
    return "not known" if value is None else _near(value)


def ordered(schools: Sequence[SchoolMoney], question: Question, name: Callable[[int], str]) -> tuple[SchoolMoney, ...]:
    """By name; what was looked up stands with the smallest reserve first."""
    mine = [school for school in schools if answers(school, question)]
    if question in ("all", "deficits"):
        return tuple(sorted(mine, key=lambda school: (name(school.urn), school.urn)))
    return tuple(sorted(mine, key=lambda school: (school.last.reserve_pct or 0.0, school.urn)))


def row(school: SchoolMoney, looked: Looked, label: str) -> MoneyRow:
    """One row of the picture; looked at is a school whose newest reserve lies below nought."""
    values = tuple(value for _, value in school.figures(looked))
    newest = getattr(school.last, looked)
    shown = values if newest is not None else ()
    return MoneyRow(
        label,
        shown,
        "" if newest is None else _near(newest),
        look=looked == "reserve_pct" and bool(shown) and shown[-1] < 0,
    )


def _near(value: float) -> str:
    """With two decimals where one would round it onto a limit that it does not reach: 4.98% is under 5%."""
    onto = any(round(value, 1) == limit != value for limit in (0.0, LOW_RESERVE, HIGH_RESERVE))
    return f"{rounded(value, 2 if onto else 1)}%"


def alternative(schools: Sequence[SchoolMoney], looked: Looked) -> str:
    """The picture in a sentence, for those who cannot see it."""
    newest = [value for school in schools if (value := getattr(school.last, looked)) is not None]
    if not newest:
        return f"{MEASURES[looked]}: no school has a figure."
    return (
        f"{MEASURES[looked]}, a row for each of {count(len(schools), 'school')}: in the newest year from {percent(min(newest))} to "
        f"{percent(max(newest))}. The table holds every figure."
    )


def table(schools: Sequence[SchoolMoney], name: Callable[[int], str], *, every_year: bool) -> pd.DataFrame:
    """A row per school, or per school and year: by name, then year."""
    rows = [
        (
            name(school.urn), year(one.time_period), ENDS.get(school.year_type, ""), money(one.reserve), percent(one.reserve_pct),
            money(one.balance), percent(one.balance_pct), percent(one.staff_pct), "the trust's" if school.of_trust else "the school's",
        )
        for school in sorted(schools, key=lambda one: (name(one.urn), one.urn))
        for one in (school.years if every_year else (school.last,))
    ]  # fmt: skip
    columns = [
        "School", "Year", "Year ends in", "Reserve", "Reserve, % of income", "In-year balance", "In-year balance, % of income",
        "Staff, % of spending", "Whose reserve",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


NUMBERS = ("Reserve", "Reserve, % of income", "In-year balance", "In-year balance, % of income", "Staff, % of spending")

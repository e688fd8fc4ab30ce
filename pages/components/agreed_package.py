"""What one school gets, gives and buys, in days and pounds: sentences, cards and tables. Adds up nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.support.ledger import Load, Received
from analytics.support.services import Total
from data.catalogue.terms import Term
from pages.components.agreed_words import sentence
from pages.components.figures import money, number_words, sentence_start
from pages.components.ledger_tables import also_words
from pages.components.measure_words import area_label, area_words
from pages.components.support_findings import count_words, days_words
from pages.components.words import day

Label = Callable[[int], str]
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of the school in words: `standing` as the register has it, `promised` days a term of agreements that use it."""

    number: int
    area: str
    kind: str
    days: float
    promised: float
    until: str
    standing: str
    reason: str
    words: str


def finding(name: str, term: Term, gives: Load | None, gets: Received | None, asked: int) -> str:
    """ "Lower Quennet, Autumn 2026/27: gives 4 days, gets none; one question waits"."""
    giving, getting = gives.agreed if gives else 0.0, gets.agreed if gets else 0.0
    rest = f"; {count_words(asked, 'question')} {'waits' if asked == 1 else 'wait'} for an answer" if asked else ""
    rest = (f"; {also} beside" if (also := also_words(gives) if gives else "") else "") + rest
    if not giving and not getting:
        return f"{name}, {term.words}: no support given or received yet{rest}"
    return f"{name}, {term.words}: gives {_days(giving)} and gets {_days(getting)}{rest}"


def _days(days: float) -> str:
    return days_words(days) if days else "none"


def day_cards(gives: Load | None, gets: Received | None, totals: Sequence[Total]) -> tuple[tuple[str, str, str], ...]:
    """Three cards: days we get, days we give, pounds that we pay for what is bought in."""
    bought = next((one for one in totals if one.sort == "bought_in"), None)
    got = (
        (f"{gets.agreed:g}", "days we get this term", f"{gets.used:g} used so far")
        if gets
        else ("0", "days we get this term", "")
    )
    given = (
        (f"{gives.agreed:g}", "days we give this term", _given(gives))
        if gives else ("0", "days we give this term", "nothing offered")
    )  # fmt: skip
    return got, given, _pounds(bought)


def _given(gives: Load) -> str:
    also = f"; {words} beside" if (words := also_words(gives)) else ""
    over = f", {days_words(gives.overused)} more than were agreed" if gives.overused else ""
    return f"of {days_words(gives.offered)} offered; {gives.used:g} used so far{over}{also}"


def _pounds(bought: Total | None) -> tuple[str, str, str]:
    if bought is None:
        return NOT_SAID, "what we buy in a year", "no bought service was entered"
    services = count_words(bought.services, "service")
    if bought.unpriced == bought.services:
        return NOT_SAID, "what we buy in a year", f"{services} without a price"
    rest = f"; {number_words(bought.unpriced)} without a price, not counted" if bought.unpriced else ""
    return money(bought.pounds), "what we buy in a year", f"{services}{rest}"


def offer_line(row: OfferRow) -> str:
    """ "Mathematics: coaching, 4 days a term until 20 July 2027; 2 promised. Offered."."""
    promised = f"; {days_words(row.promised)} promised" if row.promised else "; none promised yet"
    reason = f": {sentence(row.reason)}" if row.reason else "."
    text = f" {row.words}" if row.words else ""
    return f"{area_label(row.area)}: {row.kind}, {days_words(row.days)} a term{row.until}{promised}. {sentence_start(row.standing)}{reason}{text}"


def year_table(gives: Sequence[Load], gets: Sequence[Received], terms: Sequence[Term]) -> pd.DataFrame:
    """Term by term: days we offer, give, were used of us; days we get, used by us."""
    given: Mapping[Term, Load] = {one.term: one for one in gives}
    got: Mapping[Term, Received] = {one.term: one for one in gets}
    rows = []
    for term in terms:
        load, received = given.get(term), got.get(term)
        rows.append(
            (
                term.words, *(f"{value:g}" for value in ((load.offered, load.agreed, load.used) if load else (0, 0, 0))),
                *(f"{value:g}" for value in ((received.agreed, received.used) if received else (0, 0))),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["Term", "We offer", "We give", "Given so far", "We get", "Used so far"])


def stated_line(area: str, size: str, standing: str, said: str) -> str:
    """A need that the school stated: "Mathematics: help is important to us. Stated by the school."."""
    text = f" {said}" if said else ""
    return f"{area_label(area)}: {size}. {sentence_start(standing)}.{text}"


def until(last: object) -> str:
    return f" until {day(str(last))}" if last is not None else ""


def asked_line(area: str, other: str, *, gives: bool) -> str:
    """A question that waits for the school's own word."""
    if gives:
        return f"Would you support {other} with {area_words(area)}?"
    return f"{other} would support you with {area_words(area)}: would you welcome it?"

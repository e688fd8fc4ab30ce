"""Services in words and tables: what ends soon, what is bought together by accident, and what was not said. No computing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.support.services import Service, Sort, Total
from pages.components.figures import money, number_words, sentence_start
from pages.components.measure_words import area_label
from pages.components.names import Names
from pages.components.support_findings import count_words, days_words
from pages.components.tables import Link
from pages.components.words import count, day

SORTS: Mapping[Sort, str] = {"bought_in": "bought in", "shared": "shared", "statutory": "statutory"}
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Said:
    """What people wrote about a service, beside its figures; "" where they wrote nothing. `link`: where it is changed."""

    given_by: str
    terms: str
    funded_by: str
    if_it_ends: str
    link: str = ""


def finding(running: Sequence[Service], ending: Sequence[Service]) -> str:
    """ "Six services end within 12 months, all of them on 31 March 2027"."""
    if not running:
        return "No services have been entered yet"
    if not ending:
        none = "None of our" if len(running) > 1 else "The one"
        return f"{none} {'services ends' if len(running) > 1 else 'service does not end'} within 12 months"
    days = {one.until for one in ending}
    start = f"{sentence_start(count_words(len(ending), 'service'))} {'ends' if len(ending) == 1 else 'end'} within 12 months"
    last = day(min(one for one in days if one is not None))
    return (
        f"{start}, {'on' if len(ending) == 1 else 'all on'} {last}"
        if len(days) == 1
        else f"{start}, the first on {last}"
    )


def called(service: Service, names: Names) -> str:
    """What people call the service; its sort alone while names are hidden, for its name may hold a school's."""
    return sentence_start(SORTS[service.sort]) if names.hide else service.name


def together_lines(ending: Sequence[Service], names: Names) -> tuple[str, ...]:
    """Services of one name of which several end on one day: the schools could buy the next ones together."""
    alike: dict[tuple[date, str], int] = {}
    for one in ending:
        if one.until is not None and one.sort != "statutory":
            key = one.until, one.name
            alike[key] = alike.get(key, 0) + 1
    return tuple(
        f"{'Services of one name' if names.hide else name}: {number_words(number)} end on {day(until)}. The schools could look for the next ones together."
        for (until, name), number in sorted(alike.items()) if number > 1
    )  # fmt: skip


def silent_line(ending: Sequence[Service], said: Mapping[int, Said]) -> str:
    """How many of those that end soon nobody has said what happens without; "" for none."""
    silent = [one for one in ending if not said[one.number].if_it_ends]
    if not silent:
        return ""
    them = "it" if len(silent) == 1 else "them"
    return f"For {count(len(silent), 'service')} that {'ends' if len(silent) == 1 else 'end'} soon nobody has said yet what the schools would do without {them}."


def total_cards(totals: Sequence[Total]) -> tuple[tuple[str, str, str], ...]:
    """Large number, line, quiet line of each sort: pounds a year of what has a price."""
    found = []
    for one in totals:
        priced = one.services - one.unpriced
        large = money(one.pounds) if priced else NOT_SAID
        line = f"a year, {SORTS[one.sort]}" if priced else f"price of what is {SORTS[one.sort]}"
        rest = f"; {number_words(one.unpriced)} without a price, not counted" if one.unpriced and priced else ""
        days = f"; {days_words(one.days)} a year" if one.days else ""
        found.append((large, line, f"{count(one.services, 'service')}{rest}{days}"))
    return tuple(found)


FEW = ("Service", "For", "Until", "Price a year", "Given by", "What if it ends")  # what fits a screen


def short_table(services: Sequence[Service], said: Mapping[int, Said], names: Names, *, everybody: str) -> pd.DataFrame:
    """The columns that matter first."""
    found = table(services, said, names, everybody=everybody)
    return found[[column for column in FEW if column in found]]


def table(services: Sequence[Service], said: Mapping[int, Said], names: Names, *, everybody: str) -> pd.DataFrame:
    """Services with all that was entered. `everybody`: whose a service without a school is."""
    rows = []
    for one in services:
        about = said[one.number]
        row: dict[str, object] = {
            "Service": Link(called(one, names), about.link) if about.link else called(one, names),
            "For": everybody if one.school is None else names.label(one.school),
            "Until": "no end entered" if one.until is None else day(one.until),
            "Price a year": NOT_SAID if one.price is None else money(one.price),
            "Days a year": "" if one.days is None else f"{one.days:g}",
            "Sort": SORTS[one.sort],
            "Given by": about.given_by or NOT_SAID,
            "Paid by": about.funded_by or NOT_SAID,
            "What if it ends": about.if_it_ends or NOT_SAID,
            "Area": "" if one.area is None else area_label(one.area),
            "Terms": about.terms,
        }
        rows.append(row)
    return pd.DataFrame(rows)

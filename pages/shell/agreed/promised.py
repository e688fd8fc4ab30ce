"""Days that no agreement here takes and that are promised all the same: to working groups, and in other partnerships.

Numbers of the supporting schools that are looked at; whom they go to, and in which partnership, is not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.support.ledger import Promise
from data.catalogue.terms import Term
from data.register import agreements, group_days
from data.register.rows import Entry
from pages.shell.agreed.reading import Ledger


def promises(book: Ledger, terms: Sequence[Term]) -> tuple[Promise, ...]:
    """Those of each term, of the schools and offers that are looked at."""
    ours = (
        {book.look.school}
        if book.look.school is not None
        else {*book.look.members, *(-one.entry_id for one in book.offer_rows)}
    )
    rows, everywhere = group_days.read(book.look.store), agreements.everywhere(book.look.store)
    found = [one for term in terms for one in (*_groups(rows, term), *_elsewhere(book, everywhere, term))]
    return tuple(one for one in found if one.days > 0 and one.supporter in ours)


def _groups(rows: group_days.Rows, term: Term) -> list[Promise]:
    kept = group_days.promised_of(rows, term.first_day, term.last_day)
    return [Promise(urn, area, term, days, "group") for (urn, area), days in sorted(kept.items())]


def _elsewhere(book: Ledger, everywhere: Sequence[Entry], term: Term) -> list[Promise]:
    """What all agreements take of the term, less those that are read here."""
    time = (term.first_day, term.last_day, book.look.today)
    every, here = (agreements.committed(rows, *time) for rows in (everywhere, book.entries))
    found = []
    for one in book.offer_rows:
        days = every.offers.get(one.entry_id, 0.0) - here.offers.get(one.entry_id, 0.0)
        found.append(Promise(one.urn or -one.entry_id, str(one.values["area"]), term, round(days, 6), "elsewhere"))
    for (urn, area), taken in every.givers.items():
        if urn is not None:
            found.append(Promise(urn, area, term, round(taken - here.givers.get((urn, area), 0.0), 6), "elsewhere"))
    return found

"""The term that a page plans for, and what people have entered for it, read as whoever looks."""

from __future__ import annotations

from collections.abc import Collection

from data.catalogue.terms import Term, term_of
from data.register import entered as registers
from data.register.entered import Entered
from data.store.engine import engine
from pages.shell import address
from pages.shell.door import identity
from pages.shell.session import View

TERMS = 4  # from this one on


def this_term() -> Term:
    return term_of(identity.now().date())


def pick_term(place: object) -> Term:
    """The term that is planned for: the next one, unless another is chosen."""
    first = this_term()
    terms = {first.key: first}
    while len(terms) < TERMS:
        last = list(terms.values())[-1].after()
        terms[last.key] = last
    lost = "The link asks for a term that is over or too far ahead. The next one is shown."
    value = address.settle("term", tuple(terms), first.after().key, str, lost)
    address.picker(place, "term", "Term", tuple(terms), value, lambda key: terms[key].words)
    return terms[value]


def entered(view: View, uid: str, members: Collection[int], term: Term) -> Entered:
    """What stands in the registers for these schools in the term."""
    today = identity.now().date()
    return registers.entered(view.scope, engine(view.place), uid=uid, members=members, term=term, today=today)

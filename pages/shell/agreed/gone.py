"""Whether new figures still point to the need that an agreement met. Asked of the schools, never assumed.

Says nothing to whoever may not be told what is derived of the school, and nothing where the school itself stated the need.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from data.catalogue.standings import RUNNING
from data.register import agreements
from data.register.rows import Entry
from data.store import publish
from data.store.engine import engine
from pages.shell import cached
from pages.shell.agreed.looking import Looking
from pages.shell.fair import fairness, members, private
from pages.shell.session import View


def asked(look: Looking, entry: Entry) -> bool:
    """Whether the schools should be asked: newer figures, in which no need of the school in the area stands any more."""
    then, urn, area = entry.values["figures"], entry.other_urn, str(entry.values["area"])
    view = look.view
    if not then or then == view.publication_id or urn is None:
        return False
    if agreements.standing(entry, look.today) not in RUNNING:
        return False
    if not fairness.of(view, look.uid, (urn,)).tells(urn, area) or _stated(look, urn, area):
        return False
    return _pointed(replace(view, publication_id=str(then)), urn, area) and not _points(view, urn, area)


def made(look: Looking, entry: Entry) -> date | None:
    """The day of the figures that an agreement rested on; None where it rested on none, or they are not known here."""
    then = entry.values["figures"]
    found = (info for info in publish.listing(look.store) if info.publication_id == then)
    return next((datetime.fromisoformat(str(info.created)).date() for info in found), None)


def _stated(look: Looking, urn: int, area: str) -> bool:
    """Whether the school has a word of its own on the area, whatever it says: then that is what counts."""
    return any(one.urn == urn and one.values["area"] == area for one in look.entries("stated_need"))


def _points(view: View, urn: int, area: str) -> bool:
    newest = max(cached.years(view.publication_id), default=0)
    return any(
        members.now(need, None, newest) for need in private.needs(view, urn=urn, area=area) if need.scope == "school"
    )


def _pointed(then: View, urn: int, area: str) -> bool:
    """Whether the figures of then pointed to it; those that are not kept any more are taken to have done so."""
    kept = {info.publication_id for info in publish.listing(engine(then.place)) if info.whole}
    return then.publication_id not in kept or _points(then, urn, area)

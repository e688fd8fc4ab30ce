"""What a school replies beside a number about it: the rows that a person may read, as sentences. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.results import AreaScore, MeasureScore
from data.catalogue import AREAS, MEASURES
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.store.engine import engine
from pages.components import words
from pages.components.measure_words import area_label
from pages.shell.session import View


def replies(view: View, urn: int) -> tuple[Entry, ...]:
    """The school's replies that the person may read, oldest first."""
    if not view.scope.may(REGISTERS["reply"].read):
        return ()
    return rows.entries(view.scope, engine(view.place), "reply", urn=urn)


def about_words(about: str) -> str:
    """What a reply is about, in words: an area, a measure, or what was written."""
    return area_label(about) if about in AREAS else MEASURES[about].label if about in MEASURES else about


def sentence(reply: Entry) -> str:
    """ "Mathematics, 2024/25. The school says: ..."."""
    year = reply.values["year"]
    when = f", {words.year(year)}" if isinstance(year, int) else ""
    return f"{about_words(str(reply.values['about']))}{when}. The school says: {reply.values['words']}"


def subjects(scores: tuple[AreaScore, ...], measures: tuple[MeasureScore, ...]) -> Mapping[str, str]:
    """What a school can reply to: areas first, then measures, then money and inspection. Key -> words."""
    areas = [area for area in AREAS if any(row.area == area for row in scores)]
    shown = [key for key in MEASURES if any(row.measure == key for row in measures)]
    rest = [area for area in ("finance", "leadership", "curriculum", "behaviour") if area not in areas]
    return {key: about_words(key) for key in (*areas, *shown, *rest)}

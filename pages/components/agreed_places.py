"""The map of support in words and tables: who supports whom with how many days, and which places no offer reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analytics.support.ledger import ASKED
from analytics.support.reach import Place
from data.catalogue.standings import STANDINGS
from pages.components.agreed_words import Row
from pages.components.figures import kilometres, number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.support_findings import count_words, days_words

NOTHING = "No support between schools to draw yet"
Label = Callable[[int], str]


def finding(rows: Sequence[Row]) -> str:
    """ "Four schools support five others with 12 days a term; three more days are asked for"."""
    running = [row for row in rows if row.standing not in ASKED and row.standing != "paused"]
    paused = sum(row.standing == "paused" for row in rows)
    asked = sum(row.days for row in rows if row.standing in ASKED)
    verb = "is" if asked == 1 else "are"
    stands = (
        f"; {number_words(paused)} more {'agreement is' if paused == 1 else 'agreements are'} paused" if paused else ""
    )
    if not running:
        none = "none given now" if paused else "none agreed yet"
        start = (
            f"{sentence_start(days_words(asked))} a term {verb} asked for; {none}"
            if asked
            else "No support between schools now"
            if paused
            else NOTHING
        )
        return f"{start}{stands}"
    givers, receivers = {row.giver for row in running}, {row.receiver for row in running}
    helps = "supports" if len(givers) == 1 else "support"
    others = f"{number_words(len(receivers))} {'other' if len(receivers) == 1 else 'others'}"
    start = f"{sentence_start(count_words(len(givers), 'school'))} {helps} {others}"
    rest = f"; {days_words(asked)} more {verb} asked for" if asked else ""
    return f"{start} with {days_words(sum(row.days for row in running))} a term{rest}{stands}"


def flow_table(rows: Sequence[Row]) -> pd.DataFrame:
    """The arcs in two columns: who gives; to whom, in what, how many days, where it stands."""
    found = [
        (
            row.giver,
            f"{row.receiver}: {area_words(row.area)}, {days_words(row.days)} a term, {STANDINGS[row.standing]}",
        )
        for row in sorted(rows, key=lambda one: (one.giver, one.receiver, one.number))
    ]
    return pd.DataFrame(found, columns=["Supporting school", "Supports"])


def place_table(places: Sequence[Place], label: Label) -> pd.DataFrame:
    """Places out of reach: school, area, the nearest offer and its distance, which nobody has where nobody has offered."""
    found = [
        (
            label(one.urn),
            "any" if not one.area else sentence_start(area_words(one.area)),
            "nobody has offered" if one.supporter is None else label(one.supporter),
            "" if one.supporter is None else kilometres(one.km),
        )
        for one in places
    ]
    columns = ["School", "Area", "Nearest offer", "Away, by road as estimated or entered"]
    known = any(one.supporter is not None for one in places)
    return pd.DataFrame(found, columns=columns)[columns if known else columns[:-1]]


def reach_line(schools: int, needs: int, offers: int, max_km: float) -> str:
    """What lies out of reach, in a sentence."""
    if not offers:
        return "No school has offered days yet, so nothing can be said about reach."
    within = f"within {max_km:.0f} km by road of an offer"
    if not schools and not needs:
        return f"Every place here is {within}, and so is every need that may be named, of an offer in its area."
    parts = []
    if schools:
        parts.append(f"{count_words(schools, 'school')} {'is' if schools == 1 else 'are'} not {within}")
    if needs:
        parts.append(
            f"{count_words(needs, 'need')} {'has' if needs == 1 else 'have'} no offer in {'its' if needs == 1 else 'their'} area within reach"
        )
    return sentence_start("; ".join(parts)) + "."

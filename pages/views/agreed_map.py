"""Map of support: arcs from giver to receiver, as wide as the days; the same as a table; and places that no offer reaches."""

from __future__ import annotations

import streamlit as st

from analytics.results import School
from analytics.support.usual import MAX_KM
from data.catalogue.standings import DONE, WAITING
from pages.charts.flows import Arc, flow_map
from pages.charts.maps import Role, Spot
from pages.components import agreed_places, near_words, words
from pages.components.downloads import csv_button
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table
from pages.shell import cached, inside, session
from pages.shell.agreed.looking import VIEWS, looking
from pages.shell.agreed.reached import reached
from pages.shell.agreed.reading import ledger_of
from pages.shell.fair import fairness

view = session.guard("agreed_map")

LISTED = 10  # flows in the list beside the map; the table under it holds all


def _places(urns: set[int]) -> dict[int, tuple[float, float]]:
    return {
        one.urn: (one.latitude, one.longitude) for one in cached.rows(view.publication_id, School, urn=urns)
        if one.latitude is not None and one.longitude is not None
    }  # fmt: skip


def _role(urn: int) -> Role:
    if urn in givers or urn in receivers:
        return "gives_gets" if urn in givers and urn in receivers else "gives" if urn in givers else "gets"
    return "far" if urn in far else "other"


def _map() -> None:
    places = _places({*look.members, *givers, *receivers})
    spots = [Spot(*places[urn], _role(urn)) for urn in sorted(places)]
    arcs = [
        Arc(places[one.urn], places[one.other_urn], row.days, asked=row.standing in WAITING)
        for one, row in flows if one.urn in places and one.other_urn in places
    ]  # fmt: skip
    words.paragraph(
        "● gives. ○ gets. ◉ both. Wider: more days. Light: waits for an answer. Orange: too far from an offer that it could need. "
        "Small dot: neither.",
        quiet=True,
    )
    if not spots:
        words.paragraph("No school here has a place on the map.")
        return
    boundary = cached.table(view.publication_id, "boundary")
    if boundary.empty:
        words.paragraph(near_words.NO_OUTLINES, quiet=True)
    outlines = list(boundary.loc[boundary["kind"] == "la", "geometry"])
    alt = f"Map with {words.count(len(arcs), 'arc')} of support. The table beside it says the same in words."
    picture(flow_map(spots, arcs, outlines, palette()), alt, table, key="flows", caption="Support between schools")
    if away := len(flows) - len(arcs):
        words.paragraph(f"{words.count(away, 'agreement')} cannot be drawn: a place is not known.", quiet=True)


def _reach() -> None:
    words.heading("Out of reach")
    words.paragraph(agreed_places.reach_line(len(out.schools), len(out.needs), out.offers, MAX_KM))
    both = sorted(
        (*out.schools, *out.needs), key=lambda one: (one.supporter is None, look.names.label(one.urn), one.area)
    )
    names = look.names.with_others([*(one.supporter for one in both if one.supporter), *look.members])
    if both:
        far_away = agreed_places.place_table(both, names.label)
        html_table(far_away, "Places that no offer reaches")
        csv_button(far_away, f"Out of reach {look.whose}", key="reach")
    if not look.names.hide:
        fairness.remember_opened(view, "agreed_map", *{one.urn for one in out.needs})
    if out.remote:
        listed = words.listing(names.label(urn) for urn in out.remote)
        words.paragraph(f"Reached by remote help only, as entered: {listed}.")


look = looking(view)
book = ledger_of(look)
look = book.look
flows = [(one, row) for one in book.entries if one.urn is not None and (row := book.row(one)).standing not in DONE]
givers, receivers = {one.urn for one, _ in flows if one.urn}, {one.other_urn for one, _ in flows if one.other_urn}
table = agreed_places.flow_table([row for _, row in flows])
out = reached(look)
far = {one.urn for one in (*out.schools, *out.needs) if one.supporter is not None}
words.finding(agreed_places.finding([row for _, row in flows]))
words.paragraph("Who supports whom now, or is asked to. Support by organisations has no place on the map.")
inside.line("agreed_map", VIEWS)
left, right = st.columns([1, 1], gap="large")
with left:
    _map()
with right:
    html_table(table.head(LISTED), "Support between schools")
    if len(table) > LISTED:
        words.paragraph(f"{words.count(len(table) - LISTED, 'more agreement')} in the table under the map.", quiet=True)
_reach()
words.caveat(
    "agreements between schools as they stand today, and distances by road as estimated from the map or as entered.",
    "how long a journey takes, unless somebody entered it; no public travel times exist.",
)
words.source_line(
    "what people entered here; places from the register of schools", created=view.created, sample=view.sample
)
session.go("support_plan", "Next: plan with our days")

"""Setting a programme down: the draw where places are short, the comparison, and both kept with the entry at once.

Entry, schools, draw and comparison go in together or not at all, so nobody draws again until the order suits them. A
comparison that was set down is never worked out anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection

from analytics import years
from analytics.programmes.designs import Plan
from analytics.programmes.draw import draw
from analytics.programmes.order import Entrants, Part, Start, apart, compared, start
from analytics.programmes.results import Design
from data.access import limits
from data.access.scope import Row
from data.catalogue import NotEnoughData, StoreError
from data.register import rows
from data.register.programmes import drawn_already, taking
from data.register.rows import Entry
from data.register.values import Value
from data.store import dialect
from data.store.engine import engine
from pages.shell.programmes import looking
from pages.shell.programmes.reading import KEY, SCHOOL, Programme
from pages.shell.session import View

LARGEST_SEED = 999_999_999


@dataclass(frozen=True, slots=True)
class Places:
    """`first`: how many schools can start first. `later`: the others start a year later each, `first` at a time; else they do
    not start while the programme is looked at."""

    first: int
    later: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person filled in. `said`: the fields of the entry that people set. `places` None: all start together."""

    said: Mapping[str, Value]
    schools: frozenset[int]
    places: Places | None = None

    @property
    def first_year(self) -> int:
        return _whole(self.said["first_year"])

    @property
    def plan(self) -> Plan:
        return Plan(str(self.said["measure"]), _whole(self.said["selection_year"]), self.first_year)


def starts(draft: Draft, seed: int) -> tuple[Start, ...]:
    """Who starts when: all together, or in the order drawn. The same schools and seed give the same order."""
    if draft.places is None:
        return tuple(Start(urn, "supported", 1, None) for urn in sorted(draft.schools))
    found: list[Start] = []
    year: int | None = draft.first_year
    for wave, urns in enumerate(draw(draft.schools, draft.places.first, seed=seed), start=1):
        part: Part = "supported" if wave == 1 else "later" if draft.places.later else "compared"
        found += [Start(urn, part, wave, None if wave == 1 else year) for urn in sorted(urns)]
        year = years.following(year) if year is not None and draft.places.later else None
    return tuple(found)


def comparison(
    view: View, members: Collection[int], draft: Draft, order: tuple[Start, ...], *, by_lot: bool = True
) -> Design:
    """The comparison for this order: those that the draw left, where there are enough of them; else schools elsewhere."""
    left = apart(order, members, taking(engine(view.place)).supported)
    make = partial(looking.design, view.publication_id, left)
    return compared(make, draft.plan, order, by_lot=by_lot)


def entrants(view: View, draft: Draft) -> Entrants:
    """Which of its schools a draw can be made for."""
    plan = draft.plan
    what = (plan.measure, plan.selection_year, plan.first_year)
    return looking.entrants(view.publication_id, draft.schools, what)


def foreseen(view: View, members: Collection[int], draft: Draft, seed: int) -> tuple[tuple[Start, ...], Design]:
    """The order that the seed gives, and its comparison; nothing is written. Raises NotEnoughData where nothing is left to draw.

    Who can never be compared is not drawn, and whether schools that the draw leaves are the comparison is settled before it:
    what is told beforehand is then of the kind that is kept, whatever the order.
    """
    if draft.places is None:
        order = starts(draft, seed)
        return order, comparison(view, members, draft, order)
    found = entrants(view, draft)
    if len(found.able) <= draft.places.first:
        raise NotEnoughData(
            f"only {len(found.able)} of these schools have the figures that a comparison needs, so nobody need wait for a place",
            remedy="Take more schools, or fewer places.",
        )
    order = starts(replace(draft, schools=found.able), seed)
    return order, comparison(view, members, draft, order, by_lot=found.by_lot(draft.places.first))


def keep(view: View, uid: str, members: Collection[int], draft: Draft, seed: int | None, *, now: datetime) -> Entry:  # fmt: skip
    """The programme with its schools, its draw and its comparison. Raises what the register raises; then nothing is kept."""
    order, design = foreseen(view, members, draft, seed or 0)
    if design.refused:
        raise NotEnoughData(_sentence(design.refused), remedy="Choose other years, another measure or other schools.")
    opened = engine(view.place)
    limits.take(opened, view.scope, "edit", now=now)
    with dialect.writing(opened) as connection:
        if draft.places is not None:
            _refuse_second_draw(connection, uid, replace(draft, schools=frozenset(one.urn for one in order)))
        said = {**draft.said, **_kept(view, design, now), "seed": seed}
        made = rows.add_within(connection, view.scope, opened, KEY, said, place=Row(uid), now=now, entered=False)
        for one in order:
            values = {KEY: made.entry_id, "part": one.part, "wave": one.wave, "from_year": one.from_year}
            place = Row(uid, one.urn)
            rows.add_within(connection, view.scope, opened, SCHOOL, values, place=place, now=now, entered=False)
    return made


def _refuse_second_draw(connection: Connection, uid: str, draft: Draft) -> None:
    """Raises StoreError where the order of these schools was drawn already: one that suits better must not be drawn for."""
    years_ = _whole(draft.said["selection_year"]), draft.first_year
    found = drawn_already(connection, uid, str(draft.said["measure"]), years_, draft.schools)
    if found is None:
        return
    many = "all of these schools" if found.shared == len(draft.schools) else f"{found.shared} of these schools"
    since = ", which was withdrawn since" if found.withdrawn else ""
    raise StoreError(
        f"the order of start was drawn already for {many}, by the same measure and years: in {found.name}{since}",
        remedy=f"That order holds: it is the one that the number {found.seed} gives.",
    )


def complete(view: View, programme: Programme, members: Collection[int], *, now: datetime) -> Entry:
    """The comparison for a programme that was entered without one, kept with it. Raises StoreError where one is kept already."""
    if programme.design is not None:
        raise StoreError("a comparison was set down for this programme already", remedy="Look at it, or set down another programme.")  # fmt: skip
    design = comparison_of(view, programme, members)
    if design.refused:
        raise NotEnoughData(_sentence(design.refused))
    limits.take(engine(view.place), view.scope, "edit", now=now)
    kept = _kept(view, design, now)
    return rows.change(view.scope, engine(view.place), programme.number, kept, version=programme.entry.version, now=now)


def comparison_of(view: View, programme: Programme, members: Collection[int]) -> Design:
    """The comparison for a programme as it was entered; nothing is written."""
    order = tuple(start(one.urn, one.values) for one in programme.schools if one.urn is not None)
    draft = Draft(programme.entry.values, frozenset(one.urn for one in order))
    return comparison(view, members, draft, order)


def _kept(view: View, design: Design, now: datetime) -> dict[str, object]:
    """What the program sets in an entry."""
    return {
        "design": design.text(), "comparison": design.k, "detectable": design.detectable, "designed_on": now.date(),
        "figures": view.publication_id,
    }  # fmt: skip


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _sentence(text: str) -> str:
    """As an error's first part: no capital, no full stop."""
    return f"{text[:1].lower()}{text[1:]}".rstrip(".")

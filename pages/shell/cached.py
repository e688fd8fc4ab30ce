"""The only caches, with `cached_changes`, of what is published (`data.store.remembered` keeps what else is read).
Everything is keyed by a publication, which never changes, so nothing here can go stale.

What is returned is shared by all sessions and must not be changed: select and copy. Refuses what is derived of named
schools (PRIVATE): `pages.shell.fair.private` reads that, and private rows, for one person, and nothing of it is cached here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import streamlit as st

from analytics import results
from data.catalogue import PermissionDenied, StoreError
from data.store import publish, read
from data.store.engine import Kind, StorePlace, engine, holds_files, place
from pages.shell.shelf import ByNumber, Shelf

if TYPE_CHECKING:
    from analytics.facts.search import SchoolIndex
    from analytics.scores.gap import Gap
    from analytics.scores.partnership_means import PartnershipMean
    from analytics.similar.presets.choosing import Chosen
    from analytics.similar.presets.listing import Own
    from analytics.similar.presets.spending import Spending

T = TypeVar("T")
Reader = Callable[[str], pd.DataFrame]  # a published table by its name
NAME_OF: Mapping[type[Any], str] = {kind: name for name, kind in results.TABLES.items()}
LATER = (
    "correction",
    "origin",
    "between_partnerships",
    "inspection_standing",
    "trust_finance",
    "check",
    "school_check",
    "early_signal",
    "score_year",
    "expectation",
    "spread",
    "correlation",
    "came_through",
    "window_pair",
    "kinds_compared",
    "expectation_compared",
)  # tables that older publications lack
PRIVATE = frozenset({"need"})
KINDS: tuple[Kind, ...] = ("own", "sample")
SCHOOL = "urn"


def place_of(publication_id: str) -> StorePlace:
    """The store that holds a publication. Raises StoreError where none does."""
    for kind in KINDS:
        where = place(kind)
        if holds_files(where) and any(info.publication_id == publication_id for info in publish.listing(engine(where))):
            return where
    raise StoreError("these figures are no longer in the store", remedy="Open the page again from the menu.")


def table(publication_id: str, name: str) -> pd.DataFrame:
    """A published table as a frame, shared: never mutate it. A LATER one is empty in figures made before it was there.

    Raises PermissionDenied for a PRIVATE one.
    """
    if name in PRIVATE:
        raise PermissionDenied("what is derived of named schools is read through pages.shell.fair.private")
    return any_table(publication_id, name)


def any_table(publication_id: str, name: str) -> pd.DataFrame:
    """Any published table, PRIVATE ones too: for `pages.shell.fair.private` and `pages.shell.planning.planned`. Never for a view."""
    return _tables().kept((publication_id, name), partial(_read, publication_id, name))


def _read(publication_id: str, name: str) -> pd.DataFrame:
    try:
        return publish.read_table(engine(place_of(publication_id)), publication_id, name)
    except StoreError:
        if name not in LATER:
            raise
        return results.frame([], results.TABLES[name])


def rows(publication_id: str, kind: type[T], **equals: Any) -> tuple[T, ...]:
    """The rows of a published table as frozen results, those whose columns equal what is asked.

    A collection asks for any of its values: `rows(id, AreaScore, urn=members, time_period=202425)`. Order is the
    table's own. Raises PermissionDenied for a PRIVATE one.
    """
    if NAME_OF[kind] in PRIVATE:
        raise PermissionDenied("what is derived of named schools is read through pages.shell.fair.private")
    return any_rows(publication_id, kind, **equals)


def any_rows(publication_id: str, kind: type[T], **equals: Any) -> tuple[T, ...]:
    """As `rows`, of PRIVATE tables too: for `pages.shell.fair.private`. Never for a view."""
    wanted = tuple((column, _frozen(value)) for column, value in sorted(equals.items()))
    name = NAME_OF[kind]
    return _found().kept(
        (publication_id, name, wanted), lambda: results.rows(kind, _part(publication_id, name, wanted))
    )  # fmt: skip


def part(publication_id: str, name: str, **equals: Any) -> pd.DataFrame:
    """Those rows of a published table whose columns equal what is asked, as `rows` asks: its own labels and order. Shared."""
    if name in PRIVATE:
        raise PermissionDenied("what is derived of named schools is read through pages.shell.fair.private")
    wanted = tuple((column, _frozen(value)) for column, value in sorted(equals.items()))
    return _found().kept((publication_id, name, wanted, "part"), lambda: _part(publication_id, name, wanted))


def any_part(publication_id: str, name: str, urns: Collection[int]) -> pd.DataFrame:
    """The rows of these schools of any published table, PRIVATE ones too: for `pages.shell.planning`. Never for a view. A
    table that is not about schools comes whole.
    """
    found = any_table(publication_id, name)
    return _part(publication_id, name, ((SCHOOL, _frozen(urns)),)) if SCHOOL in found.columns else found


def worked_out(publication_id: str, work: Callable[..., T], *asked: Hashable) -> T:
    """What `work(read, *asked)` makes of published tables alone, worked out once; `read` gives a table by its name, or, with
    URNs behind it, the rows of those schools.

    `work` is a function of a module, not one made on the spot. Raises PermissionDenied for a PRIVATE table.
    """
    if "<" in work.__qualname__:
        raise ValueError("two functions made on the spot cannot be told apart")
    key = (publication_id, work.__module__, work.__qualname__, asked)
    return _found().kept(key, lambda: work(partial(_read_of, publication_id), *asked))


def _read_of(publication_id: str, name: str, urns: Collection[int] | None = None) -> pd.DataFrame:
    return table(publication_id, name) if urns is None else part(publication_id, name, urn=urns)


def schools_of_phase(publication_id: str, phase: str) -> frozenset[int]:
    """Every school of the figures that is compared in the phase."""
    return worked_out(publication_id, _compared, phase)


def _compared(read: Reader, phase: str) -> frozenset[int]:
    schools = read("school")
    pairs = zip(schools["urn"].tolist(), schools["stages"].tolist(), strict=True)
    return frozenset(int(urn) for urn, stages in pairs if phase in str(stages).split("|"))


def near(publication_id: str, urns: Collection[int], km: float) -> Mapping[int, float]:
    """URN -> km to the nearest of `urns`, for every school of the figures at most so far away. Shared: never mutate it."""
    return worked_out(publication_id, _near, frozenset(urns), km)


def _near(read: Reader, urns: frozenset[int], km: float) -> Mapping[int, float]:
    from analytics.similar import nearby

    return nearby.within(read("school"), urns, km)


def _frozen(value: Any) -> Any:
    """Sorted tuples: a set's own order may differ between two equal sets, and would miss the cache."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return tuple(sorted(value))
    return value


def _part(publication_id: str, name: str, wanted: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    """By school first, through an index: a nation's tables have millions of rows, and a school a handful of them."""
    found = any_table(publication_id, name)
    for column, value in sorted(wanted, key=lambda pair: pair[0] != SCHOOL):
        if column == SCHOOL:
            index = _indices().kept((publication_id, name), partial(ByNumber, found[SCHOOL]))
            found = found.take(index.places(value if isinstance(value, tuple) else (value,)))
        else:
            found = found[found[column].isin(value) if isinstance(value, tuple) else found[column] == value]
    return found


@st.cache_resource(show_spinner=False)
def _tables() -> Shelf:
    return Shelf(64)


@st.cache_resource(show_spinner=False)
def _indices() -> Shelf:
    return Shelf(64)


@st.cache_resource(show_spinner=False)
def _found() -> Shelf:
    return Shelf(512)


def school_names(publication_id: str) -> dict[int, str]:
    """URN -> name of every school, shared: never mutate it."""
    return worked_out(publication_id, _names)


def _names(read: Reader) -> dict[int, str]:
    schools = read("school")
    return {int(urn): str(name) for urn, name in zip(schools["urn"].tolist(), schools["name"].tolist(), strict=True)}


def trust_schools(publication_id: str) -> Mapping[str, frozenset[int]]:
    """uid of a trust -> its schools, whatever their phase."""
    return worked_out(publication_id, _of_trusts)


def _of_trusts(read: Reader) -> Mapping[str, frozenset[int]]:
    schools = read("school")
    return {str(uid): frozenset(int(urn) for urn in urns) for uid, urns in schools.groupby("trust_uid")["urn"]}


@st.cache_resource(show_spinner="Reading the names of all schools", max_entries=4)
def search_index(publication_id: str) -> SchoolIndex:
    """What a school is found by: its name, place, postcode and numbers. The register gives the LAESTAB."""
    from analytics.facts import search

    schools = table(publication_id, "school")[["urn", "name", "town", "la_name", "postcode"]]
    numbers = read.schools(engine(place_of(publication_id)))[["urn", "laestab"]]
    return search.index(schools.merge(numbers, on="urn", how="left", validate="one_to_one"))


@st.cache_resource(show_spinner=False, max_entries=4)
def told_apart(publication_id: str) -> Mapping[int, str]:
    """URN -> name, town, authority and number: enough to tell schools of one name apart."""
    return _told(table(publication_id, "school"))


@st.cache_resource(show_spinner="Reading the names of all schools", max_entries=2)
def register_index(kind: Kind, files: tuple[str, ...]) -> tuple[SchoolIndex, Mapping[int, str]]:
    """The open schools of the register of schools as it stands: `files` are the fingerprints of the live files, so that
    it is read again once there are others.
    """
    from analytics.facts import search

    register = read.schools(engine(place(kind)))
    here = register[register["status"].isin(read.OPEN)]
    return search.index(here), _told(here)


def _told(schools: pd.DataFrame) -> Mapping[int, str]:
    rows = zip(*(schools[column] for column in ("urn", "name", "town", "la_name")), strict=True)
    return {
        int(urn): ", ".join(dict.fromkeys(str(part) for part in (name, town, authority, int(urn)) if not pd.isna(part)))
        for urn, name, town, authority in rows
    }


def years(publication_id: str, phase: str | None = None) -> tuple[int, ...]:
    """The years for which areas of practice were looked at, newest first; () where there are none."""
    return worked_out(publication_id, _years, phase)


def _years(read: Reader, phase: str | None) -> tuple[int, ...]:
    scores = read("area_score")
    found = scores.loc[scores["phase"] == phase, "time_period"] if phase else scores["time_period"]
    return tuple(sorted((int(year) for year in found.unique()), reverse=True))


def looked_at(publication_id: str, phase: str) -> bool:
    """Whether any school's areas were looked at in a phase."""
    return worked_out(publication_id, _looked_at, phase)


def _looked_at(read: Reader, phase: str) -> bool:
    return bool((read("area_score")["phase"] == phase).any())


def corrections(publication_id: str, urn: int) -> tuple[results.Correction, ...]:
    """The corrections behind one school's figures."""
    return rows(publication_id, results.Correction, urn=urn)


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Once per process, when the imports are done: the collector need not walk what they made again and again. The largest,
    which the first page with figures would wait for, is done here.
    """
    import_module("analytics.scores.screening")
    gc.freeze()


@st.cache_resource(show_spinner=False, max_entries=32)
def together(
    publication_id: str, members: tuple[int, ...], kind: str, phase: str, time_period: int
) -> tuple[tuple[Gap, ...], tuple[PartnershipMean, ...]] | None:
    """The gap between these members of one phase up to a year, and their averages in it; None in figures too old for it."""
    from analytics.scores import gap, partnership_means

    scores = table(publication_id, "measure_score")
    if "y" not in scores:
        return None
    mine = scores[scores["urn"].isin(members) & (scores["phase"] == phase) & (scores["time_period"] <= time_period)]
    national, between = table(publication_id, "national"), table(publication_id, "between_partnerships")
    between = between[(between["phase"] == phase) & (between["time_period"] == time_period)]
    now = mine[mine["time_period"] == time_period]
    gaps = (gap.between_schools(rows, national) for _, rows in mine.groupby("measure", sort=True, observed=True))
    means = partnership_means.partnership_means(now, national, between, members, kind=kind)
    return tuple(found for found in gaps if found is not None), means


def similar(publication_id: str, urn: int, preset: str, own: Own) -> Chosen:
    """One school's similar schools by a preset, worked out when asked for; `alongside` is the published set, explained."""
    return worked_out(publication_id, _similar, urn, preset, own)


def _similar(read: Callable[..., pd.DataFrame], urn: int, preset: str, own: Own) -> Chosen:
    from analytics.similar.presets import choosing, listing

    schools, found = read("school"), listing.BY_KEY[preset]
    if preset == "alongside":
        return choosing.published(schools, urn, read("comparator", (urn,)), read("comparator_set", (urn,)), found)
    return choosing.chosen(schools, urn, found, own)


@st.cache_resource(show_spinner=False, max_entries=32)
def spending(publication_id: str, urn: int) -> Spending | None:
    """One maintained school's spending per pupil beside its set, worked out when asked for; None where it reported none."""
    from analytics.similar.presets import spending as beside

    inspected = table(publication_id, "inspection")
    graded = inspected[(inspected["urn"] == urn) & inspected["overall"].notna()].sort_values("start_date")
    outstanding = len(graded) > 0 and graded["overall"].iloc[-1] == 1
    values = table(publication_id, "value")
    return beside.spending(table(publication_id, "school"), values, urn, outstanding=bool(outstanding))


@st.cache_resource(show_spinner=False, max_entries=8)
def pupils_of_returns(publication_id: str) -> dict[tuple[int, int], float]:
    """(urn, year) -> pupils of the school's return of accounts, of every school, shared: never mutate it."""
    from analytics.scores import spend

    return spend.pupils_of_returns(table(publication_id, "value"))

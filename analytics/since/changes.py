"""What changed between two publications for some schools: the whole of it, in one call."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.since import events, figures, files, moves
from analytics.since.change import Basis, Change, Reader, in_order

DECIDES = ("code", "catalogue", "parameters", "seed")  # what a publication is made of beside its files


def method_changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether two publications were worked out in different ways: by their manifests; unknown counts as changed."""
    first, second = before.get("made_of"), now.get("made_of")
    if not first or not second:
        return True
    return any(first.get(name) != second.get(name) for name in DECIDES)


def basis(before: Reader, now: Reader, *, method: bool) -> Basis:
    """What the two publications rest on, over all schools. A file taken in again with the same contents is not new."""
    new, gone = files.fresh(before("source"), now("source")), files.fresh(now("source"), before("source"))
    apart = figures.compared(before("value"), now("value"))
    differ = apart.loc[apart["what"] == "differs", "urn"].unique()
    return Basis(tuple(new.values()), tuple(gone.values()), method, frozenset(int(urn) for urn in differ))


def changes(
    before: Reader,
    now: Reader,
    urns: Collection[int] | None,
    *,
    uid: str = "",
    method: bool = False,
    tiers: bool = True,
) -> tuple[Change, ...]:
    """Every change of these schools (None: of all), and of their partnership `uid`, from the publication `before` to `now`.

    Figures are gathered by school, year, kind and file; one that a firmer release, a correction or another file changed holds
    what it was and is. Missing is never nought: a figure that was withheld or is withheld now says so by its status. `method`:
    what `method_changed` says; `tiers`: whether moves of tiers are wanted, which is only where they may be told. The same
    publication twice gives (). Raises KeyError where a table lacks a column that every publication has.
    """
    wanted = frozenset(map(int, now("school")["urn"] if urns is None else urns))
    new = files.fresh(before("source"), now("source"))
    fixed, corrected = events.corrections(before("correction"), now("correction"), wanted)
    found = [
        *fixed,
        *_figures(before, now, wanted, corrected),
        *_small(before, now, wanted),
        *_trust(before, now, uid),
        *events.inspections(before, now, wanted),
        *events.comings_and_goings(before, now, wanted, uid),
    ]
    fresh = {one.urn for one in found if one.what == "opened"}  # of whom every figure would be new
    found = [one for one in found if one.urn not in fresh or one.what not in ("new", "earlier", "read")]
    found = [files.with_file(one, new.values()) for one in found]
    if tiers:
        found += moves.moves(before, now, wanted, moves.own_reasons(found), method=method)
    return in_order(found)


def _figures(before: Reader, now: Reader, urns: frozenset[int], corrected: pd.DataFrame) -> list[Change]:
    """The yearly figures of results, attendance and people."""
    old, new = before("value"), now("value")
    apart = figures.compared(old[old["urn"].isin(urns)], new[new["urn"].isin(urns)])
    if apart.empty:
        return []
    last = {
        str(measure): int(year) for measure, year in old.groupby("measure", observed=True)["time_period"].max().items()
    }
    known, fresh = files.listed(now("source")), files.fresh(before("source"), now("source"))
    there = frozenset(known.keys() - fresh.keys())
    return figures.changes_of(apart, last, {**files.listed(before("source")), **known}, there, corrected)


def _small(before: Reader, now: Reader, urns: frozenset[int]) -> list[Change]:
    """Accounts and the census, whose tables name no file; only the newest census is kept, so that none of it is ever gone."""
    found = []
    for name, made in (("finance", figures.of_money), ("school", figures.of_intake)):
        every, table = before(name), now(name)
        old, new = made(every[every["urn"].isin(urns)]), made(table[table["urn"].isin(urns)])
        apart = figures.compared(old, new)
        if name == "school":
            apart = apart[apart["what"] != "gone"]
        column = "context_year" if name == "school" else "time_period"
        last = every[column].max()
        years = {} if pd.isna(last) else dict.fromkeys([*figures.MONEY.values(), *figures.INTAKE.values()], int(last))
        nothing = pd.DataFrame(columns=figures.KEY)
        found += figures.changes_of(apart, years, {}, frozenset(), nothing)
    return found


def _trust(before: Reader, now: Reader, uid: str) -> list[Change]:
    """The accounts of a trust of several schools, which are its own and no school's."""
    tables = []
    for read in (before, now):
        table = read("trust_finance")
        mine = table[table["uid"].astype(str) == uid] if uid and len(table) else table.head(0)
        tables.append(figures.of_money(mine.assign(urn=0)))
    if tables[0].empty and tables[1].empty:
        return []
    years = dict.fromkeys(figures.MONEY.values(), int(tables[0]["time_period"].max()) if len(tables[0]) else 0)
    found = figures.changes_of(
        figures.compared(*tables), years, {}, frozenset(), pd.DataFrame(columns=figures.KEY)
    )  # fmt: skip
    return [replace(one, urn=None, uid=uid) for one in found]

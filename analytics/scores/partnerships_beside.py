"""Partnerships side by side in one published measure: each one's own average after intake, and whether it can be told from ours.

For a few at a time, in the order of their names. Nothing here sorts by a figure, counts places or says who is better; a
partnership of which too few schools have figures is not told at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analytics import standardise
from analytics.scores.partnership_means import PartnershipMean, Side, partnership_means

FEWEST = 3  # schools with a figure, below which a partnership's average would nearly be a school's
MOST = 6  # partnerships beside ours
USUAL = 3  # that are chosen where nobody chose

Named = tuple[str, str, frozenset[int]]  # uid, kind, schools
Why = Literal["", "few", "held", "part", "shares"]


@dataclass(frozen=True, slots=True)
class Group:
    """A partnership and its schools of the phase; `held`: those of which what is derived may not be told to the reader, and
    `fewest` from how many of them on an average with them may be.
    """

    uid: str
    name: str
    kind: str
    urns: frozenset[int]
    held: frozenset[int] = frozenset()
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Standing:
    """One partnership in one measure. `mean` None: not told, and `why`: `few` schools with figures, `held` schools that could be
    worked out, `part`: another partnership in these figures is part of it, or it is part of another, but for fewer than FEWEST
    held schools.

    `beside`: on which side of ours its lasting difference lies, where the two ranges part; "" for ours, and where it `shares`
    schools with ours. `p`: how probable the more probable side is.
    """

    group: Group
    mean: PartnershipMean | None
    why: Why
    beside: Side | Literal[""]
    p: float | None


def side_by_side(
    scores: pd.DataFrame, national: pd.DataFrame, between: pd.DataFrame, groups: Sequence[Group], measure: str,
    *, known: Collection[Group] = (),
) -> tuple[Standing, ...]:  # fmt: skip
    """`groups`: ours first. `scores`, `national`, `between`: published rows of one phase and year. Ours first, then by name.

    `known`: every partnership whose average may be asked for, beside ours or another time: none is told from whose average and
    another's those of one or two schools could be worked out. Each average counts every pupil once and is pulled towards
    expectation once (METHODS 9.4). One lies on a side of ours only where their two ranges part: up to MOST are looked at at once.
    """
    rows = scores[scores["measure"] == measure]
    figures = _known(rows)
    every = {group.uid: group for group in (*known, *groups)}
    with_figure = {uid: group.urns & figures for uid, group in every.items()}
    alone = {uid for uid, group in every.items() if not _why_alone(group, with_figure[uid])}
    ours = groups[0]
    found = []
    for group in groups:
        why = _why_alone(group, with_figure[group.uid])
        if not why and _left_over(group, ours.uid, {uid: with_figure[uid] for uid in alone}, every):
            why = "part"
        mean = None if why else _mean(rows, national, between, group)
        found.append((group, mean, why or ("" if mean else "few")))
    order = [found[0], *sorted(found[1:], key=lambda one: (one[0].name, one[0].uid))]
    return tuple(_standing(group, mean, why, ours, found[0][1]) for group, mean, why in order)


def published(
    read: Callable[..., pd.DataFrame], groups: tuple[Group, ...], known: tuple[Group, ...], measure: str, phase: str,
    time_period: int,
) -> tuple[Standing, ...]:  # fmt: skip
    """`side_by_side` of the published tables. `read` gives a table, or its rows of some schools."""
    urns = frozenset[int]().union(*(group.urns for group in (*groups, *known)))
    scores, between = (
        rows[(rows["phase"] == phase) & (rows["time_period"] == time_period)]
        for rows in (read("measure_score", urns), read("between_partnerships"))
    )  # fmt: skip
    return side_by_side(scores, read("national"), between, groups, measure, known=known)


def _known(rows: pd.DataFrame) -> frozenset[int]:
    return frozenset(int(urn) for urn in rows.loc[rows["y"].notna(), "urn"])


def _why_alone(group: Group, mine: frozenset[int]) -> Why:
    """Why a partnership is not told whatever stands beside it. `mine`: its schools with a figure."""
    if len(mine) < FEWEST:
        return "few"
    return "held" if 0 < len(mine & group.held) < group.fewest else ""


def _left_over(group: Group, ours: str, told: Mapping[str, frozenset[int]], every: Mapping[str, Group]) -> bool:
    """Whether one or two held schools are what it holds more than others inside it, or a larger one more than it.

    Ours is told on other pages too, so of ours and a larger one it is the larger that is not told.
    """
    mine = told[group.uid]
    inside = [urns for urns in told.values() if urns < mine]
    rests = [(mine - part) & group.held for part in (*inside, frozenset[int]().union(*inside)) if part]
    if group.uid != ours:
        rests += [(urns - mine) & every[uid].held for uid, urns in told.items() if mine < urns]
    return any(0 < len(rest) < FEWEST for rest in rests)


def _mean(rows: pd.DataFrame, national: pd.DataFrame, between: pd.DataFrame, group: Group) -> PartnershipMean | None:
    found = partnership_means(rows, national, between, group.urns, kind=group.kind)
    return next((one for one in found if one.weight == "pupil"), None)


def _standing(group: Group, mean: PartnershipMean | None, why: Why, ours: Group, our_mean: PartnershipMean | None) -> Standing:  # fmt: skip
    if mean is None or our_mean is None or group.uid == ours.uid:
        return Standing(group, mean, why, "", None)
    if group.urns & ours.urns:
        return Standing(group, mean, "shares", "", None)
    sd, our_sd = ((one.high - one.low) / (2 * standardise.Z95) for one in (mean, our_mean))
    p = float(special.ndtr((mean.difference - our_mean.difference) / float(np.hypot(sd, our_sd))))
    side: Side = "above" if mean.low > our_mean.high else "below" if mean.high < our_mean.low else "cannot_tell"
    return Standing(group, mean, why, side, max(p, 1 - p))


def like_ours(schools: pd.DataFrame, groups: Collection[Group], ours: Group) -> tuple[str, ...]:
    """The partnerships of our kind, without a school of ours, whose pupils are most alike in free meals: at most USUAL uids.

    `schools`: the school table (urn, pupils, fsm6_pct); a school without either is left out. A partnership with fewer than FEWEST
    schools is none to stand beside. The distance is that of the share of pupils with free meals; ties by uid.
    """
    one = ours.uid, ours.kind, ours.urns
    return _most_like(schools, [(group.uid, group.kind, group.urns) for group in groups], one)


def enough(read: Callable[..., pd.DataFrame], urns: frozenset[int], phase: str, time_period: int) -> frozenset[str]:
    """The measures in which FEWEST or more of the schools have a figure. `read` gives a table's rows of some schools."""
    rows = read("measure_score", urns)
    there = rows[(rows["phase"] == phase) & (rows["time_period"] == time_period) & rows["y"].notna()]
    schools = there.groupby("measure", observed=True)["urn"].nunique()
    return frozenset(str(measure) for measure, number in schools.items() if number >= FEWEST)


def most_like(read: Callable[[str], pd.DataFrame], groups: Collection[Named], ours: Named) -> tuple[str, ...]:
    """`like_ours` from the published tables, of partnerships given as (uid, kind, schools of the phase)."""
    return _most_like(read("school"), groups, ours)


def _most_like(schools: pd.DataFrame, groups: Collection[Named], ours: Named) -> tuple[str, ...]:
    there = schools.dropna(subset=["pupils", "fsm6_pct"])
    columns = (there[name].tolist() for name in ("urn", "pupils", "fsm6_pct"))
    known = {int(urn): (float(pupils), float(share)) for urn, pupils, share in zip(*columns, strict=True)}
    uid, kind, mine = ours
    our_share = _share(known, mine)
    if our_share is None:
        return ()
    near = []
    for other, of, urns in groups:
        if of != kind or other == uid or urns & mine or len(urns) < FEWEST:
            continue
        share = _share(known, urns)
        if share is not None:
            near.append((round(abs(share - our_share), 9), other))
    return tuple(other for _, other in sorted(near)[:USUAL])


def _share(known: Mapping[int, tuple[float, float]], urns: Collection[int]) -> float | None:
    """The share of pupils with free meals, in %; None where no school of theirs has pupils."""
    rows = [known[urn] for urn in sorted(urns) if urn in known]
    pupils = sum(each for each, _ in rows)
    return sum(each * share for each, share in rows) / pupils if pupils > 0 else None

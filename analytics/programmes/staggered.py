"""Starts in different years: group-time effects of Callaway and Sant'Anna, and their averages (METHODS 11.2).

On schools as they are, with the year before the start as base, these give about +13 where there is no effect; a programme
is told them on its matched sets alone (`waves`), those of fewer than FEWEST_TOGETHER joined, with no interval of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.programmes.results import WavePoint
from analytics.standardise import Array, Index

FEWEST_TOGETHER = 5  # supported schools in a wave told by itself


@dataclass(frozen=True, slots=True)
class GroupTime:
    """Effect on the units first treated in `group`, in `time` (against the year before it, or before their start)."""

    group: int
    time: int
    effect: float


def callaway_santanna(outcome: Array, times: tuple[int, ...], first: Index) -> tuple[GroupTime, ...]:
    """ATT(g, t) with the never treated as comparison and no covariates (Callaway and Sant'Anna 2021).

    `outcome`: units by times, nothing missing; `first`: each unit's first treated time, 0 for never. Before treatment a
    time is set against the one before it, since then against the last before treatment. Raises ValueError without
    never-treated units.
    """
    never = first == 0
    if not never.any():
        raise ValueError("nobody is never treated")
    groups = [int(one) for one in np.unique(first[~never]) if one in times[1:]]
    return tuple(_effect(outcome, times, first, group, at) for group in groups for at in range(1, len(times)))


def _effect(outcome: Array, times: tuple[int, ...], first: Index, group: int, at: int) -> GroupTime:
    base = at - 1 if times[at] < group else times.index(group) - 1
    mine, never = outcome[first == group], outcome[first == 0]
    return GroupTime(group, times[at], group_time(mine[:, at], mine[:, base], never[:, at], never[:, base]))


def group_time(later: Array, base: Array, later_never: Array, base_never: Array) -> float:
    """How much more one group moved since its base year than the never treated did."""
    return float((later - base).mean() - (later_never - base_never).mean())


def _mean(parts: list[tuple[float, int]]) -> float:
    weights = np.array([weight for _, weight in parts], dtype=float)
    return float(np.average([value for value, _ in parts], weights=weights)) if len(parts) else float("nan")


def joined(starts: Index) -> Index:
    """Each set's wave: those of fewer than FEWEST_TOGETHER schools join the next one (the last joins the one before)."""
    out = starts.copy()
    for start in np.unique(starts):
        mine = out == start
        later = np.unique(out[out > start])
        if 0 < mine.sum() < FEWEST_TOGETHER and len(later):
            out[mine] = later[0]
    last = out == out.max()
    before = np.unique(out[~last])
    if last.sum() < FEWEST_TOGETHER and len(before):
        out[last] = before[-1]
    return np.asarray(out)


def waves(outcome: Array, starts: Index, times: tuple[int, ...]) -> tuple[WavePoint, ...]:
    """Group-time effects of each wave by year since its schools' own start; empty where all started together.

    `outcome`: sets by 1 + K by `times`, supported school first, NaN where there is none. The never treated of a group are
    the comparison schools of its own sets, and the base is the last year before its start.
    """
    if len(np.unique(starts)) < 2:
        return ()
    wave, out = joined(starts), []
    for one in np.unique(wave):
        groups = np.unique(starts[wave == one])
        for year in range(len(times)):
            parts = [_on_sets(outcome[starts == group], int(np.searchsorted(times, group)), year) for group in groups]
            schools = sum(count for _, count in parts)
            if schools >= FEWEST_TOGETHER:
                at = int(np.searchsorted(times, groups[0])) + year
                period = times[at] if len(groups) == 1 else None
                effect = _mean([part for part in parts if part[1]])
                out.append(WavePoint(int(groups[0]), int(groups[-1]), year, period, effect, schools))
    return tuple(out)


def _on_sets(outcome: Array, start: int, year: int) -> tuple[float, int]:
    """The effect on one group `year` years after the time at `start`, and how many of its sets have both years."""
    at, base = start + year, start - 1
    if base < 0 or at >= outcome.shape[2]:
        return float("nan"), 0
    both = np.isfinite(outcome[:, :, at]) & np.isfinite(outcome[:, :, base])
    there = both[:, 0] & both[:, 1:].any(axis=1)
    if not there.any():
        return float("nan"), 0
    later, before = (np.where(both, outcome[:, :, time], np.nan)[there] for time in (at, base))
    never = (np.nanmean(later[:, 1:], axis=1), np.nanmean(before[:, 1:], axis=1))
    return group_time(later[:, 0], before[:, 0], *never), int(there.sum())

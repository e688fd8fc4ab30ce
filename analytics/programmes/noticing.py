"""What a comparison could notice, told from programmes that never were (METHODS 11.4): before results, and of what is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.programmes import effects, figures, looking, said
from analytics.programmes.figures import Figures
from analytics.programmes.looking import Like, Looked

EARLIER = 3  # years before the selection year that a sound comparison has
LATER = 2  # years of results that the smallest noticeable effect is told for; more where schools start later than that
MADE_UP = 500  # programmes without support that it is told from
NOUGHT = 1e-6  # below it made-up programmes do not vary, and nothing can be told from them


@dataclass(frozen=True, slots=True)
class Times:
    """When schools were chosen, and from when support can show; `starts` of each supported school, `until` the last year looked at."""

    selection_year: int
    first_year: int
    starts: Mapping[int, int]
    until: int | None

    def late(self, year: int) -> int:
        """School years from the first with support to `year`."""
        return year // 100 - self.first_year // 100

    @property
    def span(self) -> int:
        """Years of results that are told for: LATER, or until everybody has started, no more than are looked at."""
        last = max((self.late(year) for year in self.starts.values()), default=0)
        span = max(LATER, 1 + last)
        return span if self.until is None else min(span, 1 + self.late(self.until))

    @property
    def least(self) -> int:
        """Years of results with which every school has one that is looked at."""
        return 1 + max((late for year in self.starts.values() if (late := self.late(year)) < self.span), default=0)


@dataclass(frozen=True, slots=True)
class Noticed:
    """The smallest effect noticed four times in five, in words, and with how many years of results; None: cannot be told."""

    effect: float | None
    words: str
    years: int = 0


def beforehand(
    looked: Looked, national: pd.DataFrame, times: Times, sets: tuple[tuple[int, int], ...], *, seed: int, made_up: int
) -> Noticed:  # fmt: skip
    """From programmes that would have begun after this selection year, where years enough are published, else after the
    newest one that has them. `sets`: as in `Like`."""
    found = looked.found
    when = _tried(found, times) if made_up else None
    if when is None:
        return Noticed(None, said.cannot("there are too few years of results yet"))
    selection, earlier, later = when
    tried = looked if selection == times.selection_year else _then(looked, national, selection, earlier)
    if tried is None:
        return Noticed(None, said.cannot("some schools have no figures in earlier years"))
    own = later[0] >= times.first_year
    late = np.array(later) if own else np.arange(len(later))
    starts = {urn: year if own else times.late(year) for urn, year in times.starts.items()}
    rows = [[starts[int(urn)] for urn in found.urn[field.supported]] for field in tried.fields]
    counts = tuple(late[None, :] >= np.array(one)[:, None] for one in rows)
    like = Like(tuple(found.at(year) for year in later), sets, counts)
    return told(tried, like, seed=seed, made_up=made_up)


def told(looked: Looked, like: Like, *, seed: int, made_up: int) -> Noticed:
    """From `made_up` programmes without support that are like this one."""
    return of(looking.made_up(looked, like, seed=seed, count=made_up), looked, like)


def of(estimates: np.ndarray, looked: Looked, like: Like) -> Noticed:
    """From the estimates of made-up programmes that are like this one."""
    if len(estimates) < 2:
        return Noticed(None, said.cannot("there are too few schools without support to try it on"))
    effect = effects.detectable(float(np.std(estimates, ddof=1)), like.schools)
    if not effect > NOUGHT:
        return Noticed(None, said.cannot("the results of schools without support do not vary"))
    apart = any(not one[one.any(axis=1)].all() for one in like.when)
    words = said.noticed(effect, like.schools, len(like.columns), looked.found.measure, apart=apart)
    return Noticed(effect, words, len(like.columns))


def _then(looked: Looked, national: pd.DataFrame, selection: int, earlier: tuple[int, ...]) -> Looked | None:
    """The same schools as if they had been chosen in another year; None where some have no figures there."""
    found, fields = looked.found, looked.fields
    supported = found.urn[np.concatenate([field.supported for field in fields])]
    schools = (supported, found.urn[looked.others])
    then = looking.on_figures(found, national, (selection, earlier), schools)
    if [(field.group, len(field.supported)) for field in then.fields] != [
        (field.group, len(field.supported)) for field in fields
    ]:
        return None
    alike = tuple(replace(new, regress=one.regress) for new, one in zip(then.fields, fields, strict=True))
    return replace(then, fields=alike)


def _tried(found: Figures, times: Times) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """Selection year, earlier and later years in which made-up programmes can be looked at as this one will be."""
    before = figures.earlier_years(found, times.selection_year, EARLIER)
    until = times.until or max(found.years)
    own = tuple(year for year in found.years if times.first_year <= year <= until)[: times.span]
    if own and times.late(own[-1]) + 1 >= times.least:
        return times.selection_year, before, own
    for wanted in (len(before), 1):
        for later in range(times.span, times.least - 1, -1):
            for at in range(len(found.years) - 1 - later, wanted - 1, -1):
                year = found.years[at]
                if year <= times.selection_year:
                    return year, figures.earlier_years(found, year, len(before)), found.years[at + 1 : at + 1 + later]
    return None

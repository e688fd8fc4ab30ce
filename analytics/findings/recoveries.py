"""Which two windows of a measure stand before and after, and what they say of each school (METHODS 8).

One fixed rule, for several looks would find more schools by chance: after is the window that ends in the measure's
newest year; before is the latest full window that ends before it begins. The two may lie on both sides of the pandemic,
for neither crosses it and each is set against its own years' expectation.
"""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from analytics import years
from analytics.findings.areas import Fit, scored_measures
from analytics.findings.fitting import Fits
from analytics.results import TABLES
from analytics.scores import recovery
from data.catalogue import MEASURES


def windows(fits: Fits, measure: str, phase: str) -> tuple[Fit | None, Fit]:
    """The fits before and after; no before where no full window ends in time. Raises ValueError without any fit."""
    ends = sorted(end for name, stratum, end in fits if (name, stratum) == (measure, phase))
    after = fits[(measure, phase, ends[-1])]
    earlier = [fits[(measure, phase, end)] for end in ends if end < after.params.window[0]]
    full = [fit for fit in earlier if len(fit.params.window) == years.WINDOW]
    return (full[-1] if full else None), after


def tables(fits: Fits) -> dict[str, pd.DataFrame]:
    """`came_through` and `window_pair`, see analytics.results."""
    pairs: list[dict[str, str | int | float | None]] = []
    schools: list[pd.DataFrame] = []
    for measure, phase in sorted({(name, stratum) for name, stratum, _ in fits}):
        before, after = windows(fits, measure, phase)
        if measure not in scored_measures(_beside(fits, phase, after.params.end)):
            continue
        about = _about(before, after)
        reason = recovery.why_not(before, after)
        if before is None or reason:
            pairs.append({**about, "reason": reason})
            continue
        found = recovery.fit_national(before, after)
        pairs.append({**about, "schools": found.schools, "covariance": found.covariance, "reason": "",
                      "tau_before": found.before.spread.tau, "tau_after": found.after.spread.tau})  # fmt: skip
        table = recovery.score_schools(before.scored, before.yearly, after.scored, found)
        schools.append(table.assign(**about))
    return {"came_through": _put("came_through", schools), "window_pair": _put("window_pair", [pd.DataFrame(pairs)])}


def _beside(fits: Fits, phase: str, end: int) -> dict[str, Fit]:
    return {name: fit for (name, stratum, year), fit in fits.items() if (stratum, year) == (phase, end)}


def _about(before: Fit | None, after: Fit) -> dict[str, str | int | None]:
    first, last = (before.params.window[0], before.params.end) if before is not None else (None, None)
    return {
        "phase": after.params.phase, "measure": after.params.measure, "area": MEASURES[after.params.measure].area,
        "before_first": first, "before_last": last, "after_first": after.params.window[0], "after_last": after.params.end,
    }  # fmt: skip


def _put(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = [field.name for field in fields(TABLES[name])]
    whole = [part for part in parts if len(part)]
    return pd.concat(whole, ignore_index=True).reindex(columns=columns) if whole else pd.DataFrame(columns=columns)

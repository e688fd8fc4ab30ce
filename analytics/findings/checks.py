"""Checks as results: other weights, a measure left out, other numbers of similar schools, inspection counted, a year held back.

For the newest year of each phase. A check says whether other reasonable choices would give the same answer; it never
changes an answer, and none of them shows that a figure is right for a school.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import pandas as pd

from analytics.findings import areas
from analytics.findings.areas import Fit, Stage
from analytics.findings.fitting import Fits
from analytics.results import Check, SchoolCheck
from analytics.scores import screening, shrinkage
from analytics.similar.similarity import Similar
from analytics.standardise import Z95

FEWER = 20  # similar schools that the check of their number tries beside similarity.WIDE
STAND = 0.80  # share of answers that must stand for a check over all schools to pass
INSIDE = 0.94, 0.97  # share of the newest figures that must lie where earlier years foresaw them (METHODS 13)
CHANCE = 2.0  # standard errors of such a share by which few schools may miss those limits
SCHOOL_INSIDE = 0.80  # the same for one school, whose few figures cannot be told so finely
FEWEST = 30  # answers below which a check over all schools is unknown
SAME_SPREAD = 0.97, 1.03  # the spread by likelihood against the one used (METHODS 2.4)
_NATION = [field.name for field in fields(Check)]
_SCHOOL = [field.name for field in fields(SchoolCheck)]


def tables(
    stages: Mapping[str, tuple[Stage, Stage]], fits: Fits, scored: Mapping[str, pd.DataFrame], found: Similar,
    selective: frozenset[int], seed: int,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Tables check and school_check. `stages`: the newest of each phase, with attendance of all strata and with its own alone."""
    parts: list[pd.DataFrame] = []
    for phase, (stage, own) in sorted(stages.items()):
        domain = scored["domain"]
        if len(domain):
            domain = domain[domain["phase"].eq(phase) & domain["time_period"].eq(stage.end)]
            parts += [_weights(domain), _left_out(domain), _inspection(domain)]
        parts.append(_other_similar(stage, own, scored["area"], found, selective, seed))
        parts += [_held_back(own, fit, fits) for name in areas.scored_measures(own.fits) for fit in own.fits[name]]
    there = [part for part in parts if len(part)]
    whole = pd.concat(there, ignore_index=True) if there else pd.DataFrame(columns=[*_SCHOOL, "measure"])
    spreads = [
        _spread(fit, phase)
        for phase, (_, own) in sorted(stages.items())
        for several in own.fits.values()
        for fit in several
    ]
    nation = pd.concat([_nation(whole), pd.DataFrame(spreads, columns=_NATION)], ignore_index=True)
    return {"check": nation, "school_check": _schools(whole)}


def _spread(fit: Fit, phase: str) -> tuple[object, ...]:
    """The spread by restricted likelihood over the one by Paule and Mandel (METHODS 2.4); unknown where it was averaged."""
    norm = fit.scored[fit.scored["in_norm"]]
    ratio = float(np.sqrt(shrinkage.reml(norm["y"].to_numpy(float), norm["v"].to_numpy(float))))
    inside = SAME_SPREAD[0] <= ratio <= SAME_SPREAD[1]
    outcome = "unknown" if fit.params.spread.grid else "passed" if inside else "not"
    return ("spread", phase, fit.params.end, fit.params.measure, len(norm), len(norm), ratio, *SAME_SPREAD, outcome)


def _rows(rows: pd.DataFrame, check: str, count: pd.Series, total: pd.Series, detail: object = "") -> pd.DataFrame:
    return pd.DataFrame(
        {"urn": rows["urn"], "check": check, "phase": rows["phase"], "time_period": rows["time_period"], "count": count.astype(int),
         "total": total.astype(int), "detail": detail, "measure": ""}
    )  # fmt: skip


def _weights(domain: pd.DataFrame) -> pd.DataFrame:
    """Whether at least SAME_TIER of the other ways give the answer; unknown where there was no clear answer to shake."""
    known = domain["agreement"].notna()
    return _rows(domain, "weights", known & (domain["agreement"] >= screening.SAME_TIER), known)


def _left_out(domain: pd.DataFrame) -> pd.DataFrame:
    known = domain["agreement"].notna()
    return _rows(domain, "leave_out", known & domain["sensitive_to"].eq(""), known, domain["sensitive_to"])


def _inspection(domain: pd.DataFrame) -> pd.DataFrame:
    known = domain["tier"].isin(("may_need_support", "above_expectation", "as_expected")) & domain["score"].notna()
    changed = domain["reasons"].str.contains("depends_on_inspection", regex=False)
    return _rows(domain, "inspection", known & ~changed, known)


def _other_similar(
    stage: Stage, own: Stage, scored: pd.DataFrame, found: Similar, selective: frozenset[int], seed: int
) -> pd.DataFrame:
    """Area answers that stay the same with FEWER and with more similar schools behind the "expectation unsure" cap."""
    base = scored[scored["phase"].eq(stage.phase) & scored["time_period"].eq(stage.end)]
    known = base.set_index(["urn", "area"])["tier"]
    few = found.comparator[found.comparator["position"] <= FEWER]
    correlated = areas.stage_correlations(stage)
    same = pd.Series(True, index=known.index)
    for neighbours in (few, found.wide):
        other = areas.area_table(own, correlated, neighbours, selective, seed=seed).set_index(["urn", "area"])["tier"]
        same &= other.reindex(known.index) == known
    table = same.reset_index(name="same")
    moved = table[~table["same"]].groupby("urn")["area"].agg("|".join)
    counts = table.groupby("urn")["same"].agg(["sum", "size"]).reset_index()
    rows = counts.assign(phase=stage.phase, time_period=stage.end)
    return _rows(rows, "similar", counts["sum"], counts["size"], rows["urn"].map(moved).astype(object).fillna(""))


def _held_back(own: Stage, fit: Fit, fits: Fits) -> pd.DataFrame:
    """Whether the newest figure of each school lay where the years before foresaw it (95 in 100 should)."""
    end, name = fit.params.end, fit.params.measure
    before = [year for year in fit.params.long_window if year < end and (name, own.phase, year) in fits]
    if not before:
        return pd.DataFrame()
    earlier = fits[(name, own.phase, max(before))]
    last = fit.yearly[(fit.yearly["time_period"] == end) & fit.yearly["in_norm"]]
    both = earlier.scored[["urn", "m", "s"]].merge(last[["urn", "d", "v"]], on="urn", validate="one_to_one").dropna()
    scale = earlier.params.spread.tau / fit.params.spread.tau  # both in the newest window's between-school SDs
    apart = (both["d"] - scale * both["m"]).abs()
    inside = apart <= Z95 * np.sqrt((scale * both["s"]) ** 2 + both["v"])
    rows = both.assign(phase=own.phase, time_period=own.end)
    outside = pd.Series(np.where(inside, "", name), index=both.index)
    return _rows(rows, "held_back", inside, pd.Series(1, index=both.index), outside).assign(measure=name)


def _nation(whole: pd.DataFrame) -> pd.DataFrame:
    out = []
    for (check, phase, end, measure), part in whole.groupby(["check", "phase", "time_period", "measure"], sort=True):
        count, total = int(part["count"].sum()), int(part["total"].sum())
        share = count / total if total else float("nan")
        low, top = _inside(total) if check == "held_back" else (STAND, float("nan"))
        passed = share >= low and not share > top
        outcome = "unknown" if total < FEWEST else "passed" if passed else "not"
        out.append((check, phase, end, measure, count, total, share, low, top, outcome))
    return pd.DataFrame(out, columns=_NATION)


def _inside(total: int) -> tuple[float, float]:
    """The limits of INSIDE with what chance allows for so many schools, where 95 in 100 should lie inside."""
    slack = CHANCE * float(np.sqrt(0.95 * 0.05 / max(total, 1)))
    return INSIDE[0] - slack, min(INSIDE[1] + slack, 1.0)


def _schools(whole: pd.DataFrame) -> pd.DataFrame:
    keys = ["urn", "check", "phase", "time_period"]
    joined = whole.groupby(keys, sort=True).agg(
        count=("count", "sum"), total=("total", "sum"), detail=("detail", lambda parts: "|".join(p for p in parts if p))
    )  # fmt: skip
    table = joined.reset_index()
    needed = np.where(table["check"].eq("held_back"), SCHOOL_INSIDE, 1.0)
    stood = table["count"] >= needed * table["total"]
    outcome = np.select([table["total"] == 0, stood], ["unknown", "passed"], "not")
    return table.assign(outcome=outcome)[_SCHOOL]

"""The comparison of early signals over the main measures and every year that can be held back (METHODS 12.1).

Only what was there in time: both rules learn from the fit that ends in the year before the held-out one, and the
held-out year is read from its own. Never across 2019/20-2020/21 nor a change of definition: a window crosses neither.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from analytics import years
from analytics.facts.panel import Panel
from analytics.findings.areas import Fit
from analytics.findings.fitting import BEHIND, Fits
from analytics.results import EarlySignal
from analytics.scores import early_signal
from data.catalogue import MEASURES

MAIN = ("ks2_reading_expected_pct", "ks2_mathematics_expected_pct", "ks4_attainment8", "ks4_progress8")
MEAN_YEARS = 3  # years in the plain rule's mean, as far as they are there
STAFF = "workforce_pupil_teacher_ratio"
FURTHER = ("log_cohort", "mean_by_cohort", "roll_change", "fsm6", "fsm6_change", STAFF)
_KEYS = ["urn", "time_period"]


def table(whole: Panel, fits: Fits, *, seed: int) -> pd.DataFrame:
    """Rows of EarlySignal: one per main measure, phase and held-out year; no row where no year can be held back."""
    circumstances, group = _circumstances(whole), _groups(whole.schools)
    rows: list[dict[str, object]] = []
    for measure, phase in sorted({(name, stratum) for name, stratum, _ in fits if name in MAIN}):
        found = {
            end: _tried(measure, phase, end, whole, fits, circumstances, group, seed)
            for end in held_out_years(fits, measure, phase)
        }
        decided = early_signal.decision(one.outcome for one in found.values())
        rows += [
            {"phase": phase, "measure": measure, **_row(end, one), "decision": decided} for end, one in found.items()
        ]
    return pd.DataFrame(rows, columns=[field.name for field in fields(EarlySignal)])


def held_out_years(fits: Fits, measure: str, phase: str) -> list[int]:
    """Years whose fit and that of the year before stand in one comparable run, oldest first."""
    ends = sorted(end for name, stratum, end in fits if (name, stratum) == (measure, phase))
    return [
        year
        for year in ends
        for before in ends
        if years.following(before) == year and before in fits[(measure, phase, year)].params.window
    ]


def _tried(measure: str, phase: str, end: int, whole: Panel, fits: Fits, circumstances: pd.DataFrame, group: pd.Series,
           seed: int) -> early_signal.Trial:  # fmt: skip
    before = next(year for name, p, year in fits if (name, p) == (measure, phase) and years.following(year) == end)
    known, others = _known(measure, phase, before, fits)
    known = known.merge(circumstances, on=_KEYS, how="left", validate="one_to_one")
    pupils = _published(whole, measure, "denominator")
    known = known.merge(pupils.rename("pupils").reset_index(), on=_KEYS, how="left", validate="one_to_one")
    cohort = np.log(known["pupils"].where(known["pupils"] > 0))
    known = known.assign(log_cohort=cohort, mean_by_cohort=known["mean"] * (cohort - cohort.mean()))
    train = _followed(known, fits[(measure, phase, before)], before)
    held_out = _followed(known[known["time_period"] == before], fits[(measure, phase, end)], end)
    held_out = held_out.assign(group=held_out["urn"].map(group))
    return early_signal.trial(train, held_out, (*others, *FURTHER), seed=seed)


def _known(measure: str, phase: str, end: int, fits: Fits) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Each school and year of the window up to `end`: last difference, mean of what is there of MEAN_YEARS, other measures'."""
    mine = fits[(measure, phase, end)].yearly
    wide = mine[mine["in_norm"]].pivot(index="urn", columns="time_period", values="d").sort_index()
    parts = []
    periods = [int(year) for year in wide.columns]
    for year in periods:
        recent = [one for one in periods if 0 <= year // 100 - one // 100 < MEAN_YEARS]
        one = pd.DataFrame({"urn": wide.index, "time_period": year, "last": wide[year].to_numpy()})
        parts.append(one.assign(mean=wide[recent].mean(axis=1).to_numpy()))
    known = pd.concat(parts, ignore_index=True).dropna(subset="last")
    others = [
        name
        for name, stratum, year in sorted(fits)
        if (stratum, year) == (phase, end) and name != measure and MEASURES[name].source not in BEHIND
    ]
    for name in others:
        other = fits[(name, phase, end)].yearly[[*_KEYS, "d"]].rename(columns={"d": name})
        known = known.merge(other, on=_KEYS, how="left", validate="one_to_one")
    return known, tuple(others)


def _followed(known: pd.DataFrame, fit: Fit, last: int) -> pd.DataFrame:
    """Schools and years with whether the year after was low, by `fit`; schools without that year drop out."""
    after = fit.yearly[fit.yearly["in_norm"] & fit.yearly["d"].notna() & (fit.yearly["time_period"] <= last)]
    next_year = known["time_period"].map({year: years.following(year) for year in known["time_period"].unique()})
    after = after[[*_KEYS, "d"]].rename(columns={"time_period": "next_year", "d": "next_d"})
    both = known.assign(next_year=next_year).merge(after, on=["urn", "next_year"], validate="one_to_one")
    return both.assign(is_low=both["next_d"] < early_signal.LINE)


def _circumstances(whole: Panel) -> pd.DataFrame:
    """By school and year: pupils and free school meals with their change on the year before, and pupils per teacher."""
    now = whole.census[[*_KEYS, "pupils_on_roll", "fsm6"]]
    later = now.assign(time_period=now["time_period"].map({y: years.following(y) for y in now["time_period"].unique()}))
    both = now.merge(later, on=_KEYS, how="left", suffixes=("", "_before"), validate="one_to_one")
    roll = both["pupils_on_roll_before"]
    both = both.assign(
        roll_change=100 * (both["pupils_on_roll"] / roll.where(roll > 0) - 1),
        fsm6_change=both["fsm6"] - both["fsm6_before"],
    )
    staff = _published(whole, STAFF, "value").rename(STAFF).reset_index()
    return both[[*_KEYS, "fsm6", "fsm6_change", "roll_change"]].merge(
        staff, on=_KEYS, how="outer", validate="one_to_one"
    )


def _published(whole: Panel, measure: str, column: str) -> pd.Series:
    """One column of a measure's published rows by urn and time_period."""
    facts = whole.facts
    mine = facts[(facts["measure"] == measure) & facts["status"].isin(("ok", "low"))]
    return mine.set_index(_KEYS)[column].astype(float)


def _groups(schools: pd.DataFrame) -> pd.Series:
    """URN -> its trust, else its authority, else itself: what is resampled together (METHODS 12.1)."""
    trust = "T" + schools["trust_uid"].astype("Int64").astype("string")
    authority = "L" + schools["la_code"].astype("Int64").astype("string")
    found = trust.fillna(authority).fillna("U" + schools["urn"].astype("string"))
    return pd.Series(found.to_numpy(object), index=schools["urn"].to_numpy())


def _row(end: int, one: early_signal.Trial) -> dict[str, object]:
    told = one.outcome != "unknown"
    return {
        "time_period": end, "trained": one.trained, "schools": one.schools, "share_low": one.share, "groups": one.groups,
        "figures": "|".join(one.figures), "brier_base": one.brier_base, "brier_plain": one.brier_plain, "brier_more": one.brier_more,
        "skill_plain": 1 - one.brier_plain / one.brier_base, "skill_more": 1 - one.brier_more / one.brier_base,
        "precision_plain": one.precision_plain, "precision_more": one.precision_more, "slope": one.slope, "intercept": one.intercept,
        "flagged": early_signal.FLAGGED if told else None, "right_plain": one.right_plain if told else None,
        "right_more": one.right_more if told else None, "difference": one.difference, "difference_low": one.low,
        "difference_high": one.high, "outcome": one.outcome,
    }  # fmt: skip

"""Alongside's support signal, four words by the rules of each era, and what single judgements say of areas of practice.

The signal is not a grade. The rules are rows of `data/catalogue/signals.csv`, with who says so. A missing judgement makes
a rule unknown, not false; a category of concern comes from the publisher's own column and is never derived: where the
judgements call for one and the column is blank, whether there is a concern is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.scores.inspected import WORDS
from analytics.standardise import Flags, is_true
from data.catalogue import AREAS, PRACTICE, SIGNAL_RULES, SignalRule

STRENGTH_LAPSES = 4.0  # years (METHODS 6.3)
MET_LAPSES = 6.0
NEED_SEVERITY = {"3": 0.25, "4": 0.5, "Needs attention": 0.25, "Urgent improvement": 0.5}  # ours: as an absolute need
# (METHODS 5.2), and twice that
STRONG = ("1", "Strong standard", "Exceptional")
OPTIONAL = ("category_of_concern", "early_years_card", "post_16_card")  # a blank means none, or does not apply


@dataclass(frozen=True, slots=True)
class Held:
    """Three-valued, one entry per school: `sure` that a rule holds, and `possible` that it may."""

    sure: Flags
    possible: Flags

    def __or__(self, other: Held) -> Held:
        return Held(self.sure | other.sure, self.possible | other.possible)


def signals(latest: pd.DataFrame) -> pd.DataFrame:
    """Adds `tier` (a key of vocabulary.SIGNALS) and `reasons` to the judgements that speak: one row per school.

    `latest`: as `inspected.latest_graded`, with `age_years`, and where known `inspected.due`.
    """
    told = _as_words(latest)
    concern = _any_of("statutory_concern", latest, told)
    asked = _any_of("concern_not_given", latest, told)
    support, strength = _any_of("support_indicated", latest, told), _any_of("strength_to_share", latest, told)
    clear = ~(concern.possible | asked.possible)
    known = clear & ~support.possible
    age, own = latest["age_years"].to_numpy(float), ~is_true(latest["as_predecessor"])
    fresh = known & strength.sure & (age <= STRENGTH_LAPSES) & own
    met = known & (age <= MET_LAPSES)
    helped = clear & support.sure
    tier = np.select(
        [concern.sure, helped, fresh, met], ["statutory_concern", "support_indicated", "strength_to_share", "met"],
        "not_known",
    )  # fmt: skip
    reasons = np.select(
        [concern.sure & latest["category_of_concern"].notna().to_numpy(), concern.sure | helped, asked.sure,
         known & ~met & ~fresh, known & strength.sure & ~own],
        ["category_of_concern", "era_rule", "category_not_given", "too_old", "predecessor_grade"], "",
    )  # fmt: skip
    return latest.assign(tier=tier, reasons=reasons)


def _as_words(latest: pd.DataFrame) -> pd.DataFrame:
    """Every judgement as text, "1" to "4" for grades; None where there is none."""
    names = sorted({name for rule in SIGNAL_RULES for name in rule.judgements} | {rule.judgement for rule in PRACTICE})
    return pd.DataFrame({name: _words(latest[name]) if name in latest else None for name in names}, index=latest.index)


def _words(column: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("Int64").astype("string").astype(object).where(column.notna(), None)
    return column.astype(object).where(column.notna(), None)


def _any_of(signal: str, latest: pd.DataFrame, told: pd.DataFrame) -> Held:
    nothing = np.zeros(len(latest), dtype=bool)
    held = Held(nothing, nothing)
    for rule in SIGNAL_RULES:
        if rule.signal == signal:
            held = held | _holds(rule, latest, told)
    return held


def _holds(rule: SignalRule, latest: pd.DataFrame, told: pd.DataFrame) -> Held:
    """Whether a rule holds: by how many judgements are surely one of its words, and how many might be."""
    there = latest["era"].isin(rule.eras).to_numpy()
    judged = told[list(rule.judgements)].notna().to_numpy()
    blank = np.column_stack([_missing(name, latest, told) for name in rule.judgements])
    sure, maybe = _counted(rule.words, rule, told), blank.sum(axis=1)
    areas = judged.sum(axis=1) + maybe
    least = {"any": 1, "all": len(rule.judgements), "two": 2, "half": (areas + 1) // 2}[rule.how]
    barred = _counted(rule.unless, rule, told)
    some = there & (areas > 0)
    return Held(
        some & (sure >= least) & ((barred == 0) & (maybe == 0) if rule.unless else True),
        some & (sure + maybe >= least) & (barred == 0),
    )


def _counted(words: Iterable[str], rule: SignalRule, told: pd.DataFrame) -> np.ndarray:
    return told[list(rule.judgements)].isin(list(words)).to_numpy().sum(axis=1)


def _missing(name: str, latest: pd.DataFrame, told: pd.DataFrame) -> Flags:
    """Where a blank is a missing judgement rather than nothing to judge."""
    blank = told[name].isna().to_numpy()
    if name not in OPTIONAL:
        return blank
    return blank & is_true(latest[f"{name}_due"]) if f"{name}_due" in latest else np.zeros(len(latest), dtype=bool)


def practice(latest: pd.DataFrame, phase: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Needs and strengths that single judgements point at, by the rows of `data/catalogue/practice.csv`.

    Only where the school's signal says so too: a need where support is indicated or a concern is statutory, which
    stays until the next graded inspection; a strength where there is one to share (METHODS 6.3). Of several judgements
    about one area the one that asks for most counts, and a strength needs all of them fine.
    """
    judged = _judged(latest, phase)
    hurt = judged["word"].map(NEED_SEVERITY)
    need = judged[hurt.notna() & judged["tier"].isin(("support_indicated", "statutory_concern"))]
    need = need.assign(severity=hurt).sort_values(["urn", "area", "severity"], ascending=[True, True, False])
    need = need.drop_duplicates(["urn", "area"])
    troubled = set(zip(judged.loc[hurt.notna(), "urn"], judged.loc[hurt.notna(), "area"], strict=True))
    strong = judged[judged["main"] & judged["word"].isin(STRONG) & judged["tier"].eq("strength_to_share")]
    fine = [pair not in troubled for pair in zip(strong["urn"], strong["area"], strict=True)]
    strong = strong[np.array(fine, dtype=bool)]
    needs = need.assign(basis="inspection", p=np.nan, particular=False, scope="school", reasons="era_rule")
    strengths = strong.assign(basis="inspection", p=np.nan, particular=False, years=0, pupils=np.nan)
    return needs, strengths


def _judged(latest: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """urn, tier, phase, area, word, main: one row per judgement that speaks about an area taught in the school's phase."""
    told = _as_words(latest)
    base = latest[["urn", "tier", "era"]].assign(phase=latest["urn"].map(phase))
    parts = []
    for rule in PRACTICE:
        mine = base.assign(area=rule.area, main=rule.main, word=told[rule.judgement])
        taught = "any" in AREAS[rule.area].phases or base["phase"].isin((*AREAS[rule.area].phases, "all_through"))
        parts.append(mine[base["era"].isin(rule.eras) & base["phase"].notna() & mine["word"].notna() & taught])
    return pd.concat(parts, ignore_index=True)


def order_of(words: pd.Series) -> pd.Series:
    """A report card's words as an order inside their era, 1 = Exceptional; NaN where there is none."""
    return words.map(WORDS)

"""The trial of early signals in words: what was tried, whether it beat the plain rule, and that nothing is foretold.

No school is named and no chance is shown, whatever the trial found: only the comparison stands on a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.results import EarlySignal
from analytics.scores.early_signal import FLAGGED, SLOPE, YEARS
from data.catalogue import MEASURES
from pages.components import words
from pages.components.tables import html_table
from pages.components.words import listing, year

TITLE = "Can next year's low results be seen coming?"
NO_YEAR = (
    "Not tried on these figures: a year can be held back only where at least three comparable years are loaded. No early "
    "signal is shown."
)
TRIED = (
    "Tried on years that the rules had not seen. Low means that a year's difference from what the intake leads one to expect "
    "lies more than one usual difference between schools below it; that was fixed beforehand. The plain rule reads the last "
    "difference and the mean of up to three years. The other rule reads further figures too, as far as published: {figures}. Each "
    "learns from the years before and foresees the next."
)
RULE = (
    f"An early signal would have to beat the plain rule in at least {YEARS} years, by more than chance, with chances that "
    f"mean what they say (slope between {SLOPE[0]} and {SLOPE[1]})."
)
NAMED = {
    "log_cohort": "the year group's size", "mean_by_cohort": "the year group's size", "roll_change": "change in pupils",
    "fsm6": "free school meals", "fsm6_change": "free school meals", "workforce_pupil_teacher_ratio": "pupils per teacher",
}  # fmt: skip
OUTCOMES = {"better": "yes", "not_better": "no", "unknown": "cannot be told"}
RIGHT = f"Right of {FLAGGED}"
NUMBERS = (
    "Schools",
    "Low",
    f"{RIGHT}: plain",
    f"{RIGHT}: more",
    "Error: plain",
    "Error: more",
    "Difference",
    "Between",
)
MORE_NUMBERS = (
    "Learnt from", "Error: usual share", "Skill: plain", "Skill: more", "Found: plain", "Found: more", "Slope", "Intercept",
)  # fmt: skip
READING = (
    "Error: the Brier score, 0 is best; usual share gives every school the share of the years learnt from. Difference: error "
    "with more figures less that of the plain rule; below 0 is better; between: its 95% range over resampled trusts and "
    f"authorities. {RIGHT}: how many of the {FLAGGED} schools that a rule thought likeliest were low. Skill: the share by which a "
    "rule lowers the error of the usual share. Found: average precision, 1 is best. Slope and intercept are of the rule with "
    "more figures; 1 and 0 are best."
)


def block(rows: Sequence[EarlySignal]) -> None:
    """Draw the comparison; a sentence where nothing could be tried."""
    words.heading(TITLE)
    if not rows:
        words.paragraph(NO_YEAR)
        return
    words.paragraph(verdict(rows))
    words.paragraph(TRIED.format(figures=listing(further(rows))))
    words.paragraph(RULE)
    words.bullets(by_measure(rows))
    html_table(table(rows), "Plain rule and more figures, year by year", numeric=NUMBERS)
    html_table(
        more_table(rows),
        "The same trials: how much was found, and whether chances mean what they say",
        numeric=MORE_NUMBERS,
    )
    words.paragraph(READING, quiet=True)


def verdict(rows: Sequence[EarlySignal]) -> str:
    """The finding: whether more figures did better, and that no early signal is shown either way."""
    judged = [row for row in rows if row.outcome != "unknown"]
    if not judged:
        return "Too few schools to tell whether more figures foresee low results better. No early signal is shown."
    better = sum(row.outcome == "better" for row in judged)
    several = f"in {better} of {len(judged)} trials" if better else f"in any of {len(judged)} trials"
    held = "in the one trial that could be made" if len(judged) == 1 else several
    found = "foresaw" if better else "did not foresee"
    lead = f"More figures {found} low results better than a plain rule {held}."
    earned = [_short(row.measure) for row in rows if row.decision == "ships"]
    if not earned:
        short = f"It takes {YEARS} years of the same measure, so no early signal is shown."
        return f"{lead} {short if better else 'So no early signal is shown.'}"
    which = listing(dict.fromkeys(earned))
    return f"{lead} That is enough for {which}, but nothing is built on it yet: no early signal is shown."


def by_measure(rows: Sequence[EarlySignal]) -> tuple[str, ...]:
    """One sentence per measure: years tried, years won, and the decision."""
    found = []
    for measure in dict.fromkeys(row.measure for row in rows):
        mine = [row for row in rows if row.measure == measure]
        judged = [row for row in mine if row.outcome != "unknown"]
        better = [year(row.time_period) for row in mine if row.outcome == "better"]
        won = f"better in {listing(better)}" if better else "better in none"
        if mine[0].decision == "too_few_years":
            tried = f"{words.count(len(judged), 'year')} could be tried, two are needed"
            found.append(f"{_short(measure)}: {tried}" + (f"; {won}." if judged else "."))
        else:
            said = "enough" if mine[0].decision == "ships" else "not enough"
            found.append(f"{_short(measure)}: tried on {words.count(len(judged), 'year')}, {won}: {said}.")
    return tuple(found)


def further(rows: Sequence[EarlySignal]) -> tuple[str, ...]:
    """The further figures of all trials in plain words, each once: other results, absence, then circumstances."""
    keys = list(dict.fromkeys(key for row in rows for key in row.figures.split("|") if key))
    absence = [key for key in keys if key.startswith("absence")]
    results = [key for key in keys if key not in NAMED and key not in absence]
    lead = ["results in other measures"] * bool(results) + ["absence"] * bool(absence)
    return tuple(dict.fromkeys([*lead, *(NAMED[key] for key in NAMED if key in keys)]))


def table(rows: Sequence[EarlySignal]) -> pd.DataFrame:
    """One row per measure and held-out year: how often each rule was right, how far off, and which did better."""
    return pd.DataFrame(
        [
            (
                _short(row.measure), year(row.time_period), f"{row.schools:,}", "none" if row.share_low is None else f"{row.share_low:.0%}",
                _count(row.right_plain), _count(row.right_more), _figure(row.brier_plain), _figure(row.brier_more), *_difference(row),
                OUTCOMES[row.outcome],
            )
            for row in rows
        ],
        columns=["Measure", "Year held back", *NUMBERS, "More is better"],
    )  # fmt: skip


def more_table(rows: Sequence[EarlySignal]) -> pd.DataFrame:
    """The other figures of the same trials."""
    return pd.DataFrame(
        [
            (
                _short(row.measure), year(row.time_period), f"{row.trained:,}", _figure(row.brier_base),
                *(_figure(one, 2) for one in (row.skill_plain, row.skill_more, row.precision_plain, row.precision_more, row.slope, row.intercept)),
            )
            for row in rows
        ],
        columns=["Measure", "Year held back", *MORE_NUMBERS],
    )  # fmt: skip


def _short(measure: str) -> str:
    return MEASURES[measure].short if measure in MEASURES else measure


def _count(value: int | None) -> str:
    return "none" if value is None else str(value)


def _figure(value: float | None, decimals: int = 4) -> str:
    return "none" if value is None else f"{value:.{decimals}f}"


def _difference(row: EarlySignal) -> tuple[str, str]:
    if row.difference is None or row.difference_low is None or row.difference_high is None:
        return "none", "none"
    return f"{row.difference:+.4f}", f"{row.difference_low:+.4f} to {row.difference_high:+.4f}"

"""What was compared and chosen, in sentences and tables: kinds of school, and regression against trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analytics.results import Choice, ExpectationCompared, KindsCompared
from analytics.scores import boosted
from analytics.similar import kinds_compared, partitions
from data.catalogue import MEASURES
from data.catalogue.vocabulary import PHASES
from pages.components.words import count, year

METHODS: Mapping[str, str] = {"k_means": "k-means", "ward": "Ward's tree", "mixture": "mixture"}
STANDINGS: Mapping[str, str] = {"valid": "stands", "pattern_only": "a pattern only", "continuum": "does not stand"}
NOT_YET = (
    "k-means has been compared with no other way yet, nor the regression with trees. pipeline.py choose does so, once for "
    "each new year of results; it takes a few minutes."
)
HOW = (
    f"Schools are drawn again {partitions.BOOTSTRAPS} times, each time as many with repetition. Comes back: of the kind that does "
    "so least, how much is found again (1 = all of it); resampling stops once that cannot be enough. Same from other starts: "
    f"1 = the very same kinds. {min(kinds_compared.SIZES)} to {max(kinds_compared.SIZES)} kinds may be chosen: the most of which "
    f"every one comes back at {kinds_compared.STABLE} or more, the same from other starts at {kinds_compared.SAME_PARTITION} or "
    "more. k-means stays unless another way stands with more kinds that come back at least as often. A mixture is one of normal "
    f"distributions; a tree is made of {partitions.WARD_MOST:,} schools at most. Silhouette and BIC are told and decide nothing."
)
ASKED = f"{boosted.GAIN:.0%}"
HOW_EXPECTED = (
    "Both foresee results of schools that they were not fitted on. Error: the weighted root mean square of the difference, on "
    f"the scale on which the measure is modelled. Trees take the regression's place only where the error falls by more than {ASKED}."
)


def phase_of(key: str) -> str:
    """A phase in words, small letters."""
    return PHASES.get(key, key).lower()


def kinds_sentence(rows: Sequence[KindsCompared]) -> str:
    """What was chosen for one phase, and why, in one sentence."""
    one = next(row for row in rows if row.chosen)
    tried = f"{count(len(rows), 'way')} and number tried" if len(rows) == 1 else f"{len(rows)} ways and numbers tried"
    lead = f"{PHASES.get(one.phase, one.phase)}: {one.k} kinds by {METHODS[one.method]}, of {tried}: "
    others = any(row.method != one.method for row in rows)
    beside = "; no other way stands with more that come back as often" if others else ""
    least = f"the one that comes back least does so at {one.jaccard:.2f}"
    if one.standing == "valid" and one.method == "k_means":
        return f"{lead}the most that stand ({least}){beside}."
    if one.standing == "valid":
        return f"{lead}it stands with more kinds than k-means ({least})."
    if one.standing == "pattern_only":
        return f"{lead}no number stands, and these are a pattern only ({least})."
    return f"{lead}no number stands; the circumstances of schools form a continuum ({least})."


def kinds_table(rows: Sequence[KindsCompared]) -> pd.DataFrame:
    """One row per way and number of kinds of one phase, as compared."""
    ordered = sorted(rows, key=lambda row: (list(METHODS).index(row.method), row.k))
    return pd.DataFrame(
        [
            (
                METHODS[row.method], row.k, STANDINGS[row.standing] + (", chosen" if row.chosen else ""), row.schools,
                f"{row.jaccard:.2f}", f"{row.agreement:.2f}", f"{row.silhouette:.2f}",
                "" if row.bic is None else f"{row.bic:,.0f}", row.draws,
            )
            for row in ordered
        ],
        columns=["Way", "Kinds", "Outcome", "Schools", "Comes back", "Same from other starts", "Silhouette", "BIC", "Draws"],
    )  # fmt: skip


def expectation_sentence(rows: Sequence[ExpectationCompared]) -> str:
    """How many measures are foreseen by trees, and how much trees gain at most."""
    better = [row for row in rows if row.chosen == "boosted"]
    tried = [row.gain for row in rows if row.gain is not None]
    if not tried:
        return "Trees were not tried: no measure has enough schools and years. The regression stays."
    if not better:
        most = f"by {max(tried):.1%} at most" if max(tried) > 0 else "nowhere"
        return f"The regression stays for every measure: trees lower its error {most}, and more than {ASKED} is asked."
    named = ", ".join(f"{_measure(row.measure)} ({phase_of(row.phase)})" for row in better)
    return f"Trees foresee {count(len(better), 'measure')} better by more than {ASKED}, and are used there: {named}."


def expectation_table(rows: Sequence[ExpectationCompared]) -> pd.DataFrame:
    """One row per measure and phase: both errors, and what trees gain."""
    return pd.DataFrame(
        [
            (
                _measure(row.measure), PHASES.get(row.phase, row.phase), f"{year(row.first_year)} to {year(row.end)}", row.results,
                f"{row.linear:.4g}", "too few schools" if row.boosted is None else f"{row.boosted:.4g}",
                "" if row.gain is None else f"{100 * row.gain:+.1f}%", "trees" if row.chosen == "boosted" else "regression",
            )
            for row in rows
        ],
        columns=["Measure", "Phase", "Years", "Results", "Error, regression", "Error, trees", "Gain", "Chosen"],
    )  # fmt: skip


def _measure(key: str) -> str:
    return MEASURES[key].label if key in MEASURES else key


def by_phase(rows: Sequence[KindsCompared]) -> dict[str, list[KindsCompared]]:
    """The rows of each phase, in the order in which phases stand."""
    return {phase: [row for row in rows if row.phase == phase] for phase in dict.fromkeys(row.phase for row in rows)}


def told(found: Choice) -> Iterator[str]:
    """The whole choice as lines for a terminal."""
    for rows in by_phase(found.kinds).values():
        yield kinds_sentence(rows)
        yield from _lines(kinds_table(rows))
    yield expectation_sentence(found.expectation)
    yield from _lines(expectation_table(found.expectation))


def _lines(table: pd.DataFrame) -> list[str]:
    return ["", *(f"  {line}" for line in table.to_string(index=False).splitlines()), ""] if len(table) else []

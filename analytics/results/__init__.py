"""The frozen results that cross to pages and reports, one class per published table. Computes nothing.

`rows(Class, frame)` and `frame(rows, Class)` convert; NaN in a frame is None in a row.
Units: percentages 0-100; `difference` in the measure's own units, positive = the value lies above what the intake leads
one to expect; `m` and `s` in between-school SDs with positive = good, whatever the measure's polarity; `score` 50 =
typical for phase and context, 10 = one between-school SD.
"""

from __future__ import annotations

from typing import Any

from analytics.results.checks import Check, SchoolCheck
from analytics.results.choices import Choice, ExpectationCompared, KindsCompared
from analytics.results.early import EarlySignal
from analytics.results.facts import Correction, Finance, SourceLine, TrustFinance, YearValue
from analytics.results.judgements import Inspection, InspectionStanding
from analytics.results.nation import (
    BetweenPartnerships,
    Correlation,
    ExpectationTerm,
    NationalFigure,
    ScoreYear,
    SpreadPoint,
)
from analytics.results.recovery import CameThrough, WindowPair
from analytics.results.rows import frame, rows
from analytics.results.schools import Comparator, ComparatorSet, Context, Origin, Partnership, School, SchoolContext
from analytics.results.scores import AreaScore, DomainScore, MeasureScore, Need, Strength

__all__ = [
    "TABLES",
    "AreaScore",
    "BetweenPartnerships",
    "CameThrough",
    "Check",
    "Choice",
    "Comparator",
    "ComparatorSet",
    "Context",
    "Correction",
    "Correlation",
    "DomainScore",
    "EarlySignal",
    "ExpectationCompared",
    "ExpectationTerm",
    "Finance",
    "Inspection",
    "InspectionStanding",
    "KindsCompared",
    "MeasureScore",
    "NationalFigure",
    "Need",
    "Origin",
    "Partnership",
    "School",
    "SchoolCheck",
    "SchoolContext",
    "ScoreYear",
    "SourceLine",
    "SpreadPoint",
    "Strength",
    "TrustFinance",
    "WindowPair",
    "YearValue",
    "frame",
    "rows",
]

TABLES: dict[str, type[Any]] = {
    "school": School, "partnership": Partnership, "measure_score": MeasureScore, "area_score": AreaScore, "need": Need,
    "domain_score": DomainScore, "strength": Strength, "value": YearValue, "inspection": Inspection, "finance": Finance,
    "comparator_set": ComparatorSet, "comparator": Comparator, "context": Context, "school_context": SchoolContext,
    "national": NationalFigure, "source": SourceLine, "correction": Correction, "origin": Origin, "between_partnerships": BetweenPartnerships,
    "came_through": CameThrough, "window_pair": WindowPair,
    "inspection_standing": InspectionStanding, "trust_finance": TrustFinance,
    "check": Check, "school_check": SchoolCheck, "early_signal": EarlySignal,
    "score_year": ScoreYear, "expectation": ExpectationTerm, "spread": SpreadPoint, "correlation": Correlation,
    "kinds_compared": KindsCompared, "expectation_compared": ExpectationCompared,
}  # fmt: skip

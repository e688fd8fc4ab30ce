"""The bottom layer: measures, areas, marks and words, each one row of a CSV file. Standard library only; reads no data.

Adding a measure is one row in `measures.csv`: its published column, its denominator, how it varies and where its
comparable years begin. Importers, analytics and pages all read it from here.
"""

from data.catalogue.errors import (
    AlongsideError,
    CatalogueError,
    NotEnoughData,
    PermissionDenied,
    SourceFormatError,
    StoreError,
)
from data.catalogue.measures import AREAS, MEASURES, Area, Measure, Published, catalogue_hash, published_in
from data.catalogue.signals import PRACTICE, SIGNAL_RULES, PracticeRule, SignalRule
from data.catalogue.vocabulary import MARKS, Mark

__all__ = [
    "AREAS",
    "MARKS",
    "MEASURES",
    "PRACTICE",
    "SIGNAL_RULES",
    "AlongsideError",
    "Area",
    "CatalogueError",
    "Mark",
    "Measure",
    "NotEnoughData",
    "PermissionDenied",
    "PracticeRule",
    "Published",
    "SignalRule",
    "SourceFormatError",
    "StoreError",
    "catalogue_hash",
    "published_in",
]

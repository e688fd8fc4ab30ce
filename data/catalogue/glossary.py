"""The words that pages use, in plain English: rows of `glossary.csv`. One meaning each, the same on every page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("glossary.csv")


@dataclass(frozen=True, slots=True)
class Term:
    """`pages`: keys of the pages that list it at their foot."""

    key: str
    term: str
    meaning: str
    pages: frozenset[str]


def _terms() -> dict[str, Term]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: Term(row["key"], row["term"], row["meaning"], frozenset(row["pages"].split())) for row in rows}


TERMS: Mapping[str, Term] = MappingProxyType(_terms())


def of_page(key: str) -> tuple[Term, ...]:
    """The terms of a page, in the order of the alphabet."""
    return tuple(sorted((term for term in TERMS.values() if key in term.pages), key=lambda term: term.term.casefold()))

"""Measures and areas as typed rows of `measures.csv` and `areas.csv`. Refuses a row that does not hold together."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from data.catalogue.errors import CatalogueError

HERE = Path(__file__).parent
Kind = Literal["proportion", "mean", "money", "count", "context"]
Role = Literal["scored", "shown", "context", "kept"]  # kept: read and traceable, in no score and on no chart
Unit = Literal["pct", "score", "gbp", "count"]


@dataclass(frozen=True, slots=True)
class Published:
    """Where one source publishes a measure: `columns` and `denominator` are tried in order, on normalised names.

    `part` is the source's own word for the rows meant, where a file has several rows for one school ("" otherwise).
    """

    measure: Measure
    columns: tuple[str, ...]
    denominator: tuple[str, ...]
    numerator: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One published measure. Percentages are 0-100.

    `columns` are the published column names, tried in order on normalised names; `denominator` is a column of the
    same file, or `@key` for another measure of the same school and year. `numerator` is the count behind a percentage
    that is missing wherever the count is missing (the census prints 0% there). `segments` are the first years of runs of
    comparable years, `ends` their last ones where a run ends before the next begins: results are never joined across a
    boundary. `polarity` is +1 when more is better, -1 when less is, 0 when neither. `omega0` and `tau_floor` are the starting year-to-year SD and the least between-school SD, in
    the measure's own units (METHODS 2.3, 2.4). `elsewhere` names further sources of the same measure, with the columns
    that they have it in: `source:COLUMN;OTHER@part/DENOMINATOR`, joined by `|`.
    """

    key: str
    label: str
    short: str
    area: str
    domain: str
    theme: str
    phase: str
    source: str
    columns: tuple[str, ...]
    denominator: tuple[str, ...]
    numerator: str
    unit: Unit
    kind: Kind
    polarity: int
    role: Role
    low: float | None
    high: float | None
    decimals: int
    segments: tuple[int, ...]
    ends: tuple[int | None, ...]
    omega0: float | None
    tau_floor: float | None
    elsewhere: tuple[str, ...]
    definition: str

    def segment(self, time_period: int) -> int | None:
        """First year of the comparable run that holds `time_period`; None before the first, or where nothing compares."""
        begun = [run for run in zip(self.segments, self.ends, strict=True) if run[0] <= time_period]
        start, end = begun[-1] if begun else (None, None)
        return start if end is None or time_period <= end else None


@dataclass(frozen=True, slots=True)
class Area:
    """An area of practice: the one list that needs, strengths, offers and agreements share.

    Areas of one `cluster` rest on the same evidence and are counted once (METHODS 5.7).
    """

    key: str
    label: str
    cluster: str
    phases: tuple[str, ...]
    domain: str
    lead_words: str


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _ends(runs: tuple[str, ...]) -> tuple[int | None, ...]:
    """`201516-201819` ends there; a run without an end lasts to the next one's beginning, the last one until now."""
    return tuple(int(part[7:]) if part[6:7] == "-" else None for part in runs)


def _measure(row: Mapping[str, str], line: int) -> Measure:
    try:
        return Measure(
            key=row["key"], label=row["label"], short=row["short"], area=row["area"], domain=row["domain"],
            theme=row["theme"], phase=row["phase"], source=row["source"], columns=_split(row["columns"]),
            denominator=_split(row["denominator"]), numerator=row["numerator"], unit=cast(Unit, row["unit"]), kind=cast(Kind, row["kind"]),
            polarity=int(row["polarity"]), role=cast(Role, row["role"]), low=_number(row["low"]),
            high=_number(row["high"]), decimals=int(row["decimals"]),
            segments=tuple(int(part[:6]) for part in _split(row["segments"])),
            ends=_ends(_split(row["segments"])), omega0=_number(row["omega0"]),
            tau_floor=_number(row["tau_floor"]), elsewhere=_split(row["elsewhere"]), definition=row["definition"],
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise CatalogueError(f"the row cannot be read ({error})", where=f"measures.csv, line {line}") from error


def _measures() -> dict[str, Measure]:
    found = {row["key"]: _measure(row, line) for line, row in enumerate(_rows("measures.csv"), start=2)}
    for measure in found.values():
        if measure.role == "scored" and (measure.omega0 is None or measure.tau_floor is None or not measure.theme):
            raise CatalogueError("a scored measure needs omega0, tau_floor and a theme", where=measure.key)
        for part in measure.denominator:
            if part.startswith("@") and part[1:] not in found:
                raise CatalogueError(f"the denominator {part} is no measure", where=measure.key)
    return found


def _areas() -> dict[str, Area]:
    return {
        row["key"]: Area(
            row["key"], row["label"], row["cluster"], _split(row["phases"]), row["domain"], row["lead_words"]
        )
        for row in _rows("areas.csv")
    }


MEASURES: Mapping[str, Measure] = MappingProxyType(_measures())
AREAS: Mapping[str, Area] = MappingProxyType(_areas())


def published_in(source: str) -> tuple[Published, ...]:
    """What one source publishes, in catalogue order: its own measures, and those of others that it gives as well."""
    found = []
    for measure in MEASURES.values():
        if measure.source == source:
            found.append(Published(measure, measure.columns, measure.denominator, measure.numerator))
        found += [_elsewhere(measure, said) for said in measure.elsewhere if said.split(":", 1)[0] == source]
    return tuple(found)


def _elsewhere(measure: Measure, said: str) -> Published:
    named, _, denominator = said.split(":", 1)[1].partition("/")
    columns, _, part = named.partition("@")
    return Published(measure, tuple(columns.split(";")), tuple(filter(None, denominator.split(";"))), part=part)


def catalogue_hash() -> str:
    """sha256 over the catalogue's CSV files: part of a publication's identity."""
    digest = hashlib.sha256()
    for path in sorted(HERE.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()

"""The whole computation of a publication: store frames in, published tables out. Published files only; no private row.

Proposals are not here: they are made when asked for, from a publication and what people have offered. No clock: ages are
counted to the newest date that a snapshot file names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Protocol

import pandas as pd

from analytics.facts import circumstances, corrected, lineage
from analytics.facts.panel import Panel, panel
from analytics.findings import early, fitting, recoveries, repeatable, stages
from analytics.findings import tables as put
from analytics.findings.fitting import Progress
from analytics.results import TABLES, Choice, ExpectationCompared, frame
from analytics.scores import finance, inspected, inspection, signals, trust_finance
from analytics.similar import contexts, similarity
from data.catalogue import NotEnoughData


class Inputs(Protocol):
    """What `data.store.read.inputs` gives; see there for columns."""

    @property
    def school(self) -> pd.DataFrame: ...
    @property
    def link(self) -> pd.DataFrame: ...
    @property
    def group(self) -> pd.DataFrame: ...
    @property
    def membership(self) -> pd.DataFrame: ...
    @property
    def group_figure(self) -> pd.DataFrame: ...
    @property
    def measurement(self) -> pd.DataFrame: ...
    @property
    def inspection(self) -> pd.DataFrame: ...
    @property
    def deprivation(self) -> pd.DataFrame: ...
    @property
    def boundary(self) -> pd.DataFrame: ...
    @property
    def source_file(self) -> pd.DataFrame: ...
    @property
    def correction(self) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Parameters:
    """Choices that move results and are part of a publication's identity; the rest are constants of the modules."""

    kinds: bool = True  # whether kinds of school are looked for (they cost most of the time)
    choice: Choice | None = None  # what `analytics.choosing` found; without it k-means alone, and regression everywhere

    def manifest(self) -> dict[str, object]:
        return asdict(self)


def as_at(inputs: Inputs) -> pd.Timestamp:
    """The date the publication describes: the newest date named by a snapshot file, else the end of the last year."""
    dates = pd.to_datetime(inputs.source_file["as_at"]).dropna()
    if len(dates):
        return pd.Timestamp(dates.max())
    periods = inputs.source_file["time_period"].dropna()
    if periods.empty:
        raise NotEnoughData("the store holds no file yet", remedy="Import the register and at least one results file.")
    return pd.Timestamp(year=int(periods.max()) // 100 + 1, month=8, day=31)


def build(inputs: Inputs, parameters: Parameters, *, seed: int, progress: Progress) -> Mapping[str, pd.DataFrame]:
    """Make every published table. Two runs on the same inputs give identical rows.

    Raises NotEnoughData where there is no school register.
    """
    if inputs.school.empty:
        raise NotEnoughData(
            "there is no school register in the store", remedy="Import a GIAS extract (edubasealldata) first."
        )
    date = as_at(inputs)
    progress(0.05, "Joining results to schools")
    whole = panel(inputs.measurement, inputs.school, inputs.link)
    schools = circumstances.school_table(whole, inputs.deprivation)
    progress(0.15, "Finding similar schools")
    found = similarity.similar(schools)
    visits = inspected.aged(inputs.inspection[inputs.inspection["urn"].isin(schools["urn"])], date)
    phase = schools.set_index("urn")["phase"].dropna()
    placed = _placed(visits, schools, found.comparator, phase)
    progress(0.25, "Working out what each intake leads one to expect")
    choice = parameters.choice
    fits = fitting.fits(whole, progress, choice.boosted if choice else ())
    scored = stages.stages(fits, found, stages.selective(schools), placed, seed, progress)
    progress(0.75, "Money")
    money = _money(inputs, whole)
    progress(0.85, "Kinds of school")
    kind = contexts.kinds(schools if parameters.kinds else schools.head(0), choice.kinds if choice else (), seed=seed)
    progress(0.95, "Putting the tables together")
    tables = {
        "school": schools,
        **circumstances.partnership_tables(inputs.group, inputs.membership, schools),
        **put.score_tables(fits, scored, whole),
        "domain_score": put.domain_scores(scored, placed, money["score"], schools, phase),
        **put.needs_and_strengths(scored, signals.practice(placed, phase), (money["score"], money["trust_need"]), fits),
        "value": circumstances.value_table(whole, fits),
        "inspection": visits,
        "inspection_standing": placed[placed["phase"].notna()],
        "finance": money["finance"],
        "trust_finance": money["trust_finance"],
        **_alike(found, kind),
        "national": fitting.national(fits),
        **recoveries.tables(fits),
        "early_signal": early.table(whole, fits, seed=seed),
        **{name: scored[name] for name in ("correlation", "check", "school_check")},
        **repeatable.tables(whole, fits),
        "expectation_compared": frame(choice.expectation if choice else (), ExpectationCompared),
        **_as_published(inputs, whole),
        "about": pd.DataFrame({"as_at": [date.strftime("%Y-%m-%d")], "seed": [seed]}),
    }
    return {name: _shaped(name, table) for name, table in tables.items()}


def _placed(visits: pd.DataFrame, schools: pd.DataFrame, neighbours: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """The inspection that speaks for each school: its signal, its place in its era, and the schools like it beside it."""
    signalled = signals.signals(inspected.due(inspected.latest_graded(visits), schools))
    placed = inspection.beside_similar(inspection.positions(signalled, phase), neighbours, phase)
    return placed.assign(phase=placed["urn"].map(phase))


def _alike(found: similarity.Similar, kind: contexts.Kinds) -> dict[str, pd.DataFrame]:
    """Similar schools and kinds of school."""
    return {
        "comparator": found.comparator,
        "comparator_set": found.comparator_set,
        "similarity_scale": found.scale,
        "context": kind.context,
        "school_context": kind.school_context,
        "kinds_compared": kind.compared,
    }


def _money(inputs: Inputs, whole: Panel) -> dict[str, pd.DataFrame]:
    """Accounts of schools and of trusts of several, each compared with their own kind; trusts' needs stand apart."""
    kind = inputs.group.set_index("uid")["kind"]
    members = inputs.membership[inputs.membership["urn"].isin(whole.schools["urn"])]
    members = members.assign(kind=members["uid"].map(kind)).drop_duplicates(["uid", "urn"])
    several = members[members["kind"].eq("mat")]
    alone = frozenset(int(urn) for urn in members.loc[members["kind"].eq("sat"), "urn"])
    table = finance.yearly(whole.facts, alone)
    trusts = trust_finance.yearly(whole.facts, inputs.group_figure, several)
    trusts = trust_finance.scores(trusts, several, whole.census)
    return {
        "finance": table[table["urn"].isin(whole.schools["urn"])],
        "score": finance.scores(table, whole.schools, whole.census),
        "trust_finance": trusts,
        "trust_need": trust_finance.needs(trusts, several, whole.schools),
    }


def _as_published(inputs: Inputs, whole: Panel) -> dict[str, pd.DataFrame]:
    """What stands beside the figures: outlines, files, corrections, and whose earlier results are joined."""
    return {
        "boundary": inputs.boundary,
        "source": inputs.source_file,
        "correction": corrected.corrected(inputs.correction, inputs.link, inputs.school, whole),
        "origin": lineage.origins(inputs.link, inputs.school, whole.continues),
    }


def _shaped(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The columns of the table's class, sorted, so that two runs give identical rows."""
    if name not in TABLES:
        return table.reset_index(drop=True)
    shaped = table.reindex(columns=[field.name for field in fields(TABLES[name])])
    blank = {field.name: "" for field in fields(TABLES[name]) if field.default == ""}
    shaped = shaped.astype(dict.fromkeys(blank, object)).fillna(blank) if blank else shaped
    keys = [key for key in _SORT if key in shaped.columns]
    return shaped.sort_values(keys, ignore_index=True, kind="stable") if len(shaped) else shaped


_SORT = (
    "phase", "uid", "urn", "comparator_urn", "source_file_id", "measure", "other", "area", "domain", "end", "time_period", "event", "basis",
    "pattern", "fold", "column", "tau", "check",
    "context",
)  # fmt: skip

"""The whole computation of a publication: store frames in, published tables out. Published files only; no private row.

Proposals are not here: they are made when asked for, from a publication and what people have offered. No clock: ages are
counted to the newest date that a snapshot file names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Protocol

import numpy as np
import pandas as pd

from analytics import (
    areas,
    circumstances,
    contexts,
    corrected,
    finance,
    inspection,
    lineage,
    needs,
    outcomes,
    silence,
    similarity,
    strengths,
    years,
)
from analytics.areas import Fit, Stage
from analytics.panel import Panel, measure_panel, panel, scored_measures
from analytics.results import TABLES, NationalFigure
from analytics.standardise import is_true
from data.catalogue import Measure, NotEnoughData

STAGES = ("primary", "secondary", "all_through")
Progress = Callable[[float, str], None]


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
    inspected = inspection.aged(inputs.inspection[inputs.inspection["urn"].isin(schools["urn"])], date)
    graded = inspection.latest_graded(inspected)
    phase = schools.set_index("urn")["phase"].dropna()
    placed = inspection.positions(inspection.signals(graded), phase)
    progress(0.25, "Working out what each intake leads one to expect")
    fits = _fits(whole, progress)
    scored = _stages(fits, found.comparator, _selective(schools), placed, seed, progress)
    progress(0.75, "Money")
    money = finance.yearly(whole.facts)
    finances = finance.scores(money, whole.schools, whole.census)
    progress(0.85, "Kinds of school")
    kind = contexts.kinds(schools, seed=seed) if parameters.kinds else contexts.kinds(schools.head(0), seed=seed)
    progress(0.95, "Putting the tables together")
    tables = {
        "school": schools,
        **circumstances.partnership_tables(inputs.group, inputs.membership, schools),
        **_scores(fits, scored, whole),
        "domain_score": _domains(scored, placed, finances, schools, phase),
        **_needs_and_strengths(scored, inspection.practice(placed, phase), finances, fits),
        "value": circumstances.value_table(whole, fits),
        "inspection": inspected,
        "finance": money[money["urn"].isin(schools["urn"])],
        "comparator": found.comparator,
        "comparator_set": found.comparator_set,
        "similarity_scale": found.scale,
        "context": kind.context,
        "school_context": kind.school_context,
        "context_check": kind.check,
        "national": _national(fits),
        **_as_published(inputs, whole),
        "about": pd.DataFrame({"as_at": [date.strftime("%Y-%m-%d")], "seed": [seed]}),
    }
    return {name: _shaped(name, table) for name, table in tables.items()}


def _as_published(inputs: Inputs, whole: Panel) -> dict[str, pd.DataFrame]:
    """What stands beside the figures: outlines, files, corrections, and whose earlier results are joined."""
    return {
        "boundary": inputs.boundary,
        "source": inputs.source_file,
        "correction": corrected.corrected(inputs.correction, inputs.link, inputs.school, whole),
        "origin": lineage.origins(inputs.link, inputs.school, whole.continues),
    }


def _needs_and_strengths(
    scored: Mapping[str, pd.DataFrame],
    judged: tuple[pd.DataFrame, pd.DataFrame],
    finances: pd.DataFrame,
    fits: Mapping[tuple[str, str, int], Fit],
) -> dict[str, pd.DataFrame]:
    """Results, judgements and money in one list each; judgements stand under the newest year of results."""
    end = int(max((key[2] for key in fits), default=0))
    need, strength = (one.assign(time_period=end) for one in judged)
    return {
        "need": pd.concat([scored["need"], need, _finance_needs(finances)], ignore_index=True),
        "strength": pd.concat([scored["strength"], strength, _finance_strengths(finances)], ignore_index=True),
    }


def _fits(whole: Panel, progress: Progress) -> dict[tuple[str, str, int], Fit]:
    """Every (measure, stratum, end year) that can be fitted."""
    out: dict[tuple[str, str, int], Fit] = {}
    measures = scored_measures()
    for done, measure in enumerate(measures):
        progress(0.25 + 0.3 * done / len(measures), f"Scoring: {measure.label}")
        rows = measure_panel(whole, measure)
        for phase, part in rows.groupby("phase", sort=True):
            full = years.full_years(part["time_period"].tolist())
            part = part[part["time_period"].isin(full)].reset_index(drop=True)
            for end in full:
                fit = _fit(part, measure, str(phase), end)
                if fit is not None:
                    out[(measure.key, str(phase), int(end))] = fit
    return out


def _fit(rows: pd.DataFrame, measure: Measure, phase: str, end: int) -> Fit | None:
    try:
        params = outcomes.fit_national(rows, measure, phase, end)
    except NotEnoughData:
        return None
    yearly = outcomes.residuals(rows[rows["time_period"].isin(params.long_window)], params)
    shown = yearly.assign(d=yearly["d"] / params.spread.tau)[["urn", "time_period", "d", "in_norm", "expected"]]
    return Fit(params, outcomes.score_schools(rows, params), shown)


def _stages(fits: Mapping[tuple[str, str, int], Fit], neighbours: pd.DataFrame, selective: frozenset[int], placed: pd.DataFrame,
            seed: int, progress: Progress) -> dict[str, pd.DataFrame]:  # fmt: skip
    made: dict[str, list[pd.DataFrame]] = {"area": [], "domain": [], "need": [], "strength": []}
    keys = sorted({(phase, end) for _, phase, end in fits})
    for done, (phase, end) in enumerate(keys):
        progress(0.55 + 0.2 * done / len(keys), "Tiers and other reasonable ways")
        stage = Stage(phase, end, _stage_fits(fits, phase, end))
        correlated = areas.stage_correlations(stage)
        own = Stage(
            phase, end, {name: tuple(f for f in found if f.params.phase == phase) for name, found in stage.fits.items()}
        )
        table = areas.area_table(
            Stage(phase, end, {n: f for n, f in own.fits.items() if f}), correlated, neighbours, selective, seed=seed
        )
        table = needs.marked(stage, table, correlated)
        made["area"].append(table)
        made["need"].append(needs.needs(table))
        made["strength"].append(strengths.strengths(table))
        if phase in areas.THEMES:
            made["domain"].append(areas.domain_table(stage, correlated, table, placed, seed=seed))
    return {
        name: pd.concat(tables, ignore_index=True)
        if tables
        else pd.DataFrame(columns=[f.name for f in fields(_ROWS[name])])
        for name, tables in made.items()
    }


_ROWS = {
    "area": TABLES["area_score"],
    "domain": TABLES["domain_score"],
    "need": TABLES["need"],
    "strength": TABLES["strength"],
}


def _stage_fits(fits: Mapping[tuple[str, str, int], Fit], phase: str, end: int) -> dict[str, tuple[Fit, ...]]:
    """The phase's own fits first; attendance of the other strata follows, for schools taught across phases."""
    names = sorted(
        {name for name, stratum, year in fits if year == end and (stratum == phase or name.startswith("absence"))}
    )
    return {
        name: tuple(
            fits[(name, stratum, end)]
            for stratum in (phase, *(s for s in STAGES if s != phase))
            if (name, stratum, end) in fits
        )
        for name in names
    }


def _selective(schools: pd.DataFrame) -> frozenset[int]:
    return frozenset(int(urn) for urn in schools.loc[is_true(schools["selective"]), "urn"])


def _scores(
    fits: Mapping[tuple[str, str, int], Fit], scored: Mapping[str, pd.DataFrame], whole: Panel
) -> dict[str, pd.DataFrame]:
    windows = {(measure, end): fit.params.window for (measure, _, end), fit in sorted(fits.items())}
    missing = silence.withheld(whole.facts, windows)
    rows = [
        fit.scored.assign(
            phase=fit.params.phase, measure=fit.params.measure, time_period=fit.params.end, release=fit.params.release
        )
        for _, fit in sorted(fits.items())
    ]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    if len(table):
        half = 19.6 * table["s"]
        middle = 50 + 10 * table["m"]
        table = table.assign(
            score=middle.clip(0, 100), score_low=(middle - half).clip(0, 100), score_high=(middle + half).clip(0, 100)
        )
    areas_table = silence.counted(scored["area"], missing)
    if len(areas_table):
        areas_table = pd.concat([areas_table, silence.silenced(areas_table, missing, whole.schools)], ignore_index=True)
    return {"measure_score": silence.counted(table, missing), "area_score": areas_table}


def _domains(
    scored: Mapping[str, pd.DataFrame],
    placed: pd.DataFrame,
    finances: pd.DataFrame,
    schools: pd.DataFrame,
    phase: pd.Series,
) -> pd.DataFrame:
    """Outcomes, inspection and finance stand side by side; schools without a score keep a row that says why."""
    seen = placed.assign(
        domain="inspection",
        phase=placed["urn"].map(phase),
        time_period=np.nan,
        coverage=np.nan,
        p_below=np.nan,
        p_above=np.nan,
    )
    money = finances.assign(domain="finance")
    rest = schools[schools["phase"].notna()]
    unseen = rest[~rest["urn"].isin(placed["urn"])].assign(
        domain="inspection", tier="not_known", reasons="no_inspection"
    )
    broke = rest[~rest["urn"].isin(finances["urn"])]
    broke = broke.assign(
        domain="finance",
        tier="not_enough_data",
        reasons=np.where(broke["sector"].eq("academy"), "trust_reserve", "no_reserve"),
    )
    silent = rest[~rest["urn"].isin(scored["domain"]["urn"])]
    silent = silent.assign(domain="outcomes", tier="not_enough_data", reasons=circumstances.why_no_outcomes(silent))
    columns = [field.name for field in fields(TABLES["domain_score"])]
    parts = [
        part.reindex(columns=columns)
        for part in (scored["domain"], seen[seen["phase"].notna()], money, unseen, broke, silent)
    ]
    return pd.concat([part.astype({"reasons": "object"}) for part in parts if len(part)], ignore_index=True)


def _finance_needs(finances: pd.DataFrame) -> pd.DataFrame:
    need = finances[finances["tier"].eq("may_need_support")]
    return need.assign(area="finance", basis="finance", p=need["p_below"], particular=False, scope="school")


def _finance_strengths(finances: pd.DataFrame) -> pd.DataFrame:
    strong = finances[finances["tier"].eq("strength_to_share")]
    return strong.assign(area="finance", basis="finance", p=strong["p_above"], particular=False, years=3)


def _national(fits: Mapping[tuple[str, str, int], Fit]) -> pd.DataFrame:
    rows = [
        NationalFigure(
            p.phase,
            p.measure,
            p.end,
            p.window[0],
            len(p.window),
            p.schools,
            p.mode,
            p.national,
            p.spread.tau,
            float(np.sqrt(p.omega2)),
            p.phi if p.mode != "mean" else 1.0,
            float(np.sqrt(p.phi)) if p.mode == "mean" else None,
            p.r2,
            p.fifth,
        )
        for p in (fit.params for _, fit in sorted(fits.items()))
    ]
    return pd.DataFrame([asdict(row) for row in rows], columns=[field.name for field in fields(NationalFigure)])


def _shaped(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The columns of the table's class, sorted, so that two runs give identical rows."""
    if name not in TABLES:
        return table.reset_index(drop=True)
    shaped = table.reindex(columns=[field.name for field in fields(TABLES[name])])
    keys = [key for key in _SORT if key in shaped.columns]
    return shaped.sort_values(keys, ignore_index=True, kind="stable") if len(shaped) else shaped


_SORT = (
    "phase", "uid", "urn", "comparator_urn", "source_file_id", "measure", "area", "domain", "time_period", "event", "basis",
    "context",
)  # fmt: skip

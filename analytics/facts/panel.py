"""From the store's facts to what the measures are fitted on: one row per school and year, with its circumstances.

Chooses one release per measure and year, joins one-to-one predecessors, and gives each result the census of its own
year, or the nearest one within CENSUS_REACH years where that year's is not loaded. Where the file of a result has no
count of pupils, it is the one that the catalogue names for it, of the same school and year. Fills in nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics import years
from analytics.facts import intake, lineage
from analytics.standardise import is_true
from data.catalogue import MEASURES, Measure

CENSUS_REACH = 3  # years between a result and the census that describes its intake
CENSUS = {
    "census_pupils": "pupils_on_roll",
    "census_fsm6_pct": "fsm6",
    "census_eal_pct": "eal",
    "census_ehcp_pct": "ehcp",
    "census_sen_support_pct": "sen_support",
}
MAINSTREAM = ("primary", "secondary", "all_through")
STATE = ("maintained", "academy")
PRIOR = ("ks4", "ks4_destinations")  # measures of year groups whose prior attainment is published with their results
OPEN = ("open", "open_proposed_to_close")


@dataclass(frozen=True, slots=True)
class Panel:
    """`facts`: all published values, present URNs; `census`: wide, by urn and time_period; `schools`: open ones, by URN."""

    facts: pd.DataFrame
    census: pd.DataFrame
    schools: pd.DataFrame
    predecessor: pd.Series  # present URN -> the one it continues
    continues: pd.Series  # every earlier URN -> the present one


def panel(measurement: pd.DataFrame, school: pd.DataFrame, link: pd.DataFrame) -> Panel:
    """Build the panel from store frames (see data.store.read). Rows of schools that are not open now are left out."""
    present = lineage.predecessors(link, school)
    open_now = school[school["status"].isin(OPEN)].sort_values("urn", ignore_index=True)
    facts = lineage.continued(years.one_release(measurement), present, ["measure", "time_period"])
    facts = _with_pupils(facts[facts["urn"].isin(open_now["urn"])].reset_index(drop=True))
    usable = facts[facts["measure"].isin(CENSUS) & facts["status"].isin(("ok", "low"))]
    census = usable.pivot(index=["urn", "time_period"], columns="measure", values="value").rename(columns=CENSUS)
    census = census.reindex(columns=list(CENSUS.values())).reset_index().rename_axis(columns=None)
    direct = {new: old for old, new in present.items()}
    return Panel(facts, census, _described(open_now), pd.Series(direct, dtype="int64"), present)


def _with_pupils(facts: pd.DataFrame) -> pd.DataFrame:
    """Facts whose blank denominators are the measure named after a later `@` of theirs, of the same school and year.

    Stays blank where that is a mark or missing. A leading `@` is for `measure_panel`: the census may be a near year's.
    """
    named = {key: part[1:] for key, one in MEASURES.items() for part in one.denominator[1:] if part.startswith("@")}
    blank = facts[facts["denominator"].isna() & facts["measure"].isin(list(named))]
    counts = facts[facts["measure"].isin(list(named.values())) & (facts["status"] == "ok")]
    known = counts.assign(measure=counts["measure"].astype(str)).set_index(["urn", "time_period", "measure"])["value"]
    wanted = pd.MultiIndex.from_arrays([blank["urn"], blank["time_period"], blank["measure"].astype(str).map(named)])
    pupils = pd.Series(known.reindex(wanted).to_numpy(), index=blank.index)
    return facts.assign(denominator=facts["denominator"].fillna(pupils))


def _described(schools: pd.DataFrame) -> pd.DataFrame:
    """Adds what does not change from year to year: fold, single-sex, selective, whether it belongs in the norms."""
    trust = "T" + schools["trust_uid"].astype("Int64").astype("string")
    federation = "F" + schools["federation_uid"].astype("Int64").astype("string")
    key = trust.fillna(federation).fillna("U" + schools["urn"].astype("string"))
    return schools.assign(
        fold=intake.fold_of(key),
        single_sex=schools["gender"].isin(("boys", "girls")).astype(float),
        # The register says Selective for a few hundred schools and leaves most others unrecorded.
        selective_known=is_true(schools["selective"]).astype(float),
        mainstream=schools["phase"].isin(MAINSTREAM) & schools["sector"].isin(STATE),
    )


def stage_of(schools: pd.DataFrame, measure: Measure) -> pd.Series:
    """The phase in which each school's figure of this measure is compared; NA where it is not compared at all.

    Key stage 2 results are compared among primaries, key stage 4 among secondaries, wherever they were taught;
    attendance within the school's own phase.
    """
    own = schools["phase"].where(schools["mainstream"])
    return own if measure.phase == "any" else own.where(own.isna(), measure.phase)


def measure_panel(whole: Panel, measure: Measure) -> pd.DataFrame:
    """Rows with a published number for one measure: what `outcomes.fit_national` takes, with `phase` per row."""
    facts = whole.facts
    mine = facts[(facts["measure"] == measure.key) & facts["status"].isin(("ok", "low"))]
    rows = mine[["urn", "time_period", "value", "denominator", "release", "as_predecessor"]].assign(
        start=mine["time_period"] // 100
    )
    keep = ["urn", "phase", "fold", "single_sex", "selective_known", "mainstream"]
    described = whole.schools.assign(phase=stage_of(whole.schools, measure))[keep]
    rows = rows.merge(described, on="urn", how="inner", validate="many_to_one").rename(
        columns={"selective_known": "selective"}
    )
    rows = rows[rows["phase"].notna()]
    rows = with_census(rows, whole.census)
    rows = rows.assign(
        pupils=rows["pupils_on_roll"]
        if measure.denominator[:1] and measure.denominator[0].startswith("@")
        else rows["denominator"]
    )
    rows = rows[rows["pupils"] > 0]
    rows = _with_prior(rows, facts, measure)
    rows = rows.assign(in_norm=rows["mainstream"] & (rows["pupils"] >= years.SMALLEST_COHORT))
    rows = intake.covariates(rows)
    return rows.assign(pattern=intake.patterns(rows)).sort_values(["urn", "time_period"], ignore_index=True)


def with_census(rows: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Rows (urn, `start` = first calendar year) with the census of their year, or the nearest within CENSUS_REACH."""
    right = census[census["fsm6"].notna()].assign(start=census["time_period"] // 100).drop(columns="time_period")
    if right.empty:
        return rows.assign(**{name: float("nan") for name in CENSUS.values()})
    return pd.merge_asof(
        rows.sort_values(["start", "urn"]), right.sort_values(["start", "urn"]), on="start", by="urn",
        direction="nearest", tolerance=CENSUS_REACH,
    )  # fmt: skip


def _with_prior(rows: pd.DataFrame, facts: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    if measure.source not in PRIOR:
        return rows.assign(prior=float("nan"))
    prior = facts.loc[
        (facts["measure"] == "ks4_prior_attainment") & (facts["status"] == "ok"), ["urn", "time_period", "value"]
    ]
    return rows.merge(
        prior.rename(columns={"value": "prior"}), on=["urn", "time_period"], how="left", validate="one_to_one"
    )


def scored_measures() -> tuple[Measure, ...]:
    """The measures that carry a score, in catalogue order."""
    return tuple(measure for measure in MEASURES.values() if measure.role == "scored")

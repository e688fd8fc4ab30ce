"""What `pipeline.py export` writes: published tables laid out for people's own spreadsheets. Joins; computes nothing.

Rows are sorted by their own keys, so two runs on the same files give the same bytes. Scores, needs and proposals are made
for one partnership only: what is derived of named schools is never exported for the country.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, get_args

import pandas as pd

Kind = Literal["scores", "needs", "strengths", "proposals", "measurements", "comparators", "contexts"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOR_A_PARTNERSHIP: tuple[Kind, ...] = ("scores", "needs", "proposals")
PUBLISHED: Mapping[Kind, str] = {
    "needs": "need", "strengths": "strength", "measurements": "value", "comparators": "comparator",
    "contexts": "school_context",
}  # fmt: skip
TITLES: Mapping[Kind, str] = {
    "scores": "Scores by school and area of practice, with the three domains beside them",
    "needs": "Areas in which schools of the partnership may need support",
    "strengths": "Areas in which schools have a strength to share",
    "proposals": "Proposals of support: computed, for people to decide",
    "measurements": "Published figures by school, measure and year, with what intake leads one to expect",
    "comparators": "Similar schools of each school, nearest first",
    "contexts": "Kinds of school: the nearest and second nearest of each school",
}
KEYS = (
    "urn",
    "need_urn",
    "supporter_urn",
    "phase",
    "area",
    "measure",
    "time_period",
    "release",
    "position",
    "comparator_urn",
)
SCENARIOS = ("offers", "could_be_asked")
DOMAINS = ("outcomes", "inspection", "finance")
DOMAIN_COLUMNS = ("score", "score_low", "score_high", "coverage", "tier", "reasons")
MEANINGS: Mapping[str, str] = {
    "scenario": "offers: from days that schools have offered; could_be_asked: if each could spare days, not yet asked",
    "need_urn": "URN of the school that may need support",
    "supporter_urn": "URN of the school that could help; minus the number of the offer where no school gives",
    "fit": "0-1: how well the two schools go together",
    "km": "Kilometres by road, estimated from the straight line",
    "days": "Days a term",
    "reason": "Why, in words",
    "need_basis": "derived: from published figures; stated: by the school itself; both",
    "offer": "Number of the offer whose days it would use",
    "locked": "True: people asked for this pair",
    "remote": "True: no visits, help from afar",
    "minutes": "Minutes of the journey one way, where people entered them",
    "strength": "0-1: how surely the supporting school is strong in the area",
    "similarity": "0-1: how alike the circumstances of the two are",
    "travel": "0-1: less the further they are apart",
    "came_through": "0-1: less where the supporting school clearly did not come through difficulty itself",
    "sureness": "0-1: how sure the evidence is",
    "urn": "Unique reference number of the school",
    "name": "Name of the school in the register",
    "la_name": "Local authority",
    "phase": "Phase in which the school is compared",
    "area": "Area of practice",
    "measure": "Published measure (key of the catalogue)",
    "time_period": "Academic or financial year: 202425 is 2024/25",
    "first_year": "First of the years pooled",
    "years": "Years with data among those pooled",
    "years_withheld": "Years withheld by the publisher (too few pupils)",
    "pupils": "Pupils behind the figure, all pooled years together",
    "value": "Published figure, in the measure's own units (percentages 0-100); empty where there is none",
    "status": "What stands behind the figure: ok, or why there is none",
    "expected": "What the school's intake leads one to expect, same units",
    "difference": "Figure less expected, after allowing for chance; same units",
    "score": "0-100; 50 = typical for phase and context, 10 = one between-school standard deviation",
    "score_low": "Lower end of the range in which it probably lies (19 in 20)",
    "score_high": "Upper end of the range in which it probably lies (19 in 20)",
    "coverage": "Share of the domain that rests on data",
    "tier": "What can be said with enough certainty",
    "reasons": "Reasons, as codes",
    "severity": "0-1: how far and how surely below expectation",
    "p": "How sure, 0-1",
    "release": "provisional, revised or final",
    "as_predecessor": "True: the results of the school's one predecessor",
    "comparator_urn": "URN of a similar school",
    "position": "1 = nearest",
    "distance": "Distance in circumstances, not in kilometres",
    "context": "Number of the kind of school",
    "label": "The kind of school in words",
    "scope": "school; or trust: the accounts of a whole trust, a question to the trust and to no school",
    "uid": "Number of the trust whose accounts are meant, where the scope is trust",
    "source_file_id": "Number of the published file in this store",
}
Reader = Callable[[str], pd.DataFrame]


def exported_table(
    kind: Kind, read: Reader, members: Collection[int] | None, proposals: Callable[[], pd.DataFrame]
) -> pd.DataFrame:
    """The rows of an export. `read` gives a published table by name; `members` limits it to a partnership's schools.

    `proposals` computes the proposals when they are what is wanted.
    """
    if kind == "proposals":
        return _named(proposals(), read("school"))
    table = _scores(read) if kind == "scores" else read(PUBLISHED[kind])
    if members is not None:
        table = table[table["urn"].isin(list(members))]
    names = read("school")[["urn", "name"]]
    if "name" not in table.columns:
        table = table.merge(names, on="urn", how="left", validate="m:1")
        table = table[["urn", "name", *(column for column in table.columns if column not in ("urn", "name"))]]
    table = _sorted(table)
    return _of_trusts(table, read, members) if "uid" in table.columns else table


def _of_trusts(table: pd.DataFrame, read: Reader, members: Collection[int] | None) -> pd.DataFrame:
    """A trust's own need stands at the end under the trust's name, no school's, where the whole trust is asked for."""
    its = table["scope"].eq("trust")
    if not its.any():
        return table
    schools = read("school")
    elsewhere = set() if members is None else set(schools.loc[~schools["urn"].isin(list(members)), "trust_uid"])
    trusts = table[its & ~table["uid"].isin(elsewhere)]
    named = trusts["uid"].map(read("partnership").set_index("uid")["name"])
    nobody = trusts["urn"].astype("Int64").mask(trusts["urn"].notna())
    rest = table[~its].astype({"urn": "Int64"})
    return pd.concat([rest, trusts.assign(urn=nobody, name=named)], ignore_index=True)


def _named(proposed: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Proposals with the names of both schools, the plan from offers before what could be asked."""
    names = schools.set_index("urn")["name"]
    giver = proposed["supporter_urn"].map(names)
    table = proposed.assign(
        need_name=proposed["need_urn"].map(names), supporter_name=giver.fillna(proposed["called"].astype("object"))
    ).drop(columns="called")
    told = zip(table["reason"], table["need_name"], table["supporter_name"], strict=True)
    table["reason"] = [
        str(reason).replace("{need}", str(need)).replace("{supporter}", str(supporter))
        for reason, need, supporter in told
    ]
    first = ["scenario", "need_urn", "need_name", "area", "supporter_urn", "supporter_name"]
    table = table[[*first, *(column for column in table.columns if column not in first)]]
    order = pd.Categorical(table["scenario"], categories=SCENARIOS)
    table = table.assign(_order=order).sort_values(["_order", "need_urn", "area", "supporter_urn"], ignore_index=True)
    return table.drop(columns="_order")


def meanings(columns: Iterable[object]) -> dict[str, str]:
    """What each column of a table means; domain columns say which domain they are of."""
    found = {}
    for column in map(str, columns):
        domain = next((domain for domain in DOMAINS if column.startswith(f"{domain}_")), None)
        plain = MEANINGS.get(column.removeprefix(f"{domain}_") if domain else column, "See How it works")
        found[column] = f"{domain.capitalize()} domain: {plain}" if domain else plain
    return found


UNKNOWN = ("m", "s", "p_below", "p_above", "p_within", "score", "score_low", "score_high")


def _scores(read: Reader) -> pd.DataFrame:
    """Area scores with the three domains beside them, never averaged; a school with domains only keeps a row."""
    table, domains = (read(name).astype({"time_period": "Int64"}) for name in ("area_score", "domain_score"))
    if "years" in table:  # where every figure is withheld, what is known of all schools is nothing of this one
        table = table.assign(**{name: table[name].mask(table["years"].eq(0)) for name in UNKNOWN if name in table})
    for domain in DOMAINS:
        part = domains[domains["domain"] == domain]
        keys = (
            ["urn", "phase", "time_period"]
            if domain == "outcomes" and part["time_period"].notna().any()
            else ["urn", "phase"]
        )
        part = part.sort_values([*keys, "time_period"], na_position="first").drop_duplicates(keys, keep="last")
        part = part[[*keys, *DOMAIN_COLUMNS]].rename(columns={name: f"{domain}_{name}" for name in DOMAIN_COLUMNS})
        table = table.merge(part, on=keys, how="outer", validate="m:1")
    return table


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    keys = [key for key in KEYS if key in table.columns]
    return table.sort_values(keys, kind="stable", ignore_index=True) if keys else table

"""One maintained school's spending per pupil beside the schools that the financial benchmarking tool would set it beside.

Lines of the yearly return (E01 to E32) under the tool's names of categories, as its own code has them
(DFE-Digital/education-benchmarking-and-insights, data-pipeline, `cost_category_map`; direct revenue financing, E30, is in
none). Maintained schools only: academies report other lines, a year apart, and are never mixed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analytics.similar.presets import choosing, fbit, fbit_colours

TEACHING, SUPPORT = "Teaching and Teaching support staff", "Non-educational support staff and services"
SUPPLIES, PREMISES, UTILITIES = "Educational supplies", "Premises staff and services", "Utilities"
CATERING, OTHER = "Catering staff and supplies", "Other costs"
LINES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "finance_e01": (TEACHING, "Teaching staff"), "finance_e02": (TEACHING, "Supply teaching staff"),
        "finance_e03": (TEACHING, "Education support staff"), "finance_e27": (TEACHING, "Educational consultancy"),
        "finance_e26": (TEACHING, "Agency supply teaching staff"),
        "finance_e05": (SUPPORT, "Administrative and clerical staff"), "finance_e07": (SUPPORT, "Other staff"),
        "finance_e28a": (SUPPORT, "Professional services (non-curriculum)"),
        "finance_e19": (SUPPLIES, "Learning resources (not ICT equipment)"), "finance_e21": (SUPPLIES, "Examination fees"),
        "finance_e20": ("Educational ICT", "ICT learning resources"),
        "finance_e14": (PREMISES, "Cleaning and caretaking"), "finance_e12": (PREMISES, "Maintenance of premises"),
        "finance_e18": (PREMISES, "Other occupation costs"), "finance_e04": (PREMISES, "Premises staff"),
        "finance_e15": (UTILITIES, "Water and sewerage"), "finance_e16": (UTILITIES, "Energy"),
        "finance_e22": ("Administrative supplies", "Administrative supplies (non educational)"),
        "finance_e06": (CATERING, "Catering staff"), "finance_e25": (CATERING, "Catering supplies"),
        "finance_e13": (OTHER, "Grounds maintenance"), "finance_e08": (OTHER, "Indirect employee expenses"),
        "finance_e29": (OTHER, "Interest charges for loan and bank"), "finance_e23": (OTHER, "Other insurance premiums"),
        "finance_e28b": (OTHER, "PFI charges"), "finance_e17": (OTHER, "Rent and rates"),
        "finance_e24": (OTHER, "Special facilities"), "finance_e09": (OTHER, "Staff development and training"),
        "finance_e11": (OTHER, "Staff-related insurance"), "finance_e10": (OTHER, "Supply teacher insurance"),
        "finance_e31": (OTHER, "School staff"), "finance_e32": (OTHER, "School costs"),
    }
)  # fmt: skip
TOTAL = "Total"
QUARTERS = (25.0, 75.0)


@dataclass(frozen=True, slots=True)
class Spending:
    """One school and one financial year, pounds per pupil.

    `table`: category, line (or TOTAL), mine, middle, low and high (the middle half), counted (schools that spend on it,
    the school among them), percentile (share of these that spend as much or less), colour (the tool's own word; "" where it
    compares buildings, of which nothing is published). `members`: schools set beside it.
    """

    time_period: int
    members: tuple[int, ...]
    table: pd.DataFrame


def spending(schools: pd.DataFrame, values: pd.DataFrame, urn: int, *, outstanding: bool) -> Spending | None:
    """What one maintained school spends beside its set, in the newest year in which it reported lines; None without any.

    `schools`, `values`: the published tables `school` and `value`. Only schools that reported lines that year stand in the
    set; a line that a school lacks is not counted for it, and a category has a total only where all its lines were
    collected and the school reported each. `outstanding`: the grade by which the tool's table still turns.
    """
    lines = values[values["measure"].isin(list(LINES)) & values["status"].isin(("ok", "low"))]
    mine = lines[lines["urn"] == urn]
    own = schools.loc[schools["urn"] == urn, ["sector", "phase"]]
    if mine.empty or own.empty or own["sector"].iloc[0] != "maintained" or own["phase"].iloc[0] == "special":
        return None
    period = int(mine["time_period"].max())
    rows = _costs(schools, lines[lines["time_period"] == period])
    ready = fbit.prepared(rows.assign(**{fbit_colours.RATING: "Outstanding" if outstanding else ""}))
    sets = fbit.sets(ready, kinds=("Pupil",), urns=[urn])
    listed = tuple(int(one) for one in dict.fromkeys(sets["ComparatorURN"]) if one != urn)
    if not listed:
        return None
    rated = fbit_colours.rag(ready, sets, every="Pupil")
    return Spending(period, listed, _table(ready, rated, urn, [urn, *listed]))


def _costs(schools: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Maintained schools in the tool's layout with pounds per pupil of the return; missing stays missing."""
    rows = choosing.sector_rows(schools, "maintained")
    pupils = lines.groupby("urn")["pupils"].max()
    wide = lines.pivot(index="urn", columns="measure", values="value")
    wide.columns = wide.columns.astype("str")
    each = wide.div(pupils.where(pupils > 0).reindex(wide.index), axis=0).reindex(rows.index)
    added: dict[str, pd.Series] = {}
    for category in fbit_colours.CATEGORIES:
        named = {key: line for key, (of, line) in LINES.items() if of == category}
        added |= {f"{category}_{line}{fbit_colours.UNIT}": each[key] for key, line in named.items() if key in each}
        if len(named) > 1 and set(named) <= set(each.columns):
            added[f"{category}_{TOTAL}{fbit_colours.UNIT}"] = each[list(named)].sum(axis=1, skipna=False)
    reported = rows.index.isin(wide.index)
    return rows.assign(**{fbit.NOT_SUBMITTED: ~reported}, **added)


def _table(rows: pd.DataFrame, rated: pd.DataFrame, urn: int, listed: list[int]) -> pd.DataFrame:
    found = []
    for row in rated.to_dict("records"):
        spent = rows[f"{row['Category']}_{row['SubCategory']}{fbit_colours.UNIT}"]
        mine = spent[urn]
        if pd.isna(mine):
            continue
        beside = spent[listed[1:]]
        counted = np.append(beside[beside > 0].to_numpy(float), mine)
        if mine == 0 and len(counted) == 1:
            continue  # nobody spends on it
        low, high = np.percentile(counted, QUARTERS)
        building = fbit_colours.CATEGORIES[row["Category"]][0] == "Building"
        found.append(
            {
                "category": row["Category"], "line": row["SubCategory"], "mine": mine, "middle": row["Median"], "low": low,
                "high": high, "counted": len(counted), "percentile": row["Percentile"],
                "colour": "" if building else row["RAG"],
            }
        )  # fmt: skip
    columns = ["category", "line", "mine", "middle", "low", "high", "counted", "percentile", "colour"]
    return pd.DataFrame(found, columns=columns)

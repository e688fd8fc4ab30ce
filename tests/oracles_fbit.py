"""The slow, obvious twin of the financial benchmarking tool's sets and ratings: one school at a time, plain Python."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping

import numpy as np
import pandas as pd

NEEDS = "SPLD MLD PMLD SEMH SLCN HI MSI PD ASD OTH".split()
TWO = {"other": "raagggaaar", "other_10": "rragggaarr", "outstanding": "aaagggaaar", "outstanding_10": "aaagggaarr"}
ONE = dict.fromkeys(TWO, "gggaaaaarr")
PUPIL = {
    "Teaching and Teaching support staff": TWO, "Educational supplies": TWO, "Educational ICT": TWO, "Other costs": ONE,
    "Non-educational support staff and services": ONE, "Administrative supplies": ONE, "Catering staff and supplies": ONE,
}  # fmt: skip
BUILDING = {"Premises staff and services": ONE, "Utilities": ONE}


def filled(sector: pd.DataFrame) -> list[dict[str, object]]:
    """Rows by URN with the sector's middle value where a comparator figure is missing."""
    figures = [
        "Number of pupils", "Percentage Free school meals", "Percentage SEN", "Total Internal Floor Area", "Age Average Score",
        *(f"Percentage Primary Need {need}" for need in NEEDS),
    ]  # fmt: skip
    middle = {}
    for name in figures:
        known = [float(value) for value in sector[name] if not math.isnan(value)]
        middle[name] = statistics.median(known) if known else math.nan
    rows = []
    for urn in sorted(sector.index):
        row = {"URN": urn, **sector.loc[urn].to_dict()}
        row |= {name: middle[name] if math.isnan(row[name]) else float(row[name]) for name in figures}
        row["Boarders (name)"] = "Not Boarding" if row["Boarders (name)"] == "Unknown" else row["Boarders (name)"]
        rows.append(row)
    return rows


def _share(group: list[dict], name: str, a: Mapping, b: Mapping) -> float:
    values = [row[name] for row in group]
    if any(math.isnan(value) for value in values):
        return math.nan
    width = max(values) - min(values)
    return 0.0 if width == 0 else (abs(a[name] - b[name]) / width) ** 2


def distance(group: list[dict], kind: str, a: Mapping, b: Mapping) -> float:
    """As the definition writes it, term by term."""

    def share(name: str) -> float:
        return _share(group, name, a, b)

    if kind == "Building":
        return math.sqrt(0.8 * share("Total Internal Floor Area") + 0.2 * share("Age Average Score"))
    pupils, meals = share("Number of pupils"), share("Percentage Free school meals")
    if str(a["SchoolPhaseType"]).lower() == "special":
        return math.sqrt(0.6 * pupils + 0.4 * meals) + math.sqrt(
            sum(share(f"Percentage Primary Need {need}") for need in NEEDS)
        )
    return math.sqrt(0.5 * pupils + 0.4 * meals + 0.1 * share("Percentage SEN"))


def members(rows: list[dict], kind: str, target: Mapping) -> list[int]:
    """The list of one school: itself, private finance and boarding, region, then the rest."""
    present = target["Pupil Comparator Data Present"] and target[f"{kind} Comparator Data Present"]
    if not (target["Financial Data Present"] and not target["Did Not Submit"] and present):
        return []
    group = [row for row in rows if row["SchoolPhaseType"] == target["SchoolPhaseType"]]
    others = [
        row for row in group
        if row["URN"] != target["URN"] and not row["Partial Years Present"] and not row["Did Not Submit"]
        and row[f"{kind} Comparator Data Present"]
    ]  # fmt: skip
    far = {row["URN"]: distance(group, kind, target, row) for row in others}
    base = sorted(others, key=lambda row: (math.isnan(far[row["URN"]]), far[row["URN"]], row["URN"]))[:60]
    chosen = [target["URN"]]
    if target["Is PFI"]:
        chosen += [row["URN"] for row in base if row["Is PFI"]]
    if target["Boarders (name)"] == "Boarding":
        chosen += [row["URN"] for row in base if row["Boarders (name)"] == "Boarding"]
    chosen += [row["URN"] for row in base if row["GOR (name)"] == target["GOR (name)"]]
    if len(chosen) < 30:
        chosen += [row["URN"] for row in base if row["GOR (name)"] != target["GOR (name)"]]
    return chosen[:30] if len(chosen) > 1 else []


def rating(rows: list[dict], kind: str, target: Mapping, listed: list[int], column: str) -> tuple[object, ...]:
    """Colour, percentile, decile, median, difference and percentage difference of one column for one school."""
    by_urn = {row["URN"]: row for row in rows}
    distinct = [by_urn[urn] for urn in dict.fromkeys(listed)]
    mine = target[column]
    values = [row[column] for row in distinct if row is not target and row[column] > 0] + [mine]
    percentile = sum(value <= mine for value in values) / len(values) * 100
    middle = statistics.median(values)
    rules = (
        [("Number of pupils", 0.25, 0), ("Percentage Free school meals", 0.05, 0), ("Percentage SEN", 0.1, 0)]
        if kind == "Pupil" else [("Total Internal Floor Area", 0.1, 0), ("Age Average Score", 1e-9, 20)]
    )  # fmt: skip
    close = sum(all(math.isclose(row[n], target[n], rel_tol=r, abs_tol=t) for n, r, t in rules) for row in distinct)
    key = "outstanding" if str(target["OfstedRating (name)"]).lower() == "outstanding" else "other"
    table = (PUPIL | BUILDING)[column.split("_")[0]][key + ("_10" if close > 10 else "")]
    colour = {"r": "red", "a": "amber", "g": "green"}[table[min(int(percentile / 10), 9)]]
    part = (mine - middle) / middle * 100 if middle and math.isfinite(middle) else 0.0
    return colour, percentile, int(percentile / 10), middle, mine - middle, part


def random_sector(seed: int, schools: int) -> pd.DataFrame:
    """A small sector with everything awkward: ties, tiny groups, no range, missing figures and costs, no pupils."""
    rng = np.random.default_rng(seed)
    few = rng.random() < 0.5  # ties everywhere

    def figure(high: float) -> np.ndarray:
        x = rng.integers(0, 4, schools) * high / 4 if few else rng.uniform(0, high, schools)
        x = np.full(schools, high) if rng.random() < 0.15 else x
        return np.full(schools, np.nan) if rng.random() < 0.05 else np.where(rng.random(schools) < 0.1, np.nan, x)

    names = ["Number of pupils", "Percentage Free school meals", "Percentage SEN", "Total Internal Floor Area"]
    names += ["Age Average Score", *(f"Percentage Primary Need {need}" for need in NEEDS)]
    flags = {"Is PFI": 0.2, "Partial Years Present": 0.1, "Did Not Submit": 0.1, "Financial Data Present": 0.9}
    flags |= {"Pupil Comparator Data Present": 0.9, "Building Comparator Data Present": 0.8}
    columns = {name: figure(400) for name in names} | {name: rng.random(schools) < p for name, p in flags.items()}
    phases = ["Primary", "Special", "SPECIAL", "Post-16"]
    columns |= {
        "SchoolPhaseType": rng.choice(phases, schools, p=[0.7, 0.15, 0.1, 0.05]),
        "GOR (name)": rng.choice(["London", "North West", "South East"], schools),
        "Boarders (name)": rng.choice(["Boarding", "Not Boarding", "Unknown"], schools, p=[0.2, 0.4, 0.4]),
        "OfstedRating (name)": rng.choice(["Outstanding", "OUTSTANDING", "Good", ""], schools),
    }  # fmt: skip
    for category in PUPIL | BUILDING:
        for name in (f"{category}_One part", f"{category}_Total"):
            cost = rng.choice([-50.0, 0.0, 100.0, 200.0, np.nan], schools) if few else rng.normal(300, 200, schools)
            columns[name] = np.where(rng.random(schools) < 0.1, np.nan, cost)
    frame = pd.DataFrame(columns, index=pd.Index(rng.permutation(schools) * 7 + 1000, name="URN"))
    no_pupils = rng.random(schools) < 0.05
    return frame.assign(**{"Number of pupils": frame["Number of pupils"].mask(no_pupils, 0.0)})

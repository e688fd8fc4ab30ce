"""Calibration on England 2015/16 to 2017/18, to look at: `python -m tests.benchmark.calibration REALDATA OUT.html`.

One row of pictures per measure: what two years foresaw against the third, by tenths; where the third year fell within what
was foreseen (level bars are right); what is left after intake by tenths of free school meals; coverage by cohort.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from plotly.subplots import make_subplots
from scipy import special

from analytics.facts import panel
from analytics.scores import outcomes
from analytics.standardise import Z95
from data.catalogue import MEASURES
from tests.benchmark.england import END, LATER, MEASURED, england, third_year

TITLES = (
    "foreseen and seen, by tenths",
    "place within what was foreseen",
    "left after intake, by free meals",
    "95% ranges by cohort",
)
BANDS = (6, 15, 31, 61, 10_000)


def joined(whole: panel.Panel, key: str, phase: str) -> pd.DataFrame:
    """One row per school: m, s and y of two years, d and v of the third (modelling scale), free meals and pupils."""
    measure = MEASURES[key]
    rows = panel.measure_panel(whole, measure)
    rows = rows[rows["phase"] == phase].reset_index(drop=True)
    params = outcomes.fit_national(rows[rows["time_period"] <= END].reset_index(drop=True), measure, phase, END)
    scored = outcomes.score_schools(rows, params)
    later = third_year(rows[rows["time_period"] == LATER].reset_index(drop=True), params)
    both = scored[scored["in_norm"]].merge(
        later[["urn", "d", "v", "fsm6", "pupils"]], on="urn", suffixes=("", "_later"), validate="one_to_one"
    )
    tau = params.spread.tau
    return pd.DataFrame(
        {"m": both["m"] * tau, "s": both["s"] * tau, "d": both["d"], "v": both["v_later"], "fsm6": both["fsm6"], "pupils": both["pupils_later"]}
    )  # fmt: skip


def tenths(by: pd.Series, value: pd.Series) -> pd.DataFrame:
    """Mean of `by` and of `value` with its standard error, by tenths of `by`."""
    cut = pd.qcut(by.rank(method="first"), 10, labels=False)
    grouped = pd.DataFrame({"by": by, "value": value}).groupby(cut)
    return pd.DataFrame(
        {
            "by": grouped["by"].mean(),
            "mean": grouped["value"].mean(),
            "error": grouped["value"].sem(),
            "n": grouped.size(),
        }
    )


def places(found: pd.DataFrame) -> np.ndarray:
    """Share of schools in each tenth of the foreseen distribution of the third year: .1 each where it is right."""
    z = (found["d"] - found["m"]) / np.sqrt(found["s"] ** 2 + found["v"])
    return np.histogram(special.ndtr(z.to_numpy(float)), bins=10, range=(0, 1))[0] / len(z)


def coverage(found: pd.DataFrame) -> pd.DataFrame:
    inside = (found["d"] - found["m"]).abs() <= Z95 * np.sqrt(found["s"] ** 2 + found["v"])
    band = pd.cut(found["pupils"], BANDS, right=False)
    grouped = inside.groupby(band, observed=True)
    return pd.DataFrame({"inside": grouped.mean(), "n": grouped.size()})


def main(realdata: Path, out: Path) -> None:
    """Write the pictures and print the same figures."""
    whole = england(realdata)
    grid = make_subplots(len(MEASURED), 4, subplot_titles=[f"{name}: {title}" for name in MEASURED for title in TITLES])
    for row, (name, (key, phase)) in enumerate(MEASURED.items(), start=1):
        found = joined(whole, key, phase)
        foreseen, meals, place, cover = (
            tenths(found["m"], found["d"]),
            tenths(found["fsm6"], found["d"]),
            places(found),
            coverage(found),
        )
        for column, part in ((1, foreseen), (3, meals)):
            bars = {"type": "data", "array": Z95 * part["error"]}
            grid.add_scatter(x=part["by"], y=part["mean"], error_y=bars, mode="markers", row=row, col=column)
        ends = [foreseen["by"].min(), foreseen["by"].max()]
        grid.add_scatter(x=ends, y=ends, mode="lines", row=row, col=1)
        grid.add_bar(x=np.arange(10) / 10 + 0.05, y=place, row=row, col=2)
        grid.add_bar(x=cover.index.astype(str), y=cover["inside"], row=row, col=4)
        grid.update_yaxes(range=[0.9, 1.0], row=row, col=4)
        with pd.option_context("display.width", 160, "display.precision", 3):
            print(
                f"\n{name}\n{foreseen.to_string()}\nplace {np.round(place, 3)}\n{meals.to_string()}\n{cover.to_string()}"
            )
    grid.update_layout(width=1600, height=340 * len(MEASURED), showlegend=False)
    grid.write_html(out, include_plotlyjs=True, full_html=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

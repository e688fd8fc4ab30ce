"""Adding a measure is one row of the catalogue: the file's column flows to a score with nothing else changed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from analytics.facts.panel import measure_panel, panel
from analytics.scores import outcomes
from data.catalogue import MEASURES, measures
from data.formats.extract import RawFile
from data.formats.peek import peek
from data.sources import recognised
from tests.published_files import KS2_HEADER, csv_file

SCHOOLS, YEARS = 300, (202223, 202324, 202425)
NEW = replace(
    MEASURES["ks2_reading_expected_pct"], key="ks2_arithmetic_expected_pct", label="Arithmetic", short="Arithmetic",
    area="mathematics", columns=("PTARITH_EXP",),
)  # fmt: skip


def _file(year: int, rng: np.random.Generator, theta: np.ndarray) -> bytes:
    rows = []
    for at in range(SCHOOLS):
        reached = rng.binomial(40, np.clip(0.7 + theta[at], 0.05, 0.95))
        rows.append([1, 991, 2000 + at, 900001 + at, "A", 40, *["60%"] * 5, f"{round(100 * reached / 40)}%"])
    rows[0][-1] = "SUPP"
    return csv_file((*KS2_HEADER, "PTARITH_EXP"), rows)


def test_one_row_of_the_catalogue_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "MEASURES", MappingProxyType({**MEASURES, NEW.key: NEW}))
    rng = np.random.default_rng(1)
    theta = rng.normal(0, 0.07, SCHOOLS)
    frames = []
    for year in YEARS:
        name = f"{year // 100}-{year // 100 + 1}_england_ks2final.csv"
        file = RawFile(name, (), _file(year, rng, theta))
        extract = recognised(peek(file)).read(file)
        frames.append(extract.tables["measurement"].assign(time_period=year, release="final", source_file_id=year))
    measurement = pd.concat(frames, ignore_index=True)
    assert (measurement["measure"] == NEW.key).sum() == SCHOOLS * 3
    marked = measurement[(measurement["measure"] == NEW.key) & (measurement["urn"] == 900001)]
    assert marked["status"].tolist() == ["suppressed"] * 3 and marked["value"].isna().all()
    census = pd.DataFrame(
        [
            {"urn": 900001 + at, "measure": key, "time_period": year, "release": "final", "value": value, "status": "ok", "denominator": np.nan,
             "source_file_id": 1}
            for at in range(SCHOOLS) for year in YEARS
            for key, value in (("census_pupils", 280.0), ("census_fsm6_pct", 5.0 + at % 40), ("census_eal_pct", 1.0 + at % 17))
        ]
    )  # fmt: skip
    schools = pd.DataFrame(
        {
            "urn": 900001 + np.arange(SCHOOLS), "status": "open", "phase": "primary", "sector": "maintained", "trust_uid": pd.NA,
            "federation_uid": pd.NA, "gender": "mixed", "selective": pd.NA,
        }
    )  # fmt: skip
    links = pd.DataFrame({"urn": [], "link_urn": [], "link_type": []})
    whole = panel(pd.concat([measurement, census], ignore_index=True), schools, links)
    rows = measure_panel(whole, NEW)
    scored = outcomes.score_schools(rows, outcomes.fit_national(rows, NEW, "primary", 202425))
    assert len(scored) == SCHOOLS - 1 and 900001 not in set(scored["urn"])
    assert np.corrcoef(scored["m"], theta[1:])[0, 1] > 0.8

"""Other weights of the themes on My school: in the link, moved by sliders, answered anew, quiet where nothing can be said."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from analytics import results
from data.store import publish
from data.store.engine import engine, place
from tests.views import drive, region

SCHOOL, NOW = 900001, 202425
WITH = {"school": str(SCHOOL), "partnership": region.TRUST}
Y = {"attendance": 2.0, "disadvantage": -2.5}  # in between-school SDs; the other areas lie where they are expected


@pytest.fixture
def weighable(filled_home: Path) -> None:
    """The made-up region with what a weighing needs: differences before shrinkage, and how far measures go together."""
    tables = region.tables()
    scores = tables["measure_score"]
    area = {row.measure: row.area for row in results.rows(results.AreaScore, tables["area_score"])}
    scores = scores.assign(y=scores["measure"].map(area).map(Y).fillna(0.0), v=0.1)
    mine = scores[(scores["phase"] == "primary") & (scores["time_period"] == NOW)]
    names = sorted(mine["measure"].unique())
    pairs = [results.Correlation("primary", NOW, one, other, 0.2, 0.3) for one, other in combinations(names, 2)]
    assert {"absence_overall_pct", "ks2_rwm_disadvantaged_pct"} <= set(names)
    tables |= {"measure_score": scores, "correlation": results.frame(pairs, results.Correlation)}
    publish.write(engine(place("sample")), "weighable", "2026-12-01T09:00:00", {"inputs": []}, tables)


def shown(at: object) -> str:
    return re.sub(r"\s+", " ", drive.text(at))


@pytest.mark.usefixtures("weighable")
def test_the_link_says_the_weights_and_a_slider_changes_link_and_answer() -> None:
    at = drive.view("my_school", **WITH)
    assert "Themes weighing the same: as expected given intake." in shown(at) and "With your weights" not in shown(at)
    at = drive.view("my_school", **WITH, weights="0-0-0-10")
    assert [at.slider(key=f"weight_{theme}").value for theme in ("disadvantage", "attendance")] == [0, 10]
    assert "With your weights: above expectation." in shown(at)  # attendance alone: 2 / 1.1 = 1.8 SDs above
    at.slider(key="weight_attendance").set_value(0).run()
    assert at.query_params["weights"] in ("0-0-0-0", ["0-0-0-0"])
    assert "there is nothing to weigh" in shown(at)
    at.slider(key="weight_disadvantage").set_value(10).run()
    assert at.query_params["weights"] in ("0-0-10-0", ["0-0-10-0"])
    assert "With your weights: may need support." in shown(at)
    assert not at.exception


@pytest.mark.usefixtures("weighable")
def test_a_link_that_cannot_be_read_weighs_the_same() -> None:
    at = drive.view("my_school", **WITH, weights="9-x-<b>-99")
    assert "The link asks for weights that cannot be read here." in drive.text(at)
    assert "Themes weighing the same" in shown(at) and "With your weights" not in shown(at)


@pytest.mark.usefixtures("weighable")
def test_who_is_not_in_the_partnership_sees_no_answer() -> None:
    at = drive.view("my_school", school=str(SCHOOL), partnership=region.SECOND)
    assert "Weigh it otherwise" not in shown(at)


def test_figures_made_before_it_was_there_have_no_block(filled_home: Path) -> None:
    assert "Weigh it otherwise" not in shown(drive.view("my_school", **WITH))

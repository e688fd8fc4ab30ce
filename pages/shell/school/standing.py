"""Where a school stands beside similar ones, measure by measure; and what the answer is with other weights."""

from __future__ import annotations

import streamlit as st

from analytics.results import MeasureScore
from data.catalogue import MEASURES
from pages.charts.strips import school_strip
from pages.components import measure_tables, measure_words, school_findings, words
from pages.components.figures import measure_value
from pages.components.palette import palette
from pages.components.picture import picture
from pages.shell import cached, weighing_choice
from pages.shell.fair import masks
from pages.shell.school.reading import SchoolPage

READING = (
    "Grey: similar schools. Blue: you, with the range your lasting result probably lies in. The line in the middle is what "
    "your intake leads one to expect; to the right is better. At the right, your published figure."
)


def draw(page: SchoolPage) -> None:
    """The strip with its table, and the weights, for those who may be told; nothing for others."""
    if not page.inside:
        return
    if page.measures:
        _strip(page)
    weighing_choice.draw(page.view.publication_id, page.sc)


def _strip(page: SchoolPage) -> None:
    words.heading(f"You beside {words.count(len(page.similar), 'similar school')}")
    words.paragraph(READING, quiet=True)
    keys = [key for key in MEASURES if any(row.measure == key for row in page.measures)]
    labels = {key: MEASURES[key].short for key in keys}
    values = {row.measure: measure_value(row.measure, row.value) for row in page.measures}
    with st.container(key="strip"):
        picture(
            school_strip(page.measures, _cloud(page), labels, values, palette()),
            school_findings.strip_alt(page.name, list(labels.values()), len(page.similar), page.scores),
            measure_tables.measure_table(page.measures), key="strip", caption=f"{page.name} beside similar schools",
            numeric=("Pupils", "Years"),
        )  # fmt: skip
    if late := measure_words.late_words(page.measures):
        words.paragraph(late, quiet=True)


def _cloud(page: SchoolPage) -> tuple[MeasureScore, ...]:
    """The similar schools' own dots; none where each of so few could be told apart."""
    if len(page.similar) < masks.CLOUD and not page.view.scope.owner:
        return ()
    sc = page.sc
    return cached.rows(
        page.view.publication_id, MeasureScore, urn=page.similar, phase=sc.phase, time_period=sc.time_period
    )

"""Words and rows about supplied, corrected and kept figures, and the choice of the three pictures over the years."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.results import AreaScore, Correction, YearValue, frame, rows
from pages.charts.years import Supplied
from pages.components import correction_words, kept_figures, measure_tables, own_words, year_pictures
from pages.components.figures import measure_value
from pages.components.own_words import OwnFigure
from pages.components.sources import source_words
from pages.components.tables import table_markup

READING, WRITING, ABSENCE = "ks2_reading_expected_pct", "ks2_writing_expected_pct", "absence_overall_pct"


def value(
    measure: str, period: int, number: float | None, status: str = "ok", *, predecessor: bool = False
) -> YearValue:
    return YearValue(900001, measure, period, number, status, 30.0, None, "final", predecessor, 1)


def own(measure: str, period: int, number: float | None, unit: str = "pct", status: str = "ok") -> OwnFigure:
    return OwnFigure(900001, measure, period, measure, None, unit, number, status, 31.0, None)


def test_only_years_without_a_published_figure_are_drawn() -> None:
    published = [
        value(READING, 202223, None, "suppressed"),
        value(READING, 202324, None, "not_available"),
        value(READING, 202425, 70.0),
    ]
    figures = [own(READING, period, 60.0) for period in (202526, 202425, 202324, 202223)]
    found = own_words.drawn([*figures, own(WRITING, 202526, 50.0)], published, READING, "the trust")
    # 2024/25 is published, 2022/23 is withheld by the publisher; 2023/24 has passed by without a figure
    assert found == (
        Supplied(202324, 60.0, "supplied by the trust, not published", 31.0),
        Supplied(202526, 60.0, "supplied by the trust, not yet published", 31.0),
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [("mat", "the trust"), ("federation", "the federation"), ("la", "the authority"), ("own", "the partnership"), (None, "the partnership")],
)  # fmt: skip
def test_who_supplied_it(kind: str | None, words: str) -> None:
    assert own_words.who(kind) == words


def test_a_supplied_value_has_its_unit() -> None:
    said = [
        own("own:phonics", 202526, 79.0), own("own:budget", 202627, -12_400.0, "gbp"), own("own:days", 202526, 2.5, "count"),
        own("own:club", 202526, None, "count", "suppressed"), own("absence_overall_pct", 202526, 5.0),
    ]  # fmt: skip
    assert [one.words for one in said] == ["79%", "−£12k", "2.5", "withheld by the publisher (too few pupils)", "5.0%"]


def test_supplied_rows_come_in_the_catalogues_order_newest_first() -> None:
    figures = [
        own("own:a", 202526, 1.0),
        own(WRITING, 202425, 1.0),
        own(WRITING, 202526, 1.0),
        own(READING, 202425, 1.0),
    ]
    found = own_words.own_figures(frame(figures, OwnFigure))
    assert [(one.measure, one.time_period) for one in found] == [
        (READING, 202425), (WRITING, 202526), (WRITING, 202425), ("own:a", 202526),
    ]  # fmt: skip


def test_kept_figures_are_the_latest_of_each_by_what_they_are_about() -> None:
    table = kept_figures.kept_table(
        [
            value("workforce_teachers_fte", 202324, 41.5),
            value("ks5_alevel_aab_pct", 202324, None, "suppressed"),
            value("ks5_alevel_aab_pct", 202223, 20.0),
            value("finance_income_per_pupil", 202324, 5312.0, predecessor=True),
            value(READING, 202425, 70.0),
        ]
    )
    assert table.values.tolist() == [
        ["Results at 16 to 18", "A level: AAB or better with two facilitating subjects", "withheld by the publisher (too few pupils)", "2023/24"],
        ["Staff", "Teachers (full-time equivalent)", "41.5", "2023/24"],
        ["Money per pupil", "Total income per pupil", "£5,312", "2023/24, as predecessor"],
    ]  # fmt: skip


def test_every_kept_measure_is_about_something() -> None:
    keys = [key for key in kept_figures.MEASURES if kept_figures.is_kept(key)]
    assert {kept_figures.about(key) for key in keys} & {"Other"} == set()


def area(measure: str, name: str, tier: str) -> AreaScore:
    blank = {column: None for column in frame([], AreaScore).columns}
    row = {**blank, "urn": 900001, "measure": measure, "area": name, "tier": tier}
    return rows(AreaScore, pd.DataFrame([row]))[0]


def test_flagged_measures_are_drawn_first_then_those_supplied_and_never_kept_ones() -> None:
    values = [value(key, 202425, 1.0) for key in (READING, WRITING, ABSENCE, "ks2_grammar_expected_pct")]
    values += [value("ks5_alevel_aab_pct", 202425, 20.0), value("ks4_attainment8_gap", 202425, 1.0)]
    scores = [area(READING, "reading", "as_expected"), area(ABSENCE, "attendance", "may_need_support")]

    def chosen(*supplied: str, compared: bool = True) -> list[str]:
        return year_pictures.chosen_measures(scores, values, supplied=supplied, compared=compared)

    assert chosen() == [ABSENCE, READING, WRITING]
    assert chosen("ks2_grammar_expected_pct") == [ABSENCE, "ks2_grammar_expected_pct", READING]
    only_kept = year_pictures.chosen_measures((), values[4:], supplied=(), compared=True)
    assert only_kept == []


def test_figures_of_few_pupils_have_a_range_or_are_called_rough() -> None:
    one = OwnFigure(1, "own:a", 202526, "A", None, "pct", 100.0, "ok", 6.0, None)
    assert one.words == "100% (6 pupils: likely between 54% and 100%)"
    assert OwnFigure(1, ABSENCE, 202526, "A", None, "pct", 5.0, "ok", 9.0, None).words == "5.0% (9 pupils: rough)"
    gone = OwnFigure(1, "own:a", 202526, "A", None, "pct", None, "ok", None, None, "derivable")
    assert gone.words.startswith("not shown: beside the other figures")
    assert own_words.own_table([gone]).iloc[0]["Pupils"] == "not shown"


def test_years_have_their_pupils_and_few_pupils_a_range() -> None:
    rows = [value(READING, 202425, 50.0), YearValue(1, READING, 202324, 50.0, "ok", 8.0, None, "final", False, 1)]
    rows += [YearValue(1, READING, 202223, None, "suppressed", 4.0, None, "final", False, 1)]
    bands = pd.DataFrame({"time_period": [], "low": [], "high": []})
    table = measure_tables.year_table(rows, bands, READING)
    assert table[["This school", "Pupils"]].values.tolist() == [
        ["withheld by the publisher (too few pupils)", ""], ["50% (likely between 16% and 84%)", "8"], ["50%", "30"],
    ]  # fmt: skip


def test_a_correction_in_words() -> None:
    row = Correction(
        900001, READING, 202425, "final", None, "not_available", 79.0, "ok", "wrong cohort!", "https://a.b", False
    )
    said = "Reading: expected standard, 2024/25 final: not published; as published: 79%. Wrong cohort!"
    assert correction_words.correction_line(row) == said
    assert correction_words.lead(1) == "One figure here was corrected:"
    assert correction_words.lead(12) == "12 figures here were corrected:"


def test_money_has_its_pound() -> None:
    assert measure_value("finance_income_per_pupil", 5312.0) == "£5,312"
    assert measure_value(READING, 52.4) == "52%"


def test_grouped_rows_stand_under_their_heading() -> None:
    table = pd.DataFrame({"About": ["A & B", "A & B", "C"], "What": ["x", "y", "z"], "Value": [1, 2, 3]})
    markup = table_markup(table, "Things", numeric=("Value",), by="About")
    assert markup.count("<tbody>") == 2
    assert (
        '<tbody><tr><th scope="rowgroup" class="al-group" colspan="2">A &amp; B</th></tr><tr><th scope="row">x'
        in markup
    )
    assert '<th scope="col">What</th><th scope="col" class="al-num">Value</th>' in markup
    assert ">About<" not in markup


def test_the_source_line_names_the_sources_of_kept_figures() -> None:
    from analytics.results import SourceLine

    def line(source: str, period: int | None = 202425) -> SourceLine:
        return SourceLine(1, source, "x.csv", period, None, "final", 10, 10, 0, 9.0, "ab", "2026-11-21")

    lines = [line("ks4"), line("ks4_destinations", 202526), line("ofsted_mi", None), line("swf", 202324)]
    assert source_words(lines, "secondary", "ofsted", "ks4_destinations", "unheard_of") == (
        "DfE key stage 4 performance tables, Ofsted management information and DfE destinations after key stage 4, 2024/25 final"
    )

"""Files and kinds of file in words: what a person without a shell reads on Data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.formats.extract import Expected
from data.intake import FileReport
from pages.components.correction_table import correction_rows
from pages.reports.columns import HEADINGS, NAMES, dictionary
from pages.shell.files import file_words, filing, kinds

SHARES = {"left_out": 0.1234, "refused": 0.002, "withheld": None, "matched": 0.9, "change": -0.25}


def stored(**changed: Any) -> pd.DataFrame:
    row = {
        "source_file_id": 12, "source": "ks2", "time_period": 201718, "as_at": pd.NaT, "release": "final",
        "scope": "england", "file_name": "ks2final.csv", "received": "2026-11-21T09:30:00+00:00", "rows_read": 1500,
        "rows_kept": 1480, "rows_rejected": 20, "schools_matched": 1400, "state": "live", "url": None, "accepted": None,
        "sha256": "ab", "report": '{"reasons": {"no URN": 20}}',
    }  # fmt: skip
    return pd.DataFrame([row | changed])


def one(**changed: Any) -> Any:
    return next(stored(**changed).itertuples())


def test_a_file_its_state_and_its_rows() -> None:
    assert file_words.named(one()) == "Key stage 2 results 2017/18 (final)"
    register = one(source="gias", time_period=None, as_at=date(2018, 9, 1))
    assert file_words.named(register) == "Register of schools (GIAS) 1 September 2018"
    assert file_words.state_line(one()) == "ks2final.csv, number 12, taken in on 21 November 2026; in use."
    assert file_words.state_line(one(state="undone", url="https://x.example/f.csv")).endswith(
        "2026, fetched from https://x.example/f.csv; taken back."
    )
    assert file_words.rows_line(one()) == "1,500 rows read, 1,480 kept, 20 left out."
    assert file_words.history_rows(stored(state="superseded")).values.tolist() == [
        [
            "12",
            "Key stage 2 results 2017/18 (final)",
            "replaced by a newer file",
            "21\u00a0November\u00a02026",
            "ks2final.csv",
        ]
    ]


def test_reasons_are_counted_over_files() -> None:
    two = pd.concat([stored(), stored(source_file_id=13, report='{"reasons": {"no URN": 3, "twice": 1}}')])
    assert file_words.reason_rows(two).values.tolist() == [
        ["Key stage 2 results", "no URN", 23], ["Key stage 2 results", "twice", 1],
    ]  # fmt: skip
    assert file_words.reasons("{}") == {}


def test_schools_by_phase_in_the_order_of_phases() -> None:
    matched = {"not in the register": 2, "secondary": 1, "primary": 1400, "not known": 3}
    assert file_words.matched_words(matched) == (
        "Its schools: 1,400 primary, 1 secondary, 2 not in the register and 3 of a phase that is not known."
    )
    assert file_words.matched_words(None) == "It names no school."


@pytest.mark.parametrize(("value", "said"), [(0.0, "0%"), (0.002, "0.2%"), (0.1234, "12%"), (1.0, "100%")])
def test_shares(value: float, said: str) -> None:
    assert file_words.share(value) == said


def test_quality_stands_beside_what_is_usual() -> None:
    rows = file_words.quality_rows({"shares": SHARES}, Expected(left_out=0.05, withheld=1.0, matched=0.85, change=0.3))
    assert rows.values.tolist() == [
        ["Rows left out", "12%", "at most 5.0%"],
        ["Cells not read, or out of range", "0.2%", "at most 1.0%"],
        ["Schools found in the register", "90%", "at least 85%"],
        ["Rows beside the one before", "25% fewer", "at most 30% either way"],
    ]
    assert file_words.quality_rows({"shares": {"withheld": 0.5}}, Expected(withheld=1.0)).values.tolist() == [
        ["Values withheld by the publisher", "50%", "any"]
    ]
    assert file_words.quality_rows({}, None).empty  # a file of an older Alongside


def test_changes_and_the_one_before() -> None:
    changes = {"file_name": "old.csv", "differ": 7, "new": 1, "gone": 0, "urns": [100001]}
    assert file_words.change_words({"changes": changes}) == "Takes the place of old.csv: 7 schools differ, 1 new."
    assert file_words.change_words({"changes": None}) == ""
    before = {"time_period": 201617, "as_at": None, "rows_kept": 16000, "schools_matched": 1}
    assert file_words.before_words({"previous": before}) == "The one before was of 2016/17, with 16,000 rows kept."
    assert file_words.before_words({}) == ""


def test_taking_back_is_asked_with_what_follows() -> None:
    assert file_words.undo_question("b.csv", ("a.csv",)) == (
        "If you take back b.csv, a.csv will be in use again. The figures stay as they are until you make them again."
    )
    assert "no other file takes its place" in file_words.undo_question("b.csv", ())
    said = file_words.undone_words("a.csv", ("a.csv", "c.csv"))
    assert said == "a.csv was taken back. In use again: the earlier a.csv and c.csv."
    assert file_words.undone_words("a.csv", ()) == "a.csv was taken back. No other file takes its place."


def test_years_in_runs() -> None:
    assert kinds.years([201819, 201516, 201617, 201718, 202223]) == "2015/16 to 2018/19, 2022/23"
    assert kinds.years([199900, 200001]) == "1999/00 to 2000/01"
    assert kinds.years([]) == ""


def test_kinds_here_and_missing() -> None:
    two = pd.concat(
        [stored(), stored(time_period=201617), stored(source="idaci", time_period=None, as_at=date(2019, 9, 26))]
    )
    assert kinds.here(two).iloc[:, :3].values.tolist() == [
        ["Income deprivation affecting children", "26 September 2019", ""],
        ["Key stage 2 results", "2016/17 to 2017/18", "final"],
    ]
    needed, more = kinds.missing(["gias", "ks2"])
    assert {"ks4", "abs", "census", "links", "ofsted_mi"} <= {source.key for source in needed}
    assert "gias" not in {source.key for source in needed}
    assert {source.key for source in [*needed, *more]}.isdisjoint({"gias_search", "own_figures", "corrections"})
    assert {"aar", "ees_absence"} <= {source.key for source in more}


def test_where_to_get_is_said_for_every_kind() -> None:
    table = kinds.where_to_get([source for part in kinds.missing(()) for source in part])
    assert table["Where to get it"].map(lambda link: link.href.startswith("https://")).all()
    assert (table["Next one due"] != "").all()
    assert kinds.size("ofsted_mi") == "2 to 80\u00a0MB"
    assert kinds.size("links") == "under 50\u00a0MB"
    assert kinds.size("own_figures") == "not known"
    assert kinds.checked("own_figures") == "never"


def report(**changed: Any) -> FileReport:
    about = {"file": "a.csv", "outcome": "previewed", "source": "ks2", "title": "Key stage 2 results"}
    return FileReport(**(about | {"time_period": 201718, "release": "final", "matched": {"primary": 2}} | changed))


def test_reports_say_what_becomes_of_each_file() -> None:
    assert filing.outcome_words(report()) == "can be taken in"
    assert filing.outcome_words(report(findings=("odd",))) == "can be taken in if you say why"
    assert filing.outcome_words(report(outcome="loaded", findings=("odd",))) == "taken in for the reason given"
    assert filing.outcome_words(report(outcome="unchanged")) == "already here"
    odd = report(findings=("half of its rows were left out",), accepted="A small file")
    assert filing.odd_words(odd) == (
        "a.csv does not look as such files usually do: half of its rows were left out. Taken in all the same: A small file"
    )


def test_details_do_not_repeat_what_stands_above() -> None:
    told = report(
        changes="Takes the place of b.csv: no school differs.", findings=("odd",), reasons={"no URN": 3}, notes=("n",)
    )
    assert filing.detail_lines(told) == ["Its schools: 2 primary.", "n", "3 left out: no URN"]
    assert filing.detail_lines(report(outcome="refused", error="no")) == []


def test_a_dictionary_has_a_row_for_each_column() -> None:
    table = pd.DataFrame(columns=["School", "urn", "row", "value"])
    assert dictionary(table, {"value": "The corrected figure"}).values.tolist() == [
        ["School", HEADINGS["School"]], ["urn", "Unique reference number of the school"], ["row", NAMES["row"]],
        ["value", "The corrected figure"],
    ]  # fmt: skip


def test_a_correction_as_a_row() -> None:
    listed = pd.DataFrame(
        [
            (1, "ks2_reading_expected_pct", 201718, "final", float("nan"), "not_available", "r", "https://a.example", 50.0, "ok"),
            (1, "old_key", 201718, "final", 3.5, "ok", "r", "https://a.example", float("nan"), None),
        ],
        columns=["urn", "measure", "time_period", "release", "value", "status", "reason", "link", "published", "published_status"],
    )  # fmt: skip
    rows = correction_rows(listed, {1: "Elm"}.__getitem__)
    assert rows[["School", "Measure", "Year", "As published", "Corrected"]].values.tolist() == [
        ["Elm", "Reading: expected standard", "2017/18 final", "50%", "not published"],
        ["Elm", "old_key", "2017/18 final", "no such figure is published, so nothing is corrected", "3.5"],
    ]

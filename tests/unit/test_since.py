"""What changed between two publications, on a few rows: every kind of change, its file, and why a tier moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from analytics import results
from analytics.since.change import Change, Figure, tallies
from analytics.since.changes import changes, method_changed

A, B, C = 900001, 900002, 900003
MATHS, ABSENT = "ks2_mathematics_expected_pct", "absence_overall_pct"
Tables = dict[str, pd.DataFrame]


def value(urn: int, measure: str, year: int, number: float | None, **more: Any) -> results.YearValue:
    said = {"status": "ok", "pupils": 30.0, "release": "final", "source_file_id": 1, **more}
    return results.YearValue(
        urn, measure, year, number, said["status"], said["pupils"], 60.0, said["release"], False, said["source_file_id"]
    )


def source(number: int, kind: str, name: str, year: int | None, release: str = "final") -> results.SourceLine:
    return results.SourceLine(
        number, kind, name, year, None, release, 3, 3, 0, 3.0, f"sha-{name}", "2026-11-01T09:00:00"
    )


def school(urn: int, name: str, **more: Any) -> dict[str, Any]:
    return {"urn": urn, "name": name, "context_year": 202425, "pupils": 200.0, **more}


def area(urn: int, year: int, tier: str, below: float) -> dict[str, Any]:
    return {"urn": urn, "phase": "primary", "area": "mathematics", "time_period": year, "tier": tier, "p_below": below, "p_above": 0.05}  # fmt: skip


def tables(**given: Any) -> Tables:
    """Every table that is read, empty unless given as rows of its class or as dicts."""
    found = {name: results.frame([], kind) for name, kind in results.TABLES.items()}
    found["member"] = pd.DataFrame(columns=["uid", "urn", "joined"])
    found["source"] = results.frame([source(1, "ks2", "first.csv", 202425)], results.SourceLine)
    for name, rows in given.items():
        if isinstance(rows, pd.DataFrame):
            found[name] = rows
        elif rows and isinstance(rows[0], dict):
            found[name] = pd.DataFrame(rows).reindex(columns=found[name].columns)
        else:
            found[name] = results.frame(rows, results.TABLES[name])
    return found


def found(before: Tables, now: Tables, urns: tuple[int, ...] = (A, B, C), **more: Any) -> tuple[Change, ...]:
    return changes(reader(before), reader(now), urns, **more)


def reader(given: Tables) -> Callable[[str], pd.DataFrame]:
    return given.__getitem__


def test_the_same_publication_twice_has_no_change() -> None:
    one = tables(value=[value(A, MATHS, 202425, 70.0)], school=[school(A, "A")], area_score=[area(A, 202425, "mixed_evidence", 0.7)])  # fmt: skip
    assert found(one, one, method=True) == ()


def test_a_figure_published_again_says_what_it_was_and_by_which_file() -> None:
    files = [source(1, "ks2", "first.csv", 202425), source(9, "ks2", "again.csv", 202425)]
    before = tables(value=[value(A, MATHS, 202425, 70.0), value(B, MATHS, 202425, 60.0)])
    now = tables(
        value=[value(A, MATHS, 202425, 73.0, source_file_id=9), value(B, MATHS, 202425, 60.0, source_file_id=9)],
        source=files[1:],
    )
    (one,) = found(before, now)  # B's figure comes from the new file too, and is what it was
    assert (one.what, one.kind, one.urn, one.time_period) == ("reissued", "results", A, 202425)
    assert one.figures == (Figure(MATHS, 70.0, "ok", 73.0, "ok", 30.0, 30.0),)
    assert one.file is not None and (one.file.source_file_id, one.file.file_name) == (9, "again.csv")


def test_a_figure_that_is_withheld_now_is_no_nought_and_what_it_was_is_not_told_on() -> None:
    before = tables(value=[value(A, MATHS, 202425, 70.0)])
    now = tables(value=[value(A, MATHS, 202425, None, status="suppressed", pupils=None)])
    (one,) = found(before, now)
    assert one.figures == (Figure(MATHS, None, "ok", None, "suppressed"),)


def test_a_new_year_is_one_change_for_each_school_and_an_earlier_one_is_told_apart() -> None:
    files = [source(1, "ks2", "first.csv", 202425), source(2, "ks2", "next.csv", 202526), source(3, "ks2", "old.csv", 202223)]  # fmt: skip
    reading = "ks2_reading_expected_pct"
    old = [value(A, MATHS, 202425, 70.0), value(A, reading, 202425, 71.0)]
    more = [value(urn, one, 202526, 75.0, source_file_id=2) for urn in (A, B) for one in (MATHS, reading)]
    more += [value(A, MATHS, 202223, 66.0, source_file_id=3)]
    got = found(tables(value=old), tables(value=[*old, *more], source=files))
    assert [(one.what, one.urn, one.time_period, one.number) for one in got] == [
        ("new", A, 202526, 2), ("new", B, 202526, 2), ("earlier", A, 202223, 1),
    ]  # fmt: skip
    (new, earlier) = tallies(got)
    assert (new.kind, new.schools, new.urns, [file.file_name for file in new.files]) == ("results", 2, (A, B), ["next.csv"])  # fmt: skip
    assert (earlier.what, earlier.schools) == ("earlier", 1)


def test_a_figure_read_from_a_file_that_was_there_before_is_not_new() -> None:
    before = tables(value=[value(A, MATHS, 202425, 70.0)])
    now = tables(value=[value(A, MATHS, 202425, 70.0), value(A, ABSENT, 202425, 5.0)])
    assert [(one.what, one.kind) for one in found(before, now)] == [("read", "attendance")]


def test_a_firmer_release_says_which_figures_differ() -> None:
    files = [source(1, "ks4", "prov.csv", 202425, "provisional"), source(2, "ks4", "final.csv", 202425)]
    before = tables(
        value=[value(A, "ks4_attainment8", 202425, 44.0, release="provisional"), value(B, "ks4_attainment8", 202425, 50.0, release="provisional")],
        source=files[:1],
    )  # fmt: skip
    now = tables(value=[value(urn, "ks4_attainment8", 202425, number, source_file_id=2) for urn, number in ((A, 44.5), (B, 50.0))], source=files[1:])  # fmt: skip
    first, second = found(before, now)
    assert (first.what, first.was, first.now, first.number) == ("firmer", "provisional", "final", 0)
    assert first.figures[0].was == 44.0 and first.figures[0].now == 44.5
    assert (second.what, second.figures, second.number) == ("firmer", (), 1)


def test_a_correction_is_told_as_one_and_not_as_a_new_issue() -> None:
    row = results.Correction(A, MATHS, 202425, "final", 66.0, "ok", 70.0, "ok", "a pupil was counted twice", "https://x.example", False)  # fmt: skip
    before = tables(value=[value(A, MATHS, 202425, 70.0)])
    now = tables(value=[value(A, MATHS, 202425, 66.0)], correction=[row])
    (one,) = found(before, now)
    assert (one.what, one.note, one.figures[0].was, one.figures[0].now) == ("corrected", row.reason, 70.0, 66.0)
    (back,) = found(now, before)  # taken back: the published figure is there again
    assert (back.what, back.figures[0].was, back.figures[0].now) == ("reissued", 66.0, 70.0)


def test_money_and_the_census_name_the_fresh_file_of_their_year() -> None:
    files = [source(1, "ks2", "first.csv", 202425), source(5, "cfr", "cfr.xlsx", 202425), source(6, "census", "census.csv", 202526)]  # fmt: skip
    money = [{"urn": A, "time_period": 202324, "income": 1e6, "balance": 1e4, "reserve": 5e4, "year_type": "financial"}]
    before = tables(finance=money, school=[school(A, "A")])
    after = [{**money[0], "reserve": 6e4}, {**money[0], "time_period": 202425}]
    now = tables(finance=after, school=[school(A, "A", context_year=202526, pupils=190.0)], source=files)
    got = found(before, now)
    assert [(one.what, one.kind, one.time_period, one.number) for one in got] == [
        ("new", "intake", 202526, 1), ("new", "money", 202425, 3), ("reissued", "money", 202324, 0),
    ]  # fmt: skip
    assert [one.file and one.file.file_name for one in got] == ["census.csv", "cfr.xlsx", None]
    assert got[2].figures == (Figure("finance_revenue_reserve", 5e4, "ok", 6e4, "ok"),)


def test_an_inspection_is_new_once_though_the_one_before_it_has_another_name_now() -> None:
    visit = {"urn": A, "event": "graded", "start_date": pd.Timestamp("2019-03-14"), "overall": 2}
    card = {
        "urn": A,
        "event": "report_card",
        "start_date": pd.Timestamp("2026-05-12"),
        "achievement": "Strong standard",
    }
    before = tables(inspection=[visit])
    now = tables(inspection=[{**visit, "event": "previous_graded"}, card], source=[source(7, "ofsted_mi", "ofsted.csv", None)])  # fmt: skip
    (one,) = found(before, now)
    assert (one.what, one.subject, one.on) == ("inspected", "report_card", date(2026, 5, 12))
    assert one.file is not None and one.file.file_name == "ofsted.csv"
    (other,) = found(before, tables(inspection=[{**visit, "overall": 3}]))
    assert other.what == "inspection_differs"


def test_who_joined_left_opened_closed_and_was_renamed() -> None:
    def member(*urns: int) -> pd.DataFrame:
        return pd.DataFrame(
            [("90001", urn, pd.Timestamp("2026-09-01")) for urn in urns], columns=["uid", "urn", "joined"]
        )

    before = tables(member=member(A, C, 900004), school=[school(A, "Old name"), school(B, "B"), school(C, "C"), school(900004, "D")])  # fmt: skip
    now = tables(member=member(A, B, 900005), school=[school(A, "New name"), school(B, "B"), school(C, "C"), school(900005, "E")])  # fmt: skip
    got = found(before, now, (A, B, 900005), uid="90001")
    assert [(one.what, one.urn) for one in got if one.kind == "schools"] == [
        ("joined", B), ("left", C), ("opened", 900005), ("closed", 900004), ("renamed", A),
    ]  # fmt: skip
    assert next(one.on for one in got if one.what == "joined") == date(2026, 9, 1)


def moved(before: Tables, now: Tables, **more: Any) -> Change:
    return next(one for one in found(before, now, **more) if one.what == "moved")


def test_a_tier_that_moved_says_why() -> None:
    old, new = [area(A, 202425, "may_need_support", 0.801)], [area(A, 202425, "mixed_evidence", 0.799)]
    scores, first = [value(A, MATHS, 202425, 70.0)], tables(value=[value(A, MATHS, 202425, 70.0)], area_score=old)
    others = moved(first, tables(value=scores, area_score=new))
    assert (others.subject, others.was, others.now) == ("mathematics", "may_need_support", "mixed_evidence")
    assert (others.why, others.close) == (("others",), True)  # nothing of its own changed, and 0.801 to 0.799 is little
    own = moved(first, tables(value=[value(A, MATHS, 202425, 73.0)], area_score=[area(A, 202425, "mixed_evidence", 0.6)]))  # fmt: skip
    assert (own.why, own.close) == (("reissued",), False)
    year = moved(first, tables(value=scores, area_score=[*old, area(A, 202526, "mixed_evidence", 0.799)]))
    assert (year.why, year.time_period, year.close) == (("new_year",), 202526, False)
    rule = moved(first, tables(value=scores, area_score=new), method=True)
    assert (rule.why, rule.close) == (("method",), False)


def test_moves_are_left_out_where_they_are_not_wanted() -> None:
    old, new = tables(area_score=[area(A, 202425, "may_need_support", 0.9)]), tables(area_score=[area(A, 202425, "as_expected", 0.2)])  # fmt: skip
    assert found(old, new, tiers=False) == ()
    assert found(old, new, (B,)) == ()


def test_whether_the_method_changed_is_read_from_what_publications_are_made_of() -> None:
    made = {"code": "a", "catalogue": "b", "parameters": {}, "seed": 0, "files": ["x"]}
    assert not method_changed({"made_of": made}, {"made_of": {**made, "files": ["y"]}})
    assert method_changed({"made_of": made}, {"made_of": {**made, "code": "c"}})
    assert method_changed({}, {"made_of": made})

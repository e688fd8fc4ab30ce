"""Intake: folders, zips and gz in; good files load beside refused ones; nothing unsafe is unpacked; raw bytes are kept."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from data import intake
from data.access.scope import everything
from data.catalogue import SourceFormatError, StoreError
from data.formats.extract import RawFile
from data.intake import files
from data.store import read
from data.store.engine import StorePlace, engine, place
from tests.published_files import ks2_rows, register

KS2 = "2023-2024_england_ks2final.csv"
REGISTER = "edubasealldata20240901.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / KS2).write_bytes(ks2_rows({100001: "50", 100002: "SUPP"}))
    (made / REGISTER).write_bytes(register({100001: "Oak Primary School", 100002: "Ash C of E (Aided) Primary School"}))
    return made


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_folder_is_loaded_the_register_first(folder: Path, where: StorePlace) -> None:
    (folder / "notes.txt").write_text("just a note")
    reports = intake.load(everything(), [folder], where)
    assert [(report.file, report.outcome) for report in reports] == [
        (f"in/{KS2}", "loaded"),
        (f"in/{REGISTER}", "loaded"),
        ("in/notes.txt", "not_recognised"),
    ]
    assert reports[0].matched == {"primary": 2}  # although the register stands later in the folder
    assert (reports[0].rows_read, reports[0].kept, reports[0].time_period, reports[0].release) == (
        2,
        2,
        202324,
        "final",
    )
    assert intake.succeeded(reports)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_what_is_not_a_file_is_refused_without_waiting(folder: Path, where: StorePlace) -> None:
    pipe = folder / "pipe.csv"
    os.mkfifo(pipe)
    (report,) = intake.load(everything(), [pipe], where)
    assert (report.outcome, "neither a file nor a folder" in report.sentence) == ("refused", True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_said_by_its_name(folder: Path, where: StorePlace, encoding: str) -> None:
    text = ks2_rows({100001: "50", 100002: "60"}).decode("utf-8-sig")
    (folder / KS2).write_bytes(text.encode(encoding))
    (report,) = intake.load(everything(), [folder / KS2], where)
    assert (report.outcome, report.sentence) == (
        "refused",
        f"{KS2}: the text is UTF-16, which no publisher uses. Save it again as CSV UTF-8.",
    )


def test_a_file_filled_with_nothing_is_not_called_utf_16(folder: Path, where: StorePlace) -> None:
    (folder / KS2).write_bytes(b"LEA,URN\r\n" + b"\0" * 5000)
    (report,) = intake.load(everything(), [folder / KS2], where)
    assert (report.outcome, "neither CSV, workbook nor map" in report.sentence) == ("refused", True)


def test_an_unknown_file_is_told_the_nearest_layout_only(folder: Path, where: StorePlace) -> None:
    lines = (folder / KS2).read_text(encoding="utf-8-sig").splitlines()
    (folder / KS2).write_text("\n".join(line.replace("TELIG", "PUPILS") for line in lines))
    (report,) = intake.load(everything(), [folder / KS2], where)
    assert report.outcome == "refused" and "no known layout" in report.sentence
    assert "Nearest is Key stage 2 results; not found: TELIG." in report.sentence
    assert "Key stage 4" not in report.sentence and len(report.sentence) < 400


def test_raw_bytes_are_kept_as_received(folder: Path, where: StorePlace) -> None:
    intake.load(everything(), [folder / KS2], where)
    row = read.source_files(engine(where)).iloc[0]
    assert row["raw_path"] == f"raw/ks2/202324/{row['sha256']}"
    assert (where.home / row["raw_path"]).read_bytes() == (folder / KS2).read_bytes()


def test_the_same_files_again_change_nothing(folder: Path, where: StorePlace) -> None:
    intake.load(everything(), [folder], where)
    again = intake.load(everything(), [folder], where)
    assert [report.outcome for report in again] == ["unchanged", "unchanged"]
    assert intake.succeeded(again)


def test_without_a_place_the_schools_decide(tmp_path: Path, folder: Path) -> None:
    made = tmp_path / "sample" / KS2
    made.parent.mkdir()
    made.write_bytes(ks2_rows({900001: "50"}))
    assert [report.store for report in intake.load(everything(), [made])] == ["sample"]
    assert [report.store for report in intake.load(everything(), [folder])] == ["own", "own"]
    assert read.inputs(engine(place("sample"))).measurement["urn"].unique().tolist() == [900001]


def test_a_mixed_batch_refuses_the_other_kind(folder: Path, where: StorePlace) -> None:
    (folder / "2022-2023_england_ks2final.csv").write_bytes(ks2_rows({900001: "50"}))
    reports = intake.load(everything(), [folder], where)
    refused = [report for report in reports if report.error]
    assert [report.file for report in refused] == ["in/2022-2023_england_ks2final.csv"]
    assert "never mixed" in str(refused[0].error)
    assert read.inputs(engine(where)).measurement["time_period"].unique().tolist() == [202324]
    assert [path.name for path in (where.home / "raw" / "ks2").iterdir() if any(path.iterdir())] == ["202324"]


def test_zip_and_gz_are_opened(tmp_path: Path, where: StorePlace) -> None:
    archive = tmp_path / "tables.zip"
    archive.write_bytes(zipped({"2023-2024/england_ks2final.csv": ks2_rows({100001: "50"}), "__MACOSX/x": b"x"}))
    packed = tmp_path / "2022-2023_england_ks2final.csv.gz"
    packed.write_bytes(gzip.compress(ks2_rows({100001: "40"}), mtime=0))
    reports = intake.load(everything(), [archive, packed], where)
    assert [(report.file, report.time_period) for report in reports] == [
        ("tables.zip/2023-2024/england_ks2final.csv", 202324),
        ("2022-2023_england_ks2final.csv.gz", 202223),
    ]


def test_bytes_received_load_like_files(where: StorePlace) -> None:
    raw = RawFile("tables.zip", (), zipped({KS2: ks2_rows({100001: "50"})}))
    assert [report.outcome for report in intake.load(everything(), [raw], where)] == ["loaded"]


def test_one_authority_loads_after_the_nation(tmp_path: Path, where: StorePlace) -> None:
    for name, value in (("2023-2024_england_ks2final.csv", "50"), ("850_ks2final.csv", "60")):
        target = tmp_path / "2023-2024" / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(ks2_rows({100001: value}))
    intake.load(everything(), [tmp_path / "2023-2024"], where)
    values = read.inputs(engine(where)).measurement
    assert values.loc[values["measure"] == "ks2_reading_expected_pct", "value"].tolist() == [60.0]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"../../x.csv": b"a"}, "outside its own folder"),
        ({"/etc/x.csv": b"a"}, "outside its own folder"),
        ({"a.csv": b"0" * (60 << 20)}, "hundreds of times"),
    ],
)
def test_an_unsafe_zip_is_refused_whole(
    tmp_path: Path, where: StorePlace, members: dict[str, bytes], words: str
) -> None:
    archive = tmp_path / "bad.zip"
    archive.write_bytes(zipped({**members, KS2: ks2_rows({100001: "50"})}))
    reports = intake.load(everything(), [archive], where)
    assert [report.outcome for report in reports] == ["refused"]
    assert words in str(reports[0].error)


def test_a_gz_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 1 << 20)
    bomb = tmp_path / "x.csv.gz"
    bomb.write_bytes(gzip.compress(b"0" * (40 << 20)))
    with pytest.raises(SourceFormatError, match="larger than 1 MB"):
        files.items([bomb])[0].open()


def test_among_others_what_is_known_and_empty_is_passed_over_and_what_is_nearly_known_is_refused(
    folder: Path, where: StorePlace
) -> None:
    (folder / "ks2_meta.csv").write_bytes(b"Column,Field Name,Label/Description\n1,RECTYPE,Record type\n")
    (folder / "2023-2024_england_abs.csv").write_bytes(b"LA,ESTAB,URN,PERCTOT\n850,2000,100001,5.1\n")
    found = {Path(report.file).name: report for report in intake.load(everything(), [folder], where)}
    told = "this describes the columns of a data file and holds no figures; passed over."
    assert found["ks2_meta.csv"].sentence.endswith(told)
    assert found["2023-2024_england_abs.csv"].outcome == "refused"
    assert "not found: PPERSABS10" in str(found["2023-2024_england_abs.csv"].error)


def test_a_preview_keeps_nothing(folder: Path, where: StorePlace) -> None:
    reports = intake.preview(everything(), [folder])
    assert [(report.outcome, report.rows_read, report.kept) for report in reports] == [("previewed", 2, 2)] * 2
    assert reports[0].matched == {"primary": 2}  # the register beside it was there, for the length of the preview
    assert intake.history(where).empty and read.schools(engine(where)).empty
    assert not list((where.home / "raw").rglob("*.*"))


def test_a_preview_says_what_a_reissue_changes(folder: Path, where: StorePlace, tmp_path: Path) -> None:
    intake.load(everything(), [folder], where)
    again = tmp_path / KS2
    again.write_bytes(ks2_rows({100001: "55", 100002: "SUPP"}))
    told = "Takes the place of 2023-2024_england_ks2final.csv: 1 school differs."
    assert [report.changes for report in intake.preview(everything(), [again], where)] == [told]
    (loaded,) = intake.load(everything(), [again], where)
    assert loaded.changes == told and loaded.details[0] == told
    assert loaded.source_file_id is not None
    assert intake.undo(everything(), where, loaded.source_file_id).restored == (KS2,)


def many(values: list[str], name: str) -> RawFile:
    """A key stage 2 file of as many schools as values."""
    return RawFile(name, (), ks2_rows({100001 + at: value for at, value in enumerate(values)}))


def test_a_file_that_does_not_look_sound_needs_a_reason(where: StorePlace) -> None:
    odd = many(
        ["50"] * 30 + ["SUPP"] * 70, KS2
    )  # 70 of 100 of each of five measures; the count beside them is there: 350 of 600
    (report,) = intake.load(everything(), [odd], where)
    said = "58% of its values are withheld, where at most 40% is usual"
    assert report.outcome == "refused" and report.error is not None
    assert said in report.error and "--accept REASON" in report.error
    assert intake.history(where).empty
    (seen,) = intake.preview(everything(), [odd], where)
    assert (seen.outcome, seen.findings) == ("previewed", (said,))
    (taken,) = intake.load(everything(), [odd], where, accept="small schools only, checked with the sender")
    assert (taken.outcome, taken.accepted) == ("loaded", "small schools only, checked with the sender")
    assert intake.history(where)["accepted"].tolist() == ["small schools only, checked with the sender"]


def test_a_file_much_smaller_than_the_one_before_needs_a_reason(where: StorePlace) -> None:
    intake.load(everything(), [many(["50"] * 100, "2022-2023_england_ks2final.csv")], where)
    (report,) = intake.load(everything(), [many(["50"] * 60, KS2)], where)
    assert "it has 40% fewer rows than the one before, where 30% is the most usual" in str(report.error)


def test_schools_that_no_national_register_knows_need_a_reason(where: StorePlace) -> None:
    intake.load(
        everything(), [RawFile(REGISTER, (), register({100001 + at: f"School {at}" for at in range(60)}))], where
    )
    england = RawFile("edubasealldata20240902.csv", (), two_authorities(60))
    intake.load(everything(), [england], where)
    (report,) = intake.load(everything(), [many(["50"] * 100, KS2)], where)  # 60 of 100 are in the register
    assert "60% of its schools are in the register, where at least" in str(report.error)


def spread(values: list[str], name: str) -> RawFile:
    """A key stage 2 file whose schools have different values, so that two years are told apart."""
    return many([f"{30 + (int(value) * at) % 61}" for at, value in enumerate(values)], name)


def test_one_years_figures_under_another_years_name_need_a_reason(where: StorePlace) -> None:
    intake.load(everything(), [spread(["7"] * 80, "2022-2023_england_ks2final.csv")], where)
    same = RawFile(KS2, (), spread(["7"] * 80, KS2).content + b"\r\n")
    (report,) = intake.load(everything(), [same], where)
    assert "its values are those of 2022/23" in str(report.error)
    (other,) = intake.load(everything(), [spread(["11"] * 80, KS2)], where)
    assert other.outcome == "loaded"


def test_a_reissue_in_which_most_schools_differ_needs_a_reason(where: StorePlace) -> None:
    intake.load(everything(), [spread(["7"] * 80, KS2)], where)
    few = [f"{30 + (7 * at) % 61 + (at < 40)}" for at in range(80)]  # 40 of 80 schools differ: half, which still passes
    assert intake.load(everything(), [many(few, KS2)], where)[0].outcome == "loaded"
    (report,) = intake.load(everything(), [spread(["13"] * 80, KS2)], where)
    assert "of its schools differ from the file whose place it would take" in str(report.error)


def test_percentages_times_a_hundred_or_as_fractions_need_a_reason(where: StorePlace) -> None:
    (report,) = intake.load(everything(), [many([str(4000 + at) for at in range(60)], KS2)], where)
    # the five percentages of each school, beside its count of pupils, which is sound: 5 of 6 cells
    assert "83% of its cells could not be read or are out of range" in str(report.error)
    assert "Most often left out: outside the possible range (0 to 100) (first in row 2, column PTGPS_EXP)" in str(
        report.error
    )
    (report,) = intake.load(everything(), [many([f"0.{40 + at % 50}" for at in range(60)], KS2)], where)
    assert "no percentage of Reading: expected standard is over 1, as if they were fractions" in str(report.error)


def test_one_authoritys_file_named_as_englands_needs_a_reason(where: StorePlace) -> None:
    england = RawFile(REGISTER, (), two_authorities(80))  # 851 but for the first school
    intake.load(everything(), [england], where)
    only = RawFile(KS2, (), ks2_rows({100002 + at: str(40 + at % 50) for at in range(60)}))
    (report,) = intake.load(everything(), [only], where)
    assert "it is named as England's, and all its schools are of the authority 851" in str(report.error)
    extract = RawFile("2023-2024/850_ks2final.csv", ("2023-2024",), only.content)
    (report,) = intake.load(everything(), [RawFile("850_ks2final.csv", ("2023-2024",), extract.content)], where)
    assert "100% of its schools are of other authorities" in str(report.error)


def test_a_file_that_names_no_school_never_goes_to_the_sample(tmp_path: Path) -> None:
    header = b"Group UID,Group Name,Group Type (code),Group Type,Group Status,Open date,Closed Date\n"
    (report,) = intake.load(
        everything(), [RawFile("allgroupsdata20240901.csv", (), header + b"10,Oak Trust,06,MAT,OPEN,01/09/2015,\n")]
    )
    assert (report.outcome, report.store) == ("loaded", "own")


def two_authorities(count: int) -> bytes:
    """A register of England: one authority's alone is an extract, by which nobody can be missing."""
    first = register({100001: "School 0"}, la=850)
    rest = register({100001 + at: f"School {at}" for at in range(1, count)}, la=851)
    return first + rest.split(b"\r\n", 1)[1]


def test_a_figure_is_explained_down_to_its_cell(folder: Path, where: StorePlace, tmp_path: Path) -> None:
    intake.load(everything(), [folder], where)
    again = tmp_path / "in2" / KS2
    again.parent.mkdir()
    again.write_bytes(ks2_rows({100002: "61", 100001: "50.0%"}))
    intake.load(everything(), [again], where)
    told = intake.explanations(where, 100001, "ks2_reading_expected_pct")
    assert [(one.trace.state, one.trace.value, one.trace.row, one.trace.column, one.cell) for one in told] == [
        ("live", 50.0, 3, "PTREAD_EXP", "50.0%"), ("superseded", 50.0, 2, "PTREAD_EXP", "50"),
    ]  # fmt: skip
    (first,) = intake.explanations(where, 100002, "ks2_reading_expected_pct", 202324)[1:]
    assert (first.trace.value, first.trace.status, first.trace.mark, first.cell) == (None, "suppressed", "SUPP", "SUPP")
    with pytest.raises(StoreError, match=r"no measure has the key ks2_reading\. Did you mean ks2_reading_expected_pct"):
        intake.explanations(where, 100001, "ks2_reading")
    with pytest.raises(StoreError, match="URN 100009, which the register does not list"):
        intake.explanations(where, 100009, "ks2_reading_expected_pct")


def test_pasted_lines_find_schools(folder: Path, where: StorePlace) -> None:
    intake.load(everything(), [folder / REGISTER], where)
    text = '100001\n"ash c of e aided primary"\nPrimary\noak, Petersfield\n\nNo Such Place\n850/2000'
    found = intake.find_schools(engine(where), text)
    urns = [None if pd.isna(urn) else int(urn) for urn in found["urn"]]
    assert list(zip(found["line"], found["found"], urns, strict=True)) == [
        (1, "one", 100001),
        (2, "one", 100002),
        (3, "none", None),  # a word that nearly every name has says nothing
        (4, "one", 100001),
        (6, "none", None),
        (7, "several", 100001),
        (7, "several", 100002),
    ]


def test_a_partnership_of_unknown_schools_is_refused(folder: Path, where: StorePlace) -> None:
    intake.load(everything(), [folder / REGISTER], where)
    with pytest.raises(StoreError, match="no school with URN 100009"):
        intake.save_partnership(everything(), where, "Ours", [100001, 100009])
    with pytest.raises(StoreError, match="needs a name"):
        intake.save_partnership(everything(), where, "  ", [100001])


def test_a_killed_load_leaves_a_stray_raw_file_and_the_store_as_before(
    folder: Path, where: StorePlace, store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("data.store.load._report", killed)
    with pytest.raises(KeyboardInterrupt):
        intake.load(everything(), [folder / KS2], where)
    monkeypatch.undo()
    monkeypatch.setenv("ALONGSIDE_HOME", str(where.home.parent))
    assert read.source_files(store).empty
    assert [report.outcome for report in intake.load(everything(), [folder / KS2], where)] == ["loaded"]

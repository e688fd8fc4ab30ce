"""The sample's files: same bytes, the publishers' headers, the suppression rule, the re-issue, and no real name."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from data.sample import SampleFiles, generate
from data.sample.effects import ROOT, SHOCK_ROOT
from data.sample.places import AUTHORITIES
from data.sample.planted import PLANTED
from data.sample.truth import GROUPS, TRUSTS, TRUTH
from tests.shared import SHARED, needs_shared

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    began = time.process_time()
    made = generate(tmp_path_factory.mktemp("sample"))
    print(f"sample generated in {time.process_time() - began:.1f} s of CPU")
    return made


def rows(path: Path, encoding: str = "utf-8-sig") -> Rows:
    with path.open(encoding=encoding, newline="") as handle:
        return list(csv.DictReader(handle))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_same_seed_same_bytes(files: SampleFiles, tmp_path: Path) -> None:
    again = generate(tmp_path)
    assert digests(again.first) == digests(files.first)
    assert digests(again.reissue) == digests(files.reissue)


def test_another_processor_makes_the_same_bytes(files: SampleFiles, tmp_path: Path) -> None:
    """NumPy's linear algebra has a way of its own for each kind of processor; OpenBLAS takes the one that is named."""
    folder = Path(__file__).parents[2]
    for kind in ("Sandybridge", "Haswell"):
        made = "import sys, pathlib, data.sample; data.sample.generate(pathlib.Path(sys.argv[1]))"
        known = {**os.environ, "OPENBLAS_CORETYPE": kind}
        subprocess.run([sys.executable, "-c", made, str(tmp_path / kind)], cwd=folder, env=known, check=True)
        for part in ("first", "reissue"):
            assert digests(tmp_path / kind / part) == digests(getattr(files, part)), kind


def test_the_roots_are_of_the_covariances_that_are_said() -> None:
    spread, every = np.array([7.2, 7.7, 7.8, 7.6]), np.eye(4)
    assert np.allclose(ROOT @ ROOT.T, np.outer(spread, spread) * (0.9 + 0.1 * every), atol=1e-9)
    assert np.allclose(SHOCK_ROOT @ SHOCK_ROOT.T, 4.2**2 * (0.55 + 0.45 * every), atol=1e-9)


def test_another_seed_is_another_region(files: SampleFiles, tmp_path: Path) -> None:
    other = digests(generate(tmp_path, seed=7).first)
    same = {name for name, digest in digests(files.first).items() if other[name] == digest}
    assert same == set()


@pytest.mark.parametrize(
    ("name", "header", "encoding"),
    [
        ("2015-2016_england_ks2final.csv", "ks2_2016-17_290.txt", "utf-8-sig"),
        ("2017-2018_england_ks2final.csv", "ks2_2017-18_326.txt", "utf-8-sig"),
        ("2018-2019_england_ks2final.csv", "ks2_2018-19_318.txt", "utf-8-sig"),
        ("2016-2017_england_ks4final.csv", "ks4_2016-17_final_416.txt", "utf-8-sig"),
        ("2017-2018_england_ks4final.csv", "ks4_2017-18_revised_496.txt", "utf-8-sig"),
        ("2018-2019_england_ks4final.csv", "ks4_2018-19_final_from_meta_505.txt", "utf-8-sig"),
        ("2022-2023_england_ks4final.csv", "ks4_2022-23_from_meta_515.txt", "utf-8-sig"),
        ("2018-2019_england_census.csv", "census_2018-19_22.txt", "utf-8-sig"),
        ("2022-2023_england_census.csv", "census_2022-23_23.txt", "utf-8-sig"),
        ("2024-2025_england_census.csv", "census_2024-25_23.txt", "utf-8-sig"),
        ("2022-2023_england_abs.csv", "abs_5.txt", "utf-8-sig"),
        ("2017-2018_england_ks4-pupdest.csv", "ks4_pupdest_2022-23_82.txt", "utf-8-sig"),
        ("2024-2025_england_ks4-pupdest.csv", "ks4_pupdest_2024-25_82.txt", "utf-8-sig"),
        ("2015-2016_england_ks5final.csv", "ks5_2015-16_73.txt", "utf-8-sig"),
        ("2018-2019_england_ks5final.csv", "ks5_2016-17_212.txt", "utf-8-sig"),
        ("2022-2023_england_ks5final.csv", "ks5_2022-23_530.txt", "utf-8-sig"),
        ("2024-2025_england_ks5revised.csv", "ks5_2023-24_585.txt", "utf-8-sig"),
        ("2024-2025_england_swf.csv", "swf_2020-21_12.txt", "utf-8-sig"),
        ("edubasealldata20261101.csv", "gias_edubasealldata_140.txt", "cp1252"),
        ("links_edubasealldata20261101.csv", "gias_links_5.txt", "cp1252"),
        ("allgroupsdata20261101.csv", "gias_groups_21.txt", "cp1252"),
        ("grouplinks_edubaseallacademiesandfree20261101.csv", "gias_grouplinks_21.txt", "cp1252"),
    ],
)
@needs_shared
def test_headers_equal_the_published_lists(files: SampleFiles, name: str, header: str, encoding: str) -> None:
    assert SHARED is not None
    wanted = [n for n in (SHARED / "formats/headers" / header).read_text(encoding="utf-8").split("\n") if n]
    with (files.first / name).open(encoding=encoding, newline="") as handle:
        assert next(csv.reader(handle)) == wanted


def test_late_key_stage_2_headers_follow_the_known_renames(files: SampleFiles) -> None:
    names = list(rows(files.first / "2024-2025_england_ks2final.csv")[0])
    assert len(names) == 317
    assert "CONFEXAM" not in names and "TNotFSM6CLA1A" not in names
    assert {"TNOTFSM6CLA1A", "PTRWM_EXP_24", "PTRWM_EXP_23", "PTRWM_EXP_NotFSM6CLA1A"} <= set(names)


def test_region_has_fifteen_hundred_open_schools_in_six_authorities(files: SampleFiles) -> None:
    register = rows(files.first / "edubasealldata20261101.csv", "cp1252")
    opened = [row for row in register if row["EstablishmentStatus (name)"] == "Open"]
    counts = {a.code: sum(row["LA (code)"] == str(a.code) for row in opened) for a in AUTHORITIES}
    assert counts == {991: 330, 992: 210, 993: 310, 994: 280, 995: 190, 996: 180}
    assert all(900001 <= int(row["URN"]) <= 999999 for row in register)
    assert len({row["URN"] for row in register}) == len(register)
    assert all(row["Postcode"].startswith("ZZ") for row in register)
    assert all(row["TelephoneNum"].startswith("01632960") for row in opened)
    assert all(row["SchoolWebsite"].endswith(".example") for row in opened)
    assert not any(row["HeadLastName"] or row["HeadFirstName"] for row in register)
    assert sum(row["AdmissionsPolicy (name)"] == "Selective" for row in opened) == 14


def test_five_pupils_or_fewer_are_withheld_and_only_they(files: SampleFiles) -> None:
    for row in rows(files.first / "2023-2024_england_ks2final.csv"):
        if row["RECTYPE"] in ("1", "2"):
            assert (row["PTMAT_EXP"] == "SUPP") == (int(row["TELIG"]) <= 5), row["URN"]
            poor = int(row["TFSM6CLA1A"])
            wanted = "NE" if poor == 0 else "SUPP" if poor <= 5 else None
            shown = row["PTRWM_EXP_FSM6CLA1A"]
            assert shown == wanted if wanted else shown.endswith("%")


def test_percentages_are_so_many_of_so_many_pupils(files: SampleFiles) -> None:
    for row in rows(files.first / "2024-2025_england_ks2final.csv")[:400]:
        if row["PTREAD_EXP"] != "SUPP":
            size, shown = int(row["TELIG"]), int(row["PTREAD_EXP"].rstrip("%"))
            assert min(abs(100 * k / size - shown) for k in range(size + 1)) <= 0.5 + 1e-6


def test_reissue_differs_in_exactly_seven_schools(files: SampleFiles) -> None:
    name = "2024-2025_england_ks2final.csv"
    assert [path.name for path in files.reissue.iterdir()] == [name]
    first, again = rows(files.first / name), rows(files.reissue / name)
    changed = [a["URN"] for a, b in zip(first, again, strict=True) if a != b and a["RECTYPE"] in ("1", "2")]
    assert changed == [str(urn) for urn in files.reissued_urns]
    assert len(changed) == 7
    ours = [int(urn) for urn in changed if 900001 <= int(urn) <= 900025]
    assert len(ours) == 1 and not next(
        one.words for one in PLANTED if one.urn == ours[0]
    )  # what changed is alive where a newcomer looks first


def test_progress_marks_of_each_kind_occur(files: SampleFiles) -> None:
    seen = {row["READPROG"] for row in rows(files.first / "2018-2019_england_ks2final.csv")}
    assert {"SUPP", "LOWCOV", "NA", " ", ""} <= seen
    assert {row["READPROG"] for row in rows(files.first / "2023-2024_england_ks2final.csv")} == {""}


def test_independents_have_marks_or_false_zeros_in_the_census(files: SampleFiles) -> None:
    def private(year: str) -> Rows:
        return [r for r in rows(files.first / f"{year}_england_census.csv") if r["SCHOOLTYPE"] == "Independent school"]

    assert {row["PNUMFSMEVER"] for row in private("2018-2019")} == {"NA"}
    assert {(row["PNUMEAL"], row["PNUMFSMEVER"]) for row in private("2020-2021")} == {("0%", "")}
    assert {(row["NUMFSMEVER"], row["PNUMFSMEVER"]) for row in private("2024-2025")} == {("NA", "0.00%")}


def test_results_before_conversion_stand_under_the_old_number(files: SampleFiles) -> None:
    def found(year: str) -> set[str]:
        return {row["URN"] for row in rows(files.first / f"{year}_england_ks2final.csv")}

    assert "950001" in found("2016-2017") and "900009" not in found("2016-2017")  # Farrowby, January 2018
    assert "900009" in found("2018-2019") and "950001" not in found("2018-2019")
    brennor = {str(urn) for urn in TRUSTS["brennor_council_trust"].urns}
    assert not brennor & found("2024-2025")


def test_federation_reports_once_under_its_lead(files: SampleFiles) -> None:
    sheet = load_workbook(files.first / "CFR_2022-23_Full_Data_Workbook.xlsx", read_only=True)["CFR_Data"]
    lines = [[*line, *[None] * (125 - len(line))] for line in sheet.iter_rows(values_only=True)]
    at = {name: place for place, name in enumerate(lines[0])}
    union = {line[at["URN"]]: line for line in lines[1:] if line[at["Federation"]] == "Yes"}
    lead, other = TRUSTS["harrowfen_federation"].urns
    assert set(union) == {lead, other}
    income = at["Total Income   I01 to I18"]
    assert union[lead][income] > 500_000 and union[other][income] is None
    assert union[lead][at["No Pupils"]] > 110  # both schools' pupils


def test_old_workbooks_have_lines_above_the_header(files: SampleFiles) -> None:
    sheet = load_workbook(files.first / "CFR_2020-21_Full_Data_Workbook.xlsx", read_only=True)["CFR Data"]
    lines = list(sheet.iter_rows(values_only=True, max_row=3))
    assert "URN" not in lines[0] and lines[2][5] == "URN" and lines[2][18] == "Revenue Reserve: B01 + B02 + B06"


def test_inspection_spread_of_the_default_trust(files: SampleFiles) -> None:
    name = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_August_2025.csv"
    mine = [row for row in rows(files.first / name, "cp1252") if row["Multi-academy trust UID"] == "90001"]
    assert len(mine) == 25
    assert sum(row["Overall effectiveness"] == "Not judged" for row in mine) == 7
    winterfold = next(row for row in mine if row["School name"] == "Winterfold Primary Academy")
    assert (winterfold["Overall effectiveness"], winterfold["Inspection start date"]) == ("1", "12/06/2013")
    same = "Does the latest graded inspection relate to the URN of the current school?"
    assert winterfold[same] == "No" and sum(row[same] == "No" for row in mine) == 3
    farrowby = next(row for row in mine if row["School name"] == "Farrowby Academy")
    assert (farrowby["Overall effectiveness"], farrowby["Previous graded inspection overall effectiveness"]) == (
        "2",
        "3",
    )


def test_coast_is_away_more_often(files: SampleFiles) -> None:
    for year in ("2022-2023", "2023-2024", "2024-2025"):
        table = rows(files.first / f"{year}_england_abs.csv")
        away = [float(r["PPERSABS10"]) for r in table if r["LA"] == "993" and r["PPERSABS10"] != "SUPP"]
        assert 28 <= sum(away) / len(away) <= 35


def _real_names(folder: Path) -> tuple[set[str], set[str]]:
    """Names of real schools and groups, and of real places, in lower case."""
    names: set[str] = set()
    places: set[str] = set()
    for file in ("england_2018/edubasealldata20180901.csv", "gias/20220419_gias_search_download_LA850.csv"):
        for row in rows(folder / file, "cp1252"):
            names.add(row["EstablishmentName"])
            places.update(row[key] or "" for key in ("Town", "Locality", "Address3", "LA (name)"))
    for file, key in (
        ("gias/allgroupsdata20221026.csv", "Group Name"),
        ("gias/links_edubasealldata20250422.csv", "LinkName"),
        ("gias/grouplinks_edubaseallacademiesandfree20221026.csv", "EstablishmentName"),
    ):
        names.update(row[key] for row in rows(folder / file, "cp1252"))
    return {name.lower() for name in names}, {place.lower() for place in places}


@pytest.fixture(scope="module")
def real() -> Iterator[tuple[set[str], set[str]]]:
    assert SHARED is not None
    yield _real_names(SHARED / "realdata")


@needs_shared
def test_no_name_occurs_in_the_real_register(files: SampleFiles, real: tuple[set[str], set[str]]) -> None:
    names, places = real
    register = rows(files.first / "edubasealldata20261101.csv", "cp1252")
    groups = rows(files.first / "allgroupsdata20261101.csv", "cp1252")
    mine = {row["EstablishmentName"].lower() for row in register} | {row["Group Name"].lower() for row in groups}
    assert not mine & names
    assert not {row["Town"].lower() for row in register} & places
    assert not {row["LA (name)"].lower() for row in register} & places
    first_words = {place.split()[0] for place in names if place} | places
    own = {name.split()[0] for name in mine} - {"st", "great", "little", "lower", "upper", "over", "long", "nether"}
    assert own & first_words == {"winterfold"}  # SAMPLE.md names it; a Winterfold House School existed


def test_planted_groups_and_sizes() -> None:
    sizes = {group.role: len(group.urns) for group in GROUPS}
    assert sizes["chilver_vale"] == 25 and sizes["kelderby_partnership"] == 14 and sizes["copperley"] == 17
    assert sizes["saltings_cooperative"] == 9 and sizes["brennor_council_trust"] == 6 and sizes["marlcombe"] == 31
    assert sizes["wexmoor_diocesan"] == 13 and sizes["tidewell"] == 11 and sizes["hartsmoor"] == 12
    kinds = [school.kind for school in TRUTH.values() if school.role == "chilver_vale"]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "grammar": 1, "infant": 3, "junior": 2, "primary": 14, "secondary": 4, "special": 1,
    }  # fmt: skip


def test_destinations_are_counts_of_their_cohort(files: SampleFiles) -> None:
    found = [r for r in rows(files.first / "2024-2025_england_ks4-pupdest.csv") if r["RECTYPE"] in ("1", "2")]
    assert len(found) == 197 and rows(files.first / "2024-2025_england_ks4-pupdest.csv")[-1]["RECTYPE"] == "NAT"
    for row in found:
        if row["OVERALL_DESTPER"] == "SUPP":
            assert int(row["COHORT"]) <= 5
            continue
        parts = [int(row[name].rstrip("%")) for name in ("OVERALL_DESTPER", "NOT_SUSTAINEDPER", "UNKNOWNPER")]
        assert abs(sum(parts) - 100) <= 1, row["URN"]
        routes = [int(row[name].rstrip("%")) for name in ("EDUCATIONPER", "APPRENPER", "EMPLOYMENTPER")]
        assert abs(sum(routes) - parts[0]) <= 2, row["URN"]


def test_sixth_forms_are_those_of_the_register(files: SampleFiles) -> None:
    register = rows(files.first / "edubasealldata20261101.csv", "cp1252")
    older = {row["URN"] for row in register if row["OfficialSixthForm (name)"] == "Has a sixth form"}
    listed = [row for row in rows(files.first / "2024-2025_england_ks5revised.csv") if row["RECTYPE"] == "1"]
    colleges = {row["URN"] for row in register if row["PhaseOfEducation (name)"] == "16 plus"}
    assert {row["URN"] for row in listed} <= older | colleges and len(listed) == 63
    assert {row["URN"] for row in listed} & colleges
    for row in listed:
        if row["VA_INS_ALEV"] not in ("NE", "LOWCOV"):
            assert float(row["LCI_INS_ALEV"]) < float(row["VA_INS_ALEV"]) < float(row["UCI_INS_ALEV"])
    empty = rows(files.first / "2022-2023_england_ks5final.csv")
    assert "VA_INS_ALEV" not in empty[0]  # no key stage 4 tests two years before


def test_severe_absence_is_among_persistent_absence_and_agrees_with_the_tables(files: SampleFiles) -> None:
    tidy = {row["school_urn"]: row for row in rows(files.first / "1a_absence_3term_school_202425.csv", "utf-8")}
    tables = {row["URN"]: row for row in rows(files.first / "2024-2025_england_abs.csv") if row["URN"]}
    assert tidy.keys() == tables.keys()
    for urn, row in tidy.items():
        assert row["sess_overall_percent"] == tables[urn]["PERCTOT"]
        assert row["enrolments_pa_10_exact_percent"] == tables[urn]["PPERSABS10"]
        severe = row["enrolments_pa_50_exact_percent"]
        assert severe == "c" or float(severe) <= float(row["enrolments_pa_10_exact_percent"]) + 0.05


def test_entries_in_subjects_are_shares_of_the_year_group(files: SampleFiles) -> None:
    for row in rows(files.first / "2024-2025_england_ks4revised.csv"):
        shown = [row[name] for name in ("PTEBACLAN_E_PTQ_EE", "PTmultiLan_E", "PTtripleSci_E")]
        if row["RECTYPE"] == "1" and row["NFTYPE"] != "IND" and row["ATT8SCR"] != "SUPP":
            language, several, three = (float(cell.rstrip("%")) for cell in shown)
            assert several <= language <= 100 and 0 <= three <= 100
    late = rows(files.first / "2025-2026_england_ks4provisional.csv")
    assert {row["PTtripleSci_E"] for row in late if row["RECTYPE"] == "1"} == {"NA"}

"""Lines of spending of the finance workbook: each by its code, in pounds, with the return's own pupils; absent ones are no rows."""

from __future__ import annotations

import csv
import io

from data.catalogue import MEASURES
from data.formats.extract import RawFile
from data.sources.cfr import wanted
from tests.golden.golden import HERE, of, plain

HEADER = next(csv.reader((HERE / "cfr/new_style.csv").open(encoding="utf-8", newline="")))
LINES = [key for key, one in MEASURES.items() if one.source == "cfr" and one.role == "kept"]


def file(**cells: str) -> RawFile:
    """One school's return in the newer layout; `cells` by the first word of the published header."""
    row = {
        "URN": "900098",
        "LA": "991",
        "LAEstab": "9912001",
        "Period covered by return (months)": "12",
        "No Pupils": "200",
    }
    row |= {
        name: "1000000"
        for name in HEADER
        if name.startswith(("Total Income   I01 to I18", "Total Expenditure  E01 to E32"))
    }
    row |= {name: "0" for name in HEADER if name.startswith("In-year")}
    row |= {name: cells[name.split()[0]] for name in HEADER if name.split()[0] in cells}
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, [row.get(name, "") for name in HEADER]])
    return RawFile("CFR_2022-23.csv", (), text.getvalue().encode())


def test_every_line_of_the_newer_layout_has_a_measure() -> None:
    codes = {wanted(name) for name in HEADER if name[:1] == "E" and name[1:2].isdigit()}
    assert codes == {key.removeprefix("finance_") for key in LINES} | {"e30"}  # e30 is capital, in no category
    assert len(LINES) == 32 and wanted("E28a  Bought in professional services - other (except PFI)") == "e28a"
    assert wanted("OB01  Opening pupil-focused revenue balance") is None and wanted("Estab") is None


def test_lines_are_read_with_the_pupils_of_the_return() -> None:
    found = of(file(E01="512345.67", E25="-1200", E28b="0", E16="n/a"), "cfr")
    lines = found.tables["measurement"].query("measure in @LINES", local_dict={"LINES": LINES})
    assert plain(lines, "measure", "value", "status", "denominator") == [
        ("finance_e01", 512345.67, "ok", 200), ("finance_e16", None, "not_applicable", 200),
        ("finance_e25", -1200, "ok", 200), ("finance_e28b", 0, "ok", 200),
    ]  # fmt: skip
    assert "lines of spending in this workbook: 4 of 32" in found.notes

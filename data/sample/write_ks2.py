"""The key stage 2 files of each year, in that year's layout, with the publisher's marks and summary rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.sample.kinds import KINDS
from data.sample.periods import PERIODS, text
from data.sample.region import Region
from data.sample.results import KeyStage2
from data.sample.schools import TYPES
from data.sample.tables import Columns, decimal, joined, layout, marked, percent, whole, write

_LAYOUTS = {201516: "ks2_290", 201617: "ks2_290", 201718: "ks2_326", 201819: "ks2_318"}
_EXPECTED = ("PTREAD_EXP", "PTWRITTA_EXP", "PTMAT_EXP", "PTGPS_EXP")
_HIGHER = ("PTREAD_HIGH", "PTWRITTA_HIGH", "PTMAT_HIGH", "PTGPS_HIGH")
_AVERAGE = {"READ_AVERAGE": 0, "MAT_AVERAGE": 2, "GPS_AVERAGE": 3}
_PROGRESS = {"READPROG": 0, "WRITPROG": 1, "MATPROG": 2}
_FEW = 5  # the publisher withholds results of so many pupils or fewer


def file_name(period: int) -> str:
    """The publisher's name of the year's final file."""
    return f"{text(period)}_england_ks2final.csv"


def header(period: int) -> list[str]:
    """That year's columns: from 2022/23 the 318 names of 2018/19 with the known renames and later suffixes."""
    names = list(layout(_LAYOUTS.get(period, "ks2_318")))
    if period < 202223:
        return names
    before, earlier = (period % 100 - 1, period % 100 - 2) if period > 202223 else (22, 19)
    renamed = {"TNotFSM6CLA1A": "TNOTFSM6CLA1A", "PTNotFSM6CLA1A": "PTNOTFSM6CLA1A"}
    names = [renamed.get(name, name) for name in names if name != "CONFEXAM"]
    return [
        name.replace("_18", f"_{before}").replace("_17", f"_{earlier}") if name[-3:] in ("_18", "_17") else name
        for name in names
    ]


def write_year(folder: Path, region: Region, results: KeyStage2, before: KeyStage2 | None) -> int:
    """Write one year's file; `before` gives last year's figures their suffixed columns. Returns the rows."""
    year = PERIODS.index(results.period)
    rows = np.flatnonzero((results.pupils > 0) & (region.listed[:, year] > 0))
    table = {**_identity(region, rows, year), **_measures(region, results, rows, year)}
    if before is not None and results.period > 202223:
        few = before.pupils[rows] <= _FEW
        suffix = f"_{before.period % 100}"
        table["PTRWM_EXP" + suffix] = marked(percent(before.combined[rows], before.pupils[rows]), few, "SUPP")
        table["READ_AVERAGE" + suffix] = marked(decimal(before.score[rows, 0], 0), few, "SUPP")
    return write(
        folder / file_name(results.period), header(results.period), joined(table, _summaries(region, results, rows))
    )


def _identity(region: Region, rows: np.ndarray, year: int) -> Columns:
    found = [region.schools[row] for row in rows]
    codes = [str(region.authorities[school.authority].code) for school in found]
    kinds = [KINDS[school.kind] for school in found]
    return {
        "RECTYPE": ["2" if school.kind == "special" else "1" for school in found],
        "LEA": codes,
        "ALPHAIND": [str(20 + 8 * place) for place in range(len(found))],
        "ESTAB": [str(school.estab) for school in found],
        "URN": whole(region.listed[rows, year]),
        "SCHNAME": [school.name for school in found],
        "TOWN": [school.town for school in found],
        "PCODE": [postcode(school.place) for school in found],
        "TELNUM": [phone(school.urn) for school in found],
        "NFTYPE": [TYPES[school.type_code][3] for school in found],
        "ICLOSE": ["0"] * len(found),
        "RELDENOM": [school.religion for school in found],
        "AGERANGE": [f"{kind.low}-{kind.high}" for kind in kinds],
        "TOTPUPS": whole(region.roll[rows, year]),
        "TPUPYEAR": whole(region.cohort2[rows, year]),
    }


def postcode(area: int) -> str:
    """A fictional postcode: no real one begins with ZZ."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"ZZ{1 + area // 400 % 99} {1 + area // 40 % 9}{letters[area % 20]}{letters[area // 20 % 20]}"


def phone(urn: int) -> str:
    """A number kept free for fiction."""
    return f"01632960{urn % 1000:03d}"


def _measures(region: Region, results: KeyStage2, rows: np.ndarray, year: int) -> Columns:
    pupils, poor = results.pupils[rows], results.poor[rows]
    few, few_poor = pupils <= _FEW, poor <= _FEW
    girls = np.round(pupils * 0.49).astype(int)
    table: Columns = {
        "TELIG": whole(pupils),
        "BELIG": whole(pupils - girls),
        "GELIG": whole(girls),
        "PBELIG": percent(pupils - girls, pupils),
        "PGELIG": percent(girls, pupils),
        "TFSM6CLA1A": whole(poor),
        "PTFSM6CLA1A": percent(poor, pupils),
        "PTRWM_EXP": marked(percent(results.combined[rows], pupils), few, "SUPP"),
        "PTRWM_HIGH": marked(percent(results.combined_higher[rows], pupils), few, "SUPP"),
        "PTRWM_EXP_FSM6CLA1A": marked(
            marked(percent(results.combined_poor[rows], poor), few_poor, "SUPP"), poor == 0, "NE"
        ),
    }
    late = results.period >= 202223
    table["TNOTFSM6CLA1A" if late else "TNotFSM6CLA1A"] = whole(pupils - poor)
    for place, (expected, higher) in enumerate(zip(_EXPECTED, _HIGHER, strict=True)):
        table[expected] = marked(percent(results.reached[rows, place], pupils), few, "SUPP")
        table[higher] = marked(percent(results.higher[rows, place], pupils), few, "SUPP")
    for name, place in _AVERAGE.items():
        table[name] = marked(decimal(results.score[rows, place], 0), few, "SUPP")
    if results.period <= 202223:
        table.update(_progress(region, results, rows, year))
    return table


def _progress(region: Region, results: KeyStage2, rows: np.ndarray, year: int) -> Columns:
    """Progress since key stage 1, with its marks: low coverage, new school, a single space for some special schools."""
    rng = np.random.default_rng([region.seed, 51, results.period])
    pupils = results.pupils[rows]
    special = region.where("special")[rows]
    planted = np.array([region.schools[row].planted is not None for row in rows])
    low = (rng.random(len(rows)) < 0.012) & ~planted & ~special
    new = (region.listed[rows, year - 1] == 0) if year else np.zeros(len(rows), bool)
    table: Columns = {}
    for name, place in _PROGRESS.items():
        middle, half = results.progress[rows, place], np.round(1.96 * 5.7 / np.sqrt(pupils), 1)
        for column, value in ((name, middle), (name + "_LOWER", middle - half), (name + "_UPPER", middle + half)):
            cells = marked(marked(decimal(value, 1), low, "LOWCOV"), new, "NEW")
            cells = marked(marked(cells, pupils <= _FEW, "SUPP"), special & (pupils <= 9), " ")
            table[column] = marked(cells, special & (pupils > 9) & (pupils % 2 == 0), "NA")
        table[name[:-4] + "COV"] = marked(marked(["97%"] * len(rows), low, "42%"), pupils <= _FEW, "SUPP")
    return table


def _summaries(region: Region, results: KeyStage2, rows: np.ndarray) -> Columns:
    """One row of type 3 for each authority, then England (4 all, 5 state-funded)."""
    owner = region.column("authority")[rows]
    groups = [("3", str(a.code), a.name, owner == place) for place, a in enumerate(region.authorities)]
    groups += [(kind, " ", " ", np.ones(len(rows), bool)) for kind in ("4", "5")]
    out: list[Columns] = []
    for kind, code, name, mask in groups:
        inside = rows[mask]
        pupils, poor = results.pupils[inside].sum(), results.poor[inside].sum()

        def share(count: np.ndarray, of: int = pupils, inside: np.ndarray = inside) -> list[str]:
            return percent(np.array([count[inside].sum()]), np.array([of]))

        row: Columns = {
            "RECTYPE": [kind],
            "LEA": [code],
            "URN": [" "],
            "ESTAB": [" "],
            "SCHNAME": [" "],
            "TOWN": [name],
            "TELIG": [str(pupils)],
            "TFSM6CLA1A": [str(poor)],
            "PTRWM_EXP": share(results.combined),
            "PTRWM_HIGH": share(results.combined_higher),
            "PTRWM_EXP_FSM6CLA1A": share(results.combined_poor, poor),
        }
        for place, (expected, higher) in enumerate(zip(_EXPECTED, _HIGHER, strict=True)):
            row[expected], row[higher] = share(results.reached[:, place]), share(results.higher[:, place])
        out.append(row)
    return joined(*out)

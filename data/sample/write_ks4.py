"""The key stage 4 files of each year: final, and provisional for the latest, in that year's layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.sample.kinds import KINDS
from data.sample.periods import PERIODS, text
from data.sample.region import Region
from data.sample.schools import TYPES
from data.sample.secondary import KeyStage4
from data.sample.tables import Columns, decimal, joined, layout, marked, percent, whole, write
from data.sample.write_ks2 import phone, postcode

_LAYOUTS = {201516: "ks4_416", 201617: "ks4_416", 201718: "ks4_496", 201819: "ks4_505"}
_FEW = 5
ENTERED = ("PTEBACLAN_E_PTQ_EE", "PTmultiLan_E", "PTtripleSci_E")
Entries = tuple[np.ndarray, np.ndarray, np.ndarray]
_PROVISIONAL = 202526


def file_name(period: int) -> str:
    """The publisher's name of the year's file."""
    release = "provisional" if period == _PROVISIONAL else "revised" if period == 202425 else "final"
    return f"{text(period)}_england_ks4{release}.csv"


def header(period: int) -> list[str]:
    """That year's columns; from 2024/25 those of 2022/23 without the names known to have gone."""
    names = list(layout(_LAYOUTS.get(period, "ks4_515")))
    if period < 202425:
        return names
    return [
        n
        for n in names
        if n not in ("TABKS2", "TAB1618") and not (n.startswith("EBACCAPS") and n[-3:] in ("_21", "_22"))
    ]


def write_year(folder: Path, region: Region, results: KeyStage4, entered: Entries) -> int:
    """Write one year's file. Pupil referral units are not in these tables. Returns the rows."""
    year = PERIODS.index(results.period)
    inside = (results.pupils > 0) & (region.listed[:, year] > 0) & ~region.where("pru")
    rows = np.flatnonzero(inside)
    names = header(results.period)
    table = {**_identity(region, rows, year), **_measures(region, results, rows, set(names))}
    table |= _entries(region, results, rows, entered)
    return write(folder / file_name(results.period), names, joined(table, _summaries(region, results, rows)))


def _identity(region: Region, rows: np.ndarray, year: int) -> Columns:
    found = [region.schools[row] for row in rows]
    return {
        "RECTYPE": ["2" if school.kind == "special" else "1" for school in found],
        "LEA": [str(region.authorities[school.authority].code) for school in found],
        "ESTAB": [str(school.estab) for school in found],
        "URN": whole(region.listed[rows, year]),
        "SCHNAME": [school.name for school in found],
        "TOWN": [school.town for school in found],
        "PCODE": [postcode(school.place) for school in found],
        "TELNUM": [phone(school.urn) for school in found],
        "CONTFLAG": ["0"] * len(found),
        "ICLOSE": ["0"] * len(found),
        "NFTYPE": [TYPES[school.type_code][3] for school in found],
        "RELDENOM": [school.religion for school in found],
        "ADMPOL": [
            "SEL" if school.kind == "grammar" else "NA" if school.kind in ("special", "independent") else "NON SEL"
            for school in found
        ],
        "EGENDER": [{1: "BOYS", 2: "GIRLS"}.get(school.gender, "MIXED") for school in found],
        "AGERANGE": [f"{KINDS[school.kind].low}-{KINDS[school.kind].high}" for school in found],
        "TOTPUPS": whole(region.roll[rows, year]),
    }


def _measures(region: Region, results: KeyStage4, rows: np.ndarray, names: set[str]) -> Columns:
    period = results.period
    pupils, poor = results.pupils[rows], results.poor[rows]
    private, places = region.where("independent")[rows], 0 if period <= 201617 else 1
    no_entry = private & (np.arange(len(rows)) % 5 < 3)  # most independents sit other examinations
    few = pupils <= _FEW

    def shown(cells: list[str], other: str = "NE") -> list[str]:
        return marked(marked(cells, few, "SUPP"), no_entry, other)

    table: Columns = {
        "TPUP": whole(pupils),
        "TFSM6CLA1A": marked(whole(poor), private, "NP"),
        "PTFSM6CLA1A": marked(percent(poor, pupils), private, "NP"),
        "ATT8SCR": shown(decimal(results.score[rows], 1)),
        "ATT8SCR_FSM6CLA1A": marked(
            marked(marked(decimal(results.score_poor[rows], 1), poor <= _FEW, "SUPP"), poor == 0, "NE"), private, "NP"
        ),
        "PTEBACC_E_PTQ_EE": shown(percent(results.entered[rows], pupils, places)),
    }
    if period > 201516:
        table["PTL2BASICS_94"] = shown(percent(results.basics4[rows], pupils, places))
        table["PTL2BASICS_95"] = shown(percent(results.basics5[rows], pupils, places))
    elif "PTL2BASICS_16_PTQ_EE" in names:
        table["PTL2BASICS_16_PTQ_EE"] = shown(percent(results.basics4[rows], pupils))
    if period > 201617:
        table["EBACCAPS"] = shown(decimal(results.ebacc[rows], 2))
    if period <= 202324:
        table.update(_progress(results, rows, private, few, "KS2ASS" in names))
    if period == _PROVISIONAL:
        table["P8MEA"] = ["NA"] * len(rows)
    return table


def _entries(region: Region, results: KeyStage4, rows: np.ndarray, entered: Entries) -> Columns:
    """Pupils entered for a language, for several, for three sciences; not yet published in the provisional file."""
    if results.period == _PROVISIONAL:
        return {name: ["NA"] * len(rows) for name in ENTERED}
    pupils, private = results.pupils[rows], region.where("independent")[rows]
    places = 0 if results.period <= 201617 else 1
    return {
        name: marked(marked(percent(count[rows], pupils, places), pupils <= _FEW, "SUPP"), private, "NP")
        for name, count in zip(ENTERED, entered, strict=True)
    }


def _progress(results: KeyStage4, rows: np.ndarray, private: np.ndarray, few: np.ndarray, scaled: bool) -> Columns:
    pupils = results.pupils[rows]
    covered = np.maximum(np.round(pupils * 0.95).astype(int), 1)
    middle, half = results.progress[rows], 1.96 * 1.27 / np.sqrt(covered)
    low = (pupils > _FEW) & (pupils < 9)
    prior = results.prior[rows] if scaled else 28.4 + (results.prior[rows] - 104) * 0.9
    parts = {
        "P8PUP": whole(covered),
        "P8MEA": decimal(middle, 2),
        "P8CILOW": decimal(middle - half, 2),
        "P8CIUPP": decimal(middle + half, 2),
        "KS2ASS" if scaled else "KS2APS": decimal(prior, 1),
    }
    return {
        name: marked(marked(marked(cells, low & (name != "P8PUP"), "LOWCOV"), few, "SUPP"), private, "NP")
        for name, cells in parts.items()
    }


def _summaries(region: Region, results: KeyStage4, rows: np.ndarray) -> Columns:
    """Authorities (4), England all (5), England state-funded (7)."""
    owner = region.column("authority")[rows]
    groups = [("4", str(a.code), owner == place) for place, a in enumerate(region.authorities)]
    groups += [(kind, "", np.ones(len(rows), bool)) for kind in ("5", "7")]
    found = [(kind, code, rows[mask]) for kind, code, mask in groups]
    means = [
        np.average(results.score[inside], weights=results.pupils[inside]) if len(inside) else 0
        for _, _, inside in found
    ]
    return {
        "RECTYPE": [kind for kind, _, _ in found],
        "LEA": [code for _, code, _ in found],
        "TPUP": [str(results.pupils[inside].sum()) for _, _, inside in found],
        "ATT8SCR": decimal(np.array(means), 1),
    }

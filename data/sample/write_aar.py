"""The academies' accounts workbooks: a sheet of academies and one of trusts' central services. Bytes ignore the clock.

A year in which a school was an academy for some months only is a part-year return, as the publisher has them. One academy
in three hundred did not supply.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]

from data.sample.academies import AcademyAccounts
from data.sample.groups import Groups
from data.sample.periods import AAR_PERIODS
from data.sample.region import Region
from data.sample.tables import layout
from data.sample.write_cfr import STAMP, Cell, phase_word, save

_SHEETS = {"Academies": "aar_academies_103", "CentralServices": "aar_central_81"}
_SILENT = 1 / 300


def file_name(period: int) -> str:
    """The workbook's name."""
    return f"AAR_{period // 100}-{period % 100:02d}_download.xlsx"


def write_accounts(folder: Path, region: Region, groups: Groups, accounts: AcademyAccounts) -> dict[str, int]:
    """All workbooks. Returns rows by file name, both sheets together."""
    found = {}
    for period in AAR_PERIODS:
        book = Workbook(write_only=True)
        book.properties.created = book.properties.modified = dt.datetime(*STAMP)
        academies = _academies(region, groups, accounts, period)
        centres = _centres(region, groups, accounts, period)
        for (sheet, header), rows in zip(_SHEETS.items(), (academies, centres), strict=True):
            page, names = book.create_sheet(sheet), layout(header)
            page.append(list(names))
            for cells in rows:
                page.append([cells.get(name) for name in names])
        save(book, folder / file_name(period))
        found[file_name(period)] = len(academies) + len(centres)
    return found


def _academies(region: Region, groups: Groups, accounts: AcademyAccounts, period: int) -> list[dict[str, Cell]]:
    year = AAR_PERIODS.index(period)
    fate = np.random.default_rng([region.seed, 84, period]).random(len(accounts.rows))
    out = []
    for number, row in enumerate(accounts.rows):
        school, months = region.schools[row], int(accounts.months[number, year])
        trust = groups.trust_of[school.urn]
        if not months:
            continue
        silent = fate[number] < _SILENT and not school.planted
        cells: dict[str, Cell] = {
            "LAEstab": region.authorities[school.authority].code * 10000 + school.estab,
            "LA": region.authorities[school.authority].code, "Estab": school.estab, "URN": school.urn, "School Name": school.name,
            "Period covered by return": months, "MAT SAT or Central Services": "MAT" if trust.type_code == "06" else "SAT",
            "UID": trust.uid, "Trust or Company Name": trust.name, "Overall Phase": phase_word(school.kind),
            "Date joined or opened if in period": school.opened.replace("-", "/") if months < 12 else None,
            "Number of pupils in academy (FTE)": int(accounts.pupils[number, year]), "Did Not Supply flag": "DNS" if silent else None,
        }  # fmt: skip
        out.append(cells | (_nothing() if silent else _money(accounts, number, year, months)))
    return out


def _money(accounts: AcademyAccounts, number: int, year: int, months: int) -> dict[str, Cell]:
    income, spending, staff = (
        round(float(part[number, year]) * months / 12) for part in (accounts.income, accounts.spending, accounts.staff)
    )
    return {
        "Total Income": income, "Total Expenditure": spending, "In year balance": income - spending, "Total Staff Costs": staff,
        "Teaching staff": int(staff * 0.62), "Revenue reserve": int(accounts.reserve[number, year]),
    }  # fmt: skip


def _nothing() -> dict[str, Cell]:
    return {
        "Total Income": 0,
        "Total Expenditure": 0,
        "In year balance": 0,
        "Total Staff Costs": 0,
        "Revenue reserve": 0,
    }


def _centres(region: Region, groups: Groups, accounts: AcademyAccounts, period: int) -> list[dict[str, Cell]]:
    year = AAR_PERIODS.index(period)
    out: list[dict[str, Cell]] = []
    for uid, centre in accounts.central.items():
        here = [n for n, row in enumerate(accounts.rows) if groups.trust_of[region.schools[row].urn].uid == uid]
        there = [n for n in here if accounts.months[n, year]]
        if not there:
            continue
        own, held = int(accounts.reserve[there, year].sum()), int(centre.reserve[year])
        income, spending = int(centre.income[year]), int(centre.spending[year])
        out.append(
            {
                "MAT SAT or Central Services": "Central Services", "UID": uid,
                "Trust or Company Name": next(group.name for group in groups.groups if group.uid == uid),
                "Revenue Reserve": held, "In Year Balance": income - spending,
                "Total number of Pupils": int(accounts.pupils[there, year].sum()), "Sum of Academy RR": own,
                "Sum of Trust + Academy Revenue Reserve": own + held, "Total Income ": income,
                "Staff Total ": int(centre.staff[year]), "Total Expenditure": spending,
            }
        )  # fmt: skip
    return out

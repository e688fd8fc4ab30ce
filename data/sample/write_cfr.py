"""The CFR workbooks of maintained schools: the older style to 2021/22 with lines above the header, the newer since.

A federation reports once, under its lead school. Workbook bytes do not depend on the clock.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import numpy as np
from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]

from data.sample.finance import Accounts
from data.sample.groups import Groups
from data.sample.kinds import KINDS
from data.sample.periods import CFR_PERIODS
from data.sample.region import Region
from data.sample.schools import TYPES
from data.sample.spending import habits, lines
from data.sample.tables import layout

_OLD_HEADER = (
    "LA",
    "LA Name",
    "Region",
    "Estab",
    "LAEstab",
    "URN",
    "School Name",
    "Overall Phase",
    "No pupils",
    "Period covered by return (months)",
    "Did Not Supply flag",
    "Federation",
    "Lead school in federation",
    "E01 Teaching staff",
    "Total Income: I01:I18 - E30",
    "Staff Total: (E01:E03) + E05 + (E07: E11) + E26",
    "Total Expenditure: (E01:E29 + E31 + E32)",
    "In-year Balance: Total Income (I01:I18 - E30) - Total Expenditure (E01:E29 + E31 + E32)",
    "Revenue Reserve: B01 + B02 + B06",
)
_NEW_NAMES = {
    "No pupils": "No Pupils",
    "E01 Teaching staff": "E01  Teaching Staff",
    "Total Income: I01:I18 - E30": "Total Income   I01 to I18",
    "Staff Total: (E01:E03) + E05 + (E07: E11) + E26": "Staff Total ",
    "Total Expenditure: (E01:E29 + E31 + E32)": "Total Expenditure  E01 to E32",
    _OLD_HEADER[17]: "In-year Balance   Total Income (I01 to I18) minus Total Expenditure (E01 to E32)",
    "Revenue Reserve: B01 + B02 + B06": "Revenue Reserve   B01 plus B02 plus B06",
}
_NET_INCOME = "Total Income   I01 to I08, I11 to I15, I18"
_NET_SPENDING = "Total Expenditure  E01 to E29 and E31 to E32 minus I9, I10, I16 and I17"
_FIRST_NEW = 202223
_WITH_LINES = CFR_PERIODS[-1]  # the lines of spending stand in the newest workbook
STAMP = (2026, 11, 1, 0, 0, 0)
_COMPRESSION = 4
Cell = str | int | float | None


def file_name(period: int) -> str:
    """The workbook's name, one for all years of the sample."""
    return f"CFR_{period // 100}-{period % 100:02d}_Full_Data_Workbook.xlsx"


def write_workbooks(folder: Path, region: Region, groups: Groups, accounts: Accounts) -> dict[str, int]:
    """All five workbooks. Returns rows by file name."""
    return {file_name(period): _workbook(folder, region, groups, accounts, period) for period in CFR_PERIODS}


def _workbook(folder: Path, region: Region, groups: Groups, accounts: Accounts, period: int) -> int:
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = dt.datetime(*STAMP)
    newer = period >= _FIRST_NEW
    sheet = book.create_sheet("CFR_Data" if newer else "CFR Data")
    header = list(layout("cfr_125")) if newer else list(_OLD_HEADER)
    if not newer:
        years = f"{period // 100}-{period % 100:02d}"
        sheet.append([f"Consistent Financial Reporting {years}: income and expenditure of maintained schools"])
        sheet.append(["Financial year, 1 April to 31 March; amounts in pounds"])
    sheet.append(header)
    place = {name: number for number, name in enumerate(header)}
    place |= {name.split()[0]: at for name, at in place.items() if name[:1] == "E" and name[1:3].isdigit()}
    count = 0
    for cells in _rows(region, groups, accounts, period):
        line: list[Cell] = [None] * len(header)
        for name, value in cells.items():
            line[place[_NEW_NAMES.get(name, name) if newer else name]] = value
        if newer:
            line[place[_NET_INCOME]] = _scaled(cells["Total Income: I01:I18 - E30"], 0.97)
            line[place[_NET_SPENDING]] = _scaled(cells["Total Expenditure: (E01:E29 + E31 + E32)"], 0.97)
            line[place["Total Income "]] = cells["Total Income: I01:I18 - E30"]
            line[place["Total Expenditure"]] = cells["Total Expenditure: (E01:E29 + E31 + E32)"]
        sheet.append(line)
        count += 1
    save(book, folder / file_name(period))
    return count


def _scaled(value: Cell, factor: float) -> Cell:
    return round(value * factor) if isinstance(value, int | float) else value


def _rows(region: Region, groups: Groups, accounts: Accounts, period: int) -> list[dict[str, Cell]]:
    year = CFR_PERIODS.index(period)
    rng = np.random.default_rng([region.seed, 82, period])
    fate = rng.random(len(accounts.rows))
    by_urn = {region.schools[row].urn: number for number, row in enumerate(accounts.rows)}
    lasting = habits(region, len(accounts.rows))
    out = []
    for number, row in enumerate(accounts.rows):
        school = region.schools[row]
        union = groups.federation_of.get(school.urn)
        place = region.authorities[school.authority]
        old = school.old_urn if school.old_urn and school.opened[6:] == "2026" else school.urn
        cells: dict[str, Cell] = {
            "LA": place.code,
            "LA Name": place.name,
            "Estab": school.estab,
            "LAEstab": place.code * 10000 + school.estab,
            "URN": old,
            "School Name": school.name,
            "Overall Phase": phase_word(school.kind),
            "Did Not Supply flag": 0,
            "Federation": "Yes" if union else "No",
            "Lead school in federation": "0",
            "Period covered by return (months)": 12,
        }
        members = [number]
        if union:
            lead = region.schools[accounts.rows[by_urn[union.urns[0]]]]
            cells["Lead school in federation"] = str(place.code * 10000 + lead.estab)
            members = [by_urn[urn] for urn in union.urns] if school.urn == union.urns[0] else []
        part = 7 if fate[number] < 0.006 and not school.planted else 12
        if not members:
            cells["Period covered by return (months)"] = None  # in its lead school's return
        elif fate[number] > 0.993 and not school.planted:
            cells["Did Not Supply flag"], cells["Period covered by return (months)"] = 1, None
            cells |= {"Total Income: I01:I18 - E30": 0, "Total Expenditure: (E01:E29 + E31 + E32)": 0}
        else:
            cells["Period covered by return (months)"] = part
            money = _money(accounts, members, year, part)
            cells |= money | _lines(region, period, money, lasting[number], number)
        cells.setdefault("Total Income: I01:I18 - E30", None)
        cells.setdefault("Total Expenditure: (E01:E29 + E31 + E32)", None)
        if TYPES[school.type_code][3] and period >= _FIRST_NEW:
            cells["Type"] = TYPES[school.type_code][0]
        out.append(cells)
    return out


def phase_word(kind: str) -> str:
    """The publisher's word for the phase of a kind of school."""
    return {"special": "Special", "nursery": "Nursery", "pru": "Pupil referral unit"}.get(
        kind, "Secondary" if KINDS[kind].ks4 else "Primary"
    )


def _money(accounts: Accounts, members: list[int], year: int, months: int) -> dict[str, Cell]:
    share = months / 12
    income, spending, staff = (
        round(float(part[members, year].sum()) * share) for part in (accounts.income, accounts.spending, accounts.staff)
    )
    return {
        "No pupils": int(accounts.pupils[members, year].sum()),
        "E01 Teaching staff": int(staff * 0.62),
        "Total Income: I01:I18 - E30": income,
        "Staff Total: (E01:E03) + E05 + (E07: E11) + E26": staff,
        "Total Expenditure: (E01:E29 + E31 + E32)": spending,
        "In-year Balance: Total Income (I01:I18 - E30) - Total Expenditure (E01:E29 + E31 + E32)": income - spending,
        "Revenue Reserve: B01 + B02 + B06": int(accounts.reserve[members, year].sum()),
    }


def _lines(region: Region, period: int, money: dict[str, Cell], lasting: np.ndarray, number: int) -> dict[str, Cell]:
    if period != _WITH_LINES:
        return {}
    staff, spending = (int(money[name] or 0) for name in (_OLD_HEADER[15], _OLD_HEADER[16]))
    return {**lines(region, period, lasting, staff, spending, number=number)}


def save(book: Workbook, path: Path) -> None:
    """Save, then pack again with fixed dates: the library stamps the hour into the archive."""
    raw = io.BytesIO()
    book.save(raw)
    stamp = dt.datetime(*STAMP).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(raw) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as new,
    ):
        for name in sorted(old.namelist()):
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", lambda match: match.group(1) + stamp, body
                )
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            new.writestr(info, body)

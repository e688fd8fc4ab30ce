"""The school register and its links, groups and group links, in the GIAS layouts. No personal names, ever."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.sample.groups import Groups
from data.sample.kinds import KINDS
from data.sample.periods import PERIODS, REGISTER_DATE
from data.sample.region import Region
from data.sample.schools import TYPES, SampleSchool
from data.sample.tables import Columns, decimal, joined, layout, write
from data.sample.write_ks2 import phone, postcode

_GROUP_TYPES = {"01": "Federation", "02": "Trust", "06": "Multi-academy trust", "10": "Single-academy trust"}
_FLAGS = {
    "06": ("3", "Supported by a multi-academy trust"),
    "10": ("5", "Supported by a single-academy trust"),
    "02": ("1", "Supported by a trust"),
}
_GENDERS = {1: "Boys", 2: "Girls", 3: "Mixed"}
_FAITHS = {"Does not apply": "0", "Church of England": "2", "Roman Catholic": "3", "None": "6"}
REGION = ("S", "Aldermarch")


def lsoa(area: int) -> str:
    """The fictional small area of a place number."""
    return f"E01{99 - area // 9999}{area % 9999 + 1:04d}"


def write_register(folder: Path, region: Region, groups: Groups) -> int:
    """All open schools and their closed predecessors. Returns the rows."""
    opened = _open(region, groups)
    closed = _closed(region)
    return write(
        folder / f"edubasealldata{REGISTER_DATE}.csv",
        layout("gias_140"),
        joined(opened, closed),
        encoding="cp1252",
        quoting="all",
    )


def _common(region: Region, schools: list[SampleSchool]) -> Columns:
    places = [region.authorities[school.authority] for school in schools]
    kinds = [KINDS[school.kind] for school in schools]
    types = [TYPES[school.type_code] for school in schools]
    high = [18 if school.kind == "secondary" and school.urn % 3 == 0 else KINDS[school.kind].high for school in schools]
    selective = [
        ("2", "Selective")
        if s.kind == "grammar"
        else ("4", "Non-selective")
        if KINDS[s.kind].ks4 and s.kind not in ("special", "pru", "independent")
        else ("0", "Not applicable")
        for s in schools
    ]
    return {
        "LA (code)": [str(place.code) for place in places],
        "LA (name)": [place.name for place in places],
        "EstablishmentNumber": [str(school.estab) for school in schools],
        "EstablishmentName": [school.name for school in schools],
        "TypeOfEstablishment (code)": [str(school.type_code) for school in schools],
        "TypeOfEstablishment (name)": [kind[0] for kind in types],
        "EstablishmentTypeGroup (code)": [str(kind[1]) for kind in types],
        "EstablishmentTypeGroup (name)": [kind[2] for kind in types],
        "PhaseOfEducation (code)": [str(kind.phase_code) for kind in kinds],
        "PhaseOfEducation (name)": [kind.phase for kind in kinds],
        "StatutoryLowAge": [str(kind.low) for kind in kinds],
        "StatutoryHighAge": [str(age) for age in high],
        "Boarders (code)": ["1"] * len(schools),
        "Boarders (name)": ["No boarders"] * len(schools),
        "NurseryProvision (name)": ["No Nursery Classes" if kind.low > 3 else "Has Nursery Classes" for kind in kinds],
        "OfficialSixthForm (code)": [
            "1" if age > 16 and kind.ks4 else "2" for age, kind in zip(high, kinds, strict=True)
        ],
        "OfficialSixthForm (name)": [
            "Has a sixth form" if age > 16 and kind.ks4 else "Does not have a sixth form"
            for age, kind in zip(high, kinds, strict=True)
        ],
        "Gender (code)": [str(school.gender) for school in schools],
        "Gender (name)": [_GENDERS[school.gender] for school in schools],
        "ReligiousCharacter (code)": [_FAITHS[school.religion] for school in schools],
        "ReligiousCharacter (name)": [school.religion for school in schools],
        "AdmissionsPolicy (code)": [code for code, _ in selective],
        "AdmissionsPolicy (name)": [name for _, name in selective],
        "Street": [
            f"{1 + school.urn % 90} Church Road" if school.religion != "Does not apply" else "School Lane"
            for school in schools
        ],
        "Town": [school.town for school in schools],
        "County (name)": [place.name for place in places],
        "Postcode": [postcode(school.place) for school in schools],
        "GOR (code)": [REGION[0]] * len(schools),
        "GOR (name)": [REGION[1]] * len(schools),
        "DistrictAdministrative (name)": [place.name for place in places],
        "GSSLACode (name)": [place.gss for place in places],
        "UrbanRural (name)": ["(England/Wales) Urban city and town"] * len(schools),
        "Easting": [str(school.easting) for school in schools],
        "Northing": [str(school.northing) for school in schools],
        "LSOA (code)": [lsoa(school.place) for school in schools],
        "MSOA (code)": ["999999999"] * len(schools),
        "Country (name)": [""] * len(schools),
        "LastChangedDate": ["01-09-2026"] * len(schools),
    }


def _open(region: Region, groups: Groups) -> Columns:
    schools = list(region.schools)
    year = PERIODS.index(202425)
    roll, girls, meals = region.roll[:, year], region.girls[:, year], region.meals_now[:, year]
    trusts = [groups.trust_of.get(school.urn) for school in schools]
    unions = [groups.federation_of.get(school.urn) for school in schools]
    flags = [
        _FLAGS[trust.type_code]
        if trust
        else ("2", "Not supported by a trust")
        if school.type_code == 5
        else ("0", "Not applicable")
        for trust, school in zip(trusts, schools, strict=True)
    ]
    capacity = [
        round(int(size) * (1.02 + urn % 7 * 0.03)) for size, urn in zip(roll, region.column("urn"), strict=True)
    ]
    return {
        **_common(region, schools),
        "URN": [str(school.urn) for school in schools],
        "EstablishmentStatus (code)": ["1"] * len(schools),
        "EstablishmentStatus (name)": ["Open"] * len(schools),
        "ReasonEstablishmentOpened (code)": ["10" if school.type_code in (28, 34, 44) else "0" for school in schools],
        "ReasonEstablishmentOpened (name)": [
            "Academy Converter" if school.type_code in (28, 34, 44) else "Not applicable" for school in schools
        ],
        "OpenDate": [school.opened or ("01-01-1900" if school.urn % 53 == 0 else "") for school in schools],
        "ReasonEstablishmentClosed (code)": ["0"] * len(schools),
        "ReasonEstablishmentClosed (name)": ["Not applicable"] * len(schools),
        "SchoolCapacity": [str(size) for size in capacity],
        "CensusDate": ["16-01-2025"] * len(schools),
        "NumberOfPupils": [str(int(size)) for size in roll],
        "NumberOfBoys": [str(int(n)) for n in roll - girls],
        "NumberOfGirls": [str(int(n)) for n in girls],
        "FSM": [str(int(n)) for n in meals],
        "PercentageFSM": decimal(100 * meals / roll, 1),
        "TrustSchoolFlag (code)": [code for code, _ in flags],
        "TrustSchoolFlag (name)": [name for _, name in flags],
        "Trusts (code)": [str(trust.uid) if trust else "" for trust in trusts],
        "Trusts (name)": [trust.name if trust else "" for trust in trusts],
        "SchoolSponsorFlag (name)": ["Not applicable"] * len(schools),
        "FederationFlag (name)": [
            "Supported by a federation" if union else "Not under a federation" for union in unions
        ],
        "Federations (code)": [str(union.uid) if union else "" for union in unions],
        "Federations (name)": [union.name if union else "" for union in unions],
        "SchoolWebsite": [f"www.school-{school.urn}.example" for school in schools],
        "TelephoneNum": [phone(school.urn) for school in schools],
    }


def _predecessors(region: Region) -> list[tuple[int, str, str, SampleSchool]]:
    """Old URN, name and closing date of each closed school, with the school that followed it."""
    names = {school.urn: school for school in region.schools}
    found = []
    for school in region.schools:
        if school.old_urn:
            name = (
                school.name.replace(" Academy", " School")
                if school.planted is None
                else f"{_bare(school.name)} Community School"
            )
            found.append((school.old_urn, name, _day_before(school.opened), school))
    for urn, first, second in region.merged:
        place = _bare(names[urn].name)
        found.append((first, f"{place} Infant and Nursery School", "31-08-2014", names[urn]))
        found.append((second, f"{place} Junior Mixed School", "31-08-2014", names[urn]))
    return sorted(found, key=lambda row: row[0])


def _bare(name: str) -> str:
    for ending in (" School", " Academy", " Primary", " CofE", " Catholic", " Community"):
        name = name.removesuffix(ending)
    return name


def _day_before(date: str) -> str:
    day, month, year = (int(part) for part in date.split("-"))
    last = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    if day > 1:
        return f"{day - 1:02d}-{month:02d}-{year}"
    month, year = (month - 1, year) if month > 1 else (12, year - 1)
    return f"{last[month]:02d}-{month:02d}-{year}"


def _closed(region: Region) -> Columns:
    found = _predecessors(region)
    if not found:
        return {"URN": []}
    table = _common(region, [school for _, _, _, school in found])
    secondary = [KINDS[school.kind].ks4 for _, _, _, school in found]
    voluntary = [
        school.religion != "Does not apply" and not old for (_, _, _, school), old in zip(found, secondary, strict=True)
    ]
    return table | {
        "URN": [str(urn) for urn, _, _, _ in found],
        "EstablishmentName": [name for _, name, _, _ in found],
        "TypeOfEstablishment (code)": ["2" if faith else "1" for faith in voluntary],
        "TypeOfEstablishment (name)": [
            "Voluntary aided school" if faith else "Community school" for faith in voluntary
        ],
        "EstablishmentTypeGroup (code)": ["4"] * len(found),
        "EstablishmentTypeGroup (name)": ["Local authority maintained schools"] * len(found),
        "EstablishmentStatus (code)": ["2"] * len(found),
        "EstablishmentStatus (name)": ["Closed"] * len(found),
        "CloseDate": [closed for _, _, closed, _ in found],
        "ReasonEstablishmentClosed (name)": [
            "Academy Converter" if school.academy else "For Academy" if not school.opened else "Other"
            for _, _, _, school in found
        ],
    }


def write_links(folder: Path, region: Region) -> int:
    """Each succession from both sides; some dates blank, two of the mergers many-to-one. Returns the rows."""
    rows: list[tuple[int, int, str, str, str]] = []
    merged = {old for _, *olds in region.merged for old in olds}
    for old, name, _closed_on, school in _predecessors(region):
        many = " - merged" if old in merged else ""
        date = "01-09-2014" if old in merged else school.opened
        rows.append((school.urn, old, name, f"Predecessor{many}", date))
        rows.append((old, school.urn, school.name, f"Successor{many}", "" if old % 4 == 0 else date))
    rows.sort(key=lambda row: row[:2])
    names = layout("links_5")
    columns = {name: [str(row[place]) for row in rows] for place, name in enumerate(names)}
    return write(folder / f"links_edubasealldata{REGISTER_DATE}.csv", names, columns, encoding="cp1252", quoting="all")


def write_groups(folder: Path, groups: Groups) -> int:
    """All groups, dates dd/mm/yyyy. Returns the rows."""
    found = groups.groups
    company = [f"{16000000 + group.uid}" if group.type_code in ("06", "10") else "" for group in found]
    columns: Columns = {
        "Group UID": [str(group.uid) for group in found],
        "Group ID": [f"TR{group.uid:05d}" for group in found],
        "Group Name": [group.name for group in found],
        "Companies House Number": company,
        "Group Type (code)": [group.type_code for group in found],
        "Group Type": [_GROUP_TYPES[group.type_code] for group in found],
        "Open date": [group.opened for group in found],
        "Incorporated on (open date)": [
            group.opened if number else "" for group, number in zip(found, company, strict=True)
        ],
        "Group Status (code)": ["OPEN"] * len(found),
        "Group Status": ["Open"] * len(found),
        "Group County": ["Not recorded"] * len(found),
    }
    return write(
        folder / f"allgroupsdata{REGISTER_DATE}.csv",
        layout("groups_21"),
        columns,
        encoding="cp1252",
        end="\n",
        quoting="all",
    )


def write_group_links(folder: Path, region: Region, groups: Groups) -> int:
    """One row for each open school and group, with the date it joined. Returns the rows."""
    of = {school.urn: school for school in region.schools}
    rows = sorted((urn, group.uid) for group in groups.groups for urn in group.urns)
    named = {group.uid: group for group in groups.groups}
    pairs = [(of[urn], named[uid]) for urn, uid in rows]
    dates = [group.opened.replace("/", "-") for _, group in pairs]
    columns: Columns = {
        "URN": [str(school.urn) for school, _ in pairs],
        "Linked UID": [str(group.uid) for _, group in pairs],
        "Group Name": [group.name.upper() if group.uid % 3 == 0 else group.name for _, group in pairs],
        "Group Type": [_GROUP_TYPES[group.type_code] for _, group in pairs],
        "Group Type (code)": [group.type_code for _, group in pairs],
        "Open date": dates,
        "Group Status": ["Open"] * len(pairs),
        "Group Status (code)": ["OPEN"] * len(pairs),
        "Joined date": [school.joined or date for (school, _), date in zip(pairs, dates, strict=True)],
        "EstablishmentName": [school.name for school, _ in pairs],
        "TypeOfEstablishment (code)": [str(school.type_code) for school, _ in pairs],
        "TypeOfEstablishment (name)": [TYPES[school.type_code][0] for school, _ in pairs],
        "PhaseOfEducation (code)": [str(KINDS[school.kind].phase_code) for school, _ in pairs],
        "PhaseOfEducation (name)": [KINDS[school.kind].phase for school, _ in pairs],
        "LA (code)": [str(region.authorities[school.authority].code) for school, _ in pairs],
        "LA (name)": [region.authorities[school.authority].name for school, _ in pairs],
    }
    return write(
        folder / f"grouplinks_edubaseallacademiesandfree{REGISTER_DATE}.csv",
        layout("grouplinks_21"),
        columns,
        encoding="cp1252",
        end="\n",
        quoting="all",
    )


def place_table(region: Region) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Small-area numbers, the authority each lies in, and the mean meals of its schools."""
    area, owner = region.column("place"), region.column("authority")
    meals = region.column("meals")
    number = np.unique(area)
    first = np.searchsorted(np.sort(area), number)
    order = np.argsort(area, kind="stable")
    total = np.bincount(area, weights=meals)[number]
    return number, owner[order][first], total / np.bincount(area)[number]

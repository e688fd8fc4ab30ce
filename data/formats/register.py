"""The register of schools (GIAS), full extract and search download alike: one row per school, columns by name.

Reads no personal name. Leaves out Welsh, offshore and overseas schools with the reason. A phase or place that the
register does not say is left unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pandas as pd
from pyproj import Transformer

from data.formats import listing
from data.formats.rejects import Rejects
from data.formats.text import TextTable
from data.formats.values import NO_DATE, dates, mapped, numbers, whole, words, written

REQUIRED = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (name)",
    "StatutoryLowAge", "StatutoryHighAge", "Gender (name)", "Postcode", "Easting", "Northing",
)  # fmt: skip
OPTIONAL = (
    "OfficialSixthForm (name)", "ReligiousCharacter (name)", "AdmissionsPolicy (name)", "SchoolCapacity",
    "NumberOfPupils", "PercentageFSM", "TrustSchoolFlag (name)", "Trusts (code)", "Trusts (name)", "Federations (code)",
    "Federations (name)", "LastChangedDate", "Street", "Town", "SchoolWebsite", "TelephoneNum", "GOR (name)",
    "LSOA (code)",
)  # fmt: skip
STATUS: Mapping[str, str] = {
    "open": "open", "closed": "closed", "open, but proposed to close": "open_proposed_to_close",
    "proposed to open": "proposed_to_open",
}  # fmt: skip
NOT_ENGLAND: Mapping[str, str] = {
    "welsh establishment": "a school in Wales", "british schools overseas": "a British school overseas",
    "offshore schools": "a school in the Channel Islands or the Isle of Man",
}  # fmt: skip
# By type, where the register's phase is "Not applicable" or says less than the type.
TYPE_PHASE: Mapping[str, str] = {
    **dict.fromkeys((
        "community special school", "non-maintained special school", "other independent special school",
        "foundation special school", "academy special sponsor led", "academy special converter", "free schools special",
        "special post 16 institution",
    ), "special"),
    **dict.fromkeys((
        "pupil referral unit", "academy alternative provision converter", "academy alternative provision sponsor led",
        "free schools alternative provision",
    ), "alternative_provision"),
    **dict.fromkeys((
        "further education", "sixth form centres", "academy 16-19 converter", "academy 16 to 19 sponsor led",
        "free schools 16 to 19", "academy secure 16 to 19",
    ), "sixteen_plus"),
    "local authority nursery school": "nursery",
}  # fmt: skip
PHASE: Mapping[str, str] = {
    "nursery": "nursery", "primary": "primary", "middle deemed primary": "primary", "secondary": "secondary",
    "middle deemed secondary": "secondary", "16 plus": "sixteen_plus", "all-through": "all_through",
}  # fmt: skip
# A city technology college is listed with independents but is state-funded: DfE counts it with academies.
TYPE_SECTOR: Mapping[str, str] = {
    "community special school": "maintained", "foundation special school": "maintained",
    "non-maintained special school": "other", "other independent special school": "independent",
    "city technology college": "academy",
}  # fmt: skip
GROUP_SECTOR: Mapping[str, str] = {
    "local authority maintained schools": "maintained", "academies": "academy", "free schools": "academy",
    "independent schools": "independent",
}  # fmt: skip
SELECTIVE: Mapping[str, bool] = {
    "selective": True, "non-selective": False, "comprehensive (secondary)": False, "modern (secondary)": False,
    "not applicable": False,
}  # fmt: skip
SIXTH_FORM: Mapping[str, bool] = {"has a sixth form": True, "does not have a sixth form": False}
GENDER: Mapping[str, str] = {"mixed": "mixed", "boys": "boys", "girls": "girls"}
FLAG_KIND: Mapping[str, str] = {
    "supported by a multi-academy trust": "mat", "supported by a single-academy trust": "sat", "supported by a trust": "trust",
}  # fmt: skip
DATES = ("OpenDate", "CloseDate", "LastChangedDate")
NO_LSOA = ("", "999999999", "Not recorded")


def in_england(table: TextTable, urn: pd.Series, rejects: Rejects) -> pd.Series:
    """The URNs whose school is in England; the rest go to `rejects`."""
    kind = table.column("TypeOfEstablishment (name)").loc[urn.index]
    reason = mapped(kind, NOT_ENGLAND)
    welsh = table.column("EstablishmentTypeGroup (name)").loc[urn.index].str.strip().eq("Welsh schools")
    reason = reason.mask(welsh & reason.isna(), "a school in Wales")
    out = reason.notna()
    rejects.rows(urn[out].astype("str"), reason[out] + ": Alongside covers England")
    return urn[~out]


def schools(table: TextTable, urn: pd.Series, rejects: Rejects, as_at: date | None) -> pd.DataFrame:
    """The schema's `school` columns, one row per URN. A cell that cannot be read is rejected and left missing."""
    at = urn.index
    text = {name: table.column(name).loc[at] for name in (*REQUIRED, *OPTIONAL)}
    cells = urn.astype("str")
    frame = pd.DataFrame({"urn": urn})
    la, number = _whole(text, "LA (code)", cells, rejects), _whole(text, "EstablishmentNumber", cells, rejects)
    frame["laestab"], frame["la_code"] = la * 10000 + number, la
    frame["la_name"] = words(text["LA (name)"])
    frame["name"] = text["EstablishmentName"].str.strip()
    frame["status"] = _known(text, "EstablishmentStatus (name)", STATUS, cells, rejects)
    form = date_form(table)
    for name, column in (("open_date", "OpenDate"), ("close_date", "CloseDate")):
        frame[name] = listing.day(table, column, form, at, rejects)
    frame["type_name"] = words(text["TypeOfEstablishment (name)"])
    kind = text["TypeOfEstablishment (name)"]
    by_group = mapped(text["EstablishmentTypeGroup (name)"], GROUP_SECTOR)
    frame["sector"] = _first(mapped(kind, TYPE_SECTOR), by_group).where(lambda s: s.notna(), "other").astype("str")
    frame["phase"] = _first(mapped(kind, TYPE_PHASE), mapped(text["PhaseOfEducation (name)"], PHASE)).astype("str")
    frame["phase_raw"] = words(text["PhaseOfEducation (name)"])
    frame["low_age"] = _whole(text, "StatutoryLowAge", cells, rejects)
    frame["high_age"] = _whole(text, "StatutoryHighAge", cells, rejects)
    frame["gender"] = mapped(text["Gender (name)"], GENDER).astype("str")
    frame["selective"] = mapped(text["AdmissionsPolicy (name)"], SELECTIVE).astype("boolean")
    frame["religious_character"] = words(text["ReligiousCharacter (name)"])  # `None` is a word here
    frame["sixth_form"] = mapped(text["OfficialSixthForm (name)"], SIXTH_FORM).astype("boolean")
    frame["capacity"] = _whole(text, "SchoolCapacity", cells, rejects)
    frame["pupils"] = _whole(text, "NumberOfPupils", cells, rejects)
    share = numbers(text["PercentageFSM"], unit="pct", low=0, high=100)
    rejects.cells(text["PercentageFSM"][~share.kept()], cells, "PercentageFSM", share.reason)
    frame["fsm_pct"] = share.value
    columns = (("street", "Street"), ("town", "Town"), ("postcode", "Postcode"), ("region", "GOR (name)"))
    for name, column in columns:
        frame[name] = words(text[column])
    _place(frame, text, cells, rejects)
    frame["lsoa"] = words(text["LSOA (code)"], missing=NO_LSOA)
    frame["phone"], frame["website"] = words(text["TelephoneNum"]), words(text["SchoolWebsite"])
    frame["trust_uid"] = _whole(text, "Trusts (code)", cells, rejects)
    frame["trust_name"] = words(text["Trusts (name)"])
    frame["federation_uid"] = _whole(text, "Federations (code)", cells, rejects)
    frame["as_at"] = pd.Series(pd.Timestamp(as_at) if as_at else pd.NaT, index=at, dtype="datetime64[s]")
    return frame.reset_index(drop=True)


def implied_groups(table: TextTable, school: pd.DataFrame, urn: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Groups and memberships that the register's own trust and federation columns state, of schools not closed.

    `group` has uid, name, kind, and no dates; `membership` no joining date: the groups and group-links files know more.
    """
    flag = mapped(table.column("TrustSchoolFlag (name)").loc[urn.index], FLAG_KIND)
    kinds = pd.Series(flag.to_numpy(), index=school.index)
    trust = pd.DataFrame(
        {"uid": school["trust_uid"], "urn": school["urn"], "name": school["trust_name"], "kind": kinds}
    )
    names = words(table.column("Federations (name)").loc[urn.index]).to_numpy()
    federation = pd.DataFrame(
        {"uid": school["federation_uid"], "urn": school["urn"], "name": names, "kind": "federation"}
    )
    both = pd.concat([trust, federation], ignore_index=True)
    there = pd.concat([school["status"]] * 2, ignore_index=True).ne("closed")
    both = both[there & both["uid"].notna() & both["name"].notna() & both["kind"].notna()]
    both = both.assign(uid=both["uid"].astype("str"), kind=both["kind"].astype("str")).sort_values(["uid", "urn"])
    group = both.drop_duplicates("uid").loc[:, ["uid", "name", "kind"]].assign(status="open")
    group["open_date"] = group["closed_date"] = pd.Series(pd.NaT, index=group.index, dtype="datetime64[s]")
    membership = both.loc[:, ["uid", "urn"]].drop_duplicates()
    membership["joined"] = pd.Series(pd.NaT, index=membership.index, dtype="datetime64[s]")
    return group.reset_index(drop=True), membership.reset_index(drop=True)


def date_form(table: TextTable) -> str:
    """The form of the file's dates: dd-mm-yyyy as published, another where the whole file was saved again in it.

    Rows without a URN (a total someone added) say nothing about it.
    """
    named = whole(table.column("URN"), digits=6)[0].notna()
    return written(*(table.column(name)[named] for name in DATES))


def last_changed(table: TextTable) -> date | None:
    """The latest change in the file: what it is at least as new as, where its name has no date."""
    found, _ = dates(table.column("LastChangedDate"), date_form(table), missing=NO_DATE)
    latest = found.max()
    return None if pd.isna(latest) else latest.date()


def _first(left: pd.Series, right: pd.Series) -> pd.Series:
    return left.where(left.notna(), right)


def _whole(text: Mapping[str, pd.Series], column: str, urn: pd.Series, rejects: Rejects) -> pd.Series:
    found, bad = whole(text[column])
    rejects.cells(text[column][bad], urn, column, "not a whole number")
    return found


def _known(
    text: Mapping[str, pd.Series], column: str, table: Mapping[str, str], urn: pd.Series, rejects: Rejects
) -> pd.Series:
    found = mapped(text[column], table)
    rejects.cells(text[column][found.isna() & text[column].str.strip().ne("")], urn, column, "not a known word")
    return found.astype("str")


@cache
def _grid() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def _place(frame: pd.DataFrame, text: Mapping[str, pd.Series], urn: pd.Series, rejects: Rejects) -> None:
    """Grid reference and longitude and latitude (WGS 84, six decimals); 0 or blank is not known."""
    east, north = _whole(text, "Easting", urn, rejects), _whole(text, "Northing", urn, rejects)
    known = (east > 0) & (north > 0)
    known = known.fillna(False).astype(bool)  # a missing grid reference is not known: the comparison itself is NA
    frame["easting"], frame["northing"] = east.where(known), north.where(known)
    frame["latitude"], frame["longitude"] = float("nan"), float("nan")
    if known.any():
        x, y = _grid().transform(east[known].to_numpy(dtype="float64"), north[known].to_numpy(dtype="float64"))
        frame.loc[known, "longitude"], frame.loc[known, "latitude"] = x.round(6), y.round(6)

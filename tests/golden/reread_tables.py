"""The tables that are no measurements (schools, links, groups, inspections, areas), read again cell by cell.

For each table the published column behind each of ours and a rule of one line for its cell. Columns that the importer
works out from several (phase, sector, places on the globe) are not here: they have tests of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.golden.reread import Sheet

Value = str | int | float | None
Rule = Callable[[str], Value]
NO_DAY = ("", "NULL", "01-01-1900", "01/01/1900")


def word(text: str) -> Value:
    return text or None


def whole(text: str) -> Value:
    return int(text) if text.isdigit() else None


def share(text: str) -> Value:
    return float(text) if text else None


def day(text: str) -> Value:
    """dd-mm-yyyy, dd/mm/yyyy or, out of a workbook, yyyy-mm-dd."""
    if text in NO_DAY:
        return None
    parts = [int(part) for part in text.replace("/", "-").split("-")]
    return date(*(parts if parts[0] > 31 else parts[::-1])).isoformat()


def decile(text: str) -> Value:
    """Written 10.00 in the file of 2019."""
    return int(float(text)) if float(text) == int(float(text)) else None


def known(text: str) -> Value:
    """A grid reference: 0 is not known."""
    return whole(text) or None


def grade(text: str) -> Value:
    return int(text) if text in ("1", "2", "3", "4") else None


def earlier(text: str) -> Value:
    """Whether an inspection was of a predecessor: the file says whether it relates to the present URN."""
    return {"Yes": 0, "No": 1}.get(text)


def named(words: Mapping[str, str]) -> Rule:
    return lambda text: words.get(text)


STATUS = named({
    "Open": "open", "Closed": "closed", "Open, but proposed to close": "open_proposed_to_close",
    "Proposed to open": "proposed_to_open",
})  # fmt: skip
GENDER = named({"Mixed": "mixed", "Boys": "boys", "Girls": "girls"})
KIND = named({"01": "federation", "02": "trust", "05": "sponsor", "06": "mat", "07": "umbrella", "10": "sat"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One table of a source. `key` are the columns that say which row it is, `cells` the rest; both ours -> published.

    `says` is the column a row must fill to be there at all; `fixed` what every row of it has.
    """

    table: str
    header: str
    key: Mapping[str, tuple[str, Rule]]
    cells: Mapping[str, tuple[str, Rule]]
    says: str
    fixed: Mapping[str, str]

    def there(self, sheet: Sheet, number: int) -> bool:
        """Whether the row gives a row of the table."""
        return self._said(sheet, number) is not None

    def row(self, sheet: Sheet, number: int, column: str) -> tuple[Value, ...]:
        """The key and one cell of a row."""
        return tuple(rule(sheet.at(number, name)) for name, rule in (*self.key.values(), self.cells[column]))

    def _said(self, sheet: Sheet, number: int) -> Value:
        column, rule = {**self.cells, **self.key}[self.says]
        return rule(sheet.at(number, column))


URN = {"urn": ("URN", whole)}
PLACE = {"street": ("Street", word), "town": ("Town", word), "postcode": ("Postcode", word)}
REGISTER = {
    "la_code": ("LA (code)", whole), "la_name": ("LA (name)", word), "name": ("EstablishmentName", word),
    "status": ("EstablishmentStatus (name)", STATUS), "open_date": ("OpenDate", day), "close_date": ("CloseDate", day),
    "type_name": ("TypeOfEstablishment (name)", word), "phase_raw": ("PhaseOfEducation (name)", word),
    "low_age": ("StatutoryLowAge", whole), "high_age": ("StatutoryHighAge", whole), "gender": ("Gender (name)", GENDER),
    "religious_character": ("ReligiousCharacter (name)", word), "capacity": ("SchoolCapacity", whole),
    "pupils": ("NumberOfPupils", whole), "fsm_pct": ("PercentageFSM", share), "region": ("GOR (name)", word),
    "easting": ("Easting", known), "northing": ("Northing", known), "trust_uid": ("Trusts (code)", whole),
    "trust_name": ("Trusts (name)", word), **PLACE,
}  # fmt: skip
INFORMATION = {
    "la_code": ("LA", whole), "laestab": ("LAESTAB", whole), "name": ("SCHNAME", word), "type_name": ("NFTYPE", word),
    "open_date": ("OPENDATE", day), "close_date": ("CLOSEDATE", day), "high_age": ("AGEH", lambda text: whole(text) or None),
    "gender": ("GENDER", GENDER), "religious_character": ("RELDENOM", word), "street": ("STREET", word),
    "town": ("TOWN", word), "postcode": ("POSTCODE", word),
}  # fmt: skip
GRADED = {
    "start_date": ("Inspection start date", day), "overall": ("Overall effectiveness", grade),
    "at_urn": ("URN at time of latest graded inspection", whole),
    "as_predecessor": ("Does the latest graded inspection relate to the URN of the current school?", earlier),
}  # fmt: skip
BEFORE = {
    "start_date": ("Previous inspection start date", day),
    "overall": ("Previous graded inspection overall effectiveness", grade),
    "at_urn": ("URN at time of previous graded inspection", whole),
    "as_predecessor": ("Does the previous graded inspection relate to the URN of the current school?", earlier),
}  # fmt: skip
LINK = {"urn": ("URN", whole), "link_urn": ("LinkURN", whole), "link_type": ("LinkType", word)}
DECILE = "Income Deprivation Affecting Children Index (IDACI) Decile (where 1 is most deprived 10% of LSOAs)"
TABLES: Mapping[str, tuple[Listed, ...]] = {
    "gias": (Listed("school", "URN", URN, REGISTER, "urn", {}),),
    "gias_search": (Listed("school", "URN", URN, REGISTER, "urn", {}),),
    "school_information": (Listed("school", "URN", URN, INFORMATION, "urn", {}),),
    "links": (Listed("link", "URN", LINK, {"established": ("LinkEstablishedDate", day)}, "link_urn", {}),),
    "groups": (
        Listed("group", "Group UID", {"uid": ("Group UID", word)}, {
            "name": ("Group Name", word), "kind": ("Group Type (code)", KIND), "closed_date": ("Closed Date", day),
            "status": ("Group Status", lambda text: text.lower() or None),
        }, "kind", {}),
    ),
    "group_links": (
        Listed("membership", "URN", {"uid": ("Linked UID", word), **URN}, {"joined": ("Joined date", day)}, "urn", {}),
        Listed("group", "URN", {"uid": ("Linked UID", word)}, {
            "name": ("Group Name", word), "kind": ("Group Type (code)", KIND),
            "status": ("Group Status", lambda text: text.lower() or None),
        }, "kind", {}),
    ),
    "ofsted_mi": (
        Listed("inspection", "URN", URN, GRADED, "start_date", {"event": "graded"}),
        Listed("inspection", "URN", URN, BEFORE, "start_date", {"event": "previous_graded"}),
    ),
    "idaci": (
        Listed("deprivation", "LSOA code (2011)", {"lsoa": ("LSOA code (2011)", word)},
               {"idaci_decile": (DECILE, decile)}, "lsoa", {}),
    ),
}  # fmt: skip

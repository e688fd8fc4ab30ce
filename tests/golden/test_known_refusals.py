"""Files that are known and not read: each is told why, and what to use instead."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.sources import SOURCES, peek, recognised
from data.sources.refusals import REFUSALS, refusal
from tests.golden.golden import HERE
from tests.shared import SHARED, needs_shared

CUT = "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),ReasonEstablishmentOpened (name)"
CENTRES = "URN,LA (code),LA (name),EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),EstablishmentStatus (code),EstablishmentStatus (name)"
TYPES = (
    "establishment-type-group-code,establishment-type-group-name,type-of-establishment-code,type-of-establishment-name"
)
# name -> first lines, the refusal's key, words of the message
KNOWN = {
    "governancealldata20260312.csv": ("GID,URN,UID,Role,Title,Forename 1,Surname,Date of appointment,Appointing body", "governance", "reads no person's name"),
    "edubaseallstatefunded20260312.csv": (CUT, "register_cut", "Use the whole register"),
    "edubaseallchildrencentre20260312.csv": (CENTRES, "childrens_centres", "which are no schools"),
    "ks2_meta.csv": ("Column,Field Name,Label/Description\n1,RECTYPE,Record type", "descriptions", "Use the data file that it came with"),
    "ks4_meta.csv": ("Column,Metafile heading,Metafile description", "descriptions", "describes the columns"),
    "abs_meta.csv": ("Variable,Label,Type,Description", "descriptions", "describes the columns"),
    "census_meta.csv": ("Field Number,Field Reference,Field Name,Values,Data Format", "descriptions", "describes the columns"),
    "data.meta.csv": ("col_name,col_type,label,indicator_grouping", "descriptions", "describes the columns"),
    "la_codes.csv": ("LEA,LA Name,REGION,REGION NAME\n991,Chilvershire,1,East", "authority_codes", "look-up of authorities"),
    "types.csv": (TYPES, "establishment_types", "holds no school"),
    "profile.csv": ("file,column,values,suppressed,min,max,mean,top", "profile", "not a data file"),
    "alongside_offers.csv": ("URN,area,kind,days_per_term,days_per_slot,state\n900101,mathematics,coaching,2,,offered", "offers", "offers of support are entered now"),
    "abs_5.txt": ("LA\nESTAB\nURN\nPERCTOT\nPPERSABS10\n", "names_of_columns", "one name a line"),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_known_layout_is_told_why_it_is_not_read_and_what_to_use(name, end):
    text, key, words = KNOWN[name]
    seen = peek(RawFile("any name.dat", (), text.replace("\n", end).upper().encode()))  # by content, whatever the case
    found = refusal(seen)
    assert found is not None and found.key == key
    with pytest.raises(SourceFormatError) as error:
        recognised(seen)
    assert (error.value.what, error.value.remedy) == (found.reason, found.instead)
    assert words in str(error.value) and str(error.value).startswith("any name.dat: ")


def test_workbooks_of_descriptions_and_of_abbreviations():
    for cells, key in (
        ([["Column", "Metafile heading", "Metafile description"], [1, "RECTYPE", "Record type"]], "descriptions"),
        ([["2023 KS4"], ["Abbreviations used in the csv and excel files."], ["AC", "Academy"]], "abbreviations"),
    ):
        book = Workbook()
        for row in cells:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        found = refusal(peek(RawFile("a.xlsx", (), content.getvalue())))
        assert found is not None and found.key == key


def test_every_refusal_is_one_sentence_with_a_way_out_and_is_tried_above():
    for known in REFUSALS:
        assert known.reason.endswith(".") and known.reason.count(". ") == 0
        assert known.instead.endswith(".")
    assert {known.key for known in REFUSALS} == {key for _, key, _ in KNOWN.values()} | {"abbreviations"}


@pytest.mark.parametrize("text", ["Dear all", "a\nb\nc\nd\n", "LEA,LA Name,REGION\n991,Chilvershire,1\n"])
def test_what_is_not_known_is_not_called_known(text):
    seen = peek(RawFile("a.csv", (), text.encode()))
    assert refusal(seen) is None
    with pytest.raises(SourceFormatError, match="no known layout"):
        recognised(seen)


def test_no_file_of_a_source_is_refused_as_another():
    for path in sorted(HERE.rglob("*.csv")):
        seen = peek(RawFile.from_path(path))
        if any(source.recognise(seen) for source in SOURCES):
            assert recognised(seen).recognise(seen)
            found = refusal(seen)
            assert found is None or found.key == "register_cut", path.name  # a cut has nothing the whole lacks


@needs_shared
@pytest.mark.parametrize(
    ("folder", "key"),
    [("realdata/performance/meta", {"descriptions", "abbreviations", "authority_codes"}), ("formats/headers", {"names_of_columns"})],
)  # fmt: skip
def test_every_description_and_header_list_at_hand_is_known(folder, key):
    assert SHARED
    seen = {path.name: refusal(peek(RawFile.from_path(path))) for path in sorted((SHARED / folder).iterdir())}
    assert [name for name, found in seen.items() if found is None] == []
    assert {found.key for found in seen.values() if found} == key


@needs_shared
def test_the_look_up_and_the_profiles_at_hand_are_known():
    assert SHARED
    for name, key in (
        ("realdata/gias/edubasealldata20250422-establishment-types.csv", "establishment_types"),
        ("formats/profiles_2024-25.csv", "profile"), ("formats/profile_gias_2026-03-12.csv", "profile"),
    ):  # fmt: skip
        found = refusal(peek(RawFile.from_path(SHARED / name)))
        assert found is not None and found.key == key

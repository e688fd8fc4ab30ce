"""The columns of Ofsted's management information in each generation: names only, no reading.

Confirmed in full: 85 columns (report cards, February 2026; later files say `date of grade` for `date of judgement`) and
74 columns (2022 to 2025). Confirmed by others' database of the file: section 8 inspections (2019 to 2022). Known name by
name from public code that reads them: latest inspections to 2019 (title row; `Inspection date`, short inspections), and
all inspections, one row each (1 September 2015 to 31 August 2019 with its title row; year to date since). A field gives
its names in order; the first that a file has is used. The judgements of the framework before September 2019 that have
no successor (teaching, outcomes, personal development with behaviour, 16 to 19 study programmes) are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Names = tuple[str, ...]
GRADES = ("overall", "quality_of_education", "behaviour_and_attitudes", "personal_development",
          "leadership_and_management", "early_years", "sixth_form")  # fmt: skip
AREAS: Mapping[str, str] = {  # report cards: our name of an area -> the publisher's column
    "inclusion": "Inclusion", "curriculum_and_teaching": "Curriculum and teaching", "achievement": "Achievement",
    "attendance_and_behaviour": "Attendance and behaviour",
    "personal_development_and_wellbeing": "Personal development and wellbeing",
    "leadership_and_governance": "Leadership and governance", "early_years_card": "Early years (where applicable)",
    "post_16_card": "Post-16 provision (where applicable)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One inspection of a row: the event it is stored as, and the names of each field's column, best first."""

    event: str
    columns: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class Layout:
    """One generation. It is the file's if the header has, of every tuple in `marks`, at least one name.

    `each`: one row per inspection (several per school) rather than one row per school.
    """

    marks: tuple[Names, ...]
    blocks: tuple[Block, ...]
    each: bool = False

    def names(self) -> set[str]:
        """Every column that the layout may be read from."""
        return {name for block in self.blocks for names in block.columns.values() for name in names}


def _one(**columns: str) -> dict[str, Names]:
    return {field: (name,) for field, name in columns.items()}


def _dated(area: str, column: str) -> dict[str, Names]:
    bare = column.removesuffix(" (where applicable)")
    return {f"{area} on": (f"{bare} - date of judgement", f"{bare} - date of grade")}


_PARTS = _one(
    quality_of_education="Quality of education", behaviour_and_attitudes="Behaviour and attitudes",
    personal_development="Personal development", early_years="Early years provision (where applicable)",
    leadership_and_management="Effectiveness of leadership and management",
    sixth_form="Sixth form provision (where applicable)", category_of_concern="Category of concern",
) | {"safeguarding": ("Safeguarding is effective?", "Safeguarding is effective", "Is safeguarding effective?")}  # fmt: skip
_BEFORE = _one(
    published="Previous publication date", quality_of_education="Previous quality of education",
    behaviour_and_attitudes="Previous behaviour and attitudes",
    personal_development="Previous personal development",
    leadership_and_management="Previous effectiveness of leadership and management",
    early_years="Previous early years provision (where applicable)",
    sixth_form="Previous sixth form provision (where applicable)", category_of_concern="Previous category of concern",
) | {"safeguarding": ("Previous safeguarding is effective?", "Previous is safeguarding effective?")}  # fmt: skip
_UNGRADED = _one(
    start_date="Date of latest ungraded inspection", published="Ungraded inspection publication date",
    relates="Does the ungraded inspection relate to the URN of the current school?",
    at_urn="URN at time of the ungraded inspection", outcome="Ungraded inspection overall outcome",
) | {
    "number": ("Latest ungraded inspection number since last graded inspection", "Latest ungraded inspection number")
}  # fmt: skip
_AREAS = {area: (column,) for area, column in AREAS.items()}
_CARD = _AREAS | _one(
    start_date="Inspection start date", type_name="Inspection type", published="Publication date",
    category_of_concern="Category of concern", safeguarding="Safeguarding standards",
)  # fmt: skip

REPORT_CARDS = Layout(
    (("Inspection number of latest full inspection",), ("Leadership and governance",), ("Inspection start date",)),
    (
        Block("report_card", _CARD | _one(
            number="Inspection number of latest full inspection",
            relates="Does the latest full inspection relate to the URN of the current school?",
            at_urn="URN at time of latest full inspection",
        ) | _dated("safeguarding", "Safeguarding standards")
          | {key: names for area, column in AREAS.items() for key, names in _dated(area, column).items()}),
        Block("graded", _one(
            start_date="Inspection start date of latest OEIF graded inspection",
            number="Inspection number of latest OEIF graded inspection",
            type_name="Inspection type of latest OEIF graded inspection",
            published="Publication date of latest OEIF graded inspection",
            relates="Does the latest OEIF graded inspection relate to the URN of the current school?",
            at_urn="URN at time of latest OEIF graded inspection", overall="Latest OEIF overall effectiveness",
            quality_of_education="Latest OEIF quality of education",
            behaviour_and_attitudes="Latest OEIF behaviour and attitudes",
            personal_development="Latest OEIF personal development",
            leadership_and_management="Latest OEIF effectiveness of leadership and management",
            early_years="Latest OEIF early years provision (where applicable)",
            sixth_form="Latest OEIF sixth form provision (where applicable)",
            safeguarding="Latest OEIF safeguarding is effective?", category_of_concern="Latest OEIF category of concern",
        )),
        Block("ungraded", _UNGRADED),
    ),
)  # fmt: skip
GRADED = Layout(
    (
        ("Overall effectiveness",), ("Inspection start date",), ("Previous inspection start date",),
        ("Date of latest ungraded inspection",), ("Does the latest graded inspection relate to the URN of the current school?",),
    ),
    (
        Block("graded", _PARTS | _one(
            start_date="Inspection start date", number="Inspection number of latest graded inspection",
            type_name="Inspection type", published="Publication date", overall="Overall effectiveness",
            relates="Does the latest graded inspection relate to the URN of the current school?",
            at_urn="URN at time of latest graded inspection",
        )),
        Block("previous_graded", _BEFORE | _one(
            start_date="Previous inspection start date", number="Previous graded inspection number",
            relates="Does the previous graded inspection relate to the URN of the current school?",
            at_urn="URN at time of previous graded inspection",
            overall="Previous graded inspection overall effectiveness",
        )),
        Block("ungraded", _UNGRADED),
    ),
)  # fmt: skip
_FULL_STARTS = ("Inspection start date", "Inspection date")
_BEFORE_STARTS = (
    "Previous inspection start date",
    "Previous full inspection start date",
    "Previous full inspection date",
)
_SECTION_8 = ("Date of latest section 8 inspection", "Date of latest short inspection")
FULL = Layout(
    (("Overall effectiveness",), _FULL_STARTS, ("Previous full inspection overall effectiveness",), _SECTION_8),
    (
        Block("graded", _PARTS | _one(type_name="Inspection type", published="Publication date", overall="Overall effectiveness") | {
            "start_date": _FULL_STARTS, "number": ("Inspection number of latest full inspection", "Inspection number"),
            "relates": ("Does the latest full inspection relate to the URN of the current school?",
                        "Does the latest full inspection relate to the school in its current form?"),
            "at_urn": ("URN at time of latest full inspection",),
        }),
        Block("previous_graded", _BEFORE | {
            "start_date": _BEFORE_STARTS, "number": ("Previous full inspection number", "Previous inspection number"),
            "relates": ("Does the previous full inspection relate to the URN of the current school?",
                        "Does the previous full inspection relate to the school in its current form?"),
            "at_urn": ("URN at time of previous full inspection",),
            "overall": ("Previous full inspection overall effectiveness",),
        }),
        Block("ungraded", {
            "start_date": _SECTION_8,
            "number": ("Latest section 8 inspection number since last full inspection",
                       "Latest short inspection number since last full inspection"),
            "published": ("Section 8 inspection publication date", "Short inspection publication date"),
            "relates": ("Does the section 8 inspection relate to the URN of the current school?",),
            "at_urn": ("URN at time of the section 8 inspection",),
            "outcome": ("Section 8 inspection overall outcome", "Short inspection overall outcome"),
            "converted": ("Did the latest section 8 inspection convert to a full inspection?",
                          "Did the latest short inspection convert to a full inspection?"),
        }),
    ),
)  # fmt: skip
_EACH_START = ("Inspection start date", "Inspection date")
_BY_INSPECTION: tuple[Names, ...] = (  # the phase keeps out the like files of independent schools
    ("Inspection number",), _EACH_START, ("Event type grouping", "Academic year", "Previous inspection number"),
    ("Ofsted phase", "Phase of education", "Academic year"),
)  # fmt: skip
EACH_CARD = Layout(
    (*_BY_INSPECTION, ("Leadership and governance",)), (Block("report_card", _CARD | _one(number="Inspection number")),),
    each=True,
)  # fmt: skip
EACH_GRADED = Layout(
    (*_BY_INSPECTION, ("Overall effectiveness", "Quality of education")),
    (
        Block("graded", _PARTS | _one(number="Inspection number", type_name="Inspection type", overall="Overall effectiveness") | {
            "start_date": _EACH_START, "published": ("Publication date", "Latest published date"),
            "outcome": ("Outcomes for ungraded and monitoring inspections", "Outcomes for S8 inspections that did not convert",
                        "Outcomes for section 8 inspections and short inspections that did not convert",
                        "Outcomes for short inspections that did not convert"),
        }),
        Block("previous_graded", _BEFORE | {
            "start_date": _BEFORE_STARTS, "number": ("Previous inspection number", "Previous full inspection number"),
            "relates": ("Does the previous inspection relate to the school in its current form?",),
            "at_urn": ("URN at time of previous inspection", "URN at time of previous full inspection"),
            "overall": ("Previous overall effectiveness", "Previous full inspection overall effectiveness"),
        }),
    ),
    each=True,
)  # fmt: skip
LAYOUTS = (
    REPORT_CARDS,
    GRADED,
    FULL,
    EACH_CARD,
    EACH_GRADED,
)  # the first that fits; schools' files before single inspections

"""The school workforce by school (performance tables `swf`): staff in full-time equivalents, pupils per teacher, salary.

Headers are sentences with runs of spaces; values have pound signs and thousands separators. Two rows of England have
`NAT` in place of the authority. Headcounts are not read beside full-time equivalents.
"""

from __future__ import annotations

from data.formats import performance
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

RATIO = "Pupil: Teacher Ratio"
FAMILY = performance.Family(source="swf", la="LA Number", required=("URN", RATIO))


def recognise(peek: Peek) -> bool:
    """The authority's number and the pupils per teacher beside URN."""
    return peek.header("URN", "LA Number", RATIO) is not None


def read(file: RawFile) -> Extract:
    """See `performance.read`; always final."""
    return performance.read(file, FAMILY)


SOURCE = Source(
    "swf", "School workforce", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    f"columns URN, LA Number, {RATIO}", recognise, read,
    expected=Expected(left_out=0.01, withheld=0.05), due="no longer among the performance tables",
)  # fmt: skip

"""Key stage 4 results by school (explore education statistics): ten rows a school, one for each group of pupils.

No file of it could be had. Confirmed by other readers' code: the names of 2023-24 (`avg_att8`, `avg_p8score`,
`t_inp8calc`, `pt_l2basics_94` and `_95`, `pt_ebacc_e_ptq_ee`, `avg_ebaccaps`, `t_pupils`) and the whole header of
2024-25 (`attainment8_average`, `engmath_95_percent`, `pupil_count`...), the groups `Total` and `Disadvantaged`.
Likely: the order of the columns of 2023-24. No group but those two is read, and no sum.
"""

from __future__ import annotations

from data.formats import tidy
from data.formats.extract import Expected, Extract, Peek, RawFile, Source

DATASET = tidy.Tidy("ees_ks4_performance", groups=("breakdown",))
ATTAINMENT = ("avg_att8", "attainment8_average")  # 2023-24; 2024-25


def recognise(peek: Peek) -> bool:
    """Attainment 8 by group of pupils, with a school's URN."""
    return any(peek.header(*tidy.recognised_by(DATASET, name)) is not None for name in ATTAINMENT)


def read(file: RawFile) -> Extract:
    """See `tidy.read`."""
    return tidy.read(file, DATASET)


SOURCE = Source(
    DATASET.source, "Key stage 4 results (explore education statistics)", "Department for Education",
    "https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    "columns time_period, geographic_level, school_urn, breakdown, avg_att8", recognise, read,
    Expected(withheld=0.5),
    "October provisional, February revised, April final, for the school year before",
)  # fmt: skip

"""The sample's years and the national levels it is drawn around. Numbers only; nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PERIODS: tuple[int, ...] = (
    201516, 201617, 201718, 201819, 201920, 202021, 202122, 202223, 202324, 202425, 202526,
)  # fmt: skip
KS2_PERIODS: tuple[int, ...] = (201516, 201617, 201718, 201819, 202223, 202324, 202425)
KS4_PERIODS: tuple[int, ...] = (201516, 201617, 201718, 201819, 202122, 202223, 202324, 202425, 202526)
ABSENCE_PERIODS: tuple[int, ...] = KS2_PERIODS
LEAVERS_PERIODS: tuple[int, ...] = (201516, 201617, 201718, 202122, 202223)  # published two years later
KS5_PERIODS: tuple[int, ...] = (201516, 201617, 201718, 201819, 202122, 202223, 202324, 202425)
CENSUS_PERIODS: tuple[int, ...] = PERIODS[:-1]
CFR_PERIODS: tuple[int, ...] = (202021, 202122, 202223, 202324, 202425)
AAR_PERIODS: tuple[int, ...] = CFR_PERIODS  # academic years, where the others are financial ones
WINDOW: tuple[int, ...] = (202223, 202324, 202425)
SUBJECTS: tuple[str, ...] = ("reading", "writing", "mathematics", "grammar")
REGISTER_DATE = "20261101"
OFSTED_DATE = "31_August_2025"
CARDS_DATE = "31_August_2026"  # a year on, with report cards
SEED_PROGRAMME = 2023  # which twenty of the forty Reading Together schools took part

# Share at the expected standard of a school with typical intake (DOMAIN B2), in the order of SUBJECTS.
LEVELS: Mapping[int, tuple[float, float, float, float]] = MappingProxyType(
    {201516: (66, 74, 70, 73), 201617: (71, 76, 75, 77), 201718: (75, 78, 76, 78), 201819: (73, 78, 79, 78),
     202223: (73, 71, 73, 72), 202324: (74, 72, 73, 72), 202425: (75, 72, 74, 73)}
)  # fmt: skip
ATTAINMENT8: Mapping[int, float] = MappingProxyType(
    {201516: 49.9, 201617: 46.3, 201718: 46.5, 201819: 46.7, 202122: 48.8, 202223: 46.3, 202324: 46.1, 202425: 46.0,
     202526: 46.1}
)  # fmt: skip
# Persistent absence of a typical primary and secondary, and what lies under both.
PERSISTENT: Mapping[int, tuple[float, float]] = MappingProxyType(
    {201516: (8.2, 13.1), 201617: (8.3, 13.5), 201718: (8.7, 13.9), 201819: (8.2, 13.7), 202223: (16.2, 26.5),
     202324: (14.6, 25.6), 202425: (13.3, 23.9)}
)  # fmt: skip


def text(period: int, joint: str = "-") -> str:
    """202425 as 2024-2025."""
    first = period // 100
    return f"{first}{joint}{first + 1}"

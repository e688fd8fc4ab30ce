"""Figures of a picture as people read them, and the same as a format that a spreadsheet and a chart understand.

Rounds for display only. One unit a picture: percent and pounds stand at each figure, other units once, in its title.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.catalogue.years import shown
from pages.components.figures import MINUS, money

MILLION, THOUSAND = 999_500.0, 9_950.0


def year(period: int) -> str:
    """202425 -> "2024/25"; a plain year (2024) as it is."""
    return shown(period) if period >= 10_000 else str(period)


def decimals(values: Iterable[float], unit: str) -> int:
    """0 where all figures are whole; of percentages 1 only where they lie so close (a spread below 5) that none would hide it."""
    found = list(values)
    if not found or all(abs(one - round(one)) < 1e-9 for one in found):
        return 0
    return int(max(found) - min(found) < 5) if unit == "%" else int(unit != "£")


def end_decimals(values: Iterable[float], unit: str) -> int:
    """Of figures that stand at the ends of lines: those of the title, which gives shares of a year with a decimal."""
    return 0 if unit == "£" else int(any(abs(one - round(one)) >= 1e-9 for one in values))


def words(value: float, unit: str, places: int = 0) -> str:
    """ "52%", "£1.2m", "£640k", "3.4": the unit itself only where it is a sign."""
    if unit == "£":
        return money(value)
    sign = MINUS if round(value, places) < 0 else ""
    size = abs(value)
    return f"{sign}{size:,.{places}f}{'%' if unit == '%' else ''}"


def code(values: Iterable[float], unit: str) -> str:
    """The number format of a chart's figures."""
    found = list(values)
    largest = max((abs(one) for one in found), default=0.0)
    if unit == "£":
        if largest >= MILLION:
            return '£0.0,,"m"'
        return '£#,##0,"k"' if largest >= THOUSAND else "£#,##0"
    plain = "#,##0.0" if decimals(found, unit) else "#,##0"
    return f'{plain}"%"' if unit == "%" else plain


def marks(span: tuple[float, float, float]) -> list[float]:
    """Where a scale (from, to, step) has its marks."""
    low, high, step = span
    return [low + step * place for place in range(round((high - low) / step) + 1)]


def axis_code(span: tuple[float, float, float], unit: str) -> str:
    """The number format of the marks of a scale: as many decimals as its step needs, so that no two of them read alike."""
    size, letter = _size(span, unit)
    places = _exact(span[2] / size)
    plain = "#,##0" + (f".{'0' * places}" if places else "") + {"m": ",,", "k": ","}.get(letter, "")
    return f"{'£' if unit == '£' else ''}{plain}" + (f'"{letter}"' if letter else "")


def axis_words(span: tuple[float, float, float], unit: str) -> list[str]:
    """The same marks as words, for a drawing."""
    size, letter = _size(span, unit)
    places, pound = _exact(span[2] / size), "£" if unit == "£" else ""
    shown = [round(mark / size, places) + 0.0 for mark in marks(span)]
    return [f"{MINUS if one < 0 else ''}{pound}{abs(one):,.{places}f}{letter}" for one in shown]


def _size(span: tuple[float, float, float], unit: str) -> tuple[float, str]:
    """What marks are counted in, and its letter or sign."""
    if unit != "£":
        return 1.0, "%" if unit == "%" else ""
    largest = max(abs(span[0]), abs(span[1]))
    if largest >= MILLION:
        return 1e6, "m"
    return (1e3, "k") if largest >= THOUSAND else (1.0, "")


def _exact(step: float) -> int:
    """Decimals that a step needs to be told from the next one."""
    return next((places for places in range(6) if abs(step - round(step, places)) < step * 1e-6), 6)


def said_once(title: str, unit: str) -> str:
    """A picture's title with a unit in words, which stands nowhere else: "Days lost" and "days" -> "Days lost (days)"."""
    if unit in ("", "%", "£") or unit.lower() in title.lower():
        return title
    return f"{title} ({unit})" if title else unit[:1].upper() + unit[1:]

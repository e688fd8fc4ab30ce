"""Numbers as words for the screen: percentages, money, chances. Rounds for display only; missing stays missing."""

from __future__ import annotations

from data.catalogue import MEASURES

NOT_KNOWN = "not known"
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NO_UPPER_AGE = 90  # the register writes 99 where a school has none
CHANCES = ((1, 2), (6, 10), (2, 3), (3, 4), (4, 5), (9, 10), (19, 20))
MINUS = "\u2212"


def number_words(number: int) -> str:
    """0-9 in words ("no", "one", ...), more in figures with thousands separators."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def sentence_start(text: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def signed(text: str) -> str:
    """A typographic minus in place of a hyphen before a number."""
    return f"{MINUS}{text[1:]}" if text.startswith("-") else text


def rounded(value: float, decimals: int) -> str:
    """`value` with `decimals` places, thousands separated, never "-0"."""
    text = f"{value:,.{decimals}f}"
    return signed(text[1:] if float(text.replace(",", "")) == 0 and text.startswith("-") else text)


def measure_value(measure: str, value: float | None) -> str:
    """A value of a catalogue measure in its own units: "52%", "46.2", "£5,120"; "not known" when missing."""
    known = MEASURES[measure]
    return unit_value(value, known.unit, known.decimals)


def unit_value(value: float | None, unit: str, decimals: int) -> str:
    """A value in a unit of the catalogue (pct, score, gbp, count)."""
    if value is None or unit == "gbp":
        return money(value)
    return rounded(value, decimals) + ("%" if unit == "pct" else "")


def money(pounds: float | None) -> str:
    """£1.2m, £640k, £950; a minus before the sign of the pound; "not known" when missing."""
    if pounds is None:
        return NOT_KNOWN
    size, sign = abs(pounds), MINUS if round(pounds) < 0 else ""
    if size >= 999_500:
        return f"{sign}£{size / 1e6:.1f}m"
    return f"{sign}£{size / 1e3:.0f}k" if size >= 9_950 else f"{sign}£{size:,.0f}"


def share(value: float | None, decimals: int = 0) -> str:
    """A percentage without decimals unless asked: "52%"; "not known" when missing."""
    return NOT_KNOWN if value is None else f"{rounded(value, decimals)}%"


def chances(probability: float) -> str:
    """A probability from one half up as "about 9 in 10": the nearest of seven plain chances."""
    top, whole = min(CHANCES, key=lambda pair: (abs(pair[0] / pair[1] - probability), pair[1]))
    return f"about {top} in {whole}"


def expected_by_chance(false_share: float | None) -> str:
    """A list's expected false share (screening.false_share) as words; empty text for an empty list."""
    if false_share is None:
        return ""
    if false_share < 1 / 40:
        return "fewer than 1 in 40 of these is expected to be chance"
    return f"about 1 in {round(1 / false_share)} of these is expected to be chance"


def kilometres(distance: float | None) -> str:
    """ "6 km"; under 1 km "under 1 km"; "distance not known" when missing. Straight-line distances."""
    if distance is None:
        return "distance not known"
    return "under 1 km" if distance < 1 else f"{distance:.0f} km"


def ages(low: int | None, high: int | None) -> str:
    """ "4 to 11"; "16 and over" where the register gives 99 for no upper age; "" where one is not known."""
    if low is None or high is None:
        return ""
    return f"{low} and over" if high >= NO_UPPER_AGE else f"{low} to {high}"

"""Our own colours are seen: words at 4.5 to 1, shapes and lines that say something at 3 to 1, on the page of their theme (WCAG 2.2)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pages.charts.theme import DARK, LIGHT, Palette
from pages.components.style import STYLE

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
PALETTES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#FFFFFF", "#000000", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FFFFFF", "#FFFFFF", 1.0)]
)  # W3C's own examples
def test_contrast_is_as_w3c_works_it_out(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_shapes_of_pictures_are_seen(theme: str) -> None:
    palette: Palette = PALETTES[theme]
    assert palette.page == CONFIG[theme]["backgroundColor"]
    assert {one: round(contrast(getattr(palette, one), palette.page), 2) for one in ("text", "quiet")
            if contrast(getattr(palette, one), palette.page) < 4.5} == {}  # fmt: skip
    drawn = ("ours", "similar", "support", "look", "line", "dot")
    assert {one: round(contrast(getattr(palette, one), palette.page), 2) for one in drawn
            if contrast(getattr(palette, one), palette.page) < 3} == {}  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_of_pages_are_seen_on_every_ground(theme: str) -> None:
    said, side = CONFIG[theme], CONFIG[theme]["sidebar"]
    grounds = (
        said["backgroundColor"],
        said["secondaryBackgroundColor"],
        side["backgroundColor"],
        side["secondaryBackgroundColor"],
    )
    assert min(contrast(said["textColor"], ground) for ground in grounds) >= 7
    assert min(contrast(said["linkColor"], ground) for ground in grounds) >= 4.5
    assert contrast("#FFFFFF", said["primaryColor"]) >= 4.5  # words on a button
    assert contrast(said["primaryColor"], said["backgroundColor"]) >= 3


def test_words_in_colours_of_our_own_style_are_seen_in_both_themes() -> None:
    pairs = set(re.findall(r"light-dark\((#\w{6}),(#\w{6})\)", STYLE))
    assert len(pairs) >= 2
    for light, dark in pairs:
        assert contrast(light, CONFIG["light"]["backgroundColor"]) >= 4.5
        assert contrast(dark, CONFIG["dark"]["backgroundColor"]) >= 4.5

"""What holds for every page: its source and sample words, no word that must not be there, hidden names nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.shell.registry import PAGES
from tests.views import drive, region

PICTURED = [spec.key for spec in PAGES if spec.needs_figures]


@pytest.mark.parametrize("key", PICTURED)
def test_a_page_says_source_sample_and_limits_in_plain_words(filled_home: Path, key: str) -> None:
    at = drive.view(key)
    assert not at.exception
    shown = drive.text(at)
    assert "Sample data: fictional schools." in shown
    assert "Figures of 21 November 2026." in shown
    assert "What this shows:" in shown
    assert "What it does not show:" in shown
    assert drive.off_words(shown) == []
    assert drive.html(at).count("<h1") == 1


@pytest.mark.parametrize("key", PICTURED)
@pytest.mark.parametrize("phase", ["primary", "secondary"])
def test_hidden_names_are_nowhere_on_a_page(filled_home: Path, key: str, phase: str) -> None:
    school = "900001" if phase == "primary" else "900011"
    at = drive.view(key, hide="1", phase=phase, school=school)
    assert not at.exception
    shown = drive.text(at) + drive.pictures(at).replace("\\u003cbr\\u003e", " ")
    shown = shown.replace("Kelderby Partnership Trust", "").replace("Chilver Vale Learning Trust", "")
    told = [name for name in region.NAMES.values() if name in shown or name.rsplit(" ", 2)[0] in shown]
    assert told == []


@pytest.mark.parametrize("key", PICTURED)
@pytest.mark.parametrize("school", ["900009", "900010", "900007"])
def test_no_page_breaks_for_an_infant_a_special_or_a_very_small_school(
    filled_home: Path, key: str, school: str
) -> None:
    at = drive.view(key, school=school)
    assert not at.exception
    assert "<h1" in drive.html(at)


@pytest.mark.parametrize("key", PICTURED)
def test_names_full_of_markup_stay_text(filled_home: Path, key: str) -> None:
    at = drive.view(key, school="900006")
    assert not at.exception
    drawn = "\n".join([shown.value for shown in at.html] + [shown.value for shown in at.markdown])
    assert "<b>" not in drawn
    assert "](https://x.example)" not in "\n".join(shown.value for shown in at.markdown)
    labels = [button.label for button in at.button] + [shown.label for shown in at.expander]
    assert not [label for label in labels if "St <b>" in label]


@pytest.mark.parametrize("key", PICTURED)
@pytest.mark.parametrize("uid", [region.SECOND, region.AUTHORITY, "no-such"])
def test_every_page_stands_for_every_partnership(filled_home: Path, key: str, uid: str) -> None:
    at = drive.view(key, partnership=uid, phase="secondary")
    assert not at.exception
    assert "<h1" in drive.html(at)

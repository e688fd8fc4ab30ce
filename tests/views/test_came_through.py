"""Came through difficulty on the pages: in full for the school's own people, as a mark for who could help, never as a score."""

from __future__ import annotations

from tests.views import drive, region


def test_my_school_says_both_windows_and_what_was_to_be_expected(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900002", partnership=region.TRUST))
    assert "Came through difficulty" in shown and "Mathematics: improved." in shown
    assert "From 2016/17 to 2018/19 its results lay 9 points below" in shown and "a rise of 16 points" in shown
    assert "about 6 points would be expected of any school that stood so low, 4 of them by chance alone" in shown
    assert "Not enough years to tell in writing" in shown


def test_not_through_is_no_verdict(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900004", partnership=region.TRUST))
    assert "Before and since" in shown and "improved" not in shown.lower()
    assert "Not said to have come through it: its later years are not clearly back" in shown
    small = drive.text(drive.view("my_school", school="900001", partnership=region.TRUST))
    assert "Too few pupils to tell in mathematics" in small and "neither for nor against" in small


def test_outside_its_partnership_no_earlier_need_is_named(filled_home: object) -> None:
    theirs = drive.text(drive.view("my_school", school="900013", partnership=region.TRUST))
    assert "Reading: improved." in theirs and "by more than chance explains" in theirs
    assert "its results lay" not in theirs
    hidden = drive.text(drive.view("my_school", school="900004", partnership=region.SECOND))
    assert "Before and since" not in hidden and "come through" not in hidden


def test_an_earlier_year_knows_nothing_of_later_ones(filled_home: object) -> None:
    shown = drive.text(drive.view("my_school", school="900002", partnership=region.TRUST, year=str(region.YEARS[0])))
    assert "Came through difficulty" not in shown and "improved" not in shown.lower()


def test_who_could_help_bears_the_mark(filled_home: object) -> None:
    shown = drive.text(drive.view("support_who", partnership=region.TRUST))
    assert "mathematics; ◆ came through difficulty in mathematics" in shown
    assert "Of ours: Nettlecombe Cross Primary School in mathematics. Whether it could help others" in shown
    assert "◆ came through difficulty in reading" in shown  # a school near, with a strength
    earlier = drive.text(drive.view("support_who", partnership=region.TRUST, year=str(region.YEARS[0])))
    assert "◆" not in earlier

"""Timing views: two servers, driven alike, on the small sample; the arithmetic of shares; what cannot be timed is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.store.engine import place
from tests.benchmark import views
from tests.benchmark.views import Timed, share, summary, table
from tests.benchmark.visiting import Seen, Unseen, Visitor
from tests.views.region import fill


def silent(_words: str) -> None:
    return None


def seen(processor: float) -> Seen:
    return Seen(2 * processor, processor, 10, 1000)


def test_views_and_the_fixed_page_are_drawn_in_turn_on_the_small_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    fill(place("sample"))
    found = views.timed(tmp_path, keys=("overview", "privacy"), params=views.START, repeats=2, progress=silent)
    assert [view.key for view in found] == ["overview", "privacy"]
    overview, privacy = found
    assert overview.picked is not None and privacy.picked is None
    assert overview.again[0].size > 10_000 and all(one.processor > 0 for one in overview.again + overview.plain)
    printed = table("On the small sample", found)
    assert "the fixed page" in printed and "overview" in printed


def test_a_page_that_sends_elsewhere_or_ends_in_an_error_is_not_timed() -> None:
    visitor = Visitor.__new__(Visitor)  # no server: only what it makes of messages
    visitor.path = "overview"
    navigated, failed = ForwardMsg(), ForwardMsg()
    navigated.navigation.page_script_hash = "1"
    start = navigated.navigation.app_pages.add()
    start.page_script_hash, start.is_default = "1", True
    failed.delta.new_element.html.body = "<p>Something went wrong in Alongside itself; ...</p>"
    with pytest.raises(Unseen, match="overview: sent on to the first page"):
        visitor._look([navigated])
    with pytest.raises(Unseen, match="overview: Something went wrong"):
        visitor._look([failed])


def test_the_share_is_the_smallest_value_at_or_below_which_it_lies() -> None:
    assert [share(range(1, 21), at) for at in (0.05, 0.5, 0.95, 1.0)] == [1, 10, 19, 20]
    assert share([7.0], 0.95) == 7.0


def test_ratios_are_to_the_fixed_page_of_the_same_run() -> None:
    found = [
        Timed(key, seen(0.5), tuple(map(seen, (low, low, 9.0))), tuple(map(seen, (0.01, 0.01, 0.03))), None)
        for key, low in (("one", 0.01), ("two", 0.02), ("three", 0.05))
    ]
    figures = {one.what.strip(): one for one in summary(found)}
    assert figures["drawn again, median over views"].seen == (2.0,)
    assert figures["drawn again, 95% of views at most"].seen == (5.0,)
    assert figures["by the clock, median"].seen == (2.0,)
    assert figures["first visit, the slowest view, s of processor"].verdict(["all views"]) == "passed"
    assert figures["drawn again, median over views"].verdict(["all views"]) == "not: all views"


def test_without_a_home_the_reason_is_printed() -> None:
    assert "not run: say with --national" in views.tables(None, progress=silent)

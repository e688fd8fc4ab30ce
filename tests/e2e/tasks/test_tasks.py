"""Ten things that people come for: each is done in a browser, its answer is on the screen, and its clicks are counted.

The counts stand in docs/TASKS.md; whoever makes a task longer says why there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Server
from tests.e2e.tasks.hand import Hand, begin, calm
from tests.e2e.tasks.opened import Opened
from tests.e2e.tasks.scripts import FIRST, TASKS, Task
from tests.sample.published import Published

pytestmark = pytest.mark.browser
NOTE = Path(__file__).parents[3] / "docs" / "TASKS.md"


def row(task: Task, hand: Hand) -> str:
    """The line of the note's table for a task as it was done."""
    return f"| {task.question} | {task.who} | {hand.clicks} | {hand.typed} |"


@pytest.mark.parametrize("task", TASKS, ids=[task.key for task in TASKS])
def test_a_task_is_done_and_takes_the_clicks_that_the_note_says(
    task: Task, tasks: Server, sample: Published, open_page: Any
) -> None:
    hand = begin(open_page, tasks, FIRST[task.who])

    def elsewhere(link: str) -> Hand:
        return Hand(open_page(tasks, link.removeprefix(tasks.base)))

    task.does(hand, sample, Opened(elsewhere))
    calm(hand)
    print(row(task, hand))
    assert row(task, hand) in NOTE.read_text(encoding="utf-8")

"""A thousand edits of the same rows by twenty writers at once: each is saved once, or its writer is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from data.register import rows
from data.store.engine import StorePlace, engine
from data.store.schema_private import audit
from tests.store.register_people import DIRECTOR, ELM, NOW, OURS, OWNER

ROOT = Path(__file__).parents[2]
PROGRAMS, THREADS, EDITS, ROWS = 4, 5, 50, 6


def started(where: StorePlace, first: int, numbers: list[int]) -> subprocess.Popen[str]:
    said = [str(where.home), where.url, str(first), str(THREADS), str(EDITS), json.dumps(numbers)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.register_writers", *said], cwd=ROOT, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip


def test_a_thousand_edits_by_twenty_writers(where: StorePlace) -> None:
    store = engine(where)
    made = [rows.add(DIRECTOR, store, "note", {"words": "first"}, uid=OURS, urn=ELM, now=NOW) for _ in range(ROWS)]
    numbers = [one.entry_id for one in made]
    running = [started(where, first * THREADS, numbers) for first in range(PROGRAMS)]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    told, saved = 0, list[str]()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in running:
        out, _ = one.communicate(timeout=120)
        assert one.returncode == 0
        ended = json.loads(out)
        saved, told = [*saved, *ended["saved"]], told + ended["told"]

    assert len(saved) + told == PROGRAMS * THREADS * EDITS == 1000
    assert saved and told  # they did meet
    assert len(set(saved)) == len(saved)
    held = [rows.entry(OWNER, store, number) for number in numbers]
    assert sum(one.version for one in held) == ROWS + len(saved)
    kept = []
    for one in held:
        history = rows.history(OWNER, store, one.entry_id)
        assert [version.version for version in history] == list(range(1, one.version + 1))
        assert history[-1].values == one.values
        assert all(version.by == 100 + int(str(version.values["words"]).split()[1][:-1]) for version in history[1:])
        kept += [str(version.values["words"]) for version in history[1:]]
    assert sorted(kept) == sorted(saved)
    with store.connect() as connection:
        assert connection.execute(select(func.count()).select_from(audit)).scalar() == ROWS + len(saved)

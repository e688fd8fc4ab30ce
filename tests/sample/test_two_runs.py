"""Two samples made with one seed export identical bytes and hold the same register, whatever Python's hash seed and threads."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRUST = "90001"
EXPORTS = (
    ("scores", ("--partnership", "LA991")),
    ("needs", ("--partnership", TRUST)),
    ("proposals", ("--partnership", TRUST)),
    ("contexts", ("--format", "xlsx")),
)


REGISTER = ("entry", "entry_version", "audit WHERE action = 'edited'")  # files come in at the hour that it is


ALL_EXPORTS = """
import json, sys, pipeline
for words in json.loads(sys.argv[1]):
    assert not pipeline.app(words, standalone_mode=False), words
"""


def _run(home: Path, hash_seed: str, threads: str) -> dict[str, bytes]:
    """All exports of a fresh home, made by the command line in two processes of their own, and its register row by row."""
    settings = {
        **os.environ, "ALONGSIDE_HOME": str(home), "PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": threads,
        "OMP_WAIT_POLICY": "passive",  # threads that wait leave the processor to others
    }  # fmt: skip

    def python(*words: str) -> None:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"

    python("pipeline.py", "sample", "--seed", "7")
    exports_asked = [["export", kind, *words, "--out", str(home / f"{kind}.out")] for kind, words in EXPORTS]
    python("-c", ALL_EXPORTS, json.dumps(exports_asked))
    exports = {kind: (home / f"{kind}.out").read_bytes() for kind, _ in EXPORTS}
    with closing(sqlite3.connect(home / "sample" / "alongside.sqlite")) as held:
        tables = {name: held.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in REGISTER}
    return exports | {name: repr(rows).encode() for name, rows in tables.items()}


def test_two_runs_export_identical_bytes(tmp_path: Path) -> None:
    first, second = _run(tmp_path / "a", "0", "1"), _run(tmp_path / "b", "777", "2")
    assert {kind for kind in first if first[kind] != second[kind]} == set()
    assert (
        first["scores"].count(b"\n") > 7_000
    )  # every school of an authority, area and year: the comparison was of something
    assert (
        first["entry"].count(b"2023-07-03T09:00:00.000000+00:00") > 3
        and first["entry"].count(b"programme_school") == 97
    )

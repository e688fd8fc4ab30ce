"""Some of the writers of `test_register_edits`, as a program of its own: threads that change the same rows of a store.

Says "ready", waits for a line, then prints what became of each edit as JSON: {"saved": [words], "told": number}.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data.register import rows
from data.register.rows import EditConflict
from data.store.engine import StorePlace, engine
from tests.store.register_people import later, over


def writes(where: StorePlace, writer: int, edits: int, numbers: list[int]) -> tuple[list[str], int]:
    """One writer's edits, each of the version it has just read. Its scope is a director's: the common rules hold."""
    saved, told, scope, store = [], 0, over(100 + writer, "director"), engine(where)
    for edit in range(edits):
        number, words = numbers[(writer * 7 + edit) % len(numbers)], f"writer {writer}, edit {edit}"
        read = rows.entry(scope, store, number)
        try:
            rows.change(scope, store, number, {"words": words}, version=read.version, now=later(edit))
            saved.append(words)
        except EditConflict as conflict:
            assert conflict.theirs.version > read.version
            assert conflict.yours == {"words": words}
            told += 1
    return saved, told


def main(home: str, url: str, first: int, writers: int, edits: int, numbers: list[int]) -> None:
    where = StorePlace("own", Path(home), url)
    engine(where)
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(writers) as pool:
        ended = list(pool.map(lambda one: writes(where, one, edits, numbers), range(first, first + writers)))
    print(
        json.dumps({"saved": [words for saved, _ in ended for words in saved], "told": sum(told for _, told in ended)})
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]), json.loads(sys.argv[6]))

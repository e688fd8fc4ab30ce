"""Mutated files by hand: `python -m tests.property SOURCE CASE` for one again, `... table 10000 [SOURCE ...]` for a table."""

from __future__ import annotations

import sys

from tests.property import fuzzing


def main(words: list[str]) -> None:
    """See the module's docstring."""
    if words[0] == "table":
        for at, family in enumerate(words[2:] or fuzzing.families()):
            one = fuzzing.run(family, int(words[1]))
            head, line = fuzzing.table([one]).splitlines()
            print(line if at else f"{head}\n{line}", flush=True)
            for number, said in one.faults[:10]:
                print(f"\n{one.family} {number}: {said}", flush=True)
        return
    file = fuzzing.case(words[0], fuzzing.SEED, int(words[1]))
    print(f"{file.name}: {len(file.content)} bytes: {file.content[:300]!r}")
    print(fuzzing.outcome(file))


main(sys.argv[1:])

"""The most severity that can be met (METHODS 10.3 A), by augmenting paths.

Sets of needs that can all be met at once form a transversal matroid, so taking needs in order of severity and keeping
each that can still be met gives the exact optimum (Edmonds 1971). Knows needs and supporters by number only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Lists = Sequence[Sequence[int]]


@dataclass(slots=True)
class Cover:
    """Who meets whom while needs are being met. `at[k]`: the supporter of need k, or -1; `held[j]`: the needs that j meets.

    `dead[j]`: no place will come free again at j, nor anywhere that j's needs could move to.
    """

    reach: Lists
    free: list[int]
    at: list[int]
    held: list[list[int]]
    dead: list[bool]

    @classmethod
    def empty(cls, reach: Lists, slots: Sequence[int]) -> Cover:
        """`reach[k]`: the supporters that could meet need k; `slots[j]`: places of supporter j."""
        return cls(reach, list(slots), [-1] * len(reach), [[] for _ in slots], [False] * len(slots))

    def meet(self, k: int) -> bool:
        """Whether need k can be met beside those met already; if so it is, and others may have moved."""
        came, end = self.ways(k)
        if end is None:
            for j in came:
                self.dead[j] = True
            return False
        self.free[end] -= 1
        need, j = came[end], end
        while need != k:
            left, self.at[need] = self.at[need], j
            self.held[j].append(need)
            self.held[left].remove(need)
            need, j = came[left], left
        self.at[k] = j
        self.held[j].append(k)
        return True

    def ways(self, k: int) -> tuple[dict[int, int], int | None]:
        """Supporters at which a place could be made for need k, each with the need that would move there; and one with a place
        left, where there is one."""
        came: dict[int, int] = {}
        queue = [k]
        for need in queue:  # grows as it is walked
            for j in self.reach[need]:
                if j in came or self.dead[j]:
                    continue
                came[j] = need
                if self.free[j] > 0:
                    return came, j
                queue += self.held[j]
        return came, None

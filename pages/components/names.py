"""School names as a page may show them: plain, or hidden behind letters while presenting.

Hiding is for a room with a projector: it keeps names off the screen, it does not make published figures anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

# Words of a partnership's or a school's name that many share.
SHARED = frozenset(
    "academies academy and at c ce church co community england college education educational federation first for foundation "
    "girls boys grammar high in infant infants infants' junior learning limited ltd middle multi nursery of operative partnership "
    "primary school school's schools secondary special st the trust upper lower voluntary catholic rc".split()
)
WITHHELD = "Not shown while school names are hidden: it may name one."


def _letters(position: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text


def _own_words(name: str) -> frozenset[str]:
    """The words of a name that are its own: "Oak Hill Primary School" -> oak, hill."""
    return frozenset(re.findall(r"[\w'’]+", name.casefold())) - SHARED


@dataclass(frozen=True, slots=True)
class Names:
    """Labels of schools. `members` of the choice become "School A", "School B", ... in the order of their URN.

    Schools outside the choice are "another school", or "Outside school 1", ... once `with_others` has numbered them.
    A school that is in no table is "a school that is not in these figures".
    """

    hide: bool
    names: Mapping[int, str]
    members: frozenset[int] = frozenset()
    hidden: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, hide: bool, names: Mapping[int, str], members: Iterable[int]) -> Names:
        chosen = frozenset(members)
        return cls(hide, names, chosen, {urn: f"School {_letters(place)}" for place, urn in enumerate(sorted(chosen))})

    def with_others(self, urns: Iterable[int]) -> Names:
        """The same names, with schools outside the choice numbered in the order of their URN."""
        outside = sorted(set(urns) - self.members)
        numbered = {urn: f"Outside school {place}" for place, urn in enumerate(outside, start=1)}
        return replace(self, hidden={**self.hidden, **numbered})

    def free(self, said: object) -> str:
        """What people wrote in words of their own, as it may be shown now: withheld while names are hidden, for it may name a
        school. "" for nothing. The one rule of every page.
        """
        return "" if said is None or not str(said) else WITHHELD if self.hide else str(said)

    def group(self, name: str, kind: str) -> str:
        """A partnership's name as it may be shown now: "our trust" while names are hidden and it is called after a school of its own."""
        return f"our {kind}" if self.hide and self._after_a_school(name) else name

    def _after_a_school(self, name: str) -> bool:
        mine = _own_words(name)
        theirs = [_own_words(self.names[urn]) for urn in self.members if urn in self.names]
        return any(one and mine and (one <= mine or mine <= one) for one in theirs)

    def label(self, urn: int) -> str:
        """The name as it may be shown now. Not escaped: whoever draws it escapes it."""
        if self.hide:
            return self.hidden.get(urn, "another school")
        return self.names.get(urn, "a school that is not in these figures")

"""What a formula on How it works consists of. Its text is worked out beside the code by a test, so the two cannot part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics.explained import notation
from analytics.explained.notation import Value


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that the code must give to the digits shown: published, or worked by hand.

    `says`: a sentence with {} for each of `gives`; `inputs`: what the formula's code takes.
    """

    says: str
    gives: tuple[str, ...]
    inputs: Mapping[str, Value]

    @property
    def words(self) -> str:
        return self.says.format(*self.gives)


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: its lines, the last of which holds `gives`, what `code` returns for the other symbols.

    `lines` are in the notation of `notation`; `where` says what each symbol means; `constants` are read from the modules
    that use them; `computed_by` are the functions at work.
    """

    key: str
    section: str  # a title of methods_page.sections
    name: str
    lines: tuple[str, ...]
    gives: str
    where: Mapping[str, str]
    code: Callable[..., Value]
    computed_by: tuple[Callable[..., object], ...]
    source: str
    reference: Reference
    constants: Mapping[str, float] = field(default_factory=dict)

    @property
    def mathematics(self) -> tuple[str, ...]:
        """Each line in LaTeX."""
        return tuple(notation.as_mathematics(line) for line in self.lines)

    @property
    def functions(self) -> str:
        """Where in the program it is computed: "scores.shrinkage.posterior"."""
        return ", ".join(f"{one.__module__.removeprefix('analytics.')}.{one.__qualname__}" for one in self.computed_by)

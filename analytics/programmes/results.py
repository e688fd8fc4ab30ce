"""The frozen results of a programme's design and evaluation that cross to pages and reports. Computes nothing.

Nothing here is about what support did in one school: a school stands in a design only as a member of a set. Figures are in
the measure's own units, positive = the supported schools lie higher.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from data.catalogue import StoreError

Answer = Literal[
    "a difference is seen", "cannot be told apart", "weak design", "too few to test", "too few earlier years", "not yet",
    "figures missing", "nobody alike", "years muddled",
]  # fmt: skip
ANSWERS: dict[Answer, str] = {  # what a heading says; "weak" is no word for a screen
    "a difference is seen": "A difference is seen",
    "cannot be told apart": "Cannot be told apart from schools without support",
    "weak design": "A comparison that rests on too little to decide",
    "too few to test": "Too few schools to test",
    "too few earlier years": "Too few earlier years to compare",
    "not yet": "No results yet that could show it",
    "figures missing": "Figures that it needs are not published",
    "nobody alike": "Too few schools without support to compare with",
    "years muddled": "Its years do not follow one another",
}


@dataclass(frozen=True, slots=True)
class MatchedSet:
    """One supported school, the schools it is compared with, and the first school year whose results could show support."""

    supported: int
    comparison: tuple[int, ...]
    first_year: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What was settled for the schools of one phase and selection (`group`) and stays so, whatever figures come.

    `limit`: how good (the measure's own units, more = better) a school's selection year may be for it to be compared with.
    `regress`: whether later years are foreseen by regression. `spare`: schools that a draw left there, 0 without a draw.
    """

    group: str
    limit: float
    regress: bool
    spare: int


@dataclass(frozen=True, slots=True)
class Design:
    """How a programme will be looked at, set down before results are read; kept as text with the programme.

    `refused`, `weak`: sentences, or "" where there is nothing to say; a refused design has no sets, and `refused_as` is what
    a heading says of it. `pool`: schools without support that were near enough to choose from; `k`: comparison schools
    for each, as most sets have them. `detectable`: the smallest true effect that such a comparison notices four times in five, in the
    measure's units, with `told_years` years of results; None where it cannot be told.
    """

    measure: str
    selection_year: int
    first_year: int
    earlier_years: tuple[int, ...]
    sets: tuple[MatchedSet, ...]
    left_out: tuple[int, ...]  # supported schools without the figures to be compared
    k: int
    pool: int
    seed: int
    by_draw: bool  # the comparison schools are those that the draw did not take
    until: int | None  # last year in which no comparison school had started, where they start later
    weak: str
    refused: str
    detectable: float | None
    detectable_words: str
    told_years: int = 0
    unlike: tuple[int, ...] = ()  # supported schools with too few schools like them, by phase and selection
    grounds: tuple[Ground, ...] = ()
    refused_as: Answer | None = None

    @property
    def asked(self) -> frozenset[int]:
        """Every school of the programme, also those that are not compared."""
        return frozenset((*self.supported, *self.left_out, *self.unlike))

    @property
    def supported(self) -> tuple[int, ...]:
        return tuple(one.supported for one in self.sets)

    @property
    def comparison(self) -> tuple[int, ...]:
        return tuple(sorted(urn for one in self.sets for urn in one.comparison))

    def text(self) -> str:
        """The design as the text that is kept with a programme; `from_text` gives it back."""
        told = asdict(self)
        told["sets"] = [
            [one.supported, one.first_year if one.first_year != self.first_year else 0, *one.comparison]
            for one in self.sets
        ]
        told["grounds"] = [[one.group, one.limit, one.regress, one.spare] for one in self.grounds]
        return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Design:
        """The design that `text` wrote. Raises StoreError where it cannot be read."""
        try:
            told: dict[str, Any] = json.loads(text)
            start = int(told["first_year"])
            sets = tuple(
                MatchedSet(int(one[0]), tuple(map(int, one[2:])), int(one[1]) or start) for one in told.pop("sets")
            )
            for name in ("earlier_years", "left_out", "unlike"):
                told[name] = tuple(map(int, told.get(name, ())))
            grounds = tuple(
                Ground(str(one[0]), float(one[1]), bool(one[2]), int(one[3])) for one in told.pop("grounds", ())
            )
            return cls(sets=sets, grounds=grounds, **told)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise StoreError(
                "the comparison that was set down for this programme cannot be read",
                remedy="Set the programme down again, under a new name.",
            ) from error


@dataclass(frozen=True, slots=True)
class EventPoint:
    """Supported less comparison schools in one year. `year`: counted from the first with support (0), -1 the year before.

    Before support the plain difference of the sets; from then on what is left once the earlier figures are allowed for.
    """

    year: int
    time_period: int | None  # None where schools started in different years
    estimate: float
    low: float
    high: float
    schools: int
    before: bool


@dataclass(frozen=True, slots=True)
class WavePoint:
    """Group-time effect on matched sets: schools that started together (fewer than five joined to the next), in one year.

    How much more they moved since the last year before their own start than their comparison schools did; no interval of
    their own. `last_year`: latest start of those joined. `year`: counted from the start (0); `time_period` where it is one.
    """

    first_year: int
    last_year: int
    year: int
    time_period: int | None
    estimate: float
    schools: int


@dataclass(frozen=True, slots=True)
class EffectSummary:
    """What can be told of a programme as a whole. Figures are None where they are not shown (`answer` says why).

    `p`: how often chance alone, supported schools and their comparison schools exchanged, gives as large a difference.
    `own_change`, `comparison_change`: means from the selection year to the years with support, of the supported schools
    and of those they are compared with; the first alone says nothing, for schools chosen for low results rise by themselves.
    """

    answer: Answer
    sentence: str
    estimate: float | None
    low: float | None
    high: float | None
    se: float | None
    p: float | None
    schools: int
    comparison_schools: int
    years: tuple[int, ...]
    own_change: float | None
    comparison_change: float | None
    change_sentence: str
    detectable: float | None
    detectable_words: str
    coverage: str
    unit: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The summary with its event picture; `events` and `waves` are empty where figures are not shown."""

    effect: EffectSummary
    events: tuple[EventPoint, ...]
    waves: tuple[WavePoint, ...]


@dataclass(frozen=True, slots=True)
class Placebo:
    """Made-up programmes: as many schools that had no support, drawn from those near enough to be compared with (for each
    supported school one about as large), matched anew and looked at in the same way.

    `low`, `high`: 95% of `estimates` (ascending) lie between; `beyond`: share at least as far from nought as the programme's own.
    """

    estimates: tuple[float, ...]
    low: float | None
    high: float | None
    beyond: float | None
    detectable: float | None
    sentence: str

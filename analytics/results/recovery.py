"""Published rows about schools that came through difficulty, and the two windows they rest on. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameThrough:
    """Table `came_through`: one measure of one school before and after; rows where the nation has both windows.

    `standing`: came_through, not, not_enough_years, small_cohort; `reason`: a code of scores.recovery.REASONS. Figures
    are None where nothing is told; differences in the measure's own units, positive = the value lies above what the
    intake leads one to expect.
    """

    urn: int
    phase: str
    area: str
    measure: str
    before_first: int
    before_last: int
    after_first: int
    after_last: int
    before: float | None  # lasting difference, chance taken out, both windows judged together
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None
    p_before: float | None  # P(theta_b < -delta)
    p_after: float | None  # P(theta_a > -delta)
    p_better: float | None  # P(theta_a > theta_b)
    worst_left_out: float | None  # mean difference before without the worst year, as published
    before_seen: float | None  # difference as published, before anything is taken out
    after_seen: float | None
    change: float | None  # from the one to the other
    usual_change: float | None  # of schools with the same figures before, on average
    chance_change: float | None  # the part of it that is chance alone
    standing: str
    reason: str
    as_predecessor: bool


@dataclass(frozen=True, slots=True)
class WindowPair:
    """Table `window_pair`: the two windows of one measure as fitted on the nation; `reason` says why there are none."""

    phase: str
    area: str
    measure: str
    before_first: int | None
    before_last: int | None
    after_first: int
    after_last: int
    schools: int | None
    covariance: float | None  # of lasting differences, in between-school SDs
    tau_before: float | None  # modelling scale
    tau_after: float | None
    reason: str

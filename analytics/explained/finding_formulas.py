"""Formulas of scores, tiers, severity, the gap, partnerships' averages and what came through (METHODS 4.1, 5, 8, 9.3-9.4)."""

from __future__ import annotations

import numpy as np

from analytics import standardise
from analytics.explained.formula import Formula, Reference
from analytics.explained.notation import Value
from analytics.explained.score_formulas import constant_expectation
from analytics.scores import early_signal, gap, partnership_means, recovery, screening, shrinkage
from analytics.standardise import Array

TOGETHER, TIERS, GAP = (
    "Several measures as one", "When a school may need support, or has a strength to share", "The gap between schools",
)  # fmt: skip
AVERAGE, RECOVERY = "A partnership's own average", "Came through difficulty"

# Thirteen trials of BCG vaccine, logarithm of the relative risk and its variance (Colditz 1994; metafor's dat.bcg).
_BCG = np.array([
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079),
    (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
], dtype=float)  # fmt: skip
_A, _B, _C, _D = _BCG.T
BCG = {
    "y": np.log(_A / (_A + _B) / (_C / (_C + _D))),
    "s": np.sqrt(1 / _A - 1 / (_A + _B) + 1 / _C - 1 / (_C + _D)),
}


def _one(number: float) -> Array:
    return np.array([number])


def score_at(m: float, s: float, at: int) -> Value:
    return standardise.score(_one(m), _one(s))[at][0]


def probability(m: float, s: float, at: int) -> Value:
    return screening.probabilities(_one(m), _one(s))[at][0]


def severity(m: float, s: float) -> Value:
    return shrinkage.severity(_one(m), _one(s), screening.DELTA)[0]


def low(level: float, s: float, q: float) -> Value:
    return shrinkage.below(_one(level), _one(s), q)[0]


def gap_now(y: Array, s: Array) -> Value:
    return np.sqrt(shrinkage.paule_mandel(y, s**2, mean_known=False))


def average(y: Array, v: Array, w: Array, tau_T: float, tau_S: float) -> tuple[float, float]:
    return partnership_means.average(y, v, w, partnership_means.Between(tau_T, tau_S))


def seen(y_b: float | Array, v_b: float | Array, y_a: float | Array, v_a: float | Array) -> recovery.Seen:
    """Schools in both windows: differences before and after, with their variances."""
    return recovery.Seen(before=_many(y_b), before_variance=_many(v_b), after=_many(y_a), after_variance=_many(v_a))


def _many(numbers: float | Array) -> Array:
    return np.atleast_1d(np.asarray(numbers, dtype=float))


def both(y_b: float, v_b: float, y_a: float, v_a: float, c: float) -> recovery.Together:
    return recovery.posterior(seen(y_b, v_b, y_a, v_a), c)


def better(y_b: float, v_b: float, y_a: float, v_a: float, c: float) -> Value:
    """P(after > before) as the program has it."""
    nation = constant_expectation("mean", 0.0, 0.0, 1.0, 1.0, 0.0, 1.0)
    return recovery.probabilities(seen(y_b, v_b, y_a, v_a), recovery.CrossWindow(nation, nation, c, 1))[2][0]


def scores_and_tiers() -> tuple[Formula, ...]:
    known = {"m": "lasting difference in between-school SDs, positive = good", "s": "its standard deviation"}
    delta = {"delta": screening.DELTA}
    return (
        Formula(
            "score", TOGETHER, "The number in tables and downloads", ("T = least(greatest(50 + 10 * m, 0), 100)",), "T",
            {"m": known["m"]}, lambda m: score_at(m, 0.1, 0), (standardise.score,), "METHODS 4.1; not a percentile",
            Reference("one and a half spreads above: {}", ("65.0",), {"m": 1.5}),
        ),
        Formula(
            "score_low", TOGETHER, "Lower end of its range", ("T_low = least(greatest(50 + 10 * m - 10 * z * s, 0), 100)",), "T_low",
            known, lambda m, s: score_at(m, s, 1), (standardise.score,), "METHODS 4.1; the upper end likewise",
            Reference("one and a half spreads above with s half a spread: {}", ("55.2",), {"m": 1.5, "s": 0.5}), {"z": standardise.Z95},
        ),
        Formula(
            "p_below", TIERS, "How sure that a school lies below", ("P_below = Phi((-delta - m) / s)",), "P_below", known,
            lambda m, s: probability(m, s, 0), (screening.probabilities, shrinkage.below), "METHODS 5.1",
            Reference("m -0.75, s 0.5: one standard deviation, {}", ("0.8413",), {"m": -0.75, "s": 0.5}), delta,
        ),
        Formula(
            "p_above", TIERS, "How sure that it lies above", ("P_above = 1 - Phi((delta - m) / s)",), "P_above", known,
            lambda m, s: probability(m, s, 1), (screening.probabilities,), "METHODS 5.1",
            Reference("m 0.75, s 0.5: {}", ("0.8413",), {"m": 0.75, "s": 0.5}), delta,
        ),
        Formula(
            "p_within", TIERS, "How sure that it is as expected", ("P_within = Phi((1 - m) / s) - Phi((-1 - m) / s)",), "P_within", known,
            lambda m, s: probability(m, s, 2), (screening.probabilities,), "METHODS 5.1",
            Reference("m 0, s 0.5: two standard deviations either way, {}", ("0.9545",), {"m": 0.0, "s": 0.5}),
        ),
        Formula(
            "severity", TIERS, "How large a need is", ("g = (-delta - m) / s", "severity = least(1, (-delta - m) * Phi(g) + s * density(g))"),
            "severity", known, severity, (shrinkage.severity,), "METHODS 5.4: the mean shortfall beyond delta",
            Reference("m -0.75, s 0.5: {}", ("0.5417",), {"m": -0.75, "s": 0.5}), delta,
        ),
        Formula(
            "p_low", TIERS, "How sure that the lasting level lies in the nation's lowest fifth", ("P_low = Phi((q - level) / s)",), "P_low",
            {"level": "expectation plus lasting difference", "s": "standard deviation of the lasting difference", "q": "level that one school in five lies below"},
            low, (shrinkage.below,), "METHODS 5.2",
            Reference("a level of 52 with s 4 where the fifth is 56: {}", ("0.8413",), {"level": 52.0, "s": 4.0, "q": 56.0}),
        ),
        Formula(
            "false_share", TIERS, "Share of a list that does not belong there", ("false = mean(1 - P)",), "false",
            {"P": "probability of each entry of the list"}, lambda P: screening.false_share(P) or 0.0, (screening.false_share,), "METHODS 5.3",
            Reference("two needs, 80% and 95% sure: {}", ("0.125",), {"P": np.array([0.8, 0.95])}),
        ),
    )  # fmt: skip


def gaps() -> tuple[Formula, ...]:
    where = {
        "y": "level or difference of each school",
        "s": "its standard error",
        "mu": "their weighted mean",
        "J": "number of schools",
    }
    ends = []
    for side, share, seen in (("low", 0.975, "0.3460"), ("high", 0.025, "1.0543")):
        tau = f"tau_{side}"
        ends.append(
            Formula(
                f"gap_{side}", GAP, f"{side.capitalize()}er end of its range",
                (f"mu = sum(y / (s^2 + {tau}^2)) / sum(1 / (s^2 + {tau}^2))", f"sum((y - mu)^2 / (s^2 + {tau}^2)) = chi2({share}, J - 1)"),
                tau, where, lambda y, s, at=int(side == "high"): np.sqrt(shrinkage.q_profile(y, s**2)[at]), (shrinkage.q_profile,),
                "the Q profile; Viechtbauer 2007",
                Reference(f"thirteen trials of BCG vaccine: {{}} (its square, {float(seen) ** 2:.4f}, as metafor prints it)", (seen,), BCG),
            )
        )  # fmt: skip
    return (
        Formula(
            "gap", GAP, "The gap: spread about the schools' own mean",
            ("mu = sum(y / (s^2 + tau^2)) / sum(1 / (s^2 + tau^2))", "sum((y - mu)^2 / (s^2 + tau^2)) = J - 1"), "tau", where,
            gap_now, (shrinkage.paule_mandel, gap.between_schools), "Paule and Mandel 1982; METHODS 9.3",
            Reference("thirteen trials of BCG vaccine, published tau^2 0.3181: tau {}", ("0.564",), BCG),
        ),
        *ends,
    )  # fmt: skip


def averages() -> tuple[Formula, ...]:
    where = {"y": "difference of each school, not pulled in", "w": "its weight: equal, or pupils a year; weights sum to one", "v": "variance of the difference",
             "tau_T": "spread of partnerships", "tau_S": "spread of schools within one"}  # fmt: skip
    lines = ("S = sum(w^2 * v)", "B = tau_T^2 + tau_S^2 * sum(w^2)")
    two = {"y": np.array([1.0, 3]), "v": np.array([1.0, 1]), "w": np.array([0.5, 0.5]), "tau_T": 0.5, "tau_S": 0.5}
    return (
        Formula(
            "average", AVERAGE, "Average the schools as they are, pull in once", (*lines, "m = B / (B + S) * sum(w * y)"), "m", where,
            lambda **given: average(**given)[0], (partnership_means.average,), "three levels; METHODS 9.4",
            Reference("schools at 1 and 3, noise 1, both spreads a half: {}", ("0.8571",), two),
        ),
        Formula(
            "average_variance", AVERAGE, "Variance of that average", (*lines, "V = B * S / (B + S)"), "V",
            {key: meaning for key, meaning in where.items() if key != "y"},
            lambda **given: average(np.zeros(len(given["w"])), **given)[1], (partnership_means.average,), "METHODS 9.4",
            Reference("two schools with noise 1, both spreads a half: {}", ("0.2143",), {key: value for key, value in two.items() if key != "y"}),
        ),
    )  # fmt: skip


def recoveries() -> tuple[Formula, ...]:
    where = {"y_b": "difference of the earlier years in spreads of that time", "v_b": "its variance", "y_a": "of the later years",
            "v_a": "its variance", "c": "how far lasting differences of the two times go together"}  # fmt: skip
    inputs = {"y_b": -1.5, "v_b": 0.5, "y_a": 0.5, "v_a": 0.5, "c": 0.5}
    bottom = "D = (1 + v_b) * (1 + v_a) - c^2"
    weighted = {
        "y_b": np.array([-1.0, 2]),
        "v_b": np.array([1.0, 0]),
        "y_a": np.array([-1.0, 1]),
        "v_a": np.array([1.0, 1]),
    }
    return (
        Formula(
            "cross_window", RECOVERY, "How far earlier and later lasting differences go together",
            ("w = 1 / ((1 + v_b) * (1 + v_a))", "c = least(greatest(sum(w * y_b * y_a) / sum(w), 0), highest)"), "c",
            {key: where[key] for key in where if key != "c"}, lambda **given: recovery.covariance(seen(**given)), (recovery.covariance,),
            "noise of windows without a shared year is independent; METHODS 8",
            Reference("products 1 and 2, weights a quarter and a half, held below one: {}", ("0.999",), weighted), {"highest": recovery.HIGHEST},
        ),
        Formula(
            "before", RECOVERY, "Lasting difference before, both times considered", (bottom, "m_b = ((1 + v_a - c^2) * y_b + c * v_b * y_a) / D"),
            "m_b", where, lambda **given: both(**given).before[0], (recovery.posterior,), "bivariate normal; METHODS 8",
            Reference("-1.5 before, 0.5 after, noise a half, c a half: {}", ("-0.8750",), inputs),
        ),
        Formula(
            "after", RECOVERY, "Lasting difference after, both times considered", (bottom, "m_a = ((1 + v_b - c^2) * y_a + c * v_a * y_b) / D"), "m_a", where,
            lambda **given: both(**given).after[0], (recovery.posterior,), "METHODS 8",
            Reference("-1.5 before, 0.5 after, noise a half, c a half: {}", ("0.1250",), inputs),
        ),
        Formula(
            "better", RECOVERY, "How sure that it stands higher than before",
            (bottom, "m_b = ((1 + v_a - c^2) * y_b + c * v_b * y_a) / D", "m_a = ((1 + v_b - c^2) * y_a + c * v_a * y_b) / D",
             "V = ((1 + v_a - c^2) * v_b + (1 + v_b - c^2) * v_a - 2 * c * v_b * v_a) / D", "P_better = Phi((m_a - m_b) / sqrt(V))"),
            "P_better", where, better, (recovery.posterior, recovery.score_schools), "METHODS 8",
            Reference("-1.5 before, 0.5 after, noise a half, c a half: {}", ("0.9214",), inputs),
        ),
        Formula(
            "rebound", RECOVERY, "What chance alone gives the lowest share q of schools the next time",
            ("total = sigma^2 + v", "rho = sigma^2 / total", "rebound = (1 - rho) * sqrt(total) * density(Phi_inverse(q)) / q"), "rebound",
            {"q": "share of schools, from the lowest", "sigma": "spread between schools", "v": "sampling variance of a year"},
            lambda q, sigma, v: recovery.expected_rebound(q, sigma, v), (recovery.expected_rebound,), "Davis 1976; Barnett and others 2005; DOMAIN C9",
            Reference("lowest tenth, 30 pupils at 62%, spread 11 points: {} points with no help at all", ("9.8",),
                      {"q": 0.1, "sigma": 11.0, "v": 62 * 38 / 30}),
        ),
    )  # fmt: skip


def foresight() -> tuple[Formula, ...]:
    example = {"p": np.array([0.1, 0.9, 0.8, 0.3]), "y": np.array([0.0, 1, 1, 0])}
    return (
        Formula(
            "brier", "Early signal", "How far chances lie from what came", ("Brier = mean((p - y)^2)",), "Brier",
            {"p": "chance given to a school before the year", "y": "1 where it was low, else 0"},
            lambda p, y: early_signal.brier(np.asarray(y) == 1, p), (early_signal.brier, early_signal.trial), "Brier 1950; METHODS 12.1",
            Reference("scikit-learn's example, chances .1 .9 .8 .3 where the second and third came: {}", ("0.0375",), example),
        ),
    )  # fmt: skip

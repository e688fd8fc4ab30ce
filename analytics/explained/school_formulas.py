"""Formulas of inspection, money, similar schools, kinds and funnels (METHODS 5.3, 6, 7, 9.1-9.2)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.explained.formula import Formula, Reference
from analytics.explained.notation import Value
from analytics.facts import summer
from analytics.scores import funnels, inspection, money_index
from analytics.similar import partitions, similarity
from analytics.standardise import Array

SCHOOLS = 1000  # made up, so that shares of them are what a formula says


def block_mean(p_below: float, p: float) -> Value:
    """Mean normal score of the schools with one grade, where a share p_below has lower ones."""
    return inspection.block_means(np.array([p_below, p, 1 - p_below - p]))[0][1]


def position(p_below: float, p: float, age: float) -> Value:
    """T of a school inspected `age` years ago: a nation of SCHOOLS with these shares of grades 3, 2 and 1."""
    counts = [round(SCHOOLS * share) for share in (p_below, p)]
    overall = np.repeat([3.0, 2.0, 1.0], [*counts, SCHOOLS - sum(counts)])
    latest = pd.DataFrame({"urn": np.arange(SCHOOLS), "era": "E1", "overall": overall, "age_years": age})
    placed = inspection.positions(latest, pd.Series("primary", index=latest["urn"]))
    return placed.loc[placed["overall"].eq(2.0), "score"].iloc[0]


def ridit(p_below: float, p: float) -> Value:
    return standardise.ridits(np.array([1]), np.array([p_below, p, 1 - p_below - p]))[0]


def normal_score(place: float, N: float) -> Value:
    return standardise.normal_scores(np.arange(float(N)))[int(place) - 1]


def money_index_of(z_reserve: float, z_balance: float, z_staff: float) -> Value:
    places = {"reserve": z_reserve, "balance": z_balance, "staff": z_staff}
    return money_index.combined({name: np.array([z]) for name, z in places.items()})[0]


def reserve_noise(later: Array, earlier: Array) -> Value:
    """Variance of one year's reserve about its lasting place, from schools with both years."""
    years = [np.full(len(later), one) for one in (202425, 202324)]
    rows = pd.DataFrame({"urn": np.tile(np.arange(len(later)), 2), "time_period": np.concatenate(years),
                         "z_reserve": np.concatenate([later, earlier]), "z_staff": 0.0, "flow": 0.0})  # fmt: skip
    found = money_index.yearly_noise(rows, 1.0)
    return np.nan if found is None else found[0, 0]


def distance(x: Array, y: Array, all: float) -> Value:
    """Between two schools that share len(x) of `all` figures."""
    left, right = (np.append(one, np.full(int(all) - len(one), np.nan)) for one in (x, y))
    return similarity.distances(left[None, :], right[None, :])[0, 0]


def jaccard(both: float, first: float, second: float) -> Value:
    return partitions.overlap(np.array([[both, first - both], [second - both, 0.0]]))[0, 0]


def funnel(e: float, n: float, limit: float, phi: float, omega: float, years: float, tau: float) -> Value:
    """Upper limit of a percentage's difference; `limit` is what the program finds for e and n, whatever is given."""
    usual = funnels.Usual(True, e, phi, omega, int(years), tau**2)
    return funnels.limits(np.array([n]), usual).high[0]


def exact(e: float, n: float) -> Value:
    """Upper exact limit of a percentage."""
    return funnels.binomial_limits(e, np.array([n]), funnels.Z998)[1][0]


def _summer(
    p: float, n: float, q: float, m: float, phi: float, omega: float, moved: float, k: float
) -> tuple[float, float]:  # fmt: skip
    """Range of the change from a share q of m pupils to a share p of n pupils, one of k figures; all shares 0 to 1."""
    ends = (np.array([float(one)]) for one in (100 * q, m, 100 * p, n))
    low, high = summer.change_range(*ends, swing=summer.Swing(phi, 100 * omega, 100 * moved), figures=round(k))
    return float(low[0]) / 100, float(high[0]) / 100


def inspection_and_money() -> tuple[Formula, ...]:
    inspected, money = "Inspection", "Money"
    shares = {"p_below": "share of schools with lower grades, same era and phase", "p": "share with the same grade"}
    cut = ("a = Phi_inverse(p_below)", "b = Phi_inverse(p_below + p)")
    return (
        Formula(
            "block", inspected, "Position of a grade in its era", (*cut, "z = (density(a) - density(b)) / p"), "z", shares, block_mean,
            (inspection.block_means,), "mean of the normal distribution between its cuts; METHODS 6.1",
            Reference("shares .03 .09 .68 .20: the third grade from below stands at {}", ("-0.118",), {"p_below": 0.12, "p": 0.68}),
        ),
        Formula(
            "position", inspected, "Position aged, as a number", (*cut, "z = (density(a) - density(b)) / p", "rho = 2^(-age / half_life)", "T = 50 + 10 * rho * z"),
            "T", {**shares, "age": "years since the inspection"}, position, (inspection.positions,), "METHODS 6.2",
            Reference("that third grade, four years old: half of -1.18 from 50 is {}", ("49.41",), {"p_below": 0.12, "p": 0.68, "age": 4.0}),
            {"half_life": inspection.HALF_LIFE},
        ),
        Formula(
            "ridit", inspected, "Where several areas are judged: place of each", ("r = p_below + p / 2",), "r", shares, ridit, (standardise.ridits,),
            "Bross 1958; the mean over areas gives the order", Reference("shares .2 .3 .5: {}", ("0.35",), {"p_below": 0.2, "p": 0.3}),
        ),
        Formula(
            "normal_score", money, "Place of each ratio after intake", ("z = Phi_inverse((place - 0.5) / N)",), "z",
            {"place": "1 for the lowest; equal values share", "N": "schools of the same sector, phase and year"}, normal_score,
            (standardise.normal_scores,), "METHODS 7.1", Reference("the highest of three: {}", ("0.9674",), {"place": 3, "N": 3}),
        ),
        Formula(
            "index", money, "The three as one",
            ("I = (w_reserve * z_reserve + w_balance * z_balance + w_staff * z_staff) / (w_reserve + w_balance + w_staff)",), "I",
            {"z_reserve": "place of the reserve, more than a cap counting as the cap", "z_balance": "of the mean balance of three years",
             "z_staff": "of the staff share, less is higher"},
            money_index_of, (money_index.combined,), "METHODS 7.1; a ratio that a school lacks is left out above and below the line",
            Reference("places 1, 0 and -1: {}", ("0.25",), {"z_reserve": 1.0, "z_balance": 0.0, "z_staff": -1.0}),
            {f"w_{name}": share for name, share in money_index.WEIGHTS.items()},
        ),
        Formula(
            "index_noise", money, "Movement of one part from year to year", ("v = mean((later - earlier)^2) / 2",), "v",
            {"later": "place of each school in one year", "earlier": "in the year before"}, reserve_noise, (money_index.yearly_noise,),
            "METHODS 7.1; carried through the averaging of years, then pulled in as results are",
            Reference("forty schools that moved by 1 or by 3: {}", ("2.5",), {"later": np.tile([1.0, 3], 20), "earlier": np.zeros(40)}),
        ),
    )  # fmt: skip


def likeness() -> tuple[Formula, ...]:
    similar, kinds = "Similar schools", "Kinds of school"
    return (
        Formula(
            "distance", similar, "How far apart two schools' circumstances are", ("d = sqrt(sum((x - y)^2) * all / both)",), "d",
            {"x": "one school's figures, each less the median, over the middle half's width", "y": "the other's", "all": "number of figures", "both": "those that both have"},
            distance, (similarity.distances,), "METHODS 9.1",
            Reference("three of four figures, 1, 2 and 2 apart: {}", ("3.464",), {"x": np.array([1.0, 2, 2]), "y": np.zeros(3), "all": 4}),
        ),
        Formula(
            "smd", similar, "How well a set matches, figure by figure", ("SMD = abs(x - mean(x_set)) / sd",), "SMD",
            {"x": "the school's figure", "x_set": "its similar schools' figures", "sd": "standard deviation over all schools compared"},
            lambda x, x_set, sd: abs(similarity.standardised_difference(np.array([x]), np.array([x_set.mean()]), np.array([[-sd], [sd]]))[0]),
            (similarity.standardised_difference,), "Austin 2009; METHODS 9.1",
            Reference("30% where the set has 25% on average and the SD is 20: {}", ("0.25",), {"x": 30.0, "x_set": np.array([20.0, 30]), "sd": 20.0}),
        ),
        Formula(
            "jaccard", kinds, "Whether a kind comes back in a resample", ("J = both / (first + second - both)",), "J",
            {"both": "schools of both clusters", "first": "of the one", "second": "of the other"}, jaccard, (partitions.overlap, partitions.bootstrap_jaccard),
            "Jaccard 1901; Hennig 2007: best of the resample's clusters, averaged. Iris, three clusters: .904, 1.0, .890",
            Reference("40 of 50 and 50: {}", ("0.667",), {"both": 40, "first": 50, "second": 50}),
        ),
    )  # fmt: skip


def limits() -> tuple[Formula, ...]:
    funnelled = "Small numbers"
    return (
        Formula(
            "binomial", funnelled, "Exact limit of a percentage", ("limit = least(100 * (binomial(cumulative, n, e / 100) + 1) / n, 100)",), "limit",
            {"e": "national percentage", "n": "pupils over the years pooled"}, exact, (funnels.binomial_limits,),
            "Spiegelhalter 2005, appendix: binomial is the number of pupils at which the distribution function reaches its first figure",
            Reference("50% of 100 pupils: {}, and as far below on the other side", ("65.8",), {"e": 50.0, "n": 100.0}), {"cumulative": 0.999},
        ),
        Formula(
            "funnel", funnelled, "Limit of a school's difference from expectation",
            ("rest = (phi - 1) * e * (100 - e) / n + omega^2 / years + tau^2", "h = sqrt((limit - e)^2 + z^2 * rest)"), "h",
            {"e": "national percentage", "n": "pupils over the years pooled", "limit": "exact limit of the percentage", "phi": "how much more than chance alone results vary",
             "omega": "swing from year to year", "years": "years pooled", "tau": "by which limits are widened"},
            funnel, (funnels.limits,), "METHODS 5.3; of what is no percentage, h = z times the root of sigma^2 / n and the rest",
            Reference("50% of 100 pupils, phi 1.2, swing 3 over three years, tau^2 31: {} points", ("24.97",),
                      {"e": 50.0, "n": 100.0, "limit": 65.84, "phi": 1.2, "omega": 3.0, "years": 3, "tau": 31**0.5}), {"z": funnels.Z998},
        ),
        Formula(
            "funnel_tau", funnelled, "Widening, from all schools", ("z = y / s", "w = 1 / s^2",
            "tau^2 = greatest((sum(z_held^2) / left - (J - 1)) / (sum(w) - sum(w^2) / sum(w)), 0)"), "tau",
            {"y": "difference of each school", "s": "its standard error", "z_held": "z, the tenth at either end held at its edge", "J": "number of schools"},
            lambda y, s: np.sqrt(funnels.overdispersion(y, s**2)), (funnels.overdispersion,), "Spiegelhalter 2005; DOMAIN C2",
            Reference("differences 0, 1, -1, 3, -3 with s 1: tau^2 3.30, tau {}", ("1.817",), {"y": np.array([0.0, 1, -1, 3, -3]), "s": np.ones(5)}),
            {"left": funnels.left_by_winsorising()},
        ),
        Formula(
            "poisson", funnelled, "Exact limits of counts, as a check", ("low = chi2(tail, 2 * E) / (2 * E)",), "low", {"E": "expected count"},
            lambda E: funnels.poisson_limits(np.array([E]), funnels.Z998)[0][0], (funnels.poisson_limits,),
            "FunnelPlotR; percentages have exact binomial ones",
            Reference("15 expected: {} of it", ("0.386265",), {"E": 15.0}), {"tail": 0.001},
        ),
    )  # fmt: skip


def summers() -> tuple[Formula, ...]:
    """This summer beside last year: the range of a change between two year groups."""

    def end(of: str, share: str, pupils: str, side: str) -> str:
        half = f"z * sqrt({share} * (1 - {share}) / {pupils} + z^2 / (4 * {pupils}^2))"
        return f"{of} = ({share} + z^2 / (2 * {pupils}) {side} {half}) / (1 + z^2 / {pupils})"

    where = {
        "p": "share this summer, 0 to 1", "n": "its pupils", "q": "share last year", "m": "its pupils", "phi": "how many times the chance of pupils, of this measure",
        "omega": "swing of a school from year to year", "moved": "change of the nation, the same schools in both years", "k": "figures looked at together",
    }  # fmt: skip
    wider = "w = Phi_inverse(1 - tail / k) / z"
    low = (
        end("p_low", "p", "n", "-"),
        end("q_high", "q", "m", "+"),
        wider,
        "low = p - q - moved - w * sqrt(phi * ((p - p_low)^2 + (q_high - q)^2) + 2 * z^2 * omega^2)",
    )
    high = (
        end("p_high", "p", "n", "+"),
        end("q_low", "q", "m", "-"),
        wider,
        "high = p - q - moved + w * sqrt(phi * ((p_high - p)^2 + (q - q_low)^2) + 2 * z^2 * omega^2)",
    )
    return tuple(
        Formula(
            f"summer_{side}", "Small numbers", f"This summer less last year: {side}er end", lines, side, where,
            lambda p, n, q, m, phi, omega, moved, k, at=at: _summer(p, n, q, m, phi, omega, moved, k)[at], (summer.change_range,),
            "Newcombe 1998, method 10; METHODS 2.3; of a mean each root holds z^2 * (sigma^2 * (1 / n + 1 / m) + 2 * omega^2)",
            Reference("56 of 70 after 48 of 80, chance of pupils alone: {}", (seen,), {"p": 0.8, "n": 70.0, "q": 0.6, "m": 80.0, "phi": 1.0, "omega": 0.0, "moved": 0.0, "k": 1.0}),
            {"z": standardise.Z95, "tail": standardise.TAIL},
        )
        for at, side, lines, seen in ((0, "low", low, "0.0524"), (1, "high", high, "0.3339"))
    )  # fmt: skip

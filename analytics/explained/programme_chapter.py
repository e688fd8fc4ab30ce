"""What How it works says of programmes: its section and its formulas, with the constants of the code (METHODS 11)."""

from __future__ import annotations

import numpy as np

from analytics.explained.formula import Formula, Reference
from analytics.explained.notation import Value
from analytics.explained.section import Section
from analytics.programmes import effects, looking, matching, noticing, staggered
from analytics.standardise import Array

TITLE = "Did it help?"


def section() -> Section:
    return Section(
        TITLE,
        "Schools chosen for one low year rise the next with no help at all, in simulation by about 12 points, so their own rise says nothing. Each "
        "supported school is set beside schools of the same phase, outside the partnership and never supported, that stood alike before: in the mean "
        "of the earlier years, in the year on which schools were chosen, in the lasting difference from expectation, in the expectation and in size. "
        f"They come from the {matching.LOWEST:.0%} lowest of that year (or from as high as a supported school stood, where one stood higher), each "
        "for one supported school only, by the least total distance, round after round. A school with too few schools of its phase and selection to "
        f"compare with (fewer than {matching.SETS[0]} for each) is left out and counted. Who is compared with whom is set down beforehand and kept, and so are how "
        "low a school had to stand and whether later years are foreseen by regression; revised figures, and schools that others have supported since, still "
        "move the estimate. Where a draw decided who starts first, those that it left are compared with instead, one or more for each: nothing but "
        "chance parts them, also in what cannot be seen.\n\n"
        "Of each later year is taken what the same figures before lead one to expect, by weighted least squares on schools without support of that phase "
        f"and selection; where more than one in {effects.CROWDED} would be supported, or fewer than {effects.CROWDED * effects.COEFFICIENTS} are there, the mean of the "
        "years before. The effect is the mean over the sets of supported school less its "
        "comparison schools; the range is Student's. The test exchanges who was supported within each set. A difference is said to be seen where chance "
        f"gives as large a one in at most {effects.LEVEL:.0%} of the exchanges and the range leaves out nought. Starts in different years are laid upon one "
        "another by years since each school's own start. Beside that stands, for schools that started together, the group-time effect of Callaway and "
        "Sant'Anna on the matched sets alone: how much more they moved since the last year before their start than the comparison schools of their own sets "
        f"did. Groups of fewer than {staggered.FEWEST_TOGETHER} schools are joined with the next, by years since the start; none has a range of its own.\n\n"
        f"Fewer than {effects.FEWEST} schools: too few to test, and no figures. One or two earlier years: figures without a verdict. None: refused. The "
        "smallest effect that would have been noticed four times in five is told beforehand, from programmes of as many schools, about as large, that "
        "had no support, each looked at in the years in which the school in whose place it stands would be; and anew where fewer schools or years can be "
        "looked at than was thought. It is rounded up. Support chosen for reasons that no figure shows is outside the method, unless a draw chose. Results before and after the "
        "pandemic stand beside one another only where both sides have both. No effect is told of one school.",
        {
            "Earlier years": noticing.EARLIER, "Fewest supported schools": effects.FEWEST, "Comparison schools for each, fewest and most": matching.SETS,
            "Schools to choose from for each one wanted": matching.ROOM, "Lowest share they come from": f"{matching.LOWEST:.0%}",
            "Exchanges": effects.PERMUTATIONS, "Made-up programmes": noticing.MADE_UP, "Years of results they have, fewest": noticing.LATER,
            "Chance at most": effects.LEVEL, "Noticed": effects.POWER, "Taken from the share of the pool nearest in size": f"{looking.LIKE_SIZE:.0%}",
            "Fewest schools of a wave": staggered.FEWEST_TOGETHER,
        },
        "METHODS 11; Bloom 1995; Callaway and Sant'Anna 2021. Reference: county employment (mpdta), simple -0.0400, event 0 to 3 -0.0199 -0.0510 -0.1373 -0.1008",
    )  # fmt: skip


def comparison_schools(P: float, T: float) -> Value:
    return matching.size_of_sets(int(T), int(P))


def difference(r: float, r_set: Array) -> Value:
    return effects.differences(np.concatenate([[r], r_set])[None, :])[0]


def effect(d: Array, T: float, name: str) -> Value:
    return getattr(effects.estimate(d), name)


def noticed(SE: float, T: float) -> Value:
    return effects.detectable(SE, int(T))


def group_time(later: Array, base: Array, later_never: Array, base_never: Array) -> Value:
    return staggered.group_time(later, base, later_never, base_never)


def formulas() -> tuple[Formula, ...]:
    sets = {"d": "difference of each set", "T": "supported schools"}
    five = {"d": np.array([1.0, 2, 3, 6]), "T": 4}
    spread = "SE = sqrt(sum((d - mean(d))^2) / (T - 1) / T)"
    return (
        Formula(
            "comparison_schools", TITLE, "Comparison schools for each", ("K = least(greatest(floor(P / (room * T)), fewest), most)",), "K",
            {"P": "schools without support to choose from", "T": "supported schools"}, comparison_schools, (matching.size_of_sets,), "METHODS 11.1",
            Reference("300 to choose from for 20: {}", ("3",), {"P": 300, "T": 20}),
            {"room": matching.ROOM, "fewest": matching.SETS[0], "most": matching.SETS[1]},
        ),
        Formula(
            "set_difference", TITLE, "Difference of one set", ("d = r - mean(r_set)",), "d",
            {"r": "of the supported school, the later years less what the figures before lead one to expect", "r_set": "the same of its comparison schools"},
            difference, (effects.differences,), "METHODS 11.2", Reference("5 beside 1, 3 and 2: {}", ("3",), {"r": 5.0, "r_set": np.array([1.0, 3, 2])}),
        ),
        Formula(
            "effect_error", TITLE, "Its mean's standard error", (spread,), "SE", sets, lambda d, T: effect(d, T, "se"), (effects.estimate,), "METHODS 11.2",
            Reference("differences 1, 2, 3 and 6: {}", ("1.080",), five),
        ),
        Formula(
            "effect_low", TITLE, "Lower end of the effect's range", (spread, "low = mean(d) - student(1 - level / 2, T - 1) * SE"), "low", sets,
            lambda d, T: effect(d, T, "low"), (effects.estimate,), "METHODS 11.2; the upper end as far above", Reference("of the same: {}", ("-0.44",), five),
            {"level": effects.LEVEL},
        ),
        Formula(
            "noticed", TITLE, "Smallest effect noticed four times in five", ("m = (student(1 - level / 2, T - 1) + student(power, T - 1)) * SE",), "m",
            {"SE": "standard deviation of the estimates of made-up programmes", "T": "supported schools"}, noticed, (effects.detectable,),
            "METHODS 11.4; Bloom 1995", Reference("ten schools, SE 3: {}", ("9.44",), {"SE": 3.0, "T": 10}), {"level": effects.LEVEL, "power": effects.POWER},
        ),
        Formula(
            "group_time", TITLE, "Effect on those who started together, in one year", ("ATT = mean(later - base) - mean(later_never - base_never)",), "ATT",
            {"later": "their results in the year", "base": "in the last year before they started", "later_never": "the year's results of their comparison schools, each set's mean",
             "base_never": "the same in the last year before"},
            group_time, (staggered.group_time, staggered.callaway_santanna, staggered.waves), "Callaway and Sant'Anna 2021; on matched sets only",
            Reference("two up by 4 and 6, three others by 1, 2 and 3: {}", ("3",),
                      {"later": np.array([64.0, 66]), "base": np.array([60.0, 60]), "later_never": np.array([71.0, 72, 73]), "base_never": np.full(3, 70.0)}),
        ),
    )  # fmt: skip

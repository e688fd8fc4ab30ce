"""What "How it works" says of each method, with the constants read from the modules that use them.

The words are ours; the numbers are the code's own, so the page and the code cannot part. A test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable

from analytics import standardise, years
from analytics.explained import board_chapter, overview_chapter, plan_chapter, programme_chapter, since_chapter
from analytics.explained.section import Section
from analytics.facts import circumstances, disclosure, intake, summer
from analytics.findings import fitting
from analytics.scores import (
    early_signal,
    finance,
    funnels,
    gap,
    inspection,
    money_index,
    partnership_means,
    recovery,
    screening,
    shrinkage,
    signals,
    specifications,
)  # fmt: skip
from analytics.similar import calling, kinds_compared, partitions, similarity


def sections() -> tuple[Section, ...]:
    """All methods of this version, in the order in which a figure is made."""
    return (
        *_scores(),
        *_tiers(),
        *_domains(),
        *_together(),
        *since_chapter.sections(),
        *_foretold(),
        *overview_chapter.sections(),
        *board_chapter.sections(),
        *plan_chapter.sections(),
        programme_chapter.section(),
    )


def _words(columns: Iterable[str]) -> str:
    return ", ".join(intake.WORDS[column] for column in columns)


def _scores() -> tuple[Section, ...]:
    return (
        Section(
            "What is estimated",
            "The lasting difference between a school's results and what its intake leads one to expect, averaged over the years pooled. "
            "It is not this year's result, nor next year's, and it says nothing about causes. Years before and after the pandemic, and "
            "before and after a change of definition, are never pooled. One release (provisional, revised or final) is used per year.\n\n"
            "\"Likely between\" is a 95% interval: over all schools, 19 in 20 hold the true lasting difference. For schools that truly lie "
            "far from expectation it is fewer: in simulation 57% of schools with 10 pupils a year that lie more than two between-school "
            "standard deviations away, 70% with the national mix of cohorts, 86% with 180 pupils.",
            {
                "Years pooled": years.WINDOW, "Years pooled where pupils are few": years.LONG_WINDOW,
                "Pooled pupils below which nothing is said": years.FEW_PUPILS, "Smallest cohort that counts": years.SMALLEST_COHORT,
            },
            "METHODS 1; simulation of 200 regions (docs/SOAK.md)",
        ),
        Section(
            "What an intake leads one to expect",
            "Weighted least squares, fitted apart for each phase, year and measure, on free school meals in six years and its square root, "
            "English as an additional language and its square root, pupils with a plan, SEN support, the logarithm of the cohort, "
            "single-sex, selective, and prior attainment where it is published. Not on region, attendance, exclusions, inspection, spending "
            "or trust. Schools are split into groups by trust; a school's expectation comes from a fit without its own group, so no school "
            "and no trust helps to predict itself. Without the free-school-meals figure there is no expectation; without another figure the "
            "fit without that figure is used. Nothing is filled in.\n\n"
            "Where schools like this one lie, on average, more than half a between-school standard deviation from their own expectation, "
            "the expectation is called unsure and the answer is at most mixed evidence. Where fewer than fifty similar schools have results the "
            "distance must be larger, for the average of few strays by chance.",
            {
                "Groups": intake.FOLDS, "Always used": _words(intake.ALWAYS), "Used where known": _words(column for columns in intake.OPTIONAL.values() for column in columns),
                "Unsure beyond (between-school SDs)": screening.UNSURE_EXPECTATION, "Expected percentages kept within": standardise.CLIP,
            },
            "METHODS 3; Leckie and Goldstein 2019",
        ),
        Section(
            "Noise, and how far results are pulled in",
            "The sampling variance of a percentage p (expected, not observed) in a cohort of n is phi p (100 - p) / n; of a mean sigma^2 / n; "
            "very small and very large percentages are modelled by the arcsine. Squared differences between adjacent years, regressed on "
            "the sampling variance, give phi (or sigma^2) and omega^2, the swing of one school from year to year. A school's years are "
            "averaged with weights 1 / (v + omega^2). The spread between schools, tau, is Paule and Mandel's; strata under "
            f"{shrinkage.FEW_SCHOOLS} schools are averaged over the likelihood of tau. The estimate is pulled towards expectation by "
            "lambda = tau^2 / (tau^2 + s^2), more where pupils are few.\n\nBeside it always stands the raw figure with Wilson's interval "
            f"(the exact one under {standardise.EXACT_BELOW} pupils), which is a different thing. The expectation is itself an "
            "estimate; its own error is added to v, with its part that is "
            "the same in every year counted in full, so that a region of 150 schools fitted on itself alone is not told too narrow a range.",
            {
                "phi kept within": shrinkage.PHI_RANGE, "Fewest adjacent-year pairs": shrinkage.FEWEST_PAIRS,
                "Percentages modelled as they are between": standardise.BINOMIAL_RANGE, "Grid points for tau": shrinkage.GRID_POINTS,
            },
            "METHODS 2; Paule and Mandel 1982; Wilson 1927. Reference: BCG trials, tau^2 0.3181",
        ),
        Section(
            "Several measures as one",
            "Each measure is standardised first, then combined, then pulled in once. The noise of the combination takes account of how "
            "far the measures' noise goes together, its spread of how far their lasting differences do. Themes weigh equally. The combined "
            "measure of reading, writing and mathematics is shown, never scored beside its parts. There is no overall score: outcomes, "
            "inspection and money stand side by side and are never averaged.\n\n"
            "Destinations come out years after the pupils left: a year takes the newest that its own tables could hold. At 16 to 18 value "
            "added alone is scored, for it has the students' start in it; sixth forms choose their students, so their points are shown and "
            "not scored, and colleges, whose intake is not published, are not compared with an expectation. A selective school is compared "
            "with selective schools, and without its pupils' start none of its results is called a strength or above expectation.",
            {
                "Share of themes needed": f"{screening.COVERAGE:.0%}",
                "Destinations: years from the pupils to the tables": fitting.BEHIND["ks4_destinations"],
                "Destinations: oldest that still speak (years)": fitting.REACH,
                "A selective area: secondary pupils in selective schools from": f"{circumstances.SELECTIVE_AREA:.0f}%",
            },
            "METHODS 4",
        ),
    )  # fmt: skip


def _tiers() -> tuple[Section, ...]:
    return (
        Section(
            "When a school may need support, or has a strength to share",
            f"May need support: at least {screening.SURE_NEED:.0%} sure that the lasting difference lies below -{screening.DELTA} between-school SDs. "
            f"Strength to share: at least {screening.SURE_STRENGTH:.0%} sure that it lies above +{screening.DELTA}, with at least {screening.STRENGTH_YEARS} "
            f"years, above expectation in every one of them, and at least {screening.STRENGTH_COHORT} pupils in each; per area only. As expected given intake: neither, and at "
            f"least {screening.SURE_TYPICAL:.0%} sure that it lies within one SD. Mixed evidence: none of these. Not enough data: fewer than "
            f"{screening.POOLED_PUPILS} pupils, or under {screening.COVERAGE:.0%} of the themes.\n\n"
            f"Low for its pupils, in line with intake: at least {screening.SURE_LOW:.0%} sure that the lasting level lies in the nation's lowest fifth, where the difference "
            "from expectation is no need of its own. Reading, writing, mathematics, grammar and the higher standard rest on one cluster of "
            "evidence and are counted once; a second area is listed only where it is surely not much better than the first.",
            {
                "A difference that matters (SDs)": screening.DELTA, "Sure of a need": screening.SURE_NEED, "Sure of a strength": screening.SURE_STRENGTH,
                "Sure of as expected": screening.SURE_TYPICAL, "Severity of low in line": screening.LOW_SEVERITY,
            },
            "METHODS 5",
        ),
        Section(
            "Other reasonable ways",
            f"Where an answer combines measures it is worked out {specifications.SPECIFICATIONS} other ways: other weights, positions in place of values, a geometric "
            f"mean, a measure left out. Where fewer than {screening.SAME_TIER:.0%} agree, it is called mixed evidence (depends on weights). Inspection "
            "has no weight in outcomes; where giving it one theme's weight would change the answer, that is said.",
            {"Ways": specifications.SPECIFICATIONS, "Spread of weights (Dirichlet)": specifications.CONCENTRATION, "Share that must agree": screening.SAME_TIER},
            "METHODS 5.5-5.6; OECD/JRC Handbook 2008",
        ),
    )  # fmt: skip


def _domains() -> tuple[Section, ...]:
    return (
        Section(
            "Inspection",
            "Judgements are shown in the inspectorate's own words, era by era, with date and age, and are never converted. Four words of ours "
            "help to see where support may be due, by the latest graded inspection or report card: statutory concern (a category of concern, or grade "
            "4 overall), support indicated (grade 3; from September 2024 quality of education or leadership at 3; in a report card leadership needs "
            "attention, or two areas do), met, strength to share (grade 1; in a report card half or more areas strong or better and none below "
            "expected). They are Alongside's, not Ofsted's. A category is never derived: where a judgement comes with one and none is given, the "
            "answer is not known. A strength lapses, and never comes from the school that this one continues; met becomes not known when it is "
            "old.\n\n"
            "Position among schools inspected under the same system: normal scores of the order within era and phase, with its weight halved every "
            "few years; the interval says how far the position could have moved since. Beside it stands how many similar schools have this grade or better.",
            {
                "Weight halves after (years)": inspection.HALF_LIFE, "Strength lapses after (years)": signals.STRENGTH_LAPSES,
                "Met lapses after (years)": signals.MET_LAPSES, "Severity of a need from a judgement": signals.NEED_SEVERITY,
            },
            "METHODS 6; Bross 1958. Reference: shares .03 .09 .68 .20 give -2.268 -1.467 -0.118 1.400",
        ),
        Section(
            "Money",
            "Maintained schools, and trusts of one school, each within phase and year; trusts of several schools among themselves, with the "
            "circumstances and number of their pupils in the expectation: what is left after intake of the reserve, the mean in-year balance of "
            "three years and the staff share, as normal scores. Noise is half the mean product of the differences between adjacent single years, "
            "carried through the averaging, for means of three years overlap. Without a reserve figure the score is withheld and the balance "
            "stands alone: one year's balance says little. A reserve below nought is a need whatever else is good. The reserve of an academy in a "
            "trust of several is the trust's, and so is the need: one for the trust, matched with no school. Financial years and academic years "
            "are never compared.",
            {
                "Weights": dict(money_index.WEIGHTS), "More reserve than this is not better (% of income)": money_index.RESERVE_CAP,
                "Low reserve (% of income)": finance.LOW_RESERVE, "Losses (% of income, three years)": finance.LOSSES, "Fewest schools compared": money_index.FEWEST,
            },
            "METHODS 7",
        ),
        Section(
            "Similar schools",
            "The nearest schools of the same phase and type by circumstances, each scaled by its median and middle half, with equal weights; a "
            "missing figure is left out and the rest scaled up. Schools further away than nearly all fiftieth neighbours are dropped. They are "
            "for looking and for phoning; the answers above rest on the expectation. Whom to phone first: who does well what is hard here, then who does "
            "anything well, then the nearest.",
            {
                "Schools": similarity.K, "Few below": similarity.FEW, "By": ", ".join(similarity.VARIABLES.values()),
                "Good match: mean, largest difference (SDs)": (similarity.GOOD_MEAN, similarity.GOOD_MAX), "Usable up to": similarity.USABLE_MAX,
                "Told first": calling.CALLS, "Of about one size: times as many pupils at most": calling.SIZE, "Near (km)": calling.NEAR_KM,
            },
            "METHODS 9.1",
        ),
        Section(
            "Kinds of school",
            "Clusters of similar circumstances by k-means; the largest number whose every cluster comes back in resampling. No results go in. "
            "Contexts shade into one another, so the second nearest kind is shown as well. Once for each new year (pipeline.py choose) Ward's tree "
            "and mixtures of normal distributions are tried beside k-means; another way takes its place only where it stands with more kinds that "
            "come back at least as often. What was tried is under Fitted figures.",
            {
                "Numbers that may be chosen": kinds_compared.SIZES, "Resamples": partitions.BOOTSTRAPS, "Comes back (Jaccard)": kinds_compared.STABLE,
                "Pattern only from": kinds_compared.PATTERN, "Same from other starts (adjusted Rand)": kinds_compared.SAME_PARTITION,
                "Most schools in Ward's tree": partitions.WARD_MOST,
            },
            "METHODS 9.2; Hennig 2007",
        ),
        Section(
            "The gap between schools",
            "The true spread between schools after chance is taken out, by Paule and Mandel, with the Q-profile interval; never the plain spread, "
            "which shrinks when cohorts grow. Once of the published levels, once of what is left after intake; the two squared say how much goes with "
            "intake. A change is told where two windows without a shared year, over the schools in both, differ with that probability; each year's "
            "gap then takes the values at which the Q profile passes the quantiles of chi-squared. Where nothing changed, up to one such claim in "
            "five is made all the same (simulation), so the page says probably.",
            {"Fewest schools": gap.FEWEST_SCHOOLS, "Sure of a change": gap.SURE, "Values of each year's gap": gap.DRAWS},
            "METHODS 9.3; Viechtbauer 2007; Weerahandi 1995",
        ),
    )  # fmt: skip


def _together() -> tuple[Section, ...]:
    return (
        Section(
            "A partnership's own average",
            "The schools' differences are averaged as they are, once with equal weights and once by pupils, and the average is then pulled in once, as "
            "far as partnerships differ less than chance would have them. Averaging what was pulled in already would claim too much. Schools without a "
            "figure are counted, never filled in. A title names a side only where both ways agree and the range, as it is printed, leaves nought out; "
            "a table says probably where the range has nought in it. Of some of our schools it is told only where the rest leaves none, or three or more, "
            "of those that are shown first what is said of them.",
            {
                "Fewest schools": partnership_means.FEWEST_SCHOOLS, "Fewest partnerships to tell their spread": partnership_means.FEWEST_GROUPS,
                "Told from a probability of": partnership_means.SURE,
            },
            "METHODS 9.4",
        ),
        Section(
            "Came through difficulty",
            "A school that stood low was partly unlucky and would stand higher the next time with no help at all. So earlier and later years, which "
            f"never overlap, are judged together: clearly low before (at least {recovery.SURE_LOW:.0%} sure), below also without its lowest year, clearly back "
            f"at what its intake leads one to expect (at least {recovery.SURE_AFTER:.0%}), and clearly higher than before (at least {recovery.SURE_HIGHER:.0%}), "
            "with the same lineage. Fewer years or smaller cohorts: not enough years, which counts neither for nor against a school.",
            {
                "Years in each window": years.WINDOW, "Smallest cohort in each year": recovery.SMALLEST_COHORT, "Sure of low before": recovery.SURE_LOW,
                "Sure of no longer low": recovery.SURE_AFTER, "Sure of higher": recovery.SURE_HIGHER,
                "Fewest schools with both windows": recovery.FEWEST_SCHOOLS, "Highest correlation": recovery.HIGHEST,
            },
            "METHODS 8; Davis 1976",
        ),
        Section(
            "Small numbers",
            "The fewer the pupils, the further results lie from expectation by chance alone. The picture of small numbers sets each school's difference, "
            "not pulled in, beside its pupils, and draws the limits within which all but two schools in a thousand would lie by chance, the swing from "
            "year to year and the usual spread between schools. Of a percentage they are exact, however few the pupils. Only schools outside are named; "
            "being outside is no tier. This summer's results stand beside last year's with the range of the change: the pupils, the usual swing of a school "
            "from year to year, less what the nation moved, and wider the more figures are looked at together. Without a fitted swing, or under "
            f"{summer.FEWEST} schools with both years, no range is given; "
            f"a mean has the fitted spread between pupils in the place of the shares. Of fewer than {standardise.EXACT_BELOW} pupils the ends of each share are exact.",
            {"Limits (standard deviations)": f"{funnels.Z998:.2f}", "Held at its edge, each end": f"{funnels.WINSOR:.0%}"},
            "METHODS 5.3; Spiegelhalter 2005. Reference: FunnelPlotR, exact limits at 15 expected .5597 and 1.6493",
        ),
        Section(
            "What is never shown",
            "What a partnership supplies shows no count of one to five pupils, and none can be worked out: a share with its pupils is two counts; a group "
            "beside all pupils tells of the others; where one group is withheld, another goes with it. Averages are of the schools shown, and say how many "
            "are left out. A share of few pupils has its range. What the Department publishes itself stays as it is.",
            {"Fewest pupils shown": disclosure.LEAST_PUPILS, "With a range up to": disclosure.WITH_RANGE},
            "METHODS 12.2",
        ),
    )  # fmt: skip


def _foretold() -> tuple[Section, ...]:
    return (
        Section(
            "Early signal",
            "Whether published figures foretell which schools will lie low the next year is tried before anything is shown: two logistic rules learn from "
            "earlier years and foresee a year that they have not seen. The plain one reads the last difference and the mean of up to three years; the other "
            "reads results in other measures, absence, the year group's size, pupils on roll, free school meals and pupils per teacher too, as far as published. "
            f"An early signal is shown only where the second has the smaller Brier score in at least {early_signal.YEARS} held-out years, with the upper end of the "
            "95% range of the difference below 0 (trusts, else authorities, drawn again), and chances that mean what they say. What was found stands under Checks "
            "of these figures. No chance of a school's is kept or shown.",
            {
                "Low: next year's difference below (between-school SDs)": early_signal.LINE, "Slope of calibration within": early_signal.SLOPE,
                "Held-out years needed": early_signal.YEARS, "Draws": early_signal.DRAWS, "Schools flagged": early_signal.FLAGGED,
                "Fewest low schools, and others": early_signal.FEWEST, "Fewest trusts and authorities": early_signal.GROUPS,
                "Schools that must have a further figure": early_signal.KNOWN, "Ridge": early_signal.RIDGE, "Figures count up to (SDs)": early_signal.FARTHEST,
            },
            "METHODS 12.1; Brier 1950; Cox 1958. Reference: average precision of scikit-learn's example .8333",
        ),
    )  # fmt: skip

"""A small made-up publication for tests of pages: one trust of twelve schools, a second of four, and three others.

Every tier, two years, a secondary, a special and an infant school, and one name full of markup. The numbers hang
together (a difference is value minus expected, a need is a "may need support") but no analytics made them.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import URL, Engine, insert, text
from sqlalchemy.engine import Connection

from analytics import results
from analytics.similar import similarity
from data.catalogue import AREAS, MEASURES
from data.store import publish
from data.store.engine import StorePlace, engine
from data.store.schema import source_file
from data.store.schema_private import entry, entry_version

PUBLICATION = "test-publication"
CREATED = "2026-11-21T09:30:00"
TRUST, SECOND, AUTHORITY = "90001", "90002", "LA991"
YEARS = (202324, 202425)
NASTY = "St <b>Mark's</b> *Junior* [x](https://x.example) :red[y]"
NAMES = {
    900001: "Lower Quennet Primary School", 900002: "Nettlecombe Cross Primary School", 900003: "Tolverton Junior School",
    900004: "Oxleigh Road Primary School", 900005: "Great Quennet Primary School", 900006: NASTY,
    900007: "Withenby Primary School", 900008: "Cattering Park Primary School", 900009: "Swanholt Infant School",
    900010: "Larkhythe School", 900011: "Thornwell School", 900012: "Dunholt School",
    900013: "Millbrace Primary School", 900014: "Velby Primary School", 900015: "Hartsmoor Primary School",
    900016: "Pellworth Academy", 900017: "Stanmere Primary School", 900018: "Kelderby Primary School",
    900019: "Mereham School",
}  # fmt: skip
MEMBERS = frozenset(range(900001, 900013))
SECONDARIES = (900011, 900012, 900016, 900019)
SPECIAL, INFANT = 900010, 900009
# (urn, area) -> (tier, how far from expected in points of a percentage, 7 to one between-school SD); the rest is as expected
TIER_OF = {
    (900001, "mathematics"): ("strength_to_share", 14.0), (900002, "mathematics"): ("strength_to_share", 13.0),
    (900008, "mathematics"): ("above_expectation", 5.0), (900003, "mathematics"): ("may_need_support", -9.0),
    (900004, "mathematics"): ("may_need_support", -10.0), (900005, "mathematics"): ("mixed_evidence", -8.0),
    (900007, "mathematics"): ("not_enough_data", -10.0), (900006, "reading"): ("low_in_line", -2.0),
    (900013, "mathematics"): ("strength_to_share", 12.0), (900013, "reading"): ("strength_to_share", 11.0),
    (900003, "attendance"): ("may_need_support", -11.0), (900008, "attendance"): ("strength_to_share", 9.0),
    (900011, "english_and_mathematics"): ("may_need_support", -8.0),
    (900012, "english_and_mathematics"): ("strength_to_share", 9.0),
}  # fmt: skip
P_OF = {"strength_to_share": (0.01, 0.97), "above_expectation": (0.02, 0.85), "may_need_support": (0.96, 0.01),
        "mixed_evidence": (0.76, 0.03), "low_in_line": (0.4, 0.1), "not_enough_data": (0.6, 0.1)}  # fmt: skip
SCALE = {  # measure -> (expected, one between-school SD); percentages otherwise
    "absence_overall_pct": (6.0, 0.9), "ks4_attainment8": (46.0, 5.0), "ks4_ebacc_aps": (4.0, 0.5),
    "ks4_attainment8_disadvantaged": (36.0, 5.0), "ks2_rwm_higher_pct": (9.0, 4.0),
}  # fmt: skip
REASON_OF = {"not_enough_data": "few_pupils"}


def phase_of(urn: int) -> str:
    return "secondary" if urn in SECONDARIES else "special" if urn == SPECIAL else "primary"


def stages_of(urn: int) -> str:
    return "" if urn in (SPECIAL, INFANT) else phase_of(urn)


def measures_of_phase(phase: str) -> dict[str, str]:
    """Area -> the first scored measure that the catalogue has for it in this phase."""
    found = {
        area: measure.key
        for measure in reversed(list(MEASURES.values()))
        if measure.role == "scored" and measure.phase in (phase, "any", "all", f"{phase}|secondary")
        for area in [measure.area]
        if area in AREAS and phase in AREAS[area].phases
    }
    for measure in MEASURES.values():
        if measure.role == "scored" and measure.area == "attendance" and "attendance" not in found:
            found["attendance"] = measure.key
    return found


def _school(urn: int) -> results.School:
    place = urn - 900000
    pupils = {"secondary": 900.0, "special": 120.0}.get(phase_of(urn), 90.0 + 25 * (place % 7))
    trust = (TRUST, "Chilver Vale Learning Trust") if urn in MEMBERS else (SECOND, "Kelderby Partnership Trust")
    ages = (4, 7) if urn == INFANT else (11, 16) if phase_of(urn) == "secondary" else (4, 11)
    return results.School(
        urn=urn, name=NAMES[urn], la_code=991, la_name="Chilvershire", phase=phase_of(urn), stages=stages_of(urn),
        sector="academy", type_name="Academy converter", low_age=ages[0], high_age=ages[1], gender="mixed",
        selective=False, religious_character="Does not apply", pupils=pupils, capacity=pupils + 30,
        roll_change_pct=-2.5 + place % 5, cohort=round(pupils / (5 if phase_of(urn) == "secondary" else 7)),
        fsm6_pct=12.0 + 2 * place % 40, eal_pct=5.0 + place, ehcp_pct=3.0, sen_support_pct=14.0, context_year=202425,
        idaci_score=0.12, idaci_decile=5 + place % 5, town=("Pellworth", "Stanmere", "Tolverton")[place % 3],
        postcode=f"ZZ{place} 1AA", region="Aldermarch", easting=700000.0 + 900 * place, northing=300000.0 + 700 * place,
        latitude=52.5 + 0.006 * place, longitude=2.5 + 0.013 * place, phone=f"01632 960{place:03d}",
        website=f"https://school{place}.example", trust_uid=trust[0] if urn <= 900016 else None,
        trust_name=trust[1] if urn <= 900016 else None, federation_uid=None, open_date=date(2015, 9, 1),
        predecessor_urn=None,
    )  # fmt: skip


def _area_score(urn: int, area: str, measure: str, year: int) -> results.AreaScore:
    tier, difference = TIER_OF.get((urn, area), ("as_expected", ((urn * 7) % 9 - 4) / 2))
    theta = (difference + (0.5 if year == YEARS[0] else 0.0)) / 7
    below, above = P_OF.get(tier, (0.1, 0.1))
    expected, unit = SCALE.get(measure, (63.0, 7.0))
    difference, width = theta * unit * MEASURES[measure].polarity, 1.1 * unit  # fewer absences are good
    return results.AreaScore(
        urn=urn, phase=phase_of(urn), area=area, time_period=year, measure=measure, first_year=202223,
        years=2 if year == YEARS[0] else 3, years_withheld=1 if tier == "not_enough_data" else 0, pupils=84.0,
        value=expected + difference, value_low=expected + difference - width, value_high=expected + difference + width,
        expected=expected, difference=difference, difference_low=difference - width, difference_high=difference + width,
        m=theta, s=0.56, p_below=below, p_above=above, p_within=max(0.0, 1 - below - above),
        score=50 + 10 * theta, score_low=50 + 10 * (theta - 0.8), score_high=50 + 10 * (theta + 0.8), tier=tier,
        reasons=REASON_OF.get(tier, ""), severity=max(0.0, -theta), lead=area in ("mathematics", "attendance"),
        particular="", release="final", as_predecessor=False,
    )  # fmt: skip


def _area_scores() -> list[results.AreaScore]:
    return [
        _area_score(urn, area, measure, year)
        for urn in NAMES
        if stages_of(urn)
        for year in YEARS
        for area, measure in sorted(measures_of_phase(phase_of(urn)).items())
    ]


def _measure_score(row: results.AreaScore) -> results.MeasureScore:
    return results.MeasureScore(
        row.urn, row.phase, row.measure, row.time_period, row.first_year, row.years, row.years_withheld, row.pupils,
        row.value or 0.0, row.value_low, row.value_high, row.expected or 0.0, row.difference or 0.0,
        row.difference_low or 0.0, row.difference_high or 0.0, row.m, row.s, row.score, row.score_low, row.score_high,
        row.release, row.as_predecessor, row.m / (1 - row.s**2), row.s**2 / (1 - row.s**2), row.time_period,
    )  # fmt: skip


def _values(scores: list[results.AreaScore]) -> list[results.YearValue]:
    found = []
    for row in scores:
        if row.time_period != YEARS[1]:
            continue
        for back, year in enumerate((202425, 202324, 202223, 201819, 201718)):
            withheld = row.tier == "not_enough_data" and year == 202324
            value = None if withheld or row.value is None else row.value - back
            found.append(
                results.YearValue(
                    row.urn,
                    row.measure,
                    year,
                    value,
                    "suppressed" if withheld else "ok",
                    28.0,
                    row.expected,
                    "final",
                    year < 201819,
                    1,
                )
            )
    return found


def _domains() -> list[results.DomainScore]:
    found = []
    for urn in NAMES:
        phase = phase_of(urn)
        if stages_of(urn):
            found.append(
                results.DomainScore(urn, phase, "outcomes", 202425, 52.0, 44.0, 60.0, 1.0, 0.1, 0.15, "as_expected", "")
            )
        if urn % 5:
            found.append(
                results.DomainScore(urn, phase, "inspection", None, 55.0, 45.0, 65.0, 1.0, None, None, "met", "")
            )
        else:
            found.append(
                results.DomainScore(
                    urn, phase, "inspection", None, None, None, None, 0.0, None, None, "not_known", "no_report"
                )
            )
        short = urn == 900011
        score = 32.0 if short else 51.0
        tier = "may_need_support" if short else "as_expected"
        found.append(
            results.DomainScore(
                urn, phase, "finance", 202425, score, score - 6, score + 6, 0.9, 0.9 if short else 0.1, 0.0, tier, ""
            )
        )
    return found


def _inspections() -> list[results.Inspection]:
    found = [
        results.Inspection(
            urn, "graded", "E1", date(2019, 3, 14), 7.7, urn, False, 2.0, 2.0, 2.0, 1.0, 2.0, 2.0, None, "9", None, None
        )
        for urn in NAMES
        if urn % 5
    ]
    found.append(
        results.Inspection(
            900001,
            "graded",
            "E2",
            date(2025, 2, 4),
            1.8,
            900001,
            False,
            None,
            1.0,
            2.0,
            1.0,
            2.0,
            2.0,
            None,
            "Yes",
            None,
            None,
        )
    )
    return found


WINDOWS = (201617, 201819, 202223, 202425)


def _came_through() -> list[results.CameThrough]:
    """Two schools came through, one of them in another partnership; of a third it is not said."""
    away = (-6.0, -11.0, -1.0, 4.0, -1.0, 9.0)
    return [
        results.CameThrough(
            urn, "primary", area, f"ks2_{area}_expected_pct", *WINDOWS, *away, 0.95, 0.9, 0.97, -8.0, -9.0, 7.0, 16.0, 6.0, 4.0, standing, reason, False
        )
        for urn, area, standing, reason in (
            (900002, "mathematics", "came_through", ""), (900013, "reading", "came_through", ""), (900004, "mathematics", "not", "still_low"),
            (900001, "mathematics", "small_cohort", "small_cohort"),
        )
    ]  # fmt: skip


def _window_pairs() -> list[results.WindowPair]:
    told = [
        results.WindowPair("primary", area, f"ks2_{area}_expected_pct", *WINDOWS, 900, 0.7, 7.0, 7.0, "")
        for area in ("mathematics", "reading")
    ]
    writing = results.WindowPair(
        "primary",
        "writing",
        "ks2_writing_expected_pct",
        None,
        None,
        202223,
        202425,
        None,
        None,
        None,
        None,
        "few_years_before",
    )
    return [*told, writing]


def _early_signals() -> list[results.EarlySignal]:
    """Reading tried on two held-out years; neither beat the plain rule."""
    figures = ("ks2_mathematics_expected_pct|absence_overall_pct|roll_change", 0.2, 0.18, 0.181, 0.1, 0.095, 0.5, 0.49, 1.1, 0.2, 20, 13, 12,
               0.001, -0.002, 0.004, "not_better", "does_not")  # fmt: skip
    return [
        results.EarlySignal("primary", "ks2_reading_expected_pct", year, 900, 880, 0.26, 80, *figures)
        for year in (201718, 201819)
    ]


def tables() -> dict[str, pd.DataFrame]:
    """Every published table, by name."""
    scores = _area_scores()
    latest = [row for row in scores if row.time_period == YEARS[1]]
    needs = [
        results.Need(
            row.urn, row.phase, row.area, row.time_period, "contextual", row.severity, row.p_below, False, "school", ""
        )
        for row in latest
        if row.tier == "may_need_support"
    ] + [results.Need(900011, "secondary", "finance", 202425, "finance", 0.8, None, False, "trust", "deficit", TRUST)]
    strengths = [
        results.Strength(row.urn, row.phase, row.area, row.time_period, row.p_above, "contextual", False, 3, row.pupils)
        for row in latest
        if row.tier == "strength_to_share"
    ]
    sets, comparators = [], []
    for urn in NAMES:
        if not stages_of(urn):
            continue
        others = [other for other in NAMES if other != urn and stages_of(other) == stages_of(urn)]
        sets.append(
            results.ComparatorSet(
                urn, phase_of(urn), len(others), "usable" if len(others) > 5 else "few", 0.1, 0.2, "fsm6_pct|pupils"
            )
        )
        near = sorted(others, key=lambda other: (abs(other - urn), other))
        comparators += [
            results.Comparator(urn, other, place, 0.2 + 0.05 * place) for place, other in enumerate(near, start=1)
        ]
    contexts = [
        results.Context(
            "primary", 1, "smaller schools, fewer pupils eligible for free meals", 8, 0.8, 0.3, "valid", ""
        ),
        results.Context("primary", 2, "larger schools, more pupils eligible for free meals", 6, 0.7, 0.3, "valid", ""),
    ]
    of_context = [
        results.SchoolContext(
            urn, "primary", 1 + urn % 2, contexts[urn % 2].label, 2 - urn % 2, contexts[1 - urn % 2].label
        )
        for urn in NAMES
        if stages_of(urn) == "primary"
    ]
    rows: dict[str, list[Any]] = {
        "school": [_school(urn) for urn in NAMES],
        "partnership": [
            results.Partnership(TRUST, "Chilver Vale Learning Trust", "mat", len(MEMBERS)),
            results.Partnership(SECOND, "Kelderby Partnership Trust", "mat", 4),
            results.Partnership(AUTHORITY, "Chilvershire", "la", len(NAMES)),
        ],
        "area_score": scores, "measure_score": [_measure_score(row) for row in scores], "value": _values(scores),
        "domain_score": _domains(), "need": needs, "strength": strengths, "inspection": _inspections(),
        "finance": [
            results.Finance(urn, year, 1_200_000.0, -12_000.0 if urn == 900011 else 9_000.0, -1.0 if urn == 900011 else 0.8, 48_000.0, 4.0, 78.0)
            for urn in NAMES
            for year in YEARS
        ],
        "trust_finance": [
            results.TrustFinance(TRUST, year, 12, 5000.0, 30e6, -6e5, -2.0, -1.4, -2e5 if year == YEARS[1] else 4e5, -0.7 if year == YEARS[1] else 1.3,
                                 79.0, "may_need_support" if year == YEARS[1] else "", "deficit" if year == YEARS[1] else "", 0.8, 0.9, 32.0, 25.0, 39.0)
            for year in YEARS
        ],
        "comparator_set": sets, "comparator": comparators, "context": contexts, "school_context": of_context,
        "national": [
            results.NationalFigure(phase, measure, year, 202223, 3, 15, "binomial", 74.0, 7.0, 4.0, 1.0, None, 0.4, 66.0)
            for phase in ("primary", "secondary")
            for measure in sorted(set(measures_of_phase(phase).values()))
            for year in YEARS
        ],
        "source": [
            results.SourceLine(1, "ks2", "england_ks2final.csv", 202425, None, "final", 1500, 1480, 20, 15.0, "ab" * 32, CREATED),
            results.SourceLine(2, "gias", "edubasealldata20261101.csv", None, date(2026, 11, 1), "final", 19, 19, 0, 19.0, "cd" * 32, CREATED),
        ],
        "correction": [], "origin": [], "came_through": _came_through(), "window_pair": _window_pairs(),
        "early_signal": _early_signals(),
        "between_partnerships": [
            results.BetweenPartnerships("primary", measure, 202425, kind, 0.3, 0.95, 20, 160)
            for measure in sorted(measures_of_phase("primary").values())
            for kind in ("authority", "trust")
        ],
    }  # fmt: skip
    found = {name: results.frame(rows.get(name, []), kind) for name, kind in results.TABLES.items()}
    found["similarity_scale"] = similarity.similar(found["school"]).scale
    found["member"] = pd.DataFrame(
        [(TRUST, urn, pd.Timestamp("2018-01-01")) for urn in sorted(MEMBERS)]
        + [(SECOND, urn, pd.Timestamp("2019-01-01")) for urn in range(900013, 900017)]
        + [(AUTHORITY, urn, pd.NaT) for urn in sorted(NAMES)],
        columns=["uid", "urn", "joined"],
    )
    square = {"type": "Polygon", "coordinates": [[[2.4, 52.4], [2.9, 52.4], [2.9, 52.8], [2.4, 52.8], [2.4, 52.4]]]}
    found["boundary"] = pd.DataFrame(
        [("E99000991", "la", "Chilvershire", json.dumps(square))], columns=["code", "kind", "name", "geometry"]
    )
    return found


OFFERS = (
    (1, 900001, "mathematics", "visits", 2.0, None, "offered"),
    (2, 900002, "mathematics", "visits", 2.0, None, "offered"),
    (3, 900008, "mathematics", "coaching", 10.0, None, "offered"),
    (4, 900012, "english_and_mathematics", "coaching", 6.0, None, "offered"),
    (5, 900008, "attendance", "training", 4.0, None, "withdrawn"),
)


def _offer(connection: Connection) -> None:
    """The offers as rows of their register that were entered when the figures were made."""
    for number, urn, area, kind, days, slot, standing in OFFERS:
        said = {"giver": "school", "area": area, "kind": kind, "days": days, "slot": slot, "standing": standing}
        data = json.dumps({key: value for key, value in said.items() if value is not None}, sort_keys=True)
        at = f"{CREATED}.000000+00:00"
        connection.execute(
            insert(entry).values(
                entry_id=number, register="offer", urn=urn, data=data, version=1, state="live", created=at, changed=at
            )
        )
        connection.execute(insert(entry_version).values(entry_id=number, version=1, data=data, state="live", at=at))


def without_offers(where: StorePlace) -> Engine:
    """The store with its registers as empty as they once began: the next row is number 1."""
    opened = engine(where)
    with opened.begin() as connection:
        for table in ("entry_version", "entry", "sqlite_sequence WHERE name = 'entry'"):
            connection.execute(text(f"DELETE FROM {table}"))
    return opened


def fill(where: StorePlace, publication_id: str = PUBLICATION) -> None:
    """Write the publication, its two source files and the offers into a store; a new one gets the file of one filled before."""
    if where.file is None or where.file.exists():
        return _write(where, publication_id)
    (where.home / "raw").mkdir(parents=True, exist_ok=True)
    where.file.write_bytes(_filled(publication_id))
    engine(where)


@lru_cache(maxsize=4)
def _filled(publication_id: str) -> bytes:
    """The file of a store that holds nothing else."""
    with tempfile.TemporaryDirectory(prefix="alongside-filled-") as folder:
        file = Path(folder) / "sample" / "alongside.sqlite"
        where = StorePlace("sample", file.parent, URL.create("sqlite", database=str(file)).render_as_string())
        _write(where, publication_id)
        engine(where).dispose()
        return file.read_bytes()


def _write(where: StorePlace, publication_id: str) -> None:
    opened = engine(where)
    with opened.begin() as connection:
        for line in results.rows(results.SourceLine, tables()["source"]):
            connection.execute(
                insert(source_file).values(
                    source_file_id=line.source_file_id,
                    source=line.source,
                    time_period=line.time_period,
                    as_at=line.as_at,
                    release=line.release,
                    scope="england",
                    sha256=line.sha256,
                    file_name=line.file_name,
                    raw_path="none",
                    received=line.received,
                    rows_read=line.rows_read,
                    rows_kept=line.rows_kept,
                    rows_rejected=line.rows_rejected,
                    schools_matched=int(line.schools_matched or 0),
                    state="live",
                    report=json.dumps(
                        {"reasons": {"no URN": 20}, "matched": {"primary": 15}, "notes": [], "previous": None}
                    ),
                )
            )
        _offer(connection)
    publish.write(opened, publication_id, CREATED, {"inputs": []}, tables())

"""The simulation of money and inspection: its worlds are what it says, and one region of each keeps its promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import money_index
from tests.benchmark import money_inspection as simulation
from tests.benchmark.report import figures_table


def test_a_stock_is_last_years_reserve_and_the_years_balance() -> None:
    rng = np.random.default_rng(1)
    made = simulation.schools(simulation.STOCK, rng, 50)
    table = simulation.accounts(made, simulation.STOCK, simulation.YEARS, rng)
    wide = {
        name: table.pivot(index="urn", columns="time_period", values=name) for name in ("reserve_pct", "balance_pct")
    }
    for before, year in zip(simulation.YEARS, simulation.YEARS[1:], strict=False):
        held = 0.97 * wide["reserve_pct"][before] + wide["balance_pct"][year]
        assert held.to_numpy() == pytest.approx(wide["reserve_pct"][year].to_numpy())


def test_balances_move_from_year_to_year_as_in_england() -> None:
    rng = np.random.default_rng(2)
    for world, wanted in zip(simulation.WORLDS, (0.08, 0.39), strict=True):
        made = simulation.schools(world, rng, 4000)
        table = simulation.accounts(made, world, simulation.YEARS, rng)
        wide = table.pivot(index="urn", columns="time_period", values="balance_pct")
        rest = wide.to_numpy() - made.intake[:, [1]]
        assert np.corrcoef(rest[:, 3], rest[:, 4])[0, 1] == pytest.approx(wanted, abs=0.04)


def test_one_region_of_accounts_keeps_its_promise() -> None:
    found = simulation.money(simulation.WORLDS[0], np.random.default_rng(3))
    assert 0.92 <= found.coverage <= 0.98 and found.need_below >= 0.95 and found.strength_above >= 0.95


def test_differences_of_overlapping_means_would_have_understated_the_noise() -> None:
    """What the noise of METHODS 7.1 was before: half the mean square difference of adjacent indices, over the years."""
    rng = np.random.default_rng(4)
    world = simulation.WORLDS[0]
    made = simulation.schools(world, rng)
    table = simulation.accounts(made, world, simulation.YEARS, rng).merge(made.frame, on="urn", validate="many_to_one")
    rows = money_index.indexed(table)
    judged = money_index.judged(rows)
    assert judged is not None
    index = rows[rows["time_period"].isin(simulation.YEARS[-3:])].pivot(
        index="urn", columns="time_period", values="index"
    )
    naive = float(np.mean(np.diff(index.to_numpy(), axis=1) ** 2)) / 2 / 3
    again = np.stack([_index(made, world, np.random.default_rng([5, k])) for k in range(40)])
    drawn = float(np.mean(np.var(again, axis=0, ddof=1)))  # of one school's pooled index over shocks
    assert float(np.mean(judged.noise)) == pytest.approx(drawn, rel=0.25)
    assert naive < 0.75 * drawn


def _index(made: simulation.School, world: simulation.World, rng: np.random.Generator) -> np.ndarray:
    table = simulation.accounts(made, world, simulation.YEARS, rng)
    return simulation._pooled(table, made, simulation.YEARS[-3:])


def test_grades_are_cut_as_published_and_positions_are_held() -> None:
    rng = np.random.default_rng(6)
    place = rng.normal(size=20_000)
    grades = pd.Series(simulation._judgements("E1", place, rng)["overall"])
    assert grades.value_counts(normalize=True).sort_index().tolist() == pytest.approx(
        [0.20, 0.68, 0.09, 0.03], abs=0.01
    )
    found = simulation.inspections("E1", rng)
    assert 0.93 <= found.coverage <= 0.97 and found.strength_above > 0.8


def test_both_tables_print() -> None:
    tables = simulation.simulated(1, seed=1, progress=lambda words: None)
    assert [len(columns) for _, columns, _ in tables] == [4, 2]
    assert "coverage of the 95% interval" in figures_table(*tables[0])

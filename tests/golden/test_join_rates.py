"""How many schools of 2018-19 stand in the 2022-23 census: by their own URN, over successor links, over one-to-one ones.

FORMATS 2 says 90% plainly and over links 99.8% (key stage 2) and 97.2% (key stage 4), of national files. The key stage 4
file is here and gives just that: 90.4% and 97.2%. The national key stage 2 file of 2018-19 is not; Hampshire's gives
96.4% and 99.7% (all but one school of 331), and the nation's of the year before 85.2% and 99.7%.

What lineage joins is less, on purpose: of 376 schools of key stage 4 that a link leads into the census, 350 are one-to-one;
the other 26 merged, split or amalgamated, and nobody can say whose results those were.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from analytics import lineage
from tests.golden.test_realdata import E18, real
from tests.shared import needs_shared

pytestmark = needs_shared
HAMPSHIRE = "performance/2018-19/850_ks2final.csv"
KS4 = "performance/2018-19/england_ks4provisional.csv"
YEAR_BEFORE = f"{E18}2017-2018_england_ks2final.csv"
SUCCESSION = ("Successor", "Predecessor", "Result of Amalgamation")  # any of them, merged and split ones too
# file -> schools, in the census, over any successor (one step; chains of them), one-to-one
RATES = {
    HAMPSHIRE: (331, 319, 330, 330, 330),
    KS4: (5495, 4969, 5342, 5345, 5319),
    YEAR_BEFORE: (16364, 13948, 16303, 16310, 16237),
}


@cache
def links() -> pd.DataFrame:
    return real("gias/links_edubasealldata20250422.csv").tables["link"]


@cache
def census() -> frozenset[int]:
    return frozenset(real("performance/2022-23/england_census.csv").tables["measurement"]["urn"])


@cache
def successors() -> dict[int, set[int]]:
    """Every successor of every school, stated from either side."""
    found: dict[int, set[int]] = {}
    for urn, other, kind in links()[["urn", "link_urn", "link_type"]].itertuples(index=False, name=None):
        if kind.startswith("Successor"):
            found.setdefault(urn, set()).add(other)
        elif kind.startswith(SUCCESSION):
            found.setdefault(other, set()).add(urn)
    return found


def over_links(urn: int, steps: int) -> bool:
    """Whether some chain of at most `steps` successors leads into the census."""
    here, seen = {urn}, {urn}
    for _ in range(steps):
        here = {after for before in here for after in successors().get(before, ())} - seen
        seen |= here
    return bool(seen & census())


def register(*open_now: int) -> pd.DataFrame:
    return pd.DataFrame({"urn": list(open_now), "status": "open"}).astype({"urn": "int64", "status": "str"})


@pytest.mark.parametrize("name", RATES)
def test_schools_found_in_the_census_years_later(name: str) -> None:
    urns = sorted(set(real(name).tables["measurement"]["urn"]))
    onward = lineage.predecessors(links(), register())
    found = (
        len(urns), sum(urn in census() for urn in urns), sum(over_links(urn, 1) for urn in urns),
        sum(over_links(urn, 9) for urn in urns),
        sum(urn in census() or onward.get(urn) in census() for urn in urns),
    )  # fmt: skip
    assert found == RATES[name]


def test_the_rates_that_the_guide_gives() -> None:
    schools, plain, step, _, _ = RATES[KS4]
    assert (round(100 * plain / schools), round(100 * step / schools, 1)) == (90, 97.2)
    schools, plain, _, chain, single = RATES[HAMPSHIRE]
    assert (round(100 * plain / schools, 1), round(100 * chain / schools, 1), single) == (96.4, 99.7, 330)


def test_the_one_hampshire_school_without_an_answer_closed_without_a_successor() -> None:
    urns = set(real(HAMPSHIRE).tables["measurement"]["urn"])
    assert [urn for urn in sorted(urns) if not over_links(urn, 9)] == [116359]
    assert not ((links()["urn"] == 116359) | (links()["link_urn"] == 116359)).any()


def test_a_school_that_is_open_in_the_register_at_hand_is_nobodys_predecessor() -> None:
    # 115921 became an academy, 149425, on 31 October 2022: in a register of April 2022 it is open still
    school = real("gias/20220419_gias_search_download_LA850.csv").tables["school"]
    assert school.loc[school["urn"] == 115921, "status"].tolist() == ["open"]
    assert 115921 not in lineage.predecessors(links(), school).index
    assert lineage.predecessors(links(), register())[115921] == 149425

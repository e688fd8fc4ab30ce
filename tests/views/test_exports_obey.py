"""Exports of the command line obey fair process once people have accounts: only strengths of schools that wait for their days."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import pipeline
from analytics.findings.said import marks
from analytics.support import matching, plans
from data.access.scope import everything
from data.register import rows
from data.store import publish
from data.store.engine import engine, place
from tests.views import own_region, region


@pytest.fixture
def people(empty_home: Path) -> None:
    """Our own store with accounts."""
    own_region.fill()


def run(*arguments: str):
    return CliRunner().invoke(pipeline.app, list(arguments))


def exported(kind: str) -> pd.DataFrame:
    done = run("export", kind, "--partnership", region.TRUST)
    assert done.exit_code == 0, done.stderr
    return pd.read_csv(io.StringIO(done.stdout.lstrip("\ufeff")))


def show(urn: int, days_ago: int) -> None:
    opened = engine(place("own"))

    def read(name: str) -> pd.DataFrame:
        return publish.read_table(opened, region.PUBLICATION, name)

    day = datetime.now(UTC) - timedelta(days=days_ago)
    values = {"said": marks(read, [urn])[urn], "how": "told", "shown_on": day.date()}
    rows.add(everything(), opened, "showing", values, uid=region.TRUST, urn=urn, now=day)


def test_without_accounts_everything_is_written(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_region, "PEOPLE", {})
    own_region.fill()
    found = exported("scores")
    assert {"strength_to_share", "may_need_support", "as_expected"} <= set(found["tier"])
    assert {900003, 900004} <= set(exported("needs")["urn"].dropna())


def test_with_accounts_only_strengths_until_each_school_had_its_days(people: None) -> None:
    done = run("export", "scores", "--partnership", region.TRUST)
    assert "12 schools have not had 10 days yet with what is said of them: only strengths" in done.stderr
    found = exported("scores")
    assert set(found["tier"].dropna()) == {"strength_to_share"} and found["outcomes_tier"].isna().all()
    assert exported("needs")["scope"].eq("trust").all()  # the trust reads of itself at once
    show(900003, 10)
    show(900004, 9)
    assert set(exported("needs")["urn"].dropna()) == {900003}
    now = exported("scores")
    assert set(now.loc[now["tier"] != "strength_to_share", "urn"]) == {900003}


def test_proposals_are_made_from_what_may_be_told_and_from_every_bar(
    people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An inspection's statutory concern is published: it bars a school from giving, whoever was shown what."""
    given: list[dict[str, pd.DataFrame]] = []

    def plan(tables: dict[str, pd.DataFrame], *_: object, **__: object) -> plans.Plan:
        given.append(tables)
        return plans.Plan("offers", (), (), ())

    monkeypatch.setattr(matching, "plan", plan)
    show(900003, 10)
    exported("proposals")
    assert set(given[0]["need"]["urn"]) == {900003}
    scores = given[0]["area_score"]
    assert set(scores.loc[scores["tier"] != "strength_to_share", "urn"]) == {900003}
    whole = publish.read_table(engine(place("own")), region.PUBLICATION, "domain_score")
    assert len(given[0]["domain_score"]) == len(whole)

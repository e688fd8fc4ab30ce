"""A store of its own in a temporary home, and extracts written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.formats.extract import REJECT_COLUMNS, Extract
from data.store import load as loading
from data.store.engine import StorePlace, engine, place

Load = Callable[..., loading.Loaded]


@pytest.fixture(autouse=True)
def alongside_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def where() -> StorePlace:
    return place("own")


@pytest.fixture
def store(where: StorePlace) -> Engine:
    return engine(where)


@dataclass
class Writer:
    """Loads extracts; each has other bytes unless `sha256` is given."""

    store: Engine
    kind: str = "own"
    loads: int = field(default=0)

    def __call__(self, extract: Extract, *, sha256: str | None = None) -> loading.Loaded:
        self.loads += 1
        received = loading.Received(sha256 or f"{self.loads:064x}", "a.csv", "raw/a", "2026-01-01T00:00:00+00:00")
        return loading.load(self.store, extract, received, kind=self.kind)  # type: ignore[arg-type]


@pytest.fixture
def write(store: Engine) -> Writer:
    return Writer(store)


def rejects(*rows: tuple[int, str, str | None, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(REJECT_COLUMNS))


def facts(
    values: dict[int, float | str], *, measure: str = "ks2_reading_expected_pct", period: int = 202324,
    release: Any = "final", scope: str = "england",
) -> Extract:  # fmt: skip
    """A KS2 file: value by URN; SUPP for a suppressed one."""
    frame = pd.DataFrame(
        {
            "urn": list(values),
            "measure": measure,
            "column": "PTREAD_EXP",
            "value": [value if isinstance(value, float) else None for value in values.values()],
            "raw": [value if isinstance(value, str) else None for value in values.values()],
            "status": ["suppressed" if isinstance(value, str) else "ok" for value in values.values()],
            "numerator": float("nan"),
            "denominator": 20.0,
            "row": range(2, 2 + len(values)),
        }
    ).astype({"value": "float64"})
    return Extract("ks2", release, scope, period, None, {"measurement": frame}, rejects(), (), len(values), len(values))


def snapshot(source: str, as_at: date | None, tables: dict[str, pd.DataFrame], scope: str = "england") -> Extract:
    kept = len(next(iter(tables.values())))
    return Extract(source, "final", scope, None, as_at, tables, rejects(), (), kept, kept)


def register(names: dict[int, str], as_at: date, **more: Any) -> Extract:
    frame = pd.DataFrame(
        {"urn": list(names), "name": list(names.values()), "status": "open", "phase": "primary", **more}
    )
    return snapshot("gias", as_at, {"school": frame.assign(as_at=pd.Timestamp(as_at))})

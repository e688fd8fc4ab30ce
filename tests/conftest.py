"""In which order tests are handed out: folders with long files first, so that two workers end together."""

from __future__ import annotations

from pathlib import Path

import pytest

LONG = ("e2e", "faults", "sample", "property")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: _place(one.path))  # a stable sort: within a folder all stay as they are


def _place(path: Path) -> int:
    folder = path.relative_to(Path(__file__).parent).parts[0]
    return LONG.index(folder) if folder in LONG else len(LONG)

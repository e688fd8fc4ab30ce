"""Where the shared real files are, if they are: tests that use them skip, and say so, in a clone without the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[1] / "../shared"
SHARED: Path | None = _FOLDER.resolve() if (_FOLDER / "realdata").is_dir() else None
needs_shared = pytest.mark.skipif(SHARED is None, reason="../shared/realdata is not there")

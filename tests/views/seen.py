"""Every view of the registry as it stands on the filled sample, drawn once for all tests of words and grammar in a run.

A view is drawn as it opens, with names hidden, and for a second phase; the presentation screen by screen, How it works part by
part. `files` are the bytes of every download that it offered.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from unittest import mock

import streamlit as st

from pages.components import downloads
from pages.shell.registry import PAGES
from tests.sample import published
from tests.views import drive

TRUST = "90001"
PARTS = ("how_well", "checks", "words", "figures", "limits", "access")
SCREENS = 14  # at most: asking for a screen that is not there shows the last


@dataclass(frozen=True)
class Seen:
    """A view as it was drawn: its markup in order, every word, the words in its pictures, and what can be downloaded."""

    key: str
    state: str
    html: str
    text: str
    pictures: str
    alternatives: tuple[str, ...]
    tables: int
    files: tuple[bytes, ...]

    @property
    def name(self) -> str:
        return f"{self.key} {self.state}".strip()

    @property
    def heading(self) -> str:
        return plain("".join(re.findall(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)[:1]))

    @property
    def paragraphs(self) -> list[str]:
        """Sentences of the page: its paragraphs and lists, without lines of links and the standing source line."""
        found = re.findall(r'<(?:p|li)(?: class="al-(?:p|quiet|note)"[^>]*)?>(.*?)</(?:p|li)>', self.html, re.DOTALL)
        return [words for part in found if "<a " not in part and (words := plain(part)).endswith((".", "?"))]


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def _states() -> Iterator[tuple[str, str, dict[str, str]]]:
    for spec in PAGES:
        yield spec.key, "", {}
        if spec.needs_figures:
            yield spec.key, "hidden", {"hide": "1"}
            yield spec.key, "secondary", {"phase": "secondary", "school": "900023"}
    yield from (("how_it_works", part, {"view": part}) for part in PARTS)
    yield from (
        ("board_present", str(at), {"sheet": str(at), "notes": "1", "hide": "0"}) for at in range(2, SCREENS + 1)
    )


def _drawn(key: str, state: str, params: dict[str, str]) -> Seen:
    files: list[bytes] = []

    def witnessed(make: Callable[[], bytes], _: str) -> Callable[[], bytes]:
        files.append(make())
        return make

    with mock.patch.object(downloads, "witnessed", witnessed):
        at = drive.view(key, **{"data": "sample", "partnership": TRUST, **params})
    assert not at.exception, (key, state, at.exception)
    shown = at.get("plotly_chart")
    alternatives = tuple(str(one.proto.alt) for one in shown)
    html = drive.html(at)
    return Seen(key, state, html, drive.text(at), drive.pictures(at), alternatives, html.count("<table"), tuple(files))


@cache
def every() -> tuple[Seen, ...]:
    """All of them. The store is a copy of the one that other tests read."""
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as folder, mock.patch.dict("os.environ") as env:
        shutil.copytree(published.region().home / "sample", Path(folder) / "sample")
        env["ALONGSIDE_HOME"] = folder
        env.pop("ALONGSIDE_DATABASE_URL", None)
        st.cache_data.clear()
        st.cache_resource.clear()
        return tuple(_drawn(*one) for one in _states())


def words_of(file: bytes) -> str:
    """Every word of a download: text as it is, of a workbook, slides and a PDF what their parts hold."""
    if not file.startswith(b"PK"):
        return file.decode("utf-8-sig", errors="ignore") if not file.startswith(b"%PDF") else ""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [
            archive.read(name).decode("utf-8", errors="ignore") for name in archive.namelist() if name.endswith(".xml")
        ]
    return plain(" ".join(parts))

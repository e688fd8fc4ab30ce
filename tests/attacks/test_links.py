"""Links made by a hostile hand: every parameter that any page reads, with every input, on every page. Nothing breaks or is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.findings.areas import THEMES
from pages.components import weight_words
from pages.shell import address, similar_link
from pages.shell.registry import PAGES
from tests.attacks import drawn
from tests.attacks.inputs import EVERY, SHORT, rotated
from tests.views import region

PAGES_FOLDER = Path(__file__).parents[2] / "pages"
READERS = ("given", "remembered", "wanted", "settle", "pick", "keep", "picker")
# Parameters whose name stands in a constant or a loop: who adds one adds it here.
BY_NAME = {"weights", *similar_link.PARAMS, *address.KEEP}
RUNS = 16  # for each page; over all pages every parameter that they share meets every input
USUAL = {"data": "own", "partnership": region.TRUST, "school": "900003"}


def named_in_code() -> set[str]:
    """Every parameter of the address that a page asks for by name."""
    return {name for path in PAGES_FOLDER.rglob("*.py") for name in _named(ast.parse(path.read_text(encoding="utf-8")))}


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            ours = said.startswith("address.") or isinstance(node.func, ast.Name)
            if (said.split(".")[-1] in READERS and ours and texts) or (said == "st.query_params.get" and texts):
                yield texts[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.query_params":
            yield from [str(one.value) for one in [node.slice] if isinstance(one, ast.Constant)]


PARAMS = tuple(sorted(named_in_code() | BY_NAME))


def test_the_parameters_are_those_of_the_code() -> None:
    assert {"area", "order", "part", "view", "file", "beside", "measure", "school", "partnership", "alike"} <= set(
        PARAMS
    )
    indirect = [
        f"{path.name}:{node.lineno}" for path in PAGES_FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.query_params"
        and not isinstance(node.slice, ast.Constant) and path.name != "address.py"
    ]  # fmt: skip
    assert indirect == [], "a parameter whose name is not written where it is read: add it to BY_NAME"


def opened(key: str) -> AppTest:
    spec = next(spec for spec in PAGES if spec.key == key)
    at = AppTest.from_file(str(spec.script), default_timeout=60)
    for name, value in USUAL.items():
        at.query_params[name] = value
    return at.run()


@pytest.mark.parametrize("page", range(len(PAGES)), ids=[spec.key for spec in PAGES])
def test_no_link_breaks_a_page_or_writes(page: int, home: Path) -> None:
    """Each run gives every parameter another input at once, then each half of them with the rest as usual."""
    at = opened(PAGES[page].key)
    assert drawn.faults(at) == []
    for run, given in enumerate(rotated(SHORT, RUNS, len(PARAMS), start=page * RUNS)):
        for place, (name, value) in enumerate(zip(PARAMS, given, strict=True)):
            usual = USUAL.get(name, "")
            at.query_params[name] = value if run % 2 == 0 or place % 2 == run // 2 % 2 else usual
        at.run()
        assert drawn.faults(at) == [], f"{PAGES[page].key}: {dict(zip(PARAMS, given, strict=True))}"


@pytest.mark.soak
@pytest.mark.parametrize("page", range(len(PAGES)), ids=[spec.key for spec in PAGES])
def test_no_link_breaks_a_page_or_writes_at_length(page: int, home: Path) -> None:
    """Each page with every input in every parameter; half of the parameters as usual each time."""
    at = opened(PAGES[page].key)
    for half in (0, 1):
        for given in rotated(EVERY, len(EVERY), len(PARAMS)):
            for place, (name, value) in enumerate(zip(PARAMS, given, strict=True)):
                at.query_params[name] = value if place % 2 == half else USUAL.get(name, "")
            at.run()
            assert drawn.faults(at) == [], f"{PAGES[page].key}: {given!r}"[:2_000]


def test_every_input_meets_every_shared_parameter() -> None:
    assert len(PAGES) * RUNS >= len(SHORT)


def test_whatever_reads_a_parameter_reads_every_input() -> None:
    """The long ones too: what comes out is one of a few known values."""
    for value in EVERY:
        number = address.number(value)
        assert number is None or 0 <= number < 10**9
        for themes in THEMES.values():
            weights = weight_words.read(value, themes)
            assert len(weights) == len(themes) and all(0 <= one <= 10 for one in weights)
        own, _ = similar_link.own_of(dict.fromkeys(similar_link.PARAMS, value))
        assert own == similar_link.own_of(similar_link.link_of(own))[0] if own is not None else True


def test_a_link_to_a_page_carries_no_more_than_its_own_text() -> None:
    for value in SHORT:
        if "\udcff" not in value:
            assert drawn.LINKS.match(address.link("my_school", school=value))
            assert not set(address.link("my_school", school=value)) & set("<>\"' \r\n\\")

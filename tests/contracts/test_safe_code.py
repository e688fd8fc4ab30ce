"""Markup is made in few places, each of which escapes; what a checker of safety is told to overlook is told why; known holes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [ROOT / "app.py", ROOT / "pipeline.py", *(path for folder in ("pages", "analytics", "data") for path in sorted((ROOT / folder).rglob("*.py")))]  # fmt: skip
CODE = [path for path in CODE if "local" not in path.parts]
# Modules that may make markup out of what they are given; tests/attacks/test_drawn.py puts hostile text into every part of it.
MAKERS = {
    "pages/components/cards.py", "pages/components/contact.py", "pages/components/correction_words.py", "pages/components/glossary.py",
    "pages/components/tables.py", "pages/components/words.py",
}  # fmt: skip


RUNNING = ("eval", "exec", "compile", "os.system", "os.popen", "pickle.loads", "pd.read_pickle", "pd.eval", "yaml.load")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
            yield node


def literals(path: Path) -> set[str]:
    """Names that stand for text written in the module itself."""
    return {
        target.id for node in tree(path).body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip


def test_no_markdown_with_html_and_no_frame_or_script() -> None:
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        for word in ("unsafe_allow_html", "unsafe_allow_javascript", "components.v1", "st.iframe", "declare_component", "components.v2", "allow_html"):  # fmt: skip
            assert word not in text, f"{named(path)}: {word}"


def test_markup_is_drawn_of_data_only_where_it_is_escaped() -> None:
    for path in CODE:
        fixed = literals(path)
        for call in calls(path, "html"):
            (given,) = call.args
            own = isinstance(given, ast.Constant) or (isinstance(given, ast.Name) and given.id in fixed)
            assert own or named(path) in MAKERS, f"{named(path)}:{call.lineno} draws markup: use words or tables"


def test_labels_from_data_go_through_md() -> None:
    """A text with a value in it, as the label of something that is read as Markdown, is `words.md(...)` or holds only numbers."""
    readers = ("button", "expander", "page_link", "link_button", "checkbox", "toggle", "radio", "popover", "tabs")
    allowed = re.compile(
        r"words\.(count|year|day)\(|len\(|number|\.one\b|\.title\b|\.label\b|LABELS|'[^']*'|which|table|one\b|[A-Z]{3,}|word|kind"
    )
    for path in (path for path in CODE if named(path).startswith("pages/")):
        for name in readers:
            for call in (call for call in calls(path, name) if ast.unparse(call.func).startswith("st.")):
                if call.args and isinstance(call.args[0], ast.JoinedStr):
                    for part in call.args[0].values:
                        said = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else "''"
                        assert allowed.search(said), f"{named(path)}:{call.lineno}: {said} in a label: use words.md"


def test_whatever_is_overlooked_has_its_reason() -> None:
    for path in CODE:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if "nosec" in line:
                assert re.search(r"# nosec B\d{3} # \w.{10,}", line), f"{named(path)}:{number}: which check, and why?"


def test_nothing_runs_what_it_is_given() -> None:
    """No shell, no pickles, no evaluation: not even where a checker would not look."""
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                said = ast.unparse(node.func)
                assert said not in RUNNING, f"{named(path)}:{node.lineno}"
                assert not any(one.arg == "shell" for one in node.keywords), f"{named(path)}:{node.lineno}"
                if said.endswith((".query", ".eval")) and named(path).startswith("pages"):
                    raise AssertionError(f"{named(path)}:{node.lineno} evaluates text")


@pytest.mark.parametrize("list_of", ["requirements.txt", "requirements-dev.txt"])
def test_no_library_has_a_known_hole(list_of: str) -> None:
    """Asks the public index of weaknesses about each pinned library. Skipped where nobody answers."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json",
         "--timeout", "10", "-r", str(ROOT / list_of)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1].split(":")[0]
        pytest.skip(f"the index of weaknesses cannot be reached from here ({said})")
    unknown = [one["name"] for one in found if "skip_reason" in one]
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one.get("vulns", [])]
    assert holes == [], "update them: make lock"
    if len(unknown) > len(found) // 2:
        pytest.skip(f"the index of weaknesses does not answer here for {len(unknown)} of {len(found)} libraries")

"""House rules that a reader can check by eye and a machine should: layers, sizes, names, docstrings (STYLE.md)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from data.access.permissions import permissions

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pages", "analytics", "data")
FILES = sorted(
    path for folder in CODE for path in (ROOT / folder).rglob("*.py") if "local" not in path.parts[len(ROOT.parts) :]
)
EVERY = [*FILES, ROOT / "app.py", ROOT / "pipeline.py"]
LONGEST_FILE, LONGEST_FUNCTION = 350, 50
# Files whose length is a table of rows: one class per published table, one row per line.
TABLES: dict[str, int] = {}
# Functions whose length is rows of data, one a line.
ROWS_OF_DATA = {
    "analytics/explained/methods_page.py:_domains", "analytics/explained/methods_page.py:_scores",
    "data/sample/planted.py:_chilver", "data/sample/write_register.py:_common", "data/store/migrations/versions/r0001_first.py:upgrade",
}  # fmt: skip
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def test_pages_holds_folders_only() -> None:
    """Streamlit makes a page of every .py file directly in pages/."""
    assert [path.name for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_imports_the_roots(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] in ("app", "pipeline", "tests")}


def test_layers() -> None:
    for path in FILES:
        layer, names = named(path).split("/")[0], imported(path)
        if layer == "data":
            assert not {
                n for n in names if n.split(".")[0] in ("analytics", "pages", "streamlit", "plotly", "sklearn")
            }, named(path)
        if layer == "analytics":
            allowed = {n for n in names if n.startswith("data.catalogue")}
            assert not {
                n for n in names - allowed if n.split(".")[0] in ("pages", "data", "streamlit", "plotly", "sqlalchemy")
            }, named(path)


def test_analytics_has_no_clock_and_no_file() -> None:
    for path in (p for p in FILES if named(p).startswith("analytics/")):
        names = {n.split(".")[0] for n in imported(path)}
        assert not names & {"time", "os", "pathlib", "io", "requests", "random"}, named(path)
        for call in calls(path):
            said = ast.unparse(call.func)
            assert said not in ("open", "datetime.now", "date.today", "pd.Timestamp.now", "pd.Timestamp.today"), named(
                path
            )
            if said.endswith("default_rng"):
                assert call.args, f"{named(path)}: a generator without a seed"


@pytest.mark.parametrize("path", EVERY, ids=named)
def test_size_and_docstring(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= TABLES.get(named(path), LONGEST_FILE)
    assert ast.get_docstring(tree(path)) or not "".join(lines).strip(), "no module docstring"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert not node.name.startswith(("get_", "process_", "handle_")), node.name


def test_functions_are_short() -> None:
    """Equality, so that a function made short also leaves the list."""
    long = {
        f"{named(path)}:{node.name}" for path in EVERY for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    }  # fmt: skip
    assert long == ROWS_OF_DATA


def test_modules_are_named_for_their_subject() -> None:
    assert not [named(p) for p in EVERY if FORBIDDEN & set(p.with_suffix("").relative_to(ROOT).parts)]
    assert not [named(p) for p in EVERY if set(p.stem.split("_")) & FORBIDDEN]


def test_pandas_habits() -> None:
    for path in EVERY:
        for call in calls(path):
            words = {keyword.arg: keyword.value for keyword in call.keywords}
            assert "inplace" not in words, f"{named(path)}:{call.lineno} inplace"
            by_row = words.get("axis")
            if isinstance(call.func, ast.Attribute) and call.func.attr == "apply" and isinstance(by_row, ast.Constant):
                assert by_row.value not in (1, "columns"), f"{named(path)}:{call.lineno} apply(axis=1)"


def test_only_the_edges_catch_everything() -> None:
    found = [
        f"{named(path)}:{node.lineno}" for path in FILES if named(path).startswith(("analytics/", "data/")) for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]  # fmt: skip
    assert found == []


def test_every_function_of_analytics_is_typed() -> None:
    bare = [
        f"{named(path)}:{node.name}" for path in FILES if named(path).startswith("analytics/") for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.returns is None or any(a.annotation is None and a.arg not in ("self", "cls") for a in node.args.args + node.args.kwonlyargs))
    ]  # fmt: skip
    assert bare == []


def test_every_action_of_the_table_of_permissions_is_asked_for_where_it_is_done() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    actions = [key for key, one in permissions().items() if one.kind == "action"]
    assert [key for key in actions if f'"{key}"' not in code] == []

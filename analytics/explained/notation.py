"""The notation in which formulas are shown: read once, worked out with numbers, and set as mathematics.

One text gives all three, so what people read is what a test works out beside the code. Plain arithmetic with ^ for
powers, names such as `tau` or `R_ab`, and the functions below; anything else is refused.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import special, stats

Value = Any  # a number, or an array of them


def _density(x: Value) -> Value:
    return np.exp(-(np.asarray(x, dtype=float) ** 2) / 2) / np.sqrt(2 * np.pi)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "sqrt": np.sqrt, "ln": np.log, "exp": np.exp, "abs": np.abs, "arcsin": np.arcsin, "sum": np.sum, "mean": np.mean,
    "sum_ab": np.sum, "product": np.prod, "Phi": special.ndtr, "Phi_inverse": special.ndtri, "density": _density,
    "chi2": stats.chi2.ppf, "beta": stats.beta.ppf, "student": stats.t.ppf, "floor": np.floor,
    "binomial": special.bdtrik, "least": lambda *x: np.minimum.reduce(x), "greatest": lambda *x: np.maximum.reduce(x),
}  # fmt: skip
_SET: Mapping[str, str] = {
    "sqrt": r"\sqrt{%s}", "exp": r"e^{%s}", "abs": r"\left|%s\right|", "ln": r"\ln\left(%s\right)", "Phi": r"\Phi\left(%s\right)",
    "arcsin": r"\arcsin\left(%s\right)", "mean": r"\operatorname{mean}\left(%s\right)", "density": r"\operatorname{density}\left(%s\right)",
    "Phi_inverse": r"\Phi^{-1}\left(%s\right)", "chi2": r"\chi^2\left(%s\right)", "least": r"\min\left(%s\right)",
    "greatest": r"\max\left(%s\right)", "beta": r"\operatorname{Beta}\left(%s\right)",
    "student": r"t\left(%s\right)", "floor": r"\left\lfloor %s \right\rfloor", "binomial": r"\operatorname{binomial}\left(%s\right)",
}  # fmt: skip
_SUMS = {"sum": r"\sum", "sum_ab": r"\sum_{a,b}", "product": r"\prod"}
_GREEK: Mapping[str, str] = {
    "delta": "δ", "lambda": "λ", "mu": "μ", "omega": "ω", "phi": "φ", "rho": "ρ", "sigma": "σ", "tau": "τ", "theta": "θ",
}  # fmt: skip
_WORD = re.compile(r"\blambda\b")  # a word of Python's own


def parsed(text: str) -> ast.expr:
    """The text as a tree of plain arithmetic. Raises ValueError for anything else."""
    tree = ast.parse(_WORD.sub("lambda_", text).replace("^", "**"), mode="eval").body
    for node in ast.walk(tree):
        if not isinstance(
            node, ast.BinOp | ast.UnaryOp | ast.Call | ast.Name | ast.Constant | ast.operator | ast.unaryop | ast.Load
        ):
            raise ValueError(f"{text}: {type(node).__name__} is no part of the notation")
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
            raise ValueError(f"{text}: {ast.unparse(node.func)} is no function of the notation")
    return tree


def sides(line: str) -> tuple[str, str]:
    """Left and right of the one equals sign."""
    left, _, right = line.partition(" = ")
    return left.strip(), right.strip()


def value(text: str, symbols: Mapping[str, Value]) -> Value:
    """What the text comes to with these numbers. Raises KeyError for a symbol that has none."""
    return _value(parsed(text), symbols)


def _value(node: ast.expr, symbols: Mapping[str, Value]) -> Value:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return symbols[node.id.rstrip("_")]
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, symbols)
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)  # nosec B101 # only tells the type
        return FUNCTIONS[node.func.id](*(_value(one, symbols) for one in node.args))
    assert isinstance(node, ast.BinOp)  # nosec B101 # only tells the type
    left, right = _value(node.left, symbols), _value(node.right, symbols)
    if isinstance(node.op, ast.Add | ast.Sub):
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node.op, ast.Mult | ast.Div):
        return left * right if isinstance(node.op, ast.Mult) else left / right
    return left**right


@cache
def as_mathematics(line: str) -> str:
    """The line in LaTeX: of each of the program's own lines once."""
    left, right = sides(line)
    return f"{_tex(parsed(left))} = {_tex(parsed(right))}"


def _tex(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return f"{float(str(node.value)):g}"
    if isinstance(node, ast.Name):
        return _name(node.id.rstrip("_"))
    if isinstance(node, ast.UnaryOp):
        return f"-{_factor(node.operand)}"
    if isinstance(node, ast.Call):
        return _called(node)
    assert isinstance(node, ast.BinOp)  # nosec B101 # only tells the type
    if isinstance(node.op, ast.Div):
        return rf"\frac{{{_tex(node.left)}}}{{{_tex(node.right)}}}"
    if isinstance(node.op, ast.Pow):
        return f"{_base(node.left)}^{{{_tex(node.right)}}}"
    if isinstance(node.op, ast.Mult):
        joint = r" \cdot " if isinstance(node.right, ast.Constant) else r"\,"
        return f"{_factor(node.left)}{joint}{_factor(node.right)}"
    sign = "+" if isinstance(node.op, ast.Add) else "-"
    right = _tex(node.right) if sign == "+" else _factor(node.right)
    return f"{_tex(node.left)} {sign} {right}"


def _called(node: ast.Call) -> str:
    assert isinstance(node.func, ast.Name)  # nosec B101 # only tells the type
    if node.func.id in _SUMS:
        return f"{_SUMS[node.func.id]} {_factor(node.args[0])}"
    return _SET[node.func.id] % ", ".join(_tex(one) for one in node.args)


def _factor(node: ast.expr) -> str:
    """In brackets where a product would otherwise take only its first part."""
    loose = isinstance(node, ast.UnaryOp) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub))
    return rf"\left({_tex(node)}\right)" if loose else _tex(node)


def _base(node: ast.expr) -> str:
    return _tex(node) if isinstance(node, ast.Constant | ast.Name) else rf"\left({_tex(node)}\right)"


def _name(name: str) -> str:
    first, _, rest = name.partition("_")
    below = ",".join(_part(one) for one in rest.split("_")) if rest else ""
    return f"{_part(first)}_{{{below}}}" if below else _part(first)


def _part(word: str) -> str:
    if word in _GREEK:
        return rf"\{word}"
    return word if len(word) == 1 or word.isdigit() else rf"\text{{{word}}}"


def as_text(name: str) -> str:
    """A symbol inside text and tables: "tau_S" is "τ S"."""
    return " ".join(_GREEK.get(part, part) for part in name.split("_"))

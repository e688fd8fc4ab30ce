"""The notation of formulas: read as written, worked out with numbers, set as mathematics."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.explained import notation


def test_worked_out() -> None:
    # -2^2 is -(2^2); 6 / 3 * 2 is (6/3)*2
    assert notation.value("-x^2 + 6 / 3 * x", {"x": 2.0}) == 0.0
    assert notation.value("lambda * sum(y^2) / 2", {"lambda": 0.5, "y": np.array([1.0, 2])}) == 1.25
    assert notation.value("least(greatest(x, 1), 1.5) + Phi(0)", {"x": 9.0}) == 2.0
    with pytest.raises(KeyError):
        notation.value("x + z", {"x": 1.0})


@pytest.mark.parametrize("text", ["open('x')", "x.y", "[x]", "x if y else z", "__import__('os')", "lambda: 1"])
def test_nothing_but_arithmetic_is_read(text: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        notation.parsed(text)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("m = tau^2 / (tau^2 + s^2) * y", r"m = \frac{\tau^{2}}{\tau^{2} + s^{2}}\,y"),
        ("y = sum(h * d) / sum(h)", r"y = \frac{\sum h\,d}{\sum h}"),
        ("P_below = Phi((-delta - m) / s)", r"P_{\text{below}} = \Phi\left(\frac{-\delta - m}{s}\right)"),
        ("a = b - (c + d)", r"a = b - \left(c + d\right)"),
        ("a = (b + c) * d", r"a = \left(b + c\right)\,d"),
        ("lambda = 2 * sqrt(x)", r"\lambda = 2\,\sqrt{x}"),
        ("S = sum(x - y)", r"S = \sum \left(x - y\right)"),
        ("z = (a + b)^2", r"z = \left(a + b\right)^{2}"),
        ("s_a = 2^(-age / 4)", r"s_{a} = 2^{\frac{-\text{age}}{4}}"),
    ],
)
def test_set_as_mathematics(line: str, shown: str) -> None:
    assert notation.as_mathematics(line) == shown


def test_symbols() -> None:
    assert notation.as_text("tau_S") == "τ S" and notation.as_text("P_below") == "P below"

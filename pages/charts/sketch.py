"""A picture that is written down as plain parts, and only becomes a checked figure of plotly when somebody asks for its parts.

Plotly looks at every property of every trace while it is built, and builds all annotations anew for each one that is added:
most of what a page with a picture takes. The pages send what is written down as it stands; the tests build and compare.
Refuses nothing itself: what plotly would refuse, a test of every picture does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io

Parts = dict[str, Any]


def scatter(**properties: Any) -> Parts:
    """A trace of points or lines, as `go.Scatter`."""
    return {**properties, "type": "scatter"}


def bar(**properties: Any) -> Parts:
    """A trace of bars, as `go.Bar`."""
    return {**properties, "type": "bar"}


def scattermap(**properties: Any) -> Parts:
    """A trace on a map, as `go.Scattermap`."""
    return {**properties, "type": "scattermap"}


class Sketch(go.Figure):
    """A figure whose traces, annotations, shapes and axes are kept as they were given: plain dictionaries, nested, no `a_b` names.

    Whatever else is asked of it (its `data`, its `layout`, another method) makes the whole figure of plotly first.
    """

    def __init__(self, layout: Parts) -> None:
        self._whole = False
        self._traces: list[Parts] = []
        self._sheet: Parts = layout

    def __getattr__(self, name: str) -> Any:
        """What a figure of plotly has and a sketch does not have yet."""
        if name.startswith("__") or self.__dict__.get("_whole", True):
            raise AttributeError(name)
        self._make()
        return getattr(self, name)

    def _make(self) -> None:
        self._whole = True
        super().__init__(data=self._traces, layout=self._sheet)

    def add_trace(self, trace: Any, *others: Any, **places: Any) -> Sketch:
        if self._whole or others or places or not isinstance(trace, dict):
            return self._made().add_trace(trace, *others, **places)
        self._traces.append(trace)
        return self

    def add_annotation(self, arg: Any = None, **properties: Any) -> Sketch:
        return self._one_more("annotations", "add_annotation", arg, properties)

    def add_shape(self, arg: Any = None, **properties: Any) -> Sketch:
        return self._one_more("shapes", "add_shape", arg, properties)

    def update_xaxes(self, patch: Any = None, **properties: Any) -> Sketch:
        return self._axis("xaxis", "update_xaxes", patch, properties)

    def update_yaxes(self, patch: Any = None, **properties: Any) -> Sketch:
        return self._axis("yaxis", "update_yaxes", patch, properties)

    def update_layout(self, dict1: Any = None, overwrite: bool = False, **properties: Any) -> Sketch:
        """Each property replaces what was there: nothing of an axis is set this way."""
        if self._whole or dict1 is not None or overwrite or properties.keys() & {"xaxis", "yaxis"}:
            return self._made().update_layout(dict1, overwrite, **properties)
        self._sheet.update(properties)
        return self

    def to_dict(self) -> Parts:
        """Traces and layout as they are sent. Shared: to be read, not changed."""
        if self._whole:
            return super().to_dict()
        return {"data": self._traces, "layout": {"template": _template(), **self._sheet}}

    def __reduce__(self) -> tuple[type[go.Figure], tuple[Parts]]:
        """A copy is plotly's own figure of the same parts."""
        return go.Figure, (self.to_dict(),)

    def _one_more(self, place: str, method: str, arg: Any, properties: Parts) -> Sketch:
        if self._whole or arg is not None or properties.keys() & {"row", "col", "secondary_y"}:
            return getattr(self._made(), method)(arg, **properties)
        self._sheet[place] = [*self._sheet.get(place, ()), properties]
        return self

    def _axis(self, axis: str, method: str, patch: Any, properties: Parts) -> Sketch:
        if (
            self._whole
            or patch is not None
            or properties.keys() & {"row", "col", "selector", "secondary_y", "overwrite"}
        ):
            return getattr(self._made(), method)(patch, **properties)
        self._sheet[axis] = {**self._sheet.get(axis, {}), **properties}
        return self

    def _made(self) -> Any:
        """The whole figure, by plotly's own methods."""
        if not self._whole:
            self._make()
        return super()


@cache
def _template() -> Parts:
    """Plotly's own template, as it stands in every figure."""
    found: Parts = plotly.io.templates[plotly.io.templates.default].to_plotly_json()
    return found

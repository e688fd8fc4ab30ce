"""A picture that is only written down is sent as plotly itself would send it, and plotly looks at it as soon as it is asked."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import plotly.graph_objects as go
import plotly.io
import pytest

from pages.charts import sketch, theme


def sent(figure: Any) -> Any:
    """What a page sends of it, lists and tuples alike."""
    return json.loads(plotly.io.to_json(figure.to_dict(), validate=False))


def written(picture: go.Figure) -> go.Figure:
    picture.add_trace(
        sketch.scatter(x=[1.5, None, 3], y=[1, 2, 3], mode="markers", marker={"size": 9, "color": "#12436D"})
    )
    picture.add_trace(sketch.bar(x=[1, 2], y=[3, 4], hoverinfo="skip"))
    for at in range(3):
        picture.add_annotation(x=at, y=1, text="<b>a</b>", showarrow=False, font={"size": 13})
        picture.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, line={"width": 1})
    picture.update_xaxes(range=[0, 4], tickvals=[1, 2])
    picture.update_xaxes(tickvals=[3])
    picture.update_yaxes(visible=False)
    return picture.update_layout(barmode="overlay")


def layout() -> dict[str, Any]:
    return {"height": 300, "margin": {"l": 1, "r": 2, "t": 3, "b": 4}, "showlegend": False}


def test_it_is_sent_as_plotly_sends_its_own() -> None:
    ours, plain = written(sketch.Sketch(layout())), written(go.Figure(layout=layout()))
    assert sent(ours) == sent(plain)
    made = ours.data  # from here on it is plotly's own
    assert [trace.type for trace in made] == ["scatter", "bar"]
    assert sent(ours) == sent(plain)
    assert len(ours.layout.annotations) == 3 and ours.layout.xaxis.tickvals == (3,)


@pytest.mark.parametrize("more", ["trace", "annotation", "line"])
def test_what_is_added_after_or_by_plotlys_own_ways_is_there_too(more: str) -> None:
    both = [written(sketch.Sketch(layout())), written(go.Figure(layout=layout()))]
    for picture in both:
        if more == "trace":
            picture.add_trace(go.Scatter(x=[1], y=[2]))
        elif more == "annotation":
            picture.add_annotation({"x": 1, "text": "a", "showarrow": False})
        else:
            picture.add_hline(y=0, line={"width": 2})
        picture.add_shape(type="rect", x0=0, x1=1, y0=0, y1=1)
        picture.update_layout(xaxis={"ticks": ""})
    assert sent(both[0]) == sent(both[1])


def test_what_plotly_refuses_is_refused_when_it_is_asked() -> None:
    picture = sketch.Sketch(layout()).add_trace(sketch.scatter(x=[1], y=[1], colour="red"))
    with pytest.raises(ValueError, match="colour"):
        assert picture.data


def test_copies_are_alike() -> None:
    picture = written(theme.figure(theme.LIGHT, height=200, margin=(1, 2, 3, 4)))
    for twin in (copy.deepcopy(picture), pickle.loads(pickle.dumps(picture)), go.Figure(picture)):
        assert sent(twin) == sent(picture)

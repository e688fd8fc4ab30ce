"""The fixed page beside which every view of ours is timed: pickers, 500 rows read, two charts, a table of 50 rows.

What a plain page of the same kind costs with this toolkit: none of our own code runs here, and nothing is cached but its
made-up frame of 24,000 schools. It never changes: a ratio of today must mean what it meant a year ago.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

SCHOOLS, READ, SHOWN = 24_000, 500, 50
PHASES = ("Primary", "Secondary", "Special")
YEARS = ("2022/23", "2023/24", "2024/25")


@st.cache_resource(show_spinner=False)
def schools() -> pd.DataFrame:
    draw = np.random.default_rng(2026)
    score = draw.normal(50, 10, SCHOOLS)
    return pd.DataFrame(
        {
            "urn": np.arange(100_000, 100_000 + SCHOOLS),
            "name": [f"School number {number}" for number in range(SCHOOLS)],
            "area": [f"Area {number % 48}" for number in range(SCHOOLS)],
            "free_meals": draw.uniform(0, 60, SCHOOLS),
            "score": score,
            "low": score - draw.uniform(3, 8, SCHOOLS),
            "high": score + draw.uniform(3, 8, SCHOOLS),
        }
    )


def cloud(rows: list[tuple[object, ...]]) -> go.Figure:
    figure = go.Figure(
        go.Scatter(
            x=[row[3] for row in rows], y=[row[4] for row in rows], mode="markers", text=[row[1] for row in rows],
            hovertemplate="%{text}: %{y:.0f}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(height=380, xaxis_title="Free meals, %", yaxis_title="Score")
    return figure


def ranges(rows: list[tuple[object, ...]]) -> go.Figure:
    figure = go.Figure(
        go.Scatter(
            x=[row[4] for row in rows], y=[row[1] for row in rows], mode="markers",
            error_x={"array": [row[6] - row[4] for row in rows], "arrayminus": [row[4] - row[5] for row in rows]},  # type: ignore[operator]
        )
    )  # fmt: skip
    figure.update_layout(height=20 * len(rows), xaxis_title="Score")
    return figure


def table(rows: list[tuple[object, ...]]) -> str:
    head = "".join(f"<th scope='col'>{word}</th>" for word in ("School", "Area", "Free meals", "Score", "From", "To"))
    body = "".join(
        f"<tr><th scope='row'>{row[1]}</th><td>{row[2]}</td>" + "".join(f"<td>{value:.1f}</td>" for value in row[3:]) + "</tr>"
        for row in rows
    )  # fmt: skip
    return f"<table><caption>Fifty schools</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def draw() -> None:
    st.set_page_config(layout="wide")
    left, middle, right, last = st.columns(4)
    area = left.selectbox("Area", [f"Area {number}" for number in range(48)])
    middle.selectbox("Phase", PHASES)
    right.selectbox("Year", YEARS)
    last.toggle("Hide names")
    st.title("A plain page")
    every = schools()
    rows = list(every[every["area"] == area].head(READ).itertuples(index=False, name=None))
    st.write(f"{len(rows)} schools of {area}.")
    st.plotly_chart(cloud(rows))
    st.plotly_chart(ranges(rows[:SHOWN]))
    st.html(table(rows[:SHOWN]))


draw()

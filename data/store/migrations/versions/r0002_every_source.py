"""What undo needs, report cards, trusts' figures, the partnership's own figures, corrections, and rows of long files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CARDS = (
    "inclusion", "curriculum_and_teaching", "achievement", "attendance_and_behaviour",
    "personal_development_and_wellbeing", "leadership_and_governance", "early_years_card", "post_16_card",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("source_file", sa.Column("url", sa.String()))
    op.add_column("source_file", sa.Column("accepted", sa.String()))
    for name in CARDS:
        op.add_column("inspection", sa.Column(name, sa.String()))
    op.add_column("inspection", sa.Column("judged_on", sa.Text()))
    op.create_table(
        "snapshot",
        sa.Column("source_file_id", sa.Integer(), sa.ForeignKey("source_file.source_file_id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source_file_id", "name"),
    )
    op.create_table(
        "series_row",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series_id", "school_id"),
        sqlite_with_rowid=False,
    )
    _figures()


def _figures() -> None:
    op.create_table(
        "group_figure",
        *_keys("uid:String", "measure:String", "time_period:Integer", "release:String", "source:String"),
        sa.Column("name", sa.String()), sa.Column("column", sa.String(), nullable=False), *_value(),
        sa.Column("denominator", sa.Float()), *_origin(),
        sa.PrimaryKeyConstraint("uid", "measure", "time_period", "release", "source"),
    )  # fmt: skip
    op.create_table(
        "own_figure",
        *_keys("urn:Integer", "measure:String", "time_period:Integer"),
        sa.Column("label", sa.String(), nullable=False), sa.Column("definition", sa.String()),
        sa.Column("unit", sa.String(), nullable=False), *_value(), sa.Column("denominator", sa.Float()),
        sa.Column("supplied_by", sa.String()), *_origin(), sa.PrimaryKeyConstraint("urn", "measure", "time_period"),
    )  # fmt: skip
    op.create_table(
        "correction",
        *_keys("urn:Integer", "measure:String", "time_period:Integer", "release:String"), *_value(),
        sa.Column("reason", sa.String(), nullable=False), sa.Column("link", sa.String(), nullable=False), *_origin(),
        sa.PrimaryKeyConstraint("urn", "measure", "time_period", "release"),
    )  # fmt: skip


def _keys(*said: str) -> list[sa.Column]:
    pairs = [one.split(":") for one in said]
    return [sa.Column(name, getattr(sa, kind)(), nullable=False) for name, kind in pairs]


def _value() -> list[sa.Column]:
    return [
        sa.Column("value", sa.Float()),
        sa.Column("raw", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
    ]


def _origin() -> list[sa.Column]:
    return [
        sa.Column("source_file_id", sa.Integer(), sa.ForeignKey("source_file.source_file_id")),
        sa.Column("row", sa.Integer()),
    ]

"""The first schema: published facts, the files they came from, and publications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("mark_id"),
        sa.UniqueConstraint("raw", "status"),
    )
    op.create_table(
        "measure",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("measure_id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "measurement",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("mark_id", sa.Integer(), nullable=True),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("series_id", "school_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("measurement_school", "measurement", ["school_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("publication_id"),
    )
    op.create_table(
        "source_file",
        sa.Column("source_file_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("time_period", sa.Integer(), nullable=True),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("raw_path", sa.String(), nullable=False),
        sa.Column("received", sa.String(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_kept", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("schools_matched", sa.Integer(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source_file_id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "source_row",
        sa.Column("source_file_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_file_id", "school_id"),
        sqlite_with_rowid=False,
    )
    op.create_table("store_nature", sa.Column("nature", sa.String(), nullable=False), sa.PrimaryKeyConstraint("nature"))
    op.create_table(
        "boundary",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("code", "kind"),
    )
    op.create_table(
        "deprivation",
        sa.Column("lsoa", sa.String(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("idaci_score", sa.Float(), nullable=True),
        sa.Column("idaci_decile", sa.Integer(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("lsoa", "vintage"),
    )
    op.create_table(
        "group",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("open_date", sa.Date(), nullable=True),
        sa.Column("closed_date", sa.Date(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_table(
        "inspection",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("urn", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("type_name", sa.String(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("era", sa.String(), nullable=True),
        sa.Column("at_urn", sa.Integer(), nullable=True),
        sa.Column("as_predecessor", sa.Boolean(), nullable=True),
        sa.Column("overall", sa.Integer(), nullable=True),
        sa.Column("quality_of_education", sa.Integer(), nullable=True),
        sa.Column("behaviour_and_attitudes", sa.Integer(), nullable=True),
        sa.Column("personal_development", sa.Integer(), nullable=True),
        sa.Column("leadership_and_management", sa.Integer(), nullable=True),
        sa.Column("early_years", sa.Integer(), nullable=True),
        sa.Column("sixth_form", sa.Integer(), nullable=True),
        sa.Column("safeguarding", sa.String(), nullable=True),
        sa.Column("category_of_concern", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("inspection_id"),
    )
    op.create_index(op.f("ix_inspection_urn"), "inspection", ["urn"], unique=False)
    op.create_table(
        "link",
        sa.Column("urn", sa.Integer(), nullable=False),
        sa.Column("link_urn", sa.Integer(), nullable=False),
        sa.Column("link_type", sa.String(), nullable=False),
        sa.Column("established", sa.Date(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
    )
    op.create_index(op.f("ix_link_urn"), "link", ["urn"], unique=False)
    op.create_table(
        "membership",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("urn", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.UniqueConstraint("uid", "urn"),
    )
    op.create_index(op.f("ix_membership_uid"), "membership", ["uid"], unique=False)
    op.create_index(op.f("ix_membership_urn"), "membership", ["urn"], unique=False)
    op.create_table(
        "offer",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("urn", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days_per_term", sa.Float(), nullable=False),
        sa.Column("days_per_slot", sa.Float(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    op.create_table(
        "published",
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.publication_id"],
        ),
        sa.PrimaryKeyConstraint("publication_id", "name"),
    )
    op.create_table(
        "reject",
        sa.Column("source_file_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("urn", sa.String(), nullable=True),
        sa.Column("column", sa.String(), nullable=True),
        sa.Column("raw", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
    )
    op.create_index(op.f("ix_reject_source_file_id"), "reject", ["source_file_id"], unique=False)
    op.create_table(
        "school",
        sa.Column("urn", sa.Integer(), nullable=False),
        sa.Column("laestab", sa.Integer(), nullable=True),
        sa.Column("la_code", sa.Integer(), nullable=True),
        sa.Column("la_name", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("open_date", sa.Date(), nullable=True),
        sa.Column("close_date", sa.Date(), nullable=True),
        sa.Column("type_name", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("phase", sa.String(), nullable=True),
        sa.Column("phase_raw", sa.String(), nullable=True),
        sa.Column("low_age", sa.Integer(), nullable=True),
        sa.Column("high_age", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("selective", sa.Boolean(), nullable=True),
        sa.Column("religious_character", sa.String(), nullable=True),
        sa.Column("sixth_form", sa.Boolean(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("fsm_pct", sa.Float(), nullable=True),
        sa.Column("street", sa.String(), nullable=True),
        sa.Column("town", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("lsoa", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("trust_uid", sa.Integer(), nullable=True),
        sa.Column("trust_name", sa.String(), nullable=True),
        sa.Column("federation_uid", sa.Integer(), nullable=True),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("urn"),
    )
    op.create_table(
        "series",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("source_file_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.measure_id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
        ),
        sa.PrimaryKeyConstraint("series_id"),
    )
    op.create_index(op.f("ix_series_source_file_id"), "series", ["source_file_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the store goes forward only: restore a backup instead")

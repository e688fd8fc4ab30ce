"""The store's tables, as SQLAlchemy Core. Names and types only: no queries, no analytics type, no Scope.

Facts are long: a `series` is one measure, period, release and file; a `measurement` one school in it. A value is NULL
unless the mark's status is ok or low. Everything made from published files cites its `source_file_id`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# One row: whether this store holds the fictional sample region or real schools. They never meet.
store_nature = Table("store_nature", metadata, Column("nature", String, primary_key=True))

source_file = Table(
    "source_file", metadata,
    Column("source_file_id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("time_period", Integer),  # academic or financial year as 201819; NULL for snapshots
    Column("as_at", Date),  # snapshots: the date the file describes
    Column("release", String, nullable=False),
    Column("scope", String, nullable=False),  # england, or an LA code for a one-LA extract
    Column("sha256", String, nullable=False, unique=True),
    Column("file_name", String, nullable=False),
    Column("raw_path", String, nullable=False),  # relative to the home of the store
    Column("received", String, nullable=False),  # ISO time
    Column("rows_read", Integer, nullable=False),
    Column("rows_kept", Integer, nullable=False),
    Column("rows_rejected", Integer, nullable=False),
    Column("schools_matched", Integer),
    Column("report", Text, nullable=False),  # JSON: reasons with counts, notes, matched by phase
    Column("state", String, nullable=False),  # live | superseded | undone
    Column("url", String),  # where it was fetched from; NULL: given by hand
    Column("accepted", String),  # the reason why a file outside its source's range was taken in all the same
)  # fmt: skip

# What a file said about schools, groups and areas, as it was read: from these the tables below are made again when a
# file is undone. Arrow inside; facts are not here, they are long already.
snapshot = Table(
    "snapshot", metadata,
    Column("source_file_id", ForeignKey("source_file.source_file_id"), primary_key=True),
    Column("name", String, primary_key=True),  # the table's name
    Column("payload", LargeBinary, nullable=False),
)  # fmt: skip

reject = Table(
    "reject", metadata,
    Column("source_file_id", ForeignKey("source_file.source_file_id"), nullable=False, index=True),
    Column("row", Integer, nullable=False),  # 1 = first line of the file or sheet, header included
    Column("urn", String),
    Column("column", String),
    Column("raw", String),
    Column("reason", String, nullable=False),
)  # fmt: skip

school = Table(
    "school", metadata,
    Column("urn", Integer, primary_key=True),
    Column("laestab", Integer),
    Column("la_code", Integer),
    Column("la_name", String),
    Column("name", String, nullable=False),
    Column("status", String),  # open | closed | open_proposed_to_close | proposed_to_open
    Column("open_date", Date),
    Column("close_date", Date),
    Column("type_name", String),
    Column("sector", String),  # maintained | academy | independent | other
    Column("phase", String),  # vocabulary.PHASES; NULL where it cannot be told
    Column("phase_raw", String),  # the register's own word
    Column("low_age", Integer),
    Column("high_age", Integer),
    Column("gender", String),  # mixed | boys | girls
    Column("selective", Boolean),  # NULL: not recorded
    Column("religious_character", String),
    Column("sixth_form", Boolean),
    Column("capacity", Integer),
    Column("pupils", Integer),
    Column("fsm_pct", Float),  # eligible on the day: not the six-year figure
    Column("street", String),
    Column("town", String),
    Column("postcode", String),
    Column("region", String),
    Column("easting", Integer),
    Column("northing", Integer),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("lsoa", String),
    Column("phone", String),
    Column("website", String),
    Column("trust_uid", Integer),
    Column("trust_name", String),
    Column("federation_uid", Integer),
    Column("as_at", Date),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
)  # fmt: skip

link = Table(
    "link", metadata,
    Column("urn", Integer, nullable=False, index=True),
    Column("link_urn", Integer, nullable=False),
    Column("link_type", String, nullable=False),
    Column("established", Date),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
)  # fmt: skip

group = Table(
    "group", metadata,
    Column("uid", String, primary_key=True),  # GIAS group UID; LA850 for an authority; own-... for the user's own
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # mat sat trust sponsor federation umbrella la own
    Column("status", String),
    Column("open_date", Date),
    Column("closed_date", Date),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
)  # fmt: skip

membership = Table(
    "membership", metadata,
    Column("uid", String, nullable=False, index=True),
    Column("urn", Integer, nullable=False, index=True),
    Column("joined", Date),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    UniqueConstraint("uid", "urn"),
)  # fmt: skip

measure = Table(
    "measure",
    metadata,
    Column("measure_id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
)

mark = Table(
    "mark", metadata,
    Column("mark_id", Integer, primary_key=True),
    Column("raw", String, nullable=False),
    Column("status", String, nullable=False),
    UniqueConstraint("raw", "status"),
)  # fmt: skip

series = Table(
    "series", metadata,
    Column("series_id", Integer, primary_key=True),
    Column("measure_id", ForeignKey("measure.measure_id"), nullable=False),
    Column("time_period", Integer, nullable=False),
    Column("release", String, nullable=False),
    Column("source_file_id", ForeignKey("source_file.source_file_id"), nullable=False, index=True),
    Column("column", String, nullable=False),  # the published column's own name
    Column("state", String, nullable=False),  # live | superseded
)  # fmt: skip

measurement = Table(
    "measurement", metadata,
    Column("series_id", Integer, primary_key=True),
    Column("school_id", Integer, primary_key=True),  # URN
    Column("value", Float),
    Column("mark_id", Integer),  # NULL: an ordinary number
    Column("numerator", Float),
    Column("denominator", Float),
    Index("measurement_school", "school_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

source_row = Table(
    "source_row", metadata,
    Column("source_file_id", Integer, primary_key=True),
    Column("school_id", Integer, primary_key=True),
    Column("row", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Only where a school's row differs from that of `source_row`: files with several rows for one school.
series_row = Table(
    "series_row", metadata,
    Column("series_id", Integer, primary_key=True),
    Column("school_id", Integer, primary_key=True),
    Column("row", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

inspection = Table(
    "inspection", metadata,
    Column("inspection_id", Integer, primary_key=True),
    Column("urn", Integer, nullable=False, index=True),  # the school the file lists it under
    Column("event", String, nullable=False),  # graded | previous_graded | ungraded | report_card
    Column("number", String),
    Column("type_name", String),
    Column("start_date", Date),
    Column("published", Date),
    Column("era", String),  # E1 E2 E3 by start date
    Column("at_urn", Integer),
    Column("as_predecessor", Boolean),  # TRUE: given to an earlier URN; NULL: the file does not say
    Column("overall", Integer),  # 1-4; NULL: none given or not judged
    Column("quality_of_education", Integer),
    Column("behaviour_and_attitudes", Integer),
    Column("personal_development", Integer),
    Column("leadership_and_management", Integer),
    Column("early_years", Integer),
    Column("sixth_form", Integer),
    Column("safeguarding", String),
    Column("category_of_concern", String),  # SM SWK RSI
    Column("outcome", String),  # ungraded: the publisher's own words
    Column("inclusion", String),  # from here to post_16_card: report cards, in the publisher's five words
    Column("curriculum_and_teaching", String),
    Column("achievement", String),
    Column("attendance_and_behaviour", String),
    Column("personal_development_and_wellbeing", String),
    Column("leadership_and_governance", String),
    Column("early_years_card", String),
    Column("post_16_card", String),
    Column("judged_on", Text),  # JSON: area -> ISO date, where an area was judged on another day than the inspection's
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    Column("row", Integer),
)  # fmt: skip

deprivation = Table(
    "deprivation", metadata,
    Column("lsoa", String, primary_key=True),
    Column("vintage", Integer, primary_key=True),
    Column("idaci_score", Float),
    Column("idaci_decile", Integer),  # 1 = most deprived
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
)  # fmt: skip

boundary = Table(
    "boundary", metadata,
    Column("code", String, primary_key=True),
    Column("kind", String, primary_key=True),  # la | region
    Column("name", String, nullable=False),
    Column("geometry", Text, nullable=False),  # GeoJSON geometry, longitude and latitude
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
)  # fmt: skip

# Figures of a whole trust or federation, as published: never the sum of its schools.
group_figure = Table(
    "group_figure", metadata,
    Column("uid", String, primary_key=True),
    Column("measure", String, primary_key=True),  # catalogue key
    Column("time_period", Integer, primary_key=True),
    Column("release", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("name", String),  # the group's name as this file writes it
    Column("column", String, nullable=False),
    Column("value", Float),
    Column("raw", String),
    Column("status", String, nullable=False),
    Column("denominator", Float),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    Column("row", Integer),
)  # fmt: skip

# Private: what the partnership supplies itself. Never in a publication, a score or a tier.
own_figure = Table(
    "own_figure", metadata,
    Column("urn", Integer, primary_key=True),
    Column("measure", String, primary_key=True),  # catalogue key, or own: and a name of the partnership's
    Column("time_period", Integer, primary_key=True),
    Column("label", String, nullable=False),
    Column("definition", String),
    Column("unit", String, nullable=False),  # pct | score | gbp | count
    Column("value", Float),
    Column("raw", String),
    Column("status", String, nullable=False),
    Column("denominator", Float),
    Column("supplied_by", String),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    Column("row", Integer),
)  # fmt: skip

# A correction to published data is an entry of its own, with a reason and a link; the published figure stays beside it.
correction = Table(
    "correction", metadata,
    Column("urn", Integer, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("time_period", Integer, primary_key=True),
    Column("release", String, primary_key=True),
    Column("value", Float),  # NULL with a mark: the published figure should not be used
    Column("raw", String),
    Column("status", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("link", String, nullable=False),
    Column("source_file_id", ForeignKey("source_file.source_file_id")),
    Column("row", Integer),
)  # fmt: skip

publication = Table(
    "publication", metadata,
    Column("publication_id", String, primary_key=True),
    Column("created", String, nullable=False),  # ISO time
    Column("manifest", Text, nullable=False),  # JSON: inputs, hashes, parameters, seed
)  # fmt: skip

# Published tables are append-only frames: one generic writer and reader, Arrow inside.
published = Table(
    "published", metadata,
    Column("publication_id", ForeignKey("publication.publication_id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)  # fmt: skip

# What `pipeline.py choose` compared with the results up to a year, and what it chose: whole tables, Arrow inside.
choice = Table(
    "choice", metadata,
    Column("time_period", Integer, primary_key=True),
    Column("name", String, primary_key=True),  # kinds | expectation
    Column("created", String, nullable=False),  # ISO time
    Column("payload", LargeBinary, nullable=False),
)  # fmt: skip

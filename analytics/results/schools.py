"""Published rows about who is who: schools, partnerships, similar schools, kinds of school, lineage. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class School:
    """Table `school`: one open school and its circumstances. `stages` are the phases it is compared in."""

    urn: int
    name: str
    la_code: int | None
    la_name: str | None
    phase: str | None
    stages: str  # "primary", "secondary", "primary|secondary" or ""
    sector: str | None
    type_name: str | None
    low_age: int | None
    high_age: int | None
    gender: str | None
    selective: bool | None
    religious_character: str | None
    pupils: float | None
    capacity: float | None
    roll_change_pct: float | None  # over two years
    cohort: float | None  # pupils in the latest tested year group
    fsm6_pct: float | None
    eal_pct: float | None
    ehcp_pct: float | None
    sen_support_pct: float | None
    context_year: int | None  # the census these come from
    idaci_score: float | None
    idaci_decile: float | None
    town: str | None
    postcode: str | None
    region: str | None
    easting: float | None
    northing: float | None
    latitude: float | None
    longitude: float | None
    phone: str | None
    website: str | None
    trust_uid: str | None
    trust_name: str | None
    federation_uid: str | None
    open_date: date | None
    predecessor_urn: int | None  # one-to-one only
    kind_of_page: str = ""  # which first block describes it: a key of circumstances.KINDS_OF_PAGE
    selective_area_pct: float | None = None  # share of its authority's secondary pupils who are in selective schools


@dataclass(frozen=True, slots=True)
class Partnership:
    """Table `partnership`: a trust, federation or authority."""

    uid: str
    name: str
    kind: str
    schools: int


@dataclass(frozen=True, slots=True)
class ComparatorSet:
    """Table `comparator_set`: how good one school's set of similar schools is."""

    urn: int
    phase: str
    kept: int
    quality: str  # good | usable | poor | few | none
    mean_smd: float | None
    max_smd: float | None
    variables: str  # names joined by |, without the missing ones


@dataclass(frozen=True, slots=True)
class Comparator:
    """Table `comparator`: one similar school of one school, nearest first."""

    urn: int
    comparator_urn: int
    position: int
    distance: float


@dataclass(frozen=True, slots=True)
class Context:
    """Table `context`: one kind of school (a cluster of similar circumstances) of one phase."""

    phase: str
    context: int
    label: str
    schools: int
    jaccard: float
    silhouette: float
    standing: str  # valid | pattern_only | continuum
    note: str


@dataclass(frozen=True, slots=True)
class SchoolContext:
    """Table `school_context`: the kind of school nearest to one school, and the second nearest."""

    urn: int
    phase: str
    context: int
    label: str
    second: int
    second_label: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Table `origin`: a closed school that an open one comes from, and whether its results are joined to it."""

    urn: int
    old_urn: int
    old_name: str | None
    established: date | None
    joined: bool
    reason: str  # why not: several_into_one | one_into_several | still_open | worded; "" where joined

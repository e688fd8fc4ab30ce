"""Values of register fields out of cells and forms, and the declarations that say what they are."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access.permissions import permissions
from data.access.scope import ROLES
from data.catalogue import MEASURES, CatalogueError
from data.register import values
from data.register.declared import REGISTERS, By, Field, Kind, permission_table, read_registers
from data.register.values import Refused, typed, urn_in

HEADER = "key,title,one,about,belongs,schools,personal,read,write,fields\n"


def field(kind: Kind, *, most: int = 100, by: By = "") -> Field:
    return Field("f", "F", kind, False, {"yes": "Yes, gladly", "later": "later"}, most, by, "")


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", "  two\r\nlines\rhere ", "two\nlines\nhere"), ("text", "e\u0301", "é"), ("text", " ", None),
        ("text", "=SUM(A1)", "=SUM(A1)"), ("text", "'; DROP TABLE entry; --", "'; DROP TABLE entry; --"),
        ("text", "\r", None), ("text", "a\tb", "a\tb"), ("text", "👩‍🏫", "👩‍🏫"), ("text", "0", "0"),
        ("whole", "7", 7), ("whole", "7.0", 7), ("whole", 7.0, 7), ("whole", "", None), ("whole", "0", 0),
        ("whole", float("nan"), None), ("number", "2.5", 2.5), ("number", 2, 2.0), ("number", "-0", 0.0),
        ("number", "1e1", 10.0), ("day", "2026-11-21", date(2026, 11, 21)), ("day", "21/11/2026", date(2026, 11, 21)),
        ("day", datetime(2026, 11, 21, 9), date(2026, 11, 21)), ("year", "2024/25", 202425), ("year", "202425", 202425),
        ("year", 202425.0, 202425), ("year", "2024-2025", 202425), ("year", "1999/00", 199900), ("yes_no", " YES ", True),
        ("yes_no", "false", False), ("yes_no", True, True), ("choice", "yes", "yes"), ("choice", "yes,  Gladly", "yes"),
        ("area", "early reading and phonics", "early_reading"), ("area", "ebacc", "ebacc"), ("measure", "ks2_reading_expected_pct", "ks2_reading_expected_pct"),
        ("measure", MEASURES["ks2_reading_expected_pct"].label.upper(), "ks2_reading_expected_pct"), ("urn", "100001", 100001),
        ("urn", 100001.0, 100001), ("link", "https://a.example/b?c=d", "https://a.example/b?c=d"), ("text", None, None),
    ],
)  # fmt: skip
def test_what_a_cell_stands_for(kind: Kind, cell: object, value: object) -> None:
    found = typed(field(kind), cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("text", "a\x00b"), ("text", "a\x1bb"), ("text", "a\u202eb"), ("text", "a\u2066b"), ("text", "a\u200bb"),
        ("text", "\ud800"), ("text", "a\uffff"), ("text", "\ufeffa"), ("text", "a\U000e0041"), ("text", "x" * 101),
        ("text", 7), ("text", ["a"]), ("text", "\u200b"), ("text", "a\u0085b"), ("text", "x" * 30_000), ("text", "a\u2028b"),
        ("whole", "7.5"), ("whole", "101"), ("whole", "-1"), ("whole", "١٢"), ("whole", "1" * 13), ("whole", True),
        ("whole", "0x10"), ("whole", "=1+1"), ("whole", float("inf")), ("whole", 10**4000), ("number", "nan"), ("number", "inf"),
        ("number", "1e99"), ("number", "1e5"), ("number", "1,5"), ("number", float("inf")), ("number", False), ("day", "31/02/2026"),
        ("day", "11/21/2026"), ("day", "2026-11-21T09:00"), ("day", "yesterday"), ("day", "0001-01-01"), ("day", "21/11/26"),
        ("day", 45000), ("year", "2024/26"), ("year", "2024"), ("year", "1066/67"), ("year", "20242025x"), ("year", 10**4000),
        ("year", "2024-1925"), ("yes_no", "perhaps"), ("yes_no", 2), ("choice", "never"), ("choice", "yes; later"), ("area", "magic"),
        ("area", ["reading"]), ("measure", "magic"), ("measure", 7), ("urn", "99999"), ("urn", "000001"), ("urn", "1000012"), ("urn", "１０００01"),
        ("link", "http://a.example"), ("link", "javascript:alert(1)"), ("link", "https://user:pass@a.example"),
        ("link", "https://localhost"), ("link", "https://а.example"), ("link", "https://a.example/\"><script>"), ("link", "https://[::1"),
        ("link", "https://a.example:8080/"), ("link", "//a.example"), ("link", "https://a.example/a b"),
    ],
)  # fmt: skip
def test_what_is_refused_with_a_reason(kind: Kind, cell: object) -> None:
    with pytest.raises(Refused, match=r"\w{2,} "):
        typed(field(kind), cell)


@given(st.text(max_size=60))
def test_text_that_is_kept_is_kept_as_it_is_from_then_on(given_text: str) -> None:
    try:
        once = typed(field("text"), given_text)
    except Refused:
        return
    assert once is None or (typed(field("text"), once) == once and once == str(once).strip())


@given(
    st.one_of(
        st.text(max_size=20), st.integers(), st.floats(), st.binary(max_size=5), st.lists(st.integers(), max_size=2)
    )
)
def test_nothing_that_is_given_breaks_a_field(anything: Any) -> None:
    for kind in ("text", "link", "whole", "number", "day", "year", "yes_no", "choice", "area", "measure", "urn"):
        try:
            found = typed(field(kind), anything)
        except Refused:
            continue
        register = REGISTERS["note"]
        assert json.loads(values.kept({"f": found})) is not None, register


def test_what_the_store_keeps_reads_back() -> None:
    ask = REGISTERS["ask"]
    said = {"area": "reading", "days": 3.0, "words": "=\u2028"[:1], "answer": "waiting"}
    assert values.read_back(ask, values.kept(said)) == said
    assert values.read_back(ask, '{"days": 3, "gone": 1}') == {"area": None, "days": 3.0, "words": None, "answer": None}
    showing = {"said": "x", "how": "told", "shown_on": date(2026, 11, 22)}
    assert values.kept(showing) == '{"how": "told", "said": "x", "shown_on": "2026-11-22"}'
    assert values.read_back(REGISTERS["showing"], values.kept(showing)) == showing


def test_cells_for_people() -> None:
    assert values.cell(field("year"), 202425) == "2024/25"
    assert values.cell(field("year"), 199900) == "1999/00"
    assert values.cell(field("yes_no"), True) == "yes"
    assert values.cell(field("day"), date(2026, 11, 2)) == "2026-11-02"
    assert values.cell(field("number"), 2.5) == 2.5
    assert urn_in(" 100001 ") == 100001
    assert urn_in("") is None


PARTNERSHIP, OWN, AUTHOR, ALL = "partnership", "own", "author", "all"
EVERYONE = {"director": (PARTNERSHIP,) * 2, "headteacher": (OWN,) * 2, "adviser": (PARTNERSHIP,) * 2}
DECIDED = {"director": (PARTNERSHIP,) * 2, "adviser": (PARTNERSHIP,) * 2}
REACH: dict[str, dict[str, tuple[str, str]]] = {
    "showing": EVERYONE,
    "need_state": {"headteacher": (OWN, OWN)},
    "reply": {"director": (PARTNERSHIP, "none"), "headteacher": (OWN, OWN), "governor": (PARTNERSHIP, "none"), "adviser": (PARTNERSHIP, "none")},
    "ask": {"director": (AUTHOR, AUTHOR), "headteacher": (OWN, OWN), "adviser": (AUTHOR, AUTHOR)},
    "note": {**EVERYONE, "headteacher": (OWN, "none")},
    "stated_need": EVERYONE,
    "offer": {"director": (ALL, PARTNERSHIP), "headteacher": (ALL, OWN), "adviser": (ALL, PARTNERSHIP)},
    **dict.fromkeys(("service", "constraint", "agreement", "log", "working_group", "group_school", "group_meeting"), EVERYONE),
    "programme": {**DECIDED, "governor": (PARTNERSHIP, "none")},
    "programme_school": {**DECIDED, "headteacher": (OWN, "none")},
    **{key: {**DECIDED, "governor": (PARTNERSHIP, PARTNERSHIP)} for key in ("board_pack", "board_question")},
}  # fmt: skip
# Who sets them, where it is not whoever may write the row.
SET_BY = {
    "showing": {"said": "server", "how": "server", "shown_on": "server"},
    "need_state": {"state": "own", "words": "own"},
    "ask": {"answer": "own"},
    "stated_need": {"standing": "own"},
    "offer": {"standing": "own"},
    "agreement": {"giver_says": "own", "receiver_says": "other", "figures": "server", "head_then": "server"},
    "group_school": {"says": "own"},
    "programme": dict.fromkeys(("seed", "comparison", "detectable", "design", "designed_on", "figures"), "server"),
    "board_pack": {"figures": "server", "figures_of": "server"},
}  # fmt: skip
NAMES = {
    "agreement": {"offer": "offer", "programme": "programme"}, "log": {"agreement": "agreement"},
    "group_school": {"working_group": "working_group"}, "group_meeting": {"working_group": "working_group"},
    "programme_school": {"programme": "programme"},
}  # fmt: skip
BELONGS = {**dict.fromkeys(("showing", "need_state", "reply", "stated_need"), "school"), "offer": "either"}
SCHOOLS = {"ask": "two", **dict.fromkeys(("agreement", "log"), "second")} | dict.fromkeys(
    ("offer", "service", "working_group", "group_meeting", "programme", "board_pack", "board_question"), "may"
)


def test_the_registers_of_this_stage() -> None:
    reach = {
        key: {role: (one.read[role], one.write[role]) for role in ROLES if one.read[role] != "none"}
        for key, one in REGISTERS.items()
    }
    assert reach == REACH
    for key, one in REGISTERS.items():
        assert {name: field.by for name, field in one.fields.items() if field.by} == SET_BY.get(key, {}), key
        assert {name: field.of for name, field in one.fields.items() if field.of} == NAMES.get(key, {}), key
        assert (one.belongs, one.schools) == (BELONGS.get(key, "partnership"), SCHOOLS.get(key, "one")), key
        assert one.two_schools is (one.schools in ("two", "second"))


def test_what_a_school_and_its_support_are_asked_for() -> None:
    def told(key: str) -> list[tuple[str, str]]:
        return [(field.key, field.kind) for field in REGISTERS[key].fields.values()]

    assert told("showing") == [("said", "text"), ("how", "choice"), ("shown_on", "day")]
    assert told("need_state") == [("area", "area"), ("state", "choice"), ("words", "text")]
    assert told("reply") == [("about", "text"), ("year", "year"), ("words", "text")]
    assert told("ask") == [("area", "area"), ("days", "number"), ("words", "text"), ("answer", "choice")]
    assert told("note") == [("day", "day"), ("words", "text")]
    assert told("stated_need") == [("area", "area"), ("size", "choice"), ("standing", "choice"), ("words", "text")]
    assert told("log") == [("agreement", "ref"), ("day", "day"), ("what", "choice"), ("days", "number"), ("words", "text")]  # fmt: skip
    needed = [field.key for field in REGISTERS["agreement"].fields.values() if field.required]
    assert needed == ["area", "kind", "starts", "ends", "days", "giver_says", "receiver_says", "state"]


def test_whoever_may_write_may_read() -> None:
    order = ("none", "author", "own", "partnership", "all")
    for one in REGISTERS.values():
        for role in ROLES:
            assert order.index(one.write[role]) <= order.index(one.read[role]), (one.key, role)


def test_the_table_of_permissions_has_a_line_for_each_register() -> None:
    lines = {one.key: one for one in permission_table()}
    assert list(lines)[: len(permissions())] == list(permissions())
    assert lines["read:note"].words == "read: notes about schools"
    assert lines["write:note"].rule == REGISTERS["note"].write
    assert len(lines) == len(permissions()) + 2 * len(REGISTERS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('x,T,o,a,nobody,one,no,,,"a | day | | A | a"', "'nobody' is not one of"),
        ('x,T,o,a,school,may,no,,,"a | day | | A | a"', "a school's own row names its school"),
        ('x,T,o,a,school,one,no,pupil own,,"a | day | | A | a"', "no list of roles and reaches"),
        ('x,T,o,a,school,one,no,director everything,,"a | day | | A | a"', "'everything' is no reach"),
        ('x,T,o,a,school,one,no,director,,"a | day | | A | a"', "no list of roles and reaches"),
        ("x,T,o,a,school,one,no,,,", "fields are missing"),
        ('x,T,o,a,school,one,no,,,"a | day | | A"', "a field is written"),
        ('x,T,o,a,school,one,no,,,"row | day | | A | a"', "a field is written"),
        ('x,T,o,a,school,one,no,,,"a | colour | | A | a"', "is no kind of field"),
        ('x,T,o,a,school,one,no,,,"a | day | own server | A | a"', "is not how a field is set"),
        ('x,T,o,a,school,one,no,,,"a | choice(one) | | A | a"', "choices are written"),
        ('x,T,o,a,school,one,no,,,"a | text(0) | | A | a"', "is no most"),
        ('x,T,o,a,school,one,no,,,"a | day | | A | a\na | day | | A | a"', "one stands twice"),
        ('X-1,T,o,a,school,one,no,,,"a | day | | A | a"', "key, title, one and about"),
    ],
)  # fmt: skip
def test_a_register_that_does_not_hold_together_is_refused(row: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        read_registers((HEADER + row).splitlines(keepends=True))


def test_one_row_is_a_register() -> None:
    row = 'visit,Visits,visit,Who,partnership,may,no,director partnership,director partnership,"pupils | whole(500) | required | Pupils | Many\nopen | yes_no | | Open | Is it"'
    (found,) = read_registers((HEADER + row).splitlines(keepends=True)).values()
    assert [(f.key, f.kind, f.most, f.required) for f in found.fields.values()] == [
        ("pupils", "whole", 500, True),
        ("open", "yes_no", 0, False),
    ]
    assert (found.schools, found.read["director"], found.read["auditor"]) == ("may", "partnership", "none")

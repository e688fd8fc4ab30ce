"""A school on one page: always one, tagged, with words for its picture; what is cut is said to be."""

from __future__ import annotations

import pytest

from pages.reports.pack import summary, typesetting
from pages.reports.school_sheet import SchoolSummary
from tests import made_pack as made
from tests import pdf_text

CROWDED = made.school(
    school=made.LONG, finding=f"{made.LONG} has much to share", picture=made.MANY, share=(f"{made.LONG} shares reading.",) * 9,
    welcome=(made.LONG,) * 8, calls=(f"{made.LONG}, 12 km, 01632 960001",) * 8, unknown=("What? " * 20,) * 6,
    heads=made.pack().questions, governors=made.pack().questions,
)  # fmt: skip
EMPTY = made.school(
    lines=(), facts=(), picture=None, share=(), welcome=(), calls=(), unknown=(), heads=(), governors=(), correct=""
)


@pytest.mark.parametrize(
    "school",
    [made.school(), CROWDED, EMPTY, made.school(picture=made.WITHHELD)],
    ids=["usual", "crowded", "empty", "withheld"],
)
def test_it_is_one_tagged_page_whatever_it_holds(school: SchoolSummary) -> None:
    content = summary.summary(school)
    assert typesetting.pages(content) == 1 and b"pdfuaid:part>1<" in pdf_text.opened(content)
    assert pdf_text.roles(content).count("H1") == 1 and set(pdf_text.texts(content, "Lang")) == {"en-GB"}
    assert summary.summary(school) == content


def test_a_picture_has_its_words_and_a_withheld_one_is_none() -> None:
    usual, withheld = summary.summary(made.school()), summary.summary(made.school(picture=made.WITHHELD))
    drawn, undrawn = (summary._data(made.school(), of, 9, cut=False)["standing"] for of in ({"file": "x"}, None))
    assert "A dot is the figure" in drawn and "dot" not in undrawn and "for support, not judgement" in undrawn
    assert set(pdf_text.texts(usual, "Alt")) == {"Reading above, mathematics below."}
    assert pdf_text.roles(usual).count("Figure") == 1 and pdf_text.roles(withheld).count("Figure") == 0


def test_what_is_cut_is_said_to_be_and_questions_go_last() -> None:
    tried = list(summary._attempts(CROWDED))
    assert [cut for _, _, cut in tried[:7]] == [False] * 7 and all(cut for _, _, cut in tried[7:])
    assert all(some.heads for _, some, _ in tried) and tried[-1][1].unknown == ()
    assert (
        summary._data(CROWDED, None, 8.5, cut=True)["cut"] == summary.CUT
        and not summary._data(CROWDED, None, 9, cut=False)["cut"]
    )


def test_the_sample_is_said_at_the_foot_and_real_figures_bear_the_licence() -> None:
    assert summary._data(made.school(), None, 9, cut=False)["footer"].startswith("Sample data: fictional schools.")
    real = summary._data(made.school(sample=False, names_hidden=True), None, 9, cut=False)
    assert (
        "Sample" not in str(real)
        and "Open Government Licence" in real["standing"]
        and "names are hidden" in real["standing"]
    )

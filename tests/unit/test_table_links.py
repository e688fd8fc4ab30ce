"""What a cell of a table may lead to: a view, a publisher's page, a telephone; anything else is its text."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.components import tables
from pages.components.contact import phone_link
from pages.components.tables import Link


@pytest.mark.parametrize("phone", ["01632960005", "01632 960005", "(01632) 960005"])
def test_a_telephone_is_tapped_and_reads_alike(phone: str) -> None:
    found = phone_link(phone)
    assert found is not None and 'href="tel:01632960005"' in found.markup
    assert phone_link("01632960005") == Link("01632 960005", "tel:01632960005") and phone_link("") is None


@pytest.mark.parametrize(
    "href", ["tel:", "tel:1;ext", "javascript:alert(1)", 'tel:01632"onclick="x', "http://x.example"]
)
def test_anything_else_is_its_text(href: str) -> None:
    assert Link("<b>", href).markup == "&lt;b&gt;"


def test_a_row_on_a_phone_says_the_column_of_each_cell_and_stays_a_table() -> None:
    frame = pd.DataFrame(
        {"Service": [Link("<b>Energy</b>", "./services")], "Price a year": ["£61k"], "Given by": [None]}
    )
    markup = tables.stacked_markup(frame, "Services", numeric=("Price a year",), wide=("Given by",))
    assert '<table class="al-table al-stack" role="table">' in markup
    assert '<tr role="row"><th scope="row" role="rowheader" data-th="Service"><a href="./services"' in markup
    assert '<td role="cell" data-th="Price a year" class="al-num">£61k</td>' in markup
    assert '<td role="cell" data-th="Given by" class="al-wide">not known</td>' in markup
    assert markup.count('role="columnheader"') == 3 and "<b>" not in markup

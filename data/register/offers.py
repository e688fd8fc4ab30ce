"""Offers of support as a frame, for plans: what stands in the register `offer`, as far as the person may read it.

Says nothing of whether an offer has days left: whoever plans does. Writes nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data.access.scope import Scope
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry

KEY = "offer"
# urn is missing for an organisation, a team or a specialist that no school gives.
COLUMNS = {
    "offer": "int64", "urn": "Int64", "who": "str", "giver": "str", "area": "str", "kind": "str", "days_per_term": "float64",
    "days_per_slot": "float64", "starts": "datetime64[s]", "ends": "datetime64[s]", "state": "str", "words": "str",
}  # fmt: skip


def offers(scope: Scope, engine: Engine) -> pd.DataFrame:
    """Every offer that the person may read, by its number: COLUMNS. Empty for whoever may read none.

    `offer`: the entry's number; `state`: where it stands (waiting, offered, paused, withdrawn); days_per_slot, starts, ends,
    who and words may be missing. A row that was withdrawn itself is not there.
    """
    found = rows.entries(scope, engine, KEY) if scope.may(REGISTERS[KEY].read) else ()
    columns = zip(*map(_row, found), strict=True) if found else ((),) * len(COLUMNS)
    return pd.DataFrame({name: _typed(values, COLUMNS[name]) for name, values in zip(COLUMNS, columns, strict=True)})


def in_force(frame: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Those of `offers` whose own days touch the time from `first` to `last`, wherever they stand; without a first or last day
    of its own an offer is open there.
    """
    begun = frame["starts"].isna() | (frame["starts"] <= pd.Timestamp(last))
    going = frame["ends"].isna() | (frame["ends"] >= pd.Timestamp(first))
    return frame[begun & going].reset_index(drop=True)


def _typed(values: tuple[object, ...], kind: Any) -> Any:
    return pd.array(list(values), dtype=kind)


def _row(one: Entry) -> tuple[object, ...]:
    said = one.values
    return (
        one.entry_id, one.urn, said["who"], said["giver"], said["area"], said["kind"], said["days"], said["slot"],
        said["starts"], said["ends"], said["standing"], said["words"],
    )  # fmt: skip

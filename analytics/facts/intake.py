"""What describes a school's intake, and which school is predicted without which: the columns of the expectation.

Region, attendance, exclusions, inspection, spending and trust are never among them (METHODS 3). Nothing is imputed.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

FOLDS = 5
ALWAYS = ("fsm6", "sqrt_fsm6", "log_cohort", "single_sex", "selective")
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "eal": ("eal", "sqrt_eal"),
    "ehcp": ("ehcp",),
    "sen_support": ("sen_support",),
    "prior": ("prior",),
}
WORDS: Mapping[str, str] = {
    "fsm6": "free school meals in six years", "sqrt_fsm6": "its square root", "log_cohort": "logarithm of the cohort",
    "single_sex": "single-sex", "selective": "selective", "eal": "English as an additional language",
    "sqrt_eal": "its square root", "ehcp": "pupils with a plan", "sen_support": "SEN support", "prior": "prior attainment",
}  # fmt: skip


def fold_of(keys: pd.Series) -> pd.Series:
    """Fold 0-4 from the name of a school's trust, federation or itself: stable whatever else is in the data."""
    distinct = keys.unique()
    return keys.map({key: zlib.crc32(str(key).encode()) % FOLDS for key in distinct}).astype("int64")


def covariates(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the square roots and the log cohort to rows with `fsm6`, `eal` (0-100) and `pupils`."""
    return rows.assign(
        sqrt_fsm6=np.sqrt(rows["fsm6"]), sqrt_eal=np.sqrt(rows["eal"]), log_cohort=np.log(rows["pupils"])
    )


def patterns(rows: pd.DataFrame) -> pd.Series:
    """Which optional figures each row has, as a word such as `eal+ehcp`; NA where free school meals are missing."""
    word = pd.Series("", index=rows.index, dtype="object")
    for name, columns in OPTIONAL.items():
        word = word.where(rows[columns[0]].isna(), word + f"+{name}")
    return word.str.strip("+").where(rows["fsm6"].notna())


def columns(pattern: str) -> tuple[str, ...]:
    """The columns of the model for a pattern of known figures."""
    return ALWAYS + tuple(column for name in pattern.split("+") if name for column in OPTIONAL[name])

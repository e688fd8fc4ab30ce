"""Offers as an older Alongside had read them from a file, and what revision 0005 makes of them: rows of their register."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, text, update

CONTENT, RAW = b"URN,area,kind,days_per_term,state\n", "raw/offers"
FILE, RECEIVED = 77, "2026-07-03T09:30:00+00:00"
AT = "2026-07-03T09:30:00.000000+00:00"
NOTE = "What it offered stands in the register now, Offers of support; this file is used no more."
LEFT = "Mathematics lead left"
# Offer -> what it said, of the file or of none that is known; and what the register should say, besides area, days and dates.
SAID: Mapping[int, dict[str, Any]] = {
    1000: {"kind": "coaching", "state": "offered", "words": 'Tŷ\'s "own"; --', "source_file_id": FILE},
    2000: {"kind": " Subject network", "state": "withdrawn", "words": LEFT, "source_file_id": FILE},
    3000: {"kind": "working group", "state": "offered", "words": "Led by us", "source_file_id": FILE},
    4000: {"kind": "Shared teacher", "state": "withdrawn", "words": None, "source_file_id": None},
    5000: {"kind": "visits", "state": "perhaps", "words": None, "source_file_id": None},
}
SAYS: Mapping[int, dict[str, Any]] = {
    1000: {"kind": "coaching", "standing": "offered", "words": 'Tŷ\'s "own"; --'},
    2000: {"kind": "network", "standing": "withdrawn", "words": LEFT, "reason": LEFT},
    3000: {"kind": "coaching", "standing": "offered", "words": "working group: Led by us"},
    4000: {"kind": "shared_teacher", "standing": "withdrawn", "reason": "Withdrawn before offers were entered here"},
    5000: {"kind": "visits", "standing": "waiting"},
}
Held = dict[str, list[tuple[Any, ...]]]


def put_in(connection: Connection, tables: Mapping[str, Table]) -> None:
    """A file of offers in the list of files, with what was kept of it and a row that it could not read; and its offers."""
    file = {"source_file_id": FILE, "source": "offers", "release": "final", "scope": "england", "file_name": "offers.csv",
            "sha256": hashlib.sha256(CONTENT).hexdigest(), "raw_path": RAW, "received": RECEIVED, "rows_read": 6, "rows_kept": 5,
            "rows_rejected": 1, "report": json.dumps({"notes": ["as read"], "reasons": {"no days": 1}}), "state": "live"}  # fmt: skip
    kept = {"source_file_id": FILE, "name": "offer", "payload": b"rows"}
    lost = {"source_file_id": FILE, "row": 7, "urn": "100001", "raw": "some", "reason": "no days"}
    for name, row in (("source_file", file), ("snapshot", kept), ("reject", lost)):
        if name in tables:
            connection.execute(tables[name].insert(), [row])
    offer = tables["offer"]
    for number, said in SAID.items():
        connection.execute(update(offer).where(offer.c.offer_id == number).values(**said))


def moved(before: Held) -> Held:
    """The older store's rows as they should be now: no table of offers, the file they came in taken back."""
    after = {name: rows for name, rows in before.items() if name != "offer"}
    files = [_taken_back(dict(zip(before["source_file"][0], row, strict=True))) for row in before["source_file"][1:]]
    after["source_file"] = [before["source_file"][0], *sorted(files, key=repr)]
    for name in ("snapshot", "reject"):
        if name in before:
            at = before[name][0].index("source_file_id")
            after[name] = [row for row in before[name] if row[at] != FILE]
    return after


def _taken_back(file: dict[str, Any]) -> tuple[Any, ...]:
    if file["source"] == "offers":
        told = json.loads(file["report"])
        told["notes"].append(NOTE)
        file |= {"state": "undone", "report": json.dumps(told, sort_keys=True)}
    return tuple(file.values())


def entered(before: Held) -> list[tuple[Any, ...]]:
    """What the register should have of them, in their order: urn, values, when they were entered ("" where nobody knows)."""
    named = [dict(zip(before["offer"][0], row, strict=True)) for row in before["offer"][1:]]
    found = []
    for row in sorted(named, key=lambda row: row["offer_id"]):
        said = {"giver": "school", "area": row["area"], "days": row["days_per_term"], "slot": row["days_per_slot"],
                "starts": row["starts"] and str(row["starts"]), "ends": row["ends"] and str(row["ends"])}  # fmt: skip
        values = {key: value for key, value in said.items() if value is not None} | SAYS[row["offer_id"]]
        found.append((row["urn"], values, AT if row["source_file_id"] == FILE else ""))
    return found


def check(opened: Engine, before: Held) -> None:
    """Each offer is a row of the register with its first version and its line in the audit, after what was there before."""
    with opened.connect() as connection:
        rows = connection.execute(text("SELECT * FROM entry WHERE register = 'offer' ORDER BY entry_id")).all()
        versions = connection.execute(text("SELECT * FROM entry_version ORDER BY entry_id")).mappings().all()
        audit = connection.execute(text("SELECT * FROM audit WHERE action = 'edited' ORDER BY audit_id")).all()
    wanted, held = entered(before), {row[0] for row in before.get("entry", [])[1:]}
    assert len(rows) == len(wanted) == len(audit) == 5
    first = {one["entry_id"]: one for one in versions}
    for row, line, (urn, values, at) in zip(rows, audit, wanted, strict=True):
        assert (row.urn, row.uid, row.other_urn, json.loads(row.data)) == (urn, None, None, values)
        assert (row.version, row.state, row.created_by) == (1, "live", None) and row.entry_id not in held
        assert row.created == row.changed == (at or line.at)
        assert len(row.created) == len(AT) and row.created.endswith("+00:00")
        one = first[row.entry_id]
        assert (one["version"], one["data"], one["state"], one["at"]) == (1, row.data, "live", row.created)
        assert (line.subject, line.urn, line.roles, line.account_id) == (f"offer {row.entry_id}", urn, "", None)
        assert json.loads(line.detail) == {"fields": sorted(values), "version": 1, "what": "added"}

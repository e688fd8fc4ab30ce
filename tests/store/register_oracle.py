"""What must hold within a row of a register, told slowly and plainly. For tests only; knows nothing of `data.register`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Said = Mapping[str, Any]


def troubles(register: str, said: Said) -> set[str]:
    """What is wrong among the values of a row."""
    found = set()
    if said.get("starts") and said.get("ends") and said["starts"] > said["ends"]:
        found.add("it ends before it starts")
    if register == "agreement":
        if said["state"] == "paused" and not said["pause_reason"]:
            found.add("paused without a reason")
        if said["state"] == "ended" and not said["ended_on"]:
            found.add("ended on no day")
        if said["state"] == "ended" and not said["outcome"]:
            found.add("ended without an outcome")
        if said["state"] != "ended" and said["ended_on"]:
            found.add("a day of ending without an end")
        if said["giver_says"] == "waiting" and said["receiver_says"] != "waiting":
            found.add("the wrong side first")
    if register == "log" and (said["what"] == "visit") != bool(said["days"]) and (said["what"] == "visit" or said["days"] is not None):  # fmt: skip
        found.add("days and line do not go together")
    if register == "log" and said["what"] in ("note", "review") and not said["words"]:
        found.add("nothing said")
    if register == "group_meeting" and not (said["words"] or said["trained"] or said["materials"]):
        found.add("nothing said")
    if register == "constraint":
        needed = {"travel": ["km"], "window": ["starts", "ends"], "remote": []}.get(said["kind"], ["other"])
        found |= {f"no {key}" for key in needed if said[key] is None}
    if register == "offer":
        if said["standing"] in ("paused", "withdrawn") and not said["reason"]:
            found.add("no reason")
        if said["slot"] is not None and said["slot"] > said["days"]:
            found.add("a slot larger than the offer")
    if register == "programme" and said["first_year"] <= said["selection_year"]:
        found.add("years turned round")
    if register == "board_question" and said["answered_on"]:
        if not said["answer"]:
            found.add("answered without an answer")
        elif said["asked_on"] and said["answered_on"] < said["asked_on"]:
            found.add("answered before it was asked")
    return found


def may_stand(
    register: str, said: Said, before: Said | None, *, urn: int | None, agreement: Said | None, offer: Said | None,
    others: Sequence[Said], today: date, made: date,
) -> bool:  # fmt: skip
    """Whether the row may stand so. `before`: as it stood; what was wrong then may stay. `agreement`: what a line names;
    `offer`: what an agreement names; `others`: agreements of the same two that stand; `made`: when it was entered.
    """
    known = troubles(register, before) if before is not None else set()
    if register == "agreement" and before is not None and said["receiver_says"] == before["receiver_says"]:
        known.add("the wrong side first")  # what the receiver said stands while the giver is asked again
    if troubles(register, said) - known:
        return False

    def new(*keys: str) -> bool:
        return before is None or any(said[key] != before[key] for key in keys)

    if register == "constraint" and new("other") and urn is not None and said["other"] == urn:
        return False
    if register == "offer" and urn is None and new("giver", "who"):
        return said["giver"] != "school" and bool(said["who"])
    if register == "log" and new("agreement", "day", "what") and said["day"] > today:
        return False
    if register == "agreement":
        begins = said["starts"] if said["starts"] <= today else made
        if said["ended_on"] and new("ended_on", "starts") and not begins <= said["ended_on"] <= today:
            return False
        if offer is not None and new("offer", "days") and said["days"] > offer["days"]:
            return False
        if offer is not None and new("offer") and offer["standing"] != "offered":
            return False
        if offer is not None and new("offer", "area") and said["area"] != offer["area"]:
            return False
        if _open(said, today) and (
            before is None or not _open(before, today) or new("area", *([] if urn else ["offer"]))
        ):
            return not any(_same(said, one, urn) and _open(one, today) for one in others)
        return True
    if register == "log" and said["what"] == "visit" and agreement is not None and new("agreement", "day", "what"):
        return _used(said["day"], agreement, today)
    return True


def _open(said: Said, today: date) -> bool:
    answers = {said["giver_says"], said["receiver_says"]}
    return said["state"] in ("open", "paused") and "declined" not in answers and said["ends"] >= today


def _same(said: Said, other: Said, urn: int | None) -> bool:
    """Whether the two are for the same area and by the same giver; organisations are told apart by their offers."""
    by = urn is not None or (said["offer"] is not None and said["offer"] == other["offer"])
    return by and bool(said["area"] == other["area"])


def _used(day: date, agreement: Said, today: date) -> bool:
    if not (agreement["giver_says"] == agreement["receiver_says"] == "yes"):
        return False
    last = agreement["ends"]
    if agreement["ended_on"] is not None and agreement["ended_on"] < last:
        last = agreement["ended_on"]
    return bool(agreement["starts"] <= day <= last and day <= today)

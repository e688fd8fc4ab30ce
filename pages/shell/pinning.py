"""Which figures a page shows: the newest, or the earlier ones that its link names while their tables are kept.

A link may hold `figures=`, the identity of a publication, so that who opens it later sees what its sender saw. What is no
longer kept is never made up: the newest are shown, with a sentence. The rules of who may see what hold for any figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from data.store.publish import PublicationInfo
from pages.components import words
from pages.shell import address

PARAM, NEWEST = "figures", "newest"
Told = Literal["", "earlier", "gone", "unknown"]


def settled(
    every: Sequence[PublicationInfo], asked: str | None, kept: str | None
) -> tuple[PublicationInfo | None, Told, PublicationInfo | None]:
    """The publication to show, what to say of it, and the one that was asked for, where the store knows it.

    `every`: newest first. `asked`: what the address says; `kept`: what this session was on before. None where there is none.
    """
    if not every:
        return None, "", None
    newest = every[0]
    wanted = next((info for info in every if info.publication_id == (asked or kept)), None)
    if asked == NEWEST or wanted == newest:
        return newest, "", newest
    if wanted is not None and wanted.whole:
        return wanted, "earlier", wanted
    if not asked:
        return newest, "", None
    return newest, "unknown" if wanted is None else "gone", wanted


def chosen(every: Sequence[PublicationInfo]) -> tuple[PublicationInfo | None, Told, PublicationInfo | None]:
    """As `settled`, from the address and this session; earlier figures stay until somebody asks for the newest."""
    info, told, wanted = settled(every, address.given(PARAM), address.remembered(PARAM))
    if told == "earlier" and info is not None:
        address.keep(PARAM, info.publication_id)
    else:
        address.forget(PARAM)
        if told == "unknown":
            address.drop(PARAM)
    return info, told, wanted


def say(told: Told, info: PublicationInfo | None, wanted: PublicationInfo | None) -> bool:
    """Say which figures these are, where they are not simply the newest. Whether to offer the newest beside it."""
    if told == "earlier" and info is not None:
        words.note(f"These are the figures of {words.day(info.created)}, as the link asks. There are newer ones.")
    elif told == "gone" and wanted is not None:
        words.note(
            f"The link was made on the figures of {words.day(wanted.created)}, which are no longer kept. The newest are shown."
        )
    elif told == "unknown":
        words.note("The link asks for figures that are not kept here. The newest are shown.")
    return told == "earlier"


def link_of(publication_id: str) -> dict[str, str]:
    """The parameters of a link to the view that is open now: everything in its address, on just these figures."""
    return {**st.query_params.to_dict(), **({PARAM: publication_id} if publication_id else {})}

"""The blocks of the needs page that rest on what people entered: needs that schools state, support agreed already, times
without visits; and the form with which a need is stated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from data.access.scope import Row
from data.catalogue import AREAS
from data.register.agreements import standing
from data.register.declared import REGISTERS
from data.register.entered import Entered
from data.register.kept_to import Stated
from data.register.rows import Entry
from pages.components import cards, plan_words, words
from pages.components.measure_words import area_label
from pages.components.names import Names
from pages.components.palette import palette
from pages.shell.choice import Choice
from pages.shell.fair.fairness import Fairness
from pages.shell.planning import writing
from pages.shell.planning.views import NONE
from pages.shell.session import View

Label = Callable[[int], str]
FORM = "state_need"
OPEN = "state_need_open_now"  # whether the form is open, in this session


def draw(view: View, choice: Choice, found: Entered, fair: Fairness, *, area: str | None) -> None:
    """What schools state, what is agreed already, and when no visits are welcome; of one area, or of every (None)."""
    label = _labels(choice, found)
    _stated([need for need in found.stated if area in (None, need.area)], choice.names)
    met = [place for place in found.met if area in (None, place[1]) and fair.tells(*place)]
    _supported([one for one in found.agreements if area in (None, one.values["area"])], met, label, found.today)
    _windows(found, label)
    draw_form(view, choice)


def _labels(choice: Choice, found: Entered) -> Label:
    givers = [one.urn for one in found.agreements if one.urn is not None]
    return choice.names.with_others(givers).label


def _stated(needs: list[Stated], names: Names) -> None:
    label = names.label
    words.heading("What schools say themselves")
    if not needs:
        words.paragraph("No school has said here that help would be welcome.")
    ordered = sorted(needs, key=lambda need: (label(need.urn), need.area))
    for start in range(0, len(ordered), 2):
        for place, need in zip(st.columns(2), ordered[start : start + 2], strict=False):
            with place, st.container(border=True, height="stretch"):
                head = (cards.Part(label(need.urn), "name"), cards.Part(f"  {area_label(need.area)}", "quiet"))
                line = plan_words.stated_line(
                    need.size_words, names.free(need.words), waiting=need.waiting, on=need.day
                )
                cards.card("○", head, (line, plan_words.WAITING if need.waiting else ""), colour=palette().look)


def _supported(rows: list[Entry], met: list[tuple[int, str]], label: Label, today: date) -> None:
    """`met`: needs under an agreement of another partnership."""
    known = [supported_line(one, label, today) for one in rows if one.other_urn is not None]
    if known or met:
        words.heading("Supported already, or asked")
        words.bullets(sorted([*known, *(plan_words.met_line(label(urn), place) for urn, place in met)]))


def supported_line(one: Entry, label: Label, today: date) -> str:
    """An agreement in a line."""
    assert one.other_urn is not None  # nosec B101 # an agreement names the school that is supported
    days = one.values["days"]
    giver = label(one.urn) if one.urn is not None else "a partner organisation"
    return plan_words.supported_line(
        label(one.other_urn), str(one.values["area"]), giver, days if isinstance(days, float) else None, standing(one, today)
    )  # fmt: skip


def _windows(found: Entered, label: Label) -> None:
    if not found.windows:
        return
    words.heading("Times without visits")
    words.bullets(sorted(window_line(one, label) for one in found.windows))
    words.paragraph("A plan leaves these schools out while their time lasts.", quiet=True)


def window_line(one: Entry, label: Label) -> str:
    """A time without visits in a line."""
    assert one.urn is not None  # nosec B101 # a rule names its school
    starts, ends = (value if isinstance(value := one.values[key], date) else None for key in ("starts", "ends"))
    return plan_words.window_line(label(one.urn), starts, ends, str(one.values["cause"] or ""))


def draw_form(view: View, choice: Choice) -> None:
    """State a need: a school, its area, how much it matters, in its words. Opened by a button."""
    rule = REGISTERS["stated_need"].write
    schools = [urn for urn in choice.members if view.scope.reaches(rule, Row(urn=urn))]
    if not schools:
        return
    if not st.session_state.get(OPEN):
        st.button("State a need", key="state_need_open", on_click=_open, args=(True,))
        return
    fields, label = REGISTERS["stated_need"].fields, choice.names.label
    with st.form(FORM):
        words.paragraph(
            "Enter what a school has said." if view.scope.owner else
            "Where you know that a school would welcome help. It counts once its head has said so: tell them that it stands here."
        )  # fmt: skip
        left, middle, right = st.columns(3)
        by_name = sorted(schools, key=lambda urn: (label(urn), urn))
        urn = left.selectbox("School", by_name, None, format_func=label, placeholder=NONE, key=f"{FORM}-school")
        area = middle.selectbox("Area", tuple(AREAS), None, format_func=area_label, placeholder=NONE, key=f"{FORM}-area")  # fmt: skip
        size = right.selectbox(
            fields["size"].label, tuple(fields["size"].choices), None, format_func=fields["size"].choices.__getitem__,
            placeholder=NONE, key=f"{FORM}-size",
        )  # fmt: skip
        text = st.text_area("What help would be welcome (if you like)", key=f"{FORM}-words", height=90)
        said = view.scope.owner and st.checkbox("The school itself has said so", key=f"{FORM}-said")
        with st.container(horizontal=True):
            sent = st.form_submit_button("State this need", type="primary", key="state_need_send")
            st.form_submit_button("Leave it", key="state_need_leave", on_click=_open, args=(False,))
    if sent:
        _send(view, urn, {"area": area, "size": size, "words": text}, said=bool(said))


def _open(wanted: bool) -> None:
    st.session_state[OPEN] = wanted


def _send(view: View, urn: int | None, given: dict[str, str | None], *, said: bool) -> None:
    if urn is None:
        words.problem("Choose which school it is.")
        return

    def act() -> None:
        writing.state_a_need(view, urn, given, said=said)
        st.session_state.pop(OPEN, None)

    writing.done(view, act, "Kept. It counts in the plan." if said else "Kept. It waits for the school's own word.")

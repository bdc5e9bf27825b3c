"""What the screen of tasks says in a language: the lists, one task, what may be answered. Pure, no Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.follow_up import Result
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.follow_ups import Whose
from salon_desk.storage.queries.follow_ups import FollowUp, Said
from salon_desk.ui.counter.promotion_words import day_text
from salon_desk.ui.error_text import error_text
from salon_desk.ui.follow_up_words import result_text, script_text
from salon_desk.ui.screens.follow_ups.presenter import FollowUpsState
from salon_desk.ui.shop_time import written
from salon_desk.ui.trigger_words import trigger_name
from salon_desk.ui.view_values import Chip, FieldWords, ListRow, PillGroup, Tone

_LISTS: Final = {
    Whose.MINE: N_("Mine"),
    Whose.ALL: N_("Everybody's"),
    Whose.OVERDUE: N_("Overdue"),
    Whose.DONE: N_("Done"),
}


@dataclass(frozen=True, slots=True)
class TaskModel:
    """One task. `script` is what is to be said, `said` what came of it so far; `answer` None: nothing may be written down."""

    name: str
    phone: str
    why: str
    due: str
    late: bool
    script: str
    said: tuple[str, ...]
    answer: PillGroup | None
    fields: dict[str, FieldWords]
    save: str
    can_save: bool


@dataclass(frozen=True, slots=True)
class FollowUpsModel:
    """The whole screen."""

    lists: tuple[Chip, ...]
    whose: str
    rows: tuple[ListRow, ...]
    known: bool
    chosen: str
    task: TaskModel | None
    refusal: str


def follow_ups_model(state: FollowUpsState, words: Catalogue) -> FollowUpsModel:
    """The whole screen in a language."""
    shown = [one for one in Whose if state.may_all or one is not Whose.ALL]
    return FollowUpsModel(
        lists=tuple(Chip(words.text(_LISTS[one]), key=one.value) for one in shown),
        whose=state.whose.value,
        rows=tuple(_row(one, state.today, words) for one in state.rows or ()),
        known=state.rows is not None,
        chosen=state.page.follow_up.follow_up if state.page else "",
        task=_task(state, words),
        refusal=error_text(state.refusal, words) if state.refusal else "",
    )


def _row(one: FollowUp, today: str, words: Catalogue) -> ListRow:
    late = one.is_open and one.due < today
    return ListRow(
        key=one.follow_up,
        title=one.member_name or words.text("A member who is not known here"),
        detail=trigger_name(one.why, words),
        figure=day_text(one.due, words)
        if one.is_open or one.result is None
        else result_text(one.result, words),
        figure_detail=words.text("Overdue") if late else "",
        tone=Tone.AMBER if late else Tone.PLAIN,
    )


def _task(state: FollowUpsState, words: Catalogue) -> TaskModel | None:
    if state.page is None:
        return None
    one, may = state.page.follow_up, state.page.may_answer
    return TaskModel(
        name=one.member_name or words.text("A member who is not known here"),
        phone=one.phone,
        why=trigger_name(one.why, words),
        due=words.text("Due on {day}", day=day_text(one.due, words)) if one.is_open else words.text("Done"),
        late=one.is_open and one.due < state.today,
        script=script_text(one, words),
        said=tuple(_said(line, state.zone, words) for line in state.page.said),
        answer=_answer(state.result, words) if may else None,
        fields=_fields(words) if may else {},
        save=words.text("Save"),
        can_save=state.result is not None and not state.saving,
    )


def _said(one: Said, zone: str, words: Catalogue) -> str:
    when, result = written(one.at, zone, words), result_text(one.result, words)
    if one.next_on:
        return words.text(
            "{when}: {result}. {note} Again on {day}.",
            when=when,
            result=result,
            note=one.note,
            day=day_text(one.next_on, words),
        )
    return words.text("{when}: {result}. {note}", when=when, result=result, note=one.note)


def _answer(on: Result | None, words: Catalogue) -> PillGroup:
    chips = tuple(Chip(result_text(one, words), key=one.value) for one in Result)
    return PillGroup(words.text("What came of it?"), chips, frozenset((on.value,) if on else ()))


def _fields(words: Catalogue) -> dict[str, FieldWords]:
    return {
        "note": FieldWords(words.text("Note"), words.text("What they said")),
        "next_on": FieldWords(
            words.text("Again on"),
            words.text("Empty: the task is done, or a day such as 2026-12-01"),
            words.text("With a day the task stays open and comes up again then."),
        ),
    }

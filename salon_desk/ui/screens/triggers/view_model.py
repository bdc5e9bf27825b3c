"""What the screen of what is sent by itself says in a language: the list, the choices and the fields of the form. Pure, no Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import KINDS, Settings, TaskFor
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.message_templates import Listed
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.triggers.form import NOBODY, OFF, ON, spoken
from salon_desk.ui.screens.triggers.presenter import TriggersState, TriggersView
from salon_desk.ui.screens.triggers.sentences import happens, missing, when
from salon_desk.ui.trigger_words import trigger_name
from salon_desk.ui.view_values import FieldWords, ListRow, PillGroup, Tone, one_of

_DAYS: Final = {
    Trigger.BEFORE_APPOINTMENT: N_("Days before the appointment"),
    Trigger.LAPSING: N_("Days before it lapses"),
    Trigger.BIRTHDAY: N_("Days before the birthday"),
    Trigger.ABSENT: N_("Days since the last visit"),
    Trigger.LESS_OFTEN: N_("Days that are compared with as many before"),
    Trigger.CYCLE_DUE: N_("Days after the usual gap"),
}
_THRESHOLDS: Final = {
    Trigger.BALANCE_LOW: N_("Usual visits that are left"),
    Trigger.LESS_OFTEN: N_("Per cent fewer visits"),
    Trigger.SMALLER_TICKETS: N_("Per cent less spent"),
}

_NO_TEXT: Final = PillGroup("", (), frozenset())


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form but for the fields' own words. `hidden`: fields that say nothing now; `missing`: what is not there yet."""

    title: str
    when: str
    groups: dict[str, PillGroup]
    fields: dict[str, FieldWords]
    hidden: frozenset[str]
    happens: str
    missing: str
    refusal: str
    save: str
    saving: bool


@dataclass(frozen=True, slots=True)
class TriggersModel:
    """The list, and the form if one is open."""

    rows: tuple[ListRow, ...]
    chosen: str
    form: FormModel | None


def triggers_model(state: TriggersState, words: Catalogue) -> TriggersModel:
    """The whole screen in a language."""
    view, chosen = state.view, state.chosen
    return TriggersModel(
        rows=tuple(_row(one, words) for one in (view.settings if view else ())),
        chosen=chosen.trigger.value if chosen else "",
        form=_form(state, view, chosen, words) if view and chosen else None,
    )


def _row(one: Settings, words: Catalogue) -> ListRow:
    return ListRow(
        key=one.trigger.value,
        title=trigger_name(one.trigger, words),
        detail=when(one, words),
        figure=words.text("On") if one.enabled else words.text("Off"),
        tone=Tone.GOOD if one.enabled else Tone.PLAIN,
    )


def _form(state: TriggersState, view: TriggersView, chosen: Settings, words: Catalogue) -> FormModel:
    said = spoken(chosen, state.typed)
    return FormModel(
        title=trigger_name(chosen.trigger, words),
        when=when(said, words),
        groups=_groups(view, chosen, words),
        fields=_fields(chosen, words),
        hidden=_hidden(chosen),
        happens="\n".join(happens(said, view.caps, words)),
        missing=missing(chosen, view.accounts, words),
        refusal=error_text(state.refusal, words) if state.refusal else "",
        save=words.text("Save"),
        saving=state.saving,
    )


def _hidden(chosen: Settings) -> frozenset[str]:
    kind = KINDS[chosen.trigger]
    none = {"threshold": not kind.thresholds.most, "days": not kind.spans.most}
    return frozenset(name for name, hidden in none.items() if hidden)


def _groups(view: TriggersView, chosen: Settings, words: Catalogue) -> dict[str, PillGroup]:
    return {
        "enabled": one_of(
            words.text("Is it on?"),
            {ON: words.text("On"), OFF: words.text("Off")},
            ON if chosen.enabled else OFF,
        ),
        "sends": one_of(
            words.text("Send a message?"),
            {ON: words.text("Yes"), OFF: words.text("No")},
            ON if chosen.sends else OFF,
        ),
        "template": one_of(words.text("Which text"), _texts(view, chosen, words), chosen.template)
        if chosen.sends
        else _NO_TEXT,
        "task": one_of(
            words.text("Task to follow up, for"),
            {
                NOBODY: words.text("No task"),
                TaskFor.MANAGER.value: words.text("A manager"),
                TaskFor.CONSULTANT.value: words.text("The consultant"),
            },
            chosen.makes_task.value or NOBODY,
        ),
    }


def _texts(view: TriggersView, chosen: Settings, words: Catalogue) -> dict[str, str]:
    """The texts that fit: those made for it, the owner's own of its purpose, and the one in use."""
    found = {
        one.template.key: one.template.names.in_language(words.language) or one.template.key
        for one in view.texts
        if _fits(one, chosen.trigger, KINDS[chosen.trigger].purpose)
    }
    if chosen.template not in found:
        found[chosen.template] = words.text("A text that is not there any more")
    return found


def _fits(one: Listed, trigger: Trigger, purpose: Purpose) -> bool:
    own = not one.built_in and one.template.trigger is None
    return one.template.trigger is trigger or (own and one.template.purpose is purpose)


def _fields(chosen: Settings, words: Catalogue) -> dict[str, FieldWords]:
    kind = KINDS[chosen.trigger]
    return {
        name: FieldWords(
            words.text(labels[chosen.trigger]),
            told=words.text(
                "From {least} to {most}", least=words.number(allowed.least), most=words.number(allowed.most)
            ),
        )
        for name, labels, allowed in (
            ("threshold", _THRESHOLDS, kind.thresholds),
            ("days", _DAYS, kind.spans),
        )
        if chosen.trigger in labels
    }

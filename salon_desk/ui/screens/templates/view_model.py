"""What the screen of the texts says in a language: the list, the form, and what a member would read. Pure, no Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message_template import CHANNELS, Fault, TemplateInvalid
from salon_desk.i18n import N_, OWN_NAMES, Catalogue
from salon_desk.services.message_templates import Listed
from salon_desk.services.search import Found
from salon_desk.services.template_trial import Trial
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.templates.form import WAYS
from salon_desk.ui.screens.templates.placeholder_words import all_named, named
from salon_desk.ui.screens.templates.presenter import NEW, TemplatesState
from salon_desk.ui.trigger_words import trigger_name
from salon_desk.ui.view_values import Chip, ListRow, Tone

BRACKETS: Final = "[ ]"
"""The pill that puts brackets around what is marked."""
_PURPOSES: Final = {
    Purpose.TRANSACTIONAL: N_("A reminder"),
    Purpose.MARKETING: N_("An offer"),
}
_TOLD: Final = {
    Purpose.TRANSACTIONAL: N_("A reminder: no word in it may sell."),
    Purpose.MARKETING: N_("An offer: it names the shop and how to get no more."),
}


@dataclass(frozen=True, slots=True)
class TrialModel:
    """What a member would read: whose eyes, the text, its length, and what stands against it."""

    title: str
    text: str
    length: str
    warning: str


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form but for the fields' own words. `purposes` empty: what it is for cannot be changed, and `told` says what it is."""

    title: str
    told: str
    own: bool
    purposes: tuple[Chip, ...]
    purpose: str
    pages: tuple[Chip, ...]
    page: str
    ways: tuple[Chip, ...]
    labels: dict[str, str]
    complaint: str
    values: tuple[Chip, ...]
    trial: TrialModel
    refusal: str
    put_back: str
    end: str
    save: str
    saving: bool


@dataclass(frozen=True, slots=True)
class TemplatesModel:
    """The list, who was found, and the form if one is open."""

    rows: tuple[ListRow, ...]
    chosen: str
    found: tuple[ListRow, ...]
    searching: bool
    form: FormModel | None


def templates_model(state: TemplatesState, words: Catalogue) -> TemplatesModel:
    """The whole screen in a language."""
    return TemplatesModel(
        rows=tuple(_row(one, words) for one in state.texts or ()),
        chosen=state.key,
        found=tuple(_found(one, words) for one in state.found),
        searching=bool(state.query),
        form=_form(state, words) if state.key else None,
    )


def _row(one: Listed, words: Catalogue) -> ListRow:
    figure = words.text("Changed") if one.changed else ""
    return ListRow(
        key=one.template.key,
        title=_called(one, words),
        detail=words.text(_PURPOSES[one.template.purpose]),
        figure=figure if one.built_in else words.text("Your own"),
        tone=Tone.BRAND,
    )


def _called(one: Listed, words: Catalogue) -> str:
    template = one.template
    name = template.names.in_language(words.language)
    return name or (
        trigger_name(template.trigger, words) if template.trigger else words.text("Without a name")
    )


def _found(one: Found, words: Catalogue) -> ListRow:
    member = one.member
    if member is None:
        return ListRow("", "")
    name = member.called(words.language)
    detail = words.text("phone ending {tail}", tail=member.phone[-4:]) if member.phone else ""
    return ListRow(member.member_id, name, detail, initial=name[:1].upper())


def _form(state: TemplatesState, words: Catalogue) -> FormModel:
    draft, listed = state.draft, state.listed
    own = listed is None or not listed.built_in
    return FormModel(
        title=_called(listed, words) if listed else words.text("A new text"),
        told="" if own else words.text(_TOLD[draft.purpose]),
        own=own,
        purposes=tuple(Chip(words.text(name), key=one.value) for one, name in _PURPOSES.items())
        if own
        else (),
        purpose=draft.purpose.value,
        pages=(
            *(Chip(name, key=language) for language, name in OWN_NAMES.items()),
            Chip(words.text("Ways out"), key=WAYS),
        ),
        page=state.page,
        ways=_ways(draft.channels, words) if state.ways else (),
        labels={
            "name": words.text("Name in English"),
            "name_zh": words.text("Name in Chinese"),
            "subject": words.text("WeChat's id of its template")
            if state.ways
            else words.text("Subject of an e-mail"),
            "text": words.text("Its fields, one on each line, such as thing1={name}")
            if state.ways
            else words.text("Text"),
            "values": words.text("Tap to put in. [Brackets] go where a value is empty."),
        },
        complaint=_complaint(state.faults, state.language, words),
        values=(
            Chip(BRACKETS, key=BRACKETS),
            *(Chip(name, key=one) for one, name in all_named(words).items()),
        ),
        trial=_trial(state.trial, state.language, words),
        refusal=error_text(state.refusal, words) if state.refusal and not state.faults else "",
        put_back=words.text("Put the built-in text back")
        if listed and listed.built_in and listed.changed
        else "",
        end=words.text("End this text") if own and state.key != NEW else "",
        save=words.text("Save"),
        saving=state.saving,
    )


def _ways(channels: tuple[Channel, ...], words: Catalogue) -> tuple[Chip, ...]:
    """Each way, with its place in the order in which they are tried."""
    names = {
        Channel.SMS: words.text("SMS"),
        Channel.EMAIL: words.text("E-mail"),
        Channel.WECHAT: words.text("WeChat"),
    }
    said = {
        one: f"{channels.index(one) + 1}  {names[one]}" if one in channels else names[one] for one in CHANNELS
    }
    return tuple(Chip(text, key=one.value) for one, text in said.items())


def _complaint(faults: tuple[Fault, ...], language: str, words: Catalogue) -> str:
    """The first fault, those of the language that is shown before; said in which language where it is another."""
    here = [one for one in faults if one.language in ("", language)]
    for one in (*here, *faults):
        said = error_text(TemplateInvalid(one.code, one.language, one.word), words)
        if one in here:
            return said
        return words.text("{language}: {complaint}", language=OWN_NAMES[one.language], complaint=said)
    return ""


def _trial(trial: Trial | None, language: str, words: Catalogue) -> TrialModel:
    if trial is None:
        return TrialModel(
            words.text("What a member would read"),
            "",
            "",
            words.text("Search for a member to see the text as that person would read it."),
        )
    name = trial.member.called(words.language)
    shown, length = trial.preview.rendered, trial.preview.length
    return TrialModel(
        title=words.text("What {name} would read", name=name),
        text=shown.text if shown is not None else "",
        length=words.plural(
            "{places} characters: {n} text message",
            "{places} characters: {n} text messages",
            length.segments,
            places=words.number(length.places),
        )
        if length is not None
        else "",
        warning=_warning(trial, name, language, words),
    )


def _warning(trial: Trial, name: str, language: str, words: Catalogue) -> str:
    shown = trial.preview.rendered
    if shown is None:
        return words.text("There is nothing to read yet.")
    if shown.language != language:
        return words.text(
            "There is no text in this language; it goes out in {language}.",
            language=OWN_NAMES[shown.language],
        )
    if trial.stood_in:
        missing = words.text(", ").join(named(one, words) for one in trial.stood_in)
        return words.text(
            "{name} has no such value now, so nothing would go out: {missing}", name=name, missing=missing
        )
    return ""

"""Refusals about messages and their templates, in words.

No rule lives here: what a text may say is `domain/message_template.py`'s.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain import message_template
from salon_desk.domain.message_template import Lint
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import message_template_errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

_FAULTS: Final = {
    Lint.TEXT_MISSING.value: N_("Write the text in one language at least."),
    Lint.TOO_LONG.value: N_("The text is too long. Make it shorter."),
    Lint.BRACKETS.value: N_(
        "A bracket is not closed, or nothing in it can be empty. Look at the text again."
    ),
    Lint.STORE_MISSING.value: N_(
        "An offer has to say who it is from. Put the name of the shop into the text."
    ),
    Lint.STOP_MISSING.value: N_("An offer has to say how to get no more. Put the way out into the text."),
    Lint.CODE_MISSING.value: N_("The code has to stand in the text, outside brackets."),
    Lint.NO_CHANNEL.value: N_("Choose at least one way by which it is sent."),
}


def _invalid(error: Any, words: Catalogue) -> str:
    if error.fault == Lint.PROMOTIONAL:
        return words.text(
            "“{word}” makes an advertisement of a reminder. Leave it out, or make this an offer.",
            word=error.word,
        )
    if error.fault == Lint.UNKNOWN_PLACEHOLDER:
        return _unknown(error, words)
    return words.text(_FAULTS.get(error.fault, N_("This text says nothing clear. Look at it again.")))


def _unknown(error: Any, words: Catalogue) -> str:
    named = error.placeholder if isinstance(error, message_template.PlaceholderUnknown) else error.word
    return words.text("Nothing is known by the name “{name}”. Choose a value from the list.", name=named)


def _missing(error: Any, words: Catalogue) -> str:
    return words.text(
        "There is no value for “{name}” here. Put what needs it into square brackets, and it is left out then.",
        name=error.placeholder,
    )


SENTENCES: Final[Sentences] = {
    message_template.TemplateInvalid: _invalid,
    message_template.PlaceholderUnknown: _unknown,
    message_template.PlaceholderMissing: _missing,
    message_template_errors.UnknownTemplate: plain(
        N_("This template is not there any more. Nothing was recorded.")
    ),
    message_template_errors.TemplateComesWithProgram: plain(
        N_("This template comes with the program: what it is for cannot be changed. Make one of your own.")
    ),
}

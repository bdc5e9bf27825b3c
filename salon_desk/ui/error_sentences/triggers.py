"""Refusals about reminders and groups of members, in words.

No rule lives here; whether a message may be sent is no refusal.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain import trigger_errors
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.error_sentences.sentence import Sentences, plain

_OF_A_TRIGGER: Final = {
    "threshold": N_("This number does not fit this reminder. Nothing was changed."),
    "days": N_("So many days do not fit this reminder. Nothing was changed."),
    "template": N_("A reminder that is on sends a message, makes a task, or both. Choose one."),
}
_OF_A_SEGMENT: Final = {
    "name": N_("Give the group a name."),
    "conditions": N_("A group needs at least one condition, and has twelve at most."),
    "compare": N_("Choose the comparison of this condition again."),
    "days": N_("The days of this condition go from 0 (ever) to 3660."),
    "value": N_("The value of this condition does not fit."),
}


def _trigger(error: Any, words: Catalogue) -> str:
    known = _OF_A_TRIGGER.get(error.field)
    return words.text(known) if known else words.text("This reminder cannot be set like this.")


def _segment(error: Any, words: Catalogue) -> str:
    known = _OF_A_SEGMENT.get(error.field)
    return words.text(known) if known else words.text("This group of members cannot be kept like this.")


SENTENCES: Sentences = {
    trigger_errors.TriggerInvalid: _trigger,
    trigger_errors.SegmentInvalid: _segment,
    trigger_errors.UnknownSegment: plain(N_("This group of members is not known here.")),
    trigger_errors.BuiltInSegment: plain(
        N_("This group comes with the program and stays as it is. Make a copy and change that.")
    ),
}

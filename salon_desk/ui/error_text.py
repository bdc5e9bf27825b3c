"""A refusal in words: every DomainError has a sentence in each language.

No rule and no sentence lives here: sentences stand in `error_sentences/<subject>.py`, found by the
error's class. A test fails for a refusal without a sentence.
"""

from __future__ import annotations

from functools import cache

from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.ui.error_sentences import devices
from salon_desk.ui.error_sentences.sentence import Sentence, Sentences


def error_text(error: DomainError, words: Catalogue) -> str:
    """What happened, what was kept and what to do, in the catalogue's language."""
    sentence = sentence_for(type(error).__name__, type(error))
    if sentence is None:
        return words.text("This is not possible. Nothing was changed.")
    return sentence(error, words)


def sentence_for(name: str, kind: type[DomainError]) -> Sentence | None:
    """The sentence of an error's class; a device's is found by name, as `ui` does not know devices."""
    for known in kind.__mro__:
        if known in _sentences():
            return _sentences()[known]
    return devices.BY_NAME.get(name)


@cache
def _sentences() -> Sentences:
    """All sentences; the subjects are read at the first refusal, not when the program starts."""
    from salon_desk.ui.error_sentences import (
        bridge,
        campaigns,
        channels,
        charges,
        head_office,
        importing,
        joining,
        messages,
        money,
        owned,
        people,
        promotions,
        proof,
        reports,
        savings_plans,
        shift,
        shop_rules,
        store,
        tenders,
        ticket,
        triggers,
        value,
    )

    found: dict[type[DomainError], Sentence] = {}
    for subject in (
        bridge,
        campaigns,
        channels,
        charges,
        head_office,
        importing,
        joining,
        messages,
        money,
        owned,
        people,
        promotions,
        proof,
        reports,
        savings_plans,
        shift,
        shop_rules,
        store,
        tenders,
        ticket,
        triggers,
        value,
    ):
        found.update(subject.SENTENCES)
    return found

"""What stands in the form of a text: the words of one language, and the template they come to. No Qt and no word.

What may be said is known by the domain; a language that is not shown stays as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message_template import Template
from salon_desk.domain.names import Names

NEW_TEXT: Final = Template("", Purpose.MARKETING, Names(""))
"""A text of the owner's own that is begun: an offer, for that asks for the stricter consent."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """The words in the fields, as they were typed; `subject` and `text` in the language that is shown."""

    name: str = ""
    name_zh: str = ""
    subject: str = ""
    text: str = ""


def typed_of(draft: Template, language: str) -> TypedText:
    """The words of a template in a language, empty where it says nothing in it."""
    return TypedText(
        draft.names.en,
        draft.names.zh_CN,
        getattr(draft.subjects, language),
        getattr(draft.texts, language),
    )


def written(draft: Template, typed: TypedText, language: str) -> Template:
    """The template with what was typed in a language."""
    return replace(
        draft,
        names=replace(draft.names, en=typed.name, zh_CN=typed.name_zh),
        subjects=_with(draft.subjects, language, typed.subject),
        texts=_with(draft.texts, language, typed.text),
    )


def _with(names: Names, language: str, text: str) -> Names:
    return Names(
        **{one: getattr(names, one) for one in ("en", "zh_CN", "zh_TW")} | {language: text},
    )

"""What stands in the form of a text: the words of one language, and the template they come to. No Qt and no word.

What may be said is known by the domain; a language that is not shown stays as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message_template import Template
from salon_desk.domain.names import Names

NEW_TEXT: Final = Template("", Purpose.MARKETING, Names(""))
"""A text of the owner's own that is begun: an offer, for that asks for the stricter consent."""
WAYS: Final = "ways"
"""The page beside those of the languages: by which ways the text goes out, and WeChat's own template."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """The words in the fields, as they were typed; `subject` and `text` in the language that is shown.

    On the page of the ways `subject` is WeChat's id of its template, `text` has a field of it on each line, as name=text.
    """

    name: str = ""
    name_zh: str = ""
    subject: str = ""
    text: str = ""


def typed_of(draft: Template, page: str) -> TypedText:
    """The words of a template on a page, WAYS or a language: empty where it says nothing in it."""
    if page == WAYS:
        fields = "\n".join(f"{name}={text}" for name, text in draft.wechat_fields)
        return TypedText(draft.names.en, draft.names.zh_CN, draft.wechat_template, fields)
    return TypedText(
        draft.names.en,
        draft.names.zh_CN,
        getattr(draft.subjects, page),
        getattr(draft.texts, page),
    )


def written(draft: Template, typed: TypedText, page: str) -> Template:
    """The template with what was typed on a page."""
    named = replace(draft, names=replace(draft.names, en=typed.name, zh_CN=typed.name_zh))
    if page == WAYS:
        return replace(named, wechat_template=typed.subject, wechat_fields=_fields(typed.text))
    return replace(
        named,
        subjects=_with(draft.subjects, page, typed.subject),
        texts=_with(draft.texts, page, typed.text),
    )


def with_way(draft: Template, way: Channel) -> Template:
    """The template after a tap on a way: it goes out by it last of all, or no more."""
    others = tuple(one for one in draft.channels if one is not way)
    return replace(draft, channels=others if way in draft.channels else (*others, way))


def _fields(text: str) -> tuple[tuple[str, str], ...]:
    lines = (line.partition("=") for line in text.splitlines() if line.strip())
    return tuple((name.strip(), said.strip()) for name, _equals, said in lines)


def _with(names: Names, language: str, text: str) -> Names:
    return Names(
        **{one: getattr(names, one) for one in ("en", "zh_CN", "zh_TW")} | {language: text},
    )

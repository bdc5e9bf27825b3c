"""Letters: a template filled for one message at the moment of sending.

Templates and what may stand in them are `domain/message_template.py`'s, values `message_values.py`'s. Nothing is kept: what was written
is recorded by whoever sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message_template import (
    CHANNELS,
    Placeholder,
    PlaceholderMissing,
    PlaceholderUnknown,
    Template,
    TemplateInvalid,
    lint,
    placeholders,
    render,
)
from salon_desk.domain.names import Names
from salon_desk.services.message_values import Writing, values
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.messages import Message

FindTemplate = Callable[[Transaction, str, str], Template | None]
"""The template of a name as it stands on a day (ISO date)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says by one channel, in which language. `fault`: the first that the lint finds, empty for none."""

    purpose: Purpose
    language: str
    text: str
    title: str = ""
    template_id: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class NoLetter:
    """There is nothing to say. `detail`: the placeholder that has no value or the fault, empty where the template is gone."""

    detail: str = ""


class Writer(Protocol):
    """Makes letters of templates."""

    def order(self, transaction: Transaction, message: Message, today: str) -> Sequence[Channel]:
        """The channels by which a message goes, the first choice first; at least one."""
        ...

    def letter(self, writing: Writing) -> Letter | NoLetter:
        """What it says now."""
        ...


@dataclass(frozen=True, slots=True)
class TemplateWriter:
    """Writes what the shop's templates say. `ways_out`: by channel and language the words that {stop} stands for."""

    find: FindTemplate
    ways_out: Mapping[Channel, Names]

    def order(self, transaction: Transaction, message: Message, today: str) -> Sequence[Channel]:
        """See `Writer`."""
        found = self.find(transaction, message.template, today)
        return (found.channels if found is not None else ()) or CHANNELS

    def letter(self, writing: Writing) -> Letter | NoLetter:
        """See `Writer`."""
        found = self.find(writing.transaction, writing.message.template, writing.today)
        return NoLetter() if found is None else letter_of(found, writing, self.ways_out)


def letter_of(template: Template, writing: Writing, ways_out: Mapping[Channel, Names]) -> Letter | NoLetter:
    """What a template says to somebody now; for the sender, and for whoever wants to see it before."""
    try:
        filled = values(writing, _names(template))
        if Placeholder.STOP in filled and writing.channel in ways_out:
            filled = {**filled, Placeholder.STOP: ways_out[writing.channel].in_language(writing.language)}
        rendered = render(template, writing.language, filled, channel=writing.channel)
    except PlaceholderMissing as missing:
        return NoLetter(missing.placeholder)
    except PlaceholderUnknown as unknown:
        return NoLetter(unknown.placeholder)
    except TemplateInvalid as invalid:
        return NoLetter(invalid.fault)
    return Letter(
        purpose=template.purpose,
        language=rendered.language,
        text=rendered.text,
        title=rendered.subject,
        template_id=template.wechat_template if writing.channel is Channel.WECHAT else "",
        fields=rendered.fields,
        fault=next((one.code.value for one in lint(template)), ""),
    )


def _names(template: Template) -> Iterable[str]:
    """Every placeholder of a template, whatever the language."""
    every = (
        *(getattr(template.texts, language) for language in ("en", "zh_CN", "zh_TW")),
        *(getattr(template.subjects, language) for language in ("en", "zh_CN", "zh_TW")),
        *(text for _name, text in template.wechat_fields),
        "{store} {address}",
    )
    return dict.fromkeys(name for text in every if text for name in placeholders(text))

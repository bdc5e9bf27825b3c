"""Templates of messages: what came with the program, under what the owner said of it.

What comes with the program is handed in. The one rule: a field that nobody said anything of is as it came, so that a later program may say
it better.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import CHANNELS, Template
from salon_desk.domain.names import Names
from salon_desk.storage.apply.descriptions import stamps_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.message_templates import message_templates

_ALL = Statement(lambda: select(message_templates).order_by(message_templates.c.id))
_ONE = Statement(lambda: select(message_templates).where(message_templates.c.id == bindparam("id")))
_NEW = Template("", Purpose.MARKETING, Names(""))
_EACH = (("en", "en"), ("zh_CN", "zh_cn"), ("zh_TW", "zh_tw"))


def templates(transaction: Transaction, built_in: BuiltIn) -> dict[str, Template]:
    """Every template that stands, by key: first those of the program in their order, then the owner's own by key."""
    said = {row.id: row for row in transaction.all(_ALL)}
    found = {key: _laid_over(one, said.get(key)) for key, one in built_in.templates.items()}
    own = {key: _laid_over(_NEW, row) for key, row in said.items() if key not in found and row.active}
    return found | own


def template(transaction: Transaction, built_in: BuiltIn, key: str) -> Template | None:
    """One template as it stands; None for one that was ended or never was."""
    row = transaction.one(_ONE, id=key)
    came = built_in.templates.get(key)
    if came is None and (row is None or not row.active):
        return None
    return _laid_over(came or _NEW, row)


def _laid_over(came: Template, row: Any) -> Template:
    if row is None:
        return came
    said: Mapping[str, Any] = {name: getattr(row, name) for name in stamps_of(row) if hasattr(row, name)}
    own = not came.key
    return Template(
        key=row.id,
        purpose=_purpose(said.get("purpose")) if own else came.purpose,
        texts=_names(said, "text", came.texts),
        subjects=_names(said, "subject", came.subjects),
        trigger=_trigger(said.get("trigger")) if own else came.trigger,
        names=_names(said, "name", came.names),
        channels=_channels(said.get("channels")) or came.channels,
        wechat_template=said.get("wechat_template", came.wechat_template),
        wechat_fields=_fields(said["wechat_fields"]) if "wechat_fields" in said else came.wechat_fields,
    )


def _names(said: Mapping[str, Any], field: str, came: Names) -> Names:
    return Names(*(str(said.get(f"{field}_{column}", getattr(came, language))) for language, column in _EACH))


def _purpose(word: str | None) -> Purpose:
    """A word of a newer program asks for the stricter consent."""
    return Purpose.TRANSACTIONAL if word == Purpose.TRANSACTIONAL else Purpose.MARKETING


def _trigger(word: str | None) -> Trigger | None:
    return Trigger(word) if word in set(Trigger) else None


def _channels(value: str | None) -> tuple[Channel, ...]:
    words = _texts(value) if value else ()
    return tuple(Channel(word) for word in words if word in set(CHANNELS))


def _fields(value: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, _is, text in (one.partition("=") for one in _texts(value)))


def _texts(value: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(value, type=list[str]))

"""The owner's templates of messages: all of them, saved after they were looked at, tried on a real member, put back as they came.

What a text may say is `domain/message_template.py`'s. The one rule: only what differs from what stands is recorded, so that two who change
different languages at once both have their way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.consent import Channel
from salon_desk.domain.errors import DomainError
from salon_desk.domain.limits import MAX_NAME, check_text
from salon_desk.domain.message_template import (
    Fault,
    Rendered,
    Template,
    check_template,
    lint,
    render,
)
from salon_desk.domain.sms_length import SmsLength, sms_length
from salon_desk.operations.description import FieldValue
from salon_desk.operations.message_template import MessageTemplateDescribed
from salon_desk.services.describe import describe
from salon_desk.services.message_template_errors import TemplateComesWithProgram, UnknownTemplate
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import message_templates as queries


@dataclass(frozen=True, slots=True)
class Listed:
    """A template as it stands. `built_in`: it comes with the program; `changed`: the owner said something else of it."""

    template: Template
    built_in: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a member would read. `rendered` None: `problem` says why; `length`: of an SMS; `faults`: what `lint` finds."""

    rendered: Rendered | None
    problem: DomainError | None = None
    length: SmsLength | None = None
    faults: tuple[Fault, ...] = ()


def listed(till: Till, built_in: BuiltIn) -> tuple[Listed, ...]:
    """Every template in the order of the triggers, then the owner's own. Database worker, reads only."""
    with till.read() as transaction:
        found = queries.templates(transaction, built_in)
    return tuple(
        Listed(one, key in built_in.templates, one != built_in.templates.get(key, one))
        for key, one in found.items()
    )


def template(transaction: Transaction, built_in: BuiltIn, key: str) -> Template | None:
    """One template as it stands; None for one that is not there any more. Any thread that has the transaction."""
    return queries.template(transaction, built_in, key)


def finder(built_in: BuiltIn) -> Callable[[Transaction, str, str], Template | None]:
    """Finds a template by its key as it stands, for whoever writes letters; a template is never planned for a day."""
    return lambda transaction, key, _day: queries.template(transaction, built_in, key)


def save(till: Till, command_id: str, actor: Actor, built_in: BuiltIn, wanted: Template) -> str:
    """Keep a template as it is wanted; its key, new where it had none. What a template of the program is for stays as it is.

    Database worker. Raises PermissionNeeded, TemplateInvalid, TextTooLong, UnknownTemplate, TemplateComesWithProgram.
    """
    actor.require(Permission.EDIT_TEMPLATES)
    check_template(wanted)
    for name in (wanted.names.en, wanted.names.zh_CN, wanted.names.zh_TW):
        check_text("name", name, MAX_NAME)
    came = built_in.templates.get(wanted.key)
    if came is not None and (came.purpose, came.trigger) != (wanted.purpose, wanted.trigger):
        raise TemplateComesWithProgram(wanted.key)
    standing = None
    if wanted.key:
        with till.read() as transaction:
            standing = queries.template(transaction, built_in, wanted.key)
        if standing is None:
            raise UnknownTemplate(wanted.key)
    old = _values(standing) if standing else {}
    values = {name: value for name, value in _values(wanted).items() if name not in old or value != old[name]}
    key = wanted.key or f"template-{till.new_id()}"
    if values:
        describe(till, command_id, actor, [(MessageTemplateDescribed, key, values)])
    return key


def put_back(till: Till, command_id: str, actor: Actor, built_in: BuiltIn, key: str) -> None:
    """Let a template of the program say what it came with. Raises PermissionNeeded, UnknownTemplate."""
    came = built_in.templates.get(key)
    if came is None:
        raise UnknownTemplate(key)
    save(till, command_id, actor, built_in, came)


def end(till: Till, command_id: str, actor: Actor, built_in: BuiltIn, key: str) -> None:
    """End a template of the owner's own; what still waits with it is withheld when it would be sent.

    Database worker. Raises PermissionNeeded, UnknownTemplate, TemplateComesWithProgram.
    """
    actor.require(Permission.EDIT_TEMPLATES)
    if key in built_in.templates:
        raise TemplateComesWithProgram(key)
    with till.read() as transaction:
        if queries.template(transaction, built_in, key) is None:
            raise UnknownTemplate(key)
    describe(till, command_id, actor, [(MessageTemplateDescribed, key, {"active": False})])


def preview(
    one: Template, language: str, values: Mapping[str, str], *, channel: Channel = Channel.SMS
) -> Preview:
    """What a member would read by a channel, with values of this very member by placeholder. Any thread, never raises a refusal."""
    faults = lint(one)
    try:
        rendered = render(one, language, values, channel=channel)
    except DomainError as problem:
        return Preview(None, problem, None, faults)
    return Preview(rendered, None, sms_length(rendered.text) if channel is Channel.SMS else None, faults)


def _values(one: Template) -> dict[str, FieldValue]:
    return {
        "trigger": one.trigger.value if one.trigger else "",
        "purpose": one.purpose.value,
        **{
            f"{field}_{column}": getattr(names, language)
            for field, names in (("name", one.names), ("text", one.texts), ("subject", one.subjects))
            for language, column in (("en", "en"), ("zh_CN", "zh_cn"), ("zh_TW", "zh_tw"))
        },
        "channels": [channel.value for channel in one.channels],
        "wechat_template": one.wechat_template,
        "wechat_fields": [f"{name}={text}" for name, text in one.wechat_fields],
    }

"""Operations about messages: that one is to be sent, why it was not, what was handed to a channel, what came of it, what came in.

Whether it may be sent is `domain/message_gate.py`'s. The one rule: `message.attempted` is durable before a channel hears of it,
so that nothing is said twice without anybody knowing. Each names its member and goes with them.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Trigger
from salon_desk.operations.operation import Operation


class MessageIntended(Operation, frozen=True, kw_only=True):
    """A message is to be sent. Instants as operations keep them; the text is made when it is sent.

    `message` is `domain.message.message_id` of trigger, member and `subject` (a sale, a day, a campaign). `store`: for which shop
    it speaks. `values`: placeholders of the template that were decided now; all others are filled at the moment of sending.
    """

    KIND: ClassVar[str] = "message.intended"
    message: str
    member: str
    trigger: Trigger
    subject: str
    purpose: Purpose
    template: str
    store: str
    due_at: str
    expires_at: str
    campaign: str = ""
    values: tuple[tuple[str, str], ...] = ()


class MessageHeld(Operation, frozen=True, kw_only=True):
    """It waits until an instant, for a reason. Recorded when the reason changes, not each time it was asked."""

    KIND: ClassVar[str] = "message.held"
    message: str
    member: str
    reason: str
    until: str
    detail: str = ""


class MessageWithheld(Operation, frozen=True, kw_only=True):
    """It is not sent, and never will be, for a reason."""

    KIND: ClassVar[str] = "message.withheld"
    message: str
    member: str
    reason: str
    detail: str = ""


class MessageAttempted(Operation, frozen=True, kw_only=True):
    """What is handed to a channel now. `reference` names this attempt there; `attempt` counts from 1.

    `verdict`: the code of why the gate let it through. `title`, `template_id` and `fields` as in `domain.message.Outgoing`.
    """

    KIND: ClassVar[str] = "message.attempted"
    message: str
    member: str
    attempt: int
    reference: str
    channel: Channel
    address: str
    language: str
    text: str
    title: str = ""
    template_id: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    verdict: str = ""


class MessageAnswered(Operation, frozen=True, kw_only=True):
    """What a channel said of an attempt. `again_at`: when the sender looks at the message again, empty for never.

    `code` is the channel's own word for what went wrong, `provider_id` its own name of the message.
    """

    KIND: ClassVar[str] = "message.answered"
    message: str
    member: str
    attempt: int
    reference: str
    state: Delivered
    provider_id: str = ""
    code: str = ""
    again_at: str = ""


class MessageStatus(Operation, frozen=True, kw_only=True):
    """What became of an attempt, as a channel said later or as it was looked up."""

    KIND: ClassVar[str] = "message.status"
    message: str
    member: str
    attempt: int
    reference: str
    state: Delivered
    provider_id: str = ""
    code: str = ""
    again_at: str = ""


class MessageReceived(Operation, frozen=True, kw_only=True):
    """A member wrote. `meaning`, by `rule`, as `domain.opt_out` read it; `members`: everybody whom this address belongs to.

    The withdrawals of a STOP and the intent to confirm it stand in operations of their own, in the same transaction.
    """

    KIND: ClassVar[str] = "message.received"
    received: str
    channel: Channel
    address: str
    text: str
    meaning: str
    received_at: str
    members: tuple[str, ...] = ()
    rule: str = ""

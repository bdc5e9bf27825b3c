"""A message to a member: why it is sent, what is handed to a channel, what came of it, and which states it goes through.

Whether it may be sent now is `message_gate.py`, what it says is `message_template.py`. A message is named after why it is
sent, to whom and about what, so that the same thing is never said twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.consent import Channel, Purpose


class Trigger(StrEnum):
    """Why a message is sent, or a task made. CONFIRMATION answers a member's STOP or HELP, once, and asks for no consent.

    SPEND_CODE is what the member asks for at the counter to show that it is them: it waits for nothing, and goes before all others.
    """

    AFTER_SALE = "after_sale"
    BALANCE_LOW = "balance_low"
    BEFORE_APPOINTMENT = "before_appointment"
    LAPSING = "lapsing"
    BIRTHDAY = "birthday"
    ABSENT = "absent"
    LESS_OFTEN = "less_often"
    SMALLER_TICKETS = "smaller_tickets"
    CYCLE_DUE = "cycle_due"
    CAMPAIGN = "campaign"
    CONFIRMATION = "confirmation"
    SPEND_CODE = "spend_code"


class MessageState(StrEnum):
    """How far a message is. `SENDING` stands on the disk before the channel hears of it."""

    INTENDED = "intended"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class Delivered(StrEnum):
    """What a channel says of a message.

    `ACCEPTED`: taken, `DELIVERED`: it arrived, `REFUSED`: never will be, `NOT_SENT`: certainly not sent and may be tried again,
    `UNKNOWN`: nobody can say whether it was sent.
    """

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


RISING = (Delivered.UNKNOWN, Delivered.NOT_SENT, Delivered.ACCEPTED, Delivered.REFUSED, Delivered.DELIVERED)
"""What may be known of an attempt, each saying more than those before it: what is known later never says less."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a channel is handed. `reference` names this attempt, the same whenever it is asked about.

    `fields` are a WeChat template's, by name, and `template` its id there; other channels take `subject` and `text`.
    `attempted_at`: the instant at which the attempt was recorded; without it an unknown outcome may stay unknown.
    """

    reference: str
    channel: Channel
    address: str
    language: str
    text: str
    subject: str = ""
    template: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    purpose: Purpose = Purpose.TRANSACTIONAL
    attempted_at: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel said. `provider_id` is its own name of the message, `code` its own word for what went wrong.

    `opted_out`: the person told the provider itself to stop. `retry_after`: seconds for which the channel wants nothing more.
    """

    state: Delivered
    provider_id: str = ""
    code: str = ""
    opted_out: bool = False
    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody wrote to the shop. `provider_id` is the channel's own name of it: the same one may come again."""

    channel: Channel
    address: str
    text: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class StatusNews:
    """What a channel says later of an attempt; `reference` names it where the channel knows, else `delivery.provider_id` does."""

    channel: Channel
    reference: str
    delivery: Delivery


def message_id(trigger: Trigger, member: str, subject: str) -> str:
    """The name of a message: the same for the same reason, member and subject (a sale, a day, a campaign)."""
    return hashlib.sha256(f"{trigger}\n{member}\n{subject}".encode()).hexdigest()[:32]

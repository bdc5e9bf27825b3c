"""Messages in few operations: told at two nodes, answered before they were handed over, withheld, and a STOP that came in."""

from __future__ import annotations

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Trigger, message_id
from salon_desk.operations.message import (
    MessageAnswered,
    MessageAttempted,
    MessageHeld,
    MessageIntended,
    MessageReceived,
    MessageStatus,
    MessageWithheld,
)
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import Neighbours, record

DUE, LATER, EXPIRES = "2026-11-20T15:00:00.000Z", "2026-11-21T14:00:00.000Z", "2026-11-23T15:00:00.000Z"


def intended(member: str, subject: str) -> MessageIntended:
    return MessageIntended(
        message=message_id(Trigger.AFTER_SALE, member, subject),
        member=member,
        trigger=Trigger.AFTER_SALE,
        subject=subject,
        purpose=Purpose.TRANSACTIONAL,
        template="after_sale",
        store="S1",
        due_at=DUE,
        expires_at=EXPIRES,
    )


def attempted(of: MessageIntended, number: int) -> MessageAttempted:
    return MessageAttempted(
        message=of.message,
        member=of.member,
        attempt=number,
        reference=f"{of.message}-{number}",
        channel=Channel.SMS,
        address="+17185550123",
        language="en",
        text="Your balance is $48.39.",
    )


def answered(of: MessageIntended, number: int, state: Delivered, *, again_at: str = "") -> MessageAnswered:
    return MessageAnswered(
        message=of.message,
        member=of.member,
        attempt=number,
        reference=f"{of.message}-{number}",
        state=state,
        provider_id="" if state is Delivered.UNKNOWN else f"SM{number}",
        again_at=again_at,
    )


def status(of: MessageIntended, number: int, state: Delivered) -> MessageStatus:
    return MessageStatus(
        message=of.message,
        member=of.member,
        attempt=number,
        reference=f"{of.message}-{number}",
        state=state,
    )


def held(of: MessageIntended) -> MessageHeld:
    return MessageHeld(message=of.message, member=of.member, reason="quiet_hours", until=LATER)


def withheld(of: MessageIntended) -> MessageWithheld:
    return MessageWithheld(message=of.message, member=of.member, reason="opted_out")


def received(*members: str) -> MessageReceived:
    return MessageReceived(
        received="SM9",
        channel=Channel.SMS,
        address="+17185550123",
        text="STOP",
        meaning="stop",
        received_at=LATER,
        members=members,
    )


def a_message_sent_twice_and_delivered(here: Neighbours) -> None:
    """The second attempt is due to the first one's unknown outcome, of which there are late news."""
    first = here.shops[0]
    one = intended(first.member, "sale")
    record(first, one, held(one), attempted(one, 1), answered(one, 1, Delivered.UNKNOWN, again_at=LATER))
    record(first, attempted(one, 2), answered(one, 2, Delivered.ACCEPTED))
    record(here.shops[1], status(one, 2, Delivered.DELIVERED), status(one, 1, Delivered.REFUSED))


def a_message_intended_at_two_nodes(here: Neighbours) -> None:
    first, second = here.shops[:2]
    one = intended(first.member, "sale")
    record(first, one, held(one))
    record(second, one, withheld(one))
    record(first, received(first.member))


def messages_of_a_day(shop: Shop) -> None:
    """One that arrived, one that was withheld, and what a stranger wrote."""
    sent, kept = intended(shop.member, "one sale"), intended(shop.member, "another")
    record(shop, sent, attempted(sent, 1), answered(sent, 1, Delivered.ACCEPTED))
    record(shop, status(sent, 1, Delivered.DELIVERED), kept, held(kept), withheld(kept))
    record(shop, received())


MESSAGES = (a_message_sent_twice_and_delivered, a_message_intended_at_two_nodes)

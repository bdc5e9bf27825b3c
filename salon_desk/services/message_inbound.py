"""What comes in: what a member wrote, and what a channel says later of an attempt (RULES 19).

A STOP withdraws every consent on its channel for everybody who has that address, in the transaction that records it, and is confirmed
once. What a text means is `domain/opt_out.py`'s. The one rule: the same call again changes nothing, by the provider's own name of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from salon_desk.domain.built_in_templates import HELP, STOP_CONFIRMATION
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose, State, standing
from salon_desk.domain.message import Incoming, StatusNews, Trigger, message_id
from salon_desk.domain.opt_out import Meaning, read
from salon_desk.domain.rules import RulePack
from salon_desk.operations.message import MessageIntended, MessageReceived
from salon_desk.operations.operation import Operation
from salon_desk.services import message_records as records
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import PersonErased
from salon_desk.storage.queries import members, messages
from salon_desk.storage.queries.consents import said_by
from salon_desk.storage.queries.stores import place_of
from salon_desk.storage.store import Store

ANSWER_MINUTES = "messages.answer_minutes"
"""For how long an answer may be sent; after that it may be taken for one message more."""
_ANYWHERE = "US"
ADDRESS, CHANNEL = "address", "channel"
"""Values of its intent: where it goes, whatever the member's description says."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in and what followed. `again`: it had come before, and nothing followed."""

    meaning: Meaning
    members: tuple[str, ...] = ()
    again: bool = False


def received(store: Store, incoming: Incoming, rules: RulePack) -> Heard:
    """Record what somebody wrote, with the withdrawals of a STOP and one confirmation. The thread that writes.

    Raises CannotRecord, StoreStopped.
    """
    meaning = read(incoming.text)
    command = f"received/{incoming.channel}/{incoming.provider_id}"

    def decide(transaction: Transaction) -> list[Operation]:
        if messages.received(transaction, incoming.provider_id) is not None:
            return []
        now = instant_text(store.clock.now())
        whose = messages.members_at(transaction, incoming.channel, incoming.address)
        came = MessageReceived(
            received=incoming.provider_id,
            channel=incoming.channel,
            address=incoming.address,
            text=incoming.text,
            meaning=meaning.meaning.value,
            rule=meaning.rule,
            received_at=now,
            members=tuple(whose),
        )
        if meaning.meaning is Meaning.HELP:
            return [came, *_answer(store, transaction, incoming, whose, (HELP, rules))]
        if meaning.meaning is not Meaning.STOP:
            return [came]
        place, said = incoming.channel.value, incoming.text
        ended: list[Operation] = [
            *records.withdrawals(whose, incoming.channel, said=said, place=place, at=now)
        ]
        by_mail = incoming.channel is Channel.EMAIL  # a page has said so already
        if not by_mail and any(_hears_of_us(transaction, member, incoming.channel) for member in whose):
            ended += _answer(store, transaction, incoming, whose, (STOP_CONFIRMATION, rules))
        return [came, *ended]

    try:
        done = records.record(store, decide, command)
    except PersonErased:
        return Heard(meaning.meaning, again=True)
    known = next((one.members for one in done.operations if isinstance(one, MessageReceived)), ())
    return Heard(meaning.meaning, known, again=done.repeated or not done.operations)


def status(store: Store, news: StatusNews) -> bool:
    """Record what a channel says later of an attempt; whether it was news. Raises CannotRecord, StoreStopped."""
    with store.database.read() as transaction:
        attempt = messages.attempt(transaction, news.reference) if news.reference else None
        if attempt is None and news.delivery.provider_id:
            attempt = messages.attempt_by_provider(transaction, news.channel, news.delivery.provider_id)
    return attempt is not None and records.learned(store, attempt, news.delivery)


def _answer(
    store: Store,
    transaction: Transaction,
    incoming: Incoming,
    whose: Sequence[str],
    says: tuple[str, RulePack],
) -> list[MessageIntended]:
    """That a STOP is confirmed, or somebody helped, where it is known whose address it is."""
    if not whose:
        return []
    template, rules = says
    member = next((one for one in whose if messages.is_active(transaction, one)), whose[0])
    found = members.member(transaction, member)
    home = place_of(transaction, found.home_store) if found is not None else None
    now = store.clock.now()
    day = max(now.date().isoformat(), rules.issued)
    minutes = int(str(rules.lookup(home.jurisdiction if home else _ANYWHERE, ANSWER_MINUTES, day)))
    return [
        MessageIntended(
            message=message_id(Trigger.CONFIRMATION, member, incoming.provider_id),
            member=member,
            trigger=Trigger.CONFIRMATION,
            subject=incoming.provider_id,
            purpose=Purpose.TRANSACTIONAL,
            template=template,
            store=home.store if home else "",
            due_at=instant_text(now),
            expires_at=instant_text(now + timedelta(minutes=minutes)),
            values=((ADDRESS, incoming.address), (CHANNEL, incoming.channel.value)),
        )
    ]


def _hears_of_us(transaction: Transaction, member: str, channel: Channel) -> bool:
    """Whether a member has not yet told us to stop on a channel; a consent that lapsed, or none at all, is no such word."""
    said = [one for one in said_by(transaction, member) if one.channel is channel]
    return any(
        standing(
            [one for one in said if one.purpose is purpose],
            of=(channel, purpose),
            today="",
            implied_months=0,
        ).state
        is not State.WITHDRAWN
        for purpose in Purpose
    )

"""A shop that sends its own messages to a provider that is only made up: what it takes, what it answers, when the process dies.

The provider outlives the process. Nothing is sent anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from salon_desk.bootstrap.messages import load_area_codes, load_templates
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Delivery, MessageState, Outgoing, Trigger
from salon_desk.services import consents, message_intents
from salon_desk.services.consents import Asked
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_intents import Intent
from salon_desk.services.message_sending import Round, Sender
from salon_desk.services.message_writing import TemplateWriter
from salon_desk.storage.queries import messages
from salon_desk.storage.queries.messages import Attempt, Message
from salon_desk.storage.store import Store
from tests.integration.services.shop import CASHIER, FixedClock, Shop

T = TypeVar("T")

SMS = Channel.SMS
ACCEPTED = Delivery(Delivered.ACCEPTED, "SM1")


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Provider:
    """A channel. `answers`: one for each call in turn, then ACCEPTED; `before` and `behind` run around each message it takes."""

    channel: Channel = SMS
    looks_up: bool = False
    answers: list[Delivery] = field(default_factory=list)
    taken: list[Outgoing] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    behind: Callable[[], None] = lambda: None
    knows: Callable[[Outgoing], Delivery] | None = None

    def send(self, outgoing: Outgoing) -> Delivery:
        self.before()
        answer = self.answers.pop(0) if self.answers else ACCEPTED
        if answer.state is not Delivered.NOT_SENT:
            self.taken.append(outgoing)
        self.behind()
        return answer

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        self.asked.append(outgoing.reference)
        if self.knows is not None:
            return self.knows(outgoing)
        references = [one.reference for one in self.taken]
        return Delivery(
            Delivered.DELIVERED if outgoing.reference in references else Delivered.NOT_SENT, "SM1"
        )


def asker(shop: Shop) -> Asker:
    built_in = load_templates()
    writer = TemplateWriter(lambda _transaction, key, _day: built_in.templates.get(key), built_in.ways_out)
    return Asker(shop.till.rules, load_area_codes(), writer)


@dataclass
class Desk:
    """The sender of a shop as one process has it; `restart` is another process over the same store."""

    store: Store
    clock: FixedClock
    asker: Asker
    providers: list[Provider]

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.sender = Sender(self._here, self.asker, self.providers, self.clock)

    def round(self) -> Round:
        return self.sender.round()

    def until_nothing(self, most: int = 200) -> None:
        """Rounds, with the clock put forward to whatever is next, until there is nothing more to do within some days."""
        for _time in range(most):
            done = self.round()
            if done.more:
                continue
            if not done.next_at:
                return
            self.clock.instant = max(self.clock.instant, datetime.fromisoformat(done.next_at)) + timedelta(
                seconds=1
            )
        raise AssertionError("it never ends")

    def _here(self, work: Callable[[Store], T], /) -> T:
        return work(self.store)


def desk(shop: Shop, *providers: Provider) -> Desk:
    return Desk(shop.till.store, shop.clock, asker(shop), list(providers or [Provider()]))


def agree(shop: Shop, *purposes: Purpose, channel: Channel = SMS) -> None:
    """The member agrees at the counter."""
    for purpose in purposes or tuple(Purpose):
        asked = Asked(channel, purpose, text="May we write to you?", language="en")
        consents.give(shop.till, shop.command(), CASHIER, shop.member, asked)


def stop(shop: Shop) -> None:
    """The member says so at the counter."""
    of = [(SMS, purpose) for purpose in Purpose]
    consents.withdraw(shop.till, shop.command(), CASHIER, shop.member, of=of, said="no more")


def intent(
    shop: Shop,
    subject: str = "sale",
    *,
    trigger: Trigger = Trigger.AFTER_SALE,
    purpose: Purpose = Purpose.TRANSACTIONAL,
    template: str = "after_sale",
    hours: float = 48,
) -> Intent:
    now = shop.clock.instant
    return Intent(
        trigger=trigger,
        member=shop.member,
        subject=subject,
        purpose=purpose,
        template=template,
        store="s1",
        due_at=instant_text(now),
        expires_at=instant_text(now + timedelta(hours=hours)),
    )


def intend(shop: Shop, *intents: Intent) -> str:
    """Store intents; the name of the first."""
    message_intents.intend(shop.till.store, intents)
    return intents[0].message


def stands(store: Store, message: str) -> Message:
    with store.database.read() as transaction:
        found = messages.message(transaction, message)
    assert found is not None
    return found


def state(store: Store, message: str) -> MessageState:
    return stands(store, message).state


def attempts(store: Store, message: str) -> list[Attempt]:
    with store.database.read() as transaction:
        return messages.attempts(transaction, message)

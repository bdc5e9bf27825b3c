"""One round of the sender: what was cut off, what nobody knows, what is due; each message in small steps that can be cut off anywhere.

An attempt is on the disk before its channel is called. The one rule: what a killed process leaves behind as "sending" is unknown, and
what is unknown is looked up where the channel can; marketing is never repeated, a transactional message at most once, and flagged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from salon_desk.domain.clock import Clock, instant_text, parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, MessageState
from salon_desk.services import message_records as records
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_ports import MessageChannel
from salon_desk.services.message_records import Handing
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import (
    CannotRecord,
    DatabaseUnreachable,
    DatabaseUnusable,
    OwnRecordsMissing,
    PersonErased,
    StoreStopped,
    TillClosed,
)
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import messages
from salon_desk.storage.queries.messages import Attempt, Message
from salon_desk.storage.store import Store

T = TypeVar("T")

MOST_IN_A_ROUND = 20
LOOK_UP_FIRST = timedelta(seconds=30)
LOOK_UP_EVERY = timedelta(minutes=2)
LOOK_UP_FOR = timedelta(hours=1)
"""For so long after an attempt a channel is asked what became of it; after that nobody will know."""
TROUBLE_RESTS = timedelta(hours=1)
"""One message that cannot be looked at, for a rule that is missing or a bug, does not keep the others."""
STORE_TROUBLE = (
    CannotRecord,
    StoreStopped,
    OwnRecordsMissing,
    TillClosed,
    DatabaseUnreachable,
    DatabaseUnusable,
)
CHANNEL_RESTS = timedelta(seconds=30)
CHANNEL_RESTS_LONGEST = timedelta(minutes=15)
"""A channel that takes nothing rests, longer each time, so that its messages do not fill the journal with attempts."""

_log = logging.getLogger(__name__)


class OnStore(Protocol):
    """Runs work on the thread that writes to the store, and waits for it."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Raises what `work` raises."""
        ...


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `more`: there is something that it did not come to; else `next_at`, an instant, empty for none known."""

    sent: int = 0
    looked_at: int = 0
    more: bool = False
    next_at: str = ""


class Sender:
    """The rounds of one process. Outbound thread only; what it remembers besides the store is when to look at what again."""

    def __init__(
        self,
        on_store: OnStore,
        asker: Asker,
        channels: Sequence[MessageChannel],
        clock: Clock,
    ) -> None:
        self._on_store = on_store
        self._asker = asker
        self._channels: Mapping[Channel, MessageChannel] = {one.channel: one for one in channels}
        self._clock = clock
        self._later: dict[str, datetime] = {}
        self._rests = {channel: _Rest() for channel in self._channels}

    def round(self, stopping: Callable[[], bool] = lambda: False, *, most: int = MOST_IN_A_ROUND) -> Round:
        """Look at some messages, the one that waits longest first, until it is time to stop.

        Raises CannotRecord, StoreStopped and the like.
        """
        if not self._channels:
            return Round()
        self._on_store(_interrupted)
        sent, looked = 0, 0
        for message in self._urgent():
            sent += self._send(message)
            looked += 1
        for message in self._due(MessageState.UNKNOWN, most, stopping):
            sent += self._clear_up(message)
            looked += 1
        for message in self._due(MessageState.INTENDED, most, stopping):
            sent += self._send(message)
            looked += 1
        return Round(sent, looked, more=looked > 0, next_at="" if looked else self._next_at())

    def _urgent(self) -> list[Message]:
        """What goes before all others, but for what was told to wait."""
        now = instant_text(self._clock.now())
        return [
            one for one in self._on_store(lambda store: _urgent(store, now)) if one.message not in self._later
        ]

    def _due(self, state: MessageState, most: int, stopping: Callable[[], bool]) -> Iterator[Message]:
        """What is looked at now, but for what was told to wait; one by one, until it is time to stop."""
        now = self._clock.now()
        self._later = {name: until for name, until in self._later.items() if until > now}
        wanted = most + len(self._later)
        found = self._on_store(lambda store: _next_in(store, state, instant_text(now), wanted))
        for message in [one for one in found if one.message not in self._later][:most]:
            if stopping():
                return
            yield message

    def _send(self, message: Message) -> bool:
        """Ask the gate, record what it says, and hand over what it lets through; whether a channel was called."""
        try:
            handing = self._on_store(lambda store: self._prepared(store, message))
        except PersonErased:
            return False
        except STORE_TROUBLE:
            raise
        except Exception:
            _log.exception("a message could not be looked at")
            self._later[message.message] = self._clock.now() + TROUBLE_RESTS
            return False
        if handing is None:
            return False
        delivery = self._call(handing)
        again = self._again_at(handing, delivery)
        try:
            self._on_store(lambda store: records.answered(store, handing, delivery, again_at=again))
        except PersonErased:
            _log.info("whom a message was for was erased while it was sent")
        return True

    def _prepared(self, store: Store, message: Message) -> Handing | None:
        """One transaction: the verdict of the gate as it is now, and the attempt if there is to be one."""
        told: list[datetime] = []

        def decide(transaction: Transaction) -> Sequence[records.OfMessage]:
            told.clear()
            now = self._clock.now()
            found = messages.message(transaction, message.message)
            if found is None or found.next_at > instant_text(now):
                return []
            answer = self._asker.ask(
                transaction,
                found,
                now=now,
                channels=frozenset(self._channels),
                resting=self._resting(now),
            )
            if answer.later is not None:
                told.append(answer.later)
            return answer.operations

        recorded: Recorded = records.record(store, decide)
        if told:
            self._later[message.message] = told[0]
        elif not recorded.operations:
            self._later[message.message] = self._clock.now() + LOOK_UP_EVERY
        return records.handing_of(message, recorded)

    def _call(self, handing: Handing) -> Delivery:
        """Hand one attempt to its channel, once. A channel that fails in a way of its own has an unknown outcome."""
        channel = self._channels[handing.outgoing.channel]
        try:
            delivery = channel.send(handing.outgoing)
        except Exception:
            _log.exception("a channel failed")
            delivery = Delivery(Delivered.UNKNOWN, code="bug")
        self._rests[channel.channel].after(delivery, self._clock.now())
        return delivery

    def _again_at(self, handing: Handing, delivery: Delivery) -> str:
        """When the sender looks at a message again after an answer, empty for never."""
        now = self._clock.now()
        if delivery.state is Delivered.NOT_SENT:
            return instant_text(now + records.rest_after(handing.attempt, delivery.retry_after))
        if delivery.state is not Delivered.UNKNOWN:
            return ""
        looks_up = self._channels[handing.outgoing.channel].looks_up
        return instant_text(now + LOOK_UP_FIRST if looks_up else now)

    def _clear_up(self, message: Message) -> bool:
        """Find out what became of a message of which nobody knows, or attempt it once more if it may be; whether it was."""
        attempts = self._on_store(lambda store: _attempts(store, message.message))
        last = next((one for one in reversed(attempts) if one.state is Delivered.UNKNOWN), None)
        if last is None:
            self._later[message.message] = self._clock.now() + TROUBLE_RESTS
            return False
        channel = self._channels.get(last.outgoing.channel)
        now = self._clock.now()
        if last.code != records.GIVEN_UP:
            ends = parse_instant(last.attempted_at) + LOOK_UP_FOR
            if channel is not None and channel.looks_up and now < ends:
                self._look_up(channel, message, last)
                return False
            again = instant_text(now) if records.may_attempt(message, attempts) else ""
            self._on_store(lambda store: records.given_up(store, message, last, again_at=again))
            if not again:
                return False
        return self._send(message)

    def _look_up(self, channel: MessageChannel, message: Message, last: Attempt) -> None:
        """Ask a channel what became of an attempt; as long as it cannot say, ask again later."""
        try:
            delivery = channel.look_up(records.outgoing_of(message, last), last.provider_id)
        except Exception:
            _log.exception("a channel failed")
            delivery = Delivery(Delivered.UNKNOWN, code="bug")
        now = self._clock.now()
        if delivery.state is Delivered.UNKNOWN:
            self._later[message.message] = now + max(LOOK_UP_EVERY, timedelta(seconds=delivery.retry_after))
            return
        again = instant_text(now) if delivery.state is Delivered.NOT_SENT else ""
        self._on_store(lambda store: records.learned(store, last, delivery, again_at=again))

    def _resting(self, now: datetime) -> Mapping[Channel, datetime]:
        """Until when each channel takes nothing; what is not there takes something, or does not exist."""
        return {name: rest.until for name, rest in self._rests.items() if rest.until and rest.until > now}

    def _next_at(self) -> str:
        """When something is due again; what is due already was told to wait."""
        soonest = self._on_store(lambda store: _soonest(store, instant_text(self._clock.now())))
        later = [instant_text(until) for until in self._later.values()]
        return min(filter(None, [soonest, *later]), default="")


class _Rest:
    """Until when a channel takes nothing: as it said, or longer each time it took nothing."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self._failures = 0

    def after(self, delivery: Delivery, now: datetime) -> None:
        """Note what it said last."""
        if delivery.state is not Delivered.NOT_SENT:
            self._failures, self.until = 0, None
            return
        own = CHANNEL_RESTS * (1 << min(self._failures, 10))
        self._failures += 1
        self.until = now + max(min(own, CHANNEL_RESTS_LONGEST), timedelta(seconds=delivery.retry_after))


def _interrupted(store: Store) -> None:
    """Whatever stands as being sent was cut off by an end of the process: nobody knows what became of it."""
    with store.database.read() as transaction:
        found = messages.in_state(transaction, MessageState.SENDING, MOST_IN_A_ROUND)
        cut_off = [
            (message, one)
            for message in found
            for one in messages.attempts(transaction, message.message)
            if one.state is None
        ]
    for message, attempt in cut_off:
        records.cut_off(store, message, attempt)


def _urgent(store: Store, now: str) -> list[Message]:
    with store.database.read() as transaction:
        return messages.urgent(transaction, now)


def _next_in(store: Store, state: MessageState, now: str, most: int) -> list[Message]:
    with store.database.read() as transaction:
        return messages.next_in(transaction, state, now, most)


def _attempts(store: Store, message: str) -> list[Attempt]:
    with store.database.read() as transaction:
        return messages.attempts(transaction, message)


def _soonest(store: Store, now: str) -> str:
    with store.database.read() as transaction:
        states = (MessageState.INTENDED, MessageState.UNKNOWN)
        return min(filter(None, (messages.soonest(transaction, one, now) for one in states)), default="")

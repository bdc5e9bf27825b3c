"""The days one by one: what members do, what triggers say of it, what the gate lets through, what comes back; and what came of it all.

Everything but the members and the provider is the product's. The clock goes to each instant at which something is due, as the
outbound thread would; a killed process is another Sender over the same store.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Delivery, Incoming, Outgoing, StatusNews, Trigger
from salon_desk.domain.trigger import KINDS
from salon_desk.operations.description import FieldValue, PromotionDescribed, StoreDescribed, TillDescribed
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services import lapses, message_inbound, message_intents, triggers
from salon_desk.services.describe import Description, described
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_intents import Intent
from salon_desk.services.message_sending import Sender
from salon_desk.services.till import Till
from salon_desk.simulation.messages.counter import GIFT, PROMOTION
from salon_desk.simulation.messages.counter import Counter as Desk
from salon_desk.simulation.messages.explaining import Explained, explained
from salon_desk.simulation.messages.living import VISIT_HOURS, Living
from salon_desk.simulation.messages.people import SHOPS, described_as, made_people
from salon_desk.simulation.messages.provider import Killed, Provider, answer
from salon_desk.simulation.messages.witness import Violation, Witness
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.store import Store

T = TypeVar("T")

FIRST = date(2026, 12, 1)
PAST = 110
"""Days of visits before the triggers are switched on."""
IMPLIED_YEARS = 2
"""Consents from purchases rest on one so long before the middle of the time."""
MORNING = 14
"""UTC: the hour at which a day's rounds are looked at first."""
_HEARD = ("message.", "consent.", "member.merged", "member.erased")
_SHOWN = 20


class TurnedClock:
    """The one clock; it is turned, never waited for."""

    def __init__(self) -> None:
        self.instant = instant_at(-PAST, 0)

    def now(self) -> datetime:
        """The present instant."""
        return self.instant

    def turn_to(self, instant: datetime) -> None:
        """It is that late now, never earlier than it was."""
        self.instant = max(self.instant, instant)


def instant_at(day: int, hour: float) -> datetime:
    """An instant of a simulated day, UTC."""
    return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=day, hours=hour)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many members, for how many days, from which seed on."""

    members: int = 1_000
    days: int = 365
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it. `messages` by state, `withheld` and `held` by reason, `triggers` by trigger and state."""

    asked: Asked
    trace_hash: str
    messages: dict[str, int]
    shares: dict[str, float]
    withheld: dict[str, int]
    held: dict[str, int]
    triggers: dict[str, dict[str, int]]
    happened: dict[str, int]
    violations: tuple[Violation, ...]
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether nothing was that may never be."""
        return not self.violations

    def as_json(self) -> dict[str, Any]:
        """For a line of JSON; the first violations."""
        shown = [asdict(one) for one in self.violations[:_SHOWN]]
        rest = {name: value for name, value in asdict(self).items() if name not in ("asked", "violations")}
        return {
            "ok": self.ok,
            **asdict(self.asked),
            **rest,
            "violated": len(self.violations),
            "violations": shown,
        }


@dataclass
class _Post:
    """What waits to come in: texts of members, and what the provider says later."""

    texts: list[tuple[Outgoing, str]] = field(default_factory=list)
    news: list[StatusNews] = field(default_factory=list)


class Year:
    """One chain with a root that sends. `asker` as the program makes it."""

    def __init__(self, asked: Asked, store: Store, clock: TurnedClock, asker: Asker) -> None:
        self._asked, self._store, self._clock, self._asker = asked, store, clock, asker
        self._chance = random.Random(asked.seed)
        self._till = Till(store, asker.rules)
        self._post = _Post()
        lapse = FIRST + timedelta(days=max(asked.days // 2, 1))
        basis = date(lapse.year - IMPLIED_YEARS, lapse.month, min(lapse.day, 28)).isoformat()
        people = made_people(asked.members, self._chance, days=asked.days, past=PAST, implied=basis)
        self.living = Living(list(people), self._chance, FIRST)
        self.witness = Witness(asker.rules, self.living.phones)
        self._providers = [
            Provider(channel, channel is Channel.SMS, self._chance, self._went)
            for channel in (Channel.SMS, Channel.EMAIL)
        ]
        self._sender = self._started()
        self._seen = 0

    def live(self) -> Figures:
        """All days. Raises what the store raises."""
        began = time.perf_counter()
        self._open()
        for day in range(-PAST, 0):
            for hour in VISIT_HOURS:
                self._clock.turn_to(instant_at(day, hour))
                self._happens(day, hour)
        self._switch_on()
        hours = (MORNING, *VISIT_HOURS)
        for day in range(self._asked.days):
            for hour, until in zip(hours, (*VISIT_HOURS, 24 + MORNING), strict=True):
                self._moment(day, hour, instant_at(day, until))
            self._store.idle()
        return self._figures(round(time.perf_counter() - began, 1))

    def _open(self) -> None:
        """The stores, the node as a till of the first one, and the promotion that coupons are given for."""
        till: dict[str, FieldValue] = {"store": SHOPS[0].id, "name": "1"}
        things: list[Description] = [
            *((StoreDescribed, one.id, described_as(one)) for one in SHOPS),
            (TillDescribed, self._store.node, till),
            (PromotionDescribed, PROMOTION, GIFT),
        ]
        self._record(-PAST, lambda transaction: [described(transaction, *thing) for thing in things])

    def _switch_on(self) -> None:
        self._clock.turn_to(instant_at(-1, 30))
        self._record(
            -1,
            lambda transaction: [
                described(transaction, TriggerDescribed, one.value, {"enabled": True}) for one in KINDS
            ],
        )
        self._evaluate()

    def _moment(self, day: int, hour: int, until: datetime) -> None:
        """What happens at an hour, and all that is due before the next one."""
        self._clock.turn_to(instant_at(day, hour))
        self._come_in()
        if hour == MORNING:
            self._record(day, lambda transaction: self.living.strange(day, self._desk(transaction, day)))
            self._campaign(day)
            if day % 7 == 0:
                self._lapse()
        else:
            self._happens(day, hour)
        self._evaluate()
        self._send(until)
        self._listen()

    def _happens(self, day: int, hour: int) -> None:
        self._record(day, lambda transaction: self.living.moment(day, hour, self._desk(transaction, day)))

    def _desk(self, transaction: Transaction, day: int) -> Desk:
        return Desk(self._till, transaction, _iso(day))

    def _evaluate(self) -> None:
        triggers.work(lambda work: work(self._store), lambda: False)

    def _campaign(self, day: int) -> None:
        """Offers of the owner's: three in a week of each month, each to a part of the members."""
        if day % 28 not in (3, 4, 8):
            return
        now = self._clock.now()
        name = f"campaign-{day}"
        message_intents.intend(
            self._store,
            [
                Intent(
                    trigger=Trigger.CAMPAIGN,
                    member=one.id,
                    subject=name,
                    purpose=Purpose.MARKETING,
                    template="campaign",
                    store=one.shop.id,
                    due_at=instant_text(now),
                    expires_at=instant_text(now + timedelta(days=5)),
                    campaign=name,
                    values=(("offer", "new colours are here."),),
                )
                for one in self.living.people.values()
                if one.joins < day and not one.erased and self._chance.random() < 0.4
            ],
        )

    def _lapse(self) -> None:
        after, more = "", True
        while more:
            done = lapses.lapse_due(self._till, instant_text(self._clock.now()), after)
            self.living.done["bonus_lapsed"] += done.made
            after, more = done.after, bool(done.after)

    def _send(self, until: datetime) -> None:
        """Rounds, with the clock put forward to whatever is next, until nothing more is due before an instant."""
        while True:
            try:
                done = self._sender.round()
            except Killed:
                self._sender = self._started()
                continue
            if done.more:
                continue
            if not done.next_at or parse_instant(done.next_at) >= until:
                return
            self._clock.turn_to(parse_instant(done.next_at))

    def _started(self) -> Sender:
        return Sender(self._here, self._asker, self._providers, self._clock)

    def _here(self, work: Callable[[Store], T], /) -> T:
        return work(self._store)

    def _went(self, outgoing: Outgoing) -> None:
        """A message really went out: now and then somebody answers, or the provider says more of it."""
        text = answer(outgoing, self._chance)
        if text:
            self._post.texts.append((outgoing, text))
        if self._chance.random() < 0.2:
            state = Delivered.DELIVERED if self._chance.random() < 0.95 else Delivered.REFUSED
            self._post.news.append(StatusNews(outgoing.channel, outgoing.reference, Delivery(state)))

    def _come_in(self) -> None:
        post, self._post = self._post, _Post()
        for news in post.news:
            message_inbound.status(self._store, news)
        for outgoing, text in post.texts:
            came = Incoming(outgoing.channel, outgoing.address, text, f"in-{outgoing.reference}")
            message_inbound.received(self._store, came, self._asker.rules)

    def _listen(self) -> None:
        """Let the witness read what is new in the journal."""
        with self._store.database.read() as transaction:
            for position, one in journal.after(transaction, self._seen):
                self._seen = position
                header = one.header
                if one.body is not None and header.kind.startswith(_HEARD):
                    operation = decode(header.kind, header.version, one.body)
                    self.witness.hear(instant_of(header.at), operation)

    def _record(self, day: int, decide: Callable[[Transaction], Sequence[Operation]]) -> None:
        journal.record(self._store, Command(self._store.new_id(), "", _iso(day)), decide)

    def _figures(self, seconds: float) -> Figures:
        for one in self._providers:
            self.witness.count(one.taken)
        found: Explained = explained(self._store)
        states, whole = found.states, max(sum(found.states.values()), 1)
        sent = sum(states[name] for name in ("sent", "delivered"))
        shares = {
            "sent": sent,
            **{name: states[name] for name in sorted(states) if name not in ("sent", "delivered")},
        }
        shares |= {f"withheld_{name}": number for name, number in sorted(found.withheld.items())}
        shares |= {f"held_{name}": number for name, number in sorted(self.witness.held.items())}
        killed = sum(one.killed for one in self._providers)
        happened = self.living.done + self.witness.counts + Counter({"killed": killed})
        return Figures(
            asked=self._asked,
            trace_hash=self.witness.trace_hash,
            messages=dict(sorted(states.items())),
            shares={name: round(number / whole, 4) for name, number in shares.items()},
            withheld=dict(sorted(self.witness.withheld.items())),
            held=dict(sorted(self.witness.held.items())),
            triggers={name: dict(sorted(of.items())) for name, of in sorted(found.triggers.items())},
            happened=dict(sorted(happened.items())),
            violations=(*self.witness.violations, *found.violations),
            seconds=seconds,
        )


def _iso(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()

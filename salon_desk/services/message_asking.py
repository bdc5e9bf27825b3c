"""Asking the gate about one message: everything that it wants to know is gathered at this moment, and its verdict becomes operations.

What may be sent is `domain/message_gate.py`'s, what it says `message_writing.py`'s. Runs inside the transaction that records what
follows, so that a withdrawal that stands when it commits is heeded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salon_desk.domain.area_code import AreaCodes, hours_for
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Channel, Purpose, Said, Standing, State, standing
from salon_desk.domain.member import Member
from salon_desk.domain.message import Delivered, MessageState, Outgoing, Trigger
from salon_desk.domain.message_gate import (
    Asked,
    Asking,
    Outcome,
    SentBefore,
    Verdict,
    Wording,
    verdict,
)
from salon_desk.domain.rules import RulePack
from salon_desk.operations.hybrid_clock import next_reading
from salon_desk.operations.message import MessageStatus
from salon_desk.services import message_records as records
from salon_desk.services.consents import IMPLIED_MONTHS, address
from salon_desk.services.message_epochs import may_have_gone
from salon_desk.services.message_inbound import ADDRESS, CHANNEL
from salon_desk.services.message_records import OfMessage
from salon_desk.services.message_values import Writing
from salon_desk.services.message_writing import Letter, NoLetter, Writer
from salon_desk.services.trigger_checks import still_true
from salon_desk.storage.apply.erasures import is_erased
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, members, messages
from salon_desk.storage.queries.consents import said_by
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.messages import Attempt, Message
from salon_desk.storage.queries.stores import StorePlace, all_stores, caps_of, place_of

NOBODY = Member(member_id="", name="")
CAMPAIGN_STOPPED = "campaign_stopped"
"""The reason of what was withheld because nothing more goes out for its campaign."""
MAY_HAVE_GONE = "may_have_gone"
"""The reason of what was withheld because this node was put back from an old copy, and may have sent it before."""
NO_LONGER_TRUE = "no_longer_true"
"""The reason of what was withheld because what it was intended for holds no more: the member has come, or topped up."""
_ASKING = {Trigger.CONFIRMATION: Asking.ANSWER, Trigger.SPEND_CODE: Asking.MEMBER}
NO_CHANNEL_YET = timedelta(minutes=10)
"""A message whose channel is not set up on this machine is looked at again so often."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows. `later`: nothing, and the sender asks again then; it is not written down."""

    operations: tuple[OfMessage, ...] = ()
    later: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One channel by which a person may be written to, or not."""

    channel: Channel
    address: str
    standing: Standing

    @property
    def good(self) -> bool:
        """Whether there is an address and a consent."""
        return bool(self.address) and self.standing.allows


@dataclass(frozen=True, slots=True)
class Asker:
    """What the gate is asked with besides the store: law, area codes, how letters are written."""

    rules: RulePack
    codes: AreaCodes
    writer: Writer

    def ask(
        self,
        transaction: Transaction,
        message: Message,
        *,
        now: datetime,
        channels: frozenset[Channel],
        resting: Mapping[Channel, datetime],
    ) -> Answer:
        """What becomes of a message now. Inside the recording transaction; raises what a rule that is missing raises.

        `channels`: those that this machine can send by; `resting`: those of them that take nothing until an instant.
        """
        attempts = messages.attempts(transaction, message.message)
        over = _over(transaction, message, attempts)
        if over is not None:
            return over
        place = _place(transaction, message)
        if place is None:
            return Answer(later=now + NO_CHANNEL_YET)
        ids = group(transaction, message.member)
        member = members.member(transaction, ids[0])
        today = now.astimezone(ZoneInfo(place.time_zone)).date().isoformat()
        ways = self._ways(transaction, message, member or NOBODY, place=place, today=today)
        way = _chosen(ways, channels)
        found = member or NOBODY
        caps = caps_of(transaction, place.store, today)
        writing = Writing(transaction, message, found, place, way.channel, now)
        letter = self.writer.letter(writing) if member is not None else NoLetter()
        told = verdict(
            Asked(
                now=now,
                message=message.message,
                purpose=message.purpose,
                address=way.address,
                standing=way.standing,
                quiet=hours_for(now, self.rules, self.codes, phone=found.phone),
                wording=Wording(letter.purpose, letter.fault) if isinstance(letter, Letter) else None,
                sent=self._sent(transaction, message, ids, now - timedelta(days=caps.days + 1)),
                caps=caps,
                attempts=records.uncertain(attempts),
                expires_at=parse_instant(message.expires_at),
                asking=_ASKING.get(message.trigger, Asking.SHOP),
                active=messages.is_active(transaction, ids[0]),
                erased=is_erased(transaction, ids[0]),
            )
        )
        if isinstance(letter, NoLetter):
            told = replace(told, detail=told.detail or letter.detail)
        if told.outcome is not Outcome.SEND or isinstance(letter, NoLetter):
            return Answer(_kept_back(message, attempts, told))
        if not self._is_true(transaction, message, now):
            return Answer(_ended(message, attempts, NO_LONGER_TRUE))
        until = resting.get(way.channel) if way.channel in channels else now + NO_CHANNEL_YET
        if until is not None:
            return Answer(later=until)
        return Answer((_attempted(message, attempts, way, letter, told),))

    def _is_true(self, transaction: Transaction, message: Message, now: datetime) -> bool:
        """Whether what it was intended for still holds: nobody is missed who has come since."""
        return still_true(
            transaction, message.trigger, message.member, message.subject, store=message.store, now=now
        )

    def _ways(
        self, transaction: Transaction, message: Message, member: Member, *, place: StorePlace, today: str
    ) -> list[Way]:
        """The channels of a message in their order, with what holds of each."""
        if message.trigger is Trigger.CONFIRMATION:
            said = dict(message.values)
            channel = Channel(said[CHANNEL])
            return [Way(channel, said[ADDRESS], Standing(channel, message.purpose, State.NEVER))]
        everything = said_by(transaction, message.member)
        day = max(today, self.rules.issued)
        months = int(str(self.rules.lookup(place.jurisdiction, IMPLIED_MONTHS, day)))
        return [
            Way(
                channel,
                where := address(member, channel),
                standing(
                    _heeded(transaction, everything, (channel, message.purpose), where),
                    of=(channel, message.purpose),
                    today=today,
                    implied_months=months,
                ),
            )
            for channel in self.writer.order(transaction, message, today)
        ]

    def _sent(
        self, transaction: Transaction, message: Message, ids: Sequence[str], since: datetime
    ) -> list[SentBefore]:
        """What else may have gone to this person since an instant."""
        return [
            SentBefore(one.message, parse_instant(one.at), one.purpose)
            for one in messages.sent_to(transaction, ids, next_reading(0, since))
            if one.trigger is not Trigger.CONFIRMATION and one.message != message.message
        ]


def _kept_back(message: Message, attempts: Sequence[Attempt], told: Verdict) -> tuple[OfMessage, ...]:
    """The operations of a verdict that does not let it go."""
    if told.outcome is Outcome.HELD and told.until is not None:
        return tuple(records.held(message, told.reason.value, instant_text(told.until), told.detail))
    return _ended(message, attempts, told.reason.value, told.detail)


def _over(transaction: Transaction, message: Message, attempts: Sequence[Attempt]) -> Answer | None:
    """What is over whatever the gate would say; None for what it has to be asked about."""
    if any(one.state in records.SETTLED for one in attempts):
        return Answer()
    if message.campaign and campaigns.is_stopped(transaction, message.campaign):
        return Answer(_ended(message, attempts, CAMPAIGN_STOPPED))
    if may_have_gone(transaction, message):
        return Answer(_ended(message, attempts, MAY_HAVE_GONE))
    return None


def _ended(
    message: Message, attempts: Sequence[Attempt], reason: str, detail: str = ""
) -> tuple[OfMessage, ...]:
    """It is not sent any more. What may have been sent before is not called withheld."""
    if message.state is MessageState.UNKNOWN:
        last = attempts[-1]
        status = MessageStatus(
            message=message.message,
            member=message.member,
            attempt=last.attempt,
            reference=last.outgoing.reference,
            state=Delivered.UNKNOWN,
            code=reason,
        )
        return (status,)
    return (records.withheld(message, reason, detail),)


def _chosen(ways: Sequence[Way], channels: frozenset[Channel]) -> Way:
    """The first that is good and can be used here; else one that is good; else one with an address, for what is said of it."""
    usable = [one for one in ways if one.good and one.channel in channels]
    good = [one for one in ways if one.good]
    reached = [one for one in ways if one.address]
    return (usable or good or reached or list(ways))[0]


def _heeded(
    transaction: Transaction, everything: Sequence[Said], of: tuple[Channel, Purpose], where: str
) -> list[Said]:
    """What a person said of a channel and purpose, and a STOP from the address that came before anybody knew whose it is."""
    channel, purpose = of
    said = [one for one in everything if (one.channel, one.purpose) == of]
    stop = messages.last_stop(transaction, channel, where) if where else None
    if stop is None or any(one.given and one.at > stop.at for one in said):
        return said
    stopped = Said(
        op_id=stop.op_id,
        member="",
        channel=channel,
        purpose=purpose,
        given=False,
        at=stop.at,
        actor="",
        store="",
        place=channel.value,
        text=stop.text,
    )
    return [*said, stopped]


def _attempted(
    message: Message, attempts: Sequence[Attempt], way: Way, letter: Letter, told: Verdict
) -> OfMessage:
    number = len(attempts) + 1
    return records.attempted(message, number, _outgoing(way, letter), verdict=told.reason.value)


def _outgoing(way: Way, letter: Letter) -> Outgoing:
    return Outgoing(
        reference="",
        channel=way.channel,
        address=way.address,
        language=letter.language,
        text=letter.text,
        subject=letter.title,
        template=letter.template_id,
        fields=letter.fields,
    )


def _place(transaction: Transaction, message: Message) -> StorePlace | None:
    """The shop for which a message speaks; the first one where that says nothing."""
    found = place_of(transaction, message.store) if message.store else None
    if found is not None:
        return found
    known = all_stores(transaction)
    return place_of(transaction, known[0].id) if known else None

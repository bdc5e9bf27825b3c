"""What a campaign would do before it does it: who may be written to and how, who not and why, what it costs, how it reads.

The gate itself is asked, as the sender would, for a message that nobody intends; nothing is recorded. Of large audiences evenly spread
members are looked at, and it is said that it is an estimate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from salon_desk.domain.campaign import check, cost, is_held_back
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Outgoing, Trigger, message_id
from salon_desk.domain.money import Money
from salon_desk.domain.sms_length import sms_length
from salon_desk.operations.message import MessageAttempted, MessageHeld, MessageWithheld
from salon_desk.services.campaigns import OFFER, Draft, Times, campaign_id, times
from salon_desk.services.message_asking import Answer
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, members
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.queries.stores import place_of

MOST_LOOKED_AT = 1_000
A_STEP = 20
"""Members that are looked at in one go: some ten milliseconds."""
DRAWN_AT_ONCE = 10_000
"""Members of whom it is drawn in one go whether they are held back: some ten milliseconds."""
EXAMPLES = 3
_MOST_WAITS = 3
_ALL = frozenset(Channel)
_NOTHING_RESTS: Mapping[Channel, datetime] = {}


class Asks(Protocol):
    """The gate with all that it wants to know: `message_asking.Asker`."""

    def ask(
        self,
        transaction: Transaction,
        message: Message,
        *,
        now: datetime,
        channels: frozenset[Channel],
        resting: Mapping[Channel, datetime],
    ) -> Answer:
        """What would become of a message."""
        ...


@dataclass(frozen=True, slots=True)
class Example:
    """What one real member would read."""

    member: str
    name: str
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class Preview:
    """A campaign as it would go out now. Counts are of the `looked_at` of the `audience` less those held back.

    `by_channel`: who would be written to how; `later`: of these, who would have to wait and why; `never`: who would not be written to
    and why; `segments`: SMS segments and `cost` (None: nobody said a price) are for everybody.
    """

    campaign: str
    audience: int
    held_back: int
    looked_at: int
    by_channel: tuple[tuple[Channel, int], ...]
    later: tuple[tuple[str, int], ...]
    never: tuple[tuple[str, int], ...]
    segments: int
    price: Decimal | None
    cost: Money | None
    examples: tuple[Example, ...]

    @property
    def is_estimate(self) -> bool:
        """Whether only some were looked at."""
        return self.looked_at < self.audience - self.held_back

    def of_everybody(self, count: int) -> int:
        """A count of those looked at as one of all, rounded."""
        return _scaled(count, self.audience - self.held_back, self.looked_at)


class Previewing:
    """A preview in steps, each a read of its own. `result` is there when `step` says that there is no more."""

    def __init__(
        self, asks: Asks, command_id: str, draft: Draft, audience: Sequence[str], now: datetime
    ) -> None:
        """`command_id`: of the launch that may follow, so that the same ones are held back. Raises CampaignInvalid, TextTooLong."""
        check(draft.terms)
        self._asks, self._draft = asks, draft
        self._campaign = campaign_id(command_id)
        self._times: Times = times(draft, instant_text(now))
        self._everybody, self._audience, self._drawn = audience, len(audience), 0
        self._chosen: list[str] = []
        self._waiting: list[str] = []
        self._written = self._looked_at = 0
        self._channels: Counter[Channel] = Counter()
        self._later: Counter[str] = Counter()
        self._never: Counter[str] = Counter()
        self._segments = 0
        self._examples: list[Example] = []
        self._others: list[Example] = []
        self.result: Preview | None = None

    @property
    def progress(self) -> tuple[int, int]:
        """How many of how many were looked at; of how many is a guess until everybody was drawn for those held back."""
        if self._drawn < self._audience:
            return 0, min(self._audience, MOST_LOOKED_AT)
        return self._looked_at - len(self._waiting), self._looked_at

    def step(self, transaction: Transaction) -> bool:
        """Look at some more; whether there is more. Any read of the database; raises RuleMissing."""
        if self._drawn < self._audience and self._draw():
            return True
        some, self._waiting = self._waiting[:A_STEP], self._waiting[A_STEP:]
        for member in some:
            self._look(transaction, member)
        if not self._waiting:
            self.result = self._made(transaction)
        return self.result is None

    def _draw(self) -> bool:
        """Draw some more for those held back, and at the end choose who is looked at; whether there is more to draw."""
        percent, end = self._draft.terms.held_back_percent, self._drawn + DRAWN_AT_ONCE
        some = self._everybody[self._drawn : end]
        self._chosen += [one for one in some if not is_held_back(self._campaign, one, percent)]
        self._drawn += len(some)
        if self._drawn < self._audience:
            return True
        self._written = len(self._chosen)
        every = max(1, -(-self._written // MOST_LOOKED_AT))
        self._waiting = self._chosen[::every]
        self._looked_at = len(self._waiting)
        return False

    def _look(self, transaction: Transaction, member: str) -> None:
        """Ask; where it would have to wait, ask again for then, so that the channel and the text are known."""
        found = members.member(transaction, member)
        language = found.language if found else ""
        now, held = parse_instant(self._times.due_at), ""
        message = self._message(member, language)
        for _time in range(_MOST_WAITS):
            answer = self._asks.ask(transaction, message, now=now, channels=_ALL, resting=_NOTHING_RESTS)
            match answer.operations:
                case (MessageHeld(reason=reason, until=until),) if until < self._times.expires_at:
                    held, now = held or reason, parse_instant(until)
                case (MessageHeld(reason=reason) | MessageWithheld(reason=reason),):
                    self._never[reason] += 1
                    return
                case (MessageAttempted() as attempted,):
                    self._goes(member, found.called(language) if found else "", attempted)
                    if held:
                        self._later[held] += 1
                    return
                case _:
                    break
        self._never[held] += 1

    def _goes(self, member: str, name: str, attempted: MessageAttempted) -> None:
        self._channels[attempted.channel] += 1
        if attempted.channel is Channel.SMS:
            self._segments += sms_length(attempted.text).segments
        if len(self._examples) == EXAMPLES:
            return
        outgoing = Outgoing(
            reference="",
            channel=attempted.channel,
            address=attempted.address,
            language=attempted.language,
            text=attempted.text,
            subject=attempted.title,
            template=attempted.template_id,
            fields=attempted.fields,
        )
        shown = {(one.outgoing.channel, one.outgoing.language) for one in self._examples}
        new = (outgoing.channel, outgoing.language) not in shown
        (self._examples if new else self._others).append(Example(member, name, outgoing))

    def _message(self, member: str, language: str) -> Message:
        """A message as the launch would intend it."""
        terms, due = self._draft.terms, self._times.due_at
        offer = terms.offer.in_language(language)
        return Message(
            message=message_id(Trigger.CAMPAIGN, member, self._campaign),
            member=member,
            trigger=Trigger.CAMPAIGN,
            subject=self._campaign,
            purpose=Purpose.MARKETING,
            template=terms.template,
            store=terms.store,
            campaign=self._campaign,
            values=((OFFER, offer),) if offer else (),
            due_at=due,
            expires_at=self._times.expires_at,
            next_at=due,
            intended_at=due,
        )

    def _made(self, transaction: Transaction) -> Preview:
        store = self._draft.terms.store
        place, price = place_of(transaction, store), campaigns.sms_price(transaction, store)
        segments = _scaled(self._segments, self._written, self._looked_at)
        return Preview(
            campaign=self._campaign,
            audience=self._audience,
            held_back=self._audience - self._written,
            looked_at=self._looked_at,
            by_channel=tuple((one, self._channels[one]) for one in Channel if self._channels[one]),
            later=tuple(self._later.most_common()),
            never=tuple(self._never.most_common()),
            segments=segments,
            price=price,
            cost=cost(segments, price, place.currency) if price is not None and place else None,
            examples=tuple([*self._examples, *self._others][:EXAMPLES]),
        )


def _scaled(count: int, whole: int, part: int) -> int:
    return (2 * count * whole + part) // (2 * part) if part else 0

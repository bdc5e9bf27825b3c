"""The made-up provider: what it takes, loses, refuses, and what members write back; and the process that dies while it is called.

It outlives the process. Nothing is sent anywhere. The one rule: it knows what really went out, whatever it answered.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Delivery, Outgoing


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Provider:
    """A channel. `taken`: how often each reference really went out; `behind` hears of each that did."""

    channel: Channel
    looks_up: bool
    chance: random.Random
    behind: Callable[[Outgoing], None]
    taken: Counter[str] = field(default_factory=Counter)
    killed: int = 0

    def send(self, outgoing: Outgoing) -> Delivery:
        """Hand one message over; now and then it goes wrong."""
        roll = self.chance.random()
        if roll < 0.020:
            return Delivery(Delivered.NOT_SENT, code="busy", retry_after=90)
        if roll < 0.022:
            raise self._kill()
        if roll < 0.024:
            return Delivery(Delivered.UNKNOWN, code="bug")
        if roll < 0.030:
            return Delivery(Delivered.REFUSED, code="landline", opted_out=roll < 0.026)
        if roll < 0.035:
            return Delivery(Delivered.UNKNOWN, code="timeout")
        self.taken[outgoing.reference] += 1
        self.behind(outgoing)
        if roll < 0.037:
            raise self._kill()
        if roll < 0.045:
            return Delivery(Delivered.UNKNOWN, code="timeout")
        return Delivery(Delivered.ACCEPTED, f"{self.channel}-{outgoing.reference}")

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        """What became of it; sometimes it does not know yet."""
        if self.chance.random() < 0.3:
            return Delivery(Delivered.UNKNOWN, provider_id)
        if self.taken[outgoing.reference]:
            return Delivery(Delivered.DELIVERED, f"{self.channel}-{outgoing.reference}")
        return Delivery(Delivered.NOT_SENT)

    def _kill(self) -> Killed:
        self.killed += 1
        return Killed()


def answer(outgoing: Outgoing, chance: random.Random) -> str:
    """What a member writes back to a message, mostly nothing."""
    roll = chance.random()
    if roll < (0.02 if outgoing.purpose is Purpose.MARKETING else 0.003):
        return chance.choice(("STOP", "stop please", "退订", "请不要再发了", "Unsubscribe", "T"))
    return chance.choice(("HELP", "谢谢", "see you at the bus stop", "帮助")) if roll > 0.995 else ""

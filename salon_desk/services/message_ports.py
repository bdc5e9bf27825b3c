"""What the sending of messages needs of a channel, as a Protocol; `bootstrap` hands in the real ones of `channels`.

No channel lives here. A channel never raises for trouble of the network: it says what it knows.
"""

from __future__ import annotations

from typing import Protocol

from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivery, Outgoing


class MessageChannel(Protocol):
    """One way to write to a member. Its methods block for seconds; outbound thread only."""

    @property
    def channel(self) -> Channel:
        """Which."""
        ...

    @property
    def looks_up(self) -> bool:
        """Whether it can say afterwards what became of an attempt."""
        ...

    def send(self, outgoing: Outgoing) -> Delivery:
        """Hand one message over, once."""
        ...

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        """What became of it, by its reference or, where it is known, by the channel's own name of it."""
        ...

"""What the sending of messages needs of a channel, as a Protocol; `bootstrap` hands in the real ones of `channels`.

No channel lives here. A channel never raises for trouble of the network: it says what it knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivery, Incoming, Outgoing, StatusNews


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


class InboundSource(Protocol):
    """What members wrote, asked for: for a sender whom the provider cannot reach. Blocks for seconds; outbound thread only."""

    def received(self, since: str) -> tuple[Incoming, ...] | None:
        """What came from an instant on, oldest first, with some of what came before; None when nobody answered."""
        ...


class NotGenuine(Exception):
    """A request did not come from the provider; nothing of it may be believed."""


class InboundDoor(Protocol):
    """What a provider calls the shop with, read; a request of any size that the caller allows. Blocks on nothing."""

    def message(self, path: str, headers: Mapping[str, str], body: bytes) -> Incoming | None:
        """What somebody wrote; None for what is no message. `path` with its query. Raises NotGenuine, ValueError."""
        ...

    def status(self, path: str, headers: Mapping[str, str], body: bytes) -> StatusNews | None:
        """What became of an attempt; None for what says nothing. `path` with its query. Raises NotGenuine, ValueError."""
        ...


class WayOutReader(Protocol):
    """Reads the links by which members get out of letters. Blocks on nothing."""

    def attempt(self, path: str) -> str:
        """The reference of the attempt whose link was followed; `path` with its query. Raises NotGenuine."""
        ...

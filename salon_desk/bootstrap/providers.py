"""What head office needs to hear the providers of its messages, put together from its settings and its keys.

No rule lives here. The keyring is asked when something was set, never for each call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from salon_desk import secrets
from salon_desk.channels.twilio_inbound import TwilioDoor
from salon_desk.channels.way_out import WayOut
from salon_desk.domain.message import Incoming, StatusNews
from salon_desk.head_office.providers import Providers
from salon_desk.services import channel_settings, message_way_out
from salon_desk.services.channel_settings import ChannelSettings
from salon_desk.services.message_ports import InboundDoor
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

T = TypeVar("T")

_WAY_OUT: Final = "way-out"
"""The key of links out of letters. Drawn once: a link in an old letter has to hold."""


class AtHand(Generic[T]):
    """Something made of a node's settings and keys, as they were set last. Any thread."""

    def __init__(self, node: str, make: Callable[[str, ChannelSettings], T]) -> None:
        self._node = node
        self._make = make
        self._lock = threading.Lock()
        self._made: tuple[ChannelSettings, T] | None = None

    def __call__(self, transaction: Transaction) -> T:
        """Asks the keyring when something was set. Raises KeysUnreachable."""
        settings = channel_settings.read(transaction)
        with self._lock:
            if self._made is None or self._made[0] != settings:
                self._made = settings, self._make(self._node, settings)
            return self._made[1]


def door_of(node: str, settings: ChannelSettings) -> InboundDoor | None:
    """None without a public address, or without the token that Twilio signs with. Raises KeysUnreachable."""
    if settings.sms is None or not settings.public_url:
        return None
    token = secrets.given(channel_settings.TWILIO_TOKEN, node)
    return TwilioDoor(settings.public_url, settings.sms.account, token) if token else None


def way_out_of(node: str, settings: ChannelSettings) -> WayOut | None:
    """None without mail, or without a public address. Raises KeysUnreachable."""
    if settings.mail is None or not settings.public_url:
        return None
    return WayOut(settings.public_url, secrets.secret(_WAY_OUT, node))


def providers_of(
    node: str,
    received: Callable[[Store, Incoming], object],
    status: Callable[[Store, StatusNews], object],
) -> Providers:
    """What follows from a call is the caller's (`services/message_inbound.py`)."""
    return Providers(
        door=AtHand(node, door_of),
        received=received,
        status=status,
        way_out=AtHand(node, way_out_of),
        stopped=lambda office, reference: message_way_out.stopped(office, reference, received),
    )

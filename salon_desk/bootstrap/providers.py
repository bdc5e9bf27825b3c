"""What head office needs to hear the providers of its messages, put together from its settings and its keys.

No rule lives here. The keyring is asked when something was set, never for each call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from salon_desk import secrets
from salon_desk.channels.twilio_inbound import TwilioDoor
from salon_desk.domain.message import Incoming, StatusNews
from salon_desk.head_office.providers import Providers
from salon_desk.services import channel_settings
from salon_desk.services.channel_settings import ChannelSettings
from salon_desk.services.message_ports import InboundDoor
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office


class DoorAtHand:
    """What a provider's calls are read by, as it was set last. Any thread."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._lock = threading.Lock()
        self._made: tuple[ChannelSettings, InboundDoor | None] | None = None

    def __call__(self, transaction: Transaction) -> InboundDoor | None:
        """None where nobody may call. Asks the keyring when something was set. Raises KeysUnreachable."""
        settings = channel_settings.read(transaction)
        with self._lock:
            if self._made is None or self._made[0] != settings:
                self._made = settings, door_of(self._node, settings)
            return self._made[1]


def door_of(node: str, settings: ChannelSettings) -> InboundDoor | None:
    """None without a public address, or without the token that Twilio signs with. Raises KeysUnreachable."""
    if settings.sms is None or not settings.public_url:
        return None
    token = secrets.given(channel_settings.TWILIO_TOKEN, node)
    return TwilioDoor(settings.public_url, settings.sms.account, token) if token else None


def providers_of(
    node: str,
    received: Callable[[Office, Incoming], object],
    status: Callable[[Office, StatusNews], object],
) -> Providers:
    """What follows from a call is the caller's (`services/message_inbound.py`)."""
    return Providers(DoorAtHand(node), received, status)

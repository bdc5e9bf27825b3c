"""What the outbound thread does at each look, and where: in head office's process beside the server, or in the till of a single shop.

No rule lives here. It brings the channels in, and with them the network, so it is imported by the thread itself. Whoever has a parent
does nothing: what it records travels, and the root evaluates and sends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from salon_desk.bootstrap.channels import Channels, channels_of
from salon_desk.bootstrap.messages import make_asker
from salon_desk.bootstrap.outbound import LOOK_EVERY, Work
from salon_desk.domain.clock import Clock, instant_text, parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.rules import RulePack
from salon_desk.services import (
    campaigns,
    channel_settings,
    follow_ups,
    leaving_run,
    message_epochs,
    message_inbound,
    triggers,
)
from salon_desk.services.channel_settings import ChannelSettings
from salon_desk.services.message_sending import OnStore, Sender
from salon_desk.storage import local
from salon_desk.storage.queries import messages
from salon_desk.storage.store import Store

HEARD_UNTIL = "messages.heard_until"
"""The local setting that says up to when what came in was asked for."""
HEARD_AGAIN = timedelta(hours=1)
"""A provider's list may be behind: what came in is asked for again for so long."""

_log = logging.getLogger(__name__)


def works(node: str, clock: Clock, rules: RulePack) -> tuple[Work, ...]:
    """Everything that is done at a look, in its order."""
    sending = Sending(node, clock, rules)
    said = (
        settled,
        partial(triggers.work, tasks=follow_ups.tasks),
        campaigns_go_on,
        sending.hear,
        sending.send,
    )
    return (*said, leaving_run.work)


def campaigns_go_on(on_store: OnStore, stopping: Callable[[], bool]) -> float:
    """Intend what running campaigns are for, some members at a time."""
    while not stopping() and on_store(campaigns.rest):
        pass
    return LOOK_EVERY


def settled(on_store: OnStore, _stopping: Callable[[], bool]) -> float:
    """Forget what was looked at before this node was put back from an old copy."""
    on_store(message_epochs.settle)
    return LOOK_EVERY


class Sending:
    """The channels as they were set last, and the sender over them. Outbound thread only."""

    def __init__(self, node: str, clock: Clock, rules: RulePack) -> None:
        self._node = node
        self._clock = clock
        self._rules = rules
        self._made: tuple[ChannelSettings, Channels, Sender] | None = None

    def hear(self, on_store: OnStore, _stopping: Callable[[], bool]) -> float:
        """Ask for what members wrote, where the provider cannot call."""
        channels = self._at_hand(on_store)[1]
        source = channels.source
        if source is None or channels.called:
            return LOOK_EVERY
        now = self._clock.now()
        since = on_store(_heard_until) or instant_text(now)
        came = source.received(instant_text(parse_instant(since) - HEARD_AGAIN))
        if came is None:
            return LOOK_EVERY
        for one in came:
            on_store(partial(message_inbound.received, incoming=one, rules=self._rules))
        on_store(lambda store: local.save_setting(store, HEARD_UNTIL, instant_text(now)))
        return LOOK_EVERY

    def send(self, on_store: OnStore, stopping: Callable[[], bool]) -> float:
        """Rounds until nothing is due."""
        sender = self._at_hand(on_store)[2]
        while not stopping():
            done = sender.round(stopping)
            if not done.more:
                wait = parse_instant(done.next_at) - self._clock.now() if done.next_at else None
                return LOOK_EVERY if wait is None else max(wait.total_seconds(), 0)
        return LOOK_EVERY

    def _at_hand(self, on_store: OnStore) -> tuple[ChannelSettings, Channels, Sender]:
        """The channels, made anew when something was set. The keyring is asked here and not where the store is written."""
        settings = on_store(_settings)
        if self._made is None or self._made[0] != settings:
            channels = channels_of(self._node, settings, self._clock, lambda name: _claimed(on_store, name))
            sender = Sender(
                on_store, make_asker(self._rules), tuple(channels.by_channel.values()), self._clock
            )
            self._made = settings, channels, sender
        return self._made


def _settings(store: Store) -> ChannelSettings:
    with store.database.read() as transaction:
        return channel_settings.read(transaction)


def _heard_until(store: Store) -> str:
    with store.database.read() as transaction:
        return local.setting(transaction, HEARD_UNTIL)


def _claimed(on_store: OnStore, provider_id: str) -> bool:
    """Whether an attempt is known by this name of Twilio's."""

    def ask(store: Store) -> bool:
        with store.database.read() as transaction:
            return messages.attempt_by_provider(transaction, Channel.SMS, provider_id) is not None

    return on_store(ask)

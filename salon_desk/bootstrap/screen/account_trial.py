"""Trying out an account of messages: asked on the outbound thread, answered on the UI thread.

What is asked is `bootstrap/channels.py`'s. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.bootstrap.screen.link_desk import TillLink
from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.errors import DomainError
from salon_desk.services import channel_settings
from salon_desk.services.channel_settings import ChannelSettings


class AccountTrials:
    """Fulfils `AccountTrial` of the screen."""

    def __init__(self, running: RunningTill, link: TillLink) -> None:
        self._running, self._link = running, link

    def __call__(
        self, channel: str, answered: Callable[[str], None], failed: Callable[[DomainError], None]
    ) -> None:
        """See `AccountTrial`."""
        future = self._running.outbound.ask(lambda: self._trouble(channel))
        self._link.when_done(future, answered, failed)

    def _trouble(self, channel: str) -> str:
        """On the outbound thread."""
        from salon_desk.bootstrap.channels import trouble_of

        store = self._running.till.store
        return trouble_of(store.node, channel, self._running.worker.run(self._settings), store.clock)

    def _settings(self) -> ChannelSettings:
        with self._running.till.read() as transaction:
            return channel_settings.read(transaction)

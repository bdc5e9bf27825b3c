"""The network of the faulty chain: questions and answers get lost, come twice, come late and in another order.

The client is the product's own but for the way: what it would post is handed to head office here. A question that was lost or
doubled stays in the air and may arrive at any later step; its answer then reaches nobody, as with HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeVar

import msgspec

from salon_desk.services.link_status import LinkReason
from salon_desk.sync.client import Address, Client
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire import messages
from salon_desk.wire.messages import Slip

M = TypeVar("M", bound=msgspec.Struct)
Outcome = Answer[M] | Denied | Unreachable

MOST_IN_THE_AIR = 40


class Parent(Protocol):
    """Who answers (`office.py`)."""

    def push(self, node: str, ask: messages.JournalPush) -> Outcome[messages.JournalAnswer]:
        """`POST /v1/journal`."""

    def own(self, node: str, ask: tuple[str, int, int]) -> Outcome[messages.OwnAnswer]:
        """`GET /v1/own`: epoch, after, upto."""

    def feed(self, node: str, ask: FeedQuestion) -> Outcome[messages.FeedAnswer]:
        """`GET /v1/feed`."""

    def want(self, node: str, ask: messages.WantAsk) -> Outcome[messages.WantAnswer]:
        """`POST /v1/want`."""

    def heads(self, node: str, ask: messages.HeadsAsk) -> Outcome[messages.HeadsAnswer]:
        """`POST /v1/heads`."""


@dataclass(frozen=True, slots=True)
class FeedQuestion:
    """What `Client.feed` asks."""

    cursor: str
    acknowledged: int = 0
    limit: int = 1
    epoch: str = ""
    leaving: bool = False
    vouchers: tuple[str, str] = ("", "")


@dataclass
class Network:
    """How bad it is, what is in the air, and every slip that ever left: a photograph of one may be shown anywhere."""

    chance: Random
    loses: float = 0.08
    doubles: float = 0.08
    calm: bool = False
    air: list[Callable[[], object]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    def ask(self, serve: Callable[[], Outcome[M]]) -> Outcome[M]:
        """One question and what comes of it."""
        if self.calm:
            return serve()
        if self.chance.random() < self.loses:
            self._keep(serve)
            return Unreachable(LinkReason.TIMEOUT)
        outcome = serve()
        if self.chance.random() < self.doubles:
            self._keep(serve)
        if self.chance.random() < self.loses:
            return Unreachable(LinkReason.TIMEOUT)
        return outcome

    def _keep(self, serve: Callable[[], object]) -> None:
        if self.chance.random() < 0.6 and len(self.air) < MOST_IN_THE_AIR:
            self.air.append(serve)


class FaultyClient(Client):
    """A till's client over such a network. `is_cut`: whether its shop has no line."""

    def __init__(self, network: Network, parent: Parent, node: str, is_cut: Callable[[], bool]) -> None:
        super().__init__(Address("https://office.example"))
        self._network, self._parent, self._node, self._is_cut = network, parent, node, is_cut

    def push(self, batch: messages.JournalPush) -> Outcome[messages.JournalAnswer]:
        """`POST /v1/journal`."""
        return self._over(lambda: self._parent.push(self._node, batch))

    def own(self, epoch: str, after: int, upto: int = 0) -> Outcome[messages.OwnAnswer]:
        """`GET /v1/own`."""
        return self._over(lambda: self._parent.own(self._node, (epoch, after, upto)))

    def feed(
        self,
        cursor: str,
        acknowledged: int,
        limit: int,
        wait: float,
        *,
        epoch: str = "",
        vouchers: tuple[str, str] = ("", ""),
        **_more: Any,
    ) -> Outcome[messages.FeedAnswer]:
        """`GET /v1/feed`, never waited for."""
        del wait
        ask = FeedQuestion(cursor, acknowledged, limit, epoch, vouchers=vouchers)
        return self._over(lambda: self._parent.feed(self._node, ask))

    def goodbye(self, cursor: str, within: float) -> None:
        """`GET /v1/feed` for the last time."""
        del within
        self._over(lambda: self._parent.feed(self._node, FeedQuestion(cursor, leaving=True)))

    def want(self, ask: messages.WantAsk, within: float) -> Outcome[messages.WantAnswer]:
        """`POST /v1/want`; the slip of the answer is seen by whoever looks over the shoulder."""
        del within

        def serve() -> Outcome[messages.WantAnswer]:
            outcome = self._parent.want(self._node, ask)
            if isinstance(outcome, Answer) and outcome.message.slip is not None:
                self._network.slips.append(outcome.message.slip)
            return outcome

        return self._over(serve)

    def heads(self, ask: messages.HeadsAsk) -> Outcome[messages.HeadsAnswer]:
        """`POST /v1/heads`."""
        return self._over(lambda: self._parent.heads(self._node, ask))

    def _over(self, serve: Callable[[], Outcome[M]]) -> Outcome[M]:
        if self._is_cut():
            return Unreachable(LinkReason.NO_CONNECTION)
        return self._network.ask(serve)

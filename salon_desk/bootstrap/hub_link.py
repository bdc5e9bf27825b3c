"""A hub's link to head office: a till's own, and besides what its endpoints ask of it for the hub's children.

The endpoints know it as `head_office.above.Above`. No rule lives here; what is handed on is decided in `sync` and `head_office`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from random import Random

from salon_desk.bootstrap.link import Link
from salon_desk.head_office.planning import is_in_reach
from salon_desk.head_office.refusals import RETRY_AFTER_TROUBLE, Refusal
from salon_desk.services.link_status import LinkState, LinkStatus
from salon_desk.services.till import Till
from salon_desk.services.worker import Worker
from salon_desk.storage import children
from salon_desk.sync.context import Line
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, Recall, Root, WantAnswer, WantAsk

UNCERTAIN = (LinkState.ONLINE, LinkState.CONNECTING, LinkState.ATTENTION)
"""States in which it is worth to ask."""


class HubLink(Link):
    """See `Link`; what is `async` here is for the server's event loop."""

    def __init__(
        self, hub: Till, worker: Worker, *, stir: Callable[[], None], random: Random | None = None
    ) -> None:
        """`stir`: called on any thread when there is something new for children that no operation tells."""
        super().__init__(hub, worker, random=random)
        self._stir = stir
        self._recalls: dict[str, tuple[Recall, ...]] = {}
        self._context.on_relayed = stir
        self._context.on_recalls = self._told
        self._context.reach = in_reach
        self._was_up = False
        self._board.listen(self._look_up)

    @property
    def is_up(self) -> bool:
        """Whether the line stands, as far as is known."""
        return self._context.line is not None and self._board.now().state in UNCERTAIN

    def root(self) -> Root | None:
        """Head office, and whether it is in reach; None before this hub has spoken to it."""
        line = self._context.line
        if line is None:
            return None
        link = line.link
        return Root(node=link.node, key=link.public_key, address=link.url, in_reach=self.is_up)

    def recalls(self, node: str) -> Sequence[Recall]:
        """What whoever is above asks of a child, as it was last heard."""
        return self._recalls.get(node, ()) if self.is_up else ()

    async def want_above(self, ask: WantAsk, within: float) -> WantAnswer | None:
        """Ask above in a child's name; None when there was no answer within so many seconds."""
        line = self._context.line
        if line is None:
            return None
        answered: Future[WantAnswer | None] = Future()
        ends = self._context.monotonic() + within

        def errand() -> None:
            left = ends - self._context.monotonic()
            if left > 0 and not answered.done():
                _settle(answered, self._asked(line, ask, left))

        if not self._send.run_errand(errand):
            return None
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answered), within)
        except TimeoutError:
            return None

    async def let_in(self, ask: EnrollAsk) -> EnrollAnswer:
        """Let head office decide about a code. Raises Refusal."""
        asked: Future[Answer[EnrollAnswer] | Denied | Unreachable] = self._errand(
            lambda: self._enroll_above(ask)
        )
        try:
            outcome = await asyncio.wrap_future(asked)
        except Exception as error:
            raise _out_of_reach() from error
        match outcome:
            case Answer(message=answer):
                return answer
            case Denied(refused=refused, status=status):
                raise Refusal(status, refused.error, refused.detail)
            case Unreachable():
                raise _out_of_reach()

    def _enroll_above(self, ask: EnrollAsk) -> Answer[EnrollAnswer] | Denied | Unreachable:
        """On the send thread."""
        line = self._context.line
        if line is None:
            raise _out_of_reach()
        return line.send.enroll(ask)

    def _asked(self, line: Line, ask: WantAsk, within: float) -> WantAnswer | None:
        """On the send thread."""
        outcome = line.send.want(ask, within)
        match outcome:
            case Answer(message=answer):
                self._board.reached()
                return answer
            case _:
                return None

    def _look_up(self, _status: LinkStatus) -> None:
        """The line went or came back: the children hear of it at once. Any thread."""
        up = self.is_up
        if up != self._was_up:
            self._was_up = up
            self._stir()

    def _told(self, recalls: Sequence[Recall]) -> None:
        """On the feed thread."""
        by_node: dict[str, tuple[Recall, ...]] = {}
        for one in recalls:
            by_node[one.node] = (
                *by_node.get(one.node, ()),
                Recall(
                    recall=one.recall,
                    asset=one.asset,
                    keep=one.keep,
                    to_node=one.to_node,
                    to_epoch=one.to_epoch,
                ),
            )
        if by_node != self._recalls:
            self._recalls = by_node
            self._stir()


def in_reach(hub: Till) -> Sequence[str]:
    """The children that this hub has heard of lately. Database worker."""
    now = hub.store.clock.now()
    with hub.read() as transaction:
        return [one.node for one in children.all_children(transaction) if is_in_reach(one, now)]


def _out_of_reach() -> Refusal:
    return Refusal(503, "unavailable", retry_after=RETRY_AFTER_TROUBLE)


def _settle(answered: Future[WantAnswer | None], answer: WantAnswer | None) -> None:
    try:
        answered.set_result(answer)
    except InvalidStateError:
        return

"""Asking the parent about this till's own operations, on the send thread and before anything else is sent.

What is asked and what follows is decided in `services/own_chain.py`. While own operations are missing nothing of the till's
is recorded, so that nothing else is worth sending.
"""

from __future__ import annotations

from functools import partial

from salon_desk.services import own_chain
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.own_chain import Ask, What
from salon_desk.sync.backoff import CAP, Backoff
from salon_desk.sync.context import Context, Line
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire.messages import JournalPush, OwnAnswer

_WHO = "own"


class OwnChain:
    """Used by the send thread."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._backoff = Backoff(context.random)
        self._suspected: LinkReason | None = None
        self._denied = False
        self.contradicted: LinkReason | None = None
        """What the parent said and would not prove: nothing more is sent until a person has looked."""

    def suspect(self, reason: LinkReason) -> None:
        """The parent says that it holds something else in this till's epoch."""
        self._suspected = reason

    def look_again(self) -> None:
        """Forget that the parent would not say."""
        self._suspected, self._denied, self.contradicted = None, False, None
        self._context.board.release(_WHO)

    def once(self, line: Line) -> float | None:
        """One question and what came of it: seconds until the next; None when there is nothing to ask."""
        if self._denied:
            return None
        suspected = self._suspected is not None
        ask = self._context.database(partial(own_chain.next_ask, suspected=suspected))
        if ask is None:
            return None
        return self._came(line, ask, line.send.own(ask.epoch, ask.after, ask.upto))

    def _came(self, line: Line, ask: Ask, outcome: Answer[OwnAnswer] | Denied | Unreachable) -> float | None:
        board = self._context.board
        match outcome:
            case Answer(message=answer):
                board.reached()
                return self._taken(line, ask, answer)
            case Denied():
                board.reached()
                return self._refused(ask)
            case Unreachable(reason=LinkReason.INTERRUPTED):
                return self._backoff.failed()
            case Unreachable():
                board.missed(outcome.reason)
                return self._backoff.failed(outcome.retry_after)

    def _taken(self, line: Line, ask: Ask, answer: OwnAnswer) -> float | None:
        taken = self._context.database(partial(own_chain.take, ask=ask, answer=answer))
        suspected, self._suspected = self._suspected, None
        if taken.push is not None:
            return self._pushed(line, taken.push)
        if suspected is not None and not taken.anew:
            self.contradicted = suspected
            return 0.0
        self._backoff.reset()
        self._context.board.release(_WHO)
        self._context.on_line()
        return 0.0

    def _pushed(self, line: Line, push: JournalPush) -> float | None:
        """The end of an earlier epoch, which the parent did not have."""
        outcome = line.send.push(push)
        match outcome:
            case Answer(message=answer) if answer.applied_seq >= push.ops[-1].header.seq:
                self._backoff.reset()
                return 0.0
            case Denied() if outcome.refused.error in ("fork", "closed"):
                self._context.database(partial(own_chain.parted, epoch=push.epoch))
                return 0.0
            case Unreachable():
                self._context.board.missed(outcome.reason)
                return self._backoff.failed(outcome.retry_after)
            case _:
                return self._refused(Ask(What.EARLIER, push.epoch, 0))

    def _refused(self, ask: Ask) -> float | None:
        """It will not say. What is being caught up with is waited for; the rest goes on until a person looks."""
        if ask.what is What.CATCH_UP:
            self._context.board.hold(_WHO, LinkState.ATTENTION, LinkReason.REFUSED)
            return max(self._backoff.failed(), CAP / 2)
        self._denied = True
        if ask.what is What.PROOF:
            self.contradicted = self._suspected or LinkReason.BEHIND_PARENT
        return 0.0
